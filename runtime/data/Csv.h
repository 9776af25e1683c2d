// Records of separated text (CSV, TSV; RFC 4180), a record at a time in bounded memory: quoted cells with
// separators, line ends and doubled quotes in them, any line end, a byte order mark, gzip. Text is UTF-8.
// Blank lines are left out. Blanks around a cell that is not quoted do not count; where the separator is a
// blank, several in a row are one.
#ifndef NN_RUNTIME_DATA_CSV_H
#define NN_RUNTIME_DATA_CSV_H

#include "runtime/data/Gzip.h"

namespace nnrt {

struct CsvFormat {
  char separator = 0;  // 0: found from the first lines
  bool header = true;  // the first record names the columns
  int64_t skip = 0;    // lines before the header or the first record
  std::string comment; // a line that begins so is left out; empty: none does
};

// What the first complete lines of a text are separated by, `,` when nothing says otherwise.
char detectSeparator(std::string_view text, const std::string &comment);

class CsvReader {
public:
  static Result<CsvReader> open(const std::string &path, const CsvFormat &format);
  static Result<CsvReader> over(ByteReader bytes, const CsvFormat &format);

  const std::string &path() const { return bytes.path(); }
  char separator() const { return format.separator; }
  const std::vector<std::string> &header() const { return names; }

  // Reads the next record; false at the end. After an error that concerns one record only, the next call
  // goes on behind it.
  Result<bool> next();
  // Of the record read last, until the next call. cellMargin bytes behind each may be read.
  const std::vector<std::string_view> &cells() const { return texts; }
  // Where that record begins, from 1.
  int64_t line() const { return recordLine; }
  bool isBroken() const { return broken; }
  // An error at the record read last: "`path`: line N: …".
  Error mistake(const std::string &what) const;

private:
  struct Cell {
    Cell(size_t begin, size_t end, bool hasEscapes) : begin(begin), end(end), hasEscapes(hasEscapes) {}
    size_t begin, end; // from the record's begin
    size_t hasEscapes; // doubled quotes; as wide as its neighbours, so that all are copied at once
  };
  enum class Scan { record, needsMore, badQuote, tooLong, tooMany };

  CsvReader(ByteReader bytes, const CsvFormat &format) : bytes(std::move(bytes)), format(format) {}
  Status begin();
  Status readHeader();
  Result<bool> fill();
  Result<bool> findRecord();
  Result<bool> skipLine();
  Status finishRecord(bool badQuote);
  Status finishPlain();
  int64_t badByte() const;
  Status pass(int64_t badByte);
  bool isComment() const;
  bool scanPlainRecord();
  Scan scanRecord();
  Scan scanCell(size_t &at);
  Scan scanQuoted(size_t &at);
  size_t plainEnd(size_t at) const;
  void unescape();
  Error broke(const std::string &what);

  ByteReader bytes;
  CsvFormat format;
  std::vector<char> buffer;
  size_t position = 0, filled = 0; // what is not read yet: buffer[position, filled)
  bool atEnd = false, broken = false;
  std::vector<std::string> names;
  std::vector<Cell> found;
  std::vector<std::string_view> texts;
  int64_t nextLine = 1, recordLine = 0, recordLines = 0;
  size_t recordEnd = 0;  // behind its line end
  bool mayBeBad = false; // bytes that are not ASCII
};

constexpr size_t cellMargin = 16;
constexpr size_t maxCsvField = size_t(1) << 20, maxCsvRecord = size_t(16) << 20,
                 maxCsvCells = size_t(1) << 20;

} // namespace nnrt

#endif
