// Long sums of few columns in several parts. One row has too few sums to hide that each waits for its last
// multiply-add, so that it takes its parts side by side; a tile of many rows takes one after the other. How
// many parts there are does not depend on the rows: a row has the same bits alone and among others.
#include "compiler/lowering/ContractionNest.h"

using namespace mlir;
using namespace nn;

static constexpr int64_t mostSums = 12;      // that find a register each
static constexpr int64_t stepsOfPart = 16;   // at least
static constexpr int64_t dotStepsOfPart = 2; // at least, of a vector each

// Only rows of the batch are ever alone.
void ContractionNest::chooseParts() {
  const Extent &steps = extents[reduced.back()];
  if (!hasVector || reduced.size() > 1 || steps.dynamic)
    return;
  auto type = typeOf(op.getResult(0));
  for (auto [axis, expr] : llvm::enumerate(op.getIndexingMapsArray().back().getResults()))
    if (cast<AffineDimExpr>(expr).getPosition() != vectorDim && !type.isDynamicDim(axis) &&
        type.getDimSize(axis) != 1)
      return;
  int64_t columns = isDots ? 1 : extents[vectorDim].capacity;
  parts = type.hasStaticShape() || columns > 16 ? 1 : columns > 8 ? 4 : 8;
  int64_t most = isDots ? steps.capacity / kernel.lanes / dotStepsOfPart : steps.capacity / stepsOfPart;
  while (parts > 1 && parts > most)
    parts /= 2;
}

Value ContractionNest::zero() {
  Type type = hasVector ? Type(VectorType::get({lanes()}, element())) : element();
  return arith::ConstantOp::create(b(), b().getZeroAttr(type));
}

static SmallVector<Value> added(Kernel &kernel, ValueRange totals, ValueRange sums) {
  SmallVector<Value> result;
  for (auto [total, sum] : llvm::zip(totals, sums))
    result.push_back(arith::AddFOp::create(kernel.b, total, sum));
  return result;
}

// LLVM writes short loops out and unrolls others. Where steps read the same elements, or there are as many
// sums as registers allow, it would then keep more in registers than there are.
void ContractionNest::limitUnrolling(scf::ForOp loop, int64_t steps) {
  constexpr int64_t writtenOut = 24; // steps
  int64_t registers = kernel.registers, count = loop.getNumResults();
  bool isShort = !extents[reduced.back()].dynamic && steps <= writtenOut, isFull = 3 * count >= 2 * registers;
  bool isHalf = 2 * count >= registers;
  if ((isFull && isOverlapping) || (isShort && isHalf && (isOverlapping || areVectorsOverlapping || isDots)))
    return keepRolled(loop);
  if (isShort && isFull)
    unrollTwice(loop);
}

SmallVector<Value> ContractionNest::sumInParts(Bounds range, int64_t step, ValueRange totals, Step body) {
  unsigned k = reduced.back();
  auto run = [&](Bounds own, ValueRange start) {
    SmallVector<Value> sums = loop(kernel, own, step, start, [&](Value i, ValueRange carried) {
      place[k] = Linear(i);
      return body(carried);
    });
    limitUnrolling(sums.front().getDefiningOp<scf::ForOp>(), extents[k].capacity / step / parts);
    return sums;
  };
  if (parts == 1)
    return run(range, totals);
  int64_t size = extents[k].capacity / step / parts * step;
  if (static_cast<int64_t>(totals.size()) * parts <= mostSums)
    return partsBeside(range.second, size, step, totals, body);
  SmallVector<Value> zeros(totals.size(), zero());
  return loop(kernel, {kernel.index(0), kernel.index(parts)}, 1, totals, [&](Value part, ValueRange carried) {
    Value from = arith::MulIOp::create(b(), part, kernel.index(size));
    Value next = arith::AddIOp::create(b(), from, kernel.index(size));
    Value isLast = arith::CmpIOp::create(b(), arith::CmpIPredicate::eq, part, kernel.index(parts - 1));
    Value to = arith::SelectOp::create(b(), isLast, range.second, next);
    return added(kernel, carried, run({from, to}, zeros));
  });
}

SmallVector<Value> ContractionNest::partsBeside(Value end, int64_t size, int64_t step, ValueRange totals,
                                                Step body) {
  unsigned k = reduced.back();
  size_t width = totals.size();
  SmallVector<Value> zeros(width * parts, zero());
  SmallVector<Value> sums =
      loop(kernel, {kernel.index(0), kernel.index(size)}, step, zeros, [&](Value i, ValueRange carried) {
        SmallVector<Value> next;
        for (int64_t part = 0; part < parts; ++part) {
          place[k] = Linear(i);
          place[k].base.constant = part * size;
          llvm::append_range(next, body(carried.slice(part * width, width)));
        }
        return next;
      });
  ArrayRef<Value> last = ArrayRef(sums).take_back(width);
  SmallVector<Value> rest =
      loop(kernel, {kernel.index(parts * size), end}, step, last, [&](Value i, ValueRange carried) {
        place[k] = Linear(i);
        return body(carried);
      });
  llvm::copy(rest, sums.end() - width);
  SmallVector<Value> result(totals.begin(), totals.end());
  for (int64_t part = 0; part < parts; ++part)
    result = added(kernel, result, ArrayRef(sums).slice(part * width, width));
  return result;
}
