// The descriptor as a C program sees it: the object is linked into a shared library, loaded, and read back
// through the structs of runtime/abi/Program.h.
#include "compiler/backend/Descriptor.h"
#include "compiler/backend/Emit.h"
#include "compiler/backend/Optimize.h"
#include "compiler/backend/Translate.h"
#include "runtime/abi/Program.h"
#include "test/backend/Program.h"
#include "test/backend/Support.h"
#include <cstdlib>
#include <dlfcn.h>
#include <fstream>
#include <gtest/gtest.h>

namespace nn::test {
namespace {

class Descriptor : public testing::Test {
protected:
  void SetUp() override {
    Target target = hostTarget();
    llvm::LLVMContext context;
    Module source(smallProgram);
    ASSERT_TRUE(source.module);
    auto code = translate(*source.module, context, target);
    ASSERT_TRUE(code);
    ASSERT_TRUE(succeeded(addDescriptor(*source.module, *code, {"nnc 0.1.0", "some-cpu", {"avx2", "fma"}})));
    optimize(*code, target);
    unusedIsGone = code->getFunction("unused") == nullptr;
    std::ofstream(directory.file("program.o"), std::ios::binary) << emitCode(*code, target, CodeKind::Object);
    ASSERT_EQ(
        std::system(
            ("cc -shared -o " + directory.file("program.so") + " " + directory.file("program.o")).c_str()),
        0);
    library = dlopen(directory.file("program.so").c_str(), RTLD_NOW);
    ASSERT_TRUE(library) << dlerror();
    program = static_cast<const nn_program *>(dlsym(library, descriptorSymbol));
    ASSERT_TRUE(program);
  }

  void TearDown() override {
    if (library)
      dlclose(library);
  }

  TemporaryDirectory directory;
  void *library = nullptr;
  const nn_program *program = nullptr;
  bool unusedIsGone = false;
};

TEST_F(Descriptor, namesTheProgram) {
  EXPECT_EQ(program->abi_version, uint32_t(NN_ABI_VERSION));
  EXPECT_EQ(program->dtype, uint32_t(NN_F32));
  EXPECT_STREQ(program->name, "small");
  EXPECT_STREQ(program->source_directory, "/somewhere");
  EXPECT_STREQ(program->compiler, "nnc 0.1.0");
  EXPECT_STREQ(program->cpu, "some-cpu");
  ASSERT_EQ(program->feature_count, 2u);
  EXPECT_STREQ(program->features[1], "fma");
  EXPECT_EQ(program->arena_bytes, 1024u);
  EXPECT_EQ(program->persistent_bytes, 128u);
  EXPECT_EQ(program->batch, 8);
}

TEST_F(Descriptor, placesTensors) {
  ASSERT_EQ(program->parameter_count, 1u);
  const nn_tensor &w = program->parameters[0];
  EXPECT_STREQ(w.name, "Net.W");
  EXPECT_EQ(w.dtype, uint32_t(NN_F32));
  ASSERT_EQ(w.rank, 2u);
  EXPECT_EQ(w.shape[0], 2);
  EXPECT_EQ(w.shape[1], 3);
  EXPECT_EQ(w.bytes, 24u);
  ASSERT_EQ(program->state_count, 1u);
  EXPECT_EQ(program->states[0].offset, 64u);
  EXPECT_EQ(program->optimizer_count, 0u);
  EXPECT_EQ(program->optimizer, nullptr);
  EXPECT_EQ(program->step.dtype, uint32_t(NN_I64));
  EXPECT_EQ(program->step.rank, 0u);
  EXPECT_EQ(program->step.offset, 192u);
  EXPECT_EQ(program->seed.bytes, 0u) << "no entry uses it";
  EXPECT_STREQ(program->seed.name, "seed");
}

TEST_F(Descriptor, describesData) {
  ASSERT_EQ(program->data_count, 1u);
  const nn_data &data = program->data[0];
  EXPECT_STREQ(data.train.name, "xor");
  ASSERT_EQ(data.train.argument_count, 2u);
  EXPECT_STREQ(data.train.arguments[0].name, "");
  EXPECT_EQ(data.train.arguments[0].text, nullptr);
  EXPECT_EQ(data.train.arguments[0].number, 400);
  EXPECT_STREQ(data.train.arguments[1].name, "noise");
  EXPECT_STREQ(data.test.arguments[0].text, "a.gz");
  EXPECT_EQ(data.validation.name, nullptr);
  EXPECT_EQ(data.validation_share, 0.1);
  ASSERT_EQ(data.field_count, 2u);
  EXPECT_STREQ(data.fields[0].steps[0].name, "zscore");
  EXPECT_EQ(data.fields[0].input.shape[0], -1);
  EXPECT_EQ(data.fields[0].input.offset, 128u);
  EXPECT_EQ(data.fields[1].classes, 2);
  EXPECT_EQ(data.fields[1].step_count, 0u);
  EXPECT_EQ(data.fields[1].input.bytes, 0u) << "no entry reads it";
  EXPECT_EQ(data.fields[1].input.dtype, uint32_t(NN_I32));
  EXPECT_EQ(data.fields[1].input.rank, 1u);
}

TEST_F(Descriptor, describesHyperparameters) {
  ASSERT_EQ(program->hyper_count, 2u);
  const nn_hyper &rate = program->hypers[0], &width = program->hypers[1];
  EXPECT_STREQ(rate.doc, "how fast");
  EXPECT_EQ(rate.type, uint32_t(NN_HYPER_FLOAT));
  EXPECT_EQ(rate.compiled, 0u);
  EXPECT_EQ(rate.range, uint32_t(NN_RANGE_LOG));
  EXPECT_EQ(rate.low, 1e-5);
  EXPECT_EQ(rate.slot.offset, 256u);
  EXPECT_EQ(width.type, uint32_t(NN_HYPER_INT));
  EXPECT_EQ(width.compiled, 1u);
  ASSERT_EQ(width.choice_count, 2u);
  EXPECT_EQ(width.choices[1], 32);
}

TEST_F(Descriptor, describesTraining) {
  ASSERT_EQ(program->train_count, 1u);
  const nn_train &train = program->trains[0];
  EXPECT_STREQ(train.name, "classify");
  EXPECT_EQ(train.epochs, 3);
  EXPECT_EQ(train.batch_hyper, -1);
  ASSERT_EQ(train.term_count, 1u);
  EXPECT_EQ(train.terms[0].value.offset, 320u);
  ASSERT_EQ(train.eval_term_count, 1u);
  EXPECT_EQ(train.eval_terms[0].value.offset, 384u);
  ASSERT_EQ(train.measure_count, 1u);
  EXPECT_STREQ(train.measures[0].name, "accuracy");
  EXPECT_EQ(train.measures[0].node, 1);
  ASSERT_EQ(train.total_count, 1u);
  EXPECT_EQ(train.totals[0].kind, uint32_t(NN_TOTAL_MAX));
  EXPECT_EQ(train.totals[0].value.offset, 448u);
  ASSERT_EQ(train.node_count, 2u);
  EXPECT_EQ(train.nodes[0].shape[0], 3);
  EXPECT_STREQ(train.nodes[1].op, "reduce_sum");
  EXPECT_EQ(train.nodes[1].operands[0], 0);
  EXPECT_EQ(train.nodes[1].axis_count, 1u);
  ASSERT_EQ(program->layer_count, 1u);
  EXPECT_EQ(program->layers[0].shape[0], -1);
  ASSERT_EQ(program->check_count, 2u);
  EXPECT_STREQ(program->checks[1], "loss");
  ASSERT_EQ(program->output_count, 1u);
  EXPECT_EQ(program->outputs[0].value.offset, 512u);
}

TEST_F(Descriptor, entriesCanBeCalled) {
  alignas(64) uint8_t arena[1024] = {};
  ASSERT_TRUE(program->init && program->trains[0].step && program->predict);
  EXPECT_EQ(program->fold, nullptr);
  program->init(arena, 0, 0);
  program->trains[0].step(arena, 8, 0);
  EXPECT_EQ(*reinterpret_cast<float *>(arena), 2.0f);
}

TEST_F(Descriptor, nothingElseIsExported) {
  EXPECT_TRUE(unusedIsGone);
  EXPECT_EQ(dlsym(library, "classify.step"), nullptr);
}

TEST(DescriptorFault, missingEntryIsReported) {
  std::string text = smallProgram;
  text.replace(text.find("@classify.eval"), 14, "@classify.evil");
  Module source(text);
  ASSERT_TRUE(source.module);
  std::string message;
  mlir::ScopedDiagnosticHandler handler(&source.context,
                                        [&](mlir::Diagnostic &diagnostic) { message = diagnostic.str(); });
  llvm::LLVMContext context;
  auto code = translate(*source.module, context, hostTarget());
  EXPECT_TRUE(failed(addDescriptor(*source.module, *code, {})));
  EXPECT_EQ(message, "the descriptor cannot be built: there is no entry `classify.eval`");
}

} // namespace
} // namespace nn::test
