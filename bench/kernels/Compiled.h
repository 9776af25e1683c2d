// A program given as text of the nn dialect, compiled by the phases of nnc into this process.
#ifndef NN_BENCH_KERNELS_COMPILED_H
#define NN_BENCH_KERNELS_COMPILED_H

#include "compiler/backend/Target.h"
#include "runtime/train/Arena.h"
#include "llvm/ExecutionEngine/Orc/LLJIT.h"

namespace nnbench {

// None, with the reason on stderr, if a phase fails.
std::optional<std::string> assemblyOf(const std::string &module, const nn::Target &target);

class Compiled {
public:
  // Null, with the reason on stderr, if a phase fails.
  static std::unique_ptr<Compiled> make(const std::string &module, const nn::Target &target);

  void predict(int64_t rows) { program->predict(arena->data(), rows, 0); }

private:
  Compiled() = default;
  bool load(const std::string &object);

  std::unique_ptr<llvm::orc::LLJIT> jit;
  const nn_program *program = nullptr;
  std::optional<nnrt::Arena> arena;
};

} // namespace nnbench
#endif
