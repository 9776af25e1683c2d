// How one source is divided into parts.
#include "compiler/sema/data/DataReader.h"

namespace nn::sema {

using typed::Call;
using typed::CallArgument;
using typed::Cell;
using typed::Element;
using typed::Field;

namespace {

// A share, where the argument is not a fold or a cell of the column that tells the part.
const double *shareIn(const Call &partition, const char *part) {
  const CallArgument *share = argumentOf(partition, part);
  bool isOther =
      part == std::string("test") && (argumentOf(partition, "column") || argumentOf(partition, "folds"));
  return share && share->number && !isOther ? &*share->number : nullptr;
}

} // namespace

// Parts of one source: by `partition`, or by shares of train, not by both.
void DataReader::checkPartition() {
  if (!data.partition) {
    if (seen.count("source"))
      evaluator.error(DiagnosticKind::DataWithoutTrain, decl.name.where,
                      {"data", decl.name.text, "partition"});
    if (data.validationShare > 0 || data.testShare > 0)
      checkNeighbours(seen.at(data.testShare > 0 ? "test" : "validation"));
    return;
  }
  Location where = seen.at("partition");
  for (const auto &[part, source] : parts())
    if (part != std::string("train") && seen.count(part))
      evaluator.error(DiagnosticKind::MixedSources, seen.at(part),
                      {"`" + std::string(part) + "` beside `partition`", "one of them"});
  checkShares(where);
  checkDivision(where);
}

void DataReader::checkShares(Location where) {
  double sum = 0;
  for (const char *part : {"train", "validation", "test"})
    if (const double *share = shareIn(*data.partition, part)) {
      sum += *share;
      if (*share == 0 && !argumentOf(*data.partition, part)->hyper)
        evaluator.error(DiagnosticKind::BadShare, where,
                        {"`" + std::string(part) + ": 0%`", "a part without it, or more than 0%"});
    }
  if (sum > 1 + 1e-9)
    evaluator.error(DiagnosticKind::BadShare, where,
                    {formatNumber(std::round(1e4 * sum) / 100) + "%", "at most 100%"});
}

// The ways to divide: which of them go together, and what fields they take.
void DataReader::checkDivision(Location where) {
  bool hasColumn = argumentOf(*data.partition, "column"), hasFolds = argumentOf(*data.partition, "folds");
  if ((hasColumn || hasFolds) && !argumentOf(*data.partition, "test"))
    evaluator.error(DiagnosticKind::MissingArgument, where, {"partition", "test"});
  const CallArgument *by = argumentOf(*data.partition, "by");
  for (const char *other : {"stratify", "group", "column", "folds"})
    if (by && argumentOf(*data.partition, other))
      evaluator.error(DiagnosticKind::MixedSources, where,
                      {"`by: " + by->text + "` beside `" + std::string(other) + "`", "one of them"});
  checkDividingField("stratify", where, "a field of `class(k)` or `category(k)`", [](const Field &field) {
    return field.type.element == Element::Label || field.cell == Cell::Category;
  });
  if (by && by->text != "order")
    checkDividingField("by", where, "`order` or a column of `date` or `number`", [](const Field &field) {
      return field.kind != typed::FieldKind::Plain && field.span == 1 &&
             (field.cell == Cell::Date || field.cell == Cell::Number);
    });
  if (!by)
    checkNeighbours(where);
}

void DataReader::checkDividingField(const char *argument, Location where, const char *expected,
                                    llvm::function_ref<bool(const Field &)> isGood) {
  const CallArgument *name = argumentOf(*data.partition, argument);
  auto index = name ? fieldNamed(name->text) : std::nullopt;
  if (index && !isGood(data.fields[*index]))
    evaluator.error(DiagnosticKind::PartitionField, where,
                    {"`" + std::string(argument) + ": " + name->text + "`", expected});
}

// What takes values from neighbouring rows needs parts that are stretches of rows.
void DataReader::checkNeighbours(Location where) {
  auto carries = [](const Call &step) {
    const CallArgument *by = step.name == "missing" ? argumentOf(step, "by") : nullptr;
    return by && by->text == "forward";
  };
  bool hasColumn = data.partition && argumentOf(*data.partition, "column");
  const char *drawn = hasColumn ? "told by a column" : "drawn at random";
  if (data.windows)
    evaluator.error(DiagnosticKind::PartsAtRandom, where, {"`windows`", drawn});
  else if (llvm::any_of(data.fields,
                        [&](const typed::Field &field) { return llvm::any_of(field.steps, carries); }))
    evaluator.error(DiagnosticKind::PartsAtRandom, where, {"`missing(forward)`", drawn});
}

} // namespace nn::sema
