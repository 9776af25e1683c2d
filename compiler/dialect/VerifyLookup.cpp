// Verifiers of `iota`, `gather` and its adjoint. Each check bears the label of the constraint in the op's
// description.
#include "compiler/dialect/NnDialect.h"

using namespace mlir;
using namespace nn;

LogicalResult IotaOp::verify() {
  if (getType().getRank() != 1 || !getType().hasStaticShape())
    return emitOpError("(C1) the result must have one axis, of static length");
  return success();
}

// The type of a `gather` from a table of type `table`, under the labels of the op.
static LogicalResult verifyLookup(Operation *op, RankedTensorType table, RankedTensorType index,
                                  RankedTensorType rows, StringRef tableLabel, StringRef shapeLabel) {
  if (table.getRank() < 1 || !table.hasStaticShape())
    return op->emitOpError(tableLabel) << " the table must be static and have at least one axis";
  SmallVector<int64_t> shape(index.getShape());
  llvm::append_range(shape, table.getShape().drop_front());
  if (rows.getShape() != ArrayRef(shape))
    return op->emitOpError(shapeLabel)
           << " the rows' shape must be that of `index`, then the table's without its first axis";
  return success();
}

LogicalResult GatherOp::verify() {
  return verifyLookup(*this, getTable().getType(), getIndex().getType(), getType(), "(C1)", "(C2)");
}

LogicalResult ScatterAddOp::verify() {
  return verifyLookup(*this, getType(), getIndex().getType(), getX().getType(), "(C1)", "(C1)");
}
