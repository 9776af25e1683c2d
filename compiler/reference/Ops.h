// The ops as functions of tensors, by group; operands in the order of the op's.
#ifndef NN_REFERENCE_OPS_H
#define NN_REFERENCE_OPS_H

#include "compiler/dialect/NnDialect.h"
#include "compiler/reference/Tensor.h"

namespace nn {

using Operands = llvm::ArrayRef<const Tensor *>;
using Results = std::vector<Tensor>;

// Each returns nothing for an op that is not of its group.
std::optional<Results> evaluateElementwise(mlir::Operation *op, Operands operands);
std::optional<Results> evaluateShape(mlir::Operation *op, Operands operands);
std::optional<Results> evaluateReduction(mlir::Operation *op, Operands operands);
std::optional<Results> evaluateContraction(mlir::Operation *op, Operands operands);
std::optional<Results> evaluateLookup(mlir::Operation *op, Operands operands);
std::optional<Results> evaluatePool(mlir::Operation *op, Operands operands);
std::optional<Results> evaluateRandom(mlir::Operation *op, Operands operands);

// The shape of `type` with `rows` for its dynamic axis.
Shape shapeWith(mlir::RankedTensorType type, int64_t rows);

} // namespace nn
#endif
