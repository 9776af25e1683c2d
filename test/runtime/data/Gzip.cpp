// A packed stream comes out whole or as an error: each cut and each flipped byte is noticed.
#include "runtime/data/Gzip.h"
#include "test/runtime/Support.h"

using namespace nnrt;
using namespace nntest;

namespace {

Result<ByteString> unpack(const ByteString &packed, size_t piece = 1000) {
  TemporaryFolder folder;
  writeBytes(folder / "f", packed);
  NNRT_ASSIGN(ByteReader reader, ByteReader::open(folder / "f"));
  ByteString all, buffer(piece, '\0');
  while (true) {
    NNRT_ASSIGN(size_t got, reader.read(buffer.data(), buffer.size()));
    if (got == 0)
      return all;
    all.append(buffer, 0, got);
  }
}

ByteString sample() {
  ByteString text;
  for (int i = 0; i < 3000; ++i)
    text += std::to_string(i * 7919 % 1000) + ",";
  return text;
}

} // namespace

TEST(Gzip, UnpacksInPiecesOfAnySize) {
  for (size_t piece : {1, 7, 100000})
    EXPECT_EQ(*unpack(gzipped(sample()), piece), sample());
}

TEST(Gzip, OtherFilesComeAsTheyAre) { EXPECT_EQ(*unpack(sample()), sample()); }

TEST(Gzip, MembersFollowEachOther) {
  EXPECT_EQ(*unpack(gzipped("one") + gzipped("") + gzipped("two")), "onetwo");
}

TEST(Gzip, EveryTruncationIsNoticed) {
  ByteString packed = gzipped("some text that is packed");
  for (size_t length = 2; length < packed.size(); ++length)
    EXPECT_CONTAINS(messageOf(unpack(packed.substr(0, length))), "truncated") << length;
}

TEST(Gzip, CorruptDataIsNoticed) {
  ByteString packed = gzipped(sample());
  for (size_t at : {size_t(2), packed.size() / 2, packed.size() - 6, packed.size() - 1}) {
    ByteString damaged = packed;
    damaged[at] = char(damaged[at] ^ 0x55);
    EXPECT_EQ(codeOf(unpack(damaged)), exitData) << at;
  }
  EXPECT_EQ(codeOf(unpack(packed + "garbage")), exitData);
}
