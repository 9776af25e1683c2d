// Every round has every record once, in an order that the key decides, on disk too, where blocks stay
// together.
#include "runtime/data/RecordOrder.h"
#include "runtime/data/ColumnWriter.h"
#include "runtime/data/Permutation.h"
#include "test/runtime/Support.h"

#include <algorithm>
#include <numeric>
#include <set>

using namespace nnrt;
using namespace nntest;

namespace {

Split splitOf(int64_t records) {
  ColumnWriter<float> writer("there", {4}, 16);
  for (int64_t record = 0; record < records; ++record) {
    float values[4] = {float(record), 1, 2, 3};
    EXPECT_TRUE(writer.append(values));
  }
  Table table;
  table.records = records;
  table.columns.push_back(std::move(*writer.finish()));
  Split split;
  for (int64_t record = 0; record < records; ++record)
    if (record % 5 != 0)
      split.records.push_back(record);
  split.table = std::make_shared<const Table>(std::move(table));
  return split;
}

std::vector<int64_t> roundOf(const Split &split, std::optional<uint64_t> seed, int64_t round,
                             int64_t atOnce = 100) {
  RecordOrder order(split, seed, "test", 1);
  std::vector<int64_t> records;
  std::vector<BatchRow> rows(static_cast<size_t>(atOnce));
  for (int64_t first = 0; first < split.size(); first += atOnce) {
    int64_t count = std::min(atOnce, split.size() - first);
    order.take(round * split.size() + first, count, rows.data());
    for (int64_t i = 0; i < count; ++i) {
      EXPECT_EQ(rows[size_t(i)].round, round + 1);
      records.push_back(rows[size_t(i)].record);
    }
  }
  return records;
}

std::vector<int64_t> sorted(std::vector<int64_t> values) {
  std::sort(values.begin(), values.end());
  return values;
}

} // namespace

TEST(RecordOrder, PermutationHasEveryIndexOnce) {
  KeyedRandom key{1, purposeOf("test"), 1};
  std::vector<int64_t> order = permutation(1000, key), identity(1000);
  std::iota(identity.begin(), identity.end(), 0);
  EXPECT_EQ(sorted(order), identity);
  EXPECT_NE(order, identity);
  EXPECT_EQ(order, permutation(1000, key));
  EXPECT_NE(order, permutation(1000, {1, purposeOf("test"), 2}));
  EXPECT_NE(order, permutation(1000, {2, purposeOf("test"), 1}));
  EXPECT_NE(order, permutation(1000, {1, purposeOf("other"), 1}));
}

TEST(RecordOrder, EachRoundIsAPermutationOfItsOwn) {
  TemporaryFolder folder;
  for (uint64_t limit : {0, 1 << 20}) {
    limitRecordMemory(limit, folder.path());
    Split split = splitOf(100003);
    EXPECT_EQ(split.table->columns[0].isSpilled(), limit > 0);
    std::vector<int64_t> all(split.records.begin(), split.records.end());
    EXPECT_EQ(roundOf(split, std::nullopt, 3), all);
    std::vector<int64_t> first = roundOf(split, 7, 0), second = roundOf(split, 7, 1);
    EXPECT_EQ(sorted(first), all);
    EXPECT_EQ(sorted(second), all);
    EXPECT_NE(first, second);
    EXPECT_NE(first, roundOf(split, 8, 0));
    EXPECT_EQ(first, roundOf(split, 7, 0, 77)); // whatever the size of a batch
    limitRecordMemory(0, "");
  }
}

TEST(RecordOrder, ARoundOnDiskReadsABlockOnceAndMixes) {
  TemporaryFolder folder;
  limitRecordMemory(1 << 20, folder.path());
  Split split = splitOf(100003);
  std::vector<int64_t> order = roundOf(split, 7, 0);
  int64_t block = recordsPerBlock(16), window = int64_t(windowBytes()) / 16 / block * block;
  // All that comes within a window is of as few blocks as it can be.
  size_t blocks = 0, steps = 0;
  for (size_t first = 0; first + size_t(window) <= order.size(); first += size_t(window), ++steps) {
    std::set<int64_t> seen;
    for (size_t i = first; i < first + size_t(window); ++i)
      seen.insert(order[i] / block);
    blocks += seen.size();
  }
  // Four fifths of the records are the split's: a block of its positions lies in three of the file's at most.
  EXPECT_LE(blocks, steps * size_t(window / block) * 3);
  // Neighbours in the file seldom stay neighbours.
  int64_t together = 0;
  for (size_t i = 1; i < order.size(); ++i)
    together += std::abs(order[i] - order[i - 1]) <= 2;
  EXPECT_LT(together, int64_t(order.size()) / 100);
  limitRecordMemory(0, "");
}

// Blocks are of rows; a window of them and the rows that its records overlap stay in the cache.
TEST(RecordOrder, ARoundOfWindowsMixesBlocksOfRows) {
  TemporaryFolder folder;
  limitRecordMemory(1 << 20, folder.path());
  Split split = splitOf(100003);
  Table table;
  table.records = (100003 - 50) / 10 + 1;
  Column column{"there", {50, 4}, 200};
  column.windows = Windows{std::make_shared<const Column>(split.table->columns[0]), 0, 10, table.records};
  ASSERT_TRUE(column.isSpilled());
  int64_t block = column.recordsInBlock();
  EXPECT_EQ(block, recordsPerBlock(16) / 10);
  auto blocks = int64_t(windowBytes() / column.blockBytes(block));
  EXPECT_GE(blocks, 2);
  table.columns.push_back(std::move(column));
  split.records = Indices::all(table.records);
  split.table = std::make_shared<const Table>(std::move(table));
  std::vector<int64_t> order = roundOf(split, 7, 0);
  EXPECT_EQ(sorted(order), roundOf(split, std::nullopt, 0));
  std::set<int64_t> seen;
  for (int64_t i = 0; i < blocks * block; ++i)
    seen.insert(order[size_t(i)] / block);
  EXPECT_LE(int64_t(seen.size()), blocks + 1); // the last block is shorter
  limitRecordMemory(0, "");
}
