// Asked of the processor itself and not of the compiler's builtins, which know fewer names.
#include "runtime/base/CpuFeatures.h"

#ifdef __x86_64__
#include <cpuid.h>
#endif

using namespace nnrt;

#ifdef __x86_64__
namespace {

enum Register { eax, ebx, ecx, edx };

// Bits of XCR0: what the system saves when it switches threads. Without it an extension must not be used.
enum State : uint64_t {
  stateNone = 0,
  stateAvx = 0x6,
  stateAvx512 = 0xe6,
  stateAmx = 0x60000,
  stateApx = 0x80000
};

// 0 where the processor has no such leaf.
uint32_t cpuid(uint32_t leaf, uint32_t subleaf, Register which) {
  unsigned registers[4] = {0, 0, 0, 0};
  __get_cpuid_count(leaf, subleaf, &registers[eax], &registers[ebx], &registers[ecx], &registers[edx]);
  return registers[which];
}

bool systemSaves(uint64_t state) {
  constexpr uint32_t hasXgetbv = 1u << 27;
  if (state == stateNone)
    return true;
  if (!(cpuid(1, 0, ecx) & hasXgetbv))
    return false;
  uint32_t low, high;
  __asm__("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return ((uint64_t(high) << 32 | low) & state) == state;
}

bool reports(uint32_t leaf, uint32_t subleaf, Register which, int bit, State state) {
  return (cpuid(leaf, subleaf, which) >> bit & 1) && systemSaves(state);
}

bool hasAvx10(uint32_t version) {
  constexpr uint32_t versionMask = 0xff;
  return reports(7, 1, edx, 19, stateAvx512) && (cpuid(0x24, 0, ebx) & versionMask) >= version;
}

bool has(const std::string &name) {
#define NN_CPU_FEATURE(known, ...)                                                                           \
  if (name == (known))                                                                                       \
    return reports(__VA_ARGS__);
#define NN_CPU_AVX10(known, version)                                                                         \
  if (name == (known))                                                                                       \
    return hasAvx10(version);
#include "runtime/abi/CpuFeatures.def"
#undef NN_CPU_FEATURE
#undef NN_CPU_AVX10
  return false;
}

} // namespace
#else
static bool has(const std::string &) { return false; }
#endif

std::vector<std::string> nnrt::missingFeatures(const char *const *names, uint32_t count) {
  std::vector<std::string> missing;
  for (uint32_t i = 0; i < count; ++i)
    if (!has(names[i]))
      missing.push_back(names[i]);
  return missing;
}
