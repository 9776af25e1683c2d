// What the tests of the front end share: a text, its AST as a tree, and its diagnostics as lines.
#ifndef NN_TEST_PARSE_SUPPORT_H
#define NN_TEST_PARSE_SUPPORT_H

#include "compiler/ast/Printer.h"
#include "compiler/diagnostics/Printer.h"
#include "compiler/basic/Limits.h"
#include "compiler/parse/Parse.h"
#include <gtest/gtest.h>

namespace nn::test {

struct Parsed {
  SourceManager sources;
  DiagnosticEngine diagnostics;
  std::unique_ptr<ast::File> file;

  explicit Parsed(std::string text) {
    uint32_t index = sources.addBuffer("t.nn", std::move(text));
    file = parse(index, sources, diagnostics);
  }

  // "line:column: message" for each error, one a line.
  std::string errors() const {
    std::string lines;
    for (const Diagnostic &each : diagnostics.all()) {
      auto [line, column] = sources.position(each.where.file, each.where.begin);
      lines += std::to_string(line) + ":" + std::to_string(column) + ": " + each.message + "\n";
    }
    return lines;
  }
  std::string console() const {
    std::string text;
    llvm::raw_string_ostream out(text);
    printConsole(diagnostics, sources, out, /*colour=*/false);
    return text;
  }
};

inline std::string sourceOf(const ast::File &file) {
  std::string text;
  llvm::raw_string_ostream out(text);
  ast::print(file, out);
  return text;
}

inline std::string treeOf(const ast::File &file) {
  std::string text;
  llvm::raw_string_ostream out(text);
  ast::dump(file, out);
  return text;
}

// The tree of a program that must parse; the errors instead if it does not.
inline std::string tree(const std::string &text) {
  Parsed parsed(text);
  return parsed.file ? treeOf(*parsed.file) : parsed.console();
}

inline std::string errors(const std::string &text) {
  Parsed parsed(text);
  EXPECT_EQ(parsed.file == nullptr, parsed.diagnostics.hasErrors());
  return parsed.errors();
}

// A statement or expression needs a body around it.
inline std::string inBody(const std::string &statements) { return "fn f() {\n" + statements + "\n}\n"; }

} // namespace nn::test
#endif
