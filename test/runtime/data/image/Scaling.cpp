// The steps that scale each picture by itself, beside scikit-learn's scalers on the values of one picture.
#include "runtime/data/RecordSteps.h"
#include "test/runtime/data/image/Expected.h"

using namespace nnrt;
using namespace nntest;

namespace {

const nn_value perRecord[] = {{"per", "record", 0}};
const nn_value bothWays[] = {{"low", nullptr, -1}, {"high", nullptr, 1}, {"per", "record", 0}};
const nn_value wrongWay[] = {{"low", nullptr, 2}, {"per", "record", 0}};

Result<RecordSteps> stepsOf(const nn_call &call, const std::vector<int64_t> &shape) {
  nn_field field = {"image", 0, 1, &call, {"image", NN_F64, uint32_t(shape.size()), shape.data(), 0, 0}};
  return RecordSteps::of(nn_data{"pictures"}, field);
}

void expectStep(const nn_call &call, const char *expected) {
  Json cases = (*parseJsonObject(readBytes(imagePath("scaling.json")), "scaling.json"))["cases"];
  ASSERT_EQ(cases.size(), 3u);
  for (const Json &one : cases) {
    std::vector<int64_t> shape = one["shape"];
    shape.insert(shape.begin(), -1);
    Result<RecordSteps> steps = stepsOf(call, shape);
    ASSERT_TRUE(steps) << messageOf(steps);
    Doubles made = steps->apply(Doubles(one["from"])), wanted = one[expected];
    ASSERT_EQ(made.size(), wanted.size());
    for (size_t i = 0; i < made.size(); ++i)
      EXPECT_NEAR(made[i], wanted[i], 1e-12) << expected << " " << one["shape"].dump() << " " << i;
  }
}

} // namespace

TEST(Scaling, StandardizeIsStandardScaler) { expectStep({"standardize", 0, nullptr}, "standardize"); }

TEST(Scaling, MinMaxPerRecordIsMinMaxScaler) {
  expectStep({"minmax", 1, perRecord}, "minmax");
  expectStep({"minmax", 3, bothWays}, "minmax_both_ways");
}

// Bytes become numbers, and each record has its own range.
TEST(Scaling, EachRecordHasItsOwnRange) {
  const nn_call call = {"minmax", 1, perRecord};
  Result<RecordSteps> steps = stepsOf(call, {-1, 1, 2, 1});
  Column column{"x", {1, 2, 1}, 2, nnrt::Bytes{0, 10, 100, 200}};
  Result<Column> made = steps->apply(column, {1, 2, 1});
  ASSERT_TRUE(made) << messageOf(made);
  EXPECT_TRUE(std::get<Stored<float>>(made->values) == (Floats{0, 1, 0, 1}));
}

// Without `per`, it is fitted on the training part.
TEST(Scaling, MinMaxOfTheSetIsNoStepOfRecords) {
  EXPECT_FALSE(isRecordStep({"minmax", 0, nullptr}));
  EXPECT_FALSE(isRecordStep({"minmax", 2, bothWays}));
}

TEST(Scaling, BordersMustBeInOrder) {
  const nn_call call = {"minmax", 2, wrongWay};
  EXPECT_CONTAINS(messageOf(stepsOf(call, {-1, 1, 2, 1})),
                  "`minmax` from 2 to 1: `low` must be below `high`");
}
