// Loading with a size limit, and lines by binary search in a table made once per file.
#include "compiler/basic/SourceManager.h"
#include "compiler/basic/Limits.h"
#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <sys/stat.h>

namespace nn {

namespace {

std::vector<uint32_t> findLineBegins(std::string_view text) {
  std::vector<uint32_t> begins = {0};
  for (size_t i = 0; i < text.size(); ++i)
    if (text[i] == '\n')
      begins.push_back(static_cast<uint32_t>(i + 1));
  return begins;
}

std::string cannotRead(const std::string &path, int reason) {
  return "cannot read `" + path + "`: " + std::strerror(reason);
}

// Reads at most one byte more than the limit, so that an endless file ends too.
std::optional<std::string> readLimited(const std::string &path, std::string &error) {
  // Opening a pipe would wait for a writer.
  struct stat status;
  if (stat(path.c_str(), &status) == 0 && S_ISFIFO(status.st_mode)) {
    error = "cannot read `" + path + "`: it is a pipe, expected a file";
    return std::nullopt;
  }
  std::unique_ptr<FILE, int (*)(FILE *)> file(std::fopen(path.c_str(), "rb"), std::fclose);
  if (!file) {
    error = cannotRead(path, errno);
    return std::nullopt;
  }
  std::string text;
  char chunk[16384];
  while (size_t count = std::fread(chunk, 1, sizeof chunk, file.get())) {
    text.append(chunk, count);
    if (text.size() > limits::sourceBytes) {
      error = "`" + path + "` is larger than " + std::to_string(limits::sourceBytes >> 10) + " KiB";
      return std::nullopt;
    }
  }
  if (std::ferror(file.get())) {
    error = cannotRead(path, errno);
    return std::nullopt;
  }
  return text;
}

} // namespace

std::optional<uint32_t> SourceManager::addFile(const std::string &path, std::string &error) {
  std::optional<std::string> text = readLimited(path, error);
  if (!text)
    return std::nullopt;
  return addBuffer(path, std::move(*text));
}

uint32_t SourceManager::addBuffer(std::string name, std::string text) {
  std::vector<uint32_t> begins = findLineBegins(text);
  sources.push_back({std::move(name), std::move(text), std::move(begins)});
  return static_cast<uint32_t>(sources.size() - 1);
}

SourceManager::Position SourceManager::position(uint32_t file, uint32_t offset) const {
  const Source &source = sources[file];
  offset = std::min(offset, static_cast<uint32_t>(source.text.size()));
  auto next = std::upper_bound(source.lineBegins.begin(), source.lineBegins.end(), offset);
  uint32_t begin = *std::prev(next);
  // Every byte begins a character except the continuation bytes 10xxxxxx.
  auto beginsCharacter = [](char byte) { return (byte & 0xC0) != 0x80; };
  auto text = source.text.begin();
  auto column = 1 + std::count_if(text + begin, text + offset, beginsCharacter);
  return {static_cast<unsigned>(next - source.lineBegins.begin()), static_cast<unsigned>(column)};
}

std::string_view SourceManager::line(uint32_t file, unsigned line) const {
  const Source &source = sources[file];
  uint32_t begin = source.lineBegins[line - 1];
  size_t end = line < source.lineBegins.size() ? source.lineBegins[line] - 1 : source.text.size();
  if (end > begin && source.text[end - 1] == '\r')
    --end;
  return std::string_view(source.text).substr(begin, end - begin);
}

} // namespace nn
