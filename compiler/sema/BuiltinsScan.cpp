// What recurrent layers need besides `scan`.
#include "compiler/sema/Evaluator.h"

namespace nn::sema {

namespace {

// `x` in the rows where the mask is true (or not 0), `y` in the others: the axes of the mask are the first of
// theirs. The mask may be `true` or `false`, for all rows.
Value whereRows(Evaluator &evaluator, const BuiltinCall &call) {
  GraphBuilder &builder = evaluator.builder();
  auto x = evaluator.asFloat(call[1], call.places[1]), y = evaluator.asFloat(call[2], call.places[2]);
  if (!x || !y)
    return Poison();
  auto shape = evaluator.commonShape("where_rows", *x, *y, call.where, call.places[1], call.places[2]);
  if (!shape)
    return Poison();
  if (auto *known = call[0].as<bool>())
    return evaluator.tensor(builder.broadcast(*known ? *x : *y, *shape));
  auto mask = evaluator.asTensor(call[0], call.places[0]);
  if (!mask)
    return Poison();
  if (builder.typeOf(*mask).element == typed::Element::Float)
    mask = builder.compare("ne", *mask, builder.broadcast(builder.constant(0), builder.shapeOf(*mask)));
  if (builder.typeOf(*mask).element != typed::Element::Mask)
    return evaluator.fail(DiagnosticKind::NotAMask, call.places[0], {describe(call[0]), "a mask"});
  Shape rows = builder.shapeOf(*mask);
  if (rows.size() > shape->size() || !std::equal(rows.begin(), rows.end(), shape->begin()))
    return evaluator.fail(DiagnosticKind::ShapesDoNotFit, call.places[0],
                          {"where_rows", toString(rows), toString(*shape)});
  typed::Value spread = builder.broadcast(*mask, *shape, allAxes(rows.size()));
  return evaluator.tensor(
      builder.select(spread, builder.broadcast(*x, *shape), builder.broadcast(*y, *shape)));
}

} // namespace

const std::vector<Builtin> &scanBuiltins() {
  static const std::vector<Builtin> table{
      {"where_rows(mask, x: f32[...], y: f32[...]) -> f32[...]", whereRows,
       "x in the rows where the mask is true (or not 0), y in the others: the axes of the mask are the first "
       "of theirs. `true` and `false` are masks for all rows."}};
  return table;
}

} // namespace nn::sema
