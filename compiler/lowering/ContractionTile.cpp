// One tile of a multiply-add generic: its sums in registers, over the reduction, to memory and through the
// consumers.
#include "compiler/lowering/ContractionNest.h"

using namespace mlir;
using namespace nn;

// The places of the tile's rows: the product of the counts of the parallel dimensions.
SmallVector<SmallVector<Coordinate>> ContractionNest::rowPlaces() {
  SmallVector<SmallVector<Coordinate>> rows = {place};
  for (unsigned d : parallel) {
    SmallVector<SmallVector<Coordinate>> next;
    for (auto &row : rows)
      for (int64_t k = 0; k < count[d]; ++k) {
        next.push_back(row);
        next.back()[d].base.constant += k;
      }
    rows = std::move(next);
  }
  return rows;
}

SmallVector<ContractionNest::Element> ContractionNest::elements(Value mask) {
  SmallVector<Element> elements;
  for (auto &row : rowPlaces())
    for (int64_t v = 0; v < vectorCount; ++v) {
      SmallVector<Coordinate> at = row;
      if (hasVector) {
        at[vectorDim].step = 1;
        at[vectorDim].base.constant += v * lanes();
      }
      elements.push_back({at, v, v + 1 == vectorCount ? mask : Value()});
    }
  return elements;
}

void ContractionNest::forTile(Value mask, function_ref<void(ArrayRef<Coordinate>, Value)> visit) {
  for (Element &element : elements(mask))
    visit(element.at, element.mask);
}

Coordinate ContractionNest::resultOffset(ArrayRef<Coordinate> at) {
  Coordinate offset(resultStart);
  for (auto [dim, coefficient] : llvm::enumerate(resultForm)) {
    offset.base.add(at[dim].base, coefficient);
    offset.step += at[dim].step * coefficient;
  }
  return offset;
}

SmallVector<Value> ContractionNest::start(Value mask) {
  SmallVector<Value> totals;
  if (!accumulates && !blocked) {
    Value none = zero();
    forTile(mask, [&](ArrayRef<Coordinate>, Value) { totals.push_back(none); });
    return totals;
  }
  forTile(mask, [&](ArrayRef<Coordinate> at, Value own) {
    totals.push_back(Evaluator(kernel, lanes(), own).load(*result, resultOffset(at)));
  });
  return totals;
}

// Of rows and vectors, what there are fewer of stays in registers meanwhile.
SmallVector<Value> ContractionNest::multiplyAdd(ValueRange totals, Value mask) {
  SmallVector<Element> tile = elements(mask);
  int64_t rows = static_cast<int64_t>(tile.size()) / vectorCount;
  SmallVector<Value> next(tile.size());
  Evaluator whole(kernel, lanes()), masked(kernel, lanes(), mask);
  for (size_t turn = 0; turn < tile.size(); ++turn) {
    size_t place = rows < vectorCount ? turn % rows * vectorCount + turn / rows : turn;
    const Element &element = tile[place];
    // Only the vector operand needs the mask; the scalar one shares its loads with the other vectors.
    SmallVector<Value> factors;
    for (unsigned k = 0; k < 2; ++k) {
      bool moves = hasVector && isMoving(k);
      if (moves && panel) {
        factors.push_back(whole.load(*panel, inPanel(element.vector)));
        continue;
      }
      Evaluator &evaluator = moves && element.mask ? masked : whole;
      factors.push_back(whole.asVector(evaluator.input(op, k, element.at)));
    }
    if (hasVector)
      next[place] = vector::FMAOp::create(b(), factors[0], factors[1], totals[place]);
    else
      next[place] = math::FmaOp::create(b(), factors[0], factors[1], totals[place]);
  }
  return next;
}

// Short inner loops are written out.
SmallVector<Value> ContractionNest::reduce(ArrayRef<unsigned> dims, ValueRange totals, Value mask) {
  if (dims.empty())
    return multiplyAdd(totals, mask);
  int64_t inside = 1;
  for (unsigned d : dims)
    inside *= extents[d].dynamic ? 1 << 20 : extents[d].capacity;
  unsigned d = dims.front();
  if (inside <= 4) {
    SmallVector<Value> sums(totals.begin(), totals.end());
    for (int64_t k = 0; k < extents[d].capacity; ++k) {
      place[d] = Linear(k);
      sums = reduce(dims.drop_front(), sums, mask);
    }
    return sums;
  }
  if (dims.size() == 1)
    return sumInParts(ranges[d], 1, totals, [&](ValueRange own) { return multiplyAdd(own, mask); });
  return loop(kernel, ranges[d], 1, totals, [&](Value i, ValueRange carried) {
    place[d] = Linear(i);
    return reduce(dims.drop_front(), carried, mask);
  });
}

void ContractionNest::store(Value total, ArrayRef<Coordinate> at, int64_t width, Value mask) {
  Evaluator evaluator(kernel, width, mask);
  if (result)
    evaluator.store(total, *result, resultOffset(at));
  if (epilogue.empty())
    return;
  SmallVector<Coordinate> inResult;
  for (AffineExpr expr : op.getIndexingMapsArray().back().getResults())
    inResult.push_back(at[cast<AffineDimExpr>(expr).getPosition()]);
  evaluator.provide(op.getResult(0), total);
  SmallVector<Value> values;
  for (Value root : epilogue)
    values.push_back(evaluator.evaluate(root, inResult));
  for (auto [value, destination] : llvm::zip(values, destinations))
    evaluator.store(value, destination, inResult);
}

void ContractionNest::emitTile(Value mask) {
  ArrayRef<unsigned> inner = ArrayRef(reduced).drop_front(accumulates ? 1 : 0);
  SmallVector<Value> totals = reduce(inner, start(mask), mask);
  unsigned next = 0;
  forTile(mask, [&](ArrayRef<Coordinate> at, Value own) { store(totals[next++], at, lanes(), own); });
}
