// The cells that one field of a data set takes from the records of a table: read, checked, and kept as
// compact as they are.
#ifndef NN_RUNTIME_DATA_TABLE_CELLREADER_H
#define NN_RUNTIME_DATA_TABLE_CELLREADER_H

#include "runtime/data/ColumnWriter.h"
#include "runtime/data/table/CellForm.h"

#include <memory>
#include <optional>
#include <string_view>
#include <unordered_map>

namespace nnrt {

// What stands for a missing cell besides an empty one.
struct MissingTokens {
  std::vector<std::string> texts = {"NA", "NaN", "nan", "null", "?"};
  bool haveNumber = false; // one of them reads as a number

  // Of a source's `missing: "?|-1"`.
  static MissingTokens of(std::string_view list);
  bool contains(std::string_view cell) const;
};

// A number as tables write it: the whole cell, finite or not.
std::optional<double> parseCell(std::string_view cell);
bool parseCell(std::string_view cell, double &value);

class CellReader {
public:
  // `tableBytes`: what a row takes in all columns of the table.
  static Result<CellReader> of(const nn_field &field, const MissingTokens &tokens, const std::string &origin,
                               uint64_t tableBytes);
  // What a row takes of this field.
  static Result<uint64_t> rowBytes(const nn_field &field);

  int64_t span() const { return form.span; }
  // Where its cells begin in a record, and how messages call them.
  size_t first = 0;
  std::vector<std::string> names;

  // Reads the cells of one record. What is wrong with them goes into `mistake`, without file and line.
  // Nothing is kept yet.
  enum class Outcome { good, drop, bad };
  Outcome read(const std::vector<std::string_view> &cells, int64_t line, std::string &mistake);
  // Keeps what was read last.
  Status keep();
  // For fingerprints of rows.
  const std::vector<double> &row() const { return current; }
  bool hasValues() const { return anyValue; }
  Result<Column> finish();

private:
  using Writer = std::variant<ColumnWriter<double>, ColumnWriter<float>, ColumnWriter<uint8_t>>;
  CellReader(const nn_field &field, const MissingTokens &tokens, Writer writer)
      : field(field), tokens(tokens), values(std::move(writer)) {}
  Outcome readOne(std::string_view cell, size_t i, int64_t line, std::string &mistake);
  Outcome missing(size_t i, std::string &mistake);
  Outcome number(std::string_view cell, size_t i, std::string &mistake);
  Outcome label(std::string_view cell, size_t i, std::string &mistake);
  Outcome category(std::string_view cell, size_t i, int64_t line, std::string &mistake);
  Outcome date(std::string_view cell, size_t i, std::string &mistake);
  std::string cellName(size_t i) const;
  Status flush();

  const nn_field &field;
  const MissingTokens &tokens;
  CellForm form;
  bool fills = false, drops = false, forwards = false;
  std::optional<double> code;
  std::vector<double> current, last; // of this row; what `forward` carries on
  Doubles pending;                   // rows that are not written yet
  Writer values;
  bool areBytes = true, anyValue = false;
  std::shared_ptr<Dictionary> dictionary;
  std::unordered_map<std::string, int64_t> places;
};

} // namespace nnrt

#endif
