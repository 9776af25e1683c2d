// A program in parts is the same program, and the same bytes on any number of cores.
#include "compiler/backend/Parts.h"
#include "compiler/backend/Link.h"
#include "compiler/backend/Translate.h"
#include "test/backend/Support.h"
#include <cstdlib>
#include <dlfcn.h>
#include <fstream>
#include <gtest/gtest.h>
#include <sched.h>

namespace nn::test {
namespace {

constexpr unsigned kernels = 9;

// An entry that calls kernels; kernel k adds 10 k by a chunk of its own.
std::string programText() {
  std::string text = "module {\n", calls;
  for (unsigned k = 0; k < kernels; ++k) {
    std::string name = "@nn.kernel." + std::to_string(k);
    text += "llvm.func internal " + name +
            ".chunk.0(%p: !llvm.ptr) attributes {no_inline} {\n"
            "  %a = llvm.load %p : !llvm.ptr -> i64\n"
            "  %k = llvm.mlir.constant(" +
            std::to_string(10 * k) +
            " : i64) : i64\n"
            "  %s = llvm.add %a, %k : i64\n"
            "  llvm.store %s, %p : i64, !llvm.ptr\n"
            "  llvm.return }\n"
            "llvm.func internal " +
            name +
            "(%p: !llvm.ptr) attributes {no_inline} {\n"
            "  llvm.call " +
            name +
            ".chunk.0(%p) : (!llvm.ptr) -> ()\n"
            "  llvm.return }\n";
    calls += "  llvm.call " + name + "(%p) : (!llvm.ptr) -> ()\n";
  }
  return text + "llvm.func @nn_program_descriptor(%p: !llvm.ptr) attributes {no_inline, optimize_none} {\n" +
         calls + "  llvm.return }\n}";
}

std::vector<CodePart> compiled(unsigned instructionsOfPart) {
  Module source(programText());
  Target target = hostTarget();
  llvm::LLVMContext context;
  return compileParts(translate(*source.module, context, target), target, {true, true, true},
                      instructionsOfPart);
}

llvm::SmallVector<std::string> objectsOf(const std::vector<CodePart> &parts) {
  llvm::SmallVector<std::string> objects;
  for (const CodePart &part : parts)
    objects.push_back(part.object);
  return objects;
}

TEST(Parts, smallProgramsAreOne) {
  std::vector<CodePart> parts = compiled(1000);
  ASSERT_EQ(parts.size(), 1u);
  EXPECT_NE(parts[0].ir.find("define internal"), std::string::npos);
  EXPECT_NE(parts[0].assembly.find("nn_program_descriptor:"), std::string::npos);
}

TEST(Parts, togetherAreTheProgram) {
  std::vector<CodePart> parts = compiled(10);
  ASSERT_GE(parts.size(), 3u);
  DiagnosticEngine engine;
  std::optional<std::string> object = joinObjects(objectsOf(parts), engine);
  ASSERT_TRUE(object);
  TemporaryDirectory directory;
  std::ofstream(directory.file("program.o"), std::ios::binary) << *object;
  std::string command = "cc -shared -o " + directory.file("program.so") + " " + directory.file("program.o");
  ASSERT_EQ(std::system(command.c_str()), 0);
  void *library = dlopen(directory.file("program.so").c_str(), RTLD_NOW);
  ASSERT_TRUE(library) << dlerror();
  auto entry = reinterpret_cast<void (*)(int64_t *)>(dlsym(library, "nn_program_descriptor"));
  ASSERT_TRUE(entry);
  EXPECT_EQ(dlsym(library, "nn.kernel.1"), nullptr) << "kernels have no names outside";
  int64_t value = 5;
  entry(&value);
  EXPECT_EQ(value, 5 + 10 * int64_t(kernels * (kernels - 1) / 2));
  dlclose(library);
}

TEST(Parts, areTheSameOnOneCore) {
  llvm::SmallVector<std::string> onAll = objectsOf(compiled(10));
  cpu_set_t before, one;
  ASSERT_EQ(sched_getaffinity(0, sizeof before, &before), 0);
  CPU_ZERO(&one);
  for (int cpu = 0; cpu < CPU_SETSIZE && CPU_COUNT(&one) == 0; ++cpu)
    if (CPU_ISSET(cpu, &before))
      CPU_SET(cpu, &one);
  ASSERT_EQ(sched_setaffinity(0, sizeof one, &one), 0);
  llvm::SmallVector<std::string> onOne = objectsOf(compiled(10));
  sched_setaffinity(0, sizeof before, &before);
  EXPECT_EQ(onAll, onOne);
}

TEST(Parts, thatAreNoObjectsAreReported) {
  DiagnosticEngine engine;
  EXPECT_FALSE(joinObjects({"not an object", "nor this"}, engine));
  ASSERT_EQ(engine.all().size(), 1u);
  EXPECT_EQ(engine.all()[0].kind, DiagnosticKind::LinkFailed);
}

} // namespace
} // namespace nn::test
