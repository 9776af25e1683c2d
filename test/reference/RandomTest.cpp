// The interpreter's random numbers against the published test vectors, through the op.
#include "compiler/dialect/NnDialect.h"
#include "compiler/reference/Reference.h"
#include "mlir/Parser/Parser.h"
#include <gtest/gtest.h>

using namespace mlir;

namespace nn {
namespace {

Tensor run(const char *text, int64_t rows, llvm::ArrayRef<Tensor> arguments) {
  MLIRContext context(MLIRContext::Threading::DISABLED);
  context.loadDialect<NnDialect, func::FuncDialect>();
  OwningOpRef<ModuleOp> module = parseSourceString<ModuleOp>(text, &context);
  return (*interpret(module->lookupSymbol<func::FuncOp>("main"), rows, arguments))[0];
}

constexpr const char *perRow = R"(
  func.func @main(%rows: index, %s: tensor<i64>, %k: tensor<i64>, %ids: tensor<?xi64>) -> tensor<?x3xf64> {
    %u = nn.random "uniform" purpose 7 seed %s counter %k ids %ids : tensor<?xi64> -> tensor<?x3xf64>
    return %u : tensor<?x3xf64>
  })";

// Random123's known answer: counter 0, key 0 gives 6627e8d5 e169c58d bc57ac4c 9b00dbd8.
TEST(Random, IsPhilox) {
  Tensor zero = Tensor::integer({}, 0);
  Tensor u = run(R"(
    func.func @main(%s: tensor<i64>, %k: tensor<i64>) -> tensor<1xf64> {
      %u = nn.random "uniform" purpose 0 seed %s counter %k -> tensor<1xf64>
      return %u : tensor<1xf64>
    })",
                 1, {zero, zero});
  EXPECT_EQ(u.reals[0], (0x6627e8d5 >> 8) * 0x1p-24);
}

// Random123's known answer: all counter and key words ffffffff give 408f276d 41c83b0e a20bc7c6 6d5451fd. The
// element cannot be that large, so this checks the key's two words and the order of the counter's by
// difference alone.
TEST(Random, UsesEveryPartOfItsKey) {
  Tensor ids = Tensor::integer({2});
  ids.integers = {5, 6};
  auto draw = [&](int64_t seed, int64_t step) {
    return run(perRow, 2, {Tensor::integer({}, seed), Tensor::integer({}, step), ids}).reals;
  };
  EXPECT_EQ(draw(1, 2), draw(1, 2));
  EXPECT_NE(draw(1, 2), draw(2, 2));
  EXPECT_NE(draw(1, 2), draw(1 + (int64_t(1) << 32), 2));
  EXPECT_NE(draw(1, 2), draw(1, 3));
}

// A row's numbers depend on its id, not on where in which batch it stands.
TEST(Random, FollowsTheRecord) {
  Tensor a = Tensor::integer({3}), b = Tensor::integer({2});
  a.integers = {4, 9, 1};
  b.integers = {1, 9};
  Tensor seed = Tensor::integer({}, 11), step = Tensor::integer({}, 3);
  std::vector<double> x = run(perRow, 3, {seed, step, a}).reals, y = run(perRow, 2, {seed, step, b}).reals;
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(x[3 + i], y[3 + i]);
    EXPECT_EQ(x[6 + i], y[i]);
  }
}

TEST(Random, NormalHasMeanZeroAndVarianceOne) {
  Tensor u = run(R"(
    func.func @main(%s: tensor<i64>, %k: tensor<i64>) -> tensor<20000xf64> {
      %u = nn.random "normal" purpose -3 seed %s counter %k -> tensor<20000xf64>
      return %u : tensor<20000xf64>
    })",
                 1, {Tensor::integer({}, 1), Tensor::integer({}, 1)});
  double sum = 0, squares = 0;
  for (double value : u.reals) {
    sum += value;
    squares += value * value;
  }
  EXPECT_NEAR(sum / 20000, 0, 0.03);
  EXPECT_NEAR(squares / 20000, 1, 0.05);
}

} // namespace
} // namespace nn
