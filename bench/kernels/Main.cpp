// Times kernels alone on one thread: bench-kernels GROUP... (gemm, conv, conv_other). Prints a JSON object:
// the peak in GFLOP/s and for each kernel the fraction of it. In each turn, every kernel follows a
// measurement of the peak.
#include "bench/Median.h"
#include "bench/kernels/Cases.h"
#include "bench/kernels/Compiled.h"
#include "bench/kernels/FmaPeak.h"
#include "llvm/Support/JSON.h"

using namespace nnbench;

namespace {

constexpr int turns = 15;
constexpr double turnMilliseconds = 20;

struct Kernel {
  KernelCase about;
  std::unique_ptr<Compiled> code;
  std::vector<double> times, fractions;
};

// FLOP/s.
double measurePeak() {
  double flops = 0;
  double milliseconds = medianTime(
      5, [&](int) { flops = runMultiplyAdds(); }, threadClock);
  return 1e3 * flops / milliseconds;
}

double timeOf(Kernel &kernel, int calls) {
  return medianTime(
      calls, [&](int) { kernel.code->predict(kernel.about.rows); }, threadClock);
}

bool compile(std::vector<Kernel> &kernels) {
  nn::DiagnosticEngine engine;
  std::optional<nn::Target> target = nn::selectTarget("native", engine);
  for (Kernel &kernel : kernels) {
    kernel.code = target ? Compiled::make(kernel.about.module, *target) : nullptr;
    if (!kernel.code) {
      llvm::errs() << "bench-kernels: cannot compile " << kernel.about.name << "\n";
      return false;
    }
  }
  return true;
}

void takeTurn(std::vector<Kernel> &kernels, std::vector<double> &peaks) {
  for (Kernel &kernel : kernels) {
    peaks.push_back(measurePeak());
    timeOf(kernel, 1); // its data into the caches
    int calls = std::max(3, int(turnMilliseconds / timeOf(kernel, 1)));
    kernel.times.push_back(timeOf(kernel, calls));
    kernel.fractions.push_back(1e3 * kernel.about.flops / kernel.times.back() / peaks.back());
  }
}

void printJson(const std::vector<std::string> &groups, const std::vector<Kernel> &kernels,
               const std::vector<double> &peaks) {
  llvm::json::OStream json(llvm::outs(), 2);
  json.object([&] {
    json.attribute("peak_gflops", median(peaks) / 1e9);
    for (const std::string &group : groups)
      json.attributeObject(group, [&] {
        for (const Kernel &kernel : kernels)
          if (kernel.about.group == group)
            json.attributeObject(kernel.about.name, [&] {
              json.attribute("milliseconds", median(kernel.times));
              json.attribute("fraction", median(kernel.fractions));
            });
      });
  });
  llvm::outs() << "\n";
}

int printAssembly(const std::string &cpu, const std::string &group, const std::string &name) {
  nn::DiagnosticEngine engine;
  std::optional<nn::Target> target = nn::selectTarget(cpu, engine);
  for (const KernelCase &one : kernelCases({group}))
    if (one.name == name && target)
      if (std::optional<std::string> text = assemblyOf(one.module, *target)) {
        llvm::outs() << *text;
        return 0;
      }
  llvm::errs() << "bench-kernels: no kernel " << group << " " << name << " for " << cpu << "\n";
  return 1;
}

} // namespace

int main(int count, char **arguments) {
  std::vector<std::string> groups(arguments + 1, arguments + count);
  if (count == 5 && groups[0] == "--asm")
    return printAssembly(groups[1], groups[2], groups[3]);
  std::vector<Kernel> kernels;
  for (KernelCase &about : kernelCases(groups))
    kernels.push_back({std::move(about), nullptr, {}, {}});
  if (kernels.empty() || !compile(kernels)) {
    llvm::errs() << "usage: bench-kernels GROUP..., of gemm, conv, conv_other\n";
    return 1;
  }
  std::vector<double> peaks;
  for (int turn = 0; turn < turns; ++turn)
    takeTurn(kernels, peaks);
  printJson(groups, kernels, peaks);
  return 0;
}
