#include "compiler/sema/Numbers.h"
#include "compiler/basic/CheckedSize.h"
#include <cmath>

namespace nn::sema {

using ast::BinaryOperator;

namespace {

template <typename T> std::optional<bool> compare(BinaryOperator op, const T &a, const T &b) {
  switch (op) {
  case BinaryOperator::Less:
    return a < b;
  case BinaryOperator::LessEqual:
    return a <= b;
  case BinaryOperator::Greater:
    return a > b;
  case BinaryOperator::GreaterEqual:
    return a >= b;
  case BinaryOperator::Equal:
    return a == b;
  case BinaryOperator::NotEqual:
    return a != b;
  default:
    return std::nullopt;
  }
}

std::optional<int64_t> power(int64_t base, int64_t exponent) {
  int64_t result = 1;
  // Beyond 63 factors only 0, 1 and -1 stay in range, and they repeat.
  if (exponent > 64 && base >= -1 && base <= 1)
    exponent = 64 + exponent % 2;
  for (int64_t i = 0; i < exponent; ++i) {
    auto next = checkedMultiply(result, base);
    if (!next)
      return std::nullopt;
    result = *next;
  }
  return result;
}

Value foldFloats(Evaluator &evaluator, BinaryOperator op, double a, double b, Location where) {
  if (auto known = compare(op, a, b))
    return *known;
  switch (op) {
  case BinaryOperator::Add:
    return a + b;
  case BinaryOperator::Subtract:
    return a - b;
  case BinaryOperator::Multiply:
    return a * b;
  case BinaryOperator::Divide:
    if (b == 0)
      return evaluator.fail(DiagnosticKind::DivisionByZero, where);
    return a / b;
  case BinaryOperator::Power:
    return std::pow(a, b);
  case BinaryOperator::Range:
    return NumberRange{a, b};
  default:
    if (op == BinaryOperator::MatMul)
      return evaluator.fail(DiagnosticKind::NotATensor, where, {"two numbers", "tensors"});
    return evaluator.fail(DiagnosticKind::NotACondition, where, {"two numbers", "conditions"});
  }
}

Value foldInts(Evaluator &evaluator, BinaryOperator op, int64_t a, int64_t b, Location where) {
  std::optional<int64_t> result;
  switch (op) {
  case BinaryOperator::Add:
    result = checkedAdd(a, b);
    break;
  case BinaryOperator::Subtract:
    result = checkedSubtract(a, b);
    break;
  case BinaryOperator::Multiply:
    result = checkedMultiply(a, b);
    break;
  case BinaryOperator::Divide:
    // Whole where it comes out whole; a size that is not is refused where it is used as one.
    if (b == 0 || b == -1 || a % b != 0)
      return b == -1 ? foldInts(evaluator, BinaryOperator::Subtract, 0, a, where)
                     : foldFloats(evaluator, op, double(a), double(b), where);
    return a / b;
  case BinaryOperator::Power:
    if (b < 0)
      return foldFloats(evaluator, op, double(a), double(b), where);
    result = power(a, b);
    break;
  case BinaryOperator::Range:
    return IntRange{a, b};
  default:
    if (auto known = compare(op, a, b))
      return *known;
    return foldFloats(evaluator, op, double(a), double(b), where);
  }
  if (!result)
    return evaluator.fail(DiagnosticKind::IntegerOverflow, where, {evaluator.text(where)});
  return *result;
}

// Sizes that count the batch: `4*b`, `b/2`, and comparisons with each other. All else makes floats of them.
std::optional<Value> foldSizes(Evaluator &evaluator, BinaryOperator op, const Value &left, const Value &right,
                               Location where) {
  auto *a = left.as<BatchSize>(), *b = right.as<BatchSize>();
  auto *x = left.as<int64_t>(), *y = right.as<int64_t>();
  if (a && b && (op == BinaryOperator::Equal || op == BinaryOperator::NotEqual))
    return Value((a->factor == b->factor) == (op == BinaryOperator::Equal));
  if (a && b && op == BinaryOperator::Divide)
    return foldInts(evaluator, op, a->factor, b->factor, where);
  bool scaled =
      (op == BinaryOperator::Multiply && ((a && y) || (x && b))) || (op == BinaryOperator::Divide && a && y);
  if (!scaled)
    return std::nullopt;
  Value factor = foldInts(evaluator, op, a ? a->factor : *x, b ? b->factor : *y, where);
  if (auto *whole = factor.as<int64_t>())
    return Value(BatchSize{*whole});
  if (factor.isPoison())
    return factor;
  return std::nullopt;
}

} // namespace

std::optional<double> plainNumber(double number, const std::string &unit) {
  static const std::pair<const char *, double> factors[] = {
      {"deg", 3.14159265358979323846 / 180}, {"rad", 1}, {"ms", 0.001}, {"s", 1}, {"min", 60}, {"h", 3600}};
  if (unit == "%") // divided, so that 10% is the double that 0.1 is
    return number / 100;
  for (auto &[name, factor] : factors)
    if (unit == name)
      return number * factor;
  return std::nullopt;
}

std::optional<Value> foldBinary(Evaluator &evaluator, BinaryOperator op, const Value &left,
                                const Value &right, Location where) {
  if (left.as<BatchSize>() || right.as<BatchSize>())
    return foldSizes(evaluator, op, left, right, where);
  if (left.as<int64_t>() && right.as<int64_t>())
    return foldInts(evaluator, op, *left.as<int64_t>(), *right.as<int64_t>(), where);
  if (left.isNumber() && right.isNumber())
    return foldFloats(evaluator, op, left.number(), right.number(), where);
  bool equality = op == BinaryOperator::Equal || op == BinaryOperator::NotEqual;
  if (left.as<std::string>() && right.as<std::string>() && equality)
    return Value((*left.as<std::string>() == *right.as<std::string>()) == (op == BinaryOperator::Equal));
  if (left.as<bool>() && right.as<bool>() && equality)
    return Value((*left.as<bool>() == *right.as<bool>()) == (op == BinaryOperator::Equal));
  // `padding == "same"` where padding may be a number or a list.
  if ((left.as<std::string>() || right.as<std::string>()) && equality && !left.as<Tensor>() &&
      !right.as<Tensor>())
    return Value(op == BinaryOperator::NotEqual);
  return std::nullopt;
}

} // namespace nn::sema
