// What a file holds is checked against the fields, and relative paths are looked up in order.
#include "runtime/data/Source.h"
#include "test/runtime/Support.h"

#include <cmath>
#include <cstdlib>
#include <sys/stat.h>

using namespace nnrt;
using namespace nntest;

namespace {

const int64_t imageShape[] = {-1, 2, 2, 1}, labelShape[] = {-1};
const nn_field fields[] = {{"image", 0, 0, nullptr, {"image", NN_F32, 4, imageShape, 0, 0}},
                           {"label", 3, 0, nullptr, {"label", NN_I32, 1, labelShape, 0, 0}}};
const nn_value files[] = {{"", "images", 0}, {"", "labels", 0}};

struct Files {
  TemporaryFolder folder;
  nn_data data = {"pictures", {"idx", 2, files}, {}, {}, 0, 0, 2, fields, {}};

  Files(const ByteString &images, const ByteString &labels) {
    writeBytes(folder / "images", images);
    writeBytes(folder / "labels", labels);
  }
  Result<Table> load() {
    ReadContext context{0, DataRoots::of(folder.path(), nn_program_descriptor)};
    return loadSource(data, data.train, SplitName::train, context);
  }
};

ByteString images(uint32_t count) { return idxBytes({count, 2, 2}, ByteString(count * 4, 'x')); }
ByteString labels(const ByteString &values) { return idxBytes({uint32_t(values.size())}, values); }

} // namespace

TEST(Source, FilesFillTheFieldsInOrder) {
  auto table = Files(images(3), labels(ByteString("\0\1\2", 3))).load();
  ASSERT_TRUE(table) << messageOf(table);
  EXPECT_EQ(table->records, 3);
  EXPECT_EQ(table->columns[1].at(2), 2);
}

TEST(Source, DifferentCountsNameBothFiles) {
  auto table = Files(images(3), labels(ByteString("\0\1", 2))).load();
  EXPECT_EQ(codeOf(table), exitData);
  EXPECT_CONTAINS(messageOf(table), "images` holds 3 records");
  EXPECT_CONTAINS(messageOf(table), "labels` holds 2");
}

TEST(Source, LabelOutsideItsClassesNamesFileAndRecord) {
  auto table = Files(images(3), labels(ByteString("\0\1\3", 3))).load();
  EXPECT_EQ(codeOf(table), exitData);
  EXPECT_CONTAINS(messageOf(table), "labels`: record 3: label 3 is not in class(3)");
}

namespace {

ByteString npy(const ByteString &dictionary, const ByteString &values) {
  return ByteString("\x93NUMPY\1\0", 8) + littleEndian(dictionary.size()).substr(0, 2) + dictionary + values;
}
ByteString words(const std::vector<float> &values) {
  return ByteString(reinterpret_cast<const char *>(values.data()), values.size() * sizeof(float));
}

// Pairs of numbers and a label of one byte each, in NPY files.
struct Pairs {
  static constexpr int64_t pairShape[] = {-1, 2}, labelShape[] = {-1};
  TemporaryFolder folder;
  nn_field fields[2] = {{"pair", 0, 0, nullptr, {"pair", NN_F32, 2, pairShape, 0, 0}},
                        {"label", 3, 0, nullptr, {"label", NN_I32, 1, labelShape, 0, 0}}};
  nn_value names[2] = {{"", "pairs.npy", 0}, {"", "labels.npy", 0}};
  nn_data data = {"points", {"npy", 2, names}, {}, {}, 0, 0, 2, fields, {}};
  int64_t skipped = 0;

  Pairs(const std::vector<float> &pairs, const ByteString &labels) {
    std::string records = std::to_string(labels.size());
    writeBytes(folder / "pairs.npy",
               npy("{'descr': '<f4', 'fortran_order': False, 'shape': (" + records + ", 2)}", words(pairs)));
    writeBytes(folder / "labels.npy",
               npy("{'descr': '|u1', 'fortran_order': False, 'shape': (" + records + ",)}", labels));
  }
  Result<Table> load(int64_t allowed = 0) {
    ReadContext context{0, DataRoots::of(folder.path(), nn_program_descriptor)};
    context.bad.allowed = allowed;
    Result<Table> table = loadSource(data, data.train, SplitName::train, context);
    skipped = context.bad.skipped;
    return table;
  }
};

} // namespace

TEST(Source, ANumberThatIsNoneNamesFileAndRecord) {
  for (auto [value, text] :
       {std::pair(NAN, "nan"), std::pair(INFINITY, "inf"), std::pair(-INFINITY, "-inf")}) {
    auto table = Pairs({1, 2, 3, 4, 5, float(value)}, ByteString("\0\1\2", 3)).load();
    EXPECT_EQ(codeOf(table), exitData);
    EXPECT_CONTAINS(messageOf(table), "pairs.npy`: record 3, value 2: " + std::string(text) +
                                          " is not a finite number, which field `pair` asks for");
  }
}

TEST(Source, ANumberBeyondSinglePrecisionIsABadRecord) {
  TemporaryFolder folder;
  ByteString dictionary = "{'descr': '<f8', 'fortran_order': False, 'shape': (3,), }";
  const double values[] = {1, 1e300, 3};
  writeBytes(folder / "x.npy", ByteString("\x93NUMPY\1\0", 8) + char(dictionary.size()) +
                                   ByteString(1, '\0') + dictionary +
                                   ByteString(reinterpret_cast<const char *>(values), 24));
  const int64_t shape[] = {-1};
  nn_field field = {"x", 0, 0, nullptr, {"x", NN_F32, 1, shape, 0, 0}};
  nn_value file = {"", "x.npy", 0};
  nn_data data = {};
  data.name = "numbers";
  data.field_count = 1;
  data.fields = &field;
  data.train = {"npy", 1, &file};
  ReadContext context{0, DataRoots::of(folder.path(), nn_program_descriptor)};
  EXPECT_CONTAINS(messageOf(loadSource(data, data.train, SplitName::train, context)),
                  "x.npy`: record 2: field `x`: 1e+300 is more than `f32` holds");
  context.bad.allowed = 1;
  Result<Table> table = loadSource(data, data.train, SplitName::train, context);
  ASSERT_TRUE(table) << messageOf(table);
  EXPECT_EQ(table->records, 2);
  EXPECT_EQ(table->columns[0].at(1), 3);
}

// A record goes from all files.
TEST(Source, BadRecordsOfArraysAreSkipped) {
  Pairs set({1, 2, NAN, 4, 5, 6, 7, 8}, ByteString("\0\1\3\2", 4));
  EXPECT_CONTAINS(messageOf(set.load(1)),
                  "labels.npy`: record 3: label 3 is not in class(3) of field `label`; "
                  "1 bad record was skipped before");
  auto table = set.load(2);
  ASSERT_TRUE(table) << messageOf(table);
  EXPECT_EQ(set.skipped, 2);
  EXPECT_EQ(table->records, 2);
  const double pairs[] = {1, 2, 7, 8}, labels[] = {0, 2};
  for (int64_t i = 0; i < 4; ++i)
    EXPECT_EQ(table->columns[0].at(i), pairs[i]);
  for (int64_t i = 0; i < 2; ++i)
    EXPECT_EQ(table->columns[1].at(i), labels[i]);
}

TEST(Source, WrongShapeNamesBothShapes) {
  auto table = Files(idxBytes({1, 4}, "xxxx"), labels(ByteString("\0", 1))).load();
  EXPECT_EQ(codeOf(table), exitData);
  EXPECT_CONTAINS(messageOf(table), "[4]");
  EXPECT_CONTAINS(messageOf(table), "[2, 2, 1]");
}

TEST(Source, WrongNumberOfFilesAndUnknownSource) {
  Files set(images(1), labels(ByteString("\0", 1)));
  set.data.train.argument_count = 1;
  EXPECT_CONTAINS(messageOf(set.load()), "1 files for 2 fields");
  set.data.train.name = "parquet";
  EXPECT_CONTAINS(messageOf(set.load()), "unknown source `parquet`");
  set.data.train.name = "digits";
  EXPECT_EQ(codeOf(set.load()), exitData);
}

TEST(Source, PathsAreLookedUpInOrderAndTheErrorListsThem) {
  TemporaryFolder first, second;
  writeBytes(second / "file", "x");
  setenv("NN_DATA", second.path().c_str(), 1);
  DataRoots roots = DataRoots::of("", nn_program_descriptor);
  EXPECT_EQ(*roots.find("file"), second / "file");
  EXPECT_EQ(roots.used, second.path());
  auto missing = roots.find("absent");
  EXPECT_EQ(codeOf(missing), exitData);
  EXPECT_CONTAINS(messageOf(missing), second.path());
  EXPECT_CONTAINS(messageOf(missing), "/nowhere");
  DataRoots given = DataRoots::of(first.path(), nn_program_descriptor);
  EXPECT_EQ(codeOf(given.find("file")), exitData); // what is given is the only place
  unsetenv("NN_DATA");
}
