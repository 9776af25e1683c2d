// What the tests of sema share: a program from text with the real standard library, its graphs and its
// diagnostics.
#ifndef NN_TEST_SEMA_SUPPORT_H
#define NN_TEST_SEMA_SUPPORT_H

#include "compiler/sema/Analyze.h"
#include <algorithm>
#include <gtest/gtest.h>

namespace nn::test {

struct Analyzed {
  SourceManager sources;
  DiagnosticEngine diagnostics;
  std::unique_ptr<typed::Program> program;

  explicit Analyzed(const std::string &text, std::vector<std::pair<std::string, std::string>> sets = {}) {
    uint32_t file = sources.addBuffer("t.nn", text);
    program = analyze(file, sources, diagnostics, {NN_STDLIB_DIR, std::move(sets)});
  }

  // "line:column: message" for each diagnostic, one a line.
  std::string errors() const {
    std::string lines;
    for (const Diagnostic &each : diagnostics.all()) {
      if (each.where.isValid()) {
        auto [line, column] = sources.position(each.where.file, each.where.begin);
        lines += std::to_string(line) + ":" + std::to_string(column) + ": ";
      }
      lines += each.message + (each.suggestion.empty() ? "" : "; " + each.suggestion) + "\n";
    }
    return lines;
  }

  const typed::Graph &graph(const std::string &name) const {
    static const typed::Graph none;
    for (const typed::Graph &graph : program->graphs)
      if (graph.name == name)
        return graph;
    ADD_FAILURE() << "no graph " << name;
    return none;
  }

  std::string text() const {
    std::string result;
    llvm::raw_string_ostream out(result);
    print(*program, out);
    return result;
  }
};

inline int count(const typed::Graph &graph, typed::Op op) {
  return int(std::count_if(graph.nodes.begin(), graph.nodes.end(),
                           [&](const typed::Node &n) { return n.op == op; }));
}

// "role name" of each, one a line.
inline std::string ports(const std::vector<typed::Port> &list) {
  std::string lines;
  for (const typed::Port &port : list)
    lines += port.role + " " + port.name + "\n";
  return lines;
}

// Two fields and the standard library: `x` is f32[b, 4], `y` is class(3)[b].
inline std::string withData(const std::string &rest) {
  return "import std\ndata d { train = idx(\"x\", \"y\"); field x: f32[4]; field y: class(3) }\n" + rest;
}

// A training of `Net` on them; `body` is the network's, which starts on line 4.
inline std::string withNetwork(const std::string &body, const std::string &before = "") {
  return withData(
      before + "network Net(x: f32[b, 4]) {\n" + body + "\n}\n" +
      "train t on d { batch = 8; epochs = 2; minimize cross_entropy(Net(x), y) with SGD(0.1) }\n");
}

inline std::string errors(const std::string &text) {
  Analyzed analyzed(text);
  EXPECT_EQ(analyzed.program == nullptr, analyzed.diagnostics.hasErrors());
  return analyzed.errors();
}

} // namespace nn::test
#endif
