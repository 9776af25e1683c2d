// `--set` is checked for name, type and range; what is compiled in can only be confirmed.
#include "runtime/train/Hypers.h"
#include "test/runtime/Support.h"

using namespace nnrt;
using namespace nntest;

namespace {

Status set(const std::string &assignment) {
  HyperValues values(nn_program_descriptor);
  return values.setAll({assignment}, "./model");
}

} // namespace

TEST(Hypers, ValuesReachTheirSlots) {
  HyperValues values(nn_program_descriptor);
  ASSERT_TRUE(values.setAll({"rate=0.25", "explode=3"}, "./model"));
  Arena arena = std::move(*Arena::create(nn_program_descriptor));
  values.write(arena);
  EXPECT_EQ(arena.number(nn_program_descriptor.hypers[0].slot), 0.25);
  EXPECT_EQ(arena.number(nn_program_descriptor.hypers[1].slot), 3);
}

TEST(Hypers, MistakesAreUsageErrors) {
  EXPECT_CONTAINS(messageOf(set("raet=1")), "did you mean `rate`?");
  EXPECT_CONTAINS(messageOf(set("rate")), "name=value");
  EXPECT_CONTAINS(messageOf(set("rate=fast")), "a number, not `fast`");
  EXPECT_CONTAINS(messageOf(set("rate=11")), "out of range: `rate` is in log(1e-05, 10)");
  EXPECT_CONTAINS(messageOf(set("explode=1.5")), "a whole number");
  EXPECT_CONTAINS(messageOf(set("width=33")), "in [32, 64, 128]");
  for (const char *text : {"=", "rate=", "rate=nan", "rate=1e999", "explode=1e300"})
    EXPECT_EQ(codeOf(set(text)), exitUsage) << text;
}

// An `int` in `1..10` ends at 9.
TEST(Hypers, RangesAreToldByTheirBounds) {
  nn_hyper hyper = nn_program_descriptor.hypers[1];
  EXPECT_EQ(rangeText(hyper), "");
  hyper.range = NN_RANGE_LINEAR;
  hyper.low = 1;
  hyper.high = 9;
  EXPECT_EQ(rangeText(hyper), "from 1 to 9");
}

TEST(Hypers, CompiledInValueGivesTheCommand) {
  EXPECT_TRUE(set("width=64"));
  EXPECT_EQ(codeOf(set("width=128")), exitUsage);
  EXPECT_CONTAINS(messageOf(set("width=128")), "nnc /nowhere/fake.nn -o ./model --set width=128");
}
