// The tar reader: whatever comes, no path leaves the archive, and no more is given than there was. Each input
// is also tried with the check sums of its headers made good, which few mutations would have.
#include "runtime/data/Tar.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

using namespace nnrt;

namespace {

void read(const std::string &bytes) {
  size_t position = 0;
  TarReader reader("input", [&](void *buffer, size_t count) -> Result<size_t> {
    size_t got = std::min(count, bytes.size() - position);
    if (got)
      memcpy(buffer, bytes.data() + position, got);
    position += got;
    return got;
  });
  uint64_t total = 0;
  while (true) {
    auto member = reader.next();
    if (!member || !*member)
      return;
    if (!staysBelow((*member)->path))
      abort();
    auto content = reader.read(1 << 20);
    if (!content)
      continue; // the next call finds the end
    total += content->size();
    if (total > bytes.size())
      abort();
  }
}

std::string withGoodSums(std::string bytes) {
  constexpr size_t block = 512, place = 148, width = 8;
  for (size_t at = 0; at + block <= bytes.size(); at += block) {
    if (bytes.compare(at + 257, 5, "ustar") != 0)
      continue;
    bytes.replace(at + place, width, width, ' ');
    unsigned sum = 0;
    for (size_t i = 0; i < block; ++i)
      sum += uint8_t(bytes[at + i]);
    char text[width + 1];
    snprintf(text, sizeof text, "%06o", sum);
    bytes.replace(at + place, 7, text, 7);
  }
  return bytes;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  std::string bytes(reinterpret_cast<const char *>(data), size);
  read(bytes);
  read(withGoodSums(bytes));
  return 0;
}
