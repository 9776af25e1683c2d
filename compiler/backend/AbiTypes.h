// The structs of runtime/abi/Program.h as LLVM types, member for member in the same order. They are not
// packed, so the target's data layout places the members as the C compiler does; test/backend compares the
// two.
#ifndef NN_BACKEND_ABITYPES_H
#define NN_BACKEND_ABITYPES_H

#include "llvm/IR/DerivedTypes.h"

namespace nn {

struct AbiTypes {
  explicit AbiTypes(llvm::LLVMContext &context);

  llvm::StructType *tensor, *value, *call, *field, *data, *hyper, *result, *total, *node, *measure, *train,
      *output, *layer, *program;
};

} // namespace nn
#endif
