// The table of phases; its order is that of the enum.
#include "compiler/pipeline/Phases.h"

namespace nn {

namespace {

constexpr PhaseInfo table[] = {
    {Phase::Ast, "ast", "txt", "the syntax tree of the file, as source text"},
    {Phase::TypedAst, "typed-ast", "txt", "names, shapes and types resolved, layers expanded"},
    {Phase::Nn, "nn", "mlir", "the nn dialect, one op per primitive"},
    {Phase::Autodiff, "autodiff", "mlir", "with the backward pass"},
    {Phase::Transforms, "transforms", "mlir", "folded and fused, one group per kernel"},
    {Phase::Linalg, "linalg", "mlir", "kernels of linalg on tensors"},
    {Phase::Vector, "vector", "mlir", "tiled and vectorized"},
    {Phase::Memref, "memref", "mlir", "buffers in the arena, parallel regions outlined"},
    {Phase::Llvm, "llvm", "ll", "LLVM IR with the descriptor, optimized"},
    {Phase::Asm, "asm", "s", "assembly for the target"},
    {Phase::Obj, "obj", "o", "the object file"},
    {Phase::Memory, "memory", "txt", "the plan of the arena"},
    {Phase::Report, "report", "txt", "the work of each layer, its schedule and its share of the time"},
};

} // namespace

llvm::ArrayRef<PhaseInfo> allPhases() { return table; }

const PhaseInfo &infoOf(Phase phase) { return table[static_cast<size_t>(phase)]; }

std::optional<Phase> phaseByName(llvm::StringRef name) {
  for (const PhaseInfo &info : table)
    if (name == info.name)
      return info.phase;
  return std::nullopt;
}

std::vector<std::string> phaseNames() {
  std::vector<std::string> names;
  for (const PhaseInfo &info : table)
    names.push_back(info.name);
  return names;
}

} // namespace nn
