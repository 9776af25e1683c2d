// The live line fits the terminal; durations read as clocks.
#include "runtime/cli/Progress.h"
#include "test/runtime/Support.h"

using namespace nnrt;

TEST(Progress, Durations) {
  EXPECT_EQ(durationText(5), "0:05");
  EXPECT_EQ(durationText(65.4), "1:05");
  EXPECT_EQ(durationText(3723), "1:02:03");
  EXPECT_EQ(durationText(1e300), durationText(1e9));
}

TEST(Progress, LineFitsTheTerminal) {
  StepReport report{2, 4, 50, 100, 3200, 0.25};
  std::string line = progressLine(report, 2, 6, 200);
  EXPECT_CONTAINS(line, "epoch 2/4");
  EXPECT_CONTAINS(line, "step 50/100");
  EXPECT_CONTAINS(line, "loss 0.25");
  EXPECT_CONTAINS(line, "1,600 samples/s");
  EXPECT_CONTAINS(line, "ETA 0:10");
  for (int columns : {1, 20, 80})
    EXPECT_LT(int(progressLine(report, 2, 6, columns).size()), std::max(columns, 2));
}
