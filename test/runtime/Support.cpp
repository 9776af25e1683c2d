// Files and processes for tests.
#include "test/runtime/Support.h"

#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zlib.h>

using namespace nntest;

TemporaryFolder::TemporaryFolder() {
  char pattern[] = "/tmp/nnrt-test-XXXXXX";
  name = mkdtemp(pattern);
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(name, ignored);
}

void nntest::writeBytes(const std::string &path, const ByteString &bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

ByteString nntest::readBytes(const std::string &path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

namespace {
ByteString packed(const ByteString &bytes, int windowBits) {
  z_stream stream = {};
  deflateInit2(&stream, 6, Z_DEFLATED, windowBits, 8, Z_DEFAULT_STRATEGY);
  ByteString result(deflateBound(&stream, bytes.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(bytes.data()));
  stream.avail_in = uInt(bytes.size());
  stream.next_out = reinterpret_cast<Bytef *>(result.data());
  stream.avail_out = uInt(result.size());
  deflate(&stream, Z_FINISH);
  result.resize(stream.total_out);
  deflateEnd(&stream);
  return result;
}
} // namespace

ByteString nntest::gzipped(const ByteString &bytes) { return packed(bytes, 16 + MAX_WBITS); }
ByteString nntest::deflated(const ByteString &bytes) { return packed(bytes, -MAX_WBITS); }

uint32_t nntest::checksumOf(const ByteString &bytes) {
  return uint32_t(crc32_z(0, reinterpret_cast<const Bytef *>(bytes.data()), bytes.size()));
}

ByteString nntest::bigEndian(uint32_t value) {
  return {char(value >> 24), char(value >> 16), char(value >> 8), char(value)};
}

ByteString nntest::littleEndian(uint64_t value) {
  ByteString bytes;
  for (int i = 0; i < 8; ++i)
    bytes += char(value >> (8 * i));
  return bytes;
}

ByteString nntest::idxBytes(const std::vector<uint32_t> &sizes, const ByteString &values) {
  ByteString bytes = {0, 0, 8, char(sizes.size())};
  for (uint32_t size : sizes)
    bytes += bigEndian(size);
  return bytes + values;
}

namespace {

[[noreturn]] void becomeChild(const Run &run, const std::string &outPath, const std::string &errPath) {
  dup2(open(outPath.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), STDOUT_FILENO);
  dup2(open(errPath.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), STDERR_FILENO);
  if (run.fileSizeLimit >= 0) {
    rlimit limit = {rlim_t(run.fileSizeLimit), rlim_t(run.fileSizeLimit)};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  unsetenv("NN_DATA");
  for (const std::string &line : run.environment)
    putenv(const_cast<char *>(line.c_str()));
  std::vector<char *> words;
  for (const std::string &word : run.words)
    words.push_back(const_cast<char *>(word.c_str()));
  words.push_back(nullptr);
  if (chdir(run.folder.c_str()) == 0)
    execv(words[0], words.data());
  _exit(126);
}

} // namespace

Outcome nntest::run(const Run &run) {
  TemporaryFolder folder;
  std::string outPath = run.stdoutFile.empty() ? folder / "out" : run.stdoutFile, errPath = folder / "err";
  pid_t child = fork();
  if (child == 0)
    becomeChild(run, outPath, errPath);
  if (run.interruptAfterMilliseconds >= 0) {
    usleep(useconds_t(run.interruptAfterMilliseconds) * 1000);
    kill(child, SIGINT);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, run.stdoutFile.empty() ? readBytes(outPath) : "",
          readBytes(errPath)};
}
