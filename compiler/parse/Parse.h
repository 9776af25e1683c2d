// From text to AST. The only user of ANTLR; neither it nor its exceptions show here.
#ifndef NN_PARSE_PARSE_H
#define NN_PARSE_PARSE_H

#include "compiler/ast/Decl.h"
#include "compiler/basic/SourceManager.h"
#include "compiler/diagnostics/Engine.h"

namespace nn {

// The file's AST, or null after at least one error was reported. Any bytes are allowed: the time is linear in
// their number, and the AST's height is at most `limits::height` plus a small constant per nesting level.
std::unique_ptr<ast::File> parse(uint32_t file, const SourceManager &sources, DiagnosticEngine &diagnostics);

} // namespace nn
#endif
