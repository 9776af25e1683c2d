// `data`: what the records of each data set are like, before anything is trained on them.
#include "runtime/base/AtomicFile.h"
#include "runtime/base/Text.h"
#include "runtime/cli/Commands.h"
#include "runtime/cli/Output.h"
#include "runtime/data/Preprocess.h"
#include "runtime/data/report/HtmlReport.h"
#include "runtime/data/report/JsonReport.h"
#include "runtime/data/report/TextReport.h"
#include "runtime/train/Hypers.h"

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

// Fits the preprocessing on the training part and holds it against the others, for what that says: how many
// records `outliers` leaves out, and why a training could not begin.
Status tryPreprocessing(const nn_data &data, const std::vector<Part> &parts, int64_t &outliers) {
  if (parts.empty() || parts[0].name != SplitName::train)
    return Done{};
  NNRT_ASSIGN(Preprocessing fields, preprocessingOf({&data}));
  Split train = parts[0].split;
  NNRT_TRY(fitPreprocessing(fields.data(), train));
  outliers = parts[0].split.size() - train.size();
  for (size_t i = 1; i < parts.size(); ++i)
    NNRT_TRY(checkPreprocessing(fields.data(), parts[i].split));
  return Done{};
}

Result<DataSummary> describe(const nn_data &data, const Options &options, ReadContext &context) {
  int64_t skippedBefore = context.bad.skipped;
  context.bad.cleaning = {};
  NNRT_ASSIGN(std::vector<Part> parts, loadPartsOf(data, options, context));
  DataSummary summary = summarize(data, parts, !options.html.empty());
  NNRT_TRY(recordFailure());
  summary.cleaning = context.bad.cleaning;
  summary.skipped = context.bad.skipped - skippedBefore;
  if (Status tried = tryPreprocessing(data, parts, summary.outliers); !tried)
    summary.problem = tried.error().message;
  return summary;
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
  HyperValues hypers(program);
  NNRT_TRY(hypers.setAll(options.set, options.executable));
  ReadContext context{uint64_t(options.seed.value_or(0)),
                      DataRoots::of(options.data, program),
                      hypers.all(),
                      {options.skipBad}};
  std::vector<DataSummary> summaries;
  for (const nn_data *data : sets) {
    NNRT_ASSIGN(DataSummary summary, describe(*data, options, context));
    summaries.push_back(std::move(summary));
  }
  context.bad.tellTotal();
  if (!options.html.empty())
    NNRT_TRY(writeFileAtomically(options.html, {htmlReport(program.name, summaries)}));
  printOut(options.json ? jsonOfAll(summaries) : textOfAll(summaries));
  NNRT_TRY(finishOutput());
  return int(exitOk);
}
