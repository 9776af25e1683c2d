// scale and zscore against sums done by hand, fitted on the given records only, the same for bytes and
// floats.
#include "runtime/data/Preprocess.h"
#include "test/runtime/Support.h"

#include <cmath>

using namespace nnrt;
using namespace nntest;

namespace {

const int64_t twoChannels[] = {-1, 2};
const nn_value half[] = {{"", nullptr, 0.5}};
const nn_call scaleThenZscore[] = {{"scale", 1, half}, {"zscore", 0, nullptr}};

nn_field fieldWith(const nn_call *steps, uint32_t count) {
  return {"x", 0, count, steps, {"x", NN_F32, 2, twoChannels, 0, 0}};
}
const nn_data set = {"set", {}, {}, {}, 0, 0, 0, nullptr, {}};

Table tableOf(const Column &column) { return {column.records(), {column}}; }

} // namespace

TEST(Preprocess, ZscoreFollowsScaleAndUsesTheGivenRecordsOnly) {
  Column bytes{"b", {2}, 2, Bytes{2, 7, 4, 7, 200, 200}}, floats{"f", {2}, 2, Floats{2, 7, 4, 7, 200, 200}};
  for (const Column &column : {bytes, floats}) {
    auto preprocess = Preprocess::of(set, fieldWith(scaleThenZscore, 2));
    ASSERT_TRUE(preprocess) << messageOf(preprocess);
    ASSERT_TRUE(preprocess->fit(tableOf(column), 0, {0, 1}));
    std::vector<FittedVector> fitted = preprocess->fitted();
    EXPECT_EQ(fitted[0].name, "data.set.x.mean");
    EXPECT_EQ(*fitted[0].values, (std::vector<double>{1.5, 3.5}));
    EXPECT_EQ(fitted[1].name, "data.set.x.sd");
    EXPECT_EQ(*fitted[1].values, (std::vector<double>{0.5, 1})); // the second channel is constant
    EXPECT_EQ(preprocess->apply(4, 0), 1);
    EXPECT_EQ(preprocess->apply(9, 1), 1);
  }
}

TEST(Preprocess, ConstantChannelWithRoundingIsStillConstant) {
  Column column{"c", {2}, 2, Doubles{0.1, 1, 0.1, 2, 0.1, 3}};
  auto preprocess = Preprocess::of(set, fieldWith(scaleThenZscore, 2));
  ASSERT_TRUE(preprocess->fit(tableOf(column), 0, {0, 1, 2}));
  EXPECT_EQ(preprocess->apply(0.1, 0), 0);
  EXPECT_EQ((*preprocess->fitted()[1].values)[0], 1);
}

TEST(Preprocess, NotANumberInTheDataIsRefused) {
  Column column{"c", {2}, 2, Doubles{NAN, 1, 0.1, 2}};
  auto preprocess = Preprocess::of(set, fieldWith(scaleThenZscore, 2));
  EXPECT_EQ(codeOf(preprocess->fit(tableOf(column), 0, {0, 1})), exitData);
}

TEST(Preprocess, BadStepsAreRefused) {
  nn_value text[] = {{"", "x", 0}}, infinite[] = {{"", nullptr, INFINITY}};
  for (nn_call call : {nn_call{"scale", 0, nullptr}, nn_call{"scale", 1, text}, nn_call{"scale", 1, infinite},
                       nn_call{"zscore", 1, half}, nn_call{"blur", 0, nullptr}})
    EXPECT_EQ(codeOf(Preprocess::of(set, fieldWith(&call, 1))), exitData);
}
