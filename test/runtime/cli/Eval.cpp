// `eval` end to end: it finds the newest run, repeats the validation of the training exactly, and refuses
// weights that do not fit.
#include "test/runtime/cli/Executables.h"

#include <filesystem>
#include <nlohmann/json.hpp>

using namespace nntest;

namespace {

double lastValue(const std::string &csv, const std::string &key) {
  size_t at = csv.rfind(key);
  return at == std::string::npos ? -1 : std::stod(csv.substr(at + key.size()));
}

nlohmann::json evalJson(const Outcome &outcome) {
  EXPECT_EQ(outcome.exit, 0) << outcome.err;
  return nlohmann::json::parse(outcome.out, nullptr, false);
}

} // namespace

TEST(Eval, RepeatsTheValidationOfTheTraining) {
  TemporaryFolder folder;
  IdxData data(folder.path());
  ASSERT_EQ(idx(folder, {"train", "--data", ".", "--seed", "3", "--set", "rate=0.01"}).exit, 0);
  std::string csv = readBytes(folder / "runs/classify-0001/metrics.csv");
  auto json = evalJson(idx(folder, {"eval", "--json", "--split", "validation", "--weights",
                                    "runs/classify-0001/last.safetensors"}));
  EXPECT_EQ(json["loss"], lastValue(csv, "validation,loss,"));
  EXPECT_EQ(json["accuracy"], lastValue(csv, "validation,accuracy,"));
  EXPECT_EQ(json["samples"], 30);
  auto other = evalJson(idx(folder, {"eval", "--json", "--split", "validation", "--seed", "4"}));
  EXPECT_NE(other["loss"], json["loss"]);
  EXPECT_EQ(evalJson(idx(folder, {"eval", "--json"}))["samples"], 33); // test, the default
  EXPECT_EQ(evalJson(idx(folder, {"eval", "--json", "--split", "train"}))["samples"], 270);
}

// The seed and the hyperparameters, which say what the validation is, go with the file.
TEST(Eval, WeightsThatWereTakenElsewhere) {
  TemporaryFolder folder;
  IdxData data(folder.path());
  ASSERT_EQ(idx(folder, {"train", "--data", ".", "--seed", "3", "--set", "rate=0.01"}).exit, 0);
  ASSERT_EQ(idx(folder, {"train", "--data", ".", "--seed", "4"}).exit, 0); // the newest run
  std::filesystem::rename(folder / "runs/classify-0001/last.safetensors", folder / "w.safetensors");
  auto json = evalJson(
      idx(folder, {"eval", "--json", "--split", "validation", "--data", ".", "--weights", "w.safetensors"}));
  std::string csv = readBytes(folder / "runs/classify-0001/metrics.csv");
  EXPECT_EQ(json["loss"], lastValue(csv, "validation,loss,"));
}

TEST(Eval, LearntSomething) {
  TemporaryFolder folder;
  IdxData data(folder.path());
  ASSERT_EQ(idx(folder, {"train", "--data", "."}).exit, 0);
  EXPECT_GT(evalJson(idx(folder, {"eval", "--json"}))["accuracy"], 0.99);
}

TEST(Eval, TakesTheNewestOfQuickRuns) {
  TemporaryFolder folder;
  for (int i = 1; i <= 11; ++i)
    ASSERT_EQ(points(folder, {"train", "classify", "--epochs", "0", "--seed", std::to_string(i)}).exit, 0);
  Outcome outcome = points(folder, {"eval"});
  EXPECT_EQ(outcome.exit, 0);
  EXPECT_CONTAINS(outcome.err, "runs/classify-0011/best.safetensors");
  EXPECT_CONTAINS(outcome.out, "samples   50");
}

TEST(Eval, PrecisionsReadEachOthersWeights) {
  TemporaryFolder folder;
  IdxData data(folder.path());
  ASSERT_EQ(idx(folder, {"train", "--data", "."}).exit, 0);
  Outcome outcome = run({{NN_TEST_BIN "/fake-idx-double", "eval", "--json"}, folder.path()});
  EXPECT_NEAR(evalJson(outcome)["loss"], double(evalJson(idx(folder, {"eval", "--json"}))["loss"]), 1e-5);
}

TEST(Eval, MissingAndUnfitWeightsAreDataErrors) {
  TemporaryFolder folder;
  EXPECT_EQ(points(folder, {"eval"}).exit, 3);
  EXPECT_EQ(points(folder, {"eval", "--weights", "absent"}).exit, 3);
  writeBytes(folder / "random", ByteString(65536, '\xa7'));
  EXPECT_EQ(points(folder, {"eval", "--weights", "random"}).exit, 3);
  EXPECT_EQ(points(folder, {"eval", "--weights", "."}).exit, 3);
  IdxData data(folder.path());
  ASSERT_EQ(idx(folder, {"train", "--data", ".", "--epochs", "0"}).exit, 0);
  Outcome outcome = points(folder, {"eval", "--weights", "runs/classify-0001/best.safetensors"});
  EXPECT_EQ(outcome.exit, 3);
  EXPECT_CONTAINS(outcome.err, "the program's has [2");
}

TEST(Eval, DamagedConfigurationIsADataError) {
  TemporaryFolder folder;
  ASSERT_EQ(points(folder, {"train", "classify", "--epochs", "0"}).exit, 0);
  writeBytes(folder / "runs/classify-0001/config.json",
             "{\"program\":\"fake\",\"seed\":1,\"hypers\":{\"rate\":-5}}");
  Outcome outcome = points(folder, {"eval", "classify"});
  EXPECT_EQ(outcome.exit, 3);
  EXPECT_CONTAINS(outcome.err, "rate=-5");
}
