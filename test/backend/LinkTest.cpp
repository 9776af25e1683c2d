// A link that fails says why and leaves nothing behind.
#include "compiler/backend/Link.h"
#include "test/backend/Support.h"
#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>
#include <sys/stat.h>
#include <unistd.h>

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

TEST(Link, onlyFilesAreReplaced) {
  TemporaryDirectory directory;
  std::string link = directory.file("link"), target = directory.file("target"), pipe = directory.file("pipe");
  std::ofstream(target) << "previous";
  ASSERT_EQ(symlink(target.c_str(), link.c_str()), 0);
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  EXPECT_EQ(contentsOf(*fileToReplace(link)), "previous");
  EXPECT_NE(*fileToReplace(link), link);
  EXPECT_EQ(fileToReplace(directory.file("new")), directory.file("new"));
  std::string dangling = directory.file("dangling");
  ASSERT_EQ(symlink("new", dangling.c_str()), 0);
  EXPECT_EQ(fileToReplace(dangling), directory.file("new"));
  EXPECT_FALSE(fileToReplace(pipe));
  EXPECT_FALSE(fileToReplace(directory.path));

  DiagnosticEngine engine;
  EXPECT_FALSE(nn::link({"", "/nowhere/libnnrt.a", pipe}, engine));
  ASSERT_EQ(engine.all().size(), 1u);
  EXPECT_EQ(engine.all()[0].message, "cannot write `" + pipe + "`: it is there and not a file");
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
