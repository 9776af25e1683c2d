// What a table looks like: how its file is laid out and what each column holds, from one walk over its
// records.
#ifndef NN_DRIVER_TABLEGUESS_H
#define NN_DRIVER_TABLEGUESS_H

#include "runtime/data/Csv.h"
#include "runtime/data/table/CellReader.h"

#include <set>

namespace nn {

struct ColumnGuess {
  std::string name;        // in the header, else ""
  bool isNameless = false; // the header has no name for it
  int64_t missing = 0, numbers = 0, wholes = 0, dates = 0, texts = 0;
  std::vector<bool> areThere{};         // the cells, of each row
  std::set<std::string> missingTexts{}; // besides empty cells
  std::set<std::string> others{};       // neither numbers nor dates, as long as they are few
  double low = 0, high = 0;             // of the numbers
  std::set<std::string> different{};    // cells, as long as they are few
  bool hasMany = false;                 // more than that
  bool counts = true;                   // each number is the one before and 1
  double firstDate = 0, lastDate = 0;
  bool datesRise = true, datesFall = true; // none is before, or behind, the one above

  int64_t present() const { return numbers + texts; }
  bool isNumber() const { return texts == 0 && numbers > 0; }
  bool isDate() const { return dates == present() && numbers < present(); }
  // Whether the rows are in the order of these dates, or in the opposite one.
  bool isTimeRising() const { return isDate() && datesRise && firstDate < lastDate; }
  bool isTimeFalling() const { return isDate() && datesFall && firstDate > lastDate; }
  void add(std::string_view cell, const nnrt::MissingTokens &tokens, bool hasDecimalComma);

private:
  void addDate(double value);
  void addText(std::string_view cell);
  void addNumber(double value);
};

constexpr size_t manyCells = 200;

struct TableGuess {
  nnrt::CsvFormat format;
  bool hasDecimalComma = false;
  bool hasYears = false; // as names of its columns
  std::string missing;   // the source's own texts, where the usual ones are not all
  int64_t rows = 0;
  std::vector<ColumnGuess> columns;
};

nnrt::Result<TableGuess> guessTable(const std::string &path);

} // namespace nn
#endif
