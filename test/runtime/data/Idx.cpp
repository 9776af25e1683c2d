// The format as published, and every way a file can fail to have it.
#include "runtime/data/Idx.h"
#include "test/runtime/Support.h"

using namespace nnrt;
using namespace nntest;

namespace {

struct IdxFile {
  TemporaryFolder folder;
  std::string path = folder / "data";
  explicit IdxFile(const ByteString &bytes) { writeBytes(path, bytes); }
  Result<Column> read() const { return readIdx(path); }
};

void expectRefused(const ByteString &bytes, const std::string &part) {
  for (const ByteString &form : {bytes, gzipped(bytes)}) {
    IdxFile file(form);
    auto column = file.read();
    EXPECT_EQ(codeOf(column), exitData);
    EXPECT_CONTAINS(messageOf(column), part);
    EXPECT_CONTAINS(messageOf(column), file.path);
  }
}

} // namespace

TEST(Idx, ReadsBytesPlainAndPacked) {
  ByteString bytes = idxBytes({2, 1, 3}, "abcdef");
  for (const ByteString &form : {bytes, gzipped(bytes)}) {
    auto column = IdxFile(form).read();
    ASSERT_TRUE(column) << messageOf(column);
    EXPECT_EQ(column->records(), 2);
    EXPECT_EQ(column->shape, (std::vector<int64_t>{1, 3}));
    EXPECT_EQ(column->at(4), 'e');
  }
}

TEST(Idx, ReadsEveryElementType) {
  struct Case {
    char type;
    ByteString value;
    double number;
  };
  for (const Case &c : {Case{0x09, "\xfe", -2}, Case{0x0B, ByteString("\xff\x00", 2), -256},
                        Case{0x0C, ByteString("\x7f\xff\xff\xff", 4), 2147483647.0},
                        Case{0x0D, ByteString("\x3f\x80\x00\x00", 4), 1},
                        Case{0x0E, ByteString("\xbf\xf0\x00\x00\x00\x00\x00\x00", 8), -1}}) {
    ByteString bytes = ByteString{0, 0, c.type, 1} + bigEndian(1) + c.value;
    auto column = IdxFile(bytes).read();
    ASSERT_TRUE(column) << messageOf(column);
    EXPECT_EQ(column->at(0), c.number);
  }
}

TEST(Idx, WrongMagicIsRefused) {
  expectRefused(ByteString("\x01\x00\x08\x01", 4) + bigEndian(1) + "a", "magic number is 01000801");
  expectRefused(ByteString("\x00\x00\x07\x01", 4) + bigEndian(1) + "a", "magic");
  expectRefused(ByteString("\x00\x00\x08\x00", 4), "magic");
  expectRefused(ByteString("\x00\x00\x08\xff", 4), "magic");
}

TEST(Idx, TruncatedFileIsRefused) {
  ByteString bytes = idxBytes({2, 3}, "abcdef");
  for (size_t length = 0; length < bytes.size(); ++length) {
    IdxFile file(bytes.substr(0, length));
    EXPECT_EQ(codeOf(file.read()), exitData) << length;
  }
  expectRefused(idxBytes({2, 3}, "abcde"), "5");
}

TEST(Idx, BytesBeyondTheEndAreRefused) { expectRefused(idxBytes({2, 3}, "abcdefg"), "[2, 3]"); }

TEST(Idx, HugeSizesDoNotAllocate) {
  expectRefused(idxBytes({0x80000000u}, "abc"), "2147483648");
  expectRefused(idxBytes({0xffffffffu, 0xffffffffu, 0xffffffffu}, "abc"), "memory");
  expectRefused(idxBytes({0}, ""), "no records");
}
