// Elementwise ops: the scalar arithmetic of each, in one pointwise generic per op.
#include "compiler/lowering/LinalgBuilder.h"

using namespace mlir;
using namespace nn;

namespace {

Value one(ImplicitLocOpBuilder &s, Type type, double value = 1.0) {
  return arith::ConstantOp::create(s, s.getFloatAttr(type, value));
}

// NaN stays NaN and zero stays zero, as the operand itself is the last choice.
Value sign(ImplicitLocOpBuilder &s, Value x) {
  Value zero = one(s, x.getType(), 0.0);
  Value below = arith::CmpFOp::create(s, arith::CmpFPredicate::OLT, x, zero);
  Value above = arith::CmpFOp::create(s, arith::CmpFPredicate::OGT, x, zero);
  Value negative = arith::SelectOp::create(s, below, one(s, x.getType(), -1.0), x);
  return arith::SelectOp::create(s, above, one(s, x.getType()), negative);
}

Value unary(ImplicitLocOpBuilder &s, Operation *op, Value x) {
  auto contract = arith::FastMathFlags::contract;
  return TypeSwitch<Operation *, Value>(op)
      .Case([&](NegOp) { return arith::NegFOp::create(s, x); })
      .Case([&](ExpOp) { return math::ExpOp::create(s, x); })
      .Case([&](LogOp) { return math::LogOp::create(s, x); })
      .Case([&](SqrtOp) { return math::SqrtOp::create(s, x); })
      .Case([&](RsqrtOp) {
        return arith::DivFOp::create(s, one(s, x.getType()), math::SqrtOp::create(s, x).getResult(),
                                     contract);
      })
      .Case([&](TanhOp) { return math::TanhOp::create(s, x); })
      .Case([&](SinOp) { return math::SinOp::create(s, x); })
      .Case([&](CosOp) { return math::CosOp::create(s, x); })
      .Case([&](ErfOp) { return math::ErfOp::create(s, x); })
      .Case([&](AbsOp) { return math::AbsFOp::create(s, x); })
      .Case([&](SignOp) { return sign(s, x); })
      .Case([&](FloorOp) { return math::FloorOp::create(s, x); })
      .Case([&](StopGradientOp) { return x; })
      .Default(Value());
}

// The splat that a value is, through broadcasts; none if it is computed.
std::optional<double> constantValue(Value value) {
  Operation *op = value.getDefiningOp();
  if (auto generic = dyn_cast_or_null<linalg::GenericOp>(op)) {
    Value yielded = generic.getBody()->getTerminator()->getOperand(0);
    if (auto argument = dyn_cast<BlockArgument>(yielded);
        argument && argument.getArgNumber() < generic.getNumDpsInputs())
      return constantValue(generic.getDpsInputOperand(argument.getArgNumber())->get());
    if (auto constant = yielded.getDefiningOp<arith::ConstantOp>())
      if (auto number = dyn_cast<FloatAttr>(constant.getValue()))
        return number.getValueAsDouble();
  }
  return std::nullopt;
}

// Small constant exponents are products: exact, and vector code.
Value power(ImplicitLocOpBuilder &s, PowOp op, Value x, Value y) {
  auto exponent = constantValue(op.getRhs());
  if (exponent == 1.0)
    return x;
  if (exponent == 0.5)
    return math::SqrtOp::create(s, x);
  if (exponent == 2.0 || exponent == 3.0) {
    Value square = arith::MulFOp::create(s, x, x);
    return exponent == 2.0 ? square : arith::MulFOp::create(s, square, x).getResult();
  }
  return math::PowFOp::create(s, x, y);
}

Value binary(ImplicitLocOpBuilder &s, Operation *op, Value x, Value y) {
  auto contract = arith::FastMathFlags::contract;
  return TypeSwitch<Operation *, Value>(op)
      .Case([&](AddOp) { return arith::AddFOp::create(s, x, y, contract); })
      .Case([&](SubOp) { return arith::SubFOp::create(s, x, y, contract); })
      .Case([&](MulOp) { return arith::MulFOp::create(s, x, y, contract); })
      .Case([&](DivOp) { return arith::DivFOp::create(s, x, y); })
      .Case([&](MaxOp) { return arith::MaximumFOp::create(s, x, y); })
      .Case([&](MinOp) { return arith::MinimumFOp::create(s, x, y); })
      .Case([&](PowOp pow) { return power(s, pow, x, y); })
      .Case([&](AndOp) { return arith::AndIOp::create(s, x, y); })
      .Case([&](OrOp) { return arith::OrIOp::create(s, x, y); })
      .Case([&](XorOp) { return arith::XOrIOp::create(s, x, y); })
      .Default(Value());
}

Value compare(ImplicitLocOpBuilder &s, StringRef predicate, Value x, Value y) {
  if (isa<FloatType>(x.getType())) {
    auto kind = llvm::StringSwitch<arith::CmpFPredicate>(predicate)
                    .Case("lt", arith::CmpFPredicate::OLT)
                    .Case("le", arith::CmpFPredicate::OLE)
                    .Case("gt", arith::CmpFPredicate::OGT)
                    .Case("ge", arith::CmpFPredicate::OGE)
                    .Case("eq", arith::CmpFPredicate::OEQ)
                    .Default(arith::CmpFPredicate::UNE);
    return arith::CmpFOp::create(s, kind, x, y);
  }
  bool mask = x.getType().isInteger(1);
  auto kind = llvm::StringSwitch<arith::CmpIPredicate>(predicate)
                  .Case("lt", mask ? arith::CmpIPredicate::ult : arith::CmpIPredicate::slt)
                  .Case("le", mask ? arith::CmpIPredicate::ule : arith::CmpIPredicate::sle)
                  .Case("gt", mask ? arith::CmpIPredicate::ugt : arith::CmpIPredicate::sgt)
                  .Case("ge", mask ? arith::CmpIPredicate::uge : arith::CmpIPredicate::sge)
                  .Case("eq", arith::CmpIPredicate::eq)
                  .Default(arith::CmpIPredicate::ne);
  return arith::CmpIOp::create(s, kind, x, y);
}

Value castTo(ImplicitLocOpBuilder &s, Value x, Type type) {
  if (x.getType() == type)
    return x;
  if (x.getType().isInteger(1))
    return arith::UIToFPOp::create(s, type, x);
  if (isa<IntegerType>(x.getType()))
    return arith::SIToFPOp::create(s, type, x);
  if (x.getType().isF32())
    return arith::ExtFOp::create(s, type, x);
  return arith::TruncFOp::create(s, type, x);
}

Value scalarOf(ImplicitLocOpBuilder &s, Operation *op, ValueRange x) {
  if (auto comparison = dyn_cast<CompareOp>(op))
    return compare(s, comparison.getPredicate(), x[0], x[1]);
  if (isa<SelectOp>(op))
    return arith::SelectOp::create(s, x[0], x[1], x[2]);
  if (isa<CastOp>(op))
    return castTo(s, x[0], cast<RankedTensorType>(op->getResult(0).getType()).getElementType());
  return x.size() == 1 ? unary(s, op, x[0]) : binary(s, op, x[0], x[1]);
}

} // namespace

SmallVector<Value> nn::lowerElementwise(LinalgBuilder &builder, Operation *op) {
  if (!op->hasTrait<OpTrait::Elementwise>())
    return {};
  auto type = cast<RankedTensorType>(op->getResult(0).getType());
  SmallVector<AffineMap> maps(op->getNumOperands(), builder.identity(type.getRank()));
  auto body = [&](ImplicitLocOpBuilder &s, ValueRange x) -> SmallVector<Value> {
    return {scalarOf(s, op, x)};
  };
  return {builder.pointwise(type, builder.dynamicSizeOf(op), op->getOperands(), maps, body)};
}
