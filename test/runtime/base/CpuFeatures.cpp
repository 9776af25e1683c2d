// What the processor has: against the compiler's builtins, where both know a name.
#include "runtime/base/CpuFeatures.h"
#include "test/runtime/Support.h"

using namespace nnrt;

namespace {

bool has(const char *name) { return missingFeatures(&name, 1).empty(); }

} // namespace

TEST(CpuFeatures, UnknownNamesAreMissing) {
  const char *names[] = {"tensor-cores", "", "avx512"};
  EXPECT_EQ(missingFeatures(names, 3), (std::vector<std::string>{"tensor-cores", "", "avx512"}));
  EXPECT_TRUE(missingFeatures(nullptr, 0).empty());
}

#ifdef __x86_64__
TEST(CpuFeatures, AgreeWithTheBuiltins) {
#define AGREES(name) EXPECT_EQ(has(name), __builtin_cpu_supports(name) != 0) << name
  AGREES("sse3");
  AGREES("ssse3");
  AGREES("sse4.1");
  AGREES("sse4.2");
  AGREES("popcnt");
  AGREES("lzcnt");
  AGREES("sse4a");
  AGREES("xop");
  AGREES("fma4");
  AGREES("bmi");
  AGREES("bmi2");
  AGREES("gfni");
  AGREES("avx");
  AGREES("fma");
  AGREES("avx2");
  AGREES("avxvnni");
  AGREES("avx512f");
  AGREES("avx512dq");
  AGREES("avx512ifma");
  AGREES("avx512cd");
  AGREES("avx512bw");
  AGREES("avx512vl");
  AGREES("avx512vbmi");
  AGREES("avx512vbmi2");
  AGREES("avx512vnni");
  AGREES("avx512bitalg");
  AGREES("avx512vpopcntdq");
  AGREES("avx512vp2intersect");
  AGREES("avx512bf16");
  AGREES("amx-tile");
#undef AGREES
}
#endif
