// Batches of a training are augmented, others are not; a row is the same whichever rows are made with it, and
// the probabilities of its classes go with the picture.
#include "runtime/data/Batch.h"
#include "test/runtime/Support.h"

using namespace nnrt;

namespace {

constexpr int64_t rows = 8, classes = 3, width = 16;
const int64_t imageShape[] = {-1, 4, 4, 1}, labelShape[] = {-1}, softShape[] = {-1, classes};
constexpr uint64_t atLabel = rows * width * 4, atSoft = atLabel + rows * 4, end = atSoft + rows * classes * 4;

struct Program {
  std::vector<nn_call> augments;
  std::vector<nn_field> fields;
  nn_data data = {};
  Table table;

  explicit Program(std::vector<nn_call> calls) : augments(std::move(calls)) {
    fields = {
        {"image", 0, 0, nullptr, {"image", NN_F32, 4, imageShape, 0, atLabel}},
        {"label", classes, 0, nullptr, {"label", NN_I32, 1, labelShape, atLabel, rows * 4}},
        {"label.soft", 0, 0, nullptr, {"label.soft", NN_F32, 2, softShape, atSoft, rows * classes * 4}}};
    fields[0].augments = augments.data();
    fields[0].augment_count = uint32_t(augments.size());
    fields[2].kind = NN_FIELD_SOFT;
    fields[2].of = 1;
    data.name = "set";
    data.fields = fields.data();
    data.field_count = 3;
    // Of record r all pixels are r + 1, and its class is r % 3.
    Bytes pixels, labels;
    for (int64_t record = 0; record < 20; ++record) {
      pixels.insert(pixels.end(), size_t(width), uint8_t(record + 1));
      labels.push_back(uint8_t(record % classes));
    }
    table.records = 20;
    table.columns.push_back({"x", {4, 4, 1}, width, pixels});
    table.columns.push_back({"y", {}, 1, labels});
    table.columns.push_back({"y", {}, 1, Bytes(20)});
  }

  std::vector<uint8_t> batch(std::optional<uint64_t> seed, int64_t atATime = rows, uint32_t round = 1) const {
    Result<Preprocessing> preprocessing = preprocessingOf({&data});
    BatchFiller filler(data, table, preprocessing->data());
    bool isReady = !seed || filler.augment(*seed);
    EXPECT_TRUE(isReady);
    std::vector<BatchRow> batch;
    for (int64_t i = 0; i < rows; ++i)
      batch.push_back({i * 2, round});
    std::vector<uint8_t> arena(end);
    for (int64_t first = 0; first < rows; first += atATime)
      filler.fill(arena.data(), {batch.data(), rows, first, std::min(atATime, rows - first)});
    return arena;
  }
};

const float *imageOf(const std::vector<uint8_t> &arena, int64_t row) {
  return reinterpret_cast<const float *>(arena.data()) + row * width;
}
const float *softOf(const std::vector<uint8_t> &arena, int64_t row) {
  return reinterpret_cast<const float *>(arena.data() + atSoft) + row * classes;
}

const nn_value noise[] = {{"amount", nullptr, 0.1}}, half[] = {{"amount", nullptr, 1}};
const nn_call noisy = {"noise", 1, noise}, mixup = {"mixup", 1, half}, cutmix = {"cutmix", 1, half};

} // namespace

TEST(SetAugment, OnlyBatchesOfATrainingAreChanged) {
  Program plain({}), program({noisy});
  EXPECT_EQ(program.batch(std::nullopt), plain.batch(std::nullopt));
  EXPECT_EQ(plain.batch(7), plain.batch(std::nullopt));
  EXPECT_NE(program.batch(7), plain.batch(std::nullopt));
}

TEST(SetAugment, RowsAreTheSameInAnyPortions) {
  for (const nn_call &call : {noisy, mixup, cutmix}) {
    Program program({call});
    for (int64_t atATime : {1, 3})
      EXPECT_EQ(program.batch(7, atATime), program.batch(7)) << call.name;
    EXPECT_NE(program.batch(8), program.batch(7)) << call.name;
    EXPECT_NE(program.batch(7, rows, 2), program.batch(7, rows, 1)) << call.name;
  }
}

TEST(SetAugment, ProbabilitiesAreOneAtTheLabelWithoutMixing) {
  std::vector<uint8_t> arena = Program({noisy}).batch(7);
  for (int64_t row = 0; row < rows; ++row)
    for (int64_t k = 0; k < classes; ++k)
      EXPECT_EQ(softOf(arena, row)[k], k == row * 2 % classes ? 1 : 0);
}

// Of constant pictures the mixture's mean and the probabilities tell the same share and partner.
TEST(SetAugment, ProbabilitiesGoWithThePicture) {
  for (const nn_call &call : {mixup, cutmix}) {
    std::vector<uint8_t> arena = Program({call}).batch(7);
    int mixed = 0;
    for (int64_t row = 0; row < rows; ++row) {
      const float *soft = softOf(arena, row);
      EXPECT_NEAR(soft[0] + soft[1] + soft[2], 1, 1e-6);
      double mean = 0;
      for (int64_t i = 0; i < width; ++i)
        mean += double(imageOf(arena, row)[i]) / width;
      double own = double(row) * 2 + 1, share = double(soft[row * 2 % classes]);
      bool explained = share == 1; // a partner of the same class leaves no trace
      for (int64_t partner = 0; partner < rows && !explained; ++partner)
        explained = std::abs(share * own + (1 - share) * (double(partner) * 2 + 1) - mean) < 0.51 &&
                    partner * 2 % classes != row * 2 % classes;
      EXPECT_TRUE(explained) << call.name << " row " << row << " mean " << mean << " share " << share;
      mixed += share < 1;
    }
    EXPECT_GT(mixed, 2);
  }
}

TEST(SetAugment, UnknownAugmentationsAreRefused) {
  Program program({{"sharpen", 0, nullptr}});
  Result<Preprocessing> preprocessing = preprocessingOf({&program.data});
  Status status = BatchFiller(program.data, program.table, preprocessing->data()).augment(1);
  EXPECT_CONTAINS(nntest::messageOf(status), "`sharpen` does not change a picture");
}
