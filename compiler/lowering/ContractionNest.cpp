// Multiply-add generics: matrix products, convolutions and their gradients. A tile of results (some rows of
// the outer dimensions times a few vectors of the last) stays in registers over the whole reduction; one
// operand is a vector along the last dimension, the other the same in all lanes. Elementwise consumers are
// computed on the tile.
#include "compiler/lowering/Nest.h"

using namespace mlir;
using namespace nn;

namespace {

constexpr int64_t parallelMacs = 1 << 20;
constexpr int64_t panelBytes = 256 << 10; // of the vector operand: what may stream from the second cache
constexpr int64_t wholeReduction = 1024;  // steps that one packed panel may have
constexpr int64_t reductionBlock = 256;   // else it has this many
constexpr int64_t manyTiles = 10;         // among which a rest counts little
constexpr int64_t fewRowsVectors = 8;     // at most, beside one or two rows

struct ContractionNest {
  Kernel &kernel;
  linalg::GenericOp op;
  SmallVector<Extent> extents = {};    // of each dimension
  SmallVector<unsigned> parallel = {}; // without the vector dimension
  SmallVector<unsigned> reduced = {};
  unsigned vectorDim = 0;
  bool hasVector = true;          // all dimensions of the result have length 1 else
  SmallVector<int64_t> tile = {}; // of each dimension
  int64_t vectors = 1;            // of a tile
  bool accumulates = false;       // the outermost reduction runs outside the tiles, through memory
  bool vectorOutside = false;
  bool packs = false;   // the vector operand goes through a panel
  bool blocked = false; // the panel has a part of the reduction; the tiles add to memory

  std::optional<Buffer> result = {};
  Linear resultStart = {}; // in a flat result
  SmallVector<int64_t> resultForm = {};
  ArrayRef<Value> epilogue = {};
  ArrayRef<Buffer> destinations = {};

  SmallVector<Coordinate> place = {};
  SmallVector<int64_t> count = {}; // of each dimension in the current tile
  SmallVector<Bounds> ranges = {}; // of each dimension

  std::optional<Buffer> panel = {}; // of all chunks
  Linear panelStart = {};           // of the present chunk

  ImplicitLocOpBuilder &b() { return kernel.b; }
  Type element() { return typeOf(op.getResult(0)).getElementType(); }
  int64_t lanes() { return hasVector ? kernel.lanes : 1; }

  // --- the schedule ---

  void readExtents() {
    extents.resize(op.getNumLoops());
    auto note = [&](Value tensor, AffineMap map) {
      auto known = kernel.buffers.find(tensor);
      SmallVector<Extent> shape =
          known != kernel.buffers.end() ? known->second.shape : kernel.shapeOf(tensor);
      for (auto [axis, expr] : llvm::enumerate(map.getResults()))
        if (auto dim = dyn_cast<AffineDimExpr>(expr))
          extents[dim.getPosition()] = shape[axis];
    };
    // The result last: an operand may be longer than its windows reach.
    for (OpOperand *operand : op.getDpsInputOperands())
      note(operand->get(), op.getMatchingIndexingMap(operand));
    note(op.getResult(0), op.getIndexingMapsArray().back());
  }

  void classify() {
    SmallVector<utils::IteratorType> kinds = op.getIteratorTypesArray();
    hasVector = false;
    for (unsigned d = 0; d < kinds.size(); ++d) {
      if (kinds[d] == utils::IteratorType::reduction) {
        reduced.push_back(d);
        continue;
      }
      parallel.push_back(d);
      if (extents[d].capacity > 1 || extents[d].dynamic) {
        vectorDim = d;
        hasVector = true;
      }
    }
    if (hasVector)
      llvm::erase(parallel, vectorDim);
  }

  int64_t vectorsTotal() {
    return hasVector ? llvm::divideCeil(extents[vectorDim].capacity, kernel.lanes) : 1;
  }

  // Half cycles that a step of a tile takes: two multiply-adds a cycle, but no less than one waits for its
  // sum.
  static int64_t stepCost(int64_t rows, int64_t vectors) { return std::max<int64_t>(rows * vectors + 1, 9); }

  // Rows of a tile along an extent that is known: those that make it cheapest; a rest, which is more code,
  // must be worth a thirtieth.
  static int64_t cheapestRows(int64_t extent, int64_t most, int64_t vectors) {
    int64_t best = 1, least = extent * stepCost(1, vectors) * 31;
    for (int64_t rows = 2; rows <= std::min(most, extent); ++rows) {
      int64_t rest = extent % rows;
      int64_t cost = extent / rows * stepCost(rows, vectors) + (rest ? stepCost(rest, vectors) : 0);
      cost *= rest ? 31 : 30;
      if (cost <= least) {
        best = rows;
        least = cost;
      }
    }
    return best;
  }

  // The same where the code runs for any number. Many tiles leave few rows; else there should be no rest.
  static int64_t rowsOfAny(int64_t capacity, int64_t most) {
    if (capacity >= manyTiles * most)
      return most > 8 ? most / 4 * 4 : most;
    for (int64_t rows = most; 3 * rows >= 2 * most; --rows)
      if (capacity % rows == 0)
        return rows;
    return std::min<int64_t>(most, 8);
  }

  int64_t fit(const Extent &extent, int64_t most) {
    return extent.dynamic ? rowsOfAny(extent.capacity, most) : cheapestRows(extent.capacity, most, vectors);
  }

  void chooseTile() {
    int64_t total = vectorsTotal();
    vectors = total <= 2 ? total : total % 2 == 0 || total > 3 ? 2 : 3;
    // Two registers for the vector operand at each step, two for the scalars.
    int64_t rows = (static_cast<int64_t>(kernel.registers) - 4) / vectors;
    rows = std::min<int64_t>(rows, vectors == 1 ? 16 : 14);
    tile.assign(extents.size(), 1);
    // From the innermost dimension out, as long as a whole one fits.
    for (unsigned d : llvm::reverse(parallel)) {
      int64_t fitting = fit(extents[d], rows);
      bool first = llvm::all_of(tile, [](int64_t t) { return t == 1; });
      if (!first && (extents[d].dynamic || extents[d].capacity % fitting))
        break;
      tile[d] = fitting;
      rows /= tile[d];
      if (rows < 2 || tile[d] != extents[d].capacity)
        break;
    }
    if (hasVector)
      tile[vectorDim] = vectors * kernel.lanes;
  }

  // With the batch reduced and more to reduce per row, tiles see one row at a time and add to memory.
  void chooseOrder() {
    accumulates = reduced.size() > 1 && extents[reduced.front()].capacity > 1 && isBatchReduction();
    int64_t panel = element().isF64() ? 8 : 4;
    for (unsigned d : reduced)
      panel *= extents[d].capacity;
    if (hasVector)
      panel *= extents[vectorDim].capacity;
    vectorOutside = !accumulates && hasVector && panel > panelBytes && !parallel.empty();
    packs = vectorOutside && reduced.size() == 1 && parallel.size() == 1 && vectorsTotal() >= 2 * vectors &&
            extents[parallel.front()].capacity >= 4 * tile[parallel.front()] && isMoving(0) != isMoving(1);
    blocked = packs && extents[reduced.front()].capacity > wholeReduction;
  }

  bool isMoving(unsigned operand) { return op.getIndexingMapsArray()[operand].isFunctionOfDim(vectorDim); }

  bool isBatchReduction() {
    for (OpOperand *operand : op.getDpsInputOperands())
      if (op.getMatchingIndexingMap(operand).getResult(0) !=
          getAffineDimExpr(reduced.front(), op.getContext()))
        return false;
    return true;
  }

  int64_t macs() {
    int64_t count = 1;
    for (const Extent &extent : extents)
      count *= extent.capacity;
    return count;
  }

  // --- a tile ---

  // The places of the tile's rows: the product of the counts of the parallel dimensions.
  SmallVector<SmallVector<Coordinate>> rowPlaces() {
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

  template <typename Visit> void forTile(Value mask, Visit visit) {
    for (auto &row : rowPlaces())
      for (int64_t v = 0; v < vectorCount; ++v) {
        SmallVector<Coordinate> at = row;
        if (hasVector) {
          at[vectorDim].step = 1;
          at[vectorDim].base.constant += v * lanes();
        }
        visit(at, v + 1 == vectorCount ? mask : Value());
      }
  }
  int64_t vectorCount = 1;

  Coordinate resultOffset(ArrayRef<Coordinate> at) {
    Coordinate offset(resultStart);
    for (auto [dim, coefficient] : llvm::enumerate(resultForm)) {
      offset.base.add(at[dim].base, coefficient);
      offset.step += at[dim].step * coefficient;
    }
    return offset;
  }

  SmallVector<Value> start(Value mask) {
    SmallVector<Value> totals;
    if (!accumulates && !blocked) {
      Type type = hasVector ? Type(VectorType::get({lanes()}, element())) : element();
      Value zero = arith::ConstantOp::create(b(), b().getZeroAttr(type));
      forTile(mask, [&](ArrayRef<Coordinate>, Value) { totals.push_back(zero); });
      return totals;
    }
    forTile(mask, [&](ArrayRef<Coordinate> at, Value own) {
      totals.push_back(Evaluator(kernel, lanes(), own).load(*result, resultOffset(at)));
    });
    return totals;
  }

  SmallVector<Value> multiplyAdd(ValueRange totals, Value mask) {
    SmallVector<Value> next;
    Evaluator whole(kernel, lanes()), masked(kernel, lanes(), mask);
    forTile(mask, [&](ArrayRef<Coordinate> at, Value own) {
      // Only the vector operand needs the mask; the scalar one shares its loads with the other vectors.
      SmallVector<Value> factors;
      for (unsigned k = 0; k < 2; ++k) {
        bool moves = hasVector && op.getIndexingMapsArray()[k].isFunctionOfDim(vectorDim);
        if (moves && panel) {
          int64_t v = static_cast<int64_t>(next.size()) % vectorCount;
          factors.push_back(whole.load(*panel, inPanel(v)));
          continue;
        }
        Evaluator &evaluator = moves && own ? masked : whole;
        factors.push_back(whole.asVector(evaluator.input(op, k, at)));
      }
      Value total = totals[next.size()];
      if (hasVector)
        next.push_back(vector::FMAOp::create(b(), factors[0], factors[1], total));
      else
        next.push_back(math::FmaOp::create(b(), factors[0], factors[1], total));
    });
    return next;
  }

  // Short inner loops are written out.
  SmallVector<Value> reduce(ArrayRef<unsigned> dims, ValueRange totals, Value mask) {
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
    return loop(kernel, ranges[d], 1, totals, [&](Value i, ValueRange carried) {
      place[d] = Linear(i);
      return reduce(dims.drop_front(), carried, mask);
    });
  }

  void finish(ArrayRef<Value> totals, Value mask) {
    unsigned at = 0;
    forTile(mask, [&](ArrayRef<Coordinate> full, Value own) {
      Value total = totals[at++];
      Evaluator evaluator(kernel, lanes(), own);
      if (result)
        evaluator.store(total, *result, resultOffset(full));
      if (epilogue.empty())
        return;
      SmallVector<Coordinate> inResult;
      for (AffineExpr expr : op.getIndexingMapsArray().back().getResults())
        inResult.push_back(full[cast<AffineDimExpr>(expr).getPosition()]);
      evaluator.provide(op.getResult(0), total);
      SmallVector<Value> values;
      for (Value root : epilogue)
        values.push_back(evaluator.evaluate(root, inResult));
      for (auto [value, destination] : llvm::zip(values, destinations))
        evaluator.store(value, destination, inResult);
    });
  }

  void emitTile(Value mask) {
    ArrayRef<unsigned> inner = ArrayRef(reduced).drop_front(accumulates ? 1 : 0);
    finish(reduce(inner, start(mask), mask), mask);
  }

  // --- panels ---

  // Rows of the vector operand that are far apart in memory share few sets of the caches and lie on many
  // pages; side by side, they are read by all tiles of rows at full speed.
  int64_t panelSteps() { return blocked ? reductionBlock : extents[reduced.front()].capacity; }

  Coordinate inPanel(int64_t vector) {
    unsigned k = reduced.front();
    Coordinate offset(panelStart, 1);
    offset.base.add(place[k].base, tile[vectorDim]);
    offset.base.add(Linear(ranges[k].first), -tile[vectorDim]);
    offset.base.constant += vector * lanes();
    return offset;
  }

  void pack(Value mask) {
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

  void zeroTile(Value mask) {
    Value zero = arith::ConstantOp::create(b(), b().getZeroAttr(VectorType::get({lanes()}, element())));
    forTile(mask, [&](ArrayRef<Coordinate> at, Value own) {
      Evaluator(kernel, lanes(), own).store(zero, *result, resultOffset(at));
    });
  }

  void packedTiles() {
    auto tilesOfBlock = [&] {
      walkVectors([&](Value mask) {
        pack(mask);
        walkRows(parallel, [&] { emitTile(mask); });
      });
    };
    if (!blocked)
      return tilesOfBlock();
    walkVectors([&](Value mask) { walkRows(parallel, [&] { zeroTile(mask); }); });
    unsigned k = reduced.front();
    Bounds whole = ranges[k];
    loop(kernel, whole, reductionBlock, [&](Value from) {
      Value end = arith::AddIOp::create(b(), from, kernel.index(reductionBlock));
      ranges[k] = {from, arith::MinUIOp::create(b(), end, whole.second)};
      tilesOfBlock();
    });
    ranges[k] = whole;
  }

  // --- the loops around it ---

  void walkVectors(llvm::function_ref<void(Value)> inside) {
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

  void walkRows(ArrayRef<unsigned> dims, llvm::function_ref<void()> inside) {
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
    if (main == tile[d])
      at(Linear(0), tile[d]);
    else
      loop(kernel, {kernel.index(0), kernel.index(main)}, tile[d], [&](Value i) { at(Linear(i), tile[d]); });
    if (main != extent.capacity)
      at(Linear(main), extent.capacity - main);
  }

  // The dimension of rows whose number is known only when running, so that a tile may not be full.
  std::optional<unsigned> raggedDim() {
    for (unsigned d : parallel)
      if (extents[d].dynamic && tile[d] > 1)
        return d;
    return std::nullopt;
  }

  void tiles() {
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
    auto whenAny = scf::IfOp::create(b(), any);
    {
      OpBuilder::InsertionGuard guard(b());
      b().setInsertionPointToStart(whenAny.thenBlock());
      fullTiles();
    }
    fewRows(*ragged, end, rest);
  }

  void fullTiles() {
    if (packs)
      return packedTiles();
    if (vectorOutside)
      return walkVectors([&](Value mask) { walkRows(parallel, [&] { emitTile(mask); }); });
    walkRows(parallel, [&] { walkVectors([&](Value mask) { emitTile(mask); }); });
  }

  // Less than a tile: 8, 4, 2 and 1 rows, with so many more vectors. One request is such a row: nothing is
  // packed, the vector operand is read once, along its rows.
  void fewRows(unsigned d, Value from, Value rest) {
    ContractionNest few = *this;
    few.packs = few.blocked = few.vectorOutside = false;
    few.panel.reset();
    int64_t registers = static_cast<int64_t>(kernel.registers) - 4,
            most = std::min(chunkVectors(), fewRowsVectors);
    for (int64_t rows = 8; rows >= 1; rows /= 2) {
      if (rows >= tile[d])
        continue;
      Value end =
          arith::AddIOp::create(b(), from, arith::AndIOp::create(b(), rest, kernel.index(rows)).getResult());
      few.tile[d] = rows;
      few.vectors =
          int64_t(llvm::bit_floor(uint64_t(std::min(registers / rows, most)))); // few columns are left over
      few.ranges[d] = {from, end};
      few.fullTiles();
      from = end;
    }
  }

  void reset() {
    place.assign(extents.size(), Linear(0));
    count.assign(extents.size(), 1);
    ranges.assign(extents.size(), {});
    for (unsigned d : reduced)
      ranges[d] = {kernel.index(0), kernel.lengthOf(extents[d])};
  }

  // Which dimension threads share: the vectors where the panel is large, else the first with enough tiles.
  std::optional<unsigned> sharedDim() {
    if (macs() < parallelMacs)
      return std::nullopt;
    if (vectorOutside && vectorsTotal() >= 2 * vectors)
      return vectorDim;
    for (unsigned d : parallel)
      if (extents[d].capacity >= 2 * tile[d])
        return d;
    return std::nullopt;
  }

  // Chunks of vectors are wide enough for the tiles of few rows, but at least four where there is so much.
  Chunks sharedChunks(unsigned d) {
    int64_t tiles = llvm::divideCeil(extents[d].capacity, tile[d]);
    int64_t wide = d != vectorDim ? 1 : tiles >= 16 ? 4 : tiles >= 8 ? 2 : 1;
    return chunksOf(extents[d], wide * tile[d]);
  }

  int64_t chunkVectors() {
    return sharedDim() == vectorDim && hasVector ? sharedChunks(vectorDim).size / kernel.lanes
                                                 : vectorsTotal();
  }

  void emit() {
    std::optional<unsigned> shared = sharedDim();
    if (!shared) {
      reset();
      return tiles();
    }
    Chunks chunks = sharedChunks(*shared);
    packs &= *shared == vectorDim;
    if (packs) {
      int64_t size = chunks.count * panelSteps() * tile[vectorDim];
      panel = Buffer{kernel.scratch(size, element()), {{size, {}}}, element()};
    }
    forChunks(kernel, extents[*shared], chunks, true, [&](Bounds range, Value chunk) {
      reset();
      ranges[*shared] = range;
      panelStart = Linear();
      if (packs)
        panelStart.add(Linear(chunk), panelSteps() * tile[vectorDim]);
      tiles();
    });
  }

  // --- sums over the batch, through memory ---

  void fillZero(const Buffer &buffer, const Linear &from, int64_t size) {
    auto type = VectorType::get({kernel.lanes}, buffer.element);
    Value zero = arith::ConstantOp::create(b(), b().getZeroAttr(type));
    forVectors(kernel, {kernel.index(0), kernel.index(size)}, {size, {}}, true, [&](Linear at, Value mask) {
      Coordinate offset(from, 1);
      offset.base.add(at);
      Evaluator(kernel, kernel.lanes, mask).store(zero, buffer, offset);
    });
  }

  void accumulateChunk(Bounds rows, int64_t size) {
    fillZero(*result, resultStart, size);
    loop(kernel, rows, 1, [&](Value n) {
      reset();
      place[reduced.front()] = Linear(n);
      tiles();
    });
  }

  // Each chunk of rows has its own sums; they are added in order.
  void emitAccumulating() {
    const Extent &batch = extents[reduced.front()];
    Buffer final = *result;
    int64_t size = final.elements();
    Chunks chunks = chunksOf(batch, 1);
    // Partial sums beyond the second cache cost more than they gain.
    while (chunks.count > 1 && chunks.count * size > (1 << 18)) {
      chunks.size *= 2;
      chunks.count = llvm::divideCeil(batch.capacity, chunks.size);
    }
    if (macs() < parallelMacs || chunks.count == 1)
      return accumulateChunk({kernel.index(0), kernel.lengthOf(batch)}, size);
    Buffer partial = {
        kernel.scratch(chunks.count * size, final.element), {{chunks.count * size, {}}}, final.element};
    result = partial;
    forChunks(kernel, batch, chunks, true, [&](Bounds rows, Value chunk) {
      resultStart = Linear();
      resultStart.add(Linear(chunk), size);
      accumulateChunk(rows, size);
    });
    Value used = kernel.index(chunks.count);
    if (batch.dynamic)
      used = arith::CeilDivUIOp::create(b(), batch.dynamic, kernel.index(chunks.size));
    forVectors(kernel, {kernel.index(0), kernel.index(size)}, {size, {}}, true, [&](Linear at, Value mask) {
      auto type = VectorType::get({kernel.lanes}, final.element);
      Value zero = arith::ConstantOp::create(b(), b().getZeroAttr(type));
      Value sum =
          loop(kernel, {kernel.index(0), used}, 1, zero, [&](Value c, ValueRange own) -> SmallVector<Value> {
            Coordinate offset(at, 1);
            offset.base.add(Linear(c), size);
            return {arith::AddFOp::create(b(), own[0],
                                          Evaluator(kernel, kernel.lanes, mask).load(partial, offset))};
          })[0];
      Evaluator(kernel, kernel.lanes, mask).store(sum, final, Coordinate(at, 1));
    });
  }
};

ContractionNest planned(Kernel &kernel, linalg::GenericOp op) {
  ContractionNest nest{kernel, op};
  nest.readExtents();
  nest.classify();
  nest.chooseTile();
  nest.chooseOrder();
  // Without threads the product is small, and its panel needs none.
  if (nest.sharedDim() != nest.vectorDim || !nest.hasVector)
    nest.packs = nest.blocked = false;
  return nest;
}

} // namespace

bool nn::isContraction(linalg::GenericOp op) {
  if (op.getNumReductionLoops() == 0 || op.getNumDpsInputs() != 2)
    return false;
  auto sum = op.getBody()->getTerminator()->getOperand(0).getDefiningOp<arith::AddFOp>();
  auto product = sum ? sum.getRhs().getDefiningOp<arith::MulFOp>() : nullptr;
  return product && product.getLhs() == op.getBody()->getArgument(0) &&
         product.getRhs() == op.getBody()->getArgument(1);
}

bool nn::needsResult(Kernel &kernel, linalg::GenericOp op) {
  ContractionNest nest = planned(kernel, op);
  return nest.accumulates || nest.blocked;
}

void nn::emitContraction(Kernel &kernel, linalg::GenericOp op, std::optional<Buffer> result,
                         ArrayRef<Value> epilogue, ArrayRef<Buffer> destinations) {
  ContractionNest nest = planned(kernel, op);
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
}
