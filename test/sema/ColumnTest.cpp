// Augmentation of the columns of a table.
#include "test/sema/Support.h"

using namespace nn;
using namespace nn::test;

namespace {

// The augmentations stand in line 2.
std::string data(const std::string &augments, const std::string &more = "") {
  return errors(
      "data d { train = csv(\"a.csv\"); column x: number |> zscore; column y: category(3); column z: date; "
      "column i: number |> missing(mean, indicator: true); target t: number; " +
      more + "\n" + augments + "\n}");
}

const std::string windows = "windows(length: 30)";

TEST(Column, WindowsAreShiftedMaskedAndNoisy) {
  EXPECT_EQ(data("augment x |> shift(10%) |> noise(0.1, chance: 50%) |> time_mask(10%)", windows), "");
  EXPECT_EQ(data("augment x |> noise(0.1)"), "");
}

TEST(Column, RowsAloneHaveNoTime) {
  EXPECT_EQ(data("augment x |> shift(10%)"),
            "2:14: found `shift` of `x`, expected it of `windows(…)`: a row alone has no time\n");
  EXPECT_EQ(data("augment x |> time_mask(10%)"),
            "2:14: found `time_mask` of `x`, expected it of `windows(…)`: a row alone has no time\n");
}

TEST(Column, OtherAugmentationsAreRefused) {
  for (const char *step : {"flip", "rotate", "mixup", "speed", "gain", "frequency_mask"})
    EXPECT_EQ(
        data("augment x |> " + std::string(step) + (step == std::string("flip") ? "" : "(0.1)"), windows),
        "2:14: found `" + std::string(step) +
            "` of `x`, expected `noise`, or of windows `shift` and `time_mask`, which columns have\n");
}

TEST(Column, OnlyNumbersWithoutIndicatorsAreAugmented) {
  for (const char *name : {"y", "z", "t"})
    EXPECT_EQ(data("augment " + std::string(name) + " |> noise(0.1)"),
              "2:14: found `noise` of `" + std::string(name) +
                  "`, expected an augmentation of a `column` of numbers\n");
  EXPECT_EQ(data("augment i |> noise(0.1)"),
            "2:14: found `noise` of `i`, expected it of a column without `indicator`\n");
  EXPECT_NE(data("augment features |> noise(0.1)"), "");
}

} // namespace
