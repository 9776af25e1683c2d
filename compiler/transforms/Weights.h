// Which values of an entry are made from parameters and state only.
#ifndef NN_TRANSFORMS_WEIGHTS_H
#define NN_TRANSFORMS_WEIGHTS_H

#include "compiler/dialect/NnDialect.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace nn {

llvm::StringRef roleOfArgument(mlir::func::FuncOp entry, unsigned index);
llvm::StringRef roleOfResult(mlir::func::FuncOp entry, unsigned index);

// Whether the entry leaves parameters, state and optimizer state as they are.
bool isWithoutTraining(mlir::func::FuncOp entry);

// Parameters, state and constants, and what is computed from these.
class WeightValues {
public:
  explicit WeightValues(mlir::func::FuncOp entry);
  bool contains(mlir::Value value) const { return values.contains(value); }
  bool contains(mlir::Operation *op) const { return op->getNumResults() > 0 && contains(op->getResult(0)); }

private:
  llvm::DenseSet<mlir::Value> values;
};

} // namespace nn
#endif
