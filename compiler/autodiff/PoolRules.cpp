// Derivatives of pooling. With the places fixed, taking them (`max_pool_pick`) and scattering to them
// (`max_pool_grad`) are adjoints of each other.
#include "compiler/autodiff/Rules.h"

using namespace mlir;

namespace nn {

template <typename Op, typename From>
static Value pooling(From y, Value x, Value place, Value like, Adjoint &a) {
  return Op::create(a.builder, like.getType(), x, place, y.getWindow(), y.getStrides(), y.getPadding());
}

template <typename Op, typename From> static Value summing(From y, Value x, Value like, Adjoint &a) {
  return Op::create(a.builder, like.getType(), x, y.getWindow(), y.getStrides(), y.getPadding());
}

void addPoolRules(RuleTable &table) {
  table.rule<MaxPoolOp>([](MaxPoolOp y, Value g, Adjoint &a) {
    a.flow(y.getInput(), [&] { return pooling<MaxPoolGradOp>(y, g, y.getPlace(), y.getInput(), a); });
  });
  table.rule<MaxPoolGradOp>([](MaxPoolGradOp y, Value g, Adjoint &a) {
    a.flow(y.getGradient(), [&] { return pooling<MaxPoolPickOp>(y, g, y.getPlace(), y.getGradient(), a); });
  });
  table.rule<MaxPoolPickOp>([](MaxPoolPickOp y, Value g, Adjoint &a) {
    a.flow(y.getInput(), [&] { return pooling<MaxPoolGradOp>(y, g, y.getPlace(), y.getInput(), a); });
  });
  table.rule<SumPoolOp>([](SumPoolOp y, Value g, Adjoint &a) {
    a.flow(y.getInput(), [&] { return summing<SumPoolGradOp>(y, g, y.getInput(), a); });
  });
  table.rule<SumPoolGradOp>([](SumPoolGradOp y, Value g, Adjoint &a) {
    a.flow(y.getGradient(), [&] { return summing<SumPoolOp>(y, g, y.getGradient(), a); });
  });
}

} // namespace nn
