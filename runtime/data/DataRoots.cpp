#include "runtime/data/DataRoots.h"
#include "runtime/base/File.h"

#include <cstdlib>

using namespace nnrt;

namespace {
std::string executableDirectory() { return parentDirectory(absolutePath("/proc/self/exe")); }
} // namespace

DataRoots DataRoots::of(const std::string &given, const nn_program &program) {
  DataRoots roots;
  if (!given.empty()) {
    roots.directories = {given};
    return roots;
  }
  if (const char *fromEnvironment = getenv("NN_DATA"); fromEnvironment && *fromEnvironment)
    roots.directories.push_back(fromEnvironment);
  roots.directories.push_back(executableDirectory());
  if (program.source_directory && *program.source_directory)
    roots.directories.push_back(program.source_directory);
  return roots;
}

Result<std::string> DataRoots::find(const std::string &path) {
  if (!path.empty() && path[0] == '/')
    return path;
  std::string looked;
  for (const std::string &directory : directories) {
    std::string candidate = joinPath(directory, path);
    if (fileExists(candidate) || isDirectory(candidate)) {
      if (used.empty())
        used = absolutePath(directory);
      return candidate;
    }
    if (looked.find("`" + directory + "`") == std::string::npos)
      looked += (looked.empty() ? "`" : ", `") + directory + "`";
  }
  return dataError("data file `" + path + "` not found; looked in " + looked +
                   " (name a directory with --data or NN_DATA)");
}
