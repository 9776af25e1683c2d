// Reading files without surprises: only regular files, so that a name can neither block nor be endless.
#ifndef NN_RUNTIME_BASE_FILE_H
#define NN_RUNTIME_BASE_FILE_H

#include "runtime/base/Result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace nnrt {

class InputFile {
public:
  static Result<InputFile> open(const std::string &path);
  InputFile(InputFile &&other) noexcept;
  InputFile &operator=(InputFile &&other) noexcept;
  ~InputFile();

  const std::string &path() const { return name; }
  uint64_t size() const { return bytes; }
  // As many bytes as there are, at most `count`.
  Result<size_t> read(void *buffer, size_t count);
  // Exactly `count` bytes, or an error.
  Status readFully(void *buffer, size_t count);
  Status seek(uint64_t position);

private:
  InputFile() = default;
  std::string name;
  int descriptor = -1;
  uint64_t bytes = 0;
};

bool isDirectory(const std::string &path);
bool fileExists(const std::string &path);
// `a/b`; `b` when it is absolute or `a` is empty.
std::string joinPath(std::string_view directory, std::string_view path);
std::string absolutePath(const std::string &path);
std::string parentDirectory(const std::string &path);

// The text of a file of at most `limit` bytes.
Result<std::string> readText(const std::string &path, uint64_t limit);

// "`path`: what: reason of errno".
std::string systemMessage(const std::string &path, const std::string &what);

} // namespace nnrt

#endif
