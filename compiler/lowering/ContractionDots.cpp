// Tiles whose lanes lie along the reduction: products with a single column, sums over places with few
// results. Each row has a vector of partial sums; at the end those of several rows are added up together, so
// that the consumers find them side by side.
#include "compiler/lowering/ContractionNest.h"

using namespace mlir;
using namespace nn;

namespace {

constexpr int64_t mostDots = 12;  // that find a register each
constexpr int64_t writtenOut = 4; // steps of a short reduction

// How many of the lanes count.
double usedLanes(int64_t length, int64_t lanes) {
  return double(length) / double(llvm::divideCeil(length, lanes) * lanes);
}

Value shuffled(ImplicitLocOpBuilder &b, Value x, Value y, int64_t width, int64_t from) {
  int64_t lanes = cast<VectorType>(x.getType()).getDimSize(0);
  SmallVector<int64_t> places;
  for (int64_t group = 0; group < lanes; group += width)
    for (int64_t source : {group, lanes + group})
      for (int64_t k = 0; k < width / 2; ++k)
        places.push_back(source + from + k);
  return vector::ShuffleOp::create(b, x, y, places);
}

// Lane r is the sum over the lanes of rows[r]: halves are added up to the last, in the order of `sumOfLanes`.
Value sumsOfRows(ImplicitLocOpBuilder &b, SmallVector<Value> rows, Value zero) {
  int64_t lanes = cast<VectorType>(zero.getType()).getDimSize(0);
  rows.resize(lanes, zero);
  for (int64_t width = lanes; width > 1; width /= 2) {
    size_t half = rows.size() / 2;
    for (size_t r = 0; r < half; ++r)
      rows[r] = arith::AddFOp::create(b, shuffled(b, rows[r], rows[r + half], width, 0),
                                      shuffled(b, rows[r], rows[r + half], width, width / 2));
    rows.resize(half);
  }
  return rows.front();
}

Value sumOfLanes(ImplicitLocOpBuilder &b, Value total) {
  for (int64_t width = cast<VectorType>(total.getType()).getDimSize(0) / 2; width >= 1; width /= 2) {
    Value low = vector::ExtractStridedSliceOp::create(b, total, {0}, {width}, {1});
    Value high = vector::ExtractStridedSliceOp::create(b, total, {width}, {width}, {1});
    total = arith::AddFOp::create(b, low, high);
  }
  return vector::ExtractOp::create(b, total, 0);
}

} // namespace

// Both operands go on by one along the innermost reduction, while along the last dimension of the result
// there is nothing, or so little that most lanes would be idle, or an operand that would have to be gathered.
bool ContractionNest::isWorthDots() {
  unsigned inner = reduced.back();
  if (extents[inner].capacity < 2)
    return false;
  double used = hasVector ? usedLanes(extents[vectorDim].capacity, kernel.lanes) : 0;
  for (OpOperand *operand : op.getDpsInputOperands()) {
    SmallVector<int64_t> form;
    auto buffer = kernel.buffers.find(operand->get());
    if (buffer == kernel.buffers.end() ||
        !addressOf(buffer->second, op.getMatchingIndexingMap(operand), form) || form[inner] != 1)
      return false;
    if (hasVector && form[vectorDim] != 0 && form[vectorDim] != 1)
      used = 0;
  }
  return 2 * used <= usedLanes(extents[inner].capacity, kernel.lanes);
}

void ContractionNest::planDots() {
  isDots = true;
  if (hasVector)
    parallel.insert(llvm::upper_bound(parallel, vectorDim), vectorDim);
  vectorDim = reduced.back();
  hasVector = true;
  tile.assign(extents.size(), 1);
  tile[vectorDim] = kernel.lanes;
  int64_t rows = 1;
  for (unsigned d : llvm::reverse(parallel)) {
    int64_t most = rows == 1 ? kernel.lanes : mostDots / rows;
    if (rows > 1 && (extents[d].dynamic || extents[d].capacity > most))
      break;
    tile[d] = std::min(extents[d].capacity, most);
    rows *= tile[d];
    if (extents[d].dynamic || tile[d] != extents[d].capacity)
      break;
  }
}

SmallVector<Value> ContractionNest::dotStep(ValueRange totals, Value mask) {
  SmallVector<Value> next;
  Evaluator evaluator(kernel, kernel.lanes, mask);
  for (auto [row, total] : llvm::zip(rowPlaces(), totals)) {
    row[vectorDim].step = 1;
    Value left = evaluator.input(op, 0, row), right = evaluator.input(op, 1, row);
    next.push_back(vector::FMAOp::create(b(), left, right, total));
  }
  return next;
}

SmallVector<Value> ContractionNest::dots(ArrayRef<unsigned> dims, ValueRange totals) {
  unsigned d = dims.front();
  if (dims.size() > 1) {
    SmallVector<Value> sums = loop(kernel, ranges[d], 1, totals, [&](Value i, ValueRange carried) {
      place[d] = Linear(i);
      return dots(dims.drop_front(), carried);
    });
    // Neighbouring rows share elements, which would stay in registers from step to step.
    keepRolled(sums.front().getDefiningOp<scf::ForOp>());
    return sums;
  }
  int64_t lanes = kernel.lanes, steps = extents[d].capacity / lanes;
  SmallVector<Value> sums(totals.begin(), totals.end());
  Value end = kernel.index(steps * lanes);
  if (extents[d].dynamic)
    end =
        arith::SubIOp::create(b(), ranges[d].second,
                              arith::RemUIOp::create(b(), ranges[d].second, kernel.index(lanes)).getResult());
  if (steps <= writtenOut && !extents[d].dynamic) {
    for (int64_t step = 0; step < steps; ++step) {
      place[d] = Linear(step * lanes);
      sums = dotStep(sums, {});
    }
  } else {
    sums = sumInParts({kernel.index(0), end}, lanes, sums, [&](ValueRange own) { return dotStep(own, {}); });
  }
  if (!extents[d].dynamic && extents[d].capacity % lanes == 0)
    return sums;
  place[d] = Linear(end);
  if (!extents[d].dynamic)
    return dotStep(sums, tailMask(kernel, extents[d].capacity % lanes));
  Value rest = arith::SubIOp::create(b(), ranges[d].second, end);
  return dotStep(sums, vector::CreateMaskOp::create(b(), VectorType::get({lanes}, b().getI1Type()), rest));
}

void ContractionNest::storeDots(Value total, ArrayRef<Coordinate> at, int64_t width, Value mask) {
  if (accumulates)
    total = arith::AddFOp::create(b(), Evaluator(kernel, width, mask).load(*result, resultOffset(at)), total);
  store(total, at, width, mask);
}

// Rows that follow each other in the result are one vector of it.
void ContractionNest::emitDots() {
  ArrayRef<unsigned> inner = ArrayRef(reduced).drop_front(accumulates ? 1 : 0);
  SmallVector<SmallVector<Coordinate>> rows = rowPlaces();
  SmallVector<Value> totals = dots(inner, SmallVector<Value>(rows.size(), zero()));
  const unsigned *along =
      llvm::find_if(llvm::reverse(parallel), [&](unsigned d) { return count[d] > 1; }).base();
  int64_t group = along == parallel.begin() ? 1 : count[along[-1]];
  for (size_t row = 0; row < rows.size(); row += group) {
    if (group == 1) {
      storeDots(sumOfLanes(b(), totals[row]), rows[row], 1, {});
      continue;
    }
    SmallVector<Value> own(totals.begin() + row, totals.begin() + row + group);
    rows[row][along[-1]].step = 1;
    storeDots(sumsOfRows(b(), own, zero()), rows[row], kernel.lanes,
              group < kernel.lanes ? tailMask(kernel, group) : Value());
  }
}
