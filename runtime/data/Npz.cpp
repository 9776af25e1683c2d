#include "runtime/data/Npz.h"
#include "runtime/base/Text.h"
#include "runtime/data/Npy.h"

using namespace nnrt;

Result<Column> nnrt::readNpz(ZipArchive &archive, const std::string &array, uint64_t tableBytes) {
  std::vector<std::string> names;
  for (const ZipEntry &entry : archive.entries()) {
    if (entry.name == array + ".npy") {
      NNRT_ASSIGN(ZipArchive::Stream stream, archive.stream(entry));
      return readNpy(
          archive.path() + "/" + entry.name,
          [&](void *buffer, size_t count) { return stream.read(buffer, count); }, tableBytes);
    }
    size_t dot = entry.name.rfind(".npy");
    if (dot != std::string::npos && dot + 4 == entry.name.size())
      names.push_back(entry.name.substr(0, dot));
  }
  std::string list;
  for (size_t i = 0; i < names.size() && i < 10; ++i)
    list += (i ? ", `" : "`") + names[i] + "`";
  return dataError("`" + archive.path() + "` has no array `" + array + "`" + suggestion(array, names) +
                   "; it has " + (names.empty() ? "none" : list) + (names.size() > 10 ? ", …" : ""));
}
