// Operators: on numbers at once, on tensors as nodes, with the rule of shapes: operands align at the last
// axis, leading axes that one lacks are added, and an axis of length 1 is never stretched.
#include "compiler/sema/Evaluator.h"
#include "compiler/sema/Numbers.h"
#include <algorithm>
#include <cmath>

namespace nn::sema {

using ast::BinaryOperator;
using typed::Op;

namespace {

struct OperatorInfo {
  const char *name;
  Op op;
  const char *predicate; // of comparisons
};

OperatorInfo infoOf(BinaryOperator op) {
  switch (op) {
  case BinaryOperator::Add:
    return {"+", Op::Add, nullptr};
  case BinaryOperator::Subtract:
    return {"-", Op::Sub, nullptr};
  case BinaryOperator::Multiply:
    return {"*", Op::Mul, nullptr};
  case BinaryOperator::Divide:
    return {"/", Op::Div, nullptr};
  case BinaryOperator::Power:
    return {"^", Op::Pow, nullptr};
  case BinaryOperator::MatMul:
    return {"@", Op::MatMul, nullptr};
  case BinaryOperator::Less:
    return {"<", Op::Compare, "lt"};
  case BinaryOperator::LessEqual:
    return {"<=", Op::Compare, "le"};
  case BinaryOperator::Greater:
    return {">", Op::Compare, "gt"};
  case BinaryOperator::GreaterEqual:
    return {">=", Op::Compare, "ge"};
  case BinaryOperator::Equal:
    return {"==", Op::Compare, "eq"};
  case BinaryOperator::NotEqual:
    return {"!=", Op::Compare, "ne"};
  case BinaryOperator::And:
    return {"and", Op::And, nullptr};
  case BinaryOperator::Or:
    return {"or", Op::Or, nullptr};
  case BinaryOperator::Range:
    return {"..", Op::Argument, nullptr};
  case BinaryOperator::Pipe:
    return {"|>", Op::Argument, nullptr};
  }
  return {"", Op::Argument, nullptr};
}

bool isMask(Evaluator &evaluator, const Value &value) {
  auto *tensor = value.as<Tensor>();
  return tensor && tensor->owner->builder.typeOf(tensor->value).element == typed::Element::Mask;
}

bool isLabel(const Value &value) {
  auto *tensor = value.as<Tensor>();
  return tensor && tensor->owner->builder.typeOf(tensor->value).element == typed::Element::Label;
}

} // namespace

std::optional<Shape> Evaluator::commonShape(const char *name, typed::Value x, typed::Value y, Location where,
                                            Location leftWhere, Location rightWhere) {
  const Shape left = this->builder().shapeOf(x), right = this->builder().shapeOf(y);
  size_t shared = std::min(left.size(), right.size());
  if (std::equal(left.end() - shared, left.end(), right.end() - shared))
    return left.size() >= right.size() ? left : right;
  const typed::Dim one{1, false};
  bool hasOne = llvm::is_contained(left, one) || llvm::is_contained(right, one);
  auto builder = error(hasOne ? DiagnosticKind::StretchedAxis : DiagnosticKind::ShapesDoNotFit, where,
                       {name, toString(left), toString(right)});
  if (leftWhere.isValid() && rightWhere.isValid())
    builder.label(leftWhere, "this is `" + toString(left) + "`")
        .label(rightWhere, "this is `" + toString(right) + "`");
  labelOrigin(builder, x, leftWhere);
  labelOrigin(builder, y, rightWhere);
  if (hasOne)
    builder.note("an axis of length 1 is not stretched; `expand` does that where it is meant");
  return std::nullopt;
}

Value Evaluator::elementwise(Op op, const char *name, const Value &left, const Value &right, Location where,
                             Location leftWhere, Location rightWhere) {
  auto x = asFloat(left, leftWhere), y = asFloat(right, rightWhere);
  if (!x || !y)
    return Poison();
  auto shape = commonShape(name, *x, *y, where, leftWhere, rightWhere);
  if (!shape)
    return Poison();
  builder().where = where;
  return tensor(builder().binary(op, builder().broadcast(*x, *shape), builder().broadcast(*y, *shape)));
}

// Small whole powers are products: exact where `pow` of a negative base would be none.
Value Evaluator::power(const Value &base, const Value &exponent, Location where, Location leftWhere,
                       Location rightWhere) {
  constexpr int maxProduct = 8;
  if (!exponent.isNumber() || exponent.number() != std::floor(exponent.number()) ||
      std::abs(exponent.number()) > maxProduct || exponent.number() == 0)
    return elementwise(Op::Pow, "^", base, exponent, where, leftWhere, rightWhere);
  auto x = asFloat(base, leftWhere);
  if (!x)
    return Poison();
  typed::Value result = *x;
  for (int i = 1; i < std::abs(int(exponent.number())); ++i)
    result = builder().binary(Op::Mul, result, *x);
  if (exponent.number() > 0)
    return tensor(result);
  return tensor(
      builder().binary(Op::Div, builder().broadcast(builder().constant(1), builder().shapeOf(*x)), result));
}

Value Evaluator::matMul(const Value &left, const Value &right, Location where, Location leftWhere,
                        Location rightWhere) {
  auto x = asFloat(left, leftWhere), y = asFloat(right, rightWhere);
  if (!x || !y)
    return Poison();
  Shape a = builder().shapeOf(*x), b = builder().shapeOf(*y);
  bool batched = b.size() >= 3 && a.size() == b.size() && std::equal(a.begin(), a.end() - 2, b.begin());
  bool fits = !a.empty() && (b.size() == 2 || batched) && a.back() == b[b.size() - 2];
  if (!fits) {
    auto builder = error(DiagnosticKind::MatMulMismatch, where, {toString(a), toString(b)});
    builder.label(leftWhere, "this is `" + toString(a) + "`")
        .label(rightWhere, "this is `" + toString(b) + "`");
    labelOrigin(builder, *x, leftWhere);
    labelOrigin(builder, *y, rightWhere);
    return Poison();
  }
  Shape result = a;
  result.back() = b.back();
  if (!checkElements(result, where))
    return Poison();
  builder().where = where;
  if (a.size() == 2 || (batched && a.size() == 3))
    return tensor(builder().matMul(*x, *y));
  if (batched) {
    // All leading axes become one.
    typed::Dim products;
    for (size_t i = 0; i + 2 < a.size(); ++i)
      products = {products.size * a[i].size, products.batch || a[i].batch};
    typed::Value flat = builder().matMul(builder().reshape(*x, {products, a[a.size() - 2], a.back()}),
                                         builder().reshape(*y, {products, b[b.size() - 2], b.back()}));
    return tensor(builder().reshape(flat, result));
  }
  // All axes but the last become the rows of one matrix.
  typed::Dim rows;
  for (size_t i = 0; i + 1 < a.size(); ++i)
    rows = {rows.size * a[i].size, rows.batch || a[i].batch};
  typed::Value flat = builder().matMul(builder().reshape(*x, {rows, a.back()}), *y);
  return tensor(builder().reshape(flat, result));
}

namespace {

// Comparisons of labels with labels and whole numbers, of all else as floats.
Value compare(Evaluator &evaluator, const OperatorInfo &info, const Value &left, const Value &right,
              Location where, Location leftWhere, Location rightWhere) {
  GraphBuilder &builder = evaluator.builder();
  std::optional<typed::Value> x, y;
  if (isLabel(left) || isLabel(right)) {
    auto label = [&](const Value &value, Location at) -> std::optional<typed::Value> {
      if (auto *number = value.as<int64_t>())
        return builder.constant(double(*number), typed::Element::Label);
      if (isLabel(value))
        return evaluator.asTensor(value, at);
      if (!value.isPoison())
        evaluator.error(DiagnosticKind::NotAClass, at, {describe(value), "a class"});
      return std::nullopt;
    };
    x = label(left, leftWhere);
    y = label(right, rightWhere);
  } else {
    x = evaluator.asFloat(left, leftWhere);
    y = evaluator.asFloat(right, rightWhere);
  }
  if (!x || !y)
    return Poison();
  auto shape = evaluator.commonShape(info.name, *x, *y, where, leftWhere, rightWhere);
  if (!shape)
    return Poison();
  return evaluator.tensor(
      builder.compare(info.predicate, builder.broadcast(*x, *shape), builder.broadcast(*y, *shape)));
}

Value logical(Evaluator &evaluator, const OperatorInfo &info, const Value &left, const Value &right,
              Location where, Location leftWhere, Location rightWhere) {
  for (auto &[value, at] : {std::pair(&left, leftWhere), std::pair(&right, rightWhere)})
    if (!isMask(evaluator, *value) && !value->as<bool>()) {
      if (!value->isPoison())
        evaluator.error(DiagnosticKind::NotACondition, at, {describe(*value), "a condition"});
      return Poison();
    }
  if (left.as<bool>() && right.as<bool>())
    return info.op == Op::And ? *left.as<bool>() && *right.as<bool>() : *left.as<bool>() || *right.as<bool>();
  GraphBuilder &builder = evaluator.builder();
  auto x = evaluator.asTensor(left, leftWhere), y = evaluator.asTensor(right, rightWhere);
  if (!x || !y)
    return Poison();
  auto shape = evaluator.commonShape(info.name, *x, *y, where, leftWhere, rightWhere);
  if (!shape)
    return Poison();
  return evaluator.tensor(
      builder.binary(info.op, builder.broadcast(*x, *shape), builder.broadcast(*y, *shape)));
}

} // namespace

Value Evaluator::binary(BinaryOperator op, const Value &left, const Value &right, Location where,
                        Location leftWhere, Location rightWhere) {
  if (left.isPoison() || right.isPoison())
    return Poison();
  if (auto folded = foldBinary(*this, op, left, right, where))
    return *folded;
  auto *first = left.sequence(), *second = right.sequence();
  if (op == BinaryOperator::Add && first && second) {
    // Lists one behind the other.
    std::vector<Value> elements = first->elements;
    elements.insert(elements.end(), second->elements.begin(), second->elements.end());
    return makeSequence(std::move(elements), false);
  }
  OperatorInfo info = infoOf(op);
  if (op == BinaryOperator::MatMul)
    return matMul(left, right, where, leftWhere, rightWhere);
  if (op == BinaryOperator::Power)
    return power(left, right, where, leftWhere, rightWhere);
  if (info.predicate)
    return compare(*this, info, left, right, where, leftWhere, rightWhere);
  if (op == BinaryOperator::And || op == BinaryOperator::Or)
    return logical(*this, info, left, right, where, leftWhere, rightWhere);
  if (op == BinaryOperator::Range)
    return fail(DiagnosticKind::RangeNotKnown, where,
                {"a range from " + describe(left) + " to " + describe(right),
                 "whole numbers that are known when compiling"});
  return elementwise(info.op, info.name, left, right, where, leftWhere, rightWhere);
}

Value Evaluator::evaluateBinary(const ast::BinaryExpr &expr) {
  if (expr.op == BinaryOperator::Pipe)
    return evaluatePipe(expr);
  Value left = evaluate(*expr.left);
  // Known conditions decide without the other side, so that `k > 0 and n / k > 1` may be said.
  if (auto *known = left.as<bool>()) {
    if (expr.op == BinaryOperator::And && !*known)
      return false;
    if (expr.op == BinaryOperator::Or && *known)
      return true;
  }
  Value right = evaluate(*expr.right);
  Value result = binary(expr.op, left, right, expr.operatorWhere, expr.left->where, expr.right->where);
  if (result.isNumber())
    noteOddSize(expr, result);
  return result;
}

Value Evaluator::evaluateUnary(const ast::UnaryExpr &expr) {
  Value operand = evaluate(*expr.operand);
  if (operand.isPoison())
    return operand;
  if (expr.op == ast::UnaryOperator::Not) {
    if (auto *known = operand.as<bool>())
      return !*known;
    if (!isMask(*this, operand))
      return fail(DiagnosticKind::NotACondition, expr.operand->where, {describe(operand), "a condition"});
    typed::Value mask = *asTensor(operand, expr.operand->where);
    typed::Value yes = builder().constant(1, typed::Element::Mask);
    return tensor(builder().binary(Op::Xor, mask, builder().broadcast(yes, builder().shapeOf(mask))));
  }
  if (auto *number = operand.as<int64_t>())
    return foldBinary(*this, BinaryOperator::Subtract, int64_t(0), *number, expr.where).value_or(Poison());
  if (auto *number = operand.as<double>())
    return -*number;
  auto x = asFloat(operand, expr.operand->where);
  return x ? tensor(builder().unary(Op::Neg, *x)) : Value(Poison());
}

} // namespace nn::sema
