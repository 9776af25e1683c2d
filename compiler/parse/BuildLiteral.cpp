// Numbers with their ranges, quantities with their units, strings with their escapes.
#include "compiler/basic/Suggestion.h"
#include "compiler/basic/Utf8.h"
#include "compiler/parse/Build.h"
#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>

namespace nn::parsing {

namespace {

// Percent, angle, standard deviations, interquartile ranges, time.
const std::vector<std::string> units = {"%", "deg", "rad", "sd", "iqr", "ms", "s", "min", "h"};

std::string listOfUnits() {
  std::string list;
  for (size_t i = 0; i < units.size(); ++i)
    list += (i == 0 ? "`" : i + 1 == units.size() ? " or `" : ", `") + units[i] + "`";
  return list;
}

// Where the number ends and the unit begins. `e` belongs to the number only with digits behind it.
size_t lengthOfNumber(const std::string &text) {
  auto digits = [&](size_t i) {
    while (i < text.size() && std::isdigit(static_cast<unsigned char>(text[i])))
      ++i;
    return i;
  };
  size_t end = digits(0);
  if (end < text.size() && text[end] == '.')
    end = digits(end + 1);
  if (end < text.size() && (text[end] == 'e' || text[end] == 'E')) {
    size_t exponent = end + 1;
    if (exponent < text.size() && (text[exponent] == '+' || text[exponent] == '-'))
      ++exponent;
    if (digits(exponent) > exponent)
      end = digits(exponent);
  }
  return end;
}

} // namespace

ast::ExprPtr Builder::build(P::LitContext *context) {
  P::LiteralContext *literal = context->literal();
  antlr4::Token *token = literal->getStart();
  switch (token->getType()) {
  case Kinds::NUMBER:
    return buildNumber(token);
  case Kinds::QUANTITY:
    return buildQuantity(token);
  case Kinds::STRING: {
    auto expr = make<ast::StringExpr>(context);
    expr->value = buildString(token);
    return expr;
  }
  default: {
    auto expr = make<ast::BooleanExpr>(context);
    expr->value = token->getType() == Kinds::TRUE;
    return expr;
  }
  }
}

ast::ExprPtr Builder::buildNumber(antlr4::Token *token) {
  auto expr = std::make_unique<ast::NumberExpr>(map.of(token));
  expr->text = token->getText();
  expr->value = std::strtod(expr->text.c_str(), nullptr);
  expr->isInteger = expr->text.find_first_not_of("0123456789") == std::string::npos;
  int64_t integer;
  const char *end = expr->text.data() + expr->text.size();
  if (expr->isInteger && std::from_chars(expr->text.data(), end, integer).ec != std::errc())
    reporter.report(DiagnosticKind::IntegerTooLarge, expr->where, {quoted(expr->text)});
  else if (!std::isfinite(expr->value))
    reporter.report(DiagnosticKind::NumberTooLarge, expr->where, {quoted(expr->text)});
  return expr;
}

std::unique_ptr<ast::QuantityExpr> Builder::buildQuantity(antlr4::Token *token) {
  auto expr = std::make_unique<ast::QuantityExpr>(map.of(token));
  expr->text = token->getText();
  size_t split = lengthOfNumber(expr->text);
  expr->value = std::strtod(expr->text.substr(0, split).c_str(), nullptr);
  expr->unit = expr->text.substr(split);
  if (!std::isfinite(expr->value))
    reporter.report(DiagnosticKind::NumberTooLarge, expr->where, {quoted(expr->text)});
  if (std::find(units.begin(), units.end(), expr->unit) == units.end()) {
    Location where = expr->where;
    where.begin += static_cast<uint32_t>(split);
    reporter.report(DiagnosticKind::UnknownUnit, where, {quoted(expr->unit), listOfUnits()})
        .suggest(closest(expr->unit, units));
  }
  return expr;
}

ast::ExprPtr Builder::build(P::ShareContext *context) {
  auto expr = make<ast::ShareExpr>(context);
  expr->quantity = buildQuantity(context->QUANTITY()->getSymbol());
  expr->of = buildName(context->name());
  return expr;
}

void Builder::reportEscape(const std::string &escape, uint32_t begin) {
  Location where = {map.file(), begin, begin + static_cast<uint32_t>(escape.size())};
  reporter.report(DiagnosticKind::UnknownEscape, where, {quoted(escape)});
}

std::string Builder::buildString(antlr4::Token *token) {
  std::string text = token->getText(), value;
  Location where = map.of(token);
  for (size_t i = 1; i + 1 < text.size(); ++i) {
    if (text[i] != '\\') {
      value += text[i];
      continue;
    }
    char escaped = text[++i];
    if (escaped == '"' || escaped == '\\')
      value += escaped;
    else if (escaped == 'n')
      value += '\n';
    else if (escaped == 't')
      value += '\t';
    else
      reportEscape(text.substr(i - 1, 1 + decodeUtf8(text, i)->bytes), where.begin + uint32_t(i) - 1);
  }
  return value;
}

} // namespace nn::parsing
