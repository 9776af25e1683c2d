// The schedule of a multiply-add generic: its tile, the order of its loops, what threads share.
#include "compiler/lowering/ContractionNest.h"

using namespace mlir;
using namespace nn;

namespace {

constexpr int64_t parallelMacs = 1 << 20;
constexpr int64_t oneRowParallelMacs = 1 << 17; // each with a weight of its own, so bound by memory
constexpr int64_t panelBytes = 256 << 10; // of the vector operand: what may stream from the second cache
constexpr int64_t wholeReduction = 1024;  // steps that one packed panel may have
constexpr int64_t oneRowVectors = 8;      // at most, so that no sum waits for another
constexpr int64_t enoughSums = 8;         // that two multiply-adds a cycle find one which is done
constexpr int64_t mostWrittenOut = 4;     // steps of a reduction
constexpr int64_t manyTiles = 10;         // among which a rest counts little

// Half cycles that a step of a tile takes: two multiply-adds a cycle, but no less than one waits for its
// sum.
int64_t stepCost(int64_t rows, int64_t vectors) { return std::max<int64_t>(rows * vectors + 1, 9); }

bool isOne(const Extent &extent) { return extent.capacity == 1 && !extent.dynamic; }

// Rows of a tile along an extent that is known: those that make it cheapest; a rest, which is more code,
// must be worth a thirtieth.
int64_t cheapestRows(int64_t extent, int64_t most, int64_t vectors) {
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
int64_t rowsOfAny(int64_t capacity, int64_t most) {
  if (capacity >= manyTiles * most)
    return most > 8 ? most / 4 * 4 : most;
  for (int64_t rows = most; 3 * rows >= 2 * most; --rows)
    if (capacity % rows == 0)
      return rows;
  return std::min<int64_t>(most, 8);
}

// Of a tile with one row only: four parts for threads, where there is so much.
int64_t vectorsOfOneRow(int64_t total, bool isShared) {
  if (!isShared)
    return std::min(total, oneRowVectors);
  return std::max(std::min<int64_t>(total, 2),
                  std::min(int64_t(llvm::bit_floor(uint64_t(total / 4))), oneRowVectors));
}

} // namespace

void ContractionNest::readExtents() {
  extents.resize(op.getNumLoops());
  auto note = [&](Value tensor, AffineMap map) {
    auto known = kernel.buffers.find(tensor);
    SmallVector<Extent> shape = known != kernel.buffers.end() ? known->second.shape : kernel.shapeOf(tensor);
    for (auto [axis, expr] : llvm::enumerate(map.getResults()))
      if (auto dim = dyn_cast<AffineDimExpr>(expr))
        extents[dim.getPosition()] = shape[axis];
  };
  // The result last: an operand may be longer than its windows reach.
  for (OpOperand *operand : op.getDpsInputOperands())
    note(operand->get(), op.getMatchingIndexingMap(operand));
  note(op.getResult(0), op.getIndexingMapsArray().back());
}

void ContractionNest::classify() {
  SmallVector<utils::IteratorType> kinds = op.getIteratorTypesArray();
  hasVector = false;
  for (unsigned d = 0; d < kinds.size(); ++d) {
    if (kinds[d] == utils::IteratorType::reduction) {
      reduced.push_back(d);
      continue;
    }
    parallel.push_back(d);
    if (!isOne(extents[d])) {
      vectorDim = d;
      hasVector = true;
    }
  }
  if (hasVector)
    llvm::erase(parallel, vectorDim);
}

// Reductions that walk through the memory of both operands without a gap are one, so that the innermost loop
// is long: of a filter, the places of a row and the channels.
void ContractionNest::joinReductions() {
  if (!llvm::all_of(reduced, [&](unsigned d) { return isOne(extents[d]); }))
    llvm::erase_if(reduced, [&](unsigned d) { return isOne(extents[d]); });
  AddressForms forms;
  for (OpOperand *operand : op.getDpsInputOperands()) {
    auto buffer = kernel.buffers.find(operand->get());
    if (buffer == kernel.buffers.end() ||
        !addressOf(buffer->second, op.getMatchingIndexingMap(operand), forms.emplace_back()))
      return;
  }
  bool batchFirst = reduced.size() > 1 && isBatchReduction();
  SmallVector<unsigned> joined;
  for (unsigned d : reduced) {
    auto goesOn = [&](unsigned outer) {
      return !extents[outer].dynamic && !extents[d].dynamic &&
             llvm::all_of(forms, [&](auto &form) { return form[outer] == form[d] * extents[d].capacity; });
    };
    if (joined.size() > (batchFirst ? 1 : 0) && goesOn(joined.back())) {
      extents[d].capacity *= extents[joined.back()].capacity;
      extents[joined.back()].capacity = 1;
      joined.pop_back();
    }
    joined.push_back(d);
  }
  reduced = joined;
}

int64_t ContractionNest::vectorsTotal() {
  return hasVector ? llvm::divideCeil(extents[vectorDim].capacity, kernel.lanes) : 1;
}

int64_t ContractionNest::fit(const Extent &extent, int64_t most) {
  return extent.dynamic ? rowsOfAny(extent.capacity, most) : cheapestRows(extent.capacity, most, vectors);
}

// Of the innermost loops, which are written out if they are short: the steps then stand side by side.
int64_t ContractionNest::writtenOutSteps() {
  int64_t steps = 1;
  for (unsigned d : llvm::reverse(reduced)) {
    if (extents[d].dynamic || steps * extents[d].capacity > mostWrittenOut)
      break;
    steps *= extents[d].capacity;
  }
  return steps;
}

// Windows overlap: the next row of a tile reads at this step what its neighbour reads a few steps later.
// Before there is a tile, any row may be in it.
void ContractionNest::findOverlap() {
  isOverlapping = areVectorsOverlapping = false;
  constexpr int64_t unrolled = 9; // steps that LLVM may put side by side
  for (OpOperand *operand : op.getDpsInputOperands()) {
    SmallVector<int64_t> form;
    auto buffer = kernel.buffers.find(operand->get());
    if (buffer == kernel.buffers.end() ||
        !addressOf(buffer->second, op.getMatchingIndexingMap(operand), form))
      continue;
    int64_t step = form[reduced.back()];
    for (unsigned d : parallel) {
      bool together = tile.empty() ? !isOne(extents[d]) : tile[d] > 1;
      bool overlaps = together && step && form[d] && form[d] % step == 0 && form[d] / step < unrolled;
      (hasVector && form[vectorDim] ? areVectorsOverlapping : isOverlapping) |= overlaps;
    }
  }
}

// The rows that fit beside so many vectors, from the innermost dimension out, as long as a whole one does.
// Returns how many there are.
int64_t ContractionNest::chooseRows() {
  // Two registers for the vector operand at each step, two for the scalars.
  int64_t rows = (static_cast<int64_t>(kernel.registers) - 4) / vectors, taken = 1;
  // What steps beside each other share stays in registers as well.
  if (int64_t steps = writtenOutSteps(); isOverlapping && steps > 1)
    rows = std::min(rows, (static_cast<int64_t>(kernel.registers) - 1 - steps) / (vectors + 1));
  rows = std::min<int64_t>(rows, vectors == 1 && !areVectorsOverlapping ? 16 : 14);
  tile.assign(extents.size(), 1);
  for (unsigned d : llvm::reverse(parallel)) {
    int64_t fitting = fit(extents[d], rows / taken);
    if (taken > 1 && (extents[d].dynamic || extents[d].capacity % fitting))
      break;
    tile[d] = fitting;
    taken *= fitting;
    if (rows / taken < 2 || fitting != extents[d].capacity)
      break;
  }
  return taken;
}

// Few rows of two vectors wait for their sums: then as many of four, which reads whole lines of memory, or
// more rows of one.
void ContractionNest::chooseTile() {
  int64_t total = vectorsTotal();
  vectors = total <= 2 ? total : total % 2 == 0 || total > 3 ? 2 : 3;
  int64_t rows = chooseRows();
  if (vectors == 2 && rows * vectors < enoughSums) {
    vectors = total % 4 == 0 ? 4 : 1;
    if (chooseRows() * vectors <= rows * 2) {
      vectors = 2;
      chooseRows();
    }
  }
  if (hasVector && llvm::all_of(parallel, [&](unsigned d) { return isOne(extents[d]); }))
    vectors = vectorsOfOneRow(total, isShared());
  if (hasVector)
    tile[vectorDim] = vectors * kernel.lanes;
}

// With the batch reduced and more to reduce per row, tiles see one row at a time and add to memory.
void ContractionNest::chooseOrder() {
  accumulates = reduced.size() > 1 && extents[reduced.front()].capacity > 1 && isBatchReduction();
  int64_t panel = element().isF64() ? 8 : 4;
  for (unsigned d : reduced)
    panel *= extents[d].capacity;
  if (hasVector)
    panel *= extents[vectorDim].capacity;
  vectorOutside = !accumulates && hasVector && !isDots && panel > panelBytes && !parallel.empty();
  packs = vectorOutside && reduced.size() == 1 && parallel.size() == 1 && vectorsTotal() >= 2 * vectors &&
          extents[parallel.front()].capacity >= 4 * tile[parallel.front()] && isMoving(0) != isMoving(1);
  blocked = packs && extents[reduced.front()].capacity > wholeReduction;
}

bool ContractionNest::isMoving(unsigned operand) {
  return op.getIndexingMapsArray()[operand].isFunctionOfDim(vectorDim);
}

bool ContractionNest::isBatchReduction() {
  for (OpOperand *operand : op.getDpsInputOperands())
    if (op.getMatchingIndexingMap(operand).getResult(0) != getAffineDimExpr(reduced.front(), op.getContext()))
      return false;
  return true;
}

// Whether it is worth the threads.
bool ContractionNest::isShared() {
  int64_t count = 1;
  for (const Extent &extent : extents)
    count *= extent.capacity;
  return count >= (kernel.isForOneRow() ? oneRowParallelMacs : parallelMacs);
}

// Which dimension threads share: the vectors where the panel is large, else the first with enough tiles.
std::optional<unsigned> ContractionNest::sharedDim() {
  if (!isShared())
    return std::nullopt;
  if (vectorOutside && vectorsTotal() >= 2 * vectors)
    return vectorDim;
  for (unsigned d : parallel)
    if (extents[d].capacity >= 2 * tile[d])
      return d;
  return std::nullopt;
}

// Chunks of vectors are wide enough for the tiles of few rows, but at least four where there is so much.
Chunks ContractionNest::sharedChunks(unsigned d) {
  int64_t tiles = llvm::divideCeil(extents[d].capacity, tile[d]);
  int64_t wide = d != vectorDim ? 1 : tiles >= 16 ? 4 : tiles >= 8 ? 2 : 1;
  return chunksOf(extents[d], wide * tile[d], packs ? fewChunks : manyChunks);
}

int64_t ContractionNest::chunkVectors() {
  return sharedDim() == vectorDim && hasVector ? sharedChunks(vectorDim).size / kernel.lanes : vectorsTotal();
}

Work ContractionNest::work() {
  int64_t rows = 1, macs = 1;
  for (unsigned d : parallel)
    rows *= tile[d];
  for (const Extent &extent : extents)
    macs *= extent.capacity;
  std::string text = "tile " + std::to_string(rows) + " rows x " + std::to_string(vectors) + " vectors";
  if (isDots)
    text = "tile " + std::to_string(rows) + " rows, vectors along the sum";
  if (accumulates)
    text += ", adding image by image";
  if (packs)
    text += blocked ? ", panels in blocks" : ", panels";
  if (isReady)
    text += " of fold";
  return {text, macs, 0};
}

ContractionNest ContractionNest::planned(Kernel &kernel, linalg::GenericOp op) {
  ContractionNest nest{kernel, op};
  nest.readExtents();
  nest.classify();
  nest.joinReductions();
  nest.findOverlap();
  if (nest.isWorthDots())
    nest.planDots();
  else
    nest.chooseTile();
  nest.findOverlap();
  nest.chooseOrder();
  nest.chooseParts();
  // Without threads the product is small, and its panel needs none.
  if (nest.sharedDim() != nest.vectorDim || !nest.hasVector)
    nest.packs = nest.blocked = false;
  return nest;
}

std::optional<unsigned> nn::operandWorthPanels(linalg::GenericOp op) {
  if (!isContraction(op) || op.getNumLoops() != 3 || op.getNumReductionLoops() != 1)
    return std::nullopt;
  SmallVector<AffineMap> maps = op.getIndexingMapsArray();
  AffineExpr column = maps.back().getResults().back();
  for (unsigned k = 0; k < 2; ++k) {
    RankedTensorType type = typeOf(op.getInputs()[k]);
    if (!isa<BlockArgument>(op.getInputs()[k]) || !type.hasStaticShape() || type.getRank() != 2)
      continue;
    bool isLarge = type.getNumElements() * type.getElementTypeBitWidth() / 8 > panelBytes;
    if (isLarge && llvm::is_contained(maps[k].getResults(), column))
      return k;
  }
  return std::nullopt;
}

bool nn::isContraction(linalg::GenericOp op) {
  if (op.getNumReductionLoops() == 0 || op.getNumDpsInputs() != 2)
    return false;
  auto sum = op.getBody()->getTerminator()->getOperand(0).getDefiningOp<arith::AddFOp>();
  auto product = sum ? sum.getRhs().getDefiningOp<arith::MulFOp>() : nullptr;
  return product && product.getLhs() == op.getBody()->getArgument(0) &&
         product.getRhs() == op.getBody()->getArgument(1);
}

bool nn::needsResult(Kernel &kernel, linalg::GenericOp op) {
  ContractionNest nest = ContractionNest::planned(kernel, op);
  return nest.accumulates || nest.blocked;
}
