// All data is private: only the descriptor that points to it has a name outside.
#include "compiler/backend/ConstantTable.h"

namespace nn {

llvm::Constant *ConstantTable::int32(uint32_t value) {
  return llvm::ConstantInt::get(llvm::Type::getInt32Ty(context), value);
}

llvm::Constant *ConstantTable::int64(int64_t value) {
  return llvm::ConstantInt::getSigned(llvm::Type::getInt64Ty(context), value);
}

llvm::Constant *ConstantTable::real(double value) {
  return llvm::ConstantFP::get(llvm::Type::getDoubleTy(context), value);
}

llvm::Constant *ConstantTable::null() {
  return llvm::ConstantPointerNull::get(llvm::PointerType::getUnqual(context));
}

llvm::Constant *ConstantTable::store(llvm::Constant *value) {
  auto *global = new llvm::GlobalVariable(module, value->getType(), /*isConstant=*/true,
                                          llvm::GlobalValue::PrivateLinkage, value, "nn_data");
  global->setUnnamedAddr(llvm::GlobalValue::UnnamedAddr::Global);
  return global;
}

llvm::Constant *ConstantTable::text(llvm::StringRef value) {
  llvm::Constant *&entry = texts[value];
  if (!entry)
    entry = store(llvm::ConstantDataArray::getString(context, value, /*AddNull=*/true));
  return entry;
}

llvm::Constant *ConstantTable::array(llvm::Type *element, llvm::ArrayRef<llvm::Constant *> values) {
  if (values.empty())
    return null();
  return store(llvm::ConstantArray::get(llvm::ArrayType::get(element, values.size()), values));
}

llvm::Constant *ConstantTable::longs(llvm::ArrayRef<int64_t> values) {
  if (values.empty())
    return null();
  llvm::SmallVector<uint64_t> words(values.begin(), values.end());
  return store(llvm::ConstantDataArray::get(context, words));
}

llvm::Constant *ConstantTable::reals(llvm::ArrayRef<double> values) {
  if (values.empty())
    return null();
  return store(llvm::ConstantDataArray::get(context, values));
}

} // namespace nn
