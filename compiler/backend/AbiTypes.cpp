// Each line here is one struct there; a change of either is a change of both.
#include "compiler/backend/AbiTypes.h"
#include "llvm/IR/Type.h"

namespace nn {

AbiTypes::AbiTypes(llvm::LLVMContext &context) {
  auto *i32 = llvm::Type::getInt32Ty(context), *i64 = llvm::Type::getInt64Ty(context);
  auto *f64 = llvm::Type::getDoubleTy(context);
  auto *ptr = llvm::PointerType::getUnqual(context);
  using Members = llvm::ArrayRef<llvm::Type *>;
  auto make = [&](const char *name, Members members) {
    return llvm::StructType::create(context, members, name);
  };

  tensor = make("nn_tensor", {ptr, i32, i32, ptr, i64, i64});
  value = make("nn_value", {ptr, ptr, f64, i32});
  call = make("nn_call", {ptr, i32, ptr});
  field = make("nn_field", {ptr, i64, i32, ptr, tensor, i32, i32, ptr, i64, i64, i32, i32, ptr, i32});
  data = make("nn_data", {ptr, call, call, call, f64, f64, i32, ptr, tensor, call, call, i32, i32});
  hyper = make("nn_hyper", {ptr, ptr, i32, i32, f64, i32, f64, f64, i32, ptr, tensor});
  result = make("nn_result", {ptr, tensor});
  total = make("nn_total", {i32, tensor});
  node = make("nn_node", {ptr, i32, ptr, i32, ptr, i32, ptr, ptr, f64});
  measure = make("nn_measure", {ptr, i64});
  train = make("nn_train", {ptr, i32, i32, ptr, i64, i64, i32, i32, ptr, ptr,
                            i32, ptr, i32, ptr, i32, ptr, i32, ptr, i32, ptr});
  output = make("nn_output", {ptr, tensor});
  layer = make("nn_layer", {ptr, i32, ptr, i64, i64, i64});
  program = make("nn_program", {i32,    i32,    ptr,    ptr,    ptr,    ptr, // abi_version … cpu
                                i32,    ptr,                                 // features
                                i64,    i64,    i64,                         // arena_bytes … batch
                                i32,    i32,    i32,    ptr,    ptr,    ptr, // parameters, states, optimizer
                                tensor, tensor, tensor, tensor, tensor,      // seed … epochs
                                i32,    i32,    i32,    i32,    i32,         // hyper_count … layer_count
                                ptr,    ptr,    ptr,    ptr,    ptr,         // hypers … layers
                                i32,    ptr,                                 // checks
                                ptr,    ptr,    ptr,    i32});               // init, fold, predict, its data
}

} // namespace nn
