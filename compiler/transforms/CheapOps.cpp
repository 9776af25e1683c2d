#include "compiler/transforms/CheapOps.h"

using namespace mlir;

namespace nn {
namespace {

bool isCheap(Operation *op) {
  return isa<AddOp, SubOp, MulOp, NegOp, AbsOp, SignOp, MaxOp, MinOp>(op) &&
         cast<RankedTensorType>(op->getResult(0).getType()).getRank() > 0;
}

bool isMadeInPlace(Value value) {
  Operation *op = value.getDefiningOp();
  return op && isa<ConstantOp, BroadcastOp>(op);
}

// The only operand that is read from memory; null if there are more.
Value onlyRead(Operation *op) {
  Value read;
  for (Value operand : op->getOperands()) {
    if (isMadeInPlace(operand) || operand == read)
      continue;
    if (read)
      return nullptr;
    read = operand;
  }
  return read;
}

} // namespace

llvm::SetVector<Operation *> readersOf(Value value) {
  return llvm::SetVector<Operation *>(value.user_begin(), value.user_end());
}

bool isCheapFromMemory(Operation *op) {
  if (!isCheap(op))
    return false;
  Value read = onlyRead(op);
  return read && (isa<BlockArgument>(read) || readersOf(read).size() > 1);
}

} // namespace nn
