// Machine code from a finished module.
#ifndef NN_BACKEND_EMIT_H
#define NN_BACKEND_EMIT_H

#include "compiler/backend/Target.h"
#include "llvm/IR/Module.h"

namespace nn {

enum class CodeKind { Assembly, Object };

// The module is used up: code generation rewrites it.
std::string emitCode(llvm::Module &module, const Target &target, CodeKind kind);

} // namespace nn
#endif
