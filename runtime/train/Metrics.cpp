// The quoting is RFC 4180's.
#include "runtime/train/Metrics.h"

using namespace nnrt;

std::string nnrt::csvField(const std::string &text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos)
    return text;
  std::string quoted = "\"";
  for (char c : text)
    quoted.append(c == '"' ? 2 : 1, c);
  return quoted + "\"";
}

Result<MetricsFile> MetricsFile::create(const std::string &path) {
  NNRT_ASSIGN(AppendFile file, AppendFile::create(path));
  MetricsFile metrics(std::move(file));
  metrics.pending = "step,epoch,split,name,value\n";
  NNRT_TRY(metrics.flush());
  return metrics;
}

void MetricsFile::add(int64_t step, int64_t epoch, const char *split, const std::string &name,
                      const std::string &value) {
  pending += std::to_string(step) + "," + std::to_string(epoch) + "," + split + "," + csvField(name) + "," +
             value + "\n";
}

Status MetricsFile::flush() {
  NNRT_TRY(file.append(pending));
  pending.clear();
  return Done{};
}
