// What the language has and this version does not is refused by name, never ignored.
#include "test/sema/Support.h"

using namespace nn::test;

namespace {

std::string refused(const std::string &place, const std::string &word) {
  return place + ": `" + word + "` is not supported in this version\n";
}

std::string inTrain(const std::string &statement) {
  return withData("network Net(x: f32[b, 4]) { x |> Dense(3) }\ntrain t on d { batch = 8; epochs = 2\n" +
                  statement + "\nminimize cross_entropy(Net(x), y) with SGD }");
}

std::string inData(const std::string &statement) {
  return "data d { train = blobs(1); field x: f32[4]\n" + statement + "\n}";
}

TEST(Refused, InTrain) {
  EXPECT_EQ(errors(inTrain("early_stop = patience(3, on: validation.loss)")), refused("5:1", "early_stop"));
  EXPECT_EQ(errors(inTrain("start best(5)")), refused("5:1", "start"));
  EXPECT_EQ(errors(inTrain("freeze Net for 3 epochs")), refused("5:1", "freeze"));
}

TEST(Refused, BatchAll) {
  EXPECT_EQ(errors(withData(
                "network Net(x: f32[b, 4]) { x |> Dense(3) }\n"
                "train t on d { batch = all; epochs = 2; minimize cross_entropy(Net(x), y) with SGD }")),
            refused("4:24", "batch = all"));
}

TEST(Refused, InData) {
  EXPECT_EQ(errors(inData("test = safetensors(\"a\")")), refused("2:8", "safetensors"));
}

TEST(Refused, Declarations) {
  EXPECT_EQ(errors(withData("select features of d with forward(accuracy)")), refused("3:1", "select"));
  EXPECT_EQ(errors(withData("environment E { state x: f32 = 0 }")), refused("3:1", "environment"));
}

} // namespace
