// What a scan need not do: states nobody reads, stacks nobody reads or that are equal, captures that are not
// read, read twice, or cheaper to make in the body.
#include "compiler/dialect/NnDialect.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/PatternMatch.h"

using namespace mlir;
using namespace nn;

namespace {

using Keep = SmallVector<bool>;

// States that a stack, a result in use, or another such state depends on.
Keep statesInUse(ScanOp scan) {
  NextOp next = scan.next();
  SmallVector<Value> open;
  for (auto [stack, value] : llvm::zip(scan.stacks(), next.getStacked()))
    if (!stack.use_empty())
      open.push_back(value);
  for (auto [final, value] : llvm::zip(scan.finals(), next.getCarried()))
    if (!final.use_empty())
      open.push_back(value);
  DenseSet<Value> seen;
  while (!open.empty()) {
    Value value = open.pop_back_val();
    if (!seen.insert(value).second)
      continue;
    if (Operation *op = value.getDefiningOp())
      open.append(op->operand_begin(), op->operand_end());
    for (auto [argument, following] : llvm::zip(scan.carriedArguments(), next.getCarried()))
      if (argument == value)
        open.push_back(following);
  }
  Keep keep;
  for (auto [argument, final] : llvm::zip(scan.carriedArguments(), scan.finals()))
    keep.push_back(seen.contains(argument) || !final.use_empty());
  return keep;
}

Keep capturesInUse(ScanOp scan) {
  return llvm::map_to_vector(scan.captureArguments(), [](Value v) { return !v.use_empty(); });
}

// Equal stacks become one; true for those that are left and read.
Keep stacksInUse(ScanOp scan, PatternRewriter &rewriter) {
  DenseMap<Value, Value> first;
  Keep keep;
  for (auto [stack, value] : llvm::zip(scan.stacks(), scan.next().getStacked())) {
    if (stack.use_empty()) {
      keep.push_back(false);
      continue;
    }
    auto [known, isNew] = first.try_emplace(value, stack);
    if (!isNew)
      rewriter.replaceAllUsesWith(stack, known->second);
    keep.push_back(isNew);
  }
  return keep;
}

template <typename Range> SmallVector<Value> kept(Range values, const Keep &keep) {
  SmallVector<Value> result;
  for (auto [value, wanted] : llvm::zip(values, keep))
    if (wanted)
      result.push_back(value);
  return result;
}

bool isWhole(const Keep &keep) {
  return llvm::all_of(keep, [](bool wanted) { return wanted; });
}

// The same scan with less.
void rebuild(ScanOp scan, const Keep &states, const Keep &captures, const Keep &stacks,
             PatternRewriter &rewriter) {
  NextOp next = scan.next();
  SmallVector<Value> inits = kept(scan.getInits(), states), left = kept(scan.stacks(), stacks);
  auto smaller = ScanOp::create(rewriter, scan.getLoc(), scan.getRows(), inits, ValueRange(left).getTypes(),
                                scan.getSteps(), scan.getReverse());
  IRMapping map;
  if (scan.getRows())
    map.map(scan.bodyRows(), smaller.bodyRows());
  map.map(scan.stepArgument(), smaller.stepArgument());
  map.map(kept(scan.carriedArguments(), states), SmallVector<Value>(smaller.carriedArguments()));
  for (auto [value, argument] :
       llvm::zip(kept(scan.getCaptures(), captures), kept(scan.captureArguments(), captures)))
    map.map(argument, smaller.capture(value));
  SmallVector<Value> carried = kept(next.getCarried(), states), stacked = kept(next.getStacked(), stacks);
  OpBuilder::InsertionGuard guard(rewriter);
  rewriter.setInsertionPointToEnd(smaller.block());
  // What only dropped states need has no place here.
  DenseSet<Value> needed;
  SmallVector<Value> open(carried);
  open.append(stacked);
  while (!open.empty()) {
    Value value = open.pop_back_val();
    if (needed.insert(value).second)
      if (Operation *op = value.getDefiningOp())
        open.append(op->operand_begin(), op->operand_end());
  }
  for (Operation &op : scan.block()->without_terminator())
    if (llvm::any_of(op.getResults(), [&](Value result) { return needed.contains(result); }))
      rewriter.clone(op, map);
  auto mapped = [&](Value value) { return map.lookup(value); };
  NextOp::create(rewriter, next.getLoc(), llvm::map_to_vector(carried, mapped),
                 llvm::map_to_vector(stacked, mapped));
  for (auto [old, fresh] : llvm::zip(kept(scan.finals(), states), smaller.finals()))
    rewriter.replaceAllUsesWith(old, fresh);
  for (auto [old, fresh] : llvm::zip(left, smaller.stacks()))
    rewriter.replaceAllUsesWith(old, fresh);
  rewriter.eraseOp(scan);
}

// A captured constant or broadcast is made in the body; a state that never changes is a capture.
bool repeatCheapCaptures(ScanOp scan, PatternRewriter &rewriter) {
  bool changed = false;
  for (unsigned place = 0; place < scan.getCaptures().size(); ++place) {
    Value argument = scan.captureArguments()[place];
    Operation *op = scan.getCaptures()[place].getDefiningOp();
    if (argument.use_empty() || !op ||
        !isa<ConstantOp, BroadcastOp, ExtentOp, arith::ConstantOp, arith::MulIOp>(op))
      continue;
    IRMapping map;
    for (Value operand : op->getOperands())
      map.map(operand, scan.capture(operand));
    OpBuilder::InsertionGuard guard(rewriter);
    rewriter.setInsertionPointToStart(scan.block());
    rewriter.replaceAllUsesWith(argument, rewriter.clone(*op, map)->getResult(0));
    changed = true;
  }
  for (unsigned place = 0; place < scan.getInits().size(); ++place) {
    Value argument = scan.carriedArguments()[place];
    if (scan.next().getCarried()[place] != argument)
      continue;
    if (!scan.finals()[place].use_empty()) {
      rewriter.replaceAllUsesWith(scan.finals()[place], scan.getInits()[place]);
      changed = true;
    }
    bool isRead = llvm::any_of(argument.getUsers(), [&](Operation *user) { return user != scan.next(); }) ||
                  llvm::is_contained(scan.next().getStacked(), argument);
    if (!isRead)
      continue;
    Value captured = scan.capture(scan.getInits()[place]);
    rewriter.replaceAllUsesExcept(argument, captured, scan.next());
    for (OpOperand &stacked : scan.next().getStackedMutable())
      if (stacked.get() == argument)
        stacked.set(captured);
    changed = true;
  }
  return changed;
}

bool mergeEqualCaptures(ScanOp scan, PatternRewriter &rewriter) {
  bool changed = false;
  for (unsigned place = 0; place < scan.getCaptures().size(); ++place) {
    Value argument = scan.captureArguments()[place];
    Value first = scan.capture(scan.getCaptures()[place]);
    if (first == argument || argument.use_empty())
      continue;
    rewriter.replaceAllUsesWith(argument, first);
    changed = true;
  }
  return changed;
}

} // namespace

LogicalResult ScanOp::canonicalize(ScanOp scan, PatternRewriter &rewriter) {
  bool changed = repeatCheapCaptures(scan, rewriter);
  changed |= mergeEqualCaptures(scan, rewriter);
  Keep stacks = stacksInUse(scan, rewriter);
  Keep states = statesInUse(scan), captures = capturesInUse(scan);
  if (isWhole(states) && isWhole(captures) && isWhole(stacks))
    return success(changed);
  rebuild(scan, states, captures, stacks, rewriter);
  return success();
}
