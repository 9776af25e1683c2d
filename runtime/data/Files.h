// The files of a folder, or the members of a tar or tar.gz, alike.
#ifndef NN_RUNTIME_DATA_FILES_H
#define NN_RUNTIME_DATA_FILES_H

#include "runtime/base/Result.h"
#include "runtime/data/Table.h"
#include "runtime/data/Tar.h"

#include <functional>
#include <new>

namespace nnrt {

// What a single file may have.
constexpr uint64_t largestFile = uint64_t(1) << 28;

// Paths are relative to the folder or as the archive has them. A folder's come sorted by their bytes, an
// archive's in its order.
struct FileVisitor {
  std::function<bool(const std::string &path)> wants;
  std::function<Status(const std::string &path, Bytes content)> visit;
  // A file of a folder that cannot be read; without this it is an error.
  std::function<Status(const Error &error)> unreadable{};
};
Status visitFiles(const std::string &place, const FileVisitor &visitor);

// The same for files that may be large: their bytes are read as they are wanted.
struct StreamVisitor {
  std::function<bool(const std::string &path)> wants;
  std::function<Status(const std::string &path, const ReadBytes &bytes)> visit;
};
Status streamFiles(const std::string &place, const StreamVisitor &visitor);

// All files below a folder, in all depths, sorted; hidden ones (`.name`) are left out.
Result<std::vector<std::string>> listFolder(const std::string &folder);

// What `read` returns, or that the memory does not hold the file.
template <class Read> auto withinMemory(const std::string &file, const Read &read) -> decltype(read()) {
  try {
    return read();
  } catch (const std::bad_alloc &) {
    return dataError("`" + file + "`: there is not enough memory to read it");
  }
}

// The bytes of a file, at most `largestFile`.
Result<Bytes> readWhole(const std::string &path);

// One of the endings (`.png`), in small or capital letters.
bool endsWith(const std::string &path, const std::vector<std::string> &endings);
// The folder that a file lies in, only its own name: `cat` for `train/cat/1.png`, empty at the top.
std::string folderName(const std::string &path);

} // namespace nnrt

#endif
