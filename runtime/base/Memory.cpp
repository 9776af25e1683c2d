// Linux tells in /proc/meminfo, and for control groups in files of each group, in the words of version 1 or 2
// (Documentation/filesystems/proc.rst, admin-guide/cgroup-v1/memory.rst, admin-guide/cgroup-v2.rst).
#include "runtime/base/Memory.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <sys/resource.h>

using namespace nnrt;

namespace {

using Amount = std::optional<uint64_t>;

void keepSmaller(Amount &least, Amount amount) {
  if (amount)
    least = std::min(least.value_or(UINT64_MAX), *amount);
}

// Calls visit with each line until it returns true.
template <class Visit> bool findLine(const std::string &path, Visit visit) {
  std::unique_ptr<FILE, int (*)(FILE *)> file(fopen(path.c_str(), "re"), fclose);
  char line[4096];
  while (file && fgets(line, sizeof line, file.get()))
    if (visit(line))
      return true;
  return false;
}

// The number behind a key at a line's begin; with an empty key a number that is the whole file.
Amount numberIn(const std::string &path, const std::string &key = "") {
  Amount number;
  findLine(path, [&](const char *line) {
    if (strncmp(line, key.c_str(), key.size()) != 0)
      return false;
    char *end;
    uint64_t value = strtoull(line + key.size(), &end, 10);
    if (end != line + key.size())
      number = value;
    return true;
  });
  return number;
}

Amount ofSystem(const std::string &root) {
  Amount available = numberIn(root + "/proc/meminfo", "MemAvailable:");
  if (!available)
    return std::nullopt;
  return (*available + numberIn(root + "/proc/meminfo", "SwapFree:").value_or(0)) * 1024;
}

// The words of one version of control groups.
struct GroupFiles {
  const char *mount, *limit, *usage, *cache;
};
constexpr GroupFiles version1{"/sys/fs/cgroup/memory", "/memory.limit_in_bytes", "/memory.usage_in_bytes",
                              "total_inactive_file "};
constexpr GroupFiles version2{"/sys/fs/cgroup", "/memory.max", "/memory.current", "inactive_file "};

// Pages of files that nobody used lately are given back before the limit is felt.
Amount ofGroup(const std::string &directory, const GroupFiles &files) {
  Amount limit = numberIn(directory + files.limit), usage = numberIn(directory + files.usage);
  if (!limit || !usage)
    return std::nullopt;
  uint64_t cache = numberIn(directory + "/memory.stat", files.cache).value_or(0);
  uint64_t used = *usage - std::min(*usage, cache);
  return *limit - std::min(*limit, used);
}

// A group is bound by the limits of all groups around it. In a container the path may be that of the host, of
// which only the end of the walk exists.
Amount ofGroups(const std::string &root, std::string path, const GroupFiles &files) {
  Amount least;
  for (;; path.erase(path.rfind('/'))) {
    keepSmaller(least, ofGroup(root + files.mount + path, files));
    if (path.find('/') == std::string::npos)
      return least;
  }
}

// Lines `4:memory:/path` (version 1) and `0::/path` (version 2).
Amount ofControlGroups(const std::string &root) {
  Amount least;
  findLine(root + "/proc/self/cgroup", [&](const char *line) {
    std::string text(line, strcspn(line, "\n"));
    size_t path = text.find(":/");
    if (path == std::string::npos)
      return false;
    std::string controllers = text.substr(text.find(':'), path - text.find(':')) + ",";
    if (text.compare(0, 3, "0::") == 0)
      keepSmaller(least, ofGroups(root, text.substr(path + 1), version2));
    else if (controllers.find(":memory,") != std::string::npos ||
             controllers.find(",memory,") != std::string::npos)
      keepSmaller(least, ofGroups(root, text.substr(path + 1), version1));
    return false;
  });
  return least;
}

Amount ofProcess() {
  rlimit limit;
  if (getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
    return std::nullopt;
  return uint64_t(limit.rlim_cur);
}

} // namespace

std::optional<uint64_t> nnrt::availableMemory(const std::string &root) {
  Amount least = ofSystem(root);
  keepSmaller(least, ofControlGroups(root));
  keepSmaller(least, ofProcess());
  return least;
}
