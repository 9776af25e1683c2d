// Sounds in training batches: changed before their steps, masked behind preprocessing, the same for the same
// key.
#include "runtime/data/audio/Chain.h"
#include "runtime/data/Batch.h"
#include "test/runtime/Support.h"

#include <cmath>

using namespace nnrt;
using namespace nntest;

namespace {

const int64_t matrixShape[] = {-1, 8, 5}, waveShape[] = {-1, 400};
const nn_value melNumbers[] = {{"rate", nullptr, 8000, 0},
                               {"window", nullptr, 64, 0},
                               {"hop", nullptr, 48, 0},
                               {"bands", nullptr, 5, 0}};
const nn_call steps[] = {{"mel", 4, melNumbers}, {"zscore", 0, nullptr}};
const nn_value half[] = {{"amount", nullptr, 0.5, 0}};
const nn_value never[] = {{"amount", nullptr, 0.5, 0}, {"chance", nullptr, 0, 0}};

// A sound of one record; `augments` are its field's.
struct Sound {
  std::vector<nn_call> augments;
  nn_field field;
  nn_data data;
  Column column;
  Preprocess preprocess;

  Sound(std::vector<nn_call> calls, bool isMatrix) : augments(std::move(calls)) {
    field = isMatrix ? nn_field{"sound", 0, 2, steps, {"sound", NN_F32, 3, matrixShape, 0, 160}}
                     : nn_field{"sound", 0, 0, nullptr, {"sound", NN_F32, 2, waveShape, 0, 1600}};
    field.source_name = "sound";
    field.augment_count = uint32_t(augments.size());
    field.augments = augments.data();
    data = {"spoken", {"wav", 0, nullptr}, {}, {}, 0, 0, 1, &field, {}};
    Floats wave;
    for (int i = 0; i < 400; ++i)
      wave.push_back(float(std::sin(0.3 * i) * (i < 200 ? 0.5 : 0.1)));
    Column raw{"a", {400}, 400, std::move(wave)};
    auto read = Preprocess::of(data, field);
    EXPECT_TRUE(read) << messageOf(read);
    preprocess = std::move(*read);
    if (!isMatrix) {
      column = std::move(raw);
      return;
    }
    column = std::move(*RecordSteps::of(data, field)->apply(raw, {8, 5}));
    column.raw = std::make_shared<const Column>(std::move(raw));
  }
  Floats fill(std::optional<uint64_t> seed, uint32_t round) const {
    Floats out(size_t(column.width));
    BatchRow row{0, round};
    FieldFiller filler(field, column, preprocess);
    auto changes = SetAugment::of(data, seed.value_or(0));
    EXPECT_TRUE(changes) << messageOf(changes);
    if (seed && changes)
      filler.augmentBy(*changes, 0);
    filler.fill(reinterpret_cast<uint8_t *>(out.data()), {&row, 1, 0, 1});
    return out;
  }
};

} // namespace

TEST(SoundChain, ChangesInTrainingOnlyAndByKey) {
  Sound sound({{"gain", 1, half}, {"shift", 1, half}}, false);
  Floats plain = sound.fill(std::nullopt, 1), changed = sound.fill(7, 1);
  EXPECT_TRUE(std::get<Stored<float>>(sound.column.values) == plain);
  EXPECT_NE(changed, plain);
  EXPECT_EQ(sound.fill(7, 1), changed);
  EXPECT_NE(sound.fill(7, 2), changed);
  EXPECT_NE(sound.fill(8, 1), changed);
}

// A gain moves all logarithms of energies by one number.
TEST(SoundChain, StepsSeeTheChangedWaveform) {
  Sound sound({{"gain", 1, half}}, true);
  Floats plain = sound.fill(std::nullopt, 1), changed = sound.fill(7, 1);
  float shift = changed[0] - plain[0];
  EXPECT_GT(std::abs(shift), 1e-3);
  for (size_t i = 0; i < plain.size(); ++i)
    EXPECT_NEAR(changed[i] - plain[i], shift, 2e-4) << i;
}

TEST(SoundChain, MasksChangeWhatIsFinished) {
  Sound sound({{"time_mask", 1, half}, {"frequency_mask", 1, half}}, true);
  Floats plain = sound.fill(std::nullopt, 1);
  bool some = false;
  for (uint32_t round = 1; round < 20; ++round) {
    Floats masked = sound.fill(7, round);
    size_t kept = 0;
    for (size_t i = 0; i < plain.size(); ++i)
      kept += std::abs(masked[i] - plain[i]) < 1e-4;
    EXPECT_GE(kept, 4u * 3u); // half of the frames and of the bands, at most
    some |= kept < plain.size();
  }
  EXPECT_TRUE(some);
}

TEST(SoundChain, WithoutAChanceNothingChanges) {
  Sound sound({{"gain", 2, never}, {"speed", 2, never}, {"noise", 2, never}, {"time_mask", 2, never}}, true);
  Floats plain = sound.fill(std::nullopt, 1), same = sound.fill(7, 1);
  for (size_t i = 0; i < plain.size(); ++i)
    EXPECT_NEAR(same[i], plain[i], 1e-5);
}

TEST(SoundChain, UnknownChangesAreRefused) {
  Sound good({}, false);
  const nn_call flip[] = {{"flip", 0, nullptr}};
  good.field.augment_count = 1;
  good.field.augments = flip;
  EXPECT_CONTAINS(messageOf(SoundChain::of(good.data, good.field)),
                  "`flip` changes neither sounds nor columns");
}
