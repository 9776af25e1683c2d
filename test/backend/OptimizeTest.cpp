// Contraction happens where the instructions allow it and nowhere else.
#include "compiler/backend/Emit.h"
#include "compiler/backend/Optimize.h"
#include "compiler/backend/Translate.h"
#include "test/backend/Support.h"
#include "llvm/IR/Function.h"
#include <gtest/gtest.h>

namespace nn::test {
namespace {

#ifdef __x86_64__
std::string assemblyOf(const std::string &flags) {
  Module source("module { llvm.func @nn_program_descriptor(%a: f32, %b: f32, %c: f32) -> f32 {\n"
                "  %p = llvm.fmul %a, %b " +
                flags +
                " : f32\n"
                "  %s = llvm.fadd %p, %c " +
                flags +
                " : f32\n"
                "  llvm.return %s : f32 } }");
  DiagnosticEngine engine;
  Target target = std::move(*selectTarget("haswell", engine));
  llvm::LLVMContext context;
  auto code = translate(*source.module, context, target);
  optimize(*code, target);
  return emitCode(*code, target, CodeKind::Assembly);
}

TEST(Optimize, contractBecomesFma) {
  EXPECT_NE(assemblyOf("{fastmathFlags = #llvm.fastmath<contract>}").find("vfmadd"), std::string::npos);
}

TEST(Optimize, withoutContractTheRoundingStays) {
  std::string text = assemblyOf("");
  EXPECT_EQ(text.find("vfmadd"), std::string::npos);
  EXPECT_NE(text.find("vmulss"), std::string::npos);
}
#endif

TEST(Optimize, functionsAskForTheTargetsVectors) {
  Module source("module { llvm.func @nn_program_descriptor() { llvm.return } }");
  Target target = hostTarget();
  llvm::LLVMContext context;
  auto code = translate(*source.module, context, target);
  EXPECT_EQ(
      code->getFunction("nn_program_descriptor")->getFnAttribute("prefer-vector-width").getValueAsString(),
      std::to_string(target.shape.vectorBits));
}

} // namespace
} // namespace nn::test
