#include "runtime/data/report/JsonReport.h"

using namespace nnrt;

namespace {

OrderedJson numbersJson(const Numbers &numbers) {
  return {
      {"min", numbers.smallest},
      {"q1", numbers.lowerQuartile},
      {"median", numbers.median},
      {"q3", numbers.upperQuartile},
      {"max", numbers.largest},
      {"mean", numbers.mean},
      {"sd", numbers.sd},
      {"histogram", {{"low", numbers.smallest}, {"width", numbers.binWidth}, {"counts", numbers.histogram}}}};
}

// Of each class its records in each part.
OrderedJson classesJson(const DataSummary &summary, const FieldSummary &field) {
  OrderedJson all = OrderedJson::array();
  for (const ClassCount &one : field.classes) {
    OrderedJson counts = OrderedJson::object();
    for (size_t part = 0; part < summary.parts.size(); ++part)
      counts[summary.parts[part].first] = one.counts[part];
    all.push_back({{"class", one.text}, {"counts", counts}});
  }
  return all;
}

OrderedJson fieldJson(const DataSummary &summary, const FieldSummary &field) {
  OrderedJson json = {
      {"name", field.name}, {"type", field.type}, {"cells", field.cells}, {"missing", field.missing}};
  if (field.numbers && field.numbers->count)
    json.update(numbersJson(*field.numbers));
  if (field.hasOutliers)
    json["outliers"] = field.numbers->outliers;
  if (!field.classes.empty())
    json["classes"] = classesJson(summary, field);
  json["first"] = field.firstCells;
  return json;
}

OrderedJson cleaningJson(const DataSummary &summary) {
  return {{"skipped", summary.skipped},
          {"missing_dropped", summary.cleaning.missingDropped},
          {"duplicates_dropped", summary.cleaning.duplicatesDropped},
          {"carried_forward", summary.cleaning.carried},
          {"outliers_dropped", summary.outliers}};
}

} // namespace

OrderedJson nnrt::jsonReport(const DataSummary &summary) {
  OrderedJson sources = OrderedJson::object(), parts = OrderedJson::object(), fields = OrderedJson::array();
  for (const auto &[name, source] : summary.sources)
    sources[name] = source;
  for (const auto &[name, records] : summary.parts)
    parts[name] = records;
  for (const FieldSummary &field : summary.fields)
    fields.push_back(fieldJson(summary, field));
  OrderedJson json = {{"name", summary.name},
                      {"sources", sources},
                      {"records", summary.records()},
                      {"parts", parts},
                      {"duplicates", summary.repeats.duplicates},
                      {"leaked", summary.repeats.leaked},
                      {"cleaning", cleaningJson(summary)}};
  if (summary.windowLength)
    json["window"] = summary.windowLength;
  if (!summary.problem.empty())
    json["problem"] = summary.problem;
  json["fields"] = fields;
  return json;
}
