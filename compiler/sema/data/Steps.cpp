// The preprocessing steps of a field, against what they work on.
#include "compiler/sema/data/DataReader.h"

namespace nn::sema {

using typed::Call;
using typed::CallArgument;
using typed::Field;

namespace {

const char *nameOf(unsigned subject) {
  return subject == OnClass      ? "of a class"
         : subject == OnCategory ? "of a category"
         : subject == OnDate     ? "of a date"
         : subject == OnNumber   ? "of a number"
                                 : "of these values";
}

// What a missing cell can become: of numbers anything, of categories no mean, and of what has no value that
// stands for all only another row's.
std::vector<std::string> fillsOf(unsigned subject) {
  if (subject == OnNumber)
    return {"mean", "median", "mode", "forward", "drop"};
  if (subject == OnCategory)
    return {"mode", "forward", "drop"};
  return {"forward", "drop"};
}

// One way to fill, that the subject has.
bool isGoodMissing(const Call &step, unsigned subject) {
  const CallArgument *by = argumentOf(step, "by"), *constant = argumentOf(step, "constant");
  if (bool(by) == bool(constant))
    return false;
  if (by)
    return llvm::is_contained(fillsOf(subject), by->text);
  return subject == OnCategory || (subject == OnNumber && constant->number);
}

bool dropsRows(const Call &step) {
  const CallArgument *by = step.name == "missing" ? argumentOf(step, "by") : nullptr;
  return by && by->text == "drop";
}

std::string expectedMissing(unsigned subject) {
  std::string list;
  for (const std::string &fill : fillsOf(subject))
    list += (list.empty() ? "`missing` with one of `" : ", `") + fill + "`";
  return list + (subject == OnNumber     ? ", `constant: 0`"
                 : subject == OnCategory ? ", `constant: \"…\"`"
                                         : "");
}

} // namespace

// What the step must be instead, or nothing.
std::optional<std::pair<std::string, std::string>>
DataReader::mistakeIn(const Call &step, const std::string &text, unsigned subject) const {
  if (!(findForm(stepForms(), step.name)->on & subject))
    return std::pair("`" + text + "` " + nameOf(subject),
                     subject == OnClass ? "a step of numbers" : "another step");
  if (subject != OnNumber && argumentOf(step, "indicator"))
    return std::pair("`indicator` of no number", "`missing` without it");
  if (step.name == "missing" && !isGoodMissing(step, subject))
    return std::pair("`" + text + "` " + nameOf(subject), expectedMissing(subject));
  if (step.name == "scale" && argumentOf(step, "factor")->number == 0.0)
    return std::pair("`" + text + "`, which leaves nothing of a value", "another factor");
  if (subject == OnNumber && argumentOf(step, "per"))
    return std::pair("`" + text + "` of a column", "`" + step.name + "` without `per`");
  return std::nullopt;
}

bool DataReader::readSteps(const ast::ColumnStmt &stmt, unsigned subject, Field &field) {
  bool good = true;
  for (const ast::ExprPtr &step : stmt.steps) {
    auto read = calls.read(*step, "preprocessing step", stepForms(), laterSteps());
    good &= read.has_value();
    if (!read)
      continue;
    if (data.windows && dropsRows(*read)) {
      evaluator.error(DiagnosticKind::GapInSeries, step->where,
                      {"`missing(drop)`", "`missing(forward)` or another fill"});
      good = false;
    } else if (auto mistake = mistakeIn(*read, evaluator.text(step->where), subject)) {
      evaluator.error(DiagnosticKind::StepOfClass, step->where, {mistake->first, mistake->second});
      good = false;
    } else if (read->name == "from") {
      field.sourceName = read->arguments[0].text;
    } else {
      field.steps.push_back(*read);
    }
  }
  return good;
}

} // namespace nn::sema
