// Target selection: the names LLVM knows, the features of the host, and the shape of its vector unit.
#include "compiler/backend/Target.h"
#include "compiler/basic/Suggestion.h"
#include "llvm/MC/MCSubtargetInfo.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/TargetParser/AArch64TargetParser.h"
#include "llvm/TargetParser/Host.h"
#include "llvm/TargetParser/SubtargetFeature.h"
#include "llvm/TargetParser/X86TargetParser.h"
#include <algorithm>

namespace nn {

namespace {

// Only those that can run 64-bit code: LLVM aborts on the others.
std::vector<std::string> knownCpus(const llvm::Triple &triple) {
  llvm::SmallVector<llvm::StringRef> names;
  if (triple.isX86())
    llvm::X86::fillValidCPUArchList(names, /*Only64Bit=*/true);
  else if (triple.isAArch64())
    llvm::AArch64::fillValidCPUArchList(names);
  std::vector<std::string> result(names.begin(), names.end());
  result.push_back("native");
  return result;
}

std::string hostFeatures() {
  std::vector<std::string> features;
  for (const auto &feature : llvm::sys::getHostCPUFeatures())
    features.push_back((feature.second ? "+" : "-") + feature.first().str());
  std::sort(features.begin(), features.end()); // the map's order is not ours to depend on
  return llvm::join(features, ",");
}

TargetShape shapeOf(const llvm::MCSubtargetInfo &machine, const llvm::Triple &triple) {
  if (!triple.isX86())
    return {/*vectorBits=*/128, /*vectorRegisters=*/32, /*hasFma=*/true};
  bool hasFma = machine.checkFeatures("+fma");
  if (machine.checkFeatures("+avx512f") && machine.checkFeatures("+avx512vl"))
    return {512, 32, true};
  if (machine.checkFeatures("+avx"))
    return {256, 16, hasFma};
  return {128, 16, hasFma};
}

std::vector<std::string> featuresOf(const llvm::MCSubtargetInfo &machine, const llvm::Triple &triple) {
  static const char *const names[] = {
#define NN_CPU_FEATURE(name, ...) name,
#define NN_CPU_AVX10(name, ...) name,
#include "runtime/abi/CpuFeatures.def"
#undef NN_CPU_FEATURE
#undef NN_CPU_AVX10
  };
  std::vector<std::string> features;
  if (triple.isX86())
    for (const char *name : names)
      if (machine.checkFeatures(std::string("+") + name))
        features.push_back(name);
  return features;
}

llvm::TargetOptions targetOptions() {
  llvm::TargetOptions options;
  // One section each, so that the linker can drop what the program does not use.
  options.FunctionSections = true;
  options.DataSections = true;
  // Multiply and add become one operation where the instructions carry `contract`, not elsewhere.
  options.AllowFPOpFusion = llvm::FPOpFusion::Standard;
  return options;
}

} // namespace

std::optional<Target> selectTarget(llvm::StringRef cpu, DiagnosticEngine &engine, const std::string &host) {
  llvm::InitializeNativeTarget();
  llvm::InitializeNativeTargetAsmPrinter();

  llvm::Triple triple(host);
  std::string error;
  const llvm::Target *found = llvm::TargetRegistry::lookupTarget(triple, error);
  if (!found) {
    engine.report(DiagnosticKind::UnsupportedHost, {}, {triple.str(), error});
    return std::nullopt;
  }

  bool native = cpu == "native";
  std::vector<std::string> known = knownCpus(triple);
  if (std::find(known.begin(), known.end(), cpu) == known.end()) {
    engine.report(DiagnosticKind::UnknownCpu, {}, {cpu.str()}).suggest(closest(cpu.str(), known));
    return std::nullopt;
  }

  Target target;
  target.cpu = native ? llvm::sys::getHostCPUName().str() : cpu.str();
  target.machine.reset(found->createTargetMachine(triple, target.cpu, native ? hostFeatures() : "",
                                                  targetOptions(), llvm::Reloc::PIC_, std::nullopt,
                                                  llvm::CodeGenOptLevel::Aggressive));
  target.shape = shapeOf(*target.machine->getMCSubtargetInfo(), triple);
  target.features = featuresOf(*target.machine->getMCSubtargetInfo(), triple);
  return target;
}

std::vector<std::string> missingFeatures(const Target &target) {
  llvm::StringMap<bool> host = llvm::sys::getHostCPUFeatures();
  std::vector<std::string> missing;
  for (const std::string &feature : target.features)
    if (!host.lookup(feature))
      missing.push_back(feature);
  return missing;
}

} // namespace nn
