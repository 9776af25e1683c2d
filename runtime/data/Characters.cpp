// UTF-8 is read strictly: no overlong forms, no surrogates, nothing above U+10FFFF.
#include "runtime/data/Characters.h"
#include "runtime/data/ColumnWriter.h"
#include "runtime/data/TextPieces.h"

#include <algorithm>
#include <cstdio>

using namespace nnrt;

namespace {

// Bytes of the character that begins at `text[at]`, 0 if it is none.
size_t decodeOne(std::string_view text, size_t at, uint32_t &value) {
  auto byte = [&](size_t i) { return uint32_t(uint8_t(text[at + i])); };
  uint32_t first = byte(0);
  size_t length = first < 0x80   ? 1
                  : first < 0xc2 ? 0
                  : first < 0xe0 ? 2
                  : first < 0xf0 ? 3
                  : first < 0xf5 ? 4
                                 : 0;
  if (length == 0 || at + length > text.size())
    return 0;
  value = length == 1 ? first : first & (0x7fu >> length);
  for (size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xc0) != 0x80)
      return 0;
    value = value << 6 | (byte(i) & 0x3f);
  }
  constexpr uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
  bool isSurrogate = value >= 0xd800 && value < 0xe000;
  return value < smallest[length] || isSurrogate || value > 0x10ffff ? 0 : length;
}

struct Extent {
  int64_t count = 0;
  uint32_t largest = 0;
};

template <class T> Result<Column> sequenceOf(const std::string &path, const EachValue &each) {
  constexpr size_t atATime = 4096;
  ColumnWriter<T> writer(path, {}, sizeof(T));
  std::vector<T> values;
  Status written = Done{};
  auto flush = [&] {
    if (written)
      written = writer.append(values.data(), int64_t(values.size()));
    values.clear();
  };
  NNRT_TRY(each([&](uint32_t value) {
    values.push_back(T(value));
    if (values.size() == atATime)
      flush();
  }));
  flush();
  NNRT_TRY(written);
  return writer.finish();
}

} // namespace

CodePoints nnrt::decodeUtf8(std::string_view text) {
  CodePoints codes;
  codes.values.reserve(text.size());
  for (size_t at = 0; at < text.size();) {
    uint32_t value = 0;
    size_t length = decodeOne(text, at, value);
    if (length == 0) {
      codes.badByte = int64_t(at);
      break;
    }
    codes.values.push_back(value);
    at += length;
  }
  return codes;
}

int64_t nnrt::badUtf8Byte(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    uint32_t value = 0;
    size_t length = decodeOne(text, at, value);
    if (length == 0)
      return int64_t(at);
    at += length;
  }
  return -1;
}

void nnrt::appendUtf8(std::string &text, uint32_t codePoint) {
  auto trail = [&](int shift) { text += char(0x80 | (codePoint >> shift & 0x3f)); };
  if (codePoint < 0x80) {
    text += char(codePoint);
  } else if (codePoint < 0x800) {
    text += char(0xc0 | codePoint >> 6), trail(0);
  } else if (codePoint < 0x10000) {
    text += char(0xe0 | codePoint >> 12), trail(6), trail(0);
  } else {
    text += char(0xf0 | codePoint >> 18), trail(12), trail(6), trail(0);
  }
}

std::string nnrt::characterText(uint32_t codePoint) {
  std::string text;
  appendUtf8(text, codePoint);
  char number[16];
  snprintf(number, sizeof number, "U+%04X", codePoint);
  bool isControl = codePoint < 0x20 || (codePoint >= 0x7f && codePoint < 0xa0);
  return isControl ? std::string(number) : "`" + text + "` (" + number + ")";
}

Error nnrt::notUtf8(const std::string &path, int64_t badByte) {
  return dataError("`" + path + "`: byte " + std::to_string(badByte) +
                   " does not belong to a character: the file must be UTF-8 text");
}

Result<Table> nnrt::windowTable(const std::string &path, const SequenceForm &form, const EachValue &each) {
  Extent extent;
  NNRT_TRY(each([&](uint32_t value) {
    ++extent.count;
    extent.largest = std::max(extent.largest, value);
  }));
  int64_t shifts = int64_t(form.columns) - 1;
  Table table;
  table.records = std::max<int64_t>(extent.count - shifts, 0) / form.window;
  if (table.records == 0)
    return dataError("`" + path + "` has " + std::to_string(extent.count) + " " + form.units +
                     ", one window needs " + std::to_string(form.window + shifts));
  // The narrowest type that holds all of them exactly.
  auto read = extent.largest < 256                   ? sequenceOf<uint8_t>
              : extent.largest < (uint32_t(1) << 24) ? sequenceOf<float>
                                                     : sequenceOf<double>;
  NNRT_ASSIGN(Column sequence, read(path, each));
  if (sequence.records() != extent.count)
    return dataError("`" + path + "` has changed while it was read");
  auto values = std::make_shared<const Column>(std::move(sequence));
  for (int64_t shift = 0; shift <= shifts; ++shift) {
    Column column{path, {form.window}, form.window};
    column.windows = Windows{values, shift, form.window, table.records};
    table.columns.push_back(std::move(column));
  }
  return table;
}

Result<Table> nnrt::readWindows(const std::string &path, int64_t window, uint32_t columns) {
  NNRT_ASSIGN(TextPieces text, TextPieces::open(path, TextPieces::Cut::character));
  return windowTable(path, {"characters", window, columns}, [&](const auto &use) -> Status {
    NNRT_TRY(text.rewind());
    while (true) {
      NNRT_ASSIGN(std::string_view piece, text.next());
      if (piece.empty())
        return Done{};
      for (uint32_t value : decodeUtf8(piece).values)
        use(value);
    }
  });
}
