// The constant `nn_program_descriptor` of runtime/abi/Program.h: what the runtime knows of a program.
#ifndef NN_BACKEND_DESCRIPTOR_H
#define NN_BACKEND_DESCRIPTOR_H

#include "llvm/IR/Module.h"
#include "mlir/IR/BuiltinOps.h"

namespace nn {

constexpr const char *descriptorSymbol = "nn_program_descriptor";

struct DescriptorNames {
  std::string compiler; // "nnc 0.1.0"
  std::string cpu;
  std::vector<std::string> cpuFeatures; // by the names of runtime/abi/CpuFeatures.def
};

// Adds the descriptor to `target`, the translation of `source`, from the attributes `nn.program`, `nn.arena`
// and `nn.checks` of `source`. Fails, with an error on its location, if they do not keep the dialect's
// contract. A tensor that no entry uses (a seed nobody draws from) has 0 bytes.
mlir::LogicalResult addDescriptor(mlir::ModuleOp source, llvm::Module &target, const DescriptorNames &names);

} // namespace nn
#endif
