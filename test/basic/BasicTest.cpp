// Positions, size limits, UTF-8, checked arithmetic and suggestions.
#include "compiler/basic/CheckedSize.h"
#include "compiler/basic/Limits.h"
#include "compiler/basic/SourceManager.h"
#include "compiler/basic/Suggestion.h"
#include "compiler/basic/Utf8.h"
#include <cstdio>
#include <fstream>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

namespace nn {

static std::pair<unsigned, unsigned> at(const SourceManager &sources, uint32_t file, uint32_t offset) {
  auto position = sources.position(file, offset);
  return {position.line, position.column};
}

TEST(SourceManager, ColumnsCountCharactersNotBytes) {
  SourceManager sources;
  uint32_t file = sources.addBuffer("a", "x = \xC3\xA4\xE2\x82\xAC!\ny\n");
  EXPECT_EQ(at(sources, file, 0), std::make_pair(1u, 1u));
  EXPECT_EQ(at(sources, file, 9), std::make_pair(1u, 7u)); // the `!` behind two long characters
  EXPECT_EQ(at(sources, file, 11), std::make_pair(2u, 1u));
  EXPECT_EQ(at(sources, file, 13), std::make_pair(3u, 1u)); // behind the last line end
  EXPECT_EQ(at(sources, file, 999), std::make_pair(3u, 1u));
}

TEST(SourceManager, LinesAreWithoutTheirEnds) {
  SourceManager sources;
  uint32_t file = sources.addBuffer("a", "one\r\ntwo\n\nfour");
  EXPECT_EQ(sources.line(file, 1), "one");
  EXPECT_EQ(sources.line(file, 2), "two");
  EXPECT_EQ(sources.line(file, 3), "");
  EXPECT_EQ(sources.line(file, 4), "four");
}

TEST(SourceManager, EmptyTextHasOneLine) {
  SourceManager sources;
  uint32_t file = sources.addBuffer("a", "");
  EXPECT_EQ(at(sources, file, 0), std::make_pair(1u, 1u));
  EXPECT_EQ(sources.line(file, 1), "");
}

TEST(SourceManager, AMissingFileIsAnErrorWithItsReason) {
  SourceManager sources;
  std::string error;
  EXPECT_FALSE(sources.addFile("no/such/file.nn", error));
  EXPECT_EQ(error, "cannot read `no/such/file.nn`: No such file or directory");
}

TEST(SourceManager, ADirectoryIsAnError) {
  SourceManager sources;
  std::string error;
  EXPECT_FALSE(sources.addFile("/", error));
  EXPECT_EQ(error, "cannot read `/`: Is a directory");
}

TEST(SourceManager, APipeIsNotWaitedFor) {
  std::string path = testing::TempDir() + "nnc-pipe.nn", error;
  unlink(path.c_str());
  ASSERT_EQ(mkfifo(path.c_str(), 0600), 0);
  SourceManager sources;
  EXPECT_FALSE(sources.addFile(path, error));
  EXPECT_EQ(error, "cannot read `" + path + "`: it is a pipe, expected a file");
  unlink(path.c_str());
}

TEST(SourceManager, AnEndlessFileIsTooLarge) {
  SourceManager sources;
  std::string error;
  EXPECT_FALSE(sources.addFile("/dev/zero", error));
  EXPECT_EQ(error, "`/dev/zero` is larger than 1024 KiB");
}

TEST(SourceManager, TheLimitIsTheLargestFileThatIsRead) {
  std::string path = testing::TempDir() + "nn-limit.txt", error;
  std::ofstream(path) << std::string(limits::sourceBytes, ' ');
  SourceManager sources;
  EXPECT_TRUE(sources.addFile(path, error)) << error;
  std::ofstream(path) << std::string(limits::sourceBytes + 1, ' ');
  EXPECT_FALSE(sources.addFile(path, error));
  std::remove(path.c_str());
}

TEST(Utf8, WellFormedSequencesAtTheirBounds) {
  for (const char *text : {"", "a", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80",
                           "\xEF\xBF\xBF", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"})
    EXPECT_EQ(firstInvalidUtf8(text), std::nullopt) << text;
}

TEST(Utf8, TheFirstBadByteIsFound) {
  EXPECT_EQ(firstInvalidUtf8("ab\x80"), 2u);            // a continuation alone
  EXPECT_EQ(firstInvalidUtf8("a\xC0\x80"), 1u);         // overlong
  EXPECT_EQ(firstInvalidUtf8("a\xE0\x9F\xBF"), 1u);     // overlong
  EXPECT_EQ(firstInvalidUtf8("a\xED\xA0\x80"), 1u);     // a surrogate
  EXPECT_EQ(firstInvalidUtf8("a\xF4\x90\x80\x80"), 1u); // above U+10FFFF
  EXPECT_EQ(firstInvalidUtf8("\xE2\x82"), 0u);          // cut off
  EXPECT_EQ(firstInvalidUtf8("\xFF"), 0u);
}

TEST(CheckedSize, OverflowHasNoResult) {
  EXPECT_EQ(checkedMultiply(int64_t(1) << 31, int64_t(1) << 31), int64_t(1) << 62);
  EXPECT_EQ(checkedMultiply(int64_t(1) << 62, 2), std::nullopt);
  EXPECT_EQ(checkedMultiply(INT64_MIN, -1), std::nullopt);
  EXPECT_EQ(checkedAdd(INT64_MAX, 0), INT64_MAX);
  EXPECT_EQ(checkedAdd(INT64_MAX, 1), std::nullopt);
  EXPECT_EQ(checkedSubtract(INT64_MIN, 1), std::nullopt);
}

TEST(Suggestion, TheNearestNameWins) {
  const std::vector<std::string> layers = {"Conv", "Dense", "Dropout", "MaxPool", "w"};
  EXPECT_EQ(closest("Dens", layers), "Dense");
  EXPECT_EQ(closest("Desne", layers), "Dense"); // neighbours swapped
  EXPECT_EQ(closest("dropout", layers), "Dropout");
  EXPECT_EQ(closest("maxpool", layers), "MaxPool");
  EXPECT_EQ(closest("Dropuot", layers), "Dropout");
}

TEST(Suggestion, NothingNearIsNothing) {
  EXPECT_EQ(closest("Softmax", {"Conv", "Dense"}), "");
  EXPECT_EQ(closest("x", {"w", "y"}), "");
  EXPECT_EQ(closest("Dense", {"Dense"}), ""); // the name itself is no news
  EXPECT_EQ(closest(std::string(100000, 'a'), {std::string(100000, 'b')}), "");
}

} // namespace nn
