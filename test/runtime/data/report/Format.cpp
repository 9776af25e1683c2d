// Numbers and texts as a reader sees them.
#include "runtime/base/TableText.h"
#include "runtime/data/report/Format.h"
#include "runtime/data/report/Html.h"

#include <cmath>
#include <gtest/gtest.h>

using namespace nnrt;

TEST(ReportFormat, FourSignificantDigits) {
  struct Case {
    double value;
    const char *text;
  };
  for (Case one : {Case{0, "0"}, Case{-0.0, "0"}, Case{28, "28"}, Case{0.42, "0.42"}, Case{29.69912, "29.7"},
                   Case{14.52650, "14.53"}, Case{-3.14159, "-3.142"}, Case{12345.678, "12346"},
                   Case{9999999, "9999999"}, Case{12345678, "1.235e+07"}, Case{0.000123456, "0.0001235"},
                   Case{0.0000123456, "1.235e-05"}, Case{999.96, "1000"}, Case{INFINITY, "inf"}})
    EXPECT_EQ(fourDigits(one.value), one.text);
}

TEST(ReportFormat, SharesAndCounts) {
  EXPECT_EQ(countAndShare(177, 891), "177 (19.87%)");
  EXPECT_EQ(countAndShare(0, 891), "");
  EXPECT_EQ(shareText(1, 3), "33.33%");
  EXPECT_EQ(shareText(0, 0), "0%");
}

TEST(ReportFormat, TextIsCutBetweenCharacters) {
  EXPECT_EQ(clipped("Zürich", 6), "Zürich");
  EXPECT_EQ(clipped("Zürich", 5), "Züri…");
  EXPECT_EQ(clipped("Zürich", 2), "Z…");
  EXPECT_EQ(clipped("a\nb\tc", 9), "a b c");
}

TEST(ReportFormat, ColumnsAreAsWideAsTheirCharacters) {
  EXPECT_EQ(tableText({{"é", "x"}, {"ab", "y"}}, {false, true}), "é   x\nab  y\n");
}

TEST(ReportFormat, RareClassesAreSummedUp) {
  FieldSummary field;
  for (int i = 0; i < 10; ++i)
    field.classes.push_back({std::to_string(i), {i, 1}});
  EXPECT_EQ(shownClasses(field, 8).classes.size(), 10u);
  ShownClasses shown = shownClasses(field, 3);
  ASSERT_EQ(shown.classes.size(), 3u);
  EXPECT_EQ(shown.classes[0].text, "9");
  EXPECT_EQ(shown.others, 7);
  EXPECT_EQ(shown.otherCounts, (std::vector<int64_t>{0 + 1 + 2 + 3 + 4 + 5 + 6, 7}));
}

TEST(ReportHtml, MarkupIsText) { EXPECT_EQ(escaped("<script>\"&'\n"), "&lt;script&gt;&quot;&amp;&#39; "); }

// The test vectors of RFC 4648.
TEST(ReportHtml, Base64) {
  EXPECT_EQ(base64(""), "");
  EXPECT_EQ(base64("f"), "Zg==");
  EXPECT_EQ(base64("fo"), "Zm8=");
  EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
  EXPECT_EQ(base64("\xff\xff\xff"), "////");
}
