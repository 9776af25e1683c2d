// The two ways diagnostics leave the compiler: for people and for editors.
#ifndef NN_DIAGNOSTICS_PRINTER_H
#define NN_DIAGNOSTICS_PRINTER_H

#include "compiler/basic/SourceManager.h"
#include "compiler/diagnostics/Engine.h"
#include "llvm/Support/raw_ostream.h"

namespace nn {

// `file:line:col: error: message`, the source lines with carets and labels, notes, the suggestion.
void printConsole(const DiagnosticEngine &engine, const SourceManager &sources, llvm::raw_ostream &out,
                  bool colour);

// One JSON object a line: kind, severity, message, file, begin and end {line, column}, labels, notes,
// suggestion.
void printJson(const DiagnosticEngine &engine, const SourceManager &sources, llvm::raw_ostream &out);

} // namespace nn
#endif
