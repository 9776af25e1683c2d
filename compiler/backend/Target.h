// The machine that code is made for: LLVM's target machine, and what the schedules need to know of it.
#ifndef NN_BACKEND_TARGET_H
#define NN_BACKEND_TARGET_H

#include "compiler/diagnostics/Engine.h"
#include "compiler/lowering/Pipeline.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Target/TargetMachine.h"
#include "llvm/TargetParser/Host.h"
#include <memory>
#include <optional>
#include <string>

namespace nn {

struct Target {
  std::unique_ptr<llvm::TargetMachine> machine;
  std::string cpu; // in LLVM's spelling, never "native"
  TargetShape shape;
};

// `cpu` is "native" or a name LLVM knows for this architecture. Native takes the features the machine really
// has: a virtual one may lack some of its model's.
std::optional<Target> selectTarget(llvm::StringRef cpu, DiagnosticEngine &engine,
                                   const std::string &host = llvm::sys::getProcessTriple());

} // namespace nn
#endif
