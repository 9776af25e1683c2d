#include "compiler/transforms/FusionPlan.h"

#include "compiler/transforms/CheapOps.h"
#include <queue>

using namespace mlir;

namespace nn {
namespace {

bool isReduction(Operation *op) { return isa<ReduceOp, MomentsOp, ArgMaxOp>(op); }

bool isContractionOrPool(Operation *op) {
  return isa<MatMulOp, ConvOp, ConvInputGradOp, ConvFilterGradOp, MaxPoolOp, MaxPoolGradOp, MaxPoolPickOp>(
      op);
}

bool isElementwise(Operation *op) {
  return isa<NnDialect>(op->getDialect()) &&
         (op->hasTrait<OpTrait::Elementwise>() || isa<RandomOp, ExtentOp>(op));
}

ArrayRef<int64_t> shapeOf(Value value) { return cast<RankedTensorType>(value.getType()).getShape(); }

} // namespace

bool isCopied(Operation *op) { return isa<ConstantOp, BroadcastOp, OneHotOp>(op); }

FusionPlan::FusionPlan(Block &block) : block(block) {
  for (Operation &op : block) {
    position[&op] = position.size();
    startGroup(&op);
  }
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
  groupIndex[op] = groups.size();
  place.push_back(sequence.size());
  sequence.push_back(groups.size());
  Group &group = groups.emplace_back();
  group.ops = {op};
  if (isReduction(op) || isContractionOrPool(op))
    group.root = op;
  if (op->getNumResults() > 0 && isa<RankedTensorType>(op->getResult(0).getType()))
    group.space = shapeOf(op->getResult(0));
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
    groupIndex[op] = into;
  std::vector<Operation *> ops;
  std::merge(a.ops.begin(), a.ops.end(), b.ops.begin(), b.ops.end(), std::back_inserter(ops),
             [&](Operation *x, Operation *y) { return position.lookup(x) < position.lookup(y); });
  b.ops = std::move(ops);
  if (!b.root)
    b.root = a.root;
  a = {};
}

void FusionPlan::forEachRead(unsigned group, function_ref<void(unsigned)> visit) const {
  for (Operation *op : groups[group].ops)
    for (Value operand : op->getOperands())
      if (Operation *source = operand.getDefiningOp(); source && groupOf(source) != group)
        visit(groupOf(source));
}

// Whether `last` reads `first`, which is before it, through a third group: that would have to run before and
// after the merged one.
bool FusionPlan::isReadThroughOthers(unsigned first, unsigned last) const {
  SmallVector<unsigned> open;
  llvm::DenseSet<unsigned> seen;
  auto push = [&](unsigned group) {
    if (place[group] > place[first] && seen.insert(group).second)
      open.push_back(group);
  };
  forEachRead(last, push);
  while (!open.empty()) {
    bool found = false;
    forEachRead(open.pop_back_val(), [&](unsigned read) {
      found |= read == first;
      push(read);
    });
    if (found)
      return true;
  }
  return false;
}

// Of what lies between the two, all that reads the first moves behind the second.
void FusionPlan::makeNeighbours(unsigned from, unsigned into) {
  unsigned begin = std::min(place[from], place[into]), end = std::max(place[from], place[into]);
  std::vector<unsigned> behind = {sequence[begin]};
  llvm::DenseSet<unsigned> readers = {sequence[begin]};
  unsigned next = begin;
  for (unsigned at = begin + 1; at < end; ++at) {
    unsigned group = sequence[at];
    bool reads = false;
    forEachRead(group, [&](unsigned read) { reads |= readers.contains(read); });
    if (reads) {
      readers.insert(group);
      behind.push_back(group);
    } else {
      sequence[next++] = group;
    }
  }
  sequence[next++] = behind.front();
  sequence[next++] = sequence[end];
  for (unsigned group : llvm::drop_begin(behind))
    sequence[next++] = group;
  for (unsigned at = begin; at <= end; ++at)
    place[sequence[at]] = at;
}

std::vector<std::vector<Operation *>> FusionPlan::groupsInOrder() const {
  // Kahn's algorithm; of the groups that are ready, the one that ends first in the text.
  std::vector<unsigned> waitsFor(groups.size(), 0);
  std::vector<std::vector<unsigned>> readers(groups.size());
  auto endsLater = [&](unsigned a, unsigned b) {
    return position.lookup(groups[a].ops.back()) > position.lookup(groups[b].ops.back());
  };
  std::priority_queue<unsigned, std::vector<unsigned>, decltype(endsLater)> ready(endsLater);
  for (unsigned group = 0; group < groups.size(); ++group) {
    llvm::DenseSet<unsigned> reads;
    forEachRead(group, [&](unsigned read) {
      if (reads.insert(read).second)
        readers[read].push_back(group);
    });
    waitsFor[group] = reads.size();
    if (reads.empty() && !groups[group].ops.empty())
      ready.push(group);
  }
  std::vector<std::vector<Operation *>> order;
  while (!ready.empty()) {
    unsigned group = ready.top();
    ready.pop();
    order.push_back(groups[group].ops);
    for (unsigned reader : readers[group])
      if (--waitsFor[reader] == 0)
        ready.push(reader);
  }
  return order;
}

} // namespace nn
