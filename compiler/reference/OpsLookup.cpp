// Rows of a table by their numbers.
#include "compiler/reference/Ops.h"
#include "llvm/ADT/TypeSwitch.h"
#include <numeric>

using namespace mlir;

namespace nn {
namespace {

Tensor iota(IotaOp op) {
  Tensor y = Tensor::real(op.getType().getShape());
  std::iota(y.reals.begin(), y.reals.end(), 0.0);
  return y;
}

// visit(place, row): row `place` of what is looked up is row `row` of a table with `rows` of them.
template <typename Visit> void forEachRow(const Tensor &index, int64_t rows, Visit visit) {
  for (int64_t place = 0; place < index.size(); ++place)
    if (index.integers[place] >= 0 && index.integers[place] < rows)
      visit(place, index.integers[place]);
}

Tensor gather(const Tensor &table, const Tensor &index) {
  Shape shape = index.shape;
  shape.append(table.shape.begin() + 1, table.shape.end());
  Tensor y = Tensor::real(shape);
  int64_t width = table.size() / table.shape[0];
  forEachRow(index, table.shape[0], [&](int64_t place, int64_t row) {
    std::copy_n(&table.reals[row * width], width, &y.reals[place * width]);
  });
  return y;
}

Tensor scatterAdd(ScatterAddOp op, const Tensor &x, const Tensor &index) {
  Tensor table = Tensor::real(op.getType().getShape());
  int64_t width = table.size() / table.shape[0];
  forEachRow(index, table.shape[0], [&](int64_t place, int64_t row) {
    for (int64_t k = 0; k < width; ++k)
      table.reals[row * width + k] += x.reals[place * width + k];
  });
  return table;
}

} // namespace

std::optional<Results> evaluateLookup(Operation *op, Operands x) {
  return TypeSwitch<Operation *, std::optional<Results>>(op)
      .Case<IotaOp>([&](IotaOp op) { return Results{iota(op)}; })
      .Case<GatherOp>([&](GatherOp) { return Results{gather(*x[0], *x[1])}; })
      .Case<ScatterAddOp>([&](ScatterAddOp op) { return Results{scatterAdd(op, *x[0], *x[1])}; })
      .Default(std::nullopt);
}

} // namespace nn
