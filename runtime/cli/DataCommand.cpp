// `data`: what the records of each data set are like, before anything is trained on them.
#include "runtime/base/AtomicFile.h"
#include "runtime/base/Text.h"
#include "runtime/cli/Commands.h"
#include "runtime/cli/Output.h"
#include "runtime/data/Preprocess.h"
#include "runtime/data/image/PngWrite.h"
#include "runtime/data/report/AugmentedSheet.h"
#include "runtime/data/report/HtmlReport.h"
#include "runtime/data/report/JsonReport.h"
#include "runtime/data/report/TextReport.h"
#include "runtime/train/Hypers.h"

#include <algorithm>
#include <iterator>

using namespace nnrt;

namespace {

Result<std::vector<const nn_data *>> chooseSets(const Options &options, const nn_program &program) {
  std::vector<const nn_data *> chosen;
  std::vector<std::string> names;
  std::string list;
  for (uint32_t i = 0; i < program.data_count; ++i) {
    const nn_data &data = program.data[i];
    names.push_back(data.name);
    list += (i ? ", `" : "`") + names.back() + "`";
    if (options.dataSet.empty() || options.dataSet == names.back())
      chosen.push_back(&data);
  }
  if (!chosen.empty())
    return chosen;
  if (names.empty())
    return usageError(std::string("`") + program.name + "` has no data set");
  std::string close = suggestion(options.dataSet, names);
  return usageError("unknown data set `" + options.dataSet + "`" +
                    (close.empty() ? "; there is " + list : close));
}

Result<std::vector<Part>> loadPartsOf(const nn_data &data, const Options &options, ReadContext &context) {
  if (!options.split)
    return loadParts(data, context);
  NNRT_ASSIGN(Split split, loadSplit(data, *options.split, context));
  std::vector<Part> parts;
  parts.push_back({*options.split, std::move(split)});
  return parts;
}

// The training part as a training has it.
struct Prepared {
  Preprocessing fields;
  Split train;
};

// Fits the preprocessing on the training part and holds it against the others: it fails where a training
// could not begin.
Result<Prepared> prepare(const nn_data &data, const std::vector<Part> &parts) {
  NNRT_ASSIGN(Preprocessing fields, preprocessingOf({&data}));
  Prepared prepared{std::move(fields), parts[0].split};
  NNRT_TRY(fitPreprocessing(prepared.fields.data(), prepared.train));
  NNRT_TRY(checkPreprocessing(prepared.fields.data(), prepared.train));
  for (size_t i = 1; i < parts.size(); ++i)
    NNRT_TRY(checkPreprocessing(prepared.fields.data(), parts[i].split));
  return prepared;
}

// Adds to `sheet` where one is asked for.
Result<DataSummary> describe(const nn_data &data, const Options &options, ReadContext &context,
                             SheetRows &sheet) {
  int64_t skippedBefore = context.bad.skipped;
  context.bad.cleaning = {};
  NNRT_ASSIGN(std::vector<Part> parts, loadPartsOf(data, options, context));
  DataSummary summary = summarize(data, parts, !options.html.empty());
  NNRT_TRY(recordFailure());
  summary.cleaning = context.bad.cleaning;
  summary.skipped = context.bad.skipped - skippedBefore;
  if (parts.empty() || parts[0].name != SplitName::train)
    return summary;
  Result<Prepared> prepared = prepare(data, parts);
  if (prepared)
    summary.outliers = parts[0].split.size() - prepared->train.size();
  else
    summary.problem = prepared.error().message;
  if (!options.augmented.empty() && hasAugmentations(data)) {
    if (!prepared)
      return prepared.error();
    NNRT_ASSIGN(SheetRows rows, augmentedRows(data, prepared->fields.data(), prepared->train, context.seed));
    std::move(rows.begin(), rows.end(), std::back_inserter(sheet));
  }
  return summary;
}

Status checkSheet(const std::vector<const nn_data *> &sets, const Options &options) {
  if (options.augmented.empty())
    return Done{};
  if (options.split && *options.split != SplitName::train)
    return usageError(
        "--augmented draws records of the training part, which alone is augmented; leave `--split " +
        std::string(textOf(*options.split)) + "` out");
  if (std::none_of(sets.begin(), sets.end(), [](const nn_data *data) { return hasAugmentations(*data); }))
    return usageError("--augmented has nothing to draw: no `augment` in " +
                      (sets.size() == 1 ? std::string("data set `") + sets[0]->name + "`"
                                        : std::string("the data sets of the program")));
  return Done{};
}

Status writeSheet(const std::string &path, const SheetRows &rows) {
  NNRT_ASSIGN(std::string png, encodePng(sheetOf(rows)));
  return writeFileAtomically(path, {png});
}

std::string textOfAll(const std::vector<DataSummary> &summaries) {
  std::string text;
  for (const DataSummary &summary : summaries)
    text += (text.empty() ? "" : "\n") + textReport(summary);
  return text;
}

std::string jsonOfAll(const std::vector<DataSummary> &summaries) {
  OrderedJson all = OrderedJson::array();
  for (const DataSummary &summary : summaries)
    all.push_back(jsonReport(summary));
  return jsonText({{"data", all}}) + "\n";
}

} // namespace

Result<int> nnrt::dataCommand(const Options &options, const nn_program &program) {
  NNRT_ASSIGN(std::vector<const nn_data *> sets, chooseSets(options, program));
  NNRT_TRY(checkSheet(sets, options));
  HyperValues hypers(program);
  NNRT_TRY(hypers.setAll(options.set, options.executable));
  ReadContext context{uint64_t(options.seed.value_or(0)),
                      DataRoots::of(options.data, program),
                      hypers.all(),
                      {options.skipBad}};
  std::vector<DataSummary> summaries;
  SheetRows sheet;
  for (const nn_data *data : sets) {
    NNRT_ASSIGN(DataSummary summary, describe(*data, options, context, sheet));
    summaries.push_back(std::move(summary));
  }
  context.bad.tellTotal();
  if (!options.html.empty())
    NNRT_TRY(writeFileAtomically(options.html, {htmlReport(program.name, summaries)}));
  if (!options.augmented.empty())
    NNRT_TRY(writeSheet(options.augmented, sheet));
  printOut(options.json ? jsonOfAll(summaries) : textOfAll(summaries));
  NNRT_TRY(finishOutput());
  return int(exitOk);
}
