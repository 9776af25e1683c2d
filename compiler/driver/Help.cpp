// The text is kept as it is shown; the list of phases comes from their table.
#include "compiler/driver/Help.h"
#include "compiler/pipeline/Phases.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/Support/FormatVariadic.h"

namespace nn {

std::string compilerName() { return "nnc " NNC_VERSION; }

void printVersion(llvm::raw_ostream &out) { out << compilerName() << " (LLVM " LLVM_VERSION_STRING ")\n"; }

void printHelp(llvm::raw_ostream &out) {
  out << R"(nnc compiles a .nn program into an executable that trains, evaluates and predicts.

usage: nnc FILE.nn [-o OUT] [options]          compile
       nnc check FILE.nn...                    report errors, write nothing
       nnc run FILE.nn [options] -- ARGS...    compile and run at once
       nnc fmt [--check] [FILE.nn...]          rewrite in the canonical layout; without files stdin to stdout
       nnc explain [KIND]                      what an error means and what to do about it
       nnc data FILE.csv                       a `data` block for a table, to start from
       nnc doc [FILE.nn...] [--format html]    a reference from doc comments; without files the library's

options:
  -o, --output OUT       what to write [FILE without .nn, in this directory]
      --set NAME=VALUE   another value for a hyperparameter; may be repeated
      --precision f32|f64
                         the type of all numbers in the program [f32]
      --mcpu CPU         the processor to compile for [native]
      --emit PHASE       stop after a phase and print it
      --dump-phases DIR  write one numbered file for each phase
      --error-format text|json
                         how errors are printed [text]
      --check            of `fmt`: write nothing, name the files that would change, and exit with 1
      --format markdown|html
                         of `doc` [markdown]
  -h, --help             this page
      --version          the version

phases:
)";
  for (const PhaseInfo &info : allPhases())
    out << llvm::formatv("  {0,-20}   {1}\n", info.name, info.summary);
  out << R"(
exit status: 0 done, 1 errors in the program, 2 wrong usage, 70 a fault of nnc itself
)";
}

} // namespace nn
