// Files that import files: found beside the importing one, once each, never in a circle.
#include "test/sema/Support.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace nn;
using namespace nn::test;

namespace {

class Imports : public testing::Test {
protected:
  void SetUp() override { ASSERT_FALSE(llvm::sys::fs::createUniqueDirectory("nn-import", directory)); }
  void TearDown() override { llvm::sys::fs::remove_directories(directory); }

  std::string path(const std::string &name) { return (directory + "/" + name).str(); }
  void write(const std::string &name, const std::string &text) {
    std::error_code error;
    llvm::raw_fd_ostream(path(name), error) << text;
    ASSERT_FALSE(error);
  }
  // Errors of analysing the file, with the last one's notes.
  std::string analyzeFile(const std::string &name) {
    SourceManager sources;
    DiagnosticEngine engine;
    std::string error;
    auto file = sources.addFile(path(name), error);
    if (!file)
      return error;
    analyze(*file, sources, engine, {NN_STDLIB_DIR, {}});
    std::string lines;
    for (const Diagnostic &each : engine.all()) {
      auto [line, column] = sources.position(each.where.file, each.where.begin);
      lines += llvm::sys::path::filename(sources.path(each.where.file)).str() + ":" + std::to_string(line) +
               ":" + std::to_string(column) + ": " + each.message + "\n";
      for (const std::string &note : each.notes)
        lines += "note: " + note + "\n";
    }
    return lines;
  }

  llvm::SmallString<128> directory;
};

TEST_F(Imports, BringNames) {
  write("blocks.nn", "import std\nlayer Block(k: int)(x: f32[..., n]) { x |> Dense(k) |> relu }\n");
  write("main.nn", "import blocks\nimport std\ndata d { train = idx(\"x\"); field x: f32[4] }\n"
                   "network Net(x: f32[b, 4]) { x |> Block(8) }\npredict Net(x)\n");
  EXPECT_EQ(analyzeFile("main.nn"), "");
}

TEST_F(Imports, AForgottenLibraryIsNamed) {
  write(
      "main.nn",
      "data d { train = idx(\"x\"); field x: f32[4] }\nnetwork Net(x: f32[b, 4]) { x |> Dense(8) |> relo }\n"
      "predict Net(x)\n");
  EXPECT_EQ(analyzeFile("main.nn"), "main.nn:2:34: unknown name `Dense`\n"
                                    "note: the standard library has it: begin the file with `import std`\n"
                                    "main.nn:2:46: unknown name `relo`\n");
}

TEST_F(Imports, UnderAnAlias) {
  write("blocks.nn", "import std\nlayer Block(k: int)(x: f32[..., n]) { x |> Dense(k) |> relu }\n");
  write("main.nn", "import \"blocks.nn\" as my\ndata d { train = idx(\"x\"); field x: f32[4] }\n"
                   "network Net(x: f32[b, 4]) { x |> my.Block(8) }\npredict Net(x)\n");
  EXPECT_EQ(analyzeFile("main.nn"), "");
  write("main.nn", "import \"blocks.nn\" as my\ndata d { train = idx(\"x\"); field x: f32[4] }\n"
                   "network Net(x: f32[b, 4]) { x |> my.Blocks(8) }\npredict Net(x)\n");
  EXPECT_EQ(analyzeFile("main.nn"), "main.nn:3:37: unknown name `Blocks`\n");
}

TEST_F(Imports, Cycle) {
  write("a.nn", "import b\n");
  write("b.nn", "import c\n");
  write("c.nn", "import a\n");
  EXPECT_EQ(analyzeFile("a.nn"),
            "c.nn:1:8: imports in a circle: `a.nn` imports `b.nn` imports `c.nn` imports `a.nn`\n"
            "note: imported at " +
                path("b.nn") + ":1:8\nnote: imported at " + path("a.nn") + ":1:8\n");
  write("self.nn", "import self\n");
  EXPECT_EQ(analyzeFile("self.nn"), "self.nn:1:8: imports in a circle: `self.nn` imports `self.nn`\n");
}

TEST_F(Imports, Missing) {
  write("main.nn", "import nowhere\n");
  std::string message = analyzeFile("main.nn");
  EXPECT_EQ(message.find("main.nn:1:8: cannot read `"), 0u) << message;
  EXPECT_NE(message.find("nowhere.nn"), std::string::npos) << message;
}

TEST_F(Imports, TwoThatDisagree) {
  write("a.nn", "fn f(x: f32) { x }\n");
  write("b.nn", "fn f(x: f32) { -x }\n");
  write("main.nn", "import a\nimport b\n");
  EXPECT_EQ(analyzeFile("main.nn"), "main.nn:2:8: fn `f` is already defined\n");
}

TEST_F(Imports, SyntaxErrorsAreShownInTheirFile) {
  write("a.nn", "fn f(x { x }\n");
  write("main.nn", "import a\n");
  EXPECT_EQ(analyzeFile("main.nn").find("a.nn:1:"), 0u);
}

} // namespace
