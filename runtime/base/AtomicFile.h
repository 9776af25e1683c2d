// Writing that either succeeds as a whole or leaves what was there: a temporary file beside the target,
// synced, then renamed over it.
#ifndef NN_RUNTIME_BASE_ATOMICFILE_H
#define NN_RUNTIME_BASE_ATOMICFILE_H

#include "runtime/base/Result.h"

#include <string>
#include <string_view>
#include <vector>

namespace nnrt {

// The parts one after the other become the file's content. Of a symbolic link, the file behind it is
// replaced; pipes and devices are written to.
Status writeFileAtomically(const std::string &name, const std::vector<std::string_view> &parts);

// A file that grows by whole pieces: one that cannot be written completely is taken back.
class AppendFile {
public:
  static Result<AppendFile> create(const std::string &path);
  AppendFile(AppendFile &&other) noexcept;
  AppendFile &operator=(AppendFile &&other) noexcept;
  ~AppendFile();
  Status append(std::string_view text);

private:
  AppendFile(std::string path, int descriptor) : path(std::move(path)), descriptor(descriptor) {}
  std::string path;
  int descriptor;
  uint64_t length = 0;
};

} // namespace nnrt

#endif
