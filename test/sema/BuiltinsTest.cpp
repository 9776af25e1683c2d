// What `nnc doc` says of the functions that are built in.
#include "compiler/sema/Builtins.h"
#include "compiler/parse/Parse.h"
#include "test/sema/Support.h"
#include <set>

using namespace nn;
using namespace nn::test;

namespace {

TEST(Builtins, HaveASignatureOfTheLanguageAndADocComment) {
  std::set<std::string> names;
  for (const sema::Builtin *builtin : sema::allBuiltins()) {
    EXPECT_TRUE(names.insert(builtin->name).second) << builtin->name;
    EXPECT_EQ(builtin->doc.back(), '.') << builtin->name;
    SourceManager sources;
    DiagnosticEngine diagnostics;
    auto file =
        parse(sources.addBuffer("t.nn", "fn " + builtin->signature + " { 0 }\n"), sources, diagnostics);
    ASSERT_TRUE(file) << builtin->signature;
    auto *function = llvm::cast<ast::FunctionDecl>(file->declarations.front().get());
    EXPECT_EQ(function->name.text, builtin->name);
    ASSERT_EQ(function->parameters.size(), builtin->parameters.size()) << builtin->signature;
    size_t required = 0;
    for (size_t i = 0; i < builtin->parameters.size(); ++i) {
      EXPECT_EQ(function->parameters[i].name.text, builtin->parameters[i]);
      required += function->parameters[i].value == nullptr;
    }
    EXPECT_EQ(required, builtin->required) << builtin->signature;
  }
  EXPECT_GT(names.size(), 40u);
}

TEST(Builtins, ArgumentsLeftOutAreKnown) {
  const char *const twice =
      "fn twice(x: f32[...], by = 2) -> f32[...] { if is_known(by) { by * x } else { x * by } }\n";
  EXPECT_EQ(errors(withNetwork("twice(x) + twice(x, x) |> Dense(3)", twice)), "");
}

} // namespace
