// Archives are made here block by block; those of GNU tar itself come from the system's `tar`.
#include "runtime/data/Tar.h"
#include "runtime/data/Files.h"
#include "test/runtime/Support.h"

#include <cstring>
#include <sys/stat.h>
#include <unistd.h>

using namespace nnrt;
using namespace nntest;

namespace {

ByteString octal(uint64_t value, size_t digits) {
  ByteString text(digits, '0');
  for (size_t i = digits; i-- > 0; value /= 8)
    text[i] = char('0' + value % 8);
  return text + ByteString(1, '\0');
}

struct Header {
  ByteString path;
  uint64_t size = 0;
  char type = '0';
  ByteString sizeField = {};
};

ByteString block(const Header &header) {
  ByteString bytes(512, '\0');
  bytes.replace(0, header.path.size(), header.path);
  bytes.replace(124, 12, header.sizeField.empty() ? octal(header.size, 11) : header.sizeField);
  bytes[156] = header.type;
  bytes.replace(257, 8, ByteString("ustar\00000", 8));
  bytes.replace(148, 8, ByteString(8, ' '));
  unsigned sum = 0;
  for (char c : bytes)
    sum += uint8_t(c);
  return bytes.replace(148, 7, octal(sum, 6));
}

ByteString padded(const ByteString &content) {
  return content + ByteString((512 - content.size() % 512) % 512, '\0');
}
ByteString member(const ByteString &path, const ByteString &content, char type = '0') {
  return block({path, content.size(), type}) + padded(content);
}
const ByteString end(1024, '\0');

struct Content {
  std::vector<std::pair<std::string, std::string>> files;
  Status status = Done{};
};

Content readAll(const ByteString &archive, uint64_t limit = 1 << 20) {
  size_t position = 0;
  TarReader reader("a.tar", [&](void *buffer, size_t count) -> Result<size_t> {
    size_t got = std::min(count, archive.size() - position);
    memcpy(buffer, archive.data() + position, got);
    position += got;
    return got;
  });
  Content content;
  while (true) {
    Result<std::optional<TarMember>> next = reader.next();
    if (!next) {
      content.status = next.error();
      return content;
    }
    if (!*next)
      return content;
    if ((*next)->kind != TarMember::file)
      continue;
    Result<nnrt::Bytes> bytes = reader.read(limit);
    if (!bytes) {
      content.status = bytes.error();
      return content;
    }
    content.files.emplace_back((*next)->path, std::string(bytes->begin(), bytes->end()));
  }
}

std::string errorOf(const ByteString &archive) { return messageOf(readAll(archive).status); }

std::string pax(const std::string &key, const std::string &value) {
  std::string rest = " " + key + "=" + value + "\n";
  size_t length = rest.size() + 1;
  while (std::to_string(length).size() + rest.size() != length)
    ++length;
  return std::to_string(length) + rest;
}

using Files = std::vector<std::pair<std::string, std::string>>;

} // namespace

TEST(Tar, MembersComeInOrder) {
  std::string large(3000, 'x');
  Content content = readAll(member("a/", "", '5') + member("a/one.txt", "1") + member("./b", large) +
                            member("empty", "") + end);
  EXPECT_TRUE(content.status) << messageOf(content.status);
  EXPECT_EQ(content.files, (Files{{"a/one.txt", "1"}, {"b", large}, {"empty", ""}}));
}

TEST(Tar, LongNamesOfGnuAndPax) {
  std::string name = std::string(150, 'd') + "/" + std::string(120, 'f');
  EXPECT_EQ(
      readAll(member("././@LongLink", name + ByteString(1, '\0'), 'L') + member("cut", "1") + end).files,
      (Files{{name, "1"}}));
  EXPECT_EQ(
      readAll(member("p", pax("mtime", "1.5") + pax("path", name), 'x') + member("cut", "12") + end).files,
      (Files{{name, "12"}}));
  ByteString sized = block({"cut", 0}) + padded("123");
  EXPECT_EQ(readAll(member("p", pax("size", "3"), 'x') + sized + member("next", "n") + end).files,
            (Files{{"cut", "123"}, {"next", "n"}}));
}

TEST(Tar, BinarySizes) {
  ByteString size = ByteString("\x80") + ByteString(10, '\0') + "\x03";
  EXPECT_EQ(readAll(block({"a", 0, '0', size}) + padded("abc") + end).files, (Files{{"a", "abc"}}));
  ByteString negative(12, '\xff');
  EXPECT_CONTAINS(errorOf(block({"a", 0, '0', negative}) + end), "a header is damaged");
}

TEST(Tar, PathsThatLeaveAreRefused) {
  for (const char *path : {"../x", "a/../../x", "/etc/passwd", "a/..", ".."})
    EXPECT_CONTAINS(errorOf(member(path, "1") + end), "leaves the archive") << path;
  EXPECT_CONTAINS(errorOf(member("p", pax("path", "../x"), 'x') + member("a", "1") + end),
                  "leaves the archive");
  EXPECT_TRUE(readAll(member("a..b/..c", "1") + end).status);
}

TEST(Tar, EveryTruncationIsNoticed) {
  ByteString archive = member("a", "1") + member("b", ByteString(700, 'x')) + end;
  for (size_t length = 0; length < archive.size() - 512; length += 97) {
    bool hasMagic = length == 0 || length > 262; // before it nothing tells an archive
    EXPECT_CONTAINS(errorOf(archive.substr(0, length)),
                    hasMagic ? "truncated" : "is neither a folder nor a tar archive")
        << length;
  }
}

TEST(Tar, DamageIsNoticed) {
  ByteString archive = member("a", "1") + end;
  for (size_t at = 0; at < 512; ++at) {
    if (at == 155) // what ends the check sum is anything but a digit
      continue;
    ByteString damaged = archive;
    damaged[at] = char(damaged[at] ^ 0x11);
    bool hasMagic = at < 257 || at > 261;
    EXPECT_CONTAINS(errorOf(damaged), hasMagic ? "damaged" : "neither a folder nor a tar archive") << at;
  }
  EXPECT_CONTAINS(errorOf(ByteString(5000, 'x')), "neither a folder nor a tar archive");
  EXPECT_CONTAINS(errorOf("only a text"), "neither a folder nor a tar archive");
  EXPECT_CONTAINS(errorOf(ByteString(512, '\0') + member("a", "1")), "zeros");
  EXPECT_CONTAINS(errorOf(member("p", "999 path=x\n", 'x') + member("a", "1") + end), "pax");
  EXPECT_CONTAINS(errorOf(member("p", "9 size=x\n", 'x') + member("a", "1") + end), "pax");
}

// A size that lies costs no memory.
TEST(Tar, HostileSizes) {
  EXPECT_CONTAINS(errorOf(block({"a", (uint64_t(1) << 33) - 1}) + padded("1")), "more than the");
  Content content = readAll(block({"a", uint64_t(1) << 32}) + padded("1"), uint64_t(1) << 40);
  EXPECT_CONTAINS(messageOf(content.status), "truncated");
  EXPECT_CONTAINS(errorOf(block({"a", uint64_t(1) << 32, 'L'}) + padded("1")), "more than the");
  ByteString chain;
  for (int i = 0; i < 40; ++i)
    chain += member("g", pax("comment", "x"), 'g');
  EXPECT_CONTAINS(errorOf(chain + end), "too many headers");
}

TEST(Files, FolderAndArchiveAreRead) {
  TemporaryFolder folder;
  for (const char *name : {"set", "set/b", "set/a"})
    mkdir((folder / name).c_str(), 0700);
  writeBytes(folder / "set/b/2.PNG", "two");
  writeBytes(folder / "set/a/1.png", "one");
  writeBytes(folder / "set/a/note.txt", "note");
  writeBytes(folder / "set/.hidden.png", "no");
  Files seen;
  FileVisitor visitor{[](const std::string &path) { return endsWith(path, {".png"}); },
                      [&](const std::string &path, nnrt::Bytes content) -> Status {
                        seen.emplace_back(path, std::string(content.begin(), content.end()));
                        return Done{};
                      }};
  EXPECT_TRUE(visitFiles(folder / "set", visitor));
  EXPECT_EQ(seen, (Files{{"a/1.png", "one"}, {"b/2.PNG", "two"}}));
  EXPECT_EQ(*listFolder(folder / "set"), (std::vector<std::string>{"a/1.png", "a/note.txt", "b/2.PNG"}));
  for (const char *format : {"gnu", "ustar", "pax", "v7"}) {
    std::string name = folder / (std::string(format) + ".tar.gz");
    std::string command =
        "tar -C " + folder.path() + " --sort=name --format=" + format + " -czf " + name + " set";
    ASSERT_EQ(system(command.c_str()), 0);
    seen.clear();
    Status status = visitFiles(name, visitor);
    EXPECT_TRUE(status) << messageOf(status);
    EXPECT_EQ(seen.size(), 3u) << "the archive does not hide `.hidden.png`";
    EXPECT_EQ(seen.back(), (std::pair<std::string, std::string>("set/b/2.PNG", "two")));
  }
  EXPECT_EQ(codeOf(visitFiles(folder / "none", visitor)), exitData);
  // The sum of all bytes stands behind the archive.
  ByteString packed = readBytes(folder / "ustar.tar.gz");
  packed[packed.size() - 6] ^= 1;
  writeBytes(folder / "damaged.tar.gz", packed);
  EXPECT_CONTAINS(messageOf(visitFiles(folder / "damaged.tar.gz", visitor)),
                  "is corrupt: incorrect data check");
  writeBytes(folder / "short.tar.gz", packed.substr(0, packed.size() - 8));
  EXPECT_CONTAINS(messageOf(visitFiles(folder / "short.tar.gz", visitor)), "is truncated");
  symlink("a", (folder / "set/loop").c_str());
  EXPECT_EQ(listFolder(folder / "set")->size(), 5u);
  unlink((folder / "set/loop").c_str());
  symlink(".", (folder / "set/loop").c_str());
  EXPECT_CONTAINS(messageOf(listFolder(folder / "set")), "deep");
}

TEST(Files, AFileThatTheMemoryDoesNotHoldIsNamed) {
  auto grows = []() -> Result<nnrt::Bytes> { throw std::bad_alloc(); };
  Result<nnrt::Bytes> content = withinMemory("long.wav", grows);
  EXPECT_EQ(codeOf(content), exitData);
  EXPECT_CONTAINS(messageOf(content), "`long.wav`: there is not enough memory to read it");
}

TEST(Files, FolderNames) {
  EXPECT_EQ(folderName("train/cat/1.png"), "cat");
  EXPECT_EQ(folderName("cat/1.png"), "cat");
  EXPECT_EQ(folderName("1.png"), "");
}
