// `x[..., 0:3]`, `shape(x)[0]`, `normal[b, 64]`, `digits.image`.
#include "compiler/sema/data/Data.h"
#include "compiler/sema/Evaluator.h"

namespace nn::sema {

using ast::Subscript;

namespace {

// A list, tuple or range by one whole number, counted from the end when negative.
Value pickElement(Evaluator &evaluator, const Sequence &sequence, const ast::IndexExpr &expr) {
  int64_t count = int64_t(sequence.elements.size());
  if (expr.subscripts.size() != 1 || expr.subscripts[0].kind != Subscript::Kind::Single)
    return evaluator.fail(DiagnosticKind::ListIndex, expr.where, {"a list is indexed by one number"});
  const ast::Expr &place = *expr.subscripts[0].begin;
  auto index = evaluator.asInt(evaluator.evaluate(place), place.where, "an index");
  if (!index)
    return Poison();
  int64_t i = *index < 0 ? *index + count : *index;
  if (i < 0 || i >= count)
    return evaluator.fail(DiagnosticKind::ListIndex, place.where,
                          {"`" + std::to_string(*index) + "` is outside a list of " + std::to_string(count)});
  return sequence.elements[i];
}

// The sizes in `normal[b, 64]`; a list is spliced in.
std::optional<Shape> subscriptShape(Evaluator &evaluator, const ast::IndexExpr &expr) {
  Shape shape;
  for (const Subscript &subscript : expr.subscripts) {
    if (subscript.kind != Subscript::Kind::Single) {
      evaluator.error(DiagnosticKind::SizeExpected, subscript.where, {"a size is expected here"});
      return std::nullopt;
    }
    Value value = evaluator.evaluate(*subscript.begin);
    std::vector<Value> sizes{value};
    if (auto *list = value.sequence())
      sizes = list->elements;
    for (const Value &size : sizes) {
      auto dim = evaluator.asSize(size, subscript.where, "a size");
      if (!dim)
        return std::nullopt;
      shape.push_back(*dim);
    }
  }
  if (!evaluator.checkElements(shape, expr.where))
    return std::nullopt;
  return shape;
}

// One axis of a slice.
struct Cut {
  int64_t start = 0, length = 0;
  bool dropped = false;
};

std::optional<Cut> cutAxis(Evaluator &evaluator, const Subscript &subscript, const typed::Dim &dim) {
  auto bound = [&](const ast::ExprPtr &expr, int64_t fallback) -> std::optional<int64_t> {
    if (!expr)
      return fallback;
    auto index = evaluator.asInt(evaluator.evaluate(*expr), expr->where, "an index");
    if (index && *index < 0)
      return *index + dim.size;
    return index;
  };
  if (subscript.kind == Subscript::Kind::Range && !subscript.begin && !subscript.end)
    return Cut{0, dim.size, false};
  if (dim.batch) {
    evaluator.error(DiagnosticKind::BatchIndex, subscript.where,
                    {"the batch axis can only be taken whole, by `:`"});
    return std::nullopt;
  }
  bool single = subscript.kind == Subscript::Kind::Single;
  auto begin = bound(subscript.begin, 0);
  if (!begin)
    return std::nullopt;
  auto end = single ? std::optional(*begin + 1) : bound(subscript.end, dim.size);
  if (!end)
    return std::nullopt;
  if (*begin < 0 || *end > dim.size || *begin >= *end) {
    evaluator.error(
        DiagnosticKind::IndexOutside, subscript.where,
        {"`" + evaluator.text(subscript.where) + "` is outside an axis of " + std::to_string(dim.size)});
    return std::nullopt;
  }
  return Cut{*begin, *end - *begin, single};
}

Value slice(Evaluator &evaluator, const Value &base, const ast::IndexExpr &expr) {
  auto x = evaluator.asTensor(base, expr.base->where);
  if (!x)
    return Poison();
  Shape shape = evaluator.builder().shapeOf(*x);
  size_t ellipses = 0;
  for (const Subscript &subscript : expr.subscripts)
    ellipses += subscript.kind == Subscript::Kind::Ellipsis;
  size_t named = expr.subscripts.size() - ellipses;
  if (ellipses > 1 || named > shape.size() || (!ellipses && named < shape.size()))
    return evaluator.fail(DiagnosticKind::IndexCount, expr.where,
                          {"`" + toString(shape) + "` has " + std::to_string(shape.size()) +
                           " axes, the index has " + std::to_string(named)});

  std::vector<int64_t> starts, dropped;
  Shape kept;
  size_t axis = 0;
  for (const Subscript &subscript : expr.subscripts) {
    if (subscript.kind == Subscript::Kind::Ellipsis) {
      for (size_t i = named; i < shape.size(); ++i, ++axis) {
        starts.push_back(0);
        kept.push_back(shape[axis]);
      }
      continue;
    }
    auto cut = cutAxis(evaluator, subscript, shape[axis]);
    if (!cut)
      return Poison();
    starts.push_back(cut->start);
    kept.push_back({cut->length, shape[axis].batch});
    if (cut->dropped)
      dropped.push_back(int64_t(axis));
    ++axis;
  }
  GraphBuilder &builder = evaluator.builder();
  typed::Value part = builder.slice(*x, starts, std::vector<int64_t>(shape.size(), 1), kept);
  return evaluator.tensor(builder.reshape(part, without(kept, dropped)));
}

} // namespace

Value Evaluator::evaluateIndex(const ast::IndexExpr &expr) {
  Value base = evaluate(*expr.base);
  if (base.isPoison())
    return base;
  if (auto *sequence = base.sequence())
    return pickElement(*this, *sequence, expr);
  if (auto *ref = base.as<BuiltinRef>())
    if (ref->builtin->name == "normal" || ref->builtin->name == "uniform")
      base = callBuiltin(*ref->builtin, {}, expr.base->where);
  if (auto *distribution = base.as<std::shared_ptr<Distribution>>()) {
    auto shape = subscriptShape(*this, expr);
    return shape ? draw(**distribution, *shape, expr.where) : Value(Poison());
  }
  if (isModule(base.decl(), ast::ModuleKind::Initializer)) {
    auto shape = subscriptShape(*this, expr);
    if (!shape)
      return Poison();
    auto value = initialValue({"", text(expr.where), "", *shape, expr.where}, base, expr.where);
    return value ? tensor(*value) : Value(Poison());
  }
  if (base.as<Tensor>())
    return slice(*this, base, expr);
  return fail(DiagnosticKind::NotIndexable, expr.base->where, {describe(base), "a tensor or a list"});
}

Value Evaluator::evaluateMember(const ast::MemberExpr &expr) {
  Value base = evaluate(*expr.base);
  if (base.isPoison())
    return base;
  const std::string &name = expr.member.text;
  if (auto *space = base.as<NamespaceRef>()) {
    if (const DeclRef *ref = space->module->find(name, frame->preferred))
      return *ref;
    std::vector<std::string> names;
    space->module->collectNames(names);
    unknownName("name", name, expr.member.where, names);
    return Poison();
  }
  if (isModule(base.decl(), ast::ModuleKind::Network))
    return NetworkPart{base.decl(), base.decl()->name.text + "." + name};
  if (auto *part = base.as<NetworkPart>())
    return NetworkPart{part->network, part->path + "." + name};
  if (auto *data = base.as<DataRef>()) {
    const typed::DataSet &set = program.result.data[data->index];
    std::vector<std::string> names;
    for (const typed::Field &field : set.fields) {
      names.push_back(field.name);
      if (field.name != name)
        continue;
      if (!llvm::is_contained(graph->data, set.name))
        return fail(DiagnosticKind::WrongData, expr.where, {set.name});
      return fieldValue(*this, set, field);
    }
    unknownName("field", name, expr.member.where, names);
    return Poison();
  }
  return fail(DiagnosticKind::NoMembers, expr.base->where,
              {describe(base), "a data set or an imported file"});
}

} // namespace nn::sema
