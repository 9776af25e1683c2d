// A write that fails leaves the old content and no litter.
#include "runtime/base/AtomicFile.h"
#include "test/runtime/Support.h"

#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <sys/resource.h>
#include <unistd.h>

using namespace nnrt;
using namespace nntest;

namespace {
struct FileSizeLimit {
  rlimit before;
  explicit FileSizeLimit(rlim_t bytes) {
    getrlimit(RLIMIT_FSIZE, &before);
    rlimit limit = {bytes, before.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() { setrlimit(RLIMIT_FSIZE, &before); }
};
} // namespace

TEST(AtomicFile, ReplacesTheWholeContent) {
  TemporaryFolder folder;
  writeBytes(folder / "f", "old content");
  EXPECT_TRUE(writeFileAtomically(folder / "f", {"new", " ", "text"}));
  EXPECT_EQ(readBytes(folder / "f"), "new text");
}

TEST(AtomicFile, ALinkStaysAndItsFileIsReplaced) {
  TemporaryFolder folder;
  std::filesystem::create_directory(folder / "below");
  writeBytes(folder / "below/f", "old");
  std::filesystem::create_symlink("below/f", folder / "link");
  std::filesystem::create_symlink("below/new", folder / "dangling");
  EXPECT_TRUE(writeFileAtomically(folder / "link", {"new"}));
  EXPECT_TRUE(writeFileAtomically(folder / "dangling", {"made"}));
  EXPECT_TRUE(std::filesystem::is_symlink(folder / "link"));
  EXPECT_TRUE(std::filesystem::is_symlink(folder / "dangling"));
  EXPECT_EQ(readBytes(folder / "below/f"), "new");
  EXPECT_EQ(readBytes(folder / "below/new"), "made");
}

TEST(AtomicFile, APipeIsWrittenTo) {
  TemporaryFolder folder;
  ASSERT_EQ(mkfifo((folder / "pipe").c_str(), 0600), 0);
  int reader = open((folder / "pipe").c_str(), O_RDONLY | O_NONBLOCK);
  ASSERT_GE(reader, 0);
  EXPECT_TRUE(writeFileAtomically(folder / "pipe", {"new", " text"}));
  EXPECT_TRUE(std::filesystem::is_fifo(folder / "pipe"));
  char content[20];
  EXPECT_EQ(std::string(content, size_t(read(reader, content, sizeof content))), "new text");
  close(reader);
}

TEST(AtomicFile, FailureKeepsTheOldContent) {
  TemporaryFolder folder;
  writeBytes(folder / "f", "old");
  {
    FileSizeLimit limit(1000);
    std::string large(5000, 'x');
    Status written = writeFileAtomically(folder / "f", {large});
    EXPECT_EQ(codeOf(written), exitWrite);
    EXPECT_CONTAINS(messageOf(written), "unchanged");
  }
  EXPECT_EQ(readBytes(folder / "f"), "old");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 1);
}

TEST(AtomicFile, MissingFolderIsAWriteError) {
  EXPECT_EQ(codeOf(writeFileAtomically("/nonexistent/f", {"x"})), exitWrite);
}

TEST(AppendFile, TakesBackAPieceThatDidNotFit) {
  TemporaryFolder folder;
  auto file = AppendFile::create(folder / "f");
  ASSERT_TRUE(file);
  EXPECT_TRUE(file->append("first\n"));
  {
    FileSizeLimit limit(100);
    EXPECT_EQ(codeOf(file->append(std::string(500, 'x'))), exitWrite);
  }
  EXPECT_EQ(readBytes(folder / "f"), "first\n");
  EXPECT_TRUE(file->append("second\n"));
  EXPECT_EQ(readBytes(folder / "f"), "first\nsecond\n");
}
