// What is fitted on the first 40 rows of a table and made of all 60 is what scikit-learn and NumPy make of
// them (sklearn/make.py).
#include "runtime/data/table/CellFiller.h"
#include "runtime/data/table/RemoveOutliers.h"
#include "test/runtime/data/table/Program.h"

#include <cmath>
#include <map>

using namespace nnrt;
using namespace nntest;

namespace {

const std::string folder = NN_SOURCE_DIR "/test/runtime/data/table/sklearn/";

// Columns of numbers by name.
std::map<std::string, Doubles> readNumbers(const std::string &path) {
  auto reader = CsvReader::open(path, {});
  std::map<std::string, Doubles> columns;
  while (*reader->next())
    for (size_t i = 0; i < reader->header().size(); ++i)
      columns[reader->header()[i]].push_back(std::stod(std::string(reader->cells()[i])));
  return columns;
}

Indices firstRecords(int64_t count) { return Indices::all(count); }

// The finished values of a column that is fitted on the first 40 rows.
std::vector<Doubles> finished(const char *column, nn_cell cell, int64_t categories,
                              const std::vector<Call> &steps) {
  TableProgram program;
  program.add(column, NN_FIELD_COLUMN, cell, categories, steps);
  auto table = program.read(readBytes(folder + "table.csv"));
  EXPECT_TRUE(table) << messageOf(table);
  auto preprocess = Preprocess::of(program.get(), program.get().fields[0]);
  EXPECT_TRUE(preprocess) << messageOf(preprocess);
  Status fit = preprocess->fit(*table, 0, firstRecords(40));
  EXPECT_TRUE(fit) << messageOf(fit);
  CellFiller filler(table->columns[0], *preprocess);
  std::vector<Doubles> rows;
  for (int64_t record = 0; record < table->records; ++record) {
    rows.emplace_back(size_t(filler.width()));
    filler.finish(record, 0, rows.back().data());
  }
  return rows;
}

void expectAsStored(const std::string &name, const std::vector<Doubles> &rows) {
  auto expected = readNumbers(folder + "expected.csv");
  ASSERT_EQ(rows.size(), 60u);
  for (size_t k = 0; k < rows[0].size(); ++k) {
    const Doubles &column = expected[name + "_" + std::to_string(k)];
    ASSERT_EQ(column.size(), rows.size()) << name << k;
    for (size_t i = 0; i < rows.size(); ++i)
      EXPECT_NEAR(rows[i][k], column[i], 1e-9 * std::max(1.0, std::fabs(column[i]))) << name << " row " << i;
  }
  EXPECT_EQ(expected.count(name + "_" + std::to_string(rows[0].size())), 0u) << name << " has more columns";
}

Call missingBy(const char *word) { return {"missing", {{"by", word}}}; }

} // namespace

TEST(Fitted, ScalersAreThoseOfScikitLearn) {
  expectAsStored("zscore", finished("whole", NN_CELL_NUMBER, 0, {{"zscore"}}));
  expectAsStored("zscore_constant", finished("constant", NN_CELL_NUMBER, 0, {{"zscore"}}));
  expectAsStored("minmax", finished("whole", NN_CELL_NUMBER, 0, {{"minmax"}}));
  expectAsStored("minmax_symmetric",
                 finished("whole", NN_CELL_NUMBER, 0, {{"minmax", {{"low", "", -1}, {"high", "", 1}}}}));
  expectAsStored("minmax_constant", finished("constant", NN_CELL_NUMBER, 0, {{"minmax"}}));
  expectAsStored("robust", finished("skewed", NN_CELL_NUMBER, 0, {{"robust"}}));
  expectAsStored("log1p_zscore", finished("skewed", NN_CELL_NUMBER, 0, {{"log1p"}, {"zscore"}}));
}

TEST(Fitted, FillsAreThoseOfScikitLearn) {
  for (const char *word : {"mean", "median", "mode"})
    expectAsStored(std::string("missing_") + word, finished("holes", NN_CELL_NUMBER, 0, {missingBy(word)}));
  expectAsStored("missing_constant",
                 finished("holes", NN_CELL_NUMBER, 0, {{"missing", {{"constant", "", -1}}}}));
  expectAsStored("missing_indicator", finished("holes", NN_CELL_NUMBER, 0,
                                               {{"missing", {{"by", "median"}, {"indicator", "", 1}}}}));
  expectAsStored("missing_zscore", finished("holes", NN_CELL_NUMBER, 0, {missingBy("median"), {"zscore"}}));
}

TEST(Fitted, ClippingIsThatOfNumpy) {
  expectAsStored("clip_sd", finished("skewed", NN_CELL_NUMBER, 0, {{"clip", {{"sd", "", 1}}}}));
  expectAsStored("clip_iqr", finished("skewed", NN_CELL_NUMBER, 0, {{"clip", {{"iqr", "", 1.5}}}}));
}

TEST(Fitted, CategoriesAreThoseOfScikitLearn) {
  expectAsStored("one_hot", finished("city", NN_CELL_CATEGORY, 4, {}));
  expectAsStored("one_hot_mode", finished("town", NN_CELL_CATEGORY, 4, {missingBy("mode")}));
  expectAsStored("one_hot_numbers", finished("level", NN_CELL_CATEGORY, 4, {}));
}

namespace {

// A column of categories whose first records are the training part.
struct CategoryColumn {
  TableProgram program;
  Result<Table> table;
  Result<Preprocess> preprocess;
  Status fit = Done{};

  CategoryColumn(nn_field_kind kind, bool unknown, const std::string &cells, int64_t trained)
      : table(dataError("")), preprocess(dataError("")) {
    program.add("c", kind, NN_CELL_CATEGORY, 2).has_unknown = unknown;
    if (unknown && kind == NN_FIELD_TARGET)
      ++const_cast<nn_field &>(program.get().fields[0]).classes;
    table = program.read("c\n" + cells);
    preprocess = Preprocess::of(program.get(), program.get().fields[0]);
    fit = preprocess->fit(*table, 0, firstRecords(trained));
  }
  Status check() { return preprocess->check(table->columns[0], firstRecords(table->records)); }
  Doubles row(int64_t record) {
    CellFiller filler(table->columns[0], *preprocess);
    Doubles values(static_cast<size_t>(filler.width()));
    filler.finish(record, 0, values.data());
    return values;
  }
};

} // namespace

TEST(Categories, MoreThanDeclaredAreRefused) {
  CategoryColumn column(NN_FIELD_COLUMN, false, "a\nb\nc\n", 3);
  EXPECT_CONTAINS(messageOf(column.fit),
                  "column `c` has 3 different cells in the training part, the program declares "
                  "category(2): `a`, `b`, `c`");
}

TEST(Categories, ACellThatTrainingLacksIsAllZerosOrABucket) {
  CategoryColumn plain(NN_FIELD_COLUMN, false, "b\na\nzz\n", 2);
  EXPECT_TRUE(plain.check());
  EXPECT_EQ(plain.row(0), (Doubles{0, 1}));
  EXPECT_EQ(plain.row(2), (Doubles{0, 0}));
  CategoryColumn bucket(NN_FIELD_COLUMN, true, "b\na\nzz\n", 2);
  EXPECT_TRUE(bucket.check());
  EXPECT_EQ(bucket.row(2), (Doubles{0, 0, 1}));
}

TEST(Categories, AMissingCellIsNoneOfThem) {
  CategoryColumn plain(NN_FIELD_COLUMN, false, "b\n?\na\n", 3);
  EXPECT_TRUE(plain.fit) << messageOf(plain.fit);
  EXPECT_TRUE(plain.check());
  EXPECT_EQ(plain.row(1), (Doubles{0, 0}));
  EXPECT_EQ(plain.row(2), (Doubles{1, 0}));
}

TEST(Categories, ATargetThatTrainingLacksIsRefused) {
  CategoryColumn target(NN_FIELD_TARGET, false, "b\na\nzz\n", 2);
  EXPECT_EQ(target.row(0), (Doubles{1}));
  EXPECT_CONTAINS(messageOf(target.check()),
                  "`f.csv`: line 4: column `c`: the category `zz` is not in the training part");
  CategoryColumn bucket(NN_FIELD_TARGET, true, "b\na\nzz\n", 2);
  EXPECT_TRUE(bucket.check());
  EXPECT_EQ(bucket.row(2), (Doubles{2}));
}

TEST(Categories, VocabulariesGoThroughTheWeightsFile) {
  CategoryColumn trained(NN_FIELD_TARGET, false, "\"Zürich\"\nWien\n", 2);
  CategoryColumn other(NN_FIELD_TARGET, false, "Wien\n\"Zürich\"\n", 1);
  ASSERT_EQ(trained.preprocess->fitted().size(), 1u);
  EXPECT_EQ(trained.preprocess->fitted()[0].name, "data.set.c.categories");
  *other.preprocess->fitted()[0].values = *trained.preprocess->fitted()[0].values;
  EXPECT_EQ(other.row(0), (Doubles{0}));
  EXPECT_EQ(other.row(1), (Doubles{1}));
}

TEST(Outliers, LeaveTheTrainingPartOnlyAndBeforeTheRestIsFitted) {
  TableProgram program;
  program.number("x", {{"outliers", {{"iqr", "", 1.5}}}, {"zscore"}});
  program.number("y", {{"zscore"}});
  auto table = program.read("x,y\n1,1\n2,2\n3,3\n4,4\n100,900\n200,5\n");
  auto shared = std::make_shared<const Table>(std::move(*table));
  Split train{shared, firstRecords(5)};
  auto preprocessing = preprocessingOf({&program.get()});
  Status fit = fitPreprocessing(preprocessing->data(), train);
  ASSERT_TRUE(fit) << messageOf(fit);
  EXPECT_EQ(train.records, firstRecords(4));
  for (Preprocess &one : *preprocessing)
    EXPECT_EQ((*one.fitted()[0].values)[0], 2.5) << one.fitted()[0].name;
}

TEST(Outliers, ThatAreAllOfItAreRefused) {
  TableProgram program;
  program.number("x", {{"outliers", {{"sd", "", 0.5}}}});
  auto table = program.read("x\n1\n2\n");
  Split train{std::make_shared<const Table>(std::move(*table)), firstRecords(2)};
  auto preprocessing = preprocessingOf({&program.get()});
  EXPECT_CONTAINS(messageOf(fitPreprocessing(preprocessing->data(), train)), "leaves no record");
}

TEST(Cells, DatesAreSinesAndNumbersOfWideColumnsHaveTheirOwnScale) {
  TableProgram program({"csv", {{"", "f.csv"}, {"header", "", 0}}});
  program.add("when", NN_FIELD_COLUMN, NN_CELL_DATE, 0,
              {{"calendar", {{"first", "day"}, {"second", "week"}}}});
  program.number("x", {{"minmax"}}).span = 2;
  auto table = program.read("2026-11-23 06:00,1,10\n2026-11-23,3,30\n2026-11-23,2,15\n");
  auto preprocessing = preprocessingOf({&program.get()});
  ASSERT_TRUE(preprocessing) << messageOf(preprocessing);
  for (size_t i = 0; i < 2; ++i)
    ASSERT_TRUE((*preprocessing)[i].fit(*table, i, firstRecords(3)));
  Doubles when(4), x(2);
  CellFiller(table->columns[0], (*preprocessing)[0]).finish(0, 0, when.data());
  EXPECT_NEAR(when[0], 1, 1e-12);
  EXPECT_NEAR(when[3], std::cos(2 * M_PI * 0.25 / 7), 1e-12);
  CellFiller(table->columns[1], (*preprocessing)[1]).finish(2, 0, x.data());
  EXPECT_EQ(x, (Doubles{0.5, 0.25}));
}

TEST(Cells, ANumberThatStepsHaveNoValueForIsNamed) {
  TableProgram program;
  program.number("x", {{"log1p"}});
  auto table = program.read("x\n1\n-3\n");
  auto preprocess = Preprocess::of(program.get(), program.get().fields[0]);
  ASSERT_TRUE(preprocess->fit(*table, 0, firstRecords(1)));
  EXPECT_CONTAINS(messageOf(preprocess->check(table->columns[0], firstRecords(2))),
                  "record 2: column `x`: the steps have no value for -3");
}

// Fitting what a step has no value for would only tell of the whole column.
TEST(Cells, AValueThatCannotBeFittedIsNamed) {
  TableProgram program;
  program.number("x", {{"log1p"}, {"zscore"}});
  auto table = program.read("x\n1\n2\n-1\n");
  auto preprocess = Preprocess::of(program.get(), program.get().fields[0]);
  EXPECT_CONTAINS(messageOf(preprocess->fit(*table, 0, firstRecords(3))),
                  "record 3: column `x`: the steps have no value for -1");
}

// What a step has no value for is not missing: a later fill is for cells that are.
TEST(Cells, AFillIsForMissingCellsOnly) {
  TableProgram program;
  program.number("x", {{"log1p"}, missingBy("median")});
  auto table = program.read("x\n1\nNA\n3\n-2\n-1\n");
  auto preprocess = Preprocess::of(program.get(), program.get().fields[0]);
  ASSERT_TRUE(preprocess->fit(*table, 0, firstRecords(3)));
  EXPECT_TRUE(preprocess->check(table->columns[0], firstRecords(3)));
  EXPECT_CONTAINS(messageOf(preprocess->check(table->columns[0], firstRecords(5))),
                  "record 4: column `x`: the steps have no value for -2");
}

// Of whichever fill it is, and of cells that were missing before any.
TEST(Cells, AnIndicatorOfASecondFill) {
  auto valuesWith = [](const std::vector<Call> &steps) {
    TableProgram program;
    program.number("x", steps);
    auto table = program.read("x\nNA\n3\n2\nNA\n");
    auto preprocess = Preprocess::of(program.get(), program.get().fields[0]);
    EXPECT_TRUE(table && preprocess->fit(*table, 0, firstRecords(4)));
    CellFiller filler(table->columns[0], *preprocess);
    EXPECT_EQ(filler.width(), 2);
    Doubles values(8);
    for (int64_t record = 0; record < 4; ++record)
      filler.finish(record, 0, &values[size_t(2 * record)]);
    return values;
  };
  Call forward = missingBy("forward"), median = missingBy("median");
  Call forwardIndicated = forward, medianIndicated = median;
  forwardIndicated.arguments.push_back({"indicator", "", 1});
  medianIndicated.arguments.push_back({"indicator", "", 1});
  Call code = median;
  code.arguments.push_back({"code", "", 3});
  EXPECT_EQ(valuesWith({forward, medianIndicated}), (Doubles{2, 1, 3, 0, 2, 0, 2, 0}));
  EXPECT_EQ(valuesWith({forwardIndicated, median}), (Doubles{2, 1, 3, 0, 2, 0, 2, 1}));
  EXPECT_EQ(valuesWith({code, medianIndicated}), (Doubles{2, 1, 2, 1, 2, 0, 2, 1}));
}
