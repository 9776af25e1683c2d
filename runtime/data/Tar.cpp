// POSIX.1-1988 (ustar), the long names of GNU tar (types L, K), and POSIX.1-2001 (pax: types x, g). A member
// is a header of 512 bytes and its content, filled up to a multiple of 512; two blocks of zeros end the
// archive.
#include "runtime/data/Tar.h"

#include <algorithm>
#include <cstring>

using namespace nnrt;

namespace {

constexpr size_t blockBytes = 512;
constexpr uint64_t longestName = 1 << 16;
constexpr size_t growth = size_t(1) << 20;
constexpr int maxExtensions = 16;

// Where the parts of a header are.
struct Part {
  size_t offset, length;
};
constexpr Part namePart{0, 100}, sizePart{124, 12}, sumPart{148, 8}, magicPart{257, 6}, prefixPart{345, 155};
constexpr size_t typeOffset = 156;

std::string textOf(const uint8_t *block, Part part) {
  auto *text = reinterpret_cast<const char *>(block + part.offset);
  return std::string(text, strnlen(text, part.length));
}

// Octal digits, or, with the first bit set, big-endian binary.
std::optional<uint64_t> numberOf(const uint8_t *block, Part part) {
  const uint8_t *bytes = block + part.offset;
  uint64_t value = 0;
  if (bytes[0] & 0x80) {
    for (size_t i = 0; i < part.length; ++i) {
      uint8_t byte = i == 0 ? bytes[0] & 0x7f : bytes[i];
      if (value >> 56)
        return std::nullopt;
      value = value << 8 | byte;
    }
    return value;
  }
  size_t i = 0;
  while (i < part.length && bytes[i] == ' ')
    ++i;
  for (; i < part.length && bytes[i] != ' ' && bytes[i] != 0; ++i) {
    if (bytes[i] < '0' || bytes[i] > '7')
      return std::nullopt;
    value = value << 3 | uint64_t(bytes[i] - '0'); // at most 12 digits: 36 bits
  }
  return value;
}

// The sum of all bytes, its own taken as spaces.
bool hasSoundSum(const uint8_t *block) {
  std::optional<uint64_t> stored = numberOf(block, sumPart);
  uint64_t sum = 0;
  for (size_t i = 0; i < blockBytes; ++i)
    sum += i >= sumPart.offset && i < sumPart.offset + sumPart.length ? ' ' : block[i];
  return stored && *stored == sum;
}

bool isZero(const uint8_t *block) {
  return std::all_of(block, block + blockBytes, [](uint8_t byte) { return byte == 0; });
}

uint64_t paddingOf(uint64_t size) { return (blockBytes - size % blockBytes) % blockBytes; }

std::string pathOf(const uint8_t *block) {
  std::string name = textOf(block, namePart);
  // GNU's own format keeps times where the prefix of a ustar name is.
  bool isUstar = memcmp(block + magicPart.offset, "ustar\0", magicPart.length) == 0;
  std::string prefix = isUstar ? textOf(block, prefixPart) : "";
  return prefix.empty() ? name : prefix + "/" + name;
}

std::string withoutDots(std::string path) {
  while (path.substr(0, 2) == "./")
    path.erase(0, 2);
  while (path.size() > 1 && path.back() == '/')
    path.pop_back();
  return path.empty() ? "." : path;
}

// The oldest archives have folders that only a slash tells from files.
TarMember::Kind kindOf(char type, const std::string &path) {
  bool isFile = type == '0' || type == '7' || type == 0;
  bool isFolder = type == '5' || (isFile && !path.empty() && path.back() == '/');
  return isFolder ? TarMember::folder : isFile ? TarMember::file : TarMember::other;
}

} // namespace

bool nnrt::staysBelow(const std::string &path) {
  if (path.empty() || path[0] == '/' || path.find('\0') != std::string::npos)
    return false;
  for (size_t begin = 0; begin <= path.size();) {
    size_t end = std::min(path.find('/', begin), path.size());
    if (path.compare(begin, end - begin, "..") == 0)
      return false;
    begin = end + 1;
  }
  return true;
}

Error TarReader::damage(const std::string &what) const {
  return dataError("`" + archive + "`" + (current.empty() ? "" : ": after `" + current + "`") + ": " + what);
}

// Whether this is the first block and does not look like that of an archive. The oldest archives have no
// magic.
bool TarReader::beginsOther(const uint8_t *block, size_t count) const {
  bool hasMagic = count >= magicPart.offset + 5 && memcmp(block + magicPart.offset, "ustar", 5) == 0;
  return isFirst && !hasMagic;
}

Error TarReader::otherFile() const {
  return dataError("`" + archive + "` is neither a folder nor a tar archive");
}

// False at the end of the file.
Result<bool> TarReader::readBlock(uint8_t *block) {
  NNRT_ASSIGN(size_t got, source(block, blockBytes));
  if (got != 0 && got != blockBytes)
    return beginsOther(block, got) ? otherFile() : damage("the archive is truncated");
  return got != 0;
}

Status TarReader::skip(uint64_t count) {
  uint8_t buffer[8 * blockBytes];
  while (count > 0) {
    size_t piece = size_t(std::min<uint64_t>(count, sizeof buffer));
    NNRT_ASSIGN(size_t got, source(buffer, piece));
    if (got != piece)
      return damage("the archive is truncated");
    count -= piece;
  }
  return Done{};
}

Result<size_t> TarReader::readSome(void *buffer, size_t count) {
  auto piece = size_t(std::min<uint64_t>(left, count));
  NNRT_ASSIGN(size_t got, source(buffer, piece));
  if (got != piece)
    return damage("the archive is truncated");
  left -= piece;
  return piece;
}

Result<Bytes> TarReader::read(uint64_t limit) {
  if (left > limit)
    return damage("the member has " + std::to_string(left) + " bytes, more than the " +
                  std::to_string(limit) + " that are read");
  Bytes content;
  while (left > 0) {
    size_t old = content.size(), piece = size_t(std::min<uint64_t>(left, growth));
    content.resize(old + piece);
    NNRT_TRY(readSome(content.data() + old, piece));
  }
  return content;
}

// The text that is the content of this member.
Result<std::string> TarReader::readName() {
  NNRT_ASSIGN(Bytes content, read(longestName));
  NNRT_TRY(skip(padding));
  left = padding = 0;
  return std::string(content.begin(), content.end());
}

// Records `LENGTH KEY=VALUE\n`, the length that of the whole record.
Status TarReader::extendFromPax(const std::string &records, Extension &extension) {
  for (size_t begin = 0; begin < records.size();) {
    size_t digits = begin, length = 0;
    for (; digits < records.size() && isdigit(uint8_t(records[digits])) && length <= longestName; ++digits)
      length = length * 10 + size_t(records[digits] - '0');
    size_t equals = records.find('=', digits);
    if (digits == begin || length > records.size() - begin || records[digits] != ' ' ||
        equals == std::string::npos || equals >= begin + length || records[begin + length - 1] != '\n')
      return damage("a bad pax header");
    std::string key = records.substr(digits + 1, equals - digits - 1);
    std::string value = records.substr(equals + 1, begin + length - equals - 2);
    if (key == "path")
      extension.path = value;
    if (key == "size") {
      if (value.empty() || value.size() > 18 || value.find_first_not_of("0123456789") != std::string::npos)
        return damage("a bad pax header: size `" + value + "`");
      extension.size = std::stoull(value);
    }
    if (key.compare(0, 11, "GNU.sparse.") == 0)
      return damage("sparse members are not read");
    begin += length;
  }
  return Done{};
}

Status TarReader::extend(char type, Extension &extension) {
  NNRT_ASSIGN(std::string text, readName());
  if (type == 'L')
    extension.path = std::string(text.c_str()); // up to its zero
  if (type == 'x')
    return extendFromPax(text, extension);
  return Done{}; // K: the target of a link; g: of no name and no size
}

Status TarReader::checkEnd() {
  uint8_t block[blockBytes];
  NNRT_ASSIGN(bool isThere, readBlock(block));
  if (isThere && !isZero(block))
    return damage("one block of zeros stands between members");
  return Done{};
}

Result<TarMember> TarReader::memberOf(const uint8_t *block, const Extension &extension) {
  std::string path = extension.path.value_or(pathOf(block));
  char type = char(block[typeOffset]);
  TarMember member{withoutDots(path), extension.size.value_or(*numberOf(block, sizePart)),
                   kindOf(type, path)};
  if (!staysBelow(member.path))
    return damage("the path `" + member.path + "` leaves the archive");
  if (type == 'S')
    return damage("sparse members are not read");
  return member;
}

Result<std::optional<TarMember>> TarReader::next() {
  NNRT_TRY(skip(left));
  NNRT_TRY(skip(padding));
  left = padding = 0;
  Extension extension;
  for (int extensions = 0; extensions <= maxExtensions; ++extensions) {
    uint8_t block[blockBytes];
    NNRT_ASSIGN(bool isThere, readBlock(block));
    if (!isThere)
      return damage("the archive is truncated: its end is missing");
    if (isZero(block)) {
      NNRT_TRY(checkEnd());
      return std::optional<TarMember>();
    }
    std::optional<uint64_t> size = numberOf(block, sizePart);
    if (!hasSoundSum(block) || !size)
      return beginsOther(block, blockBytes) ? otherFile() : damage("a header is damaged");
    isFirst = false;
    char type = char(block[typeOffset]);
    left = *size;
    padding = paddingOf(*size);
    if (type == 'L' || type == 'K' || type == 'x' || type == 'g') {
      NNRT_TRY(extend(type, extension));
      continue;
    }
    NNRT_ASSIGN(TarMember member, memberOf(block, extension));
    current = member.path;
    left = member.size;
    padding = paddingOf(member.size);
    return std::optional(std::move(member));
  }
  return damage("too many headers for one member");
}
