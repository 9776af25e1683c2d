// `train` end to end: what a run folder holds, that the same seed gives the same bytes, and the ways it can
// stop.
#include "runtime/train/Safetensors.h"
#include "test/runtime/cli/Executables.h"

#include <filesystem>
#include <iterator>
#include <nlohmann/json.hpp>
#include <sstream>
#include <sys/stat.h>
#include <unistd.h>

using namespace nnrt;
using namespace nntest;

namespace {

// Without the header, which names the run.
std::string tensorsIn(const std::string &path) {
  auto header = readSafetensorsHeader(path);
  EXPECT_TRUE(header) << messageOf(header);
  return header ? readBytes(path).substr(header->dataStart) : "";
}

} // namespace

TEST(Train, RunFolderHoldsCurvesWeightsAndConfiguration) {
  TemporaryFolder folder;
  Outcome outcome = points(folder, {"train", "classify", "--epochs", "2", "--seed", "5"});
  ASSERT_EQ(outcome.exit, 0) << outcome.err;
  EXPECT_EQ(outcome.out, "");
  EXPECT_CONTAINS(outcome.err, "epoch 1/2");
  EXPECT_CONTAINS(outcome.err, "runs/classify-0001/metrics.csv");
  EXPECT_EQ(outcome.err.find('\r'), std::string::npos); // no terminal
  for (const char *file : {"best.safetensors", "last.safetensors", "metrics.csv", "config.json"})
    EXPECT_TRUE(std::filesystem::exists(folder / ("runs/classify-0001/" + std::string(file)))) << file;
  auto config = nlohmann::json::parse(readBytes(folder / "runs/classify-0001/config.json"));
  EXPECT_EQ(config["seed"], 5);
  EXPECT_EQ(config["epochs"], 2);
  EXPECT_EQ(config["steps"], 24); // 183 records, batch 16: twelve steps an epoch, the last one shorter
  EXPECT_EQ(config["hypers"]["width"], 64);
  std::string csv = readBytes(folder / "runs/classify-0001/metrics.csv");
  EXPECT_CONTAINS(csv, "step,epoch,split,name,value\n12,1,train,loss,");
  EXPECT_CONTAINS(csv, "\n24,2,validation,accuracy,");
}

TEST(Train, SameSeedSameBytesForAnyThreads) {
  TemporaryFolder folder;
  for (const char *threads : {"1", "2", "1"})
    ASSERT_EQ(points(folder, {"train", "classify", "--threads", threads, "--log-every", "1"}).exit, 0);
  ASSERT_EQ(points(folder, {"train", "classify", "--seed", "1"}).exit, 0);
  auto file = [&](int number, const char *name) {
    return readBytes(folder / ("runs/classify-000" + std::to_string(number) + "/" + name));
  };
  for (const char *name : {"best.safetensors", "last.safetensors", "metrics.csv", "config.json"}) {
    EXPECT_EQ(file(1, name), file(2, name)) << name;
    EXPECT_EQ(file(1, name), file(3, name)) << name;
  }
  EXPECT_NE(tensorsIn(folder / "runs/classify-0001/last.safetensors"),
            tensorsIn(folder / "runs/classify-0004/last.safetensors"));
}

TEST(Train, LogEveryWritesEveryNthStep) {
  TemporaryFolder folder;
  ASSERT_EQ(points(folder, {"train", "classify", "--epochs", "1", "--log-every", "5"}).exit, 0);
  std::string csv = readBytes(folder / "runs/classify-0001/metrics.csv");
  EXPECT_CONTAINS(csv, "\n5,1,train,loss,");
  EXPECT_CONTAINS(csv, "\n10,1,train,loss,");
  EXPECT_EQ(linesOf(csv), 6); // header, two steps, the epoch's train loss, validation loss and accuracy
}

static std::string lineOf(const std::string &text, const std::string &beginning) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);)
    if (line.rfind(beginning, 0) == 0)
      return line;
  return "";
}

static std::vector<std::string> wordsOf(const std::string &line) {
  std::istringstream words(line);
  return {std::istream_iterator<std::string>(words), {}};
}

// Shares add up, and what is measured changes nothing.
TEST(Train, ProfileTellsTheTimeOfLayers) {
  TemporaryFolder folder;
  ASSERT_EQ(points(folder, {"train", "classify", "--epochs", "1"}).out, "");
  Outcome outcome = points(folder, {"train", "classify", "--epochs", "1", "--profile"});
  ASSERT_EQ(outcome.exit, 0);
  for (const char *row :
       {"layer ", "\nNet.Dense_1 ", "\nloss ", "\nbatches ", "\nrest ", "\ntotal ", "mean of 11 steps\n"})
    EXPECT_CONTAINS(outcome.out, row);
  double shares = 0;
  std::istringstream lines(outcome.out);
  for (std::string line; std::getline(lines, line);)
    if (line.back() == '%')
      shares += std::stod(line.substr(line.rfind(' ')));
  EXPECT_NEAR(shares, 100, 0.5);
  // Of the layer forward, backward, their sum and the share; of the loss no backward.
  EXPECT_EQ(wordsOf(lineOf(outcome.out, "Net.Dense_1 ")).size(), 5u) << outcome.out;
  EXPECT_EQ(wordsOf(lineOf(outcome.out, "loss ")).size(), 4u) << outcome.out;
  EXPECT_EQ(tensorsIn(folder / "runs/classify-0001/last.safetensors"),
            tensorsIn(folder / "runs/classify-0002/last.safetensors"));
  EXPECT_CONTAINS(points(folder, {"train", "classify", "--epochs", "0", "--profile"}).out,
                  "mean of 0 steps\n");
}

TEST(Train, StartsFromWeights) {
  TemporaryFolder folder;
  ASSERT_EQ(points(folder, {"train", "classify", "--epochs", "2"}).exit, 0);
  Outcome again = points(folder, {"train", "adapt", "--epochs", "0", "--seed", "9", "--weights",
                                  "runs/classify-0001/last.safetensors"});
  ASSERT_EQ(again.exit, 0) << again.err;
  std::string first = readBytes(folder / "runs/classify-0001/last.safetensors"),
              second = readBytes(folder / "runs/adapt-0002/last.safetensors");
  size_t parameters = 4 * 4 + 2 * 4 + 4; // W, c, seen stand behind the fitted preprocessing
  size_t data = first.size() - parameters;
  EXPECT_EQ(first.substr(data, parameters), second.substr(data, parameters));
}

TEST(Train, DivergenceNamesStepAndLayerAndKeepsGoodWeights) {
  TemporaryFolder folder;
  Outcome outcome = points(folder, {"train", "classify", "--set", "explode=15"});
  EXPECT_EQ(outcome.exit, 4);
  EXPECT_CONTAINS(outcome.err, "diverged at step 15 (epoch 2): the loss is nan");
  EXPECT_CONTAINS(outcome.err, "comes out of `Net.Dense_1`");
  // The kept weights are those of epoch 1: an undisturbed run of one epoch has the same.
  ASSERT_EQ(points(folder, {"train", "classify", "--epochs", "1"}).exit, 0);
  EXPECT_EQ(tensorsIn(folder / "runs/classify-0001/last.safetensors"),
            tensorsIn(folder / "runs/classify-0002/last.safetensors"));
  EXPECT_EQ(points(folder, {"train", "classify", "--set", "explode=1", "--out", "first"}).exit, 4);
  EXPECT_TRUE(std::filesystem::exists(folder / "first/classify-0001/best.safetensors"));
}

TEST(Train, InterruptSavesAndSaysSo) {
  TemporaryFolder folder;
  Outcome outcome = run({{NN_TEST_BIN "/fake-points", "train", "classify", "--epochs", "1000000"},
                         folder.path(),
                         {},
                         -1,
                         {},
                         300});
  EXPECT_EQ(outcome.exit, 130);
  EXPECT_CONTAINS(outcome.err, "interrupted");
  EXPECT_EQ(points(folder, {"eval"}).exit, 0);
}

TEST(Train, FullDiskIsAWriteErrorAndKeepsFiles) {
  TemporaryFolder folder;
  // Room for metrics.csv and config.json, but not for the weights.
  Outcome outcome = run({{NN_TEST_BIN "/fake-digits", "train", "--epochs", "1"}, folder.path(), {}, 4096});
  EXPECT_EQ(outcome.exit, 5);
  EXPECT_CONTAINS(outcome.err, "last.safetensors`: cannot write: File too large");
  EXPECT_FALSE(std::filesystem::exists(folder / "runs/classify-0001/last.safetensors"));
}

TEST(Train, DirectoryThatCannotBeWrittenIsAWriteError) {
  TemporaryFolder folder;
  writeBytes(folder / "file", "");
  EXPECT_EQ(points(folder, {"train", "classify", "--out", "file"}).exit, 5);
  if (getuid() == 0)
    return; // root writes to read-only directories
  std::filesystem::create_directory(folder / "runs");
  chmod((folder / "runs").c_str(), 0500);
  EXPECT_EQ(points(folder, {"train", "classify"}).exit, 5);
}

TEST(Train, DataErrorsComeBeforeAnythingIsWritten) {
  TemporaryFolder folder;
  IdxData data(folder.path());
  ByteString labels = IdxData::labelsOf(300);
  labels[8 + 17] = 10;
  writeBytes(folder / "train-labels.gz", gzipped(labels));
  Outcome outcome = idx(folder, {"train", "--data", "."});
  EXPECT_EQ(outcome.exit, 3);
  EXPECT_CONTAINS(outcome.err, "train-labels.gz`: record 18: label 10 is not in class(10)");
  writeBytes(folder / "train-labels.gz", gzipped(IdxData::labelsOf(299)));
  EXPECT_EQ(idx(folder, {"train", "--data", "."}).exit, 3);
  writeBytes(folder / "train-images.gz", gzipped(IdxData::imagesOf(300)).substr(0, 1000));
  EXPECT_CONTAINS(idx(folder, {"train", "--data", "."}).err, "truncated");
  EXPECT_FALSE(std::filesystem::exists(folder / "runs"));
}

TEST(Train, DataIsFoundByFlagOrEnvironment) {
  TemporaryFolder folder, elsewhere;
  IdxData data(elsewhere.path());
  Outcome missing = idx(folder, {"train"});
  EXPECT_EQ(missing.exit, 3);
  EXPECT_CONTAINS(missing.err, "`train-images.gz` not found; looked in `" NN_TEST_BIN "`, `/nowhere`");
  EXPECT_EQ(idx(folder, {"train"}, {"NN_DATA=" + elsewhere.path()}).exit, 0);
  EXPECT_EQ(idx(folder, {"train", "--data", elsewhere.path()}).exit, 0);
  EXPECT_EQ(idx(folder, {"train", "--data", folder.path()}, {"NN_DATA=" + elsewhere.path()}).exit, 3);
  // The run remembers where its data was.
  EXPECT_EQ(idx(folder, {"eval"}).exit, 0);
}

TEST(Train, UsageErrors) {
  TemporaryFolder folder;
  struct Case {
    std::vector<std::string> words;
    const char *part;
  };
  for (const Case &c :
       {Case{{}, "no command"}, Case{{"trian"}, "did you mean `train`?"},
        Case{{"train"}, "name one: `classify`, `adapt`"},
        Case{{"train", "clasify"}, "did you mean `classify`?"},
        Case{{"train", "classify", "--epoch", "3"}, "did you mean `--epochs`?"},
        Case{{"--set", "rate=1"}, "`--set` belongs behind `train`, `eval`, `predict` and `data`"},
        Case{{"train", "--split", "test"}, "`--split` belongs behind `eval`, `predict` and `data`"},
        Case{{"train", "classify", "--epochs", "x"}, "--epochs takes a whole number"},
        Case{{"train", "classify", "--epochs", "-1"}, "--epochs"},
        Case{{"train", "classify", "--epochs", "4611686018427387904"}, "--epochs"},
        Case{{"train", "classify", "--threads", "0"}, "--threads"},
        Case{{"train", "classify", "--threads", "999999999"}, "--threads"},
        Case{{"train", "classify", "--log-every", "0"}, "--log-every"},
        Case{{"train", "classify", "--seed", "1.5"}, "--seed"}, Case{{"train", "classify", "--set"}, "--set"},
        Case{{"train", "classify", "--set", "width=128"}, "--set width=128"},
        Case{{"eval", "--split", "tset"}, "did you mean `test`?"}}) {
    Outcome outcome = points(folder, c.words);
    EXPECT_EQ(outcome.exit, 2) << outcome.err;
    EXPECT_CONTAINS(outcome.err, c.part);
    EXPECT_EQ(outcome.out, "");
  }
  EXPECT_FALSE(std::filesystem::exists(folder / "runs"));
}
