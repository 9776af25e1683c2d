// The loops around the tiles of a multiply-add generic.
#include "compiler/lowering/ContractionNest.h"

using namespace mlir;
using namespace nn;

static constexpr int64_t fewRowsVectors = 8; // at most, beside one or two rows

void ContractionNest::walkVectors(llvm::function_ref<void(Value)> inside) {
  if (!hasVector) {
    vectorCount = 1;
    return inside({});
  }
  const Extent &extent = extents[vectorDim];
  int64_t width = kernel.lanes, step = vectors * width;
  if (extent.dynamic || ranges[vectorDim].first) {
    Bounds range =
        ranges[vectorDim].first ? ranges[vectorDim] : Bounds(kernel.index(0), kernel.lengthOf(extent));
    Value over = arith::RemUIOp::create(
        b(), arith::SubIOp::create(b(), range.second, range.first).getResult(), kernel.index(step));
    Value end = arith::SubIOp::create(b(), range.second, over);
    vectorCount = vectors;
    loop(kernel, {range.first, end}, step, [&](Value i) {
      place[vectorDim] = Linear(i);
      inside({});
    });
    if (!extent.dynamic && extent.capacity % step == 0)
      return;
    vectorCount = 1;
    loop(kernel, {end, range.second}, width, [&](Value i) {
      place[vectorDim] = Linear(i);
      Value rest = arith::SubIOp::create(b(), range.second, i);
      inside(vector::CreateMaskOp::create(b(), VectorType::get({width}, b().getI1Type()), rest));
    });
    return;
  }
  int64_t total = vectorsTotal(), tail = extent.capacity % width;
  int64_t blocks = (tail ? total - 1 : total) / vectors;
  vectorCount = vectors;
  if (blocks == 1) {
    place[vectorDim] = Linear(0);
    inside({});
  } else if (blocks > 1) {
    loop(kernel, {kernel.index(0), kernel.index(blocks * step)}, step, [&](Value i) {
      place[vectorDim] = Linear(i);
      inside({});
    });
  }
  if (blocks * vectors < total) {
    vectorCount = total - blocks * vectors;
    place[vectorDim] = Linear(blocks * step);
    inside(tail ? tailMask(kernel, tail) : Value());
  }
}

void ContractionNest::walkRows(ArrayRef<unsigned> dims, llvm::function_ref<void()> inside) {
  if (dims.empty())
    return inside();
  unsigned d = dims.front();
  const Extent &extent = extents[d];
  auto at = [&](Linear where, int64_t rows) {
    place[d] = where;
    count[d] = rows;
    walkRows(dims.drop_front(), inside);
  };
  if (ranges[d].first || extent.dynamic) {
    Bounds range = ranges[d].first ? ranges[d] : Bounds(kernel.index(0), kernel.lengthOf(extent));
    bool exact =
        extent.dynamic || extent.capacity % tile[d] == 0; // of what is dynamic, `tiles` keeps the rest
    Value end = range.second;
    if (!exact && tile[d] > 1) {
      Value length = arith::SubIOp::create(b(), range.second, range.first);
      end = arith::SubIOp::create(b(), range.second,
                                  arith::RemUIOp::create(b(), length, kernel.index(tile[d])).getResult());
    }
    loop(kernel, {range.first, end}, tile[d], [&](Value i) { at(Linear(i), tile[d]); });
    if (!exact && tile[d] > 1)
      loop(kernel, {end, range.second}, 1, [&](Value i) { at(Linear(i), 1); });
    return;
  }
  int64_t main = extent.capacity / tile[d] * tile[d];
  if (main == tile[d]) {
    at(Linear(0), tile[d]);
  } else {
    auto made = loop(kernel, {kernel.index(0), kernel.index(main)}, tile[d],
                     [&](Value i) { at(Linear(i), tile[d]); });
    // Written out, all tiles have known places, and LLVM carries what they add to from image to image.
    if (accumulates)
      keepRolled(made);
  }
  if (main != extent.capacity)
    at(Linear(main), extent.capacity - main);
}

// The dimension of rows whose number is known only when running, so that a tile may not be full.
std::optional<unsigned> ContractionNest::raggedDim() {
  for (unsigned d : parallel)
    if (extents[d].dynamic && tile[d] > 1)
      return d;
  return std::nullopt;
}

void ContractionNest::tiles() {
  std::optional<unsigned> ragged = raggedDim();
  if (!ragged)
    return fullTiles();
  Bounds range =
      ranges[*ragged].first ? ranges[*ragged] : Bounds(kernel.index(0), kernel.lengthOf(extents[*ragged]));
  Value length = arith::SubIOp::create(b(), range.second, range.first);
  Value rest = arith::RemUIOp::create(b(), length, kernel.index(tile[*ragged]));
  Value end = arith::SubIOp::create(b(), range.second, rest);
  ranges[*ragged] = {range.first, end};
  Value any = arith::CmpIOp::create(b(), arith::CmpIPredicate::ult, range.first, end);
  auto whenAny = scf::IfOp::create(b(), any, packs);
  {
    OpBuilder::InsertionGuard guard(b());
    b().setInsertionPointToStart(whenAny.thenBlock());
    behind = {end, rest};
    fullTiles();
    behind.reset();
  }
  // What is behind tiles with a panel goes through it as well.
  OpBuilder::InsertionGuard guard(b());
  if (packs)
    b().setInsertionPointToStart(whenAny.elseBlock());
  fewRows(*ragged, end, rest);
}

void ContractionNest::fullTiles() {
  if (packs)
    return packedTiles();
  if (isDots)
    return walkRows(parallel, [&] { emitDots(); });
  if (vectorOutside)
    return walkVectors([&](Value mask) { walkRows(parallel, [&] { emitTile(mask); }); });
  walkRows(parallel, [&] { walkVectors([&](Value mask) { emitTile(mask); }); });
}

// Less than a tile: 8, 4, 2 and 1 rows, with so many more vectors. One request is such a row: nothing is
// packed, the vector operand is read once, along its rows. Where there is little to do for all rows together,
// the rest goes row by row: code for each number of rows would cost more to make than it ever gains.
void ContractionNest::fewRows(unsigned d, Value from, Value rest) {
  ContractionNest few = *this;
  few.packs = few.blocked = few.vectorOutside = false;
  few.panel.reset();
  int64_t registers = static_cast<int64_t>(kernel.registers) - 4,
          most = std::min(chunkVectors(), fewRowsVectors);
  bool rowByRow = !isShared();
  for (int64_t rows = rowByRow ? 1 : 8; rows >= 1; rows /= 2) {
    if (rows >= tile[d])
      continue;
    Value many = rowByRow ? rest : arith::AndIOp::create(b(), rest, kernel.index(rows)).getResult();
    Value end = arith::AddIOp::create(b(), from, many);
    few.tile[d] = rows;
    few.vectors =
        int64_t(llvm::bit_floor(uint64_t(std::min(registers / rows, most)))); // few columns are left over
    few.ranges[d] = {from, end};
    few.fullTiles();
    from = end;
  }
}

// All rows that a panel serves: whole tiles, then what is behind them in tiles of 8, 4, 2 and 1 rows.
void ContractionNest::walkPanelRows(llvm::function_ref<void()> inside) {
  walkRows(parallel, inside);
  if (!behind)
    return;
  unsigned d = *raggedDim();
  auto [from, rest] = *behind;
  for (int64_t rows = 8; rows >= 1; rows /= 2) {
    if (rows >= tile[d])
      continue;
    Value many = arith::AndIOp::create(b(), rest, kernel.index(rows));
    Value end = arith::AddIOp::create(b(), from, many);
    count[d] = rows;
    loop(kernel, {from, end}, rows, [&](Value i) {
      place[d] = Linear(i);
      inside();
    });
    from = end;
  }
}

void ContractionNest::reset() {
  place.assign(extents.size(), Linear(0));
  count.assign(extents.size(), 1);
  ranges.assign(extents.size(), {});
  for (unsigned d : reduced)
    ranges[d] = {kernel.index(0), kernel.lengthOf(extents[d])};
}

void ContractionNest::emit() {
  std::optional<unsigned> shared = sharedDim();
  if (!shared) {
    reset();
    return tiles();
  }
  Chunks chunks = sharedChunks(*shared);
  packs &= *shared == vectorDim;
  panel = readyPanels();
  isReady = panel.has_value();
  if (packs && !isReady) {
    int64_t size = chunks.count * panelSteps() * tile[vectorDim];
    panel = Buffer{kernel.scratch(size, element()), {{size, {}}}, element()};
  }
  forChunks(kernel, extents[*shared], chunks, true, [&](Bounds range, Value chunk) {
    reset();
    ranges[*shared] = range;
    panelStart = Linear();
    if (packs && !isReady)
      panelStart.add(Linear(chunk), panelSteps() * tile[vectorDim]);
    tiles();
  });
}

void nn::emitContraction(Kernel &kernel, linalg::GenericOp op, std::optional<Buffer> result,
                         ArrayRef<Value> epilogue, ArrayRef<Buffer> destinations) {
  ContractionNest nest = ContractionNest::planned(kernel, op);
  nest.epilogue = epilogue;
  nest.destinations = destinations;
  if (result) {
    if (!addressOf(*result, op.getIndexingMapsArray().back(), nest.resultForm))
      llvm_unreachable("the result of a contraction is row-major");
    int64_t size = result->elements();
    nest.result = Buffer{result->memory, {{size, {}}}, result->element};
    nest.resultStart = result->start;
  }
  if (nest.accumulates)
    nest.emitAccumulating();
  else
    nest.emit();
  kernel.work.push_back(nest.work());
}
