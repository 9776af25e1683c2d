// Files of named tensors: 8 bytes with the header's length, a JSON header, the elements in little-endian
// order.
#ifndef NN_REFERENCE_SAFETENSORS_H
#define NN_REFERENCE_SAFETENSORS_H

#include "compiler/reference/Tensor.h"
#include "llvm/Support/Error.h"
#include <map>
#include <string>

namespace nn {

using TensorMap = std::map<std::string, Tensor>;

// Reads F32, F64 (as reals) and I32, I64 (as integers). Every number of the header is checked before it is
// used.
llvm::Expected<TensorMap> readSafetensors(llvm::StringRef path);

// Writes F64 and I64.
llvm::Error writeSafetensors(llvm::StringRef path, const TensorMap &tensors);

} // namespace nn
#endif
