#include "compiler/dialect/Rows.h"

#include "compiler/dialect/NnDialect.h"
#include "compiler/dialect/Shapes.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;

namespace nn {

int64_t factorOfCount(Value rows) {
  // A group takes it from outside.
  if (auto argument = dyn_cast<BlockArgument>(rows))
    if (auto group = dyn_cast_or_null<FusedOp>(argument.getOwner()->getParentOp()))
      return factorOfCount(group.getInputs()[argument.getArgNumber()]);
  auto product = rows.getDefiningOp<arith::MulIOp>();
  APInt factor;
  if (product && matchPattern(product.getRhs(), m_ConstantInt(&factor)))
    return factor.getSExtValue();
  if (product && matchPattern(product.getLhs(), m_ConstantInt(&factor)))
    return factor.getSExtValue();
  return 1;
}

static bool isDynamic(Value value) {
  auto type = dyn_cast<RankedTensorType>(value.getType());
  return type && !type.hasStaticShape();
}

// Into a body: a stack has the rows of what it stacks, a state those of its first value. Out of it: an
// argument has those of the operand.
static Value throughScan(Value value) {
  if (auto argument = dyn_cast<BlockArgument>(value)) {
    auto scan = dyn_cast_or_null<ScanOp>(argument.getOwner()->getParentOp());
    return scan ? scan.outside(argument) : Value();
  }
  auto scan = value.getDefiningOp<ScanOp>();
  if (!scan)
    return nullptr;
  unsigned place = cast<OpResult>(value).getResultNumber(), states = scan.getInits().size();
  return place < states ? scan.getInits()[place] : scan.next().getStacked()[place - states];
}

int64_t rowFactor(Value value) {
  int64_t before = 1,
          after = 1; // reshapes on the way: elements per row of the value asked for and of `value`
  while (true) {
    if (Value origin = throughScan(value)) {
      value = origin;
      continue;
    }
    Operation *op = value.getDefiningOp();
    if (!op)
      break;
    if (auto reshape = dyn_cast<ReshapeOp>(op)) {
      before *= *staticElements(reshape.getX().getType().getShape());
      after *= *staticElements(reshape.getType().getShape());
      int64_t divisor = std::gcd(before, after);
      before /= divisor;
      after /= divisor;
    }
    if (auto broadcast = dyn_cast<BroadcastOp>(op); broadcast && broadcast.getRows())
      return factorOfCount(broadcast.getRows()) * before / after;
    if (auto random = dyn_cast<RandomOp>(op); random && random.getRows())
      return factorOfCount(random.getRows()) * before / after;
    auto source = llvm::find_if(op->getOperands(), isDynamic);
    if (source == op->operand_end())
      break;
    value = *source;
  }
  return before / after;
}

Value rowCount(Block *block) {
  if (block->getNumArguments() == 0 || !block->getArgument(0).getType().isIndex())
    return nullptr;
  return block->getArgument(0);
}

} // namespace nn
