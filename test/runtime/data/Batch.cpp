// A batch holds the preprocessed records in the order asked for, bytes and floats alike, and their ids.
#include "runtime/data/Batch.h"
#include "test/runtime/Support.h"

using namespace nnrt;

namespace {

const int64_t pointShape[] = {-1, 2}, rowShape[] = {-1};
const nn_value half[] = {{"", nullptr, 0.5}};
const nn_call scaleStep[] = {{"scale", 1, half}};

template <class T> T valueAt(const std::vector<uint8_t> &arena, size_t offset, size_t index) {
  T value;
  memcpy(&value, &arena[offset + index * sizeof(T)], sizeof value);
  return value;
}

} // namespace

TEST(Batch, FillsInputsLabelsAndIds) {
  for (uint32_t type : {NN_F32, NN_F64}) {
    nn_field fields[] = {{"x", 0, 1, scaleStep, {"x", type, 2, pointShape, 0, 64}},
                         {"y", 3, 0, nullptr, {"y", NN_I32, 1, rowShape, 64, 64}}};
    nn_data data = {"set", {}, {}, {}, 0, 0, 2, fields, {"ids", NN_I64, 1, rowShape, 128, 64}};
    for (Column column :
         {Column{"b", {2}, 2, Bytes{1, 2, 3, 4, 5, 6}}, Column{"f", {2}, 2, Floats{1, 2, 3, 4, 5, 6}}}) {
      Table table{3, {column, Column{"l", {}, 1, Bytes{0, 1, 2}}}};
      auto preprocessing = preprocessingOf({&data});
      ASSERT_TRUE(preprocessing);
      std::vector<uint8_t> arena(192);
      BatchRow rows[] = {{2, 0}, {0, 0}};
      BatchFiller(data, table, preprocessing->data()).fill(arena.data(), {rows, 2, 0, 2});
      double x[4];
      for (size_t i = 0; i < 4; ++i)
        x[i] = type == NN_F32 ? valueAt<float>(arena, 0, i) : valueAt<double>(arena, 0, i);
      EXPECT_EQ(std::vector<double>(x, x + 4), (std::vector<double>{2.5, 3, 0.5, 1}));
      EXPECT_EQ(valueAt<int32_t>(arena, 64, 0), 2);
      EXPECT_EQ(valueAt<int32_t>(arena, 64, 1), 0);
      EXPECT_EQ(valueAt<int64_t>(arena, 128, 0), 2);
    }
  }
}
