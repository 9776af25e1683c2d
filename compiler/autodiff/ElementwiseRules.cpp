// Derivatives of the elementwise ops; g is the gradient of the result y. Where a rule may use x or y, it uses
// y, which is more often needed by others and so is kept anyway.
#include "compiler/autodiff/Rules.h"

using namespace mlir;

namespace nn {
namespace {

// The op's only operand gets `gradient(op, g, a)`.
template <typename Op, typename Gradient> void unary(RuleTable &table, Gradient gradient) {
  table.rule<Op>(
      [gradient](Op op, Value g, Adjoint &a) { a.flow(op.getX(), [&] { return gradient(op, g, a); }); });
}

void addUnaryRules(RuleTable &table) {
  unary<NegOp>(table, [](NegOp, Value g, Adjoint &a) { return a.neg(g); });
  unary<ExpOp>(table, [](ExpOp y, Value g, Adjoint &a) { return a.mul(g, y); });
  unary<LogOp>(table, [](LogOp y, Value g, Adjoint &a) { return a.div(g, y.getX()); });
  unary<SqrtOp>(table, [](SqrtOp y, Value g, Adjoint &a) { return a.div(a.scale(g, 0.5), y); });
  // -y^3/2
  unary<RsqrtOp>(
      table, [](RsqrtOp y, Value g, Adjoint &a) { return a.mul(a.scale(g, -0.5), a.mul(y, a.mul(y, y))); });
  // 1 - y^2
  unary<TanhOp>(table,
                [](TanhOp y, Value g, Adjoint &a) { return a.mul(g, a.sub(a.splat(1, y), a.mul(y, y))); });
  unary<SinOp>(table, [](SinOp y, Value g, Adjoint &a) { return a.mul(g, a.unary<CosOp>(y.getX())); });
  unary<CosOp>(table, [](CosOp y, Value g, Adjoint &a) { return a.mul(a.neg(g), a.unary<SinOp>(y.getX())); });
  // 2/sqrt(pi) e^(-x^2)
  unary<ErfOp>(table, [](ErfOp y, Value g, Adjoint &a) {
    constexpr double twoOverRootPi = 1.1283791670955125739;
    Value bell = a.unary<ExpOp>(a.neg(a.mul(y.getX(), y.getX())));
    return a.mul(a.scale(g, twoOverRootPi), bell);
  });
  unary<AbsOp>(table, [](AbsOp y, Value g, Adjoint &a) { return a.mul(g, a.unary<SignOp>(y.getX())); });
  unary<CastOp>(table, [](CastOp y, Value g, Adjoint &a) { return a.castLike(g, y.getX()); });
}

void addArithmeticRules(RuleTable &table) {
  table.rule<AddOp>([](AddOp y, Value g, Adjoint &a) {
    a.flow(y.getLhs(), [&] { return g; });
    a.flow(y.getRhs(), [&] { return g; });
  });
  table.rule<SubOp>([](SubOp y, Value g, Adjoint &a) {
    a.flow(y.getLhs(), [&] { return g; });
    a.flow(y.getRhs(), [&] { return a.neg(g); });
  });
  table.rule<MulOp>([](MulOp y, Value g, Adjoint &a) {
    a.flow(y.getLhs(), [&] { return a.mul(g, y.getRhs()); });
    a.flow(y.getRhs(), [&] { return a.mul(g, y.getLhs()); });
  });
  // d(l/r) = dl/r - (l/r) dr/r
  table.rule<DivOp>([](DivOp y, Value g, Adjoint &a) {
    a.flow(y.getLhs(), [&] { return a.div(g, y.getRhs()); });
    a.flow(y.getRhs(), [&] { return a.neg(a.div(a.mul(g, y), y.getRhs())); });
  });
  table.rule<SelectOp>([](SelectOp y, Value g, Adjoint &a) {
    a.flow(y.getOnTrue(), [&] { return a.select(y.getCondition(), g, a.splat(0, g)); });
    a.flow(y.getOnFalse(), [&] { return a.select(y.getCondition(), a.splat(0, g), g); });
  });
}

// b x^(b-1) by the base, zero for b = 0 also where x = 0; x^b ln x by the exponent, zero at x = 0.
void addPowRule(RuleTable &table) {
  table.rule<PowOp>([](PowOp y, Value g, Adjoint &a) {
    Value base = y.getLhs(), exponent = y.getRhs();
    a.flow(base, [&]() -> Value {
      Value slope = a.mul(exponent, a.pow(base, a.sub(exponent, a.splat(1, exponent))));
      if (std::optional<double> b = constantSplat(exponent); b && *b != 0)
        return a.mul(g, slope);
      Value zero = a.splat(0, exponent);
      return a.mul(g, a.select(a.compare("eq", exponent, zero), zero, slope));
    });
    a.flow(exponent, [&] {
      Value atZero = a.compare("eq", base, a.splat(0, base));
      Value logarithm = a.unary<LogOp>(a.select(atZero, a.splat(1, base), base));
      return a.mul(a.mul(g, y), logarithm);
    });
  });
}

// The larger (smaller) operand has it all. At a tie a constant wins, so that relu = max(x, 0) has slope 0 at
// 0; else the left operand. The mask of max(x, constant) is made from y, which the next layer keeps, not from
// x.
template <typename Op> void addChoiceRule(RuleTable &table, StringRef strictly, StringRef orEqual) {
  table.rule<Op>([strictly, orEqual](Op y, Value g, Adjoint &a) {
    bool rightIsConstant = constantSplat(y.getRhs()).has_value();
    Value left = rightIsConstant ? y.getResult() : y.getLhs();
    Value mask = a.compare(rightIsConstant ? strictly : orEqual, left, y.getRhs());
    a.flow(y.getLhs(), [&] { return a.select(mask, g, a.splat(0, g)); });
    a.flow(y.getRhs(), [&] { return a.select(mask, a.splat(0, g), g); });
  });
}

} // namespace

void addElementwiseRules(RuleTable &table) {
  addUnaryRules(table);
  addArithmeticRules(table);
  addPowRule(table);
  addChoiceRule<MaxOp>(table, "gt", "ge");
  addChoiceRule<MinOp>(table, "lt", "le");
  table.constant<SignOp, FloorOp, CompareOp, AndOp, OrOp, XorOp>();
}

} // namespace nn
