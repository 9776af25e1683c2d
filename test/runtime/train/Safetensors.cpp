// What is written is read back; a hostile file is refused with a reason, and never read past its end.
#include "runtime/train/Safetensors.h"
#include "test/runtime/Support.h"

#include <chrono>

using namespace nnrt;
using namespace nntest;

namespace {

ByteString fileOf(const ByteString &header, size_t dataBytes) {
  return littleEndian(header.size()) + header + ByteString(dataBytes, '\0');
}

void expectRefused(const ByteString &bytes, const std::string &part) {
  TemporaryFolder folder;
  writeBytes(folder / "w", bytes);
  auto header = readSafetensorsHeader(folder / "w");
  EXPECT_EQ(codeOf(header), exitData);
  EXPECT_CONTAINS(messageOf(header), part);
}

ByteString entry(const char *name, const char *dtype, const char *shape, const char *offsets) {
  return ByteString("\"") + name + "\":{\"dtype\":\"" + dtype + "\",\"shape\":" + shape +
         ",\"data_offsets\":" + offsets + "}";
}

} // namespace

TEST(Safetensors, RoundTrip) {
  TemporaryFolder folder;
  float a[] = {1, 2, 3, 4};
  double b = 0.1;
  ASSERT_TRUE(writeSafetensors(folder / "w",
                               {{"Net.a", "F32", {2, 2}, {reinterpret_cast<char *>(a), sizeof a}},
                                {"Net.b", "F64", {}, {reinterpret_cast<char *>(&b), sizeof b}}},
                               {{"program", "net"}}));
  auto header = readSafetensorsHeader(folder / "w");
  ASSERT_TRUE(header) << messageOf(header);
  ASSERT_EQ(header->tensors.size(), 2u);
  EXPECT_EQ(header->metadata, (Metadata{{"program", "net"}}));
  EXPECT_EQ(header->dataStart % 8, 0u);
  EXPECT_EQ(header->tensors[0].name, "Net.a");
  EXPECT_EQ(header->tensors[0].shape, (std::vector<int64_t>{2, 2}));
  EXPECT_EQ(*readTensorValues(*header, header->tensors[0]), (std::vector<double>{1, 2, 3, 4}));
  EXPECT_EQ(*readTensorValues(*header, header->tensors[1]), (std::vector<double>{0.1}));
}

TEST(Safetensors, HeaderLengthIsBounded) {
  expectRefused("", "too short");
  expectRefused("1234567", "too short");
  expectRefused(littleEndian(UINT64_MAX) + "{}", "claims a header");
  expectRefused(littleEndian(3) + "{}", "claims a header");
  expectRefused(littleEndian(0), "not a JSON object");
}

TEST(Safetensors, HeaderMustBeJson) {
  expectRefused(fileOf("not json", 0), "JSON");
  expectRefused(fileOf("[1]", 0), "JSON");
  expectRefused(fileOf("{\"a\":1}", 0), "`a`");
  expectRefused(
      fileOf("{" + entry("a", "F32", "[1]", "[0,4]") + "," + entry("a", "F32", "[1]", "[0,4]") + "}", 4),
      "twice");
  expectRefused(fileOf("{" + entry("a", "F31", "[1]", "[0,4]") + "}", 4), "F31");
  expectRefused(fileOf("{\"a\":{\"dtype\":\"F32\",\"shape\":[1]}}", 4), "expected");
}

TEST(Safetensors, OffsetsAndShapesMustFit) {
  auto one = [](const char *shape, const char *offsets) {
    return fileOf("{" + entry("a", "F32", shape, offsets) + "}", 4);
  };
  expectRefused(one("[1]", "[0,8]"), "out of range");
  expectRefused(one("[1]", "[4,0]"), "out of range");
  expectRefused(one("[1]", "[-4,0]"), "out of range");
  expectRefused(one("[1]", "[0,4.0]"), "out of range");
  expectRefused(one("[1]", "[0,18446744073709551615]"), "out of range");
  expectRefused(one("[2]", "[0,4]"), "do not fit");
  expectRefused(one("[4611686018427387904,4]", "[0,0]"), "do not fit");
  expectRefused(one("[-1]", "[0,4]"), "bad shape");
  expectRefused(one("[1.5]", "[0,4]"), "bad shape");
  expectRefused(one("{}", "[0,4]"), "expected");
  expectRefused(one("[1]", "[0]"), "expected");
}

TEST(Safetensors, DataHasNoOverlapHoleOrRest) {
  ByteString a = entry("a", "F32", "[1]", "[0,4]");
  expectRefused(fileOf("{" + a + "," + entry("b", "F32", "[1]", "[0,4]") + "}", 4), "overlaps");
  expectRefused(fileOf("{" + a + "," + entry("b", "F32", "[2]", "[2,10]") + "}", 10), "overlaps");
  expectRefused(fileOf("{" + a + "," + entry("b", "F32", "[1]", "[8,12]") + "}", 12), "hole");
  expectRefused(fileOf("{" + a + "}", 9), "5 bytes behind");
  expectRefused(fileOf("{}", 1), "behind");
}

// A header of many tensors costs no more than in proportion to its length.
TEST(Safetensors, ManyTensorsAreReadQuickly) {
  ByteString header = "{";
  for (int i = 0; i < 100000; ++i)
    header += entry(("t" + std::to_string(i)).c_str(), "F32", "[0]", "[0,0]") + ",";
  auto start = std::chrono::steady_clock::now();
  expectRefused(fileOf(header + "\"z\":1}", 0), "`z`");
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10));
}
