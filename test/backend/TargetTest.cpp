// Which machines code can be made for.
#include "test/backend/Support.h"
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
