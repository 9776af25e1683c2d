// What the runtime's tests share: temporary folders, files with given bytes, running an executable.
#ifndef NN_TEST_RUNTIME_SUPPORT_H
#define NN_TEST_RUNTIME_SUPPORT_H

#include "runtime/abi/Program.h"
#include "runtime/base/Result.h"

#include <cstdint>
#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace nntest {

// A folder that goes when the test ends.
class TemporaryFolder {
public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder &) = delete;
  const std::string &path() const { return name; }
  std::string operator/(const std::string &file) const { return name + "/" + file; }

private:
  std::string name;
};

using ByteString = std::string;
void writeBytes(const std::string &path, const ByteString &bytes);
ByteString readBytes(const std::string &path);
ByteString gzipped(const ByteString &bytes);
ByteString deflated(const ByteString &bytes); // without a header
uint32_t checksumOf(const ByteString &bytes);
ByteString bigEndian(uint32_t value);
ByteString littleEndian(uint64_t value);

// An IDX file of bytes.
ByteString idxBytes(const std::vector<uint32_t> &sizes, const ByteString &values);

struct Outcome {
  int exit; // -1 after a signal
  std::string out, err;
};
// Runs an executable of the build in a folder. `environment` has NAME=VALUE lines on top of the test's own,
// without NN_DATA.
struct Run {
  std::vector<std::string> words;
  std::string folder;
  std::vector<std::string> environment = {};
  int64_t fileSizeLimit = -1;
  std::string stdoutFile = {}; // instead of capturing it
  int interruptAfterMilliseconds = -1;
};
Outcome run(const Run &run);

template <class T> std::string messageOf(const nnrt::Result<T> &result) {
  return result ? std::string("no error") : result.error().message;
}
template <class T> int codeOf(const nnrt::Result<T> &result) { return result ? 0 : result.error().code; }

} // namespace nntest

#define EXPECT_CONTAINS(text, part)                                                                          \
  EXPECT_NE(std::string(text).find(part), std::string::npos) << "text: " << (text)

#endif
