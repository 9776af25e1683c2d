// Expressions and types as source. Parentheses only where the tree needs them.
#include "compiler/ast/Printer.h"
#include "compiler/ast/SourceText.h"

namespace nn::ast {

using llvm::cast;
using llvm::dyn_cast;

namespace {

std::string quote(const std::string &value) {
  std::string text = "\"";
  for (char c : value) {
    if (c == '"' || c == '\\')
      text += '\\';
    text += c == '\n' ? std::string("\\n") : c == '\t' ? std::string("\\t") : std::string(1, c);
  }
  return text + "\"";
}

Precedence next(Precedence precedence) { return static_cast<Precedence>(static_cast<int>(precedence) + 1); }

// The nodes of a chain `a + b - c` of one precedence, the innermost first.
std::vector<const BinaryExpr *> chainOf(const BinaryExpr &expr) {
  std::vector<const BinaryExpr *> chain;
  for (auto *link = &expr; link; link = dyn_cast<BinaryExpr>(link->left.get())) {
    if (precedenceOf(link->op) != precedenceOf(expr.op))
      break;
    chain.push_back(link);
  }
  return {chain.rbegin(), chain.rend()};
}

} // namespace

std::string namesOf(const std::vector<Name> &names) {
  std::string text;
  for (const Name &name : names)
    text += (text.empty() ? "" : ", ") + name.text;
  return text;
}

Layout SourceText::of(const Expr &expr, Precedence atLeast) {
  Layout text = passing(expr.where.begin);
  bool grouped = precedenceOf(expr) < atLeast;
  text += grouped ? "(" : "";
  text += withoutComments(expr);
  return text + (grouped ? ")" : "");
}

Layout SourceText::withoutComments(const Expr &expr) {
  switch (expr.kind) {
  case Expr::Kind::Number:
    return cast<NumberExpr>(&expr)->text;
  case Expr::Kind::Quantity:
    return cast<QuantityExpr>(&expr)->text;
  case Expr::Kind::String:
    return quote(cast<StringExpr>(&expr)->value);
  case Expr::Kind::Boolean:
    return cast<BooleanExpr>(&expr)->value ? "true" : "false";
  case Expr::Kind::Name:
    return cast<NameExpr>(&expr)->name;
  case Expr::Kind::Call: {
    auto *call = cast<CallExpr>(&expr);
    Layout callee = of(*call->callee, Precedence::Postfix);
    return std::move(callee) + arguments(call->arguments, call->argumentsWhere.end);
  }
  case Expr::Kind::Index: {
    Layout base = of(*cast<IndexExpr>(&expr)->base, Precedence::Postfix);
    return std::move(base) + subscripts(*cast<IndexExpr>(&expr));
  }
  case Expr::Kind::Member: {
    auto *member = cast<MemberExpr>(&expr);
    return of(*member->base, Precedence::Postfix) + Layout("." + member->member.text);
  }
  case Expr::Kind::Unary: {
    auto *unary = cast<UnaryExpr>(&expr);
    Layout op = unary->op == UnaryOperator::Not ? "not " : "-";
    return std::move(op) + of(*unary->operand, precedenceOf(expr));
  }
  case Expr::Kind::Binary:
    return binary(*cast<BinaryExpr>(&expr));
  case Expr::Kind::Share: {
    auto *share = cast<ShareExpr>(&expr);
    return share->quantity->text + " of " + share->of.text;
  }
  case Expr::Kind::If:
    return ifText(*cast<IfExpr>(&expr));
  case Expr::Kind::Scan:
    return scan(*cast<ScanExpr>(&expr));
  case Expr::Kind::Tuple:
    return elements("(", cast<TupleExpr>(&expr)->elements, expr.where.end, ")");
  case Expr::Kind::List:
    return elements("[", cast<ListExpr>(&expr)->elements, expr.where.end, "]");
  }
  return "";
}

Layout SourceText::exprs(const std::vector<ExprPtr> &exprs, Precedence atLeast) {
  std::vector<Layout> texts;
  for (const ExprPtr &expr : exprs)
    texts.push_back(of(*expr, atLeast));
  return joined(texts, ", ");
}

// `2^-x` reads well and is unambiguous: nothing that binds tighter than `-` can follow.
Layout SourceText::binary(const BinaryExpr &expr) {
  Precedence precedence = precedenceOf(expr.op);
  std::string op = spelling(expr.op);
  if (expr.op == BinaryOperator::Pipe)
    return pipe(expr);
  if (expr.op == BinaryOperator::Power) {
    Precedence right = precedenceOf(*expr.right) == Precedence::Negate ? Precedence::Negate : precedence;
    Layout left = of(*expr.left, next(precedence));
    return std::move(left) + op + of(*expr.right, right);
  }
  std::vector<const BinaryExpr *> chain = chainOf(expr);
  Layout text = of(*chain.front()->left, precedence), rest;
  for (const BinaryExpr *link : chain) {
    bool isRange = link->op == BinaryOperator::Range;
    rest += Layout((isRange ? "" : " ") + std::string(spelling(link->op)));
    rest += trailing(link->right->where.begin);
    rest += isRange ? Layout::softLine() : Layout::line();
    rest += leading(link->right->where.begin);
    rest += of(*link->right, next(precedence));
  }
  return Layout::group(std::move(text) + Layout::indented(std::move(rest)));
}

// The steps of `a |> b |> c`, first to last.
Layout SourceText::pipe(const BinaryExpr &expr) {
  std::vector<const BinaryExpr *> chain = chainOf(expr);
  std::vector<const Expr *> steps;
  for (const BinaryExpr *link : chain)
    steps.push_back(link->right.get());
  const Expr &first = *chain.front()->left;
  return pipeline(of(first, Precedence::Or), first.where.end, steps);
}

Layout SourceText::pipeline(Layout head, uint32_t headEnd, const std::vector<const Expr *> &steps) {
  Layout all, line = std::move(head);
  uint32_t end = headEnd;
  for (const Expr *step : steps) {
    // Where the author ends the line, comments at its end and behind it break nothing else.
    bool breaks = breaksBetween(end, step->where.begin);
    line += trailing(step->where.begin, /*breaks=*/!breaks);
    Layout text;
    if (breaks) {
      all += Layout::group(std::exchange(line, Layout()));
      all += Layout::indented(Layout::hardLine() + leading(step->where.begin));
    } else {
      text += Layout::line();
    }
    text += "|> ";
    text += of(*step, Precedence::Postfix);
    line += Layout::indented(std::move(text));
    end = step->where.end;
  }
  return std::move(all) + Layout::group(std::move(line));
}

Layout SourceText::ifText(const IfExpr &expr) {
  Layout text = "if ";
  text += of(*expr.condition, Precedence::Pipe);
  text += " ";
  text += block(expr.then);
  if (!expr.otherwise)
    return text;
  text += " else ";
  return text + (expr.isElseIf ? of(*cast<ExprStmt>(expr.otherwise->statements.front().get())->value)
                               : block(*expr.otherwise));
}

Layout SourceText::scan(const ScanExpr &expr) {
  Layout text = "scan " + namesOf(expr.elements) + " in ";
  text += exprs(expr.sequences, Precedence::Pipe);
  text += " along " + expr.axis.text + (expr.reverse ? " reverse" : "");
  if (expr.reverseIf) {
    text += " if ";
    text += of(*expr.reverseIf, Precedence::Pipe);
  }
  std::vector<Layout> carried;
  for (const Binding &each : expr.carried)
    carried.push_back(binding(each));
  if (!carried.empty())
    text += " with " + joined(carried, ", ");
  return text + " " + block(expr.body);
}

// A line ends between types, not within one: comments in it come to stand behind the line.
Layout SourceText::of(const TypeExpr &type) {
  Layout comments = passing(type.where.end);
  return std::move(comments) + Layout::unbroken(withoutComments(type));
}

Layout SourceText::withoutComments(const TypeExpr &type) {
  Layout text;
  std::vector<Layout> parts;
  if (type.result) {
    for (const TypePtr &parameter : type.parameters)
      parts.push_back(of(*parameter));
    text += "fn(" + joined(parts, ", ") + ") -> ";
    return text + of(*type.result);
  }
  text += type.name.text;
  if (type.hasArguments)
    text += arguments(type.arguments, 0);
  for (const DimExpr &dim : type.shape)
    parts.push_back(dim.size ? of(*dim.size) : "...");
  return type.hasShape ? text + "[" + joined(parts, ", ") + "]" : text;
}

std::string toString(const Expr &expr) { return SourceText().of(expr).rendered(SIZE_MAX); }

std::string toString(const TypeExpr &type) { return SourceText().of(type).rendered(SIZE_MAX); }

} // namespace nn::ast
