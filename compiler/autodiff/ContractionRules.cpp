// Derivatives of matrix products and convolutions. Both are linear in each operand, so a rule is the adjoint
// in that operand, written in ops of the same family: nothing new appears, however often one differentiates.
#include "compiler/autodiff/Rules.h"

using namespace mlir;

namespace nn {
namespace {

Value matmul(Value lhs, bool transposeLhs, Value rhs, bool transposeRhs, Value like, Adjoint &a) {
  return MatMulOp::create(a.builder, like.getType(), lhs, rhs, transposeLhs, transposeRhs);
}

// With Y = A' B', where a prime transposes on request: dA' = G B'^T and dB' = A'^T G.
void addMatMulRule(RuleTable &table) {
  table.rule<MatMulOp>([](MatMulOp y, Value g, Adjoint &a) {
    Value lhs = y.getLhs(), rhs = y.getRhs();
    bool tl = y.getTransposeLhs(), tr = y.getTransposeRhs();
    a.flow(lhs, [&] { return tl ? matmul(rhs, tr, g, true, lhs, a) : matmul(g, false, rhs, !tr, lhs, a); });
    a.flow(rhs, [&] { return tr ? matmul(g, true, lhs, tl, rhs, a) : matmul(lhs, !tl, g, false, rhs, a); });
  });
}

// One of the three convolution ops on `lhs` and `rhs`, with the windows of `y`.
template <typename Op, typename From>
Value convolution(From y, Value lhs, Value rhs, Value like, Adjoint &a) {
  return Op::create(a.builder, like.getType(), lhs, rhs, y.getStrides(), y.getPadding(), y.getDilations(),
                    y.getGroups());
}

// The three ops are the three faces of one trilinear form sum g[o] x[i] w[k]: each by two of them is the
// third.
void addConvolutionRules(RuleTable &table) {
  table.rule<ConvOp>([](ConvOp y, Value g, Adjoint &a) {
    Value x = y.getInput(), w = y.getFilter();
    a.flow(x, [&] { return convolution<ConvInputGradOp>(y, g, w, x, a); });
    a.flow(w, [&] { return convolution<ConvFilterGradOp>(y, x, g, w, a); });
  });
  table.rule<ConvInputGradOp>([](ConvInputGradOp y, Value x, Adjoint &a) {
    Value g = y.getGradient(), w = y.getFilter();
    a.flow(g, [&] { return convolution<ConvOp>(y, x, w, g, a); });
    a.flow(w, [&] { return convolution<ConvFilterGradOp>(y, x, g, w, a); });
  });
  table.rule<ConvFilterGradOp>([](ConvFilterGradOp y, Value w, Adjoint &a) {
    Value x = y.getInput(), g = y.getGradient();
    a.flow(x, [&] { return convolution<ConvInputGradOp>(y, g, w, x, a); });
    a.flow(g, [&] { return convolution<ConvOp>(y, x, w, g, a); });
  });
}

} // namespace

void addContractionRules(RuleTable &table) {
  addMatMulRule(table);
  addConvolutionRules(table);
}

} // namespace nn
