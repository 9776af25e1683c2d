// The phases by name, in the order of the data's way. The README beside this file shows them at a glance.
#ifndef NN_PIPELINE_PHASES_H
#define NN_PIPELINE_PHASES_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include <optional>
#include <string>
#include <vector>

namespace nn {

enum class Phase {
  Ast,
  TypedAst,
  Nn,
  Autodiff,
  Transforms,
  Linalg,
  Vector,
  Memref,
  Llvm,
  Asm,
  Obj,
  Memory,
  Report
};

struct PhaseInfo {
  Phase phase;
  const char *name;    // of `--emit=`
  const char *suffix;  // of the file that `--dump-phases` writes
  const char *summary; // what it shows
};

llvm::ArrayRef<PhaseInfo> allPhases();
const PhaseInfo &infoOf(Phase phase);
std::optional<Phase> phaseByName(llvm::StringRef name);
std::vector<std::string> phaseNames();

} // namespace nn
#endif
