// A reader of the part of Python's literals that NumPy writes: a dictionary of strings, booleans and a tuple
// of whole numbers.
#include "runtime/data/NpyHeader.h"
#include "runtime/base/Checked.h"
#include "runtime/data/RecordStore.h"
#include "runtime/base/Text.h"

#include <charconv>
#include <cstring>

using namespace nnrt;

namespace {

constexpr size_t maxRank = 32; // as in NumPy

class DictionaryReader {
public:
  explicit DictionaryReader(std::string_view text) : rest(text) {}

  bool take(char sign) {
    skipBlanks();
    bool found = !rest.empty() && rest[0] == sign;
    if (found)
      rest.remove_prefix(1);
    return found;
  }
  std::optional<std::string_view> quoted() {
    skipBlanks();
    if (rest.empty() || (rest[0] != '\'' && rest[0] != '"'))
      return std::nullopt;
    size_t end = rest.find(rest[0], 1);
    if (end == std::string_view::npos)
      return std::nullopt;
    std::string_view text = rest.substr(1, end - 1);
    rest.remove_prefix(end + 1);
    return text;
  }
  std::optional<bool> boolean() {
    skipBlanks();
    for (bool value : {false, true}) {
      std::string_view word = value ? "True" : "False";
      if (rest.substr(0, word.size()) == word) {
        rest.remove_prefix(word.size());
        return value;
      }
    }
    return std::nullopt;
  }
  // `(3, 4)`, `(3,)`, `()`.
  std::optional<std::vector<int64_t>> tuple() {
    std::vector<int64_t> values;
    if (!take('('))
      return std::nullopt;
    while (!take(')')) {
      skipBlanks();
      int64_t value;
      auto [end, failure] = std::from_chars(rest.data(), rest.data() + rest.size(), value);
      if (failure != std::errc() || values.size() == maxRank)
        return std::nullopt;
      rest.remove_prefix(size_t(end - rest.data()));
      values.push_back(value);
      if (!take(',') && (rest.empty() || rest[0] != ')'))
        return std::nullopt;
    }
    return values;
  }
  bool atEnd() {
    skipBlanks();
    return rest.empty();
  }

private:
  void skipBlanks() {
    while (!rest.empty() && strchr(" \t\n", rest[0]) && rest[0])
      rest.remove_prefix(1);
  }
  std::string_view rest;
};

struct Dictionary {
  std::optional<std::string_view> type;
  std::optional<bool> fortranOrder;
  std::optional<std::vector<int64_t>> shape;
};

// All three keys, nothing else.
std::optional<Dictionary> readDictionary(std::string_view text) {
  DictionaryReader reader(text);
  Dictionary result;
  if (!reader.take('{'))
    return std::nullopt;
  while (!reader.take('}')) {
    auto key = reader.quoted();
    if (!key || !reader.take(':'))
      return std::nullopt;
    bool good = false;
    if (*key == "descr")
      good = bool(result.type = reader.quoted());
    else if (*key == "fortran_order")
      good = bool(result.fortranOrder = reader.boolean());
    else if (*key == "shape")
      good = bool(result.shape = reader.tuple());
    if (!good)
      return std::nullopt;
    reader.take(',');
  }
  bool whole = result.type && result.fortranOrder && result.shape && reader.atEnd();
  return whole ? std::optional(result) : std::nullopt;
}

// `<f8`: byte order, kind, bytes.
bool readType(std::string_view type, NpyHeader &header) {
  constexpr std::string_view known[] = {"b1", "i1", "u1", "i2", "u2", "i4",
                                        "u4", "i8", "u8", "f2", "f4", "f8"};
  if (type.size() != 3 || !strchr("<>|=", type[0]) || !type[0])
    return false;
  for (std::string_view each : known)
    if (type.substr(1) == each) {
      header.kind = type[1];
      header.elementBytes = size_t(type[2] - '0');
      header.bigEndian = type[0] == '>';
      return true;
    }
  return false;
}

} // namespace

Result<NpyHeader> nnrt::parseNpyHeader(const std::string &name, std::string_view text) {
  auto dictionary = readDictionary(text);
  if (!dictionary)
    return dataError("`" + name +
                     "`: the NPY header does not give a type, an order and a shape of an array of "
                     "numbers");
  NpyHeader header;
  header.fortranOrder = *dictionary->fortranOrder;
  header.sizes = *dictionary->shape;
  if (!readType(*dictionary->type, header))
    return dataError("`" + name + "` is an array of type `" + std::string(dictionary->type->substr(0, 40)) +
                     "`, expected booleans, whole numbers or floats of at most 8 bytes");
  if (header.sizes.empty())
    return dataError("`" + name + "` is a single number, expected an array whose first axis counts records");
  Checked elements(1);
  for (size_t axis = 0; axis < header.sizes.size(); ++axis) {
    int64_t size = header.sizes[axis];
    if (size < 1)
      return dataError("`" + name + "`: axis " + std::to_string(axis + 1) + " has size " +
                       std::to_string(size) + ", expected at least 1");
    elements = elements * uint64_t(size);
  }
  // As doubles, the widest form of an element in memory.
  if (!(elements * sizeof(double)).atMost(mostRecordBytes()))
    return dataError("`" + name + "` claims shape " + shapeText(header.sizes) +
                     ", more than this machine's memory holds");
  header.elements = *elements.atMost(UINT64_MAX);
  return header;
}
