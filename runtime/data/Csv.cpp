// A record is first scanned to its end, then its quotes are undone in place: until then the scan can start
// again with more bytes. The buffer has room for reading beyond its end, eight or sixteen bytes at a time.
// Most records have plain cells only, which are found in one tight loop.
#include "runtime/data/Csv.h"
#include "runtime/data/Characters.h"

#include <algorithm>
#include <cstring>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

using namespace nnrt;

namespace {

// Of a size that stays in a cache.
constexpr size_t firstBuffer = size_t(1) << 18, margin = cellMargin + 8;
constexpr uint64_t lows = 0x0101010101010101, highs = 0x8080808080808080;

uint64_t wordAt(const char *text) {
  uint64_t word;
  memcpy(&word, text, sizeof word);
  return word;
}

// The high bit of each byte that is zero, exact up to the first one.
uint64_t zeroBytes(uint64_t word) { return (word - lows) & ~word & highs; }

// Sixteen bytes, a bit each.
class Lane {
public:
#ifdef __SSE2__
  explicit Lane(const char *text) : bytes(_mm_loadu_si128(reinterpret_cast<const __m128i *>(text))) {}
  unsigned equal(char c) const {
    return unsigned(_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(c))));
  }
  unsigned beyondAscii() const { return unsigned(_mm_movemask_epi8(bytes)); }

private:
  __m128i bytes;
#else
  explicit Lane(const char *text) : low(wordAt(text)), high(wordAt(text + 8)) {}
  unsigned equal(char c) const {
    const uint64_t all = lows * uint8_t(c);
    return gathered(zeros(low ^ all)) | gathered(zeros(high ^ all)) << 8;
  }
  unsigned beyondAscii() const { return gathered(low & highs) | gathered(high & highs) << 8; }

private:
  static uint64_t zeros(uint64_t word) { return ~(((word & ~highs) + ~highs) | word | ~highs); }
  static unsigned gathered(uint64_t highBits) { return unsigned((highBits >> 7) * 0x0102040810204080 >> 56); }
  uint64_t low, high;
#endif
};

bool isAscii(std::string_view text) {
  uint64_t all = 0;
  size_t i = 0;
  for (; i + 8 <= text.size(); i += 8)
    all |= wordAt(text.data() + i);
  for (; i < text.size(); ++i)
    all |= uint8_t(text[i]);
  return !(all & highs);
}

bool isBlank(char c) { return c == ' ' || c == '\t'; }

} // namespace

Result<CsvReader> CsvReader::open(const std::string &path, const CsvFormat &format) {
  NNRT_ASSIGN(ByteReader bytes, ByteReader::open(path));
  return over(std::move(bytes), format);
}

Result<CsvReader> CsvReader::over(ByteReader bytes, const CsvFormat &format) {
  CsvReader reader(std::move(bytes), format);
  NNRT_TRY(reader.begin());
  return reader;
}

Error CsvReader::mistake(const std::string &what) const {
  return dataError("`" + path() + "`: line " + std::to_string(recordLine) + ": " + what);
}

Error CsvReader::broke(const std::string &what) {
  broken = true;
  return mistake(what);
}

Status CsvReader::begin() {
  size_t known = bytes.isPacked() ? firstBuffer : size_t(std::min<uint64_t>(bytes.fileSize(), firstBuffer));
  buffer.resize(known + 1 + margin);
  NNRT_TRY(fill());
  if (filled >= 3 && memcmp(buffer.data(), "\xef\xbb\xbf", 3) == 0)
    position = 3;
  for (int64_t i = 0; i < format.skip; ++i) {
    recordLine = nextLine;
    NNRT_ASSIGN(bool skipped, skipLine());
    if (!skipped)
      break;
  }
  if (!format.separator)
    format.separator = detectSeparator({&buffer[position], filled - position}, format.comment);
  return format.header ? readHeader() : Done{};
}

Status CsvReader::readHeader() {
  NNRT_ASSIGN(bool any, next());
  if (!any)
    return dataError("`" + path() + "` is empty: it has no header line");
  names.assign(texts.begin(), texts.end());
  return Done{};
}

// More bytes behind those not read yet, which move to the buffer's begin; false at the end of the file.
Result<bool> CsvReader::fill() {
  if (atEnd)
    return false;
  if (position > 0) {
    memmove(buffer.data(), &buffer[position], filled - position);
    filled -= position;
    position = 0;
  }
  if (filled + margin == buffer.size())
    buffer.resize((buffer.size() - margin) * 2 + margin);
  size_t room = buffer.size() - margin - filled;
  NNRT_ASSIGN(size_t got, bytes.read(&buffer[filled], room));
  filled += got;
  atEnd = got < room;
  return got > 0;
}

// Over one line, whatever it holds.
Result<bool> CsvReader::skipLine() {
  size_t from = position;
  while (true) {
    size_t at = from;
    while (at < filled && buffer[at] != '\n' && buffer[at] != '\r')
      ++at;
    bool whole = at + 1 < filled || (at < filled && (buffer[at] == '\n' || atEnd));
    if (whole) {
      position = at + (buffer[at] == '\r' && at + 1 < filled && buffer[at + 1] == '\n' ? 2 : 1);
      ++nextLine;
      return true;
    }
    if (filled - position > maxCsvRecord)
      return broke("the line is longer than " + std::to_string(maxCsvRecord >> 20) + " MiB");
    size_t seen = at - position;
    NNRT_ASSIGN(bool more, fill());
    from = position + seen;
    if (!more && atEnd && from == filled) {
      bool any = filled > position;
      position = filled;
      nextLine += any;
      return any;
    }
  }
}

bool CsvReader::isComment() const {
  const std::string &comment = format.comment;
  return !comment.empty() && filled - position >= comment.size() &&
         memcmp(&buffer[position], comment.data(), comment.size()) == 0;
}

// The first of separator, line end and the end of what is there.
size_t CsvReader::plainEnd(size_t at) const {
  const uint64_t separators = lows * uint8_t(format.separator);
  for (; at < filled; at += 8) {
    uint64_t word = wordAt(&buffer[at]);
    uint64_t hits =
        zeroBytes(word ^ separators) | zeroBytes(word ^ lows * '\n') | zeroBytes(word ^ lows * '\r');
    if (hits)
      return std::min(at + size_t(__builtin_ctzll(hits)) / 8, filled);
  }
  return filled;
}

// `at` stands behind the opening quote, and then behind the closing one.
CsvReader::Scan CsvReader::scanQuoted(size_t &at) {
  Cell cell{at - position, 0, false};
  while (true) {
    auto *quote = static_cast<const char *>(memchr(&buffer[at], '"', filled - at));
    size_t end = quote ? size_t(quote - buffer.data()) : filled;
    recordLines += std::count(&buffer[at], &buffer[end], '\n');
    if (end - position - cell.begin > maxCsvField)
      return Scan::tooLong;
    if (!quote || (end + 1 == filled && !atEnd)) {
      at = filled;
      return Scan::needsMore;
    }
    at = end + 1;
    if (at == filled || buffer[at] != '"') {
      cell.end = end - position;
      found.push_back(cell);
      return Scan::record;
    }
    cell.hasEscapes = true;
    ++at;
  }
}

// From `at` to the cell's separator or line end.
CsvReader::Scan CsvReader::scanCell(size_t &at) {
  while (at < filled && isBlank(buffer[at]) && buffer[at] != format.separator)
    ++at;
  if (at < filled && buffer[at] == '"') {
    if (Scan scan = scanQuoted(++at); scan != Scan::record)
      return scan;
    size_t behind = at;
    at = plainEnd(at);
    bool onlyBlanks = std::all_of(&buffer[behind], &buffer[at], isBlank);
    return at == filled && !atEnd ? Scan::needsMore : onlyBlanks ? Scan::record : Scan::badQuote;
  }
  size_t start = at;
  at = plainEnd(at);
  if (at - start > maxCsvField)
    return Scan::tooLong;
  if (at == filled && !atEnd)
    return Scan::needsMore;
  size_t end = at;
  while (end > start && isBlank(buffer[end - 1]))
    --end;
  found.emplace_back(start - position, end - position, false);
  return Scan::record;
}

// False where the record is anything but plain cells up to a line end that is there.
bool CsvReader::scanPlainRecord() {
  const char separator = format.separator;
  const char *const begin = &buffer[position], *const limit = buffer.data() + filled;
  const char *start = begin, *block = begin; // of a cell, and of what `hits` are in
  unsigned hits = 0, beyondAscii = 0;
  auto look = [&] {
    Lane lane(block);
    hits = lane.equal(separator) | lane.equal('\n') | lane.equal('\r');
    beyondAscii |= lane.beyondAscii();
  };
  texts.clear();
  if (separator == ' ' || begin >= limit)
    return false;
  for (look();; ++start) {
    if (*start == '"' || (isBlank(*start) && *start != separator))
      return false;
    for (; !hits; look())
      if ((block += 16) >= limit)
        return false;
    const char *end = block + __builtin_ctz(hits);
    hits &= hits - 1;
    if (end + 1 >= limit || size_t(end - begin) > maxCsvField || texts.size() == maxCsvCells)
      return false;
    const char *cellEnd = end;
    while (cellEnd > start && isBlank(cellEnd[-1]))
      --cellEnd;
    texts.emplace_back(start, size_t(cellEnd - start));
    start = end;
    if (*end != separator)
      break;
  }
  recordEnd = size_t(start - buffer.data()) + (*start == '\r' && start[1] == '\n' ? 2 : 1);
  recordLines = 1;
  mayBeBad = beyondAscii;
  return true;
}

CsvReader::Scan CsvReader::scanRecord() {
  found.clear();
  recordLines = 1;
  bool badQuote = false;
  const bool blankSeparated = format.separator == ' ';
  for (size_t at = position;;) {
    while (blankSeparated && at < filled && buffer[at] == ' ')
      ++at;
    Scan scan = scanCell(at);
    badQuote |= scan == Scan::badQuote;
    if (scan == Scan::needsMore || scan == Scan::tooLong)
      return scan;
    if (found.size() > maxCsvCells)
      return Scan::tooMany;
    size_t end = at;
    while (blankSeparated && end < filled && buffer[end] == ' ')
      ++end;
    bool trailing =
        blankSeparated && end > at && (end == filled || buffer[end] == '\n' || buffer[end] == '\r');
    if (trailing)
      at = end;
    if (at < filled && buffer[at] == format.separator) {
      ++at;
      continue;
    }
    if (!atEnd && (at == filled || (buffer[at] == '\r' && at + 1 == filled)))
      return Scan::needsMore;
    if (at < filled)
      at += buffer[at] == '\r' && at + 1 < filled && buffer[at + 1] == '\n' ? 2 : 1;
    recordEnd = at;
    return badQuote ? Scan::badQuote : Scan::record;
  }
}

// The cells as text. `""` in a quoted cell is `"`.
void CsvReader::unescape() {
  texts.clear();
  for (const Cell &cell : found) {
    char *begin = &buffer[position + cell.begin], *end = &buffer[position + cell.end];
    if (cell.hasEscapes) {
      char *out = begin;
      for (const char *in = begin; in < end; ++in) {
        *out++ = *in;
        if (*in == '"')
          ++in;
      }
      end = out;
    }
    texts.emplace_back(begin, size_t(end - begin));
  }
}

Result<bool> CsvReader::next() {
  while (true) {
    NNRT_ASSIGN(bool any, findRecord());
    if (!any)
      return false;
    bool isBlankLine = texts.size() == 1 && texts[0].empty() && recordLines == 1;
    if (!isBlankLine)
      return true;
  }
}

Result<bool> CsvReader::findRecord() {
  if (broken)
    return false;
  while (true) {
    recordLine = nextLine;
    while (filled - position < format.comment.size() + 1 && !atEnd)
      NNRT_TRY(fill());
    if (position == filled)
      return false;
    if (isComment()) {
      NNRT_TRY(skipLine());
      continue;
    }
    if (scanPlainRecord()) {
      NNRT_TRY(finishPlain());
      return true;
    }
    Scan scan = scanRecord();
    if (scan == Scan::tooMany)
      return broke("the record has more than " + std::to_string(maxCsvCells) + " cells");
    if (scan == Scan::tooLong)
      return broke("a cell is longer than " + std::to_string(maxCsvField >> 20) +
                   " MiB; is a closing `\"` missing?");
    size_t length = (scan == Scan::needsMore ? filled : recordEnd) - position;
    if (length > maxCsvRecord)
      return broke("the record is longer than " + std::to_string(maxCsvRecord >> 20) + " MiB");
    if (scan != Scan::needsMore) {
      NNRT_TRY(finishRecord(scan == Scan::badQuote));
      return true;
    }
    if (atEnd)
      return broke("the file ends inside a quoted cell: the closing `\"` is missing");
    NNRT_TRY(fill());
  }
}

// From 0, or -1 where the record is UTF-8.
int64_t CsvReader::badByte() const {
  std::string_view record(&buffer[position], recordEnd - position);
  return isAscii(record) ? -1 : badUtf8Byte(record);
}

Status CsvReader::pass(int64_t badByte) {
  position = recordEnd;
  nextLine += recordLines;
  if (badByte < 0)
    return Done{};
  return mistake("byte " + std::to_string(badByte + 1) +
                 " of the record does not belong to a character: the file must be UTF-8 text");
}

Status CsvReader::finishPlain() { return pass(mayBeBad ? badByte() : -1); }

Status CsvReader::finishRecord(bool badQuote) {
  int64_t bad = badByte();
  unescape();
  Status passed = pass(bad);
  return badQuote ? mistake("text follows the closing `\"` of a cell") : passed;
}
