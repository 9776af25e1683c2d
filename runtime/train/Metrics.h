// `metrics.csv` of a run: one number a row, in digits that read back to the same bits.
#ifndef NN_RUNTIME_TRAIN_METRICS_H
#define NN_RUNTIME_TRAIN_METRICS_H

#include "runtime/base/AtomicFile.h"

#include <cstdint>

namespace nnrt {

class MetricsFile {
public:
  static Result<MetricsFile> create(const std::string &path);

  // Rows are kept until they are flushed, so that a step does not wait for the disk.
  void add(int64_t step, int64_t epoch, const char *split, const std::string &name, const std::string &value);
  bool isFull() const { return pending.size() > (size_t(1) << 16); }
  Status flush();

private:
  explicit MetricsFile(AppendFile file) : file(std::move(file)) {}
  AppendFile file;
  std::string pending;
};

// A field of a CSV row: quoted when it has to be.
std::string csvField(const std::string &text);

} // namespace nnrt

#endif
