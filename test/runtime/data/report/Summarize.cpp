// A small table with everything that tables have, described; every number worked out by hand.
#include "runtime/base/TableText.h"
#include "runtime/data/report/Format.h"
#include "runtime/data/report/HtmlReport.h"
#include "runtime/data/report/JsonReport.h"
#include "runtime/data/report/TextReport.h"
#include "test/runtime/data/table/Program.h"

#include <sstream>

using namespace nnrt;
using namespace nntest;

namespace {

const Call median{"missing", {{"by", "median"}}}, mode{"missing", {{"by", "mode"}}},
    dropMissing{"missing", {{"by", "drop"}}}, carryOn{"missing", {{"by", "forward"}}};

constexpr const char *visitors = "Age,City,When,Weight,Kept\n"
                                 "20,Oslo,2015-03-31,70,0\n"
                                 ",<b>Rome</b>,2015-04-01,,1\n"
                                 "30,Oslo,2015-04-02 12:30:00,72,1\n"
                                 "20,Oslo,2015-03-31,70,0\n"
                                 "40,,2015-04-03,80,0\n"
                                 "50,Oslo,,81,1\n"
                                 "400,Bergen,2015-04-03,82,1\n";

void describeVisitors(TableProgram &program) {
  program.number("Age", {median});
  program.add("City", NN_FIELD_COLUMN, NN_CELL_CATEGORY, 3, {mode});
  program.add("When", NN_FIELD_COLUMN, NN_CELL_DATE, 0, {dropMissing});
  program.number("Weight", {carryOn});
  program.add("Kept", NN_FIELD_TARGET, NN_CELL_CLASS, 2);
}

// The first four rows that are left are train, the others test.
DataSummary summaryOf(TableProgram &program, const char *text, bool pictures = false) {
  auto read = program.read(text);
  EXPECT_TRUE(read) << messageOf(read);
  auto table = std::make_shared<const Table>(std::move(*read));
  Indices train, test;
  for (int64_t record = 0; record < table->records; ++record)
    (record < 4 ? train : test).push_back(record);
  DataSummary summary = summarize(
      program.get(), {{SplitName::train, {table, train}}, {SplitName::test, {table, test}}}, pictures);
  summary.cleaning = program.bad.cleaning;
  return summary;
}

} // namespace

TEST(Summarize, NumbersMissingCellsAndWhatCleaningDid) {
  TableProgram program;
  describeVisitors(program);
  DataSummary summary = summaryOf(program, visitors);
  EXPECT_EQ(summary.records(), 6);
  EXPECT_EQ(summary.cleaning.missingDropped, 1);
  EXPECT_EQ(summary.cleaning.carried, 1);
  EXPECT_EQ(summary.repeats.duplicates, 1);
  EXPECT_EQ(summary.repeats.leaked, 0);
  ASSERT_EQ(summary.fields.size(), 5u);
  const FieldSummary &age = summary.fields[0]; // 20, 20, 30, 40, 400
  EXPECT_EQ(age.type, "number");
  EXPECT_EQ(age.cells, 6);
  EXPECT_EQ(age.missing, 1);
  EXPECT_EQ(age.numbers->median, 30);
  EXPECT_EQ(age.numbers->mean, 102);
  EXPECT_EQ(age.numbers->outliers, 1);
  EXPECT_EQ(age.firstCells, (std::vector<std::string>{"20", "", "30", "20"}));
}

TEST(Summarize, ClassesCategoriesAndDates) {
  TableProgram program;
  describeVisitors(program);
  DataSummary summary = summaryOf(program, visitors);
  const FieldSummary &city = summary.fields[1], &when = summary.fields[2], &kept = summary.fields[4];
  EXPECT_EQ(city.type, "category(3)");
  EXPECT_EQ(city.missing, 1);
  ASSERT_EQ(city.classes.size(), 3u);
  EXPECT_EQ(city.classes[0].text, "<b>Rome</b>");
  EXPECT_EQ(city.classes[2].text, "Oslo");
  EXPECT_EQ(city.classes[2].counts, (std::vector<int64_t>{3, 0}));
  EXPECT_EQ(when.firstCells[2], "2015-04-02 12:30:00");
  EXPECT_EQ(kept.type, "class(2)");
  EXPECT_EQ(kept.classes[0].counts, (std::vector<int64_t>{2, 1}));
  EXPECT_EQ(kept.classes[1].counts, (std::vector<int64_t>{2, 1}));
}

TEST(Summarize, TheReportAsText) {
  TableProgram program;
  describeVisitors(program);
  DataSummary summary = summaryOf(program, visitors);
  EXPECT_EQ(textReport(summary), R"(data set set
  train       csv("f.csv")
  records     6: train 4, test 2
  duplicates  1 record (16.67%) equals one before in the fields read
  cleaning    1 row left out by missing(drop)
              1 missing cell filled from a row before by missing(forward)

field   type            missing
Age     number       1 (16.67%)
City    category(3)  1 (16.67%)
When    date
Weight  number
Kept    class(2)

field          min      median         max        mean     sd  outliers
Age             20          30         400         102  149.2         1
When    2015-03-31  2015-04-01  2015-04-03  2015-04-01
Weight          70          71          82          74  5.033

City         train         test
<b>Rome</b>      1  25.0%     0    0.0%
Bergen           0   0.0%     1  100.0%
Oslo             3  75.0%     0    0.0%

Kept  train         test
0         2  50.0%     1  50.0%
1         2  50.0%     1  50.0%

first records           1            2               3           4
Age                    20                           30          20
City                 Oslo  <b>Rome</b>            Oslo        Oslo
When           2015-03-31   2015-04-01  2015-04-02 12…  2015-03-31
Weight                 70           70              72          70
Kept                    0            1               1           0
)");
}

// Of a table with many columns of long names, in all parts.
TEST(Summarize, NoLineIsLongerThanATerminal) {
  TableProgram program;
  const std::string names[] = {"the_height_above_the_sea_in_metres", "the_date_of_the_first_measurement"};
  program.number(names[0].c_str());
  program.add(names[1].c_str(), NN_FIELD_COLUMN, NN_CELL_DATE);
  std::string text = names[0] + "," + names[1] + "\n";
  for (int i = 0; i < 20; ++i)
    text += "-12345." + std::to_string(1000 + i * i) + ",2015-03-" + std::to_string(10 + i) + "\n";
  DataSummary summary = summaryOf(program, text.c_str());
  summary.problem = "a long story of why the preprocessing of this data set cannot be fitted, with `names` "
                    "and with numbers";
  std::istringstream report(textReport(summary));
  int lines = 0;
  for (std::string line; std::getline(report, line); ++lines)
    EXPECT_LE(lengthOf(line), 80u) << line;
  EXPECT_GT(lines, 12);
}

// What is zero within rounding.
TEST(Summarize, RoundingIsNoNumber) {
  FieldSummary field;
  field.numbers = Numbers();
  field.numbers->smallest = -3;
  field.numbers->largest = 2;
  EXPECT_EQ(valueText(field, -1.688e-14), "0");
  EXPECT_EQ(valueText(field, -1.688e-6), "-1.688e-06");
  field.numbers->smallest = 1e-14;
  EXPECT_EQ(valueText(field, 1e-14), "1e-14");
}

TEST(Summarize, ThePageEscapesWhatTheFileHas) {
  TableProgram program;
  describeVisitors(program);
  std::string page = htmlReport("pro<gram", {summaryOf(program, visitors)});
  EXPECT_CONTAINS(page, "pro&lt;gram");
  EXPECT_CONTAINS(page, "&lt;b&gt;Rome&lt;/b&gt;");
  EXPECT_EQ(page.find("<b>"), std::string::npos);
}

TEST(Summarize, JsonHasTheNumbersInFull) {
  TableProgram program;
  describeVisitors(program);
  OrderedJson json = jsonReport(summaryOf(program, visitors));
  EXPECT_EQ(json["fields"][0]["q3"], 40);
  EXPECT_EQ(json["fields"][0]["missing"], 1);
  EXPECT_EQ(json["fields"][4]["classes"][1]["counts"]["test"], 1);
  EXPECT_EQ(json["cleaning"]["missing_dropped"], 1);
}

TEST(Summarize, DuplicatesThatAreDroppedAreTold) {
  TableProgram program;
  describeVisitors(program);
  program.data.drops_duplicates = 1;
  DataSummary summary = summaryOf(program, visitors);
  EXPECT_EQ(summary.records(), 5);
  EXPECT_EQ(summary.cleaning.duplicatesDropped, 1);
  EXPECT_EQ(summary.repeats.duplicates, 0);
}

// A column that carries values on, with its indicator, keeps flags beside the values: these are no values.
TEST(Summarize, FlagsTellWhatWasMissing) {
  TableProgram program;
  program.number("x", {{"missing", {{"by", "forward"}, {"indicator", "", 1}}}});
  DataSummary summary = summaryOf(program, "x\n10\n?\nNA\n40\n");
  EXPECT_EQ(summary.fields[0].cells, 4);
  EXPECT_EQ(summary.fields[0].missing, 2);
  EXPECT_EQ(summary.fields[0].numbers->smallest, 10);
  EXPECT_EQ(summary.fields[0].numbers->mean, 17.5);
}
