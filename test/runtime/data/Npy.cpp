// Arrays that NumPy wrote (arrays/make.py), and what a file can get wrong.
#include "runtime/data/Npy.h"
#include "runtime/data/Npz.h"
#include "test/runtime/Support.h"

#include <cmath>

using namespace nnrt;
using namespace nntest;

namespace {

const std::string folder = NN_SOURCE_DIR "/test/runtime/data/arrays/";

Result<Column> over(ByteString bytes) {
  size_t position = 0;
  return readNpy("x.npy", [&](void *buffer, size_t count) -> Result<size_t> {
    size_t got = bytes.copy(static_cast<char *>(buffer), count, position);
    position += got;
    return got;
  });
}

ByteString npy(const ByteString &dictionary, const ByteString &values) {
  return ByteString("\x93NUMPY\1\0", 8) + littleEndian(dictionary.size()).substr(0, 2) + dictionary + values;
}

void expectRefused(const Result<Column> &column, const std::string &part) {
  EXPECT_EQ(codeOf(column), exitData);
  EXPECT_CONTAINS(messageOf(column), part);
}

} // namespace

TEST(Npy, ReadsEveryTypeOfBothByteOrders) {
  for (const char *order : {"little", "big"})
    for (const char *type : {"i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", "f2", "f4", "f8"}) {
      std::string name = std::string(order) + "-" + type + ".npy";
      if (type[1] == '1' && order[0] == 'b')
        continue;
      auto column = readNpy(folder + name);
      ASSERT_TRUE(column) << messageOf(column);
      EXPECT_EQ(column->shape, (std::vector<int64_t>{2}));
      ASSERT_EQ(column->records(), 3);
      for (int64_t i = 0; i < 6; ++i)
        EXPECT_EQ(column->at(i), double(i - (type[0] == 'u' ? 0 : 2))) << name;
    }
}

TEST(Npy, ReadsBooleansAndSpecialHalves) {
  auto column = readNpy(folder + "bool.npy");
  ASSERT_TRUE(column) << messageOf(column);
  for (int64_t i = 0; i < 6; ++i)
    EXPECT_EQ(column->at(i), i > 2);
  auto halves = readNpy(folder + "special-f2.npy");
  ASSERT_TRUE(halves) << messageOf(halves);
  const double expected[] = {0.0999755859375, 0, 65504, 5.9604644775390625e-08, INFINITY, -INFINITY};
  for (int64_t i = 0; i < 6; ++i)
    EXPECT_EQ(halves->at(i), expected[i]);
  EXPECT_TRUE(std::isnan(halves->at(6)));
}

TEST(Npy, FortranOrderBecomesRowMajor) {
  auto column = readNpy(folder + "fortran.npy");
  ASSERT_TRUE(column) << messageOf(column);
  EXPECT_EQ(column->shape, (std::vector<int64_t>{3, 4}));
  for (int64_t i = 0; i < 24; ++i)
    EXPECT_EQ(column->at(i), double(i));
}

TEST(Npy, ReadsEveryVersion) {
  for (const char *version : {"1", "2", "3"}) {
    auto column = readNpy(folder + "version-" + version + ".npy");
    ASSERT_TRUE(column) << messageOf(column);
    EXPECT_EQ(column->at(5), 3);
  }
}

TEST(Npy, SmallWholeNumbersAreBytes) {
  EXPECT_TRUE(std::holds_alternative<Stored<uint8_t>>(readNpy(folder + "little-u8.npy")->values));
  EXPECT_TRUE(std::holds_alternative<Stored<double>>(readNpy(folder + "little-i8.npy")->values));
}

TEST(Npy, OtherArraysAreRefusedByType) {
  expectRefused(readNpy(folder + "text.npy"), "type `<U1`, expected booleans");
  expectRefused(readNpy(folder + "objects.npy"), "type `|O`");
  expectRefused(readNpy(folder + "complex.npy"), "type `<c16`");
  expectRefused(readNpy(folder + "records.npy"), "does not give a type");
  expectRefused(readNpy(folder + "scalar.npy"), "single number");
  expectRefused(readNpy(folder + "wide.npy"),
                "element 0 is 9007199254740993, more than a double holds exactly");
}

TEST(Npy, SizesAreCheckedBeforeMemoryIsTaken) {
  auto sized = [](const ByteString &shape) {
    return over(npy("{'descr': '<f4', 'fortran_order': False, 'shape': " + shape + ", }", "abcd"));
  };
  EXPECT_TRUE(sized("(1,)"));
  expectRefused(sized("(-1,)"), "axis 1 has size -1, expected at least 1");
  expectRefused(sized("(2, 0)"), "axis 2 has size 0, expected at least 1");
  expectRefused(sized("(4611686018427387904, 4)"), "more than this machine's memory holds");
  expectRefused(sized("(99999999999999999999,)"), "does not give a type");
  expectRefused(sized("(1000000000,)"), "is truncated");
  expectRefused(sized("(2,)"), "truncated: it ends inside element 1 of 2");
  expectRefused(over(npy("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }", "abcde")),
                "holds more");
}

TEST(Npy, EveryTruncationIsNoticed) {
  ByteString bytes = readBytes(folder + "version-2.npy");
  for (size_t length = 0; length < bytes.size(); ++length)
    EXPECT_EQ(codeOf(over(bytes.substr(0, length))), exitData) << length;
  expectRefused(over(bytes.substr(0, 7)), "ends inside the NPY header");
  expectRefused(over("a,b"), "is not an NPY file");
}

TEST(Npz, ReadsStoredAndPackedArrays) {
  for (const char *name : {"stored.npz", "packed.npz"}) {
    auto archive = ZipArchive::open(folder + name);
    ASSERT_TRUE(archive) << messageOf(archive);
    auto x = readNpz(*archive, "x"), label = readNpz(*archive, "label");
    ASSERT_TRUE(x && label) << messageOf(x) << messageOf(label);
    EXPECT_EQ(x->at(5), 3);
    EXPECT_EQ(label->at(2), 2);
    EXPECT_CONTAINS(messageOf(readNpz(*archive, "lable")),
                    "has no array `lable`: did you mean `label`?; it has `x`, `label`");
  }
}

TEST(Npz, DamageIsNoticed) {
  for (const char *name : {"stored.npz", "packed.npz"}) {
    ByteString whole = readBytes(folder + name);
    auto read = [&](const ByteString &bytes) -> Result<Column> {
      NNRT_ASSIGN(ZipArchive archive, ZipArchive::over("f.npz", bytes));
      return readNpz(archive, "x");
    };
    ASSERT_TRUE(read(whole));
    for (size_t length = 0; length < whole.size(); length += 7)
      EXPECT_EQ(codeOf(read(whole.substr(0, length))), exitData) << length;
    ByteString damaged = whole;
    size_t inside = whole.find("x.npy") + 5 + 20 + (name[0] == 's' ? 100 : 10);
    damaged[inside] = char(damaged[inside] ^ 1);
    EXPECT_EQ(codeOf(read(damaged)), exitData);
  }
}

// 32 MiB of zeros in 32 KiB, of which the array's header promises 4 bytes.
TEST(Npz, MoreThanTheHeaderPromisesIsNotUnpacked) {
  ByteString content =
      npy("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }", ByteString(size_t(32) << 20, '\0'));
  ByteString packed = deflated(content);
  ByteString name = "x.npy";
  auto words = [&](std::initializer_list<std::pair<uint64_t, int>> fields) {
    ByteString bytes;
    for (auto [value, size] : fields)
      bytes += littleEndian(value).substr(0, size_t(size));
    return bytes;
  };
  auto sizes =
      words({{checksumOf(content), 4}, {packed.size(), 4}, {content.size(), 4}, {name.size(), 2}, {0, 2}});
  ByteString local = "PK\3\4" + words({{20, 2}, {0, 2}, {8, 2}, {0, 4}}) + sizes + name + packed;
  ByteString entry = "PK\1\2" + words({{20, 2}, {20, 2}, {0, 2}, {8, 2}, {0, 4}}) + sizes +
                     words({{0, 6}, {0, 4}, {0, 4}}) + name;
  ByteString bytes = local + entry + "PK\5\6" +
                     words({{0, 4}, {1, 2}, {1, 2}, {entry.size(), 4}, {local.size(), 4}, {0, 2}});
  auto archive = ZipArchive::over("f.npz", bytes);
  ASSERT_TRUE(archive) << messageOf(archive);
  expectRefused(readNpz(*archive, "x"), "the header promises [1], the file holds more");
}
