// The meaning of the nn dialect, executed: every op in double precision, as its formula reads. Judges all
// transforms, gradients and compiled code.
#ifndef NN_REFERENCE_REFERENCE_H
#define NN_REFERENCE_REFERENCE_H

#include "compiler/reference/Tensor.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace nn {

// Runs `function` on `arguments`. Where its first argument is the row count, that is `rows` and `arguments`
// are the others. Fails, with a diagnostic, on an op that is not of the dialect, and on `nn.gradient`.
mlir::FailureOr<std::vector<Tensor>> interpret(mlir::func::FuncOp function, int64_t rows,
                                               llvm::ArrayRef<Tensor> arguments);

} // namespace nn
#endif
