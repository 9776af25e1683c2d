// Text of a program to typed AST: names, shapes, types, compile-time values, hyperparameters and imports.
// Every error a user can make behind the syntax is raised here.
#ifndef NN_SEMA_ANALYZE_H
#define NN_SEMA_ANALYZE_H

#include "compiler/basic/SourceManager.h"
#include "compiler/diagnostics/Engine.h"
#include "compiler/sema/TypedAst.h"
#include "llvm/Support/raw_ostream.h"
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace nn {

struct AnalyzeOptions {
  std::string libraryDirectory;                          // where `std.nn` is
  std::vector<std::pair<std::string, std::string>> sets; // `--set name=value`
};

// Parses and checks the file and what it imports; null when there are errors.
std::unique_ptr<typed::Program> analyze(uint32_t mainFile, SourceManager &sources, DiagnosticEngine &engine,
                                        const AnalyzeOptions &options);

// The text of `--emit=typed-ast`: the same bytes for the same program.
void print(const typed::Program &program, llvm::raw_ostream &out);

} // namespace nn
#endif
