// Compiles an entry of the nn dialect, given as text, down to machine code of this process and calls it.
#ifndef NN_TEST_LOWERING_COMPILED_H
#define NN_TEST_LOWERING_COMPILED_H

#include "compiler/backend/Target.h"
#include "compiler/reference/Tensor.h"
#include "mlir/IR/BuiltinOps.h"
#include "llvm/ExecutionEngine/Orc/LLJIT.h"
#include "llvm/Support/Alignment.h"

namespace nn::test {

// The entry `@t` of `module`, which is taken through all phases from autodiff to LLVM's optimizer. Operands
// and results are in the arena, found by their names.
class Compiled {
public:
  // Null, with diagnostics, if a phase fails.
  static std::unique_ptr<Compiled> make(mlir::ModuleOp module, const Target &target);

  void set(llvm::StringRef name, const Tensor &value);
  Tensor get(llvm::StringRef name, int64_t rows) const;
  void call(int64_t rows);

private:
  struct Place {
    mlir::RankedTensorType type;
    int64_t offset;
  };
  Compiled() = default;
  void readArena(mlir::ModuleOp module);
  bool generate(mlir::ModuleOp module, const Target &target);

  std::map<std::string, Place> places;
  std::vector<uint8_t> memory;
  uint8_t *arena = nullptr;
  std::unique_ptr<llvm::orc::LLJIT> jit;
  using Entry = void (*)(uint8_t *, int64_t, int32_t);
  Entry entries[2] = {}; // t, fold
};

} // namespace nn::test
#endif
