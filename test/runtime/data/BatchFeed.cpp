// A batch made beside a step is the batch made when it is asked for, for any number of threads and whatever
// was asked for before.
#include "runtime/data/BatchFeed.h"
#include "runtime/base/ThreadPool.h"
#include "test/runtime/Support.h"

using namespace nnrt;

namespace {

const int64_t imageShape[] = {-1, 300}, rowShape[] = {-1};
constexpr uint64_t batch = 64, atY = batch * 300 * 4, atIds = atY + batch * 4, arenaBytes = atIds + batch * 8;
const nn_value half[] = {{"", nullptr, 0.5}};
const nn_call scaleStep[] = {{"scale", 1, half}};
const nn_field fields[] = {{"x", 0, 1, scaleStep, {"x", NN_F32, 2, imageShape, 0, batch * 1200}},
                           {"y", 10, 0, nullptr, {"y", NN_I32, 1, rowShape, atY, batch * 4}}};
const nn_data data = {"set", {}, {}, {}, 0, 0, 2, fields, {"ids", NN_I64, 1, rowShape, atIds, batch * 8}};

Split records() {
  Bytes values(1000 * 300), labels(1000);
  for (size_t i = 0; i < values.size(); ++i)
    values[i] = uint8_t(i * 2654435761u >> 24);
  for (size_t i = 0; i < labels.size(); ++i)
    labels[i] = uint8_t(i % 10);
  Column x{"x", {300}, 300, std::move(values)}, y{"y", {}, 1, std::move(labels)};
  Table table{1000, {x, y}};
  return {std::make_shared<const Table>(std::move(table)), Indices::all(1000)};
}

using Arena = std::vector<uint8_t>;
struct Place {
  int64_t first, rows;
};
// Three rounds of 1000 records.
std::vector<Place> places() {
  std::vector<Place> all;
  for (int64_t round = 0; round < 3; ++round)
    for (int64_t first = 0; first < 1000; first += 64)
      all.push_back({round * 1000 + first, std::min<int64_t>(64, 1000 - first)});
  return all;
}

} // namespace

TEST(BatchFeed, PreparedBatchesAreTheSame) {
  Split split = records();
  auto preprocessing = preprocessingOf({&data});
  std::vector<Arena> expected;
  BatchFeed plain({&data}, {&split}, *preprocessing, {true, true, 3});
  for (Place place : places()) {
    expected.emplace_back(arenaBytes);
    plain.fill(expected.back().data(), place.first, place.rows);
  }
  EXPECT_NE(expected[0], expected[16]); // another round, another order
  for (int64_t threads : {1, 2, 4}) {
    setThreadCount(threads);
    BatchFeed feed({&data}, {&split}, *preprocessing, {true, true, 3});
    std::vector<Place> all = places();
    for (size_t i = 0; i < all.size(); ++i) {
      Arena arena(arenaBytes);
      feed.fill(arena.data(), all[i].first, all[i].rows);
      if (i + 1 < all.size())
        feed.prepare(all[i + 1].first, all[i + 1].rows);
      parallelChunks(8, [](int64_t) {}); // the step
      ASSERT_EQ(arena, expected[i]) << "batch " << i << ", threads " << threads;
    }
    // Back to an earlier one while another is being made.
    feed.prepare(all[20].first, all[20].rows);
    Arena arena(arenaBytes);
    feed.fill(arena.data(), all[2].first, all[2].rows);
    EXPECT_EQ(arena, expected[2]);
    feed.prepare(all[5].first, all[5].rows); // and gone before it is wanted
  }
  setThreadCount(1);
}

TEST(BatchFeed, ABatchThatFindsNoMemoryIsMadeInItsTurn) {
  Split split = records();
  auto preprocessing = preprocessingOf({&data});
  Arena expected(arenaBytes), arena(arenaBytes);
  BatchFeed({&data}, {&split}, *preprocessing).fill(expected.data(), 64, 64);
  setThreadCount(2);
  BatchFeed feed({&data}, {&split}, *preprocessing);
  feed.prepare(0, 64);
  feed.prepare(64, int64_t(1) << 50);
  feed.fill(arena.data(), 64, 64);
  EXPECT_EQ(arena, expected);
  setThreadCount(1);
}
