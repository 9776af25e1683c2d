// Making a folder is the claim on its number: mkdir fails when another process was faster, and the next is
// tried.
#include "runtime/train/RunFolder.h"
#include "runtime/base/File.h"
#include "runtime/base/Text.h"
#include "runtime/train/Config.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <dirent.h>
#include <sys/stat.h>
#include <tuple>
#include <vector>

using namespace nnrt;

namespace {

struct Run {
  int64_t number;
  int64_t seconds, nanoseconds; // of the last change, between equal numbers
  std::string name;
};

// `<train>-0001`: the digits behind the last hyphen.
std::optional<int64_t> numberOf(const std::string &name) {
  size_t hyphen = name.rfind('-');
  if (hyphen == std::string::npos || name.size() - hyphen < 5 || name.size() - hyphen > 16)
    return std::nullopt;
  if (!std::all_of(name.begin() + long(hyphen) + 1, name.end(), [](unsigned char c) { return isdigit(c); }))
    return std::nullopt;
  return parseInteger(std::string_view(name).substr(hyphen + 1));
}

// Newest first.
std::vector<Run> listRuns(const std::string &directory) {
  std::vector<Run> runs;
  DIR *open = opendir(directory.c_str());
  if (!open)
    return runs;
  while (dirent *entry = readdir(open)) {
    struct stat info;
    auto number = numberOf(entry->d_name);
    if (number && stat(joinPath(directory, entry->d_name).c_str(), &info) == 0 && S_ISDIR(info.st_mode))
      runs.push_back({*number, info.st_mtim.tv_sec, info.st_mtim.tv_nsec, entry->d_name});
  }
  closedir(open);
  std::sort(runs.begin(), runs.end(), [](const Run &a, const Run &b) {
    return std::tie(a.number, a.seconds, a.nanoseconds, a.name) >
           std::tie(b.number, b.seconds, b.nanoseconds, b.name);
  });
  return runs;
}

Status makeDirectories(const std::string &path) {
  for (size_t slash = path.find('/', 1); slash != std::string::npos; slash = path.find('/', slash + 1))
    (void)mkdir(path.substr(0, slash).c_str(), 0777); // the last one reports what is wrong
  if (mkdir(path.c_str(), 0777) != 0 && !isDirectory(path))
    return writeError(systemMessage(path, "cannot create directory"));
  return Done{};
}

} // namespace

std::string nnrt::bestWeightsIn(const std::string &run) { return joinPath(run, "best.safetensors"); }
std::string nnrt::lastWeightsIn(const std::string &run) { return joinPath(run, "last.safetensors"); }
std::string nnrt::configIn(const std::string &run) { return joinPath(run, "config.json"); }
std::string nnrt::metricsIn(const std::string &run) { return joinPath(run, "metrics.csv"); }

Result<std::string> nnrt::createRunFolder(const std::string &directory, const std::string &train) {
  NNRT_TRY(makeDirectories(directory));
  std::vector<Run> runs = listRuns(directory);
  for (int64_t number = runs.empty() ? 1 : runs[0].number + 1;; ++number) {
    char digits[32];
    snprintf(digits, sizeof digits, "-%04lld", static_cast<long long>(number));
    std::string run = joinPath(directory, train + digits);
    if (mkdir(run.c_str(), 0777) == 0)
      return run;
    if (errno != EEXIST)
      return writeError(systemMessage(run, "cannot create directory"));
  }
}

Result<std::string> nnrt::newestRunFolder(const std::string &directory, const std::string &program,
                                          const std::string &train) {
  for (const Run &run : listRuns(directory)) {
    std::string path = joinPath(directory, run.name);
    if (!fileExists(configIn(path)) || !fileExists(bestWeightsIn(path)))
      continue;
    NNRT_ASSIGN(RunConfig config, readConfig(configIn(path))); // an older run would be another answer
    bool isOfTraining = train.empty() || config.train.empty() || config.train == train;
    if (config.program == program && isOfTraining)
      return path;
  }
  std::string what = (train.empty() ? "" : "training `" + train + "` of ") + ("`" + program + "`");
  return dataError("no run of " + what + " with weights in `" + directory +
                   "`: train first, or name another directory with --out, or a file with --weights");
}
