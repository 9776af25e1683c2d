// Derivatives of lookups: `gather` and `scatter_add` are linear in their floats and adjoints of each other.
#include "compiler/autodiff/Rules.h"

using namespace mlir;

namespace nn {

void addLookupRules(RuleTable &table) {
  table.rule<GatherOp>([](GatherOp y, Value g, Adjoint &a) {
    a.flow(y.getTable(),
           [&] { return ScatterAddOp::create(a.builder, y.getTable().getType(), g, y.getIndex()); });
  });
  table.rule<ScatterAddOp>([](ScatterAddOp y, Value g, Adjoint &a) {
    a.flow(y.getX(), [&] { return GatherOp::create(a.builder, y.getX().getType(), g, y.getIndex()); });
  });
}

} // namespace nn
