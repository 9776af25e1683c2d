// Loop nests: axes of an iteration space, merged where every address allows it, chunks for threads, vector
// blocks with a masked tail.
#ifndef NN_LOWERING_NEST_H
#define NN_LOWERING_NEST_H

#include "compiler/lowering/Evaluator.h"

namespace nn {

// Neighbouring dimensions that are walked as one; the last of them carries the index, the others are 0.
struct Axis {
  Extent extent;
  llvm::SmallVector<unsigned> dims;
  bool reduction = false;
};

// For each address of a nest, how far one step along each dimension moves it.
using AddressForms = llvm::SmallVector<llvm::SmallVector<int64_t>>;

// Adds the addresses behind `tensor` read at `map`; false where one is not linear with constant coefficients.
bool collectAddresses(Kernel &kernel, mlir::Value tensor, mlir::AffineMap map, AddressForms &forms);
bool addressOf(const Buffer &buffer, mlir::AffineMap map, llvm::SmallVector<int64_t> &form);

// The axes of an iteration space; `forms` is null where nothing may be merged. Axes of length 1 vanish.
llvm::SmallVector<Axis> makeAxes(Kernel &kernel, llvm::ArrayRef<Extent> extents,
                                 llvm::ArrayRef<mlir::utils::IteratorType> kinds, const AddressForms *forms);

using Bounds = std::pair<mlir::Value, mlir::Value>;

// for (i = lo; i < hi; i += step)
mlir::scf::ForOp loop(Kernel &kernel, Bounds range, int64_t step, llvm::function_ref<void(mlir::Value)> body);
llvm::SmallVector<mlir::Value>
loop(Kernel &kernel, Bounds range, int64_t step, mlir::ValueRange carried,
     llvm::function_ref<llvm::SmallVector<mlir::Value>(mlir::Value, mlir::ValueRange)> body);

// LLVM must not unroll it, or must put two turns side by side and no more.
void keepRolled(mlir::scf::ForOp loop);
void unrollTwice(mlir::scf::ForOp loop);

// How a length is split for threads, whatever their number: chunks of `size`, a multiple of `step`.
struct Chunks {
  int64_t size, count; // count: at capacity
};
constexpr int64_t fewChunks = 16;  // each has memory of its own, as partial sums have
constexpr int64_t manyChunks = 64; // so that threads end at about the same time
Chunks chunksOf(const Extent &extent, int64_t step, int64_t most = fewChunks);
// Runs body(lo, hi, chunk) on all chunks, on several threads if `parallel`, else once on everything.
void forChunks(Kernel &kernel, const Extent &extent, Chunks chunks, bool parallel,
               llvm::function_ref<void(Bounds, mlir::Value)> body);

// Runs body(start, mask) for each vector of [lo, hi); the mask is null where all lanes are inside.
void forVectors(Kernel &kernel, Bounds range, const Extent &extent, bool whole,
                llvm::function_ref<void(Linear, mlir::Value)> body);
mlir::Value tailMask(Kernel &kernel, int64_t count);

// One nest that computes `roots`, elementwise generics of one shape, and stores each in its buffer.
void emitPointwise(Kernel &kernel, llvm::ArrayRef<mlir::Value> roots, llvm::ArrayRef<Buffer> destinations);
// A reducing generic into a buffer.
void emitReduction(Kernel &kernel, mlir::linalg::GenericOp op, const Buffer &destination);
// A multiply-add generic; `epilogue` are elementwise generics over its result, stored from registers.
// `result` is where the result itself goes, without memory if nobody needs it.
bool isContraction(mlir::linalg::GenericOp op);
void emitContraction(Kernel &kernel, mlir::linalg::GenericOp op, std::optional<Buffer> result,
                     llvm::ArrayRef<mlir::Value> epilogue, llvm::ArrayRef<Buffer> destinations);
// Whether the result must have memory, because it is summed up in several passes.
bool needsResult(Kernel &kernel, mlir::linalg::GenericOp op);

// Operations of one element of each of `tensors`, of all that is computed where it is used.
int64_t operationsOf(const Kernel &kernel, mlir::ValueRange tensors);

// Rows added to those of a table that their numbers say; operands are in memory.
void emitScatterAdd(Kernel &kernel, ScatterAddOp op, const Buffer &destination);

mlir::Value combine(Kernel &kernel, mlir::linalg::GenericOp op, mlir::Value total, mlir::Value part);

} // namespace nn
#endif
