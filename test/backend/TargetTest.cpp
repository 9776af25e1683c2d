// Which machines code can be made for.
#include "runtime/base/CpuFeatures.h"
#include "test/backend/Support.h"
#include "llvm/ADT/STLExtras.h"
#include <gtest/gtest.h>

namespace nn::test {
namespace {

TEST(TargetSelection, nativeHasAName) {
  Target target = hostTarget();
  EXPECT_NE(target.cpu, "native");
  EXPECT_NE(target.cpu, "");
}

#ifdef __x86_64__
struct Case {
  const char *cpu;
  unsigned bits, registers;
  bool fma;
};

TEST(TargetSelection, shapeFollowsTheCpu) {
  for (Case expected : {Case{"x86-64", 128, 16, false}, Case{"sandybridge", 256, 16, false},
                        Case{"haswell", 256, 16, true}, Case{"skylake-avx512", 512, 32, true}}) {
    DiagnosticEngine engine;
    auto target = selectTarget(expected.cpu, engine);
    ASSERT_TRUE(target) << expected.cpu;
    EXPECT_EQ(target->shape.vectorBits, expected.bits) << expected.cpu;
    EXPECT_EQ(target->shape.vectorRegisters, expected.registers) << expected.cpu;
    EXPECT_EQ(target->shape.hasFma, expected.fma) << expected.cpu;
  }
}

TEST(TargetSelection, featuresFollowTheCpu) {
  DiagnosticEngine engine;
  auto has = [&](const char *cpu, const char *feature) {
    return llvm::is_contained(selectTarget(cpu, engine)->features, feature);
  };
  EXPECT_TRUE(selectTarget("x86-64", engine)->features.empty());
  EXPECT_TRUE(has("x86-64-v3", "avx2"));
  EXPECT_FALSE(has("x86-64-v3", "avx512f"));
  EXPECT_TRUE(has("skylake-avx512", "avx512vl"));
  EXPECT_TRUE(has("sapphirerapids", "amx-tile"));
  EXPECT_TRUE(has("diamondrapids", "avx10.2"));
  EXPECT_TRUE(has("diamondrapids", "egpr"));
}

TEST(TargetSelection, whatTheHostHasNotIsMissing) {
  EXPECT_TRUE(missingFeatures(hostTarget()).empty());
  DiagnosticEngine engine;
  EXPECT_EQ(llvm::is_contained(missingFeatures(*selectTarget("skylake-avx512", engine)), "avx512f"),
            !llvm::sys::getHostCPUFeatures().lookup("avx512f"));
}

// The runtime asks the processor itself; LLVM, which does so too, says the same of each name.
TEST(TargetSelection, theRuntimeSeesTheSameMachine) {
  llvm::StringMap<bool> host = llvm::sys::getHostCPUFeatures();
  for (const char *name : {
#define NN_CPU_FEATURE(name, ...) name,
#define NN_CPU_AVX10(name, ...) name,
#include "runtime/abi/CpuFeatures.def"
#undef NN_CPU_FEATURE
#undef NN_CPU_AVX10
       }) {
    EXPECT_TRUE(host.count(name)) << name << " is no name of LLVM's";
    EXPECT_EQ(nnrt::missingFeatures(&name, 1).empty(), host.lookup(name)) << name;
  }
}

TEST(TargetSelection, unknownCpuGetsASuggestion) {
  DiagnosticEngine engine;
  EXPECT_FALSE(selectTarget("haswel", engine));
  ASSERT_EQ(engine.all().size(), 1u);
  EXPECT_EQ(engine.all()[0].kind, DiagnosticKind::UnknownCpu);
  EXPECT_NE(engine.all()[0].suggestion.find("`haswell`"), std::string::npos);
}

TEST(TargetSelection, aForeignHostIsNamed) {
  DiagnosticEngine engine;
  EXPECT_FALSE(selectTarget("native", engine, "pdp11-unknown-unix"));
  ASSERT_EQ(engine.all().size(), 1u);
  EXPECT_EQ(engine.all()[0].kind, DiagnosticKind::UnsupportedHost);
  EXPECT_NE(engine.all()[0].message.find("pdp11"), std::string::npos);
}

// LLVM ends the process when it is asked for 64-bit code on these.
TEST(TargetSelection, cpuWithout64BitsIsUnknown) {
  DiagnosticEngine engine;
  EXPECT_FALSE(selectTarget("i486", engine));
}
#endif

} // namespace
} // namespace nn::test
