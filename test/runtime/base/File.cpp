// Only regular files are read; whatever else a name means is an error at once.
#include "runtime/base/File.h"
#include "test/runtime/Support.h"

#include <sys/stat.h>

using namespace nnrt;
using namespace nntest;

TEST(File, RefusesWhatIsNotARegularFile) {
  TemporaryFolder folder;
  mkfifo((folder / "pipe").c_str(), 0600);
  for (const std::string &path :
       {folder / "pipe", folder.path(), std::string("/dev/zero"), folder / "missing"}) {
    auto file = InputFile::open(path);
    EXPECT_EQ(codeOf(file), exitData);
    EXPECT_CONTAINS(messageOf(file), path);
  }
}

TEST(File, ReadsTextUpToALimit) {
  TemporaryFolder folder;
  writeBytes(folder / "text", "hello");
  EXPECT_EQ(*readText(folder / "text", 5), "hello");
  EXPECT_EQ(codeOf(readText(folder / "text", 4)), exitData);
}

TEST(File, JoinsPaths) {
  EXPECT_EQ(joinPath("a", "b"), "a/b");
  EXPECT_EQ(joinPath("a/", "b"), "a/b");
  EXPECT_EQ(joinPath("a", "/b"), "/b");
  EXPECT_EQ(parentDirectory("a/b"), "a");
  EXPECT_EQ(parentDirectory("b"), ".");
  EXPECT_EQ(parentDirectory("/b"), "/");
}
