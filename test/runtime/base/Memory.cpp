// Free memory as the system's files tell it, on files of our own.
#include "runtime/base/Memory.h"
#include "test/runtime/Support.h"

#include <filesystem>

using namespace nnrt;
using namespace nntest;

namespace {

class Memory : public testing::Test {
protected:
  Memory() {
    write("/proc/meminfo",
          "MemTotal: 9000 kB\nMemAvailable:    5000 kB\nSwapTotal: 3000 kB\nSwapFree: 1000 kB\n");
  }
  void write(const std::string &path, const std::string &text) {
    std::filesystem::create_directories(std::filesystem::path(folder.path() + path).parent_path());
    writeBytes(folder.path() + path, text);
  }
  void group(const std::string &path, const std::string &limit, const std::string &used) {
    write("/sys/fs/cgroup" + path + "/memory.max", limit + "\n");
    write("/sys/fs/cgroup" + path + "/memory.current", used + "\n");
  }

  TemporaryFolder folder;
};

} // namespace

TEST_F(Memory, SwapCounts) { EXPECT_EQ(availableMemory(folder.path()), 6000u * 1024); }

TEST_F(Memory, NobodySays) { EXPECT_EQ(availableMemory(folder.path() + "/nowhere"), std::nullopt); }

TEST_F(Memory, AContainersLimitIsLess) {
  write("/proc/self/cgroup", "0::/\n");
  group("", "3000000", "1000000");
  EXPECT_EQ(availableMemory(folder.path()), 2000000u);
  write("/sys/fs/cgroup/memory.stat", "anon 7\ninactive_file 400000\n");
  EXPECT_EQ(availableMemory(folder.path()), 2400000u);
  group("", "max", "1000000");
  EXPECT_EQ(availableMemory(folder.path()), 6000u * 1024);
}

TEST_F(Memory, TheTightestGroupAround) {
  write("/proc/self/cgroup", "0::/user/job/step\n");
  group("/user/job", "900000", "950000");
  group("/user/job/step", "700000", "100000");
  EXPECT_EQ(availableMemory(folder.path()), 0u);
  group("/user/job", "900000", "500000");
  EXPECT_EQ(availableMemory(folder.path()), 400000u);
}

TEST_F(Memory, VersionOneOfControlGroups) {
  write("/proc/self/cgroup", "5:cpu,memory:/host/path\n4:cpuset:/\n0::/\n");
  write("/sys/fs/cgroup/memory/memory.limit_in_bytes", "800000\n");
  write("/sys/fs/cgroup/memory/memory.usage_in_bytes", "300000\n");
  write("/sys/fs/cgroup/memory/memory.stat", "inactive_file 1\ntotal_inactive_file 100000\n");
  EXPECT_EQ(availableMemory(folder.path()), 600000u);
}

TEST_F(Memory, ThisMachineHasSome) { EXPECT_GT(availableMemory().value_or(1), 0u); }
