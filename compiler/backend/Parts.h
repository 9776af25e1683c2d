// Large programs are optimized and emitted in parts, side by side on all cores. What the parts are depends on
// the program alone, so the code is the same whatever number of cores made it.
#ifndef NN_BACKEND_PARTS_H
#define NN_BACKEND_PARTS_H

#include "compiler/backend/Target.h"
#include "llvm/IR/Module.h"

namespace nn {

// What is asked of the code, and then its parts, which belong together in this order.
struct WantedCode {
  bool ir, assembly, object;
};
struct CodePart {
  std::string ir, assembly, object;
};

// The module is used up. `instructionsOfPart`: about as many make a part.
std::vector<CodePart> compileParts(std::unique_ptr<llvm::Module> module, const Target &target,
                                   WantedCode wanted, unsigned instructionsOfPart = 25000);

} // namespace nn
#endif
