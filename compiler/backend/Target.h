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
#include <vector>

namespace nn {

struct Target {
  std::unique_ptr<llvm::TargetMachine> machine;
  std::string cpu; // in LLVM's spelling, never "native"
  TargetShape shape;
  std::vector<std::string> features; // that its code may use, of those in runtime/abi/CpuFeatures.def
};

// `cpu` is "native" or a name LLVM knows for this architecture. Native takes the features the machine really
// has: a virtual one may lack some of its model's.
std::optional<Target> selectTarget(llvm::StringRef cpu, DiagnosticEngine &engine,
                                   const std::string &host = llvm::sys::getProcessTriple());

// Of the target's features, those that this machine does not have.
std::vector<std::string> missingFeatures(const Target &target);

} // namespace nn
#endif
