// Typed helpers for constant data in an LLVM module: numbers, strings, structs, arrays.
#ifndef NN_BACKEND_CONSTANTTABLE_H
#define NN_BACKEND_CONSTANTTABLE_H

#include "llvm/ADT/StringMap.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/Module.h"

namespace nn {

class ConstantTable {
public:
  explicit ConstantTable(llvm::Module &module) : module(module), context(module.getContext()) {}

  llvm::Constant *int32(uint32_t value);
  llvm::Constant *int64(int64_t value);
  llvm::Constant *real(double value);
  llvm::Constant *null();

  // Pointers to private globals; an equal string is stored once, an empty array is null.
  llvm::Constant *text(llvm::StringRef value);
  llvm::Constant *array(llvm::Type *element, llvm::ArrayRef<llvm::Constant *> values);
  llvm::Constant *longs(llvm::ArrayRef<int64_t> values);
  llvm::Constant *reals(llvm::ArrayRef<double> values);

private:
  llvm::Constant *store(llvm::Constant *value);

  llvm::Module &module;
  llvm::LLVMContext &context;
  llvm::StringMap<llvm::Constant *> texts;
};

} // namespace nn
#endif
