// Numbers survive the way to text and back; suggestions come for near misses only.
#include "runtime/base/Text.h"
#include "test/runtime/Support.h"

#include <cmath>
#include <limits>

using namespace nnrt;

TEST(Text, ShortestDigitsReadBackToTheSameBits) {
  for (float value : {0.1f, 1.0f / 3, 2.3025851f, 1e-45f, std::numeric_limits<float>::max()})
    EXPECT_EQ(strtof(shortest(value).c_str(), nullptr), value);
  for (double value : {0.1, 1.0 / 3, 5e-324, std::numeric_limits<double>::max()})
    EXPECT_EQ(strtod(shortest(value).c_str(), nullptr), value);
  EXPECT_EQ(shortest(0.1f), "0.1");
  EXPECT_EQ(shortest(double(NAN)), "nan");
  EXPECT_EQ(shortest(-double(NAN)), "nan");
  EXPECT_EQ(shortest(-float(NAN)), "nan");
  EXPECT_EQ(brief(-double(NAN)), "nan");
}

TEST(Text, CellsAreShownInOneLineThatPrintsWhole) {
  EXPECT_EQ(shownCell("a b"), "`a b`");
  EXPECT_EQ(shownCell(std::string_view("x\0y\nz", 5)), "`x y z`");
  EXPECT_EQ(shownCell(std::string(41, 'x')), "`" + std::string(40, 'x') + "…`");
  EXPECT_EQ(shownCell(std::string(39, 'x') + "ä"), "`" + std::string(39, 'x') + "…`");
}

TEST(Text, QuantitiesAreNumbersAsInAProgram) {
  EXPECT_EQ(parseQuantity("6min"), 360);
  EXPECT_EQ(parseQuantity("10%"), 0.1);
  EXPECT_EQ(parseQuantity("180deg"), M_PI);
  EXPECT_EQ(parseQuantity("5ms"), 0.005);
  EXPECT_EQ(parseQuantity("1e2s"), 100);
  EXPECT_EQ(parseQuantity("2h"), 7200);
  EXPECT_EQ(parseQuantity("1.5"), 1.5);
  for (const char *text : {"", "min", "%", "6 min", "6mins", "3sd", "s"})
    EXPECT_FALSE(parseQuantity(text)) << text;
}

TEST(Text, NumbersAreReadWholeOrNotAtAll) {
  EXPECT_EQ(parseNumber("1e-3"), 1e-3);
  for (const char *text : {"", "1x", "nan", "inf", "1e999", " 1", "0x10", "--1"})
    EXPECT_FALSE(parseNumber(text)) << text;
  EXPECT_EQ(parseInteger("-7"), -7);
  for (const char *text : {"", "1.5", "9223372036854775808", "1 ", "+"})
    EXPECT_FALSE(parseInteger(text)) << text;
}

TEST(Text, SuggestsOnlyWhatIsClose) {
  EXPECT_EQ(suggestion("raet", {"rate", "width"}), ": did you mean `rate`?");
  EXPECT_EQ(suggestion("completely-else", {"rate", "width"}), "");
  EXPECT_EQ(suggestion(std::string(1 << 20, 'a'), {"rate"}), "");
}

TEST(Text, GroupsShapesBytesAndQuotes) {
  EXPECT_EQ(grouped(1234567), "1,234,567");
  EXPECT_EQ(grouped(-1234), "-1,234");
  EXPECT_EQ(grouped(999), "999");
  EXPECT_EQ(shapeText({-1, 28, 1}), "[b, 28, 1]");
  EXPECT_EQ(byteCount(1536), "1.5 KiB");
  EXPECT_EQ(shellQuoted("a/b.nn"), "a/b.nn");
  EXPECT_EQ(shellQuoted("a b's"), "'a b'\\''s'");
}
