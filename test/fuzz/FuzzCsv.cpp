// The CSV reader, with what it finds out by itself and with everything given.
#include "runtime/data/Csv.h"

#include <cstdlib>

using namespace nnrt;

namespace {

void readAll(std::string_view text, const CsvFormat &format) {
  auto bytes = ByteReader::over("input", text);
  if (!bytes)
    return;
  auto reader = CsvReader::over(std::move(*bytes), format);
  if (!reader)
    return;
  int64_t lastLine = 0;
  while (true) {
    auto any = reader->next();
    if (any && !*any)
      return;
    if (reader->line() < lastLine)
      abort(); // a reader that goes back would not end
    lastLine = reader->line();
    size_t total = 0;
    for (std::string_view cell : reader->cells())
      for (char c : cell)
        total += uint8_t(c);
    if (total > size_t(1) << 40)
      abort();
  }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  std::string_view text(reinterpret_cast<const char *>(data), size);
  readAll(text, {});
  readAll(text, {';', false, 1, "#"});
  readAll(text, {' ', false, 0, "//"});
  return 0;
}
