#include "runtime/data/image/ImageLabels.h"
#include "runtime/base/Text.h"
#include "runtime/data/Csv.h"
#include "runtime/data/LabelText.h"
#include "runtime/data/NamedClasses.h"

#include <algorithm>
#include <cstdio>

using namespace nnrt;

namespace {

std::string fileName(const std::string &path) { return path.substr(path.rfind('/') + 1); }

// Where the cells of the fields are in a row.
Result<std::vector<size_t>> placesOf(const CsvReader &reader, const std::vector<const nn_field *> &fields) {
  const std::vector<std::string> &header = reader.header();
  std::vector<size_t> places;
  for (const nn_field *field : fields) {
    auto place = std::find(header.begin(), header.end(), field->source_name);
    if (place == header.end())
      return dataError("`" + reader.path() + "` has no column `" + field->source_name + "`" +
                       suggestion(field->source_name, header));
    if (place == header.begin())
      return dataError("`" + reader.path() + "`: column `" + field->source_name +
                       "` is the first, which has the names of the files");
    places.push_back(size_t(place - header.begin()));
  }
  return places;
}

std::string mistakeIn(const std::vector<std::string> &cells, const std::vector<const nn_field *> &fields) {
  for (size_t i = 0; i < fields.size(); ++i)
    if (std::string mistake = labelMistake(cells[i], *fields[i]); !mistake.empty())
      return mistake;
  return "";
}

} // namespace

Result<LabelTable> LabelTable::read(const std::string &path, const std::vector<const nn_field *> &fields,
                                    SkipBad &bad) {
  NNRT_ASSIGN(CsvReader reader, CsvReader::open(path, {}));
  NNRT_ASSIGN(std::vector<size_t> places, placesOf(reader, fields));
  LabelTable table;
  table.name = path;
  while (true) {
    Result<bool> more = reader.next();
    if (!more) {
      if (reader.isBroken())
        return more.error();
      NNRT_TRY(bad.skip(more.error()));
      continue;
    }
    if (!*more)
      return table;
    const std::vector<std::string_view> &cells = reader.cells();
    if (cells.size() != reader.header().size()) {
      NNRT_TRY(bad.skip(reader.mistake(std::to_string(cells.size()) + " cells for " +
                                       std::to_string(reader.header().size()) + " columns")));
      continue;
    }
    Row row;
    row.line = reader.line();
    for (size_t place : places)
      row.cells.emplace_back(cells[place]);
    if (std::string mistake = mistakeIn(row.cells, fields); !mistake.empty()) {
      NNRT_TRY(bad.skip(reader.mistake(mistake)));
      row.isSkipped = true;
    }
    if (!table.rows.emplace(std::string(cells[0]), std::move(row)).second)
      NNRT_TRY(bad.skip(reader.mistake("a second row for `" + std::string(cells[0]) + "`")));
  }
}

LabelTable::Row *LabelTable::find(const std::string &file) {
  for (const std::string &key : {file, fileName(file)})
    if (auto row = rows.find(key); row != rows.end())
      return &row->second;
  return nullptr;
}

void LabelTable::tellUnused(const std::string &place) const {
  int64_t unused = 0;
  const std::pair<const std::string, Row> *first = nullptr;
  for (const auto &row : rows)
    if (!row.second.hasPicture && !row.second.isSkipped) {
      ++unused;
      if (!first || row.second.line < first->second.line)
        first = &row;
    }
  if (first)
    fprintf(stderr, "note: `%s`: %lld of %zu rows name no picture of `%s`, the first is line %lld, `%s`\n",
            name.c_str(), (long long)unused, rows.size(), place.c_str(), (long long)first->second.line,
            first->first.c_str());
}

Column nnrt::labelColumn(const std::vector<std::string> &texts, bool areNumbers, const std::string &origin) {
  if (!areNumbers)
    return namedColumn(origin, texts);
  Doubles values;
  for (const std::string &text : texts)
    values.push_back(*parseNumber(text));
  return Column{origin, {}, 1, std::move(values)};
}
