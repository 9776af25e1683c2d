// Numbers as text that reads back to the same bits, strict reading of numbers, and suggestions for misspelt
// names.
#ifndef NN_RUNTIME_BASE_TEXT_H
#define NN_RUNTIME_BASE_TEXT_H

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nnrt {

// The shortest digits that read back to the same value; `nan` (whatever its sign), `inf`, `-inf` otherwise.
std::string shortest(float value);
std::string shortest(double value);

// A few significant digits, for people.
std::string brief(double value);
// 1234567 as `1,234,567`.
std::string grouped(int64_t value);
// Bytes in the unit that fits.
std::string byteCount(uint64_t bytes);
// `256MB`, `1.5GiB`: B, and KB, MB, GB, TB of thousands, KiB, MiB, GiB, TiB of 1024.
std::optional<uint64_t> parseByteCount(std::string_view text);

// The whole text must be one finite number.
std::optional<double> parseNumber(std::string_view text);
// A number, or one with a unit as in a `.nn` file: `10%` is 0.1, `12deg` is in radians, `6min` in seconds.
std::optional<double> parseQuantity(std::string_view text);
std::optional<int64_t> parseInteger(std::string_view text);

// `[28, 28, 1]`; -1 is the batch, `b`.
std::string shapeText(const std::vector<int64_t> &shape);

// `: did you mean `x`?` when a candidate is close to the name, else empty.
std::string suggestion(std::string_view name, const std::vector<std::string> &candidates);

// A cell of a file between backticks, for a message: its first characters, in one line that prints whole.
std::string shownCell(std::string_view cell);

// As one word for a POSIX shell.
std::string shellQuoted(const std::string &word);

} // namespace nnrt

#endif
