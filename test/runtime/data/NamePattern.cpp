#include "runtime/data/NamePattern.h"
#include "test/runtime/Support.h"

using namespace nnrt;
using namespace nntest;

namespace {

using Texts = std::vector<std::string>;

std::optional<Texts> matched(const std::string &pattern, const std::string &path) {
  auto result = NamePattern::of(pattern);
  EXPECT_TRUE(result) << messageOf(result);
  return result ? result->match(path) : std::nullopt;
}

} // namespace

TEST(NamePattern, TakesThePartsOfAName) {
  auto pattern = NamePattern::of("{digit}_{speaker}_{index}.wav");
  ASSERT_TRUE(pattern);
  EXPECT_EQ(pattern->names(), (Texts{"digit", "speaker", "index"}));
  EXPECT_EQ(pattern->match("recordings/7_george_12.wav"), (Texts{"7", "george", "12"}));
  EXPECT_EQ(pattern->match("7_george_12.wav"), (Texts{"7", "george", "12"}));
  for (const char *other :
       {"7_george.wav", "7__1.wav", "_a_1.wav", "7_a_.wav", "7_a_1.mp3", "7_a_1.wav.txt", ""})
    EXPECT_EQ(pattern->match(other), std::nullopt) << other;
}

TEST(NamePattern, TakesFoldersToo) {
  EXPECT_EQ(matched("{speaker}/{digit}.wav", "a/b/jackson/3.wav"), (Texts{"jackson", "3"}));
  EXPECT_EQ(matched("{speaker}/{digit}.wav", "jackson/3.wav"), (Texts{"jackson", "3"}));
  EXPECT_EQ(matched("{speaker}/{digit}.wav", "3.wav"), std::nullopt);
  EXPECT_EQ(matched("x{digit}", "b/x1"), (Texts{"1"}));
}

TEST(NamePattern, PartsEndWhereTheNextTextIsFirstFound) {
  EXPECT_EQ(matched("{a}-{b}", "x-y-z"), (Texts{"x", "y-z"}));
  EXPECT_EQ(matched("{a}.wav", "x.wav.wav"), (Texts{"x.wav"}));
}

TEST(NamePattern, RangesLeaveOtherNumbersToOthers) {
  auto pattern = NamePattern::of("{digit}_{index:5-14}.wav");
  ASSERT_TRUE(pattern) << messageOf(pattern);
  EXPECT_EQ(pattern->names(), (Texts{"digit", "index"}));
  for (const char *inside : {"5", "10", "14", "05"})
    EXPECT_TRUE(pattern->isWithin({"1", inside})) << inside;
  for (const char *outside : {"4", "15", "-5", "x", ""})
    EXPECT_FALSE(pattern->isWithin({"7", outside})) << outside;
}

TEST(NamePattern, BadPatternsAreRefused) {
  for (const char *bad : {"{a:}", "{a:5}", "{a:5-}", "{a:5-4}", "{a:x-y}", "{:1-2}", "plain.wav", "{a}{b}",
                          "{a", "{}", "{a}_{a}", "{a{b}}", "{a/b}"})
    EXPECT_EQ(codeOf(NamePattern::of(bad)), exitData) << bad;
}
