// A link that fails says why and leaves nothing behind.
#include "compiler/backend/Link.h"
#include "test/backend/Support.h"
#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

namespace nn::test {
namespace {

std::string contentsOf(const std::string &path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

TEST(Link, linkersWordsAreReported) {
  TemporaryDirectory directory;
  DiagnosticEngine engine;
  EXPECT_FALSE(link({"not an object", "/nowhere/libnnrt.a", directory.file("model")}, engine));
  ASSERT_EQ(engine.all().size(), 1u);
  EXPECT_EQ(engine.all()[0].kind, DiagnosticKind::LinkFailed);
  EXPECT_FALSE(engine.all()[0].notes.empty());
  EXPECT_EQ(directory.fileCount(), 0u);
}

TEST(Link, failureKeepsThePreviousExecutable) {
  TemporaryDirectory directory;
  std::ofstream(directory.file("model")) << "previous";
  DiagnosticEngine engine;
  EXPECT_FALSE(link({"not an object", "/nowhere/libnnrt.a", directory.file("model")}, engine));
  EXPECT_EQ(contentsOf(directory.file("model")), "previous");
  EXPECT_EQ(directory.fileCount(), 1u);
}

TEST(Link, missingDirectoryIsNamed) {
  DiagnosticEngine engine;
  EXPECT_FALSE(link({"", "/nowhere/libnnrt.a", "/nowhere/model"}, engine));
  ASSERT_EQ(engine.all().size(), 1u);
  EXPECT_EQ(engine.all()[0].message, "cannot write `/nowhere/model`: No such file or directory");
}

TEST(Link, missingCompilerIsNamed) {
  TemporaryDirectory directory;
  std::string path = std::getenv("PATH");
  setenv("PATH", directory.path.c_str(), 1);
  DiagnosticEngine engine;
  EXPECT_FALSE(link({"", "/nowhere/libnnrt.a", directory.file("model")}, engine));
  setenv("PATH", path.c_str(), 1);
  ASSERT_EQ(engine.all().size(), 1u);
  EXPECT_EQ(engine.all()[0].kind, DiagnosticKind::LinkerMissing);
  EXPECT_EQ(directory.fileCount(), 0u);
}

} // namespace
} // namespace nn::test
