// The derivative of a scan is a scan in the other direction. It carries the gradients of the states, and sums
// of those of the captures; the gradient of a capture that each step reads at its own place is a stack. What
// a step back needs of the step forward is stacked there, or made again where that is cheap.
#include "compiler/autodiff/Rules.h"
#include "compiler/dialect/Origin.h"
#include "compiler/dialect/Rows.h"
#include "compiler/dialect/Scan.h"
#include "compiler/dialect/Shapes.h"
#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;

namespace nn {
namespace {

bool isHeavy(Operation *op) {
  return op && isa<MatMulOp, ConvOp, ConvInputGradOp, ConvFilterGradOp, ReduceOp, MomentsOp, ArgMaxOp,
                   MaxPoolOp, MaxPoolGradOp, MaxPoolPickOp, ScanOp>(op);
}

// Costs less to make again than to keep. A sum behind a contraction is kept: the product itself would have to
// be, else.
bool isMadeAgain(Operation *op) {
  if (isa<ConstantOp, BroadcastOp, ExtentOp, RandomOp, TakeOp>(op))
    return true;
  bool isCheap = isa<NegOp, AddOp, SubOp, MulOp, MaxOp, MinOp, AbsOp, SignOp, CompareOp, SelectOp, AndOp,
                     OrOp, XorOp, CastOp, StopGradientOp, OneHotOp, SliceOp, ReshapeOp>(op);
  return isCheap &&
         llvm::none_of(op->getOperands(), [](Value operand) { return isHeavy(operand.getDefiningOp()); });
}

class BackwardScan {
public:
  BackwardScan(ScanOp forward, Adjoint &outer) : forward(forward), outer(outer) {}

  LogicalResult build();

private:
  void findActive();
  bool isOwnTake(Operation *op) const;
  void begin();
  Value atStep(ImplicitLocOpBuilder &builder, Value stack, Type type);
  LogicalResult walkBody();
  void end(Adjoint &inner);
  void collectNeeded(Value value);
  void stackNeeded();
  Value materialize(Value value);
  void materializeAll();
  void flowOut();

  ScanOp forward, backward;
  Adjoint &outer;
  DenseSet<Value> values; // of the forward body that need a gradient
  SmallVector<Operation *> ops;
  SmallVector<unsigned> states, sums; // active states; active captures that are not only taken from
  SmallVector<TakeOp> takes;          // of active captures, at the step
  llvm::SetVector<Value> kept;        // forward values the backward body takes from stacks
  DenseSet<Value> visited;
  IRMapping made; // forward values in the backward body
  DenseMap<Value, Value> stackOf;
};

bool BackwardScan::isOwnTake(Operation *op) const {
  auto take = dyn_cast<TakeOp>(op);
  return take && take.getAt() == ScanOp(forward).stepArgument() &&
         llvm::is_contained(ScanOp(forward).captureArguments(), take.getX());
}

// A state is active if its first value is, or the next one that an active state or capture makes of it.
void BackwardScan::findActive() {
  SmallVector<bool> isActive =
      llvm::map_to_vector(forward.getInits(), [&](Value v) { return outer.needs(v); });
  for (bool changed = true; changed;) {
    changed = false;
    values.clear();
    for (auto [value, argument] : llvm::zip(forward.getCaptures(), forward.captureArguments()))
      if (outer.needs(value))
        values.insert(argument);
    for (auto [active, argument] : llvm::zip(isActive, forward.carriedArguments()))
      if (active)
        values.insert(argument);
    ops = activeOps(*forward.block(), forward.next(), values);
    for (auto [active, next] : llvm::zip(isActive, forward.next().getCarried()))
      if (!active && values.contains(next))
        active = changed = true;
  }
  for (auto [k, active] : llvm::enumerate(isActive))
    if (active)
      states.push_back(k);
  for (Operation *op : ops)
    if (isOwnTake(op))
      takes.push_back(cast<TakeOp>(op));
  llvm::erase_if(ops, [&](Operation *op) { return isOwnTake(op); });
  for (auto [k, argument] : llvm::enumerate(forward.captureArguments()))
    if (values.contains(argument) &&
        llvm::any_of(argument.getUsers(), [&](Operation *user) { return !isOwnTake(user); }))
      sums.push_back(k);
}

void BackwardScan::begin() {
  SmallVector<Value> inits;
  for (unsigned k : states) {
    Value final = forward.finals()[k], gradient = outer.of(final);
    inits.push_back(gradient ? gradient : outer.splat(0, final));
  }
  for (unsigned k : sums)
    inits.push_back(outer.splat(0, forward.getCaptures()[k]));
  SmallVector<Type> stacks;
  for (TakeOp take : takes)
    stacks.push_back(take.getX().getType());
  backward = ScanOp::create(outer.builder, forward.getRows(), inits, stacks, forward.getSteps(),
                            !forward.getReverse());
}

// A gradient that is the same in all steps need not be a stack.
Value BackwardScan::atStep(ImplicitLocOpBuilder &builder, Value stack, Type type) {
  if (auto constant = stack.getDefiningOp<ConstantOp>(); constant && constant.getValue().isSplat()) {
    auto elements = cast<DenseElementsAttr>(constant.getValue());
    return ConstantOp::create(builder, type, elements.resizeSplat(cast<ShapedType>(type)));
  }
  auto broadcast = stack.getDefiningOp<BroadcastOp>();
  int64_t steps = scannedAxis(cast<RankedTensorType>(type).getShape());
  bool isSame = broadcast && !llvm::is_contained(broadcast.getAxes(), steps) &&
                (!broadcast.getRows() || broadcast.getRows() == forward.getRows());
  if (!isSame)
    return TakeOp::create(builder, type, stack, backward.stepArgument());
  SmallVector<int64_t> axes;
  for (int64_t axis : broadcast.getAxes())
    axes.push_back(axis - (axis > steps));
  return BroadcastOp::create(builder, type, broadcast.getX(),
                             broadcast.getRows() ? backward.bodyRows() : Value(), axes);
}

LogicalResult BackwardScan::walkBody() {
  ImplicitLocOpBuilder builder(inBackward(forward.getLoc()), forward.getContext());
  builder.setInsertionPointToEnd(backward.block());
  Adjoint inner(builder, backward.bodyRows(), values);
  for (auto [k, gradient] : llvm::zip(states, backward.carriedArguments()))
    inner.flow(forward.next().getCarried()[k], [&, gradient = gradient] { return gradient; });
  for (auto [stack, value] : llvm::zip(forward.stacks(), forward.next().getStacked()))
    if (Value gradient = outer.of(stack))
      inner.flow(value, [&, value = value] { return atStep(builder, gradient, value.getType()); });
  if (failed(walkBack(ops, inner)))
    return failure();
  builder.setLoc(inBackward(forward.getLoc()));
  end(inner);
  return success();
}

void BackwardScan::end(Adjoint &inner) {
  SmallVector<Value> carried, stacked;
  auto gradientOf = [&](Value value) {
    Value found = inner.of(value);
    return found ? found : inner.splat(0, value);
  };
  for (unsigned k : states)
    carried.push_back(gradientOf(forward.carriedArguments()[k]));
  for (auto [k, sum] : llvm::zip(sums, backward.carriedArguments().drop_front(states.size()))) {
    Value found = inner.of(forward.captureArguments()[k]);
    carried.push_back(found ? inner.add(sum, found) : sum);
  }
  for (TakeOp take : takes)
    stacked.push_back(gradientOf(take));
  NextOp::create(inner.builder, carried, stacked);
}

bool isOf(Value value, ScanOp scan) { return value.getParentBlock() == scan.block(); }

void BackwardScan::collectNeeded(Value value) {
  if (!visited.insert(value).second)
    return;
  Operation *op = value.getDefiningOp();
  if (!op) {
    if (llvm::is_contained(forward.carriedArguments(), value))
      kept.insert(value);
    return;
  }
  if (!isMadeAgain(op)) {
    kept.insert(value);
    return;
  }
  for (Value operand : op->getOperands())
    collectNeeded(operand);
}

void BackwardScan::stackNeeded() {
  SmallVector<Value> stacks;
  forward = withStacks(forward, kept.getArrayRef(), stacks);
  for (auto [value, stack] : llvm::zip(kept, stacks))
    stackOf[value] = stack;
}

// A value of the forward body in the backward one.
Value BackwardScan::materialize(Value value) {
  if (Value known = made.lookupOrNull(value))
    return known;
  OpBuilder &builder = outer.builder;
  Operation *op = value.getDefiningOp();
  Value result;
  if (kept.contains(value)) {
    result = TakeOp::create(builder, inBackward(value.getLoc()), value.getType(), stackOf.lookup(value),
                            backward.stepArgument());
  } else if (!op) {
    auto argument = cast<BlockArgument>(value);
    result = argument == forward.stepArgument() ? Value(backward.stepArgument())
             : value == forward.bodyRows()      ? backward.bodyRows()
                                                : forward.outside(argument);
  } else {
    for (Value operand : op->getOperands())
      materialize(operand);
    builder.clone(*op, made)->setLoc(inBackward(op->getLoc()));
    return made.lookup(value);
  }
  made.map(value, result);
  return result;
}

void BackwardScan::materializeAll() {
  SmallVector<OpOperand *> open;
  for (Operation &op : *backward.block())
    for (OpOperand &operand : op.getOpOperands())
      if (isOf(operand.get(), forward))
        open.push_back(&operand);
  for (OpOperand *operand : open)
    collectNeeded(operand->get());
  stackNeeded();
  OpBuilder::InsertionGuard guard(outer.builder);
  outer.builder.setInsertionPointToStart(backward.block());
  for (OpOperand *operand : open)
    operand->set(materialize(operand->get()));
}

void BackwardScan::flowOut() {
  for (auto [k, gradient] : llvm::zip(states, backward.finals()))
    outer.flow(forward.getInits()[k], [gradient = Value(gradient)] { return gradient; });
  for (auto [k, gradient] : llvm::zip(sums, backward.finals().drop_front(states.size())))
    outer.flow(forward.getCaptures()[k], [gradient = Value(gradient)] { return gradient; });
  for (auto [take, gradient] : llvm::zip(takes, backward.stacks()))
    outer.flow(forward.outside(cast<BlockArgument>(take.getX())),
               [gradient = Value(gradient)] { return gradient; });
}

LogicalResult BackwardScan::build() {
  findActive();
  begin();
  if (failed(walkBody()))
    return failure();
  materializeAll();
  backward.isolate();
  flowOut();
  return success();
}

} // namespace

void addScanRule(RuleTable &table) {
  // A take of a capture at the step is the scan's own affair.
  table.rule<TakeOp>([](TakeOp take, Value, Adjoint &a) {
    take.emitOpError("has no derivative at any other place than the step of its scan");
    a.hasFailed = true;
  });
  table.rule<ScanOp>([](ScanOp scan, Value, Adjoint &a) {
    if (failed(BackwardScan(scan, a).build()))
      a.hasFailed = true;
  });
}

} // namespace nn
