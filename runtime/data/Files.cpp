#include "runtime/data/Files.h"
#include "runtime/data/Gzip.h"

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <dirent.h>
#include <memory>

using namespace nnrt;

namespace {

// Links to folders are followed, so that a loop of them must end somewhere.
constexpr int deepest = 32;

Status list(const std::string &folder, const std::string &prefix, int depth,
            std::vector<std::string> &files) {
  if (depth > deepest)
    return dataError("`" + folder + "`: folders are nested more than " + std::to_string(deepest) + " deep");
  std::unique_ptr<DIR, int (*)(DIR *)> directory(opendir(folder.c_str()), closedir);
  if (!directory)
    return dataError(systemMessage(folder, "cannot be read"));
  for (errno = 0; const dirent *entry = readdir(directory.get()); errno = 0) {
    std::string name = entry->d_name, path = joinPath(folder, name);
    if (name[0] == '.')
      continue;
    if (isDirectory(path))
      NNRT_TRY(list(path, prefix + name + "/", depth + 1, files));
    else
      files.push_back(prefix + name);
  }
  return errno ? Status(dataError(systemMessage(folder, "cannot be read"))) : Status(Done{});
}

template <class Wants, class Visit>
Status walkFolder(const std::string &folder, const Wants &wants, const Visit &visit) {
  NNRT_ASSIGN(std::vector<std::string> files, listFolder(folder));
  for (const std::string &path : files)
    if (wants(path))
      NNRT_TRY(visit(path, joinPath(folder, path)));
  return Done{};
}

// Of a packed archive, the check behind what unpacks: it fails where any byte before was damaged.
Status readToEnd(ByteReader &bytes, const std::string &archive) {
  constexpr size_t mostBehind = size_t(1) << 24; // records of tar are filled up with zeros
  Bytes rest(size_t(1) << 16);
  for (size_t behind = 0; behind < mostBehind; behind += rest.size()) {
    NNRT_ASSIGN(size_t got, bytes.read(rest.data(), rest.size()));
    if (got < rest.size())
      return Done{};
  }
  return dataError("`" + archive + "`: more than " + std::to_string(mostBehind) +
                   " bytes follow the end of the archive");
}

template <class Wants, class Visit>
Status walkArchive(const std::string &archive, const Wants &wants, const Visit &visit) {
  NNRT_ASSIGN(ByteReader bytes, ByteReader::open(archive));
  TarReader reader(archive, [&](void *buffer, size_t count) { return bytes.read(buffer, count); });
  while (true) {
    NNRT_ASSIGN(std::optional<TarMember> member, reader.next());
    if (!member)
      return readToEnd(bytes, archive);
    if (member->kind == TarMember::folder || !wants(member->path))
      continue;
    if (member->kind == TarMember::other)
      return dataError("`" + archive + "`: `" + member->path + "` is a link or a device, not a file");
    NNRT_TRY(visit(member->path, reader));
  }
}

} // namespace

Result<Bytes> nnrt::readWhole(const std::string &path) {
  NNRT_ASSIGN(InputFile file, InputFile::open(path));
  if (file.size() > largestFile)
    return dataError("`" + path + "` has " + std::to_string(file.size()) + " bytes, more than the " +
                     std::to_string(largestFile) + " that are read");
  return withinMemory(path, [&]() -> Result<Bytes> {
    Bytes content(static_cast<size_t>(file.size()));
    NNRT_TRY(file.readFully(content.data(), content.size()));
    return content;
  });
}

Result<std::vector<std::string>> nnrt::listFolder(const std::string &folder) {
  std::vector<std::string> files;
  NNRT_TRY(list(folder, "", 0, files));
  std::sort(files.begin(), files.end());
  return files;
}

Status nnrt::visitFiles(const std::string &place, const FileVisitor &visitor) {
  auto visitFile = [&](const std::string &path, const std::string &file) -> Status {
    Result<Bytes> content = readWhole(file);
    if (!content)
      return visitor.unreadable ? visitor.unreadable(content.error()) : Status(content.error());
    return visitor.visit(path, std::move(*content));
  };
  auto visitMember = [&](const std::string &path, TarReader &reader) -> Status {
    NNRT_ASSIGN(Bytes content, withinMemory(joinPath(place, path), [&] { return reader.read(largestFile); }));
    return visitor.visit(path, std::move(content));
  };
  return isDirectory(place) ? walkFolder(place, visitor.wants, visitFile)
                            : walkArchive(place, visitor.wants, visitMember);
}

Status nnrt::streamFiles(const std::string &place, const StreamVisitor &visitor) {
  auto visitFile = [&](const std::string &path, const std::string &name) -> Status {
    NNRT_ASSIGN(InputFile file, InputFile::open(name));
    return visitor.visit(path, [&](void *buffer, size_t count) { return file.read(buffer, count); });
  };
  auto visitMember = [&](const std::string &path, TarReader &reader) -> Status {
    return visitor.visit(path, [&](void *buffer, size_t count) { return reader.readSome(buffer, count); });
  };
  return isDirectory(place) ? walkFolder(place, visitor.wants, visitFile)
                            : walkArchive(place, visitor.wants, visitMember);
}

bool nnrt::endsWith(const std::string &path, const std::vector<std::string> &endings) {
  return std::any_of(endings.begin(), endings.end(), [&](const std::string &ending) {
    return path.size() >= ending.size() &&
           std::equal(ending.begin(), ending.end(), path.end() - int64_t(ending.size()),
                      [](char a, char b) { return a == std::tolower(uint8_t(b)); });
  });
}

std::string nnrt::folderName(const std::string &path) {
  size_t end = path.rfind('/');
  if (end == std::string::npos)
    return "";
  size_t begin = path.rfind('/', end ? end - 1 : 0);
  return begin == std::string::npos || begin >= end ? path.substr(0, end)
                                                    : path.substr(begin + 1, end - begin - 1);
}
