// The executables that the end-to-end tests drive, and the data they read.
#ifndef NN_TEST_RUNTIME_CLI_EXECUTABLES_H
#define NN_TEST_RUNTIME_CLI_EXECUTABLES_H

#include "test/runtime/Support.h"

#include <algorithm>

namespace nntest {

// `fake-points train classify --epochs 2` in a folder.
inline Outcome points(const TemporaryFolder &folder, std::vector<std::string> words) {
  words.insert(words.begin(), NN_TEST_BIN "/fake-points");
  return run({words, folder.path()});
}

inline Outcome idx(const TemporaryFolder &folder, std::vector<std::string> words,
                   std::vector<std::string> environment = {}) {
  words.insert(words.begin(), NN_TEST_BIN "/fake-idx");
  return run({words, folder.path(), environment});
}

// Images whose bright row is their label, in the four files that fake-idx reads.
struct IdxData {
  static ByteString imagesOf(uint32_t count) {
    ByteString pixels;
    for (uint32_t i = 0; i < count; ++i)
      for (uint32_t row = 0; row < 28; ++row)
        for (uint32_t column = 0; column < 28; ++column)
          pixels += char(row / 2 == i % 10 ? 200 + column : (i * 31 + row * 7 + column) % 60);
    return idxBytes({count, 28, 28}, pixels);
  }
  static ByteString labelsOf(uint32_t count) {
    ByteString labels;
    for (uint32_t i = 0; i < count; ++i)
      labels += char(i % 10);
    return idxBytes({count}, labels);
  }
  explicit IdxData(const std::string &folder, uint32_t count = 300) {
    writeBytes(folder + "/train-images.gz", gzipped(imagesOf(count)));
    writeBytes(folder + "/train-labels.gz", gzipped(labelsOf(count)));
    writeBytes(folder + "/test-images", imagesOf(33));
    writeBytes(folder + "/test-labels", labelsOf(33));
  }
};

inline int64_t linesOf(const std::string &text) { return std::count(text.begin(), text.end(), '\n'); }

} // namespace nntest

#endif
