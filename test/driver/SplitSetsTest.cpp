// Which `--set` of `nnc run` goes to the compilation.
#include "compiler/driver/SplitSets.h"
#include <gtest/gtest.h>

namespace nn::test {
namespace {

using Words = std::vector<std::string>;

TEST(SplitSets, compiledOnesAreTakenOut) {
  SplitArguments split =
      splitSets({"train", "--set", "width=64", "--set=batch=32", "--set", "rate=0.1", "--seed", "1"},
                {"width", "batch"});
  EXPECT_EQ(split.compiled, (Sets{{"width", "64"}, {"batch", "32"}}));
  EXPECT_EQ(split.others, (Words{"train", "--set", "rate=0.1", "--seed", "1"}));
}

TEST(SplitSets, malformedOnesAreLeftToTheProgram) {
  Words words{"train", "--set", "width", "--set"};
  SplitArguments split = splitSets(words, {"width"});
  EXPECT_TRUE(split.compiled.empty());
  EXPECT_EQ(split.others, words);
}

} // namespace
} // namespace nn::test
