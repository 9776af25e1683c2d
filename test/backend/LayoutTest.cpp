// The LLVM structs lie in memory as the C compiler lays out runtime/abi/Program.h.
#include "compiler/backend/AbiTypes.h"
#include "runtime/abi/Program.h"
#include "test/backend/Support.h"
#include "llvm/IR/DataLayout.h"
#include "llvm/IR/LLVMContext.h"
#include <cstddef>
#include <gtest/gtest.h>

namespace nn::test {
namespace {

class Layout : public testing::Test {
protected:
  llvm::LLVMContext context;
  AbiTypes types{context};
  llvm::DataLayout layout = hostTarget().machine->createDataLayout();

  void expectLayout(llvm::StructType *type, size_t size, std::vector<size_t> offsets) {
    const llvm::StructLayout *actual = layout.getStructLayout(type);
    EXPECT_EQ(actual->getSizeInBytes().getFixedValue(), size) << type->getName().str();
    ASSERT_EQ(type->getNumElements(), offsets.size()) << type->getName().str();
    for (size_t i = 0; i < offsets.size(); ++i)
      EXPECT_EQ(actual->getElementOffset(i).getFixedValue(), offsets[i])
          << type->getName().str() << " member " << i;
  }
};

#define AT(member) offsetof(S, member)

TEST_F(Layout, tensor) {
  using S = nn_tensor;
  expectLayout(types.tensor, sizeof(S), {AT(name), AT(dtype), AT(rank), AT(shape), AT(offset), AT(bytes)});
}

TEST_F(Layout, value) {
  using S = nn_value;
  expectLayout(types.value, sizeof(S), {AT(name), AT(text), AT(number), AT(hyper)});
}

TEST_F(Layout, call) {
  using S = nn_call;
  expectLayout(types.call, sizeof(S), {AT(name), AT(argument_count), AT(arguments)});
}

TEST_F(Layout, field) {
  using S = nn_field;
  expectLayout(types.field, sizeof(S),
               {AT(name), AT(classes), AT(step_count), AT(steps), AT(input), AT(kind), AT(cell),
                AT(source_name), AT(span), AT(categories), AT(has_unknown), AT(augment_count), AT(augments),
                AT(of)});
}

TEST_F(Layout, data) {
  using S = nn_data;
  expectLayout(types.data, sizeof(S),
               {AT(name), AT(train), AT(validation), AT(test), AT(validation_share), AT(test_share),
                AT(field_count), AT(fields), AT(ids), AT(partition), AT(windows), AT(drops_duplicates),
                AT(balance)});
}

TEST_F(Layout, hyper) {
  using S = nn_hyper;
  expectLayout(types.hyper, sizeof(S),
               {AT(name), AT(doc), AT(type), AT(compiled), AT(value), AT(range), AT(low), AT(high),
                AT(choice_count), AT(choices), AT(slot)});
}

TEST_F(Layout, resultAndOutput) {
  expectLayout(types.result, sizeof(nn_result), {offsetof(nn_result, name), offsetof(nn_result, value)});
  expectLayout(types.output, sizeof(nn_output), {offsetof(nn_output, name), offsetof(nn_output, value)});
}

TEST_F(Layout, measures) {
  expectLayout(types.total, sizeof(nn_total), {offsetof(nn_total, kind), offsetof(nn_total, value)});
  expectLayout(types.measure, sizeof(nn_measure), {offsetof(nn_measure, name), offsetof(nn_measure, node)});
  using S = nn_node;
  expectLayout(types.node, sizeof(S),
               {AT(op), AT(operand_count), AT(operands), AT(rank), AT(shape), AT(axis_count), AT(axes),
                AT(strides), AT(number)});
}

TEST_F(Layout, train) {
  using S = nn_train;
  expectLayout(types.train, sizeof(S),
               {AT(name),       AT(data),         AT(other_count),     AT(others),     AT(batch),
                AT(epochs),     AT(epochs_hyper), AT(batch_hyper),     AT(step),       AT(eval),
                AT(term_count), AT(terms),        AT(eval_term_count), AT(eval_terms), AT(measure_count),
                AT(measures),   AT(total_count),  AT(totals),          AT(node_count), AT(nodes)});
}

TEST_F(Layout, layer) {
  using S = nn_layer;
  expectLayout(types.layer, sizeof(S), {AT(path), AT(rank), AT(shape), AT(parameters), AT(macs), AT(bytes)});
}

TEST_F(Layout, program) {
  using S = nn_program;
  expectLayout(types.program, sizeof(S), {AT(abi_version),   AT(dtype),
                                          AT(name),          AT(source_directory),
                                          AT(compiler),      AT(cpu),
                                          AT(feature_count), AT(features),
                                          AT(arena_bytes),   AT(persistent_bytes),
                                          AT(batch),         AT(parameter_count),
                                          AT(state_count),   AT(optimizer_count),
                                          AT(parameters),    AT(states),
                                          AT(optimizer),     AT(seed),
                                          AT(step),          AT(steps),
                                          AT(epoch),         AT(epochs),
                                          AT(hyper_count),   AT(data_count),
                                          AT(train_count),   AT(output_count),
                                          AT(layer_count),   AT(hypers),
                                          AT(data),          AT(trains),
                                          AT(outputs),       AT(layers),
                                          AT(check_count),   AT(checks),
                                          AT(init),          AT(fold),
                                          AT(predict),       AT(predict_data)});
}

#undef AT

} // namespace
} // namespace nn::test
