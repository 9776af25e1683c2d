// What is written comes back, nobody sees a file, and a file system that is full says so.
#include "runtime/base/TemporaryFile.h"
#include "test/runtime/Support.h"

#include <csignal>
#include <filesystem>
#include <sys/resource.h>

using namespace nnrt;
using namespace nntest;

TEST(TemporaryFile, KeepsBytesWithoutAName) {
  TemporaryFolder folder;
  auto file = TemporaryFile::create(folder / "not/yet/there");
  ASSERT_TRUE(file);
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
  ASSERT_TRUE(file->write("abcdef", 6, 10));
  char back[6];
  ASSERT_TRUE(file->read(back, 6, 10));
  EXPECT_EQ(std::string(back, 6), "abcdef");
  EXPECT_EQ(codeOf(file->read(back, 6, 12)), exitData); // ends early
}

TEST(TemporaryFile, AFullDiskIsAnError) {
  TemporaryFolder folder;
  auto file = TemporaryFile::create(folder.path());
  ASSERT_TRUE(file);
  signal(SIGXFSZ, SIG_IGN);
  rlimit before, small{4096, RLIM_INFINITY};
  getrlimit(RLIMIT_FSIZE, &before);
  small.rlim_max = before.rlim_max;
  setrlimit(RLIMIT_FSIZE, &small);
  Status written = file->write(std::string(8192, 'x').data(), 8192, 0);
  setrlimit(RLIMIT_FSIZE, &before);
  EXPECT_EQ(codeOf(written), exitWrite);
  EXPECT_CONTAINS(messageOf(written), "do not fit in memory");
}

TEST(TemporaryFile, NeedsADirectoryThatMayBeWritten) {
  EXPECT_EQ(codeOf(TemporaryFile::create("/proc")), exitWrite);
}
