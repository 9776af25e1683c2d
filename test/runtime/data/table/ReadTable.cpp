// From text to columns, and the message of each thing that can be wrong with a cell.
#include "test/runtime/data/table/Program.h"

#include <cmath>

using namespace nnrt;
using namespace nntest;

namespace {

const Call zeroForMissing{"missing", {{"constant", "", 0}}}, dropMissing{"missing", {{"by", "drop"}}},
    carryOn{"missing", {{"by", "forward"}}};
const Call noHeader{"csv", {{"", "f.csv"}, {"header", "", 0}}};

Doubles valuesOf(const Column &column) {
  Doubles values;
  for (int64_t i = 0; i < column.records() * column.width; ++i)
    values.push_back(column.at(i));
  return values;
}

std::string refusal(TableProgram &program, const std::string &text) {
  auto table = program.read(text);
  EXPECT_EQ(codeOf(table), exitData);
  return messageOf(table);
}

} // namespace

TEST(ReadTable, ColumnsAreFoundByName) {
  TableProgram program;
  program.number("b");
  program.number("renamed").source_name = "a";
  program.add("k", NN_FIELD_TARGET, NN_CELL_CLASS, 3);
  auto table = program.read("k,a,unused,b\n2,1.5,x,3\n0,-2e3,y,+4\n");
  ASSERT_TRUE(table) << messageOf(table);
  EXPECT_EQ(table->records, 2);
  EXPECT_EQ(valuesOf(table->columns[0]), (Doubles{3, 4}));
  EXPECT_EQ(valuesOf(table->columns[1]), (Doubles{1.5, -2000}));
  EXPECT_EQ(valuesOf(table->columns[2]), (Doubles{2, 0}));
  EXPECT_TRUE(std::holds_alternative<Stored<uint8_t>>(table->columns[2].values));
  EXPECT_TRUE(std::holds_alternative<Stored<double>>(table->columns[1].values));
}

TEST(ReadTable, ColumnsByPositionSpanAndSkip) {
  TableProgram program(noHeader);
  program.number("pixels").span = 2;
  program.add("_", NN_FIELD_SKIP, NN_CELL_NUMBER).span = 2;
  program.add("k", NN_FIELD_TARGET, NN_CELL_CLASS, 10);
  auto table = program.read("1,2,x,,9\n3,4,y,,8\n");
  ASSERT_TRUE(table) << messageOf(table);
  EXPECT_EQ(valuesOf(table->columns[0]), (Doubles{1, 2, 3, 4}));
  EXPECT_EQ(table->columns[0].width, 2);
  EXPECT_EQ(valuesOf(table->columns[2]), (Doubles{9, 8}));
  EXPECT_CONTAINS(refusal(program, "1,2,x,9\n"),
                  "`f.csv`: line 1 has 4 cells, the columns of data set `set` are 5");
}

TEST(ReadTable, NumbersAreReadAsTheStandardLibraryDoes) {
  for (const char *text : {"0",
                           "-0",
                           "1",
                           "123456789012345",
                           "1234567890123456",
                           "0.1",
                           "-17.25",
                           ".5",
                           "5.",
                           "1e5",
                           "1E-7",
                           "2.2250738585072014e-308",
                           "9007199254740993",
                           "0.000001",
                           "3.14159265358979",
                           "123456.789",
                           "999999999999999",
                           "1e308",
                           "4.9e-324",
                           "1e-400"}) {
    TableProgram program;
    program.number("x");
    auto table = program.read(std::string("x\n") + text + "\n");
    ASSERT_TRUE(table) << text << messageOf(table);
    EXPECT_EQ(table->columns[0].at(0), strtod(text, nullptr)) << text;
  }
}

TEST(ReadTable, WrongNumbersNameLineAndColumn) {
  TableProgram program;
  program.number("x");
  for (const char *text : {"abc", "1.2.3", "1,", "--1", "+-1", "0x10", "1 2", ".", "-", "1e"})
    EXPECT_CONTAINS(refusal(program, std::string("y,x\n1,2\n0,\"") + text + "\"\n"),
                    std::string("`f.csv`: line 3: column 2 (`x`): `") + text + "` is not a number");
  for (const char *text : {"inf", "-inf", "Infinity", "1e999"})
    EXPECT_CONTAINS(refusal(program, std::string("x\n") + text + "\n"),
                    std::string("line 2: column 1 (`x`): `") + text + "` is not a finite number");
}

TEST(ReadTable, NumbersFitTheProgramsFloats) {
  TableProgram program;
  program.number("x").input.dtype = NN_F32;
  for (const char *text : {"1e39", "-3.4028236e38"})
    EXPECT_CONTAINS(refusal(program, std::string("x\n") + text + "\n"),
                    std::string("line 2: column 1 (`x`): `") + text + "` is more than `f32` holds");
  EXPECT_EQ(program.read("x\n3.4028235e38\n")->columns[0].at(0), 3.4028235e38);
}

TEST(ReadTable, BlanksInQuotesAreNoneOfANumber) {
  TableProgram program;
  program.number("x", {{"missing", {{"by", "mean"}}}});
  program.add("k", NN_FIELD_COLUMN, NN_CELL_CLASS, 5);
  program.add("d", NN_FIELD_COLUMN, NN_CELL_DATE);
  auto table = program.read("x,k,d\n\" 4 \",\" 3\",\"2024-01-01 \"\n\" NA\",1,2024-01-02\n");
  ASSERT_TRUE(table) << messageOf(table);
  EXPECT_EQ(table->columns[0].at(0), 4);
  EXPECT_TRUE(std::isnan(table->columns[0].at(1)));
  EXPECT_EQ(table->columns[1].at(0), 3);
}

TEST(ReadTable, DecimalCommasAreReadWhereTheSourceSaysSo) {
  TableProgram program({"csv", {{"", "f.csv"}, {"decimal", "comma"}}});
  program.number("x");
  auto table = program.read("x;y\n1,5;0\n-2,25e1;0\n3;0\n,5;0\n");
  ASSERT_TRUE(table) << messageOf(table);
  EXPECT_EQ(valuesOf(table->columns[0]), (Doubles{1.5, -22.5, 3, 0.5}));
  for (const char *text : {"1.5", "1,5,0", ",", "1.000,5"})
    EXPECT_CONTAINS(refusal(program, std::string("x;y\n") + text + ";1\n"),
                    std::string("`") + text + "` is not a number");
  TableProgram plain;
  plain.number("x");
  EXPECT_CONTAINS(refusal(plain, "x;y\n1,5;0\n"),
                  "`1,5` is not a number; `decimal: comma` of `csv(…)` reads such ones");
}

TEST(ReadTable, MissingCellsNeedAStep) {
  TableProgram program;
  program.number("x");
  program.add("c", NN_FIELD_TARGET, NN_CELL_CATEGORY, 2);
  for (const char *cell : {"", "NA", "NaN", "nan", "null", "?"})
    EXPECT_CONTAINS(refusal(program, std::string("x,c\n1,a\n") + cell + ",b\n"),
                    "line 3: column 1 (`x`): the cell is missing; `|> missing(…)` says what to do: `median`");
  EXPECT_CONTAINS(refusal(program, "x,c\n1,?\n"),
                  "column 2 (`c`): the cell is missing; `|> missing(…)` says what to do: "
                  "`mode`, `constant: \"…\"`, `forward` or `drop`");
}

TEST(ReadTable, MissingIsNanWhateverStandsForIt) {
  TableProgram program({"csv", {{"", "f.csv"}, {"missing", "none|-9"}}});
  program.number("x", {{"missing", {{"by", "median"}, {"code", "", 0}}}});
  auto table = program.read("x,y\n1,\n0,\n,\nnone,\n-9.0,\n-9,\n");
  EXPECT_EQ(table->columns[0].at(0), 1);
  EXPECT_EQ(table->columns[0].at(4), -9);
  for (int64_t row : {1, 2, 3, 5})
    EXPECT_TRUE(std::isnan(table->columns[0].at(row))) << row;
  EXPECT_CONTAINS(refusal(program, "x,y\n?,\n"), "`?` is not a number");
  EXPECT_CONTAINS(refusal(program, "x,y\nnan,\n"), "`nan` is not a finite number");
}

TEST(ReadTable, DropLeavesRowsOutAndForwardCarriesOn) {
  TableProgram program;
  program.number("a", {dropMissing});
  program.number("b", {carryOn});
  auto table = program.read("a,b\n1,10\n,20\n3,\n4,\n5,50\n");
  ASSERT_TRUE(table) << messageOf(table);
  EXPECT_EQ(valuesOf(table->columns[0]), (Doubles{1, 3, 4, 5}));
  EXPECT_EQ(valuesOf(table->columns[1]), (Doubles{10, 10, 10, 50}));
  EXPECT_CONTAINS(refusal(program, "a,b\n1,\n2,3\n"),
                  "line 2: column 2 (`b`): the cell is missing, and no row before");
}

TEST(ReadTable, ForwardRemembersWhatWasMissing) {
  TableProgram program;
  program.number("a", {{"missing", {{"by", "forward"}, {"indicator", "", 1}}}});
  auto table = program.read("a,b\n1,\n,\n3,\n");
  ASSERT_TRUE(table) << messageOf(table);
  EXPECT_EQ(valuesOf(table->columns[0]), (Doubles{1, 0, 1, 1, 3, 0}));
}

TEST(ReadTable, LabelsOutOfRangeAreRefused) {
  TableProgram program;
  program.add("k", NN_FIELD_TARGET, NN_CELL_CLASS, 3);
  EXPECT_TRUE(program.read("k\n0\n2\n1.0\n"));
  for (const char *cell : {"3", "-1", "1.5"})
    EXPECT_CONTAINS(refusal(program, std::string("k\n") + cell + "\n"),
                    std::string("line 2: column 1 (`k`): label `") + cell + "` is not in class(3)");
  EXPECT_CONTAINS(refusal(program, "k\nyes\n"), "`category(3)` is for texts");
}

TEST(ReadTable, DatesAreSeconds) {
  TableProgram program;
  program.add("when", NN_FIELD_COLUMN, NN_CELL_DATE);
  auto table = program.read("when\n1/2/1981\n1981-01-02\n");
  EXPECT_EQ(valuesOf(table->columns[0]), (Doubles{4019.0 * 86400, 4019.0 * 86400}));
  EXPECT_CONTAINS(refusal(program, "when\n13/13/2000\n"), "`13/13/2000` is not a date as `2015-03-31`");
}

TEST(ReadTable, HeadersThatDoNotMatchAreRefused) {
  TableProgram program;
  program.number("Age");
  EXPECT_CONTAINS(refusal(program, "Agee,Sex\n1,2\n"),
                  "the header has no column `Age`: did you mean `Agee`?");
  EXPECT_CONTAINS(refusal(program, "Age,Age\n1,2\n"), "the header has 2 columns `Age`");
  program.add("_", NN_FIELD_SKIP, NN_CELL_NUMBER);
  EXPECT_CONTAINS(refusal(program, "Age,Sex\n1,2\n"), "`skip` is for columns by position");
}

TEST(ReadTable, RowsOfOtherLengthsAreBadRecords) {
  TableProgram program;
  program.number("a");
  const std::string text = "a,b\n1,2\n3\n4,5,6\nx,7\n8,9\n";
  EXPECT_CONTAINS(refusal(program, text), "`f.csv`: line 3: 1 cells, expected 2 as in the header");
  auto table = program.read(text, Purpose::training, 3);
  ASSERT_TRUE(table) << messageOf(table);
  EXPECT_EQ(valuesOf(table->columns[0]), (Doubles{1, 8}));
  EXPECT_EQ(program.bad.skipped, 3);
  EXPECT_CONTAINS(messageOf(program.read(text, Purpose::training, 2)),
                  "line 5: column 1 (`a`): `x` is not a number");
}

TEST(ReadTable, AColumnThatIsWhollyAbsentIsRefusedInTraining) {
  TableProgram program;
  program.number("a", {zeroForMissing});
  EXPECT_CONTAINS(refusal(program, "a,b\n,1\nNA,2\n"), "column `a` is missing in each of 2 rows");
  for (Purpose purpose : {Purpose::evaluation, Purpose::prediction})
    EXPECT_TRUE(program.read("a,b\n,1\nNA,2\n", purpose));
}

TEST(ReadTable, TargetsMayBeAbsentWhereOneForecasts) {
  TableProgram program;
  program.number("a");
  program.add("k", NN_FIELD_TARGET, NN_CELL_CLASS, 3);
  auto table = program.read("a,b\n1,2\n", Purpose::prediction);
  ASSERT_TRUE(table) << messageOf(table);
  EXPECT_EQ(table->columns[1].width, 0);
  EXPECT_CONTAINS(messageOf(program.read("a,b\n1,2\n")), "no column `k`");
  EXPECT_CONTAINS(messageOf(program.read("c,k\n1,2\n", Purpose::prediction)), "no column `a`");
}

TEST(ReadTable, DuplicatesGoOnlyWhenAsked) {
  TableProgram program;
  program.number("a");
  program.add("c", NN_FIELD_COLUMN, NN_CELL_CATEGORY, 2);
  const std::string text = "a,c,unused\n1,x,1\n1,y,2\n1,x,3\n2,x,4\n1.0,x,5\n";
  EXPECT_EQ(program.read(text)->records, 5);
  program.data.drops_duplicates = 1;
  auto table = program.read(text);
  EXPECT_EQ(table->records, 3);
  EXPECT_EQ(valuesOf(table->columns[0]), (Doubles{1, 1, 2}));
  EXPECT_EQ(valuesOf(table->columns[1]), (Doubles{1, 2, 1}));
}

// Among many more rows than are compared at a time, one of them very frequent.
TEST(ReadTable, DuplicatesOfATableOnDiskAreThoseInMemory) {
  TableProgram program;
  program.number("a");
  program.data.drops_duplicates = 1;
  std::string text = "a\n";
  for (int64_t i = 0; i < 30000; ++i)
    text += std::to_string(i % 5 == 4 ? 7 : i * 7919 % 20011) + "\n";
  auto inMemory = program.read(text);
  ASSERT_TRUE(inMemory) << messageOf(inMemory);
  TemporaryFolder folder;
  limitRecordMemory(1 << 16, folder.path());
  auto onDisk = program.read(text);
  limitRecordMemory(0, "");
  ASSERT_TRUE(onDisk) << messageOf(onDisk);
  EXPECT_TRUE(onDisk->columns[0].isSpilled());
  EXPECT_LT(onDisk->records, 20012);
  EXPECT_EQ(valuesOf(onDisk->columns[0]), valuesOf(inMemory->columns[0]));
}

TEST(ReadTable, WindowsHaveTheRowsAndThoseThatFollow) {
  TableProgram program;
  program.number("x");
  program.add("y", NN_FIELD_TARGET, NN_CELL_NUMBER);
  program.data.windows =
      program.make({"windows", {{"length", "", 3}, {"horizon", "", 2}, {"stride", "", 2}}});
  std::string text = "x,y\n";
  for (int i = 0; i < 8; ++i)
    text += std::to_string(i) + "," + std::to_string(10 + i) + "\n";
  auto table = program.read(text);
  ASSERT_TRUE(table) << messageOf(table);
  EXPECT_EQ(table->records, 2);
  EXPECT_EQ(valuesOf(table->columns[0]), (Doubles{0, 1, 2, 2, 3, 4}));
  EXPECT_EQ(valuesOf(table->columns[1]), (Doubles{13, 14, 15, 16}));
  EXPECT_EQ(table->columns[0].shape, (std::vector<int64_t>{3, 1}));
  EXPECT_CONTAINS(refusal(program, "x,y\n1,2\n1,3\n"), "has 2 rows, one window needs 5");
  auto forecast = program.read("x\n1\n2\n3\n", Purpose::prediction);
  EXPECT_EQ(forecast->records, 1);
}

// Every window of columns is one to predict for, the last of them too, behind which nothing is known.
TEST(ReadTable, AForecastReachesBeyondTheEnd) {
  TableProgram program;
  program.number("x");
  program.number("y").kind = NN_FIELD_TARGET;
  program.add("c", NN_FIELD_TARGET, NN_CELL_CATEGORY, 2);
  program.data.windows = program.make({"windows", {{"length", "", 2}, {"horizon", "", 2}}});
  auto table = program.read("x,y,c\n1,10,a\n2,20,b\n3,30,a\n4,40,b\n", Purpose::prediction);
  ASSERT_TRUE(table) << messageOf(table);
  EXPECT_EQ(table->records, 3);
  EXPECT_EQ(valuesOf(table->columns[0]), (Doubles{1, 2, 2, 3, 3, 4}));
  Doubles targets = valuesOf(table->columns[1]);
  EXPECT_EQ(Doubles(targets.begin(), targets.begin() + 3), (Doubles{30, 40, 40}));
  for (size_t i : {3, 4, 5})
    EXPECT_TRUE(std::isnan(targets[i]));
  EXPECT_EQ(valuesOf(table->columns[2]), (Doubles{1, 2, 2, 0, 0, 0}));
  EXPECT_EQ(program.read("x,y,c\n1,10,a\n2,20,b\n", Purpose::prediction)->records, 1);
  EXPECT_CONTAINS(refusal(program, "x,y,c\n1,10,a\n2,20,b\n"), "has 2 rows, one window needs 4");
}

// The last window to forecast from ends with the file.
TEST(ReadTable, AForecastWithAStride) {
  TableProgram program;
  program.number("x");
  program.number("y").kind = NN_FIELD_TARGET;
  program.data.windows = program.make({"windows", {{"length", "", 2}, {"stride", "", 3}}});
  const std::string text = "x,y\n1,10\n2,20\n3,30\n4,40\n5,50\n6,60\n";
  auto table = program.read(text, Purpose::prediction);
  ASSERT_TRUE(table) << messageOf(table);
  EXPECT_EQ(valuesOf(table->columns[0]), (Doubles{2, 3, 5, 6}));
  EXPECT_EQ(valuesOf(table->columns[1])[0], 40);
  EXPECT_EQ(valuesOf(program.read(text)->columns[0]), (Doubles{1, 2, 4, 5}));
}

TEST(ReadTable, WhatIsToBePredictedMayBeMissing) {
  TableProgram program;
  program.number("x");
  program.number("y", {{"missing", {{"by", "drop"}}}}).kind = NN_FIELD_TARGET;
  program.add("k", NN_FIELD_TARGET, NN_CELL_CLASS, 2);
  auto table = program.read("x,y,k\n1,,\n2,3,1\n", Purpose::prediction);
  ASSERT_TRUE(table) << messageOf(table);
  EXPECT_EQ(table->records, 2);
  EXPECT_TRUE(std::isnan(table->columns[1].at(0)));
  EXPECT_EQ(table->columns[1].at(1), 3);
  EXPECT_EQ(valuesOf(table->columns[2]), (Doubles{0, 1}));
  EXPECT_TRUE(program.read("x,y,k\n1,,\n", Purpose::prediction));
  EXPECT_CONTAINS(refusal(program, "x,y,k\n1,2,\n"), "column 3 (`k`): the cell is missing");
  EXPECT_CONTAINS(messageOf(program.read("x,y,k\n,2,1\n", Purpose::prediction)),
                  "column 1 (`x`): the cell is missing");
}
