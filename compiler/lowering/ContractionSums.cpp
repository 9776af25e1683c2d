// Sums over the batch, through memory.
#include "compiler/lowering/ContractionNest.h"

using namespace mlir;
using namespace nn;

void ContractionNest::fillZero(const Buffer &buffer, const Linear &from, int64_t size) {
  auto type = VectorType::get({kernel.lanes}, buffer.element);
  Value zero = arith::ConstantOp::create(b(), b().getZeroAttr(type));
  forVectors(kernel, {kernel.index(0), kernel.index(size)}, {size, {}}, true, [&](Linear at, Value mask) {
    Coordinate offset(from, 1);
    offset.base.add(at);
    Evaluator(kernel, kernel.lanes, mask).store(zero, buffer, offset);
  });
}

void ContractionNest::accumulateChunk(Bounds rows, int64_t size) {
  fillZero(*result, resultStart, size);
  loop(kernel, rows, 1, [&](Value n) {
    reset();
    place[reduced.front()] = Linear(n);
    tiles();
  });
}

// Each chunk of rows has its own sums; they are added in order.
void ContractionNest::emitAccumulating() {
  const Extent &batch = extents[reduced.front()];
  Buffer final = *result;
  int64_t size = final.elements();
  Chunks chunks = chunksOf(batch, 1);
  // Partial sums beyond the second cache cost more than they gain.
  while (chunks.count > 1 && chunks.count * size > (1 << 18)) {
    chunks.size *= 2;
    chunks.count = llvm::divideCeil(batch.capacity, chunks.size);
  }
  if (!isShared() || chunks.count == 1)
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
