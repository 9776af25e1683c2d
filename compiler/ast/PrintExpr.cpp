// Expressions, types and blocks as source. Parentheses only where the tree needs them.
#include "compiler/ast/Printer.h"
#include "compiler/ast/SourceText.h"
#include <algorithm>

namespace nn::ast {

using llvm::cast;
using llvm::dyn_cast;
using llvm::isa;

namespace {

constexpr size_t longestLine = 100, longestInlineBlock = 60;

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

} // namespace

std::string joined(const std::vector<std::string> &parts, const char *separator) {
  std::string text;
  for (size_t i = 0; i < parts.size(); ++i)
    text += (i ? separator : "") + parts[i];
  return text;
}

std::string namesOf(const std::vector<Name> &names) {
  std::vector<std::string> texts;
  for (const Name &name : names)
    texts.push_back(name.text);
  return joined(texts, ", ");
}

bool SourceText::fits(const std::string &line) const {
  return line.find('\n') == std::string::npos && 2 * indent + line.size() <= longestLine;
}

std::string SourceText::of(const Expr &expr, Precedence atLeast) {
  std::string text = exprText(expr);
  return precedenceOf(expr) < atLeast ? "(" + text + ")" : text;
}

std::string SourceText::exprText(const Expr &expr) {
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
    return of(*call->callee, Precedence::Postfix) + arguments(call->arguments);
  }
  case Expr::Kind::Index: {
    auto *index = cast<IndexExpr>(&expr);
    return of(*index->base, Precedence::Postfix) + subscripts(index->subscripts);
  }
  case Expr::Kind::Member: {
    auto *member = cast<MemberExpr>(&expr);
    return of(*member->base, Precedence::Postfix) + "." + member->member.text;
  }
  case Expr::Kind::Unary: {
    auto *unary = cast<UnaryExpr>(&expr);
    const char *op = unary->op == UnaryOperator::Not ? "not " : "-";
    return op + of(*unary->operand, precedenceOf(expr));
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
    return "(" + exprs(cast<TupleExpr>(&expr)->elements) + ")";
  case Expr::Kind::List:
    return "[" + exprs(cast<ListExpr>(&expr)->elements) + "]";
  }
  return "";
}

std::string SourceText::exprs(const std::vector<ExprPtr> &exprs, Precedence atLeast) {
  std::vector<std::string> texts;
  for (const ExprPtr &expr : exprs)
    texts.push_back(of(*expr, atLeast));
  return joined(texts, ", ");
}

// `2^-x` reads well and is unambiguous: nothing that binds tighter than `-` can follow.
std::string SourceText::binary(const BinaryExpr &expr) {
  Precedence precedence = precedenceOf(expr.op);
  std::string op = spelling(expr.op);
  if (expr.op == BinaryOperator::Power) {
    Precedence right = precedenceOf(*expr.right) == Precedence::Negate ? Precedence::Negate : precedence;
    return of(*expr.left, next(precedence)) + op + of(*expr.right, right);
  }
  if (expr.op != BinaryOperator::Range)
    op = " " + op + " ";
  return of(*expr.left, precedence) + op + of(*expr.right, next(precedence));
}

std::string SourceText::ifText(const IfExpr &expr) {
  std::string text = "if " + of(*expr.condition, Precedence::Pipe) + " " + block(expr.then);
  if (!expr.otherwise)
    return text;
  if (!expr.isElseIf)
    return text + " else " + block(*expr.otherwise);
  return text + " else " + of(*cast<ExprStmt>(expr.otherwise->statements.front().get())->value);
}

std::string SourceText::scan(const ScanExpr &expr) {
  std::string text = "scan " + namesOf(expr.elements) + " in " + exprs(expr.sequences, Precedence::Pipe) +
                     " along " + expr.axis.text + (expr.reverse ? " reverse" : "");
  std::vector<std::string> carried;
  for (const Binding &each : expr.carried)
    carried.push_back(binding(each));
  if (!carried.empty())
    text += " with " + joined(carried, ", ");
  return text + " " + block(expr.body);
}

std::string SourceText::arguments(const std::vector<Argument> &arguments) {
  std::vector<std::string> texts;
  for (const Argument &argument : arguments)
    texts.push_back((argument.name ? argument.name->text + ": " : "") + of(*argument.value));
  return "(" + joined(texts, ", ") + ")";
}

std::string SourceText::subscripts(const std::vector<Subscript> &subscripts) {
  std::vector<std::string> texts;
  for (const Subscript &subscript : subscripts) {
    std::string text = subscript.kind == Subscript::Kind::Ellipsis ? "..." : "";
    if (subscript.begin)
      text += of(*subscript.begin);
    if (subscript.kind == Subscript::Kind::Range)
      text += ":";
    if (subscript.end)
      text += of(*subscript.end);
    texts.push_back(text);
  }
  return "[" + joined(texts, ", ") + "]";
}

std::string SourceText::of(const TypeExpr &type) {
  std::vector<std::string> parts;
  if (type.result) {
    for (const TypePtr &parameter : type.parameters)
      parts.push_back(of(*parameter));
    return "fn(" + joined(parts, ", ") + ") -> " + of(*type.result);
  }
  for (const DimExpr &dim : type.shape)
    parts.push_back(dim.size ? of(*dim.size) : "...");
  return type.name.text + (type.hasArguments ? arguments(type.arguments) : "") +
         (type.hasShape ? "[" + joined(parts, ", ") + "]" : "");
}

std::string SourceText::body(const Block &block) {
  std::string text = "{\n";
  ++indent;
  for (const StmtPtr &stmt : block.statements)
    text += docLines(stmt->doc) + indentation() + of(*stmt) + "\n";
  --indent;
  return text + indentation() + "}";
}

std::string SourceText::block(const Block &block) {
  if (block.statements.empty())
    return "{}";
  const Stmt &first = *block.statements.front();
  if (block.statements.size() > 1 || !isa<ExprStmt>(&first) || !first.doc.empty())
    return body(block);
  ++indent;
  std::string text = of(first);
  --indent;
  if (text.size() <= longestInlineBlock && fits(text))
    return "{ " + text + " }";
  return "{\n" + indentation(1) + text + "\n" + indentation() + "}";
}

std::string toString(const Expr &expr) { return SourceText().of(expr); }

std::string toString(const TypeExpr &type) { return SourceText().of(type); }

} // namespace nn::ast
