// The model: a kernel takes as long as its arithmetic or its memory traffic, whichever is more. `./model
// train --profile` measures what is only expected here.
#include "compiler/pipeline/LayerReport.h"
#include "compiler/dialect/Origin.h"
#include "runtime/abi/Program.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/Support/Format.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include <array>
#include <numeric>

namespace nn {

namespace {

// Per cycle of one thread: tiles reach about half of what two multiply-adds a cycle would give; elementwise
// code retires a vector operation a cycle; a stream that misses the first cache brings so many bytes.
constexpr double vectorMacs = 1, vectorOperations = 1, streamedBytes = 16;

struct Row {
  int64_t macs = 0, bytes = 0;
  std::array<double, NN_STAGES> cycles = {};
  llvm::SmallVector<llvm::StringRef> schedules;

  double allCycles() const { return std::accumulate(cycles.begin(), cycles.end(), 0.0); }
};

// How often a call in loops runs: scans have a fixed number of steps.
int64_t turnsOf(mlir::Operation *call) {
  int64_t turns = 1;
  for (auto loop = call->getParentOfType<mlir::scf::ForOp>(); loop;
       loop = loop->getParentOfType<mlir::scf::ForOp>())
    if (auto steps = loop.getUpperBound().getDefiningOp<mlir::arith::ConstantIndexOp>())
      turns *= steps.value();
  return turns;
}

class Report {
public:
  Report(mlir::ModuleOp module, const TargetShape &target) : module(module) {
    auto program = module->getAttrOfType<mlir::DictionaryAttr>("nn.program");
    auto precision = program ? program.getAs<mlir::StringAttr>("precision") : mlir::StringAttr();
    lanes = target.vectorBits / (precision && precision == "f64" ? 64.0 : 32.0);
  }

  void print(mlir::func::FuncOp entry, llvm::raw_ostream &out);

private:
  void add(mlir::func::CallOp call);
  void printTable(llvm::StringRef title, bool hasStages, llvm::raw_ostream &out);

  mlir::ModuleOp module;
  double lanes;
  llvm::MapVector<llvm::StringRef, Row> rows;
};

void Report::add(mlir::func::CallOp call) {
  auto kernel = module.lookupSymbol<mlir::func::FuncOp>(call.getCallee());
  auto work = kernel ? kernel->getAttrOfType<mlir::DictionaryAttr>("nn.work") : mlir::DictionaryAttr();
  if (!work)
    return;
  auto number = [&](llvm::StringRef key) { return work.getAs<mlir::IntegerAttr>(key).getInt(); };
  auto layer = call->getAttrOfType<mlir::StringAttr>("nn.layer");
  Row &row = rows[layer ? layer.getValue() : "(no layer)"];
  int64_t turns = turnsOf(call);
  row.macs += turns * number("macs");
  row.bytes += turns * number("bytes");
  double arithmetic = double(number("macs")) / (vectorMacs * lanes) +
                      double(number("operations")) / (vectorOperations * lanes);
  auto stage = size_t(stageNamed(call->getAttr("nn.stage")));
  row.cycles[stage] += double(turns) * std::max(arithmetic, double(number("bytes")) / streamedBytes);
  for (mlir::Attribute schedule : work.getAs<mlir::ArrayAttr>("schedule")) {
    llvm::StringRef text = llvm::cast<mlir::StringAttr>(schedule).getValue();
    if (!llvm::is_contained(row.schedules, text))
      row.schedules.push_back(text);
  }
}

void Report::print(mlir::func::FuncOp entry, llvm::raw_ostream &out) {
  rows.clear();
  entry.walk([&](mlir::func::CallOp call) { add(call); });
  printTable(entry.getName(), entry.getName().ends_with(".step"), out);
}

void Report::printTable(llvm::StringRef title, bool hasStages, llvm::raw_ostream &out) {
  size_t width = 5;
  Row total;
  for (const auto &[layer, row] : rows) {
    width = std::max(width, layer.size());
    total.macs += row.macs;
    total.bytes += row.bytes;
    for (size_t stage = 0; stage < NN_STAGES; ++stage)
      total.cycles[stage] += row.cycles[stage];
  }
  double all = total.allCycles();
  auto share = [&](double cycles, int columns) {
    out << llvm::format("  %*.1f%%", columns - 1, all > 0 ? 100 * cycles / all : 0.0);
  };
  auto line = [&](llvm::StringRef name, const Row &row) {
    out << llvm::left_justify(name, width)
        << llvm::format("  %14lld  %14lld", (long long)row.macs, (long long)row.bytes);
    if (hasStages)
      for (double cycles : row.cycles)
        share(cycles, 9);
    share(row.allCycles(), 6);
    out << (row.schedules.empty() ? "" : "  ") << llvm::join(row.schedules, "; ") << '\n';
  };
  out << '\n'
      << title << '\n'
      << llvm::left_justify("layer", width) << "            MACs           bytes"
      << (hasStages ? "    forward   backward  optimizer" : "") << "   share  schedules\n";
  for (const auto &[layer, row] : rows)
    line(layer, row);
  line("total", total);
}

} // namespace

void printReport(mlir::ModuleOp module, const TargetShape &target, llvm::raw_ostream &out) {
  auto program = module->getAttrOfType<mlir::DictionaryAttr>("nn.program");
  auto batch = program ? program.getAs<mlir::IntegerAttr>("batch") : mlir::IntegerAttr();
  if (batch)
    out << "a call at the full batch of " << batch.getInt() << ", vectors of " << target.vectorBits
        << " bits; the share is expected, not measured\n";
  Report report(module, target);
  for (auto entry : module.getOps<mlir::func::FuncOp>())
    if (entry->hasAttr("nn.entry") && (entry.getName() == "predict" || entry.getName().ends_with(".step")))
      report.print(entry, out);
}

} // namespace nn
