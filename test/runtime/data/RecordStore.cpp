// A column comes back the same from memory and from disk, whole or a record at a time, and the limit decides
// where it is.
#include "runtime/data/ColumnWriter.h"
#include "runtime/base/ThreadPool.h"
#include "test/runtime/Support.h"

#include <algorithm>
#include <array>
#include <atomic>

using namespace nnrt;
using namespace nntest;

namespace {

struct Limit {
  explicit Limit(uint64_t bytes) { limitRecordMemory(bytes, folder.path()); }
  ~Limit() { limitRecordMemory(0, ""); }
  TemporaryFolder folder;
};

template <class T> T valueOf(int64_t record, int64_t i) { return T((record * 37 + i * 11) % 251); }

template <class T> Result<Column> write(int64_t records, int64_t width, int64_t atOnce = 7) {
  ColumnWriter<T> writer("there", {width}, uint64_t(width) * sizeof(T));
  std::vector<T> values;
  for (int64_t record = 0; record < records; ++record) {
    for (int64_t i = 0; i < width; ++i)
      values.push_back(valueOf<T>(record, i));
    if (int64_t(values.size()) == atOnce * width || record + 1 == records) {
      NNRT_TRY(writer.append(values.data(), int64_t(values.size()) / width));
      values.clear();
    }
  }
  EXPECT_EQ(writer.records(), records);
  return writer.finish();
}

template <class T> void expectValues(const Column &column, int64_t records, int64_t width) {
  ASSERT_EQ(column.records(), records);
  EXPECT_EQ(column.width, width);
  EXPECT_EQ(column.recordBytes(), size_t(width) * sizeof(T));
  for (int64_t record : {int64_t(0), records / 2, records - 1, std::min<int64_t>(1, records - 1)}) {
    EXPECT_EQ(column.at(record * width), double(valueOf<T>(record, 0)));
    column.visit(record, [&](const auto *elements) {
      for (int64_t i = 0; i < width; ++i)
        ASSERT_EQ(double(elements[i]), double(valueOf<T>(record, i)));
    });
  }
}

template <class T> void comesBack() {
  for (uint64_t limit : {uint64_t(0), uint64_t(1) << 20})
    for (auto [records, width] : {std::pair<int64_t, int64_t>(1, 1), {100003, 5}, {40, 100000}}) {
      Limit guard(limit);
      Result<Column> column = write<T>(records, width);
      ASSERT_TRUE(column) << messageOf(column);
      EXPECT_EQ(column->isSpilled(), limit && records * width * int64_t(sizeof(T)) > int64_t(limit) * 3 / 4);
      expectValues<T>(*column, records, width);
      EXPECT_TRUE(recordFailure());
    }
}

} // namespace

TEST(RecordStore, BytesComeBack) { comesBack<uint8_t>(); }
TEST(RecordStore, FloatsComeBack) { comesBack<float>(); }
TEST(RecordStore, DoublesComeBack) { comesBack<double>(); }

TEST(RecordStore, ColumnsShareTheLimit) {
  Limit guard(4 << 20);
  auto first = write<uint8_t>(2 << 20, 1);
  EXPECT_FALSE(first->isSpilled());
  EXPECT_FALSE(hasSpilledRecords());
  {
    auto second = write<uint8_t>(2 << 20, 1);
    EXPECT_TRUE(second->isSpilled());
    EXPECT_TRUE(hasSpilledRecords());
  }
  {
    auto small = write<uint8_t>(900000, 1);
    EXPECT_FALSE(small->isSpilled());
  }
  first = Column();
  EXPECT_FALSE(write<uint8_t>(2 << 20, 1)->isSpilled()); // what is gone does not count
}

TEST(RecordStore, ThreadsReadTogether) {
  Limit guard(1 << 20);
  setThreadCount(4);
  auto column = write<float>(300000, 4);
  ASSERT_TRUE(column->isSpilled());
  std::atomic<int64_t> wrong{0};
  parallelChunks(64, [&](int64_t chunk) {
    for (int64_t i = 0; i < 3000; ++i) {
      int64_t record = (chunk * 7919 + i * 104729) % 300000;
      column->visit(record, [&](const auto *elements) {
        wrong += double(elements[3]) != double(valueOf<float>(record, 3));
      });
    }
  });
  setThreadCount(1);
  EXPECT_EQ(wrong, 0);
}

TEST(RecordStore, AFullDiskIsAnError) {
  limitRecordMemory(1 << 20, "/proc/nowhere");
  EXPECT_EQ(codeOf(write<uint8_t>(2 << 20, 1)), exitWrite);
  limitRecordMemory(0, "");
}

// What a reader made whole is placed too.
TEST(RecordStore, WholeColumnsArePlaced) {
  Limit guard(1 << 20);
  for (int64_t records : {1000, 300000}) {
    Floats values(size_t(records) * 4);
    for (int64_t i = 0; i < records * 4; ++i)
      values[size_t(i)] = valueOf<float>(i / 4, i % 4);
    Column column{"there", {4}, 4, std::move(values)};
    auto placed = placeRecords(std::move(column), 16);
    ASSERT_TRUE(placed) << messageOf(placed);
    EXPECT_EQ(placed->isSpilled(), records == 300000);
    EXPECT_EQ(placed->origin, "there");
    expectValues<float>(*placed, records, 4);
  }
}

TEST(RecordStore, RecordsComeInAnotherOrder) {
  for (uint64_t limit : {uint64_t(0), uint64_t(1) << 20}) {
    Limit guard(limit);
    std::vector<size_t> order(100003);
    for (size_t i = 0; i < order.size(); ++i)
      order[i] = i * 7 % order.size();
    auto column = reordered(*write<double>(100003, 2), order, 16);
    ASSERT_TRUE(column) << messageOf(column);
    EXPECT_EQ(column->isSpilled(), limit > 0);
    for (int64_t record : {0, 1, 2, 50000, 100002})
      EXPECT_EQ(column->at(record, 1), valueOf<double>(int64_t(order[size_t(record)]), 1));
  }
}

// Windows begin and end within blocks of rows, and are longer than one.
TEST(RecordStore, WindowsOverlapRowsThatAreStoredOnce) {
  for (uint64_t limit : {uint64_t(0), uint64_t(1) << 20})
    for (auto [first, length, stride] : {std::array<int64_t, 3>{0, 7, 1}, {3, 100, 30}, {0, 5000, 4999}}) {
      Limit guard(limit);
      auto rows = std::make_shared<const Column>(*write<float>(100003, 3));
      Column column{"there", {length, 3}, length * 3};
      column.windows = Windows{rows, first, stride, (100003 - first - length) / stride + 1};
      EXPECT_EQ(column.isSpilled(), limit > 0);
      EXPECT_TRUE(column.isFloats());
      EXPECT_EQ(column.recordBytes(), uint64_t(length) * 3 * sizeof(float));
      for (int64_t record = 0; record < column.records(); record += 1 + column.records() / 40) {
        int64_t row = first + record * stride;
        EXPECT_EQ(column.at(record, 4), valueOf<float>(row + 1, 1));
        EXPECT_EQ(column.at(record * column.width + 4), valueOf<float>(row + 1, 1));
        column.visit(record, [&, length = length](const auto *elements) {
          for (int64_t i = 0; i < length * 3; ++i)
            ASSERT_EQ(double(elements[i]), double(valueOf<float>(row + i / 3, i % 3)));
        });
      }
    }
}

TEST(RecordStore, WithoutAFileTooManyAreRefused) {
  refuseRecordsBeyond(1 << 20);
  EXPECT_FALSE(write<uint8_t>(1000000, 1)->isSpilled());
  auto column = write<uint8_t>(1100000, 1);
  EXPECT_EQ(codeOf(column), exitData);
  EXPECT_CONTAINS(messageOf(column), "bytes), and 1.0 MiB (1,048,576) are available beside the program");
  ColumnWriter<float> writer("there", {1000}, 4000);
  EXPECT_TRUE(writer.expect(262));
  EXPECT_CONTAINS(messageOf(writer.expect(1000)),
                  "the records need at least 3.8 MiB of memory (4,000,000 bytes)");
  EXPECT_EQ(codeOf(placeRecords(Column{"there", {}, 1, Bytes(2000000)}, 1)), exitData);
  limitRecordMemory(0, "");
}
