#include "compiler/transforms/FusionPlan.h"

#include "compiler/transforms/CheapOps.h"
#include <queue>

using namespace mlir;

namespace nn {
namespace {

bool isReduction(Operation *op) { return isa<ReduceOp, MomentsOp, ArgMaxOp>(op); }

// Ops with a nest of their own whose results are still in registers at its end.
bool isContractionOrPool(Operation *op) {
  return isa<MatMulOp, ConvOp, ConvInputGradOp, ConvFilterGradOp, MaxPoolOp, MaxPoolGradOp, MaxPoolPickOp,
             SumPoolOp, SumPoolGradOp, GatherOp>(op);
}

bool isElementwise(Operation *op) {
  return isa<NnDialect>(op->getDialect()) &&
         (op->hasTrait<OpTrait::Elementwise>() || isa<RandomOp, ExtentOp>(op));
}

ArrayRef<int64_t> shapeOf(Value value) { return cast<RankedTensorType>(value.getType()).getShape(); }

} // namespace

bool isCopied(Operation *op) { return isa<ConstantOp, IotaOp, BroadcastOp, OneHotOp>(op); }

FusionPlan::FusionPlan(Block &block) : block(block) {
  for (Operation &op : block) {
    position[&op] = position.size();
    startGroup(&op);
    noteReads(&op);
  }
  seen.assign(groups.size(), 0);
  findContractionEpilogues();
  // The last first, so that an op before two reductions in a row belongs to the nearer.
  for (Operation &op : llvm::reverse(block))
    if (isReduction(&op))
      claimPrologue(&op);
  // What reads a tensor that is in memory anyway does better beside its readers than behind what made that
  // tensor.
  SmallVector<Operation *> waiting;
  for (Operation &op : block) {
    if (!isElementwise(&op) || groups[groupOf(&op)].ops.size() > 1)
      continue;
    if (isCheapFromMemory(&op))
      waiting.push_back(&op);
    else
      joinOperands(&op);
  }
  for (Operation *op : waiting)
    joinOperands(op);
}

void FusionPlan::startGroup(Operation *op) {
  groupIndex.push_back(groups.size());
  place.push_back(sequence.size());
  sequence.push_back(groups.size());
  Group &group = groups.emplace_back();
  group.ops = {op};
  if (isReduction(op) || isContractionOrPool(op))
    group.root = op;
  if (op->getNumResults() > 0 && isa<RankedTensorType>(op->getResult(0).getType()))
    group.space = shapeOf(op->getResult(0));
}

void FusionPlan::noteReads(Operation *op) {
  unsigned reader = position.lookup(op);
  reads.emplace_back();
  readers.emplace_back();
  for (Value operand : op->getOperands()) {
    Operation *source = operand.getDefiningOp();
    if (!source || source->getBlock() != &block)
      continue;
    unsigned read = position.lookup(source);
    if (llvm::is_contained(reads.back(), read))
      continue;
    reads.back().push_back(read);
    readers[read].push_back(reader);
  }
}

// A chain behind a contraction that nobody else reads: only there is its input still in registers.
void FusionPlan::findContractionEpilogues() {
  auto isBehindContraction = [&](Value operand) {
    Operation *source = operand.getDefiningOp();
    return source && operand.hasOneUse() && (isContractionOrPool(source) || epilogues.contains(source));
  };
  for (Operation &op : block)
    if (isElementwise(&op) && !isCopied(&op) && llvm::any_of(op.getOperands(), isBehindContraction))
      epilogues.insert(&op);
}

void FusionPlan::claimPrologue(Operation *reduction) {
  unsigned group = groupOf(reduction);
  ArrayRef<int64_t> space = shapeOf(reduction->getOperand(0));
  if (space.empty())
    return;
  // In reverse text order all users of an op are seen before it.
  auto laterFirst = [&](Operation *a, Operation *b) { return position.lookup(a) < position.lookup(b); };
  std::priority_queue<Operation *, std::vector<Operation *>, decltype(laterFirst)> open(laterFirst);
  auto push = [&](Operation *op) {
    for (Value operand : op->getOperands())
      if (Operation *source = operand.getDefiningOp())
        open.push(source);
  };
  push(reduction);
  while (!open.empty()) {
    Operation *op = open.top();
    open.pop();
    bool isFree = isElementwise(op) && groups[groupOf(op)].ops.size() == 1 && groupOf(op) != group;
    if (!isFree || epilogues.contains(op) || shapeOf(op->getResult(0)) != space)
      continue;
    if (llvm::any_of(op->getUsers(), [&](Operation *user) { return groupOf(user) != group; }))
      continue;
    merge(groupOf(op), group);
    push(op);
  }
}

// An elementwise op goes to the groups that make its operands, the nearest first; these become one where they
// may.
void FusionPlan::joinOperands(Operation *op) {
  SmallVector<Operation *> sources;
  for (Value operand : op->getOperands())
    if (Operation *source = operand.getDefiningOp();
        source && !isCopied(source) && !llvm::is_contained(sources, source))
      sources.push_back(source);
  llvm::sort(sources, [&](Operation *a, Operation *b) { return position.lookup(a) > position.lookup(b); });
  for (Operation *source : sources)
    if (canMerge(groupOf(source), groupOf(op)))
      merge(groupOf(source), groupOf(op));
}

bool FusionPlan::canMerge(unsigned from, unsigned into) const {
  const Group &a = groups[from], &b = groups[into];
  if (from == into || a.space != b.space || (a.root && b.root))
    return false;
  // Scalars stay with scalars.
  if (a.space.empty() && (a.root || b.root))
    return false;
  auto isFusable = [&](const Group &group) { return group.root || isElementwise(group.ops.front()); };
  auto [first, last] = std::minmax(from, into, [&](unsigned x, unsigned y) { return place[x] < place[y]; });
  return isFusable(a) && isFusable(b) && !isReadThroughOthers(first, last);
}

void FusionPlan::merge(unsigned from, unsigned into) {
  makeNeighbours(from, into);
  Group &a = groups[from], &b = groups[into];
  for (Operation *op : a.ops)
    groupIndex[position.lookup(op)] = into;
  std::vector<Operation *> ops;
  std::merge(a.ops.begin(), a.ops.end(), b.ops.begin(), b.ops.end(), std::back_inserter(ops),
             [&](Operation *x, Operation *y) { return position.lookup(x) < position.lookup(y); });
  b.ops = std::move(ops);
  if (!b.root)
    b.root = a.root;
  a = {};
}

void FusionPlan::forEachNeighbour(unsigned group, const Neighbours &of,
                                  function_ref<void(unsigned)> visit) const {
  for (Operation *op : groups[group].ops)
    for (unsigned other : of[position.lookup(op)])
      if (groupIndex[other] != group)
        visit(groupIndex[other]);
}

// Whether `last` reads `first`, which is before it, through a third group: that would have to run before and
// after the merged one.
bool FusionPlan::isReadThroughOthers(unsigned first, unsigned last) const {
  ++search;
  bool found = false;
  SmallVector<unsigned> open;
  auto push = [&](unsigned group) {
    found |= group == first;
    if (place[group] > place[first] && std::exchange(seen[group], search) != search)
      open.push_back(group);
  };
  forEachNeighbour(last, reads, push);
  for (found = false; !open.empty() && !found;)
    forEachNeighbour(open.pop_back_val(), reads, push);
  return found;
}

// Of what lies between the two, all that reads the first moves behind the second.
void FusionPlan::makeNeighbours(unsigned from, unsigned into) {
  unsigned begin = std::min(place[from], place[into]), end = std::max(place[from], place[into]);
  ++search;
  SmallVector<unsigned> open = {sequence[begin]};
  auto push = [&](unsigned group) {
    if (place[group] < end && std::exchange(seen[group], search) != search)
      open.push_back(group);
  };
  while (!open.empty())
    forEachNeighbour(open.pop_back_val(), readers, push);
  std::vector<unsigned> behind;
  unsigned first = sequence[begin], next = begin;
  for (unsigned at = begin + 1; at < end; ++at)
    if (seen[sequence[at]] == search)
      behind.push_back(sequence[at]);
    else
      sequence[next++] = sequence[at];
  sequence[next++] = first;
  sequence[next++] = sequence[end];
  for (unsigned group : behind)
    sequence[next++] = group;
  for (unsigned at = begin; at <= end; ++at)
    place[sequence[at]] = at;
}

std::vector<std::vector<Operation *>> FusionPlan::groupsInOrder() const {
  // Kahn's algorithm; of the groups that are ready, the one that ends first in the text.
  std::vector<unsigned> waitsFor(groups.size(), 0);
  std::vector<std::vector<unsigned>> waiting(groups.size());
  auto endsLater = [&](unsigned a, unsigned b) {
    return position.lookup(groups[a].ops.back()) > position.lookup(groups[b].ops.back());
  };
  std::priority_queue<unsigned, std::vector<unsigned>, decltype(endsLater)> ready(endsLater);
  for (unsigned group = 0; group < groups.size(); ++group) {
    llvm::DenseSet<unsigned> own;
    forEachNeighbour(group, reads, [&](unsigned read) {
      if (own.insert(read).second)
        waiting[read].push_back(group);
    });
    waitsFor[group] = own.size();
    if (own.empty() && !groups[group].ops.empty())
      ready.push(group);
  }
  std::vector<std::vector<Operation *>> order;
  while (!ready.empty()) {
    unsigned group = ready.top();
    ready.pop();
    order.push_back(groups[group].ops);
    for (unsigned reader : waiting[group])
      if (--waitsFor[reader] == 0)
        ready.push(reader);
  }
  return order;
}

} // namespace nn
