// Written types against values. A bare name that is not yet known in the declaration is bound to the size
// that stands there; everything else must agree.
#include "compiler/basic/Suggestion.h"
#include "compiler/sema/Evaluator.h"

namespace nn::sema {

using ast::DimExpr;
using ast::TypeExpr;
using typed::Dim;
using typed::Element;

namespace {

const std::vector<std::string> &typeWords() {
  static const std::vector<std::string> words{"f32",    "int",         "bool",     "string", "class",
                                              "mask",   "initializer", "network",  "layer",  "loss",
                                              "metric", "fn",          "optimizer"};
  return words;
}

// Types whose values are not tensors, by their word.
bool acceptsCallable(const std::string &word, const Value &value) {
  const ast::Decl *decl = value.decl();
  if (word == "fn")
    return value.as<BuiltinRef>() ||
           (decl && (llvm::isa<ast::FunctionDecl>(decl) || llvm::isa<ast::ModuleDecl>(decl)));
  if (word == "optimizer")
    return value.as<OptimizerChain>();
  if (word == "network" && value.as<NetworkPart>())
    return true;
  if (word == "initializer")
    return isModule(decl, ast::ModuleKind::Initializer) || value.isNumber() || value.as<BuiltinRef>() ||
           value.as<std::shared_ptr<Distribution>>();
  return decl && llvm::isa<ast::ModuleDecl>(decl) && word == keywordOf(*decl);
}

Value sizeValue(const Dim &dim) {
  if (dim.batch)
    return BatchSize{dim.size};
  return dim.size;
}

std::string article(const std::string &word) {
  return (std::string("aeiou").find(word[0]) == std::string::npos ? "a " : "an ") + word;
}

// `step` and its like are whole numbers of the run; they come as floats.
bool isScheduleNumber(const Tensor &tensor) {
  const typed::Node &node = tensor.owner->builder.graph.nodes[tensor.value.node];
  return node.op == typed::Op::Cast && node.types[0].shape.empty();
}

} // namespace

// An empty conflict stands for what is already reported.
bool Evaluator::matchDim(const ast::Expr &pattern, const Dim &dim, ShapeMatch &match) {
  auto *name = llvm::dyn_cast<ast::NameExpr>(&pattern);
  if (name) {
    Variable *known = scope->find(name->name);
    if (!known && !frame->home->find(name->name, NameKind::Hyper)) {
      Variable &size = scope->variables[name->name] = {sizeValue(dim), pattern.where, false, ""};
      size.given = match.where;
      return true;
    }
  }
  Value value = evaluate(pattern);
  auto expected = value.isPoison() ? std::nullopt : asSize(value, pattern.where, "a size");
  if (!expected) {
    match.conflicts.emplace_back();
    return false;
  }
  if (*expected == dim)
    return true;
  if (!llvm::isa<ast::NumberExpr>(&pattern))
    match.conflicts.push_back("`" + text(pattern.where) + "` is " + toString(*expected) + ", not " +
                              toString(dim));
  if (name)
    if (Variable *known = scope->find(name->name))
      match.origins.push_back(
          {placeOf(*known), "`" + name->name + "` is " + toString(*expected) + " from here"});
  return false;
}

// Axes before `...` from the front, those behind it from the back.
bool Evaluator::matchShape(const std::vector<DimExpr> &pattern, const Shape &shape, ShapeMatch &match) {
  size_t ellipsis = pattern.size();
  for (size_t i = 0; i < pattern.size(); ++i)
    if (!pattern[i].size)
      ellipsis = i;
  bool open = ellipsis < pattern.size();
  size_t fixed = pattern.size() - open;
  if (open ? shape.size() < fixed : shape.size() != fixed) {
    match.conflicts.push_back("it has " + std::to_string(shape.size()) +
                              (shape.size() == 1 ? " axis, not " : " axes, not ") +
                              (open ? "at least " : "") + std::to_string(fixed));
    return false;
  }
  size_t skipped = shape.size() - fixed;
  bool good = true;
  // Bare names first: `[2*k, k]` is read from the right.
  std::vector<size_t> order;
  for (bool named : {true, false})
    for (size_t i = 0; i < pattern.size(); ++i)
      if (named == (!pattern[i].size || llvm::isa<ast::NameExpr>(*pattern[i].size)))
        order.push_back(i);
  for (size_t i : order) {
    if (i == ellipsis) {
      Shape middle(shape.begin() + i, shape.begin() + i + skipped);
      if (frame->ellipsis && *frame->ellipsis != middle) {
        match.conflicts.push_back("`...` is `" + toString(*frame->ellipsis) + "`, not `" + toString(middle) +
                                  "`");
        match.origins.push_back(
            {frame->ellipsisGiven, "`...` is `" + toString(*frame->ellipsis) + "` from here"});
        good = false;
      } else {
        frame->ellipsisGiven = match.where;
      }
      frame->ellipsis = middle;
      continue;
    }
    good &= matchDim(*pattern[i].size, shape[i > ellipsis ? i + skipped - 1 : i], match);
  }
  return good;
}

std::optional<Shape> Evaluator::shapeOf(const std::vector<DimExpr> &dims, bool report) {
  Shape shape;
  for (const DimExpr &dim : dims) {
    if (!dim.size) {
      if (!frame->ellipsis) {
        if (report)
          error(DiagnosticKind::UnknownShape, dim.where, {"..."});
        return std::nullopt;
      }
      shape.insert(shape.end(), frame->ellipsis->begin(), frame->ellipsis->end());
      continue;
    }
    auto *name = llvm::dyn_cast<ast::NameExpr>(dim.size.get());
    if (!report && name && !scope->find(name->name) && !frame->home->find(name->name, NameKind::Hyper))
      return std::nullopt;
    Value value = evaluate(*dim.size);
    // A list of sizes stands for as many axes: `f32[kernel, n, filters]`.
    std::vector<Value> sizes{value};
    if (auto *list = value.sequence())
      sizes = list->elements;
    for (const Value &each : sizes) {
      auto size = each.isPoison() ? std::nullopt : asSize(each, dim.where, "a size");
      if (!size)
        return std::nullopt;
      shape.push_back(*size);
    }
  }
  return shape;
}

Value Evaluator::acceptTensor(const TypeExpr &type, const std::string &name, const Value &value,
                              Location where, Location declared) {
  bool wantsLabel = type.name.text == "class", wantsMask = type.name.text == "mask";
  std::optional<typed::Value> x;
  if (value.isNumber() && !wantsLabel && !wantsMask) {
    // A number fills the shape, which must be known by now.
    auto shape = type.hasShape ? shapeOf(type.shape, false) : Shape{};
    if (!shape)
      return fail(DiagnosticKind::NumberWithoutShape, where, {describe(value), "`" + text(type.where) + "`"});
    if (shape->empty())
      return value.number();
    return tensor(builder().broadcast(builder().constant(value.number()), *shape));
  }
  bool isList = value.sequence() && !value.sequence()->isTuple;
  if (!value.as<Tensor>() && !value.as<BatchSize>() && !isList)
    return fail(DiagnosticKind::NotATensor, where, {describe(value), "`" + text(type.where) + "`"});
  x = wantsLabel || wantsMask ? asTensor(value, where) : asFloat(value, where);
  if (!x)
    return Poison();
  typed::TensorType found = typeOf(*x);
  Element wanted = wantsLabel ? Element::Label : wantsMask ? Element::Mask : Element::Float;
  ShapeMatch match{originOf(*x).value_or(where)};
  bool hasShape = found.element == wanted && matchShape(type.shape, found.shape, match);
  bool good = hasShape;
  if (good && wantsLabel && type.arguments.size() == 1)
    good = matchDim(*type.arguments[0].value, {found.classes, false}, match);
  if (good)
    return tensor(*x);
  if (llvm::is_contained(match.conflicts, std::string())) // a size is none, which is reported
    return Poison();
  bool isResult = declared.begin == where.begin && declared.file == where.file;
  DiagnosticKind kind = hasShape   ? DiagnosticKind::ClassCount
                        : isResult ? DiagnosticKind::ResultShape
                                   : DiagnosticKind::ShapeMismatch;
  auto builder = error(kind, where, {name, toString(found), text(type.where)});
  if (!isResult)
    builder.label(declared, "declared here");
  labelOrigin(builder, *x, where);
  for (auto &[at, origin] : match.origins)
    if (!program.reporter.isLibrary(at))
      builder.label(at, origin);
  for (const std::string &conflict : match.conflicts)
    builder.note(conflict);
  return Poison();
}

// `shape: int[r]`.
Value Evaluator::acceptInts(const TypeExpr &type, const std::string &name, const Value &value,
                            Location where) {
  auto *sequence = value.sequence();
  if (!sequence)
    return fail(DiagnosticKind::NotAList, where, {describe(value), "a list of whole numbers"});
  for (const Value &element : sequence->elements)
    if (!element.as<int64_t>() && !element.as<BatchSize>())
      return fail(DiagnosticKind::NotAList, where, {describe(element), "a whole number"});
  ShapeMatch match{where};
  if (!matchShape(type.shape, {{int64_t(sequence->elements.size()), false}}, match))
    return fail(DiagnosticKind::ShapeMismatch, where,
                {name, "a list of " + std::to_string(sequence->elements.size()), text(type.where)});
  return value;
}

Value Evaluator::accept(const TypeExpr *type, const std::string &name, const Value &value, Location where,
                        Location declared) {
  if (!type || value.isPoison())
    return value;
  const std::string &word = type->name.text;
  if (word == "f32" || word == "class" || word == "mask")
    return acceptTensor(*type, name, value, where, declared);
  if (word == "int" && type->hasShape)
    return acceptInts(*type, name, value, where);
  bool good = false;
  if (word == "int") {
    if (auto *number = value.as<double>();
        number && *number == double(int64_t(*number)) && std::abs(*number) < 1e15)
      return int64_t(*number);
    auto *tensor = value.as<Tensor>();
    good = value.as<int64_t>() || value.as<BatchSize>() || (tensor && isScheduleNumber(*tensor));
  } else if (word == "bool") {
    good = value.as<bool>();
  } else if (word == "string") {
    good = value.as<std::string>();
  } else if (llvm::is_contained(typeWords(), word)) {
    good = acceptsCallable(word, value);
  } else {
    unknownName("type", word, type->name.where, typeWords());
    return Poison();
  }
  if (auto *ref = value.as<DeclRef>(); good && ref && (word == "fn" || word == "loss" || word == "metric"))
    return DeclRef{ref->decl, ref->home, true};
  if (good)
    return value;
  std::string expected = word == "int" ? "a whole number" : word == "fn" ? "a function" : article(word);
  auto builder = error(DiagnosticKind::ArgumentType, where, {describe(value), expected + " for " + name});
  builder.label(declared, "declared here");
  if (word == "int" && value.isNumber())
    labelOddSize(builder, value.number(), where);
  return Poison();
}

void Evaluator::checkResults(const ast::Decl &decl, const std::vector<ast::TypePtr> &types, bool isTuple,
                             Value &value, Location where) {
  if (value.isPoison())
    return;
  if (value.isNothing()) {
    value = fail(DiagnosticKind::NoResult, decl.name.where, {decl.name.text});
    return;
  }
  if (types.empty())
    return;
  const std::string what = "the result of `" + decl.name.text + "`";
  auto *sequence = value.sequence();
  if (!isTuple) {
    value = accept(types[0].get(), what, value, types[0]->where, types[0]->where);
    return;
  }
  if (!sequence || sequence->elements.size() != types.size()) {
    value = fail(DiagnosticKind::ResultCount, decl.name.where,
                 {describe(value), "a tuple of " + std::to_string(types.size())});
    return;
  }
  std::vector<Value> elements;
  for (size_t i = 0; i < types.size(); ++i)
    elements.push_back(accept(types[i].get(), what, sequence->elements[i], types[i]->where, types[i]->where));
  value = makeSequence(std::move(elements), true);
}

} // namespace nn::sema
