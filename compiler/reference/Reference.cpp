#include "compiler/reference/Reference.h"

#include "compiler/dialect/Shapes.h"
#include "compiler/reference/Ops.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;

namespace nn {
namespace {

// One block, op after op; values die with the interpreter.
class Interpreter {
public:
  FailureOr<std::vector<Tensor>> run(Block &block, std::vector<Tensor> arguments);

private:
  FailureOr<Results> evaluate(Operation *op);
  FailureOr<Results> evaluateScan(ScanOp scan);
  std::vector<Tensor> copies(ValueRange range);

  DenseMap<Value, Tensor> values;
};

FailureOr<std::vector<Tensor>> Interpreter::run(Block &block, std::vector<Tensor> arguments) {
  for (auto [argument, tensor] : llvm::zip(block.getArguments(), arguments))
    values[argument] = std::move(tensor);
  for (Operation &op : block.without_terminator()) {
    FailureOr<Results> results = evaluate(&op);
    if (failed(results))
      return failure();
    for (auto [value, tensor] : llvm::zip(op.getResults(), *results))
      values[value] = std::move(tensor);
  }
  return copies(block.getTerminator()->getOperands());
}

std::vector<Tensor> Interpreter::copies(ValueRange range) {
  std::vector<Tensor> tensors;
  for (Value value : range)
    tensors.push_back(values[value]);
  return tensors;
}

// The row count and its multiples.
std::optional<Results> evaluateIndex(Operation *op, Operands operands) {
  APInt value;
  if (isa<arith::ConstantOp>(op) && matchPattern(op, m_ConstantInt(&value)))
    return Results{Tensor::integer({}, value.getSExtValue())};
  if (isa<arith::MulIOp>(op))
    return Results{Tensor::integer({}, operands[0]->integers[0] * operands[1]->integers[0])};
  return std::nullopt;
}

FailureOr<Results> Interpreter::evaluate(Operation *op) {
  if (auto scan = dyn_cast<ScanOp>(op))
    return evaluateScan(scan);
  if (auto fused = dyn_cast<FusedOp>(op))
    return Interpreter().run(fused.getBody().front(), copies(fused.getInputs()));
  SmallVector<const Tensor *> operands;
  for (Value operand : op->getOperands())
    operands.push_back(&values[operand]);
  for (auto group : {evaluateElementwise, evaluateShape, evaluateReduction, evaluateContraction,
                     evaluateLookup, evaluatePool, evaluateRandom, evaluateIndex})
    if (std::optional<Results> results = group(op, operands))
      return std::move(*results);
  return op->emitOpError("has no meaning to the interpreter");
}

// stack[…, t, …] = x
void putInStack(Tensor &stack, int64_t steps, const Tensor &x, int64_t axis, int64_t t) {
  if (stack.shape.empty() && stack.size() == 0) {
    Shape shape(x.shape);
    shape.insert(shape.begin() + axis, steps);
    stack = Tensor::zeros(shape, x);
  }
  int64_t next = 0;
  forEachIndex(x.shape, [&](ArrayRef<int64_t> i) {
    Index j(i);
    j.insert(j.begin() + axis, t);
    stack.take(stack.offset(j), x, next++);
  });
}

FailureOr<Results> Interpreter::evaluateScan(ScanOp scan) {
  int64_t steps = scan.getSteps();
  size_t states = scan.getInits().size();
  std::vector<Tensor> carried = copies(scan.getInits()), captures = copies(scan.getCaptures());
  std::vector<Tensor> stacks(scan.getNumResults() - states);
  for (int64_t turn = 0; turn < steps; ++turn) {
    int64_t t = scan.getReverse() ? steps - 1 - turn : turn;
    std::vector<Tensor> arguments;
    if (scan.getRows())
      arguments.push_back(values[scan.getRows()]);
    arguments.push_back(Tensor::integer({}, t));
    llvm::append_range(arguments, carried);
    llvm::append_range(arguments, captures);
    FailureOr<Results> made = Interpreter().run(*scan.block(), std::move(arguments));
    if (failed(made))
      return failure();
    carried.assign(made->begin(), made->begin() + states);
    for (auto [stack, value] : llvm::zip(stacks, scan.next().getStacked())) {
      int64_t axis = scannedAxis(cast<RankedTensorType>(value.getType()).getShape());
      putInStack(stack, steps, (*made)[states + (&stack - stacks.data())], axis, t);
    }
  }
  llvm::append_range(carried, stacks);
  return carried;
}

// The dynamic axis of an argument may have any length, the others are as its type says.
LogicalResult checkArgument(func::FuncOp function, Type type, const Tensor &tensor) {
  auto expected = dyn_cast<RankedTensorType>(type);
  bool fits = expected && expected.getShape().size() == tensor.shape.size() &&
              isa<FloatType>(expected.getElementType()) != tensor.isInteger;
  for (size_t axis = 0; fits && axis < tensor.shape.size(); ++axis)
    fits = expected.isDynamicDim(axis) || expected.getDimSize(axis) == tensor.shape[axis];
  if (fits)
    return success();
  return function.emitError("an argument does not fit ") << type;
}

} // namespace

FailureOr<std::vector<Tensor>> interpret(func::FuncOp function, int64_t rows, ArrayRef<Tensor> arguments) {
  ArrayRef<Type> types = function.getFunctionType().getInputs();
  std::vector<Tensor> all;
  if (!types.empty() && types.front().isIndex()) {
    all.push_back(Tensor::integer({}, rows));
    types = types.drop_front();
  }
  if (types.size() != arguments.size())
    return function.emitError("has ") << types.size() << " arguments, " << arguments.size() << " given";
  for (auto [type, tensor] : llvm::zip(types, arguments)) {
    if (failed(checkArgument(function, type, tensor)))
      return failure();
    all.push_back(tensor);
  }
  return Interpreter().run(function.getBody().front(), std::move(all));
}

} // namespace nn
