// Panels of the vector operand. Rows that are far apart in memory share few sets of the caches and lie on
// many pages; side by side, they are read by all tiles of rows at full speed.
#include "compiler/lowering/ContractionNest.h"
#include "compiler/lowering/PackedWeights.h"

using namespace mlir;
using namespace nn;

static constexpr int64_t reductionBlock = 256; // of a panel that cannot have all

int64_t ContractionNest::panelSteps() { return blocked ? reductionBlock : extents[reduced.front()].capacity; }

// Of a weight whose panels are the same at each call, `fold` has made them all: those of one tile of columns
// behind those of the other, each with the whole reduction.
std::optional<Buffer> ContractionNest::readyPanels() {
  std::optional<unsigned> moving = packs ? operandWorthPanels(op) : std::nullopt;
  if (!moving || extents[vectorDim].capacity % tile[vectorDim] != 0)
    return std::nullopt;
  auto weight = cast<BlockArgument>(op.getInputs()[*moving]);
  if (!isKeptWeight(kernel.source, weight.getArgNumber()))
    return std::nullopt;
  PanelLayout layout = {
      weight.getArgNumber(), extents[reduced.front()].capacity, extents[vectorDim].capacity, tile[vectorDim],
      op.getIndexingMapsArray()[*moving].getResult(0) == getAffineDimExpr(vectorDim, op.getContext())};
  int64_t size = layout.steps * layout.columns;
  Value memory = kernel.scratch(size, element());
  notePanels(kernel.target, cast<BlockArgument>(memory).getArgNumber(), layout);
  return Buffer{memory, {{size, {}}}, element()};
}

Coordinate ContractionNest::inPanel(int64_t vector) {
  unsigned k = reduced.front();
  Coordinate offset(panelStart, 1);
  offset.base.add(place[k].base, tile[vectorDim]);
  if (isReady)
    offset.base.add(place[vectorDim].base, extents[k].capacity);
  else
    offset.base.add(Linear(ranges[k].first), -tile[vectorDim]);
  offset.base.constant += vector * lanes();
  return offset;
}

void ContractionNest::pack(Value mask) {
  unsigned k = reduced.front(), moving = isMoving(0) ? 0 : 1;
  loop(kernel, ranges[k], 1, [&](Value i) {
    place[k] = Linear(i);
    for (int64_t v = 0; v < vectorCount; ++v) {
      SmallVector<Coordinate> at = place;
      at[vectorDim].step = 1;
      at[vectorDim].base.constant += v * lanes();
      Value value = Evaluator(kernel, lanes(), v + 1 == vectorCount ? mask : Value()).input(op, moving, at);
      Evaluator(kernel, lanes()).store(value, *panel, inPanel(v));
    }
  });
}

void ContractionNest::zeroTile(Value mask) {
  Value zero = arith::ConstantOp::create(b(), b().getZeroAttr(VectorType::get({lanes()}, element())));
  forTile(mask, [&](ArrayRef<Coordinate> at, Value own) {
    Evaluator(kernel, lanes(), own).store(zero, *result, resultOffset(at));
  });
}

void ContractionNest::packedTiles() {
  auto tilesOfBlock = [&] {
    walkVectors([&](Value mask) {
      if (!isReady)
        pack(mask);
      walkPanelRows([&] { emitTile(mask); });
    });
  };
  if (!blocked)
    return tilesOfBlock();
  walkVectors([&](Value mask) { walkPanelRows([&] { zeroTile(mask); }); });
  unsigned k = reduced.front();
  Bounds whole = ranges[k];
  loop(kernel, whole, reductionBlock, [&](Value from) {
    Value end = arith::AddIOp::create(b(), from, kernel.index(reductionBlock));
    ranges[k] = {from, arith::MinUIOp::create(b(), end, whole.second)};
    tilesOfBlock();
  });
  ranges[k] = whole;
}
