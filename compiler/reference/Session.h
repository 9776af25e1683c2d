// Runs an entry on tensors by name: what the runtime does with the compiled program, done with the
// interpreter.
#ifndef NN_REFERENCE_SESSION_H
#define NN_REFERENCE_SESSION_H

#include "compiler/reference/Reference.h"
#include "compiler/reference/Safetensors.h"

namespace nn {

struct SessionOptions {
  int64_t rows = 1;
  int64_t steps =
      1; // calls in a row; call k gets rows [k*rows, (k+1)*rows) of each batch tensor and `step` k+1
};

// Runs `entry` on `memory`, which holds a tensor for each `nn.name` among the arguments, and puts the results
// there by their names. An `ids` argument that `memory` lacks counts its rows from 0; `step`, `steps`,
// `epoch` and `epochs` are 1, and `seed` 0, where not given. Returns the results of each call that are terms,
// measures or outputs.
mlir::FailureOr<std::vector<TensorMap>> runEntry(mlir::func::FuncOp entry, const SessionOptions &options,
                                                 TensorMap &memory);

// The name of a result: `nn.name`, else its number.
std::string resultName(mlir::func::FuncOp entry, unsigned index);

} // namespace nn
#endif
