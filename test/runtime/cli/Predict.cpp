// `predict` end to end: files and splits, CSV and JSON, and output that cannot be written.
#include "test/runtime/cli/Executables.h"

#include <cmath>
#include <nlohmann/json.hpp>

using namespace nntest;

namespace {
struct TrainedIdx {
  TemporaryFolder folder;
  IdxData data{folder.path()};
  TrainedIdx() { EXPECT_EQ(idx(folder, {"train", "--data", ".", "--epochs", "1"}).exit, 0); }
};
} // namespace

TEST(Predict, FileAndSplitOfTheSameImagesAgree) {
  TrainedIdx trained;
  writeBytes(trained.folder / "packed.gz", gzipped(IdxData::imagesOf(33)));
  Outcome split = idx(trained.folder, {"predict", "test"});
  ASSERT_EQ(split.exit, 0) << split.err;
  EXPECT_EQ(linesOf(split.out), 33);
  EXPECT_EQ(std::count(split.out.begin(), split.out.end(), ','), 33 * 9);
  EXPECT_EQ(idx(trained.folder, {"predict", "test-images"}).out, split.out);
  EXPECT_EQ(idx(trained.folder, {"predict", "packed.gz"}).out, split.out);
  EXPECT_EQ(idx(trained.folder, {"predict", "--split", "test"}).out, split.out);
  EXPECT_EQ(idx(trained.folder, {"predict"}).out, split.out);
}

TEST(Predict, JsonHasTheSameNumbers) {
  TrainedIdx trained;
  Outcome csv = idx(trained.folder, {"predict", "test"}),
          json = idx(trained.folder, {"predict", "test", "--json"});
  ASSERT_EQ(json.exit, 0) << json.err;
  auto rows = nlohmann::json::parse(json.out)["predictions"];
  ASSERT_EQ(rows.size(), 33u);
  ASSERT_EQ(rows[0].size(), 10u);
  EXPECT_EQ(float(rows[0][0]), std::stof(csv.out));
  double sum = 0;
  for (double p : rows[32])
    sum += p;
  EXPECT_NEAR(sum, 1, 1e-5);
}

TEST(Predict, BadInputs) {
  TrainedIdx trained;
  EXPECT_EQ(idx(trained.folder, {"predict", "absent"}).exit, 3);
  EXPECT_EQ(idx(trained.folder, {"predict", "test-labels"}).exit, 3);
  writeBytes(trained.folder / "small", idxBytes({1, 27, 28}, ByteString(27 * 28, 'x')));
  Outcome outcome = idx(trained.folder, {"predict", "small"});
  EXPECT_EQ(outcome.exit, 3);
  EXPECT_CONTAINS(outcome.err, "[27, 28]");
  EXPECT_CONTAINS(outcome.err, "[28, 28, 1]");
  EXPECT_EQ(idx(trained.folder, {"predict", "validation", "--split", "test"}).exit, 2);
}

TEST(Predict, GeneratedDataHasSplitsOnly) {
  TemporaryFolder folder;
  ASSERT_EQ(points(folder, {"train", "classify", "--epochs", "1"}).exit, 0);
  EXPECT_EQ(linesOf(points(folder, {"predict", "train"}).out), 183);
  Outcome outcome = points(folder, {"predict", "some-file"});
  EXPECT_EQ(outcome.exit, 2);
  EXPECT_CONTAINS(outcome.err, "is generated");
}

TEST(Predict, FullOutputIsAWriteError) {
  TrainedIdx trained;
  Outcome outcome =
      run({{NN_TEST_BIN "/fake-idx", "predict", "test"}, trained.folder.path(), {}, -1, "/dev/full"});
  EXPECT_EQ(outcome.exit, 5);
  EXPECT_CONTAINS(outcome.err, "standard output");
}
