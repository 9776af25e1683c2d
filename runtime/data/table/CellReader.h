// The cells that one field of a data set takes from the records of a table: read, checked, and kept as
// compact as they are.
#ifndef NN_RUNTIME_DATA_TABLE_CELLREADER_H
#define NN_RUNTIME_DATA_TABLE_CELLREADER_H

#include "runtime/data/ColumnWriter.h"
#include "runtime/data/table/CellForm.h"
#include "runtime/data/table/CellNumber.h"

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

class CellReader {
public:
  // `tableBytes`: what a row takes in all columns of the table.
  static Result<CellReader> of(const nn_field &field, const MissingTokens &tokens, const std::string &origin,
                               uint64_t tableBytes);
  // So many rows are read before they are written.
  static int64_t rowsAtOnce(uint64_t tableBytes);
  // What a row takes of this field.
  static Result<uint64_t> rowBytes(const nn_field &field);

  int64_t span() const { return form.span; }
  // Where its cells begin in a record, and how messages call them.
  size_t first = 0;
  std::vector<std::string> names;
  // Whether a missing cell is no matter whatever the steps say, as a target's that is to be predicted.
  bool mayLackValues = false;
  bool hasDecimalComma = false; // numbers are written as `12,5`

  // Reads the cells of one record, behind which 16 bytes may be read. What is wrong with them goes into
  // `mistake`, without file and line. Nothing is kept yet.
  enum class Outcome { good, drop, bad };
  Outcome read(const std::vector<std::string_view> &cells, int64_t line, std::string &mistake) {
    if (arePlainNumbers && parsePlainCell(cells[first], *current))
      return Outcome::good;
    return readAll(cells, line, mistake);
  }
  // Keeps what was read last.
  void keep() {
    if (forwards)
      keepLast();
    current += rowWidth;
  }
  // The rows kept since the last time, [rows, width]: for their fingerprints, and to write them.
  const double *rows() const { return pending.data(); }
  int64_t width() const { return form.rawWidth(); }
  Status write();
  bool hasValues() const { return anyValue; }
  // Missing cells of the rows kept that have the value of a row before.
  int64_t carried() const { return carriedInAll; }
  Result<Column> finish();

private:
  using Writer = std::variant<ColumnWriter<double>, ColumnWriter<float>, ColumnWriter<uint8_t>>;
  CellReader(const nn_field &field, const MissingTokens &tokens, Writer writer)
      : field(field), tokens(tokens), values(std::move(writer)) {}
  Outcome readAll(const std::vector<std::string_view> &cells, int64_t line, std::string &mistake);
  void keepLast();
  Outcome readOne(std::string_view cell, size_t i, int64_t line, std::string &mistake);
  Outcome missing(size_t i, std::string &mistake);
  Outcome number(std::string_view cell, size_t i, std::string &mistake);
  Outcome label(std::string_view cell, size_t i, std::string &mistake);
  Outcome category(std::string_view cell, size_t i, int64_t line, std::string &mistake);
  Outcome date(std::string_view cell, size_t i, std::string &mistake);
  std::string cellName(size_t i) const;

  const nn_field &field;
  const MissingTokens &tokens;
  CellForm form;
  int64_t rowWidth = 1; // values of a row
  bool fills = false, drops = false, forwards = false;
  bool arePlainNumbers = false; // one a row, and no number stands for something else
  std::optional<double> code;
  Doubles pending, last;     // rows that are not written yet; what `forward` carries on
  double *current = nullptr; // this row, in `pending`
  Writer values;
  bool areBytes = true, anyValue = false;
  int64_t carriedNow = 0, carriedInAll = 0; // in the row read last, in all that are kept
  std::shared_ptr<Dictionary> dictionary;
  std::unordered_map<std::string, int64_t> places;
  int64_t recentPlaces[64] = {}; // the last by hash, so that few texts are found at once
};

} // namespace nnrt

#endif
