// Windows of a table in training batches: shifted, noisy and masked by key, the column and `features` alike.
#include "runtime/data/table/WindowAugment.h"
#include "runtime/data/Batch.h"
#include "test/runtime/data/table/Program.h"

#include <cmath>
#include <set>

using namespace nnrt;
using namespace nntest;

namespace {

constexpr int64_t length = 8;
const int64_t columnShape[] = {-1, length, 1}, featuresShape[] = {-1, length, 2};
constexpr uint64_t columnBytes = length * 4, featuresBytes = 2 * columnBytes;

Call step(const char *name, double amount, double chance = 1) {
  return {name, {{"amount", "", amount}, {"chance", "", chance}}};
}

WindowAugment augmentOf(const std::vector<Call> &calls) {
  TableProgram program;
  nn_field &field = program.number("x");
  std::vector<nn_call> augments;
  for (const Call &call : calls)
    augments.push_back(program.make(call));
  field.augments = augments.data();
  field.augment_count = uint32_t(augments.size());
  auto augment = WindowAugment::of(program.get(), field);
  EXPECT_TRUE(augment) << messageOf(augment);
  return *augment;
}

Doubles counted(int64_t count) {
  Doubles values;
  for (int64_t i = 0; i < count; ++i)
    values.push_back(double(i));
  return values;
}

// Two columns of which the first is augmented, `features` of both, one window of eight rows.
struct Series {
  TableProgram program;
  Table table;
  Preprocessing preprocessing;
  nn_call shift = program.make(step("shift", 0.5));

  Series() {
    program.data.windows = program.make({"windows", {{"length", "", length}}});
    nn_field &up = program.number("up"), &down = program.number("down");
    up.augments = &shift;
    up.augment_count = 1;
    up.input = {"up", NN_F32, 3, columnShape, 0, columnBytes};
    down.input = {"down", NN_F32, 3, columnShape, columnBytes, columnBytes};
    program.add("features", NN_FIELD_FEATURES, NN_CELL_NUMBER).input = {
        "features", NN_F32, 3, featuresShape, 2 * columnBytes, featuresBytes};
    table.records = 1;
    table.columns = {{"f.csv", {length}, length, counted(length)},
                     {"f.csv", {length}, length, Doubles(length, -1)},
                     {"f.csv", {}, 1, Bytes(1)}};
    preprocessing = std::move(*preprocessingOf({&program.get()}));
  }
  Floats batch(std::optional<uint64_t> seed, uint32_t round) {
    BatchFiller filler(program.get(), table, preprocessing.data());
    bool isReady = !seed || filler.augment(*seed);
    EXPECT_TRUE(isReady);
    BatchRow row{0, round};
    Floats arena(4 * length);
    filler.fill(reinterpret_cast<uint8_t *>(arena.data()), {&row, 1, 0, 1});
    return arena;
  }
};

} // namespace

// Of 0, 1, …, 7 a shift by k is max(0, i - k) or min(7, i + k); every k of -4 to 4 comes, none beyond.
TEST(WindowAugment, AShiftMovesRowsAndRepeatsTheLast) {
  WindowAugment augment = augmentOf({step("shift", 0.5)});
  std::set<int64_t> shifts;
  for (uint64_t record = 0; record < 200; ++record) {
    Doubles values = counted(length);
    augment.apply(values, length, {3, 1, record});
    int64_t by = int64_t(values[0]) ? int64_t(values[0]) : int64_t(values[length - 1]) - (length - 1);
    shifts.insert(by);
    for (int64_t i = 0; i < length; ++i)
      EXPECT_EQ(values[size_t(i)], double(std::clamp<int64_t>(i + by, 0, length - 1)));
  }
  EXPECT_EQ(shifts, (std::set<int64_t>{-4, -3, -2, -1, 0, 1, 2, 3, 4}));
}

TEST(WindowAugment, NoiseHasItsDeviation) {
  WindowAugment augment = augmentOf({step("noise", 0.25)});
  double sum = 0, squares = 0;
  constexpr int64_t count = 20000;
  for (uint64_t record = 0; record < count; ++record) {
    Doubles values = {10};
    augment.apply(values, 1, {3, 1, record});
    sum += values[0] - 10;
    squares += (values[0] - 10) * (values[0] - 10);
  }
  EXPECT_NEAR(sum / count, 0, 0.01);
  EXPECT_NEAR(std::sqrt(squares / count), 0.25, 0.01);
}

// 3.5 is the mean of the window and none of its values.
TEST(WindowAugment, AMaskPutsTheMeanInAStretchOfRows) {
  WindowAugment augment = augmentOf({step("time_mask", 0.5)});
  std::set<int64_t> lengths;
  for (uint64_t record = 0; record < 200; ++record) {
    Doubles values = counted(length);
    augment.apply(values, length, {3, 1, record});
    int64_t first = -1, last = -2;
    for (int64_t i = 0; i < length; ++i)
      if (values[size_t(i)] == 3.5) {
        first = first < 0 ? i : first;
        last = i;
      } else {
        EXPECT_EQ(values[size_t(i)], double(i));
      }
    for (int64_t i = first; first >= 0 && i <= last; ++i)
      EXPECT_EQ(values[size_t(i)], 3.5);
    lengths.insert(last - first + 1);
  }
  lengths.erase(-1);
  EXPECT_EQ(*lengths.rbegin(), 4);
  EXPECT_GE(lengths.size(), 4u);
}

TEST(WindowAugment, RowsOfSeveralValuesMoveTogether) {
  WindowAugment augment = augmentOf({step("shift", 1)});
  for (uint64_t record = 0; record < 50; ++record) {
    Doubles values = {0, 10, 1, 11, 2, 12};
    augment.apply(values, 3, {3, 1, record});
    for (size_t row = 0; row < 3; ++row)
      EXPECT_EQ(values[2 * row + 1], values[2 * row] + 10);
  }
}

TEST(WindowAugment, EveryChangeIsKeyed) {
  for (const char *name : {"shift", "noise", "time_mask"}) {
    WindowAugment augment = augmentOf({step(name, 0.5)});
    auto changed = [&](const AugmentKey &key) {
      Doubles values = counted(1000);
      augment.apply(values, 1000, key);
      return values;
    };
    Doubles values = changed({1, 1, 1});
    EXPECT_EQ(changed({1, 1, 1}), values) << name;
    for (const AugmentKey &other : {AugmentKey{2, 1, 1}, AugmentKey{1, 2, 1}, AugmentKey{1, 1, 2}})
      EXPECT_NE(changed(other), values) << name;
  }
}

TEST(WindowAugment, AChanceIsTheShareOfRecordsChanged) {
  WindowAugment augment = augmentOf({step("noise", 0.5, 0.25)});
  int changed = 0;
  for (uint64_t record = 0; record < 4000; ++record) {
    Doubles values = {1};
    augment.apply(values, 1, {3, 1, record});
    changed += values[0] != 1;
  }
  EXPECT_NEAR(changed / 4000.0, 0.25, 0.03);
}

TEST(WindowAugment, OnlyBatchesOfATrainingChangeAndFeaturesAlike) {
  Series series;
  Floats plain = series.batch(std::nullopt, 1);
  bool some = false;
  for (uint32_t round = 1; round < 10; ++round) {
    Floats changed = series.batch(7, round);
    some |= changed != plain;
    for (size_t i = 0; i < length; ++i) {
      EXPECT_EQ(plain[i], float(i));
      EXPECT_EQ(changed[length + i], -1);
      EXPECT_EQ(changed[2 * length + 2 * i], changed[i]) << "the column in `features`";
      EXPECT_EQ(changed[2 * length + 2 * i + 1], -1);
    }
  }
  EXPECT_TRUE(some);
}

TEST(WindowAugment, OtherChangesAreRefused) {
  TableProgram program;
  nn_field &field = program.number("x");
  nn_call flip = program.make({"flip"}), speed = program.make({"speed"});
  field.augment_count = 1;
  field.augments = &flip;
  EXPECT_CONTAINS(messageOf(WindowAugment::of(program.get(), field)), "`flip` changes neither");
  field.augments = &speed; // of sounds
  EXPECT_CONTAINS(messageOf(WindowAugment::of(program.get(), field)), "`speed` does not change a column");
}
