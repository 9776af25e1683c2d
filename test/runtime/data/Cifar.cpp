// Records built here: the published sets are no part of the project.
#include "runtime/data/Cifar.h"
#include "test/runtime/Support.h"

using namespace nnrt;
using namespace nntest;

namespace {

// Planes of 1, 2 and 3, with another value at one pixel.
ByteString image(size_t pixel, char red) {
  ByteString planes = ByteString(1024, 1) + ByteString(1024, 2) + ByteString(1024, 3);
  planes[pixel] = red;
  return planes;
}

Status refuse(Error error) { return error; }

// A piece at a time.
Status append(CifarRecords &records, const ByteString &bytes, const std::string &name,
              const OnBadRecord &bad) {
  size_t position = 0;
  auto read = [&](void *buffer, size_t count) -> Result<size_t> {
    size_t got = bytes.copy(static_cast<char *>(buffer), count, position);
    position += got;
    return got;
  };
  return records.append(read, name, bad);
}

std::string messageFor(const ByteString &bytes, CifarForm form) {
  CifarRecords records(form, "folder");
  Status status = append(records, bytes, "data.bin", refuse);
  EXPECT_EQ(codeOf(status), exitData);
  return messageOf(status);
}

} // namespace

TEST(Cifar, PlanesBecomePixels) {
  CifarRecords records(CifarForm::ten, "folder");
  ASSERT_TRUE(append(records, "\x07" + image(33, 9) + "\x02" + image(0, 8), "a", refuse));
  ASSERT_TRUE(append(records, "\x09" + image(1023, 7), "b", refuse));
  Table table = *records.finish();
  EXPECT_EQ(table.records, 3);
  ASSERT_EQ(table.columns.size(), 2u);
  EXPECT_EQ(table.columns[0].shape, (std::vector<int64_t>{32, 32, 3}));
  EXPECT_EQ(table.columns[0].at(33 * 3), 9);
  EXPECT_EQ(table.columns[0].at(33 * 3 + 2), 3);
  EXPECT_EQ(table.columns[0].at(3072), 8);
  EXPECT_EQ(table.columns[0].at(3 * 3072 - 3), 7);
  EXPECT_TRUE(std::get<Stored<uint8_t>>(table.columns[1].values) == (Bytes{7, 2, 9}));
}

TEST(Cifar, HundredHasFineAndCoarseLabels) {
  CifarRecords records(CifarForm::hundred, "folder");
  ASSERT_TRUE(append(records, "\x13\x63" + image(0, 4), "a", refuse));
  Table table = *records.finish();
  ASSERT_EQ(table.columns.size(), 3u);
  EXPECT_EQ(table.columns[1].at(0), 99);
  EXPECT_EQ(table.columns[2].at(0), 19);
  EXPECT_EQ(table.columns[0].at(0), 4);
}

TEST(Cifar, BadRecordsAreNamed) {
  EXPECT_EQ(messageFor("", CifarForm::ten), "`data.bin` holds no records");
  EXPECT_EQ(messageFor("\x01" + image(0, 1) + "\x0a" + image(0, 1), CifarForm::ten),
            "`data.bin`: record 2: label 10 is not in class(10)");
  EXPECT_EQ(messageFor("\x14\x01" + image(0, 1), CifarForm::hundred),
            "`data.bin`: record 1: label 20 is not in class(20)");
  EXPECT_EQ(messageFor("\x01\x64" + image(0, 1), CifarForm::hundred),
            "`data.bin`: record 1: label 100 is not in class(100)");
  EXPECT_EQ(messageFor("\x01" + image(0, 1) + "\x01", CifarForm::ten),
            "`data.bin`: record 2 is truncated: it has 1 bytes of 3073");
}

TEST(Cifar, BadRecordsCanBeLeftOut) {
  CifarRecords records(CifarForm::ten, "folder");
  int skipped = 0;
  auto skip = [&](Error) -> Status {
    ++skipped;
    return Done{};
  };
  ASSERT_TRUE(append(records, "\x0b" + image(0, 1) + "\x03" + image(0, 5) + "\x01", "a", skip));
  EXPECT_EQ(skipped, 2);
  Table table = *records.finish();
  EXPECT_EQ(table.records, 1);
  EXPECT_EQ(table.columns[1].at(0), 3);
  EXPECT_EQ(table.columns[0].at(0), 5);
}

TEST(Cifar, FilesBelongToTheirPart) {
  using Names = std::vector<std::string>;
  EXPECT_EQ(cifarFiles(CifarForm::ten, false),
            (Names{"data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin",
                   "data_batch_5.bin"}));
  EXPECT_EQ(cifarFiles(CifarForm::ten, true), Names{"test_batch.bin"});
  EXPECT_EQ(cifarFiles(CifarForm::hundred, false), Names{"train.bin"});
  EXPECT_EQ(cifarFiles(CifarForm::hundred, true), Names{"test.bin"});
}
