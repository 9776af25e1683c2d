// Records made by a function of the test's own: they replace those of a training or are mixed into them, by
// key and class, and what `augment` asks for follows.
#include "runtime/data/augment/Maker.h"
#include "runtime/data/Batch.h"
#include "test/runtime/Support.h"

using namespace nnrt;

namespace {

constexpr int64_t records = 400, width = 4;
const int64_t imageShape[] = {-1, 2, 2, 1};

// A set of pictures of one value each, that of record r is r % 200.
struct Pictures {
  nn_field field = {"image", 0, 0, nullptr, {"image", NN_F32, 4, imageShape, 0, width * 4}};
  nn_data data = {};
  Table table;
  Preprocessing preprocessing;

  explicit Pictures(const nn_call *augment = nullptr) {
    field.augments = augment;
    field.augment_count = augment ? 1 : 0;
    data.name = "set";
    data.fields = &field;
    data.field_count = 1;
    nnrt::Bytes pixels;
    for (int64_t record = 0; record < records; ++record)
      pixels.insert(pixels.end(), size_t(width), uint8_t(record % 200));
    table.records = records;
    table.columns.push_back({"x", {2, 2, 1}, width, pixels});
    preprocessing = std::move(*preprocessingOf({&data}));
  }
  Floats fill(const RecordMaker &maker, int64_t record, uint32_t round = 1, uint64_t seed = 7) const {
    Result<SetAugment> changes = SetAugment::of(data, seed);
    EXPECT_TRUE(changes) << nntest::messageOf(changes);
    changes->make(data, 0, maker);
    FieldFiller filler(field, table.columns[0], preprocessing[0]);
    filler.augmentBy(*changes, 0);
    BatchRow row{record, round};
    Floats out(static_cast<size_t>(width));
    filler.fill(reinterpret_cast<uint8_t *>(out.data()), {&row, 1, 0, 1});
    return out;
  }
};

// The picture of a class, and of nothing else.
RecordMaker ofClass() {
  RecordMaker maker;
  maker.make = [](const MakeRequest &request, float *out) {
    for (int64_t i = 0; i < request.shape.size(); ++i)
      out[i] = float(100 + 10 * request.label + i);
  };
  maker.labelOf = [](int64_t record) { return record % 3; };
  return maker;
}

} // namespace

TEST(Maker, ReplacesARecordByOneOfItsClass) {
  Pictures pictures;
  EXPECT_EQ(pictures.fill(ofClass(), 2), (Floats{120, 121, 122, 123}));
  EXPECT_EQ(pictures.fill(ofClass(), 3), (Floats{100, 101, 102, 103}));
  RecordMaker classless = ofClass();
  classless.labelOf = nullptr;
  EXPECT_EQ(pictures.fill(classless, 2), (Floats{90, 91, 92, 93}));
}

TEST(Maker, IsMixedIntoTheRecord) {
  RecordMaker maker = ofClass();
  maker.kept = 0.75;
  EXPECT_EQ(Pictures().fill(maker, 60), (Floats{70, 70, 71, 71})); // 70, 70.25, 70.5, 70.75
}

TEST(Maker, MakesBytes) {
  RecordMaker maker;
  maker.make = [](const MakeRequest &, float *out) {
    const float values[] = {-5, 0.4f, 254.6f, 1000};
    std::copy_n(values, 4, out);
  };
  EXPECT_EQ(Pictures().fill(maker, 0), (Floats{0, 0, 255, 255}));
}

TEST(Maker, SeesTheKey) {
  RecordMaker maker;
  maker.make = [](const MakeRequest &request, float *out) {
    out[0] = float(request.key.seed);
    out[1] = float(request.key.epoch);
    out[2] = float(request.key.record);
    out[3] = float(request.shape.height * 100 + request.shape.width * 10 + request.shape.channels);
  };
  EXPECT_EQ(Pictures().fill(maker, 9, 4, 8), (Floats{8, 4, 9, 221}));
}

TEST(Maker, AChanceIsTheShareOfRecordsChanged) {
  Pictures pictures;
  RecordMaker maker = ofClass();
  maker.chance = 0.25;
  int changed = 0;
  for (int64_t record = 0; record < records; ++record) {
    Floats values = pictures.fill(maker, record);
    changed += values[1] != float(record % 200);
    EXPECT_EQ(pictures.fill(maker, record), values);
  }
  EXPECT_NEAR(double(changed) / records, 0.25, 0.07);
}

TEST(Maker, AugmentationsFollow) {
  const nn_value always[] = {{"chance", nullptr, 1}};
  const nn_call flip = {"flip", 1, always};
  EXPECT_EQ(Pictures(&flip).fill(ofClass(), 3), (Floats{101, 100, 103, 102}));
}
