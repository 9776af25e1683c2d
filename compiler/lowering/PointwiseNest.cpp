// Elementwise groups: one nest over the common shape, as flat as the addresses allow, a vector at a time.
#include "compiler/lowering/TransposeNest.h"

#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace nn;

namespace {

// Below this many elements, or so many operations on fewer, a dispatch costs more than it gains.
constexpr int64_t parallelElements = 1 << 16, operationsOfElement = 4;

struct PointwiseNest {
  Kernel &kernel;
  ArrayRef<Value> roots;
  ArrayRef<Buffer> destinations;
  SmallVector<Axis> axes;
  SmallVector<Coordinate> place; // of each dimension
  bool parallel;

  void store(int64_t width, Value mask) {
    Evaluator evaluator(kernel, width, mask);
    // All are computed before any is stored: a result may lie where an operand was.
    SmallVector<Value> values;
    for (Value root : roots)
      values.push_back(evaluator.evaluate(root, place));
    for (auto [value, destination] : llvm::zip(values, destinations))
      evaluator.store(value, destination, place);
  }

  void walk(unsigned depth, Bounds range, bool whole) {
    const Axis &axis = axes[depth];
    unsigned dim = axis.dims.back();
    if (depth + 1 == axes.size()) {
      forVectors(kernel, range, axis.extent, whole, [&](Linear start, Value mask) {
        place[dim] = Coordinate(start, 1);
        store(kernel.lanes, mask);
      });
      return;
    }
    loop(kernel, range, 1, [&](Value i) {
      place[dim] = Linear(i);
      walk(depth + 1, {kernel.index(0), kernel.lengthOf(axes[depth + 1].extent)}, true);
    });
  }

  void emit() {
    place.assign(destinations.front().shape.size(), Linear(0));
    if (axes.empty())
      return store(1, {});
    int64_t step = axes.size() == 1 ? 64 * kernel.lanes : 1;
    Chunks chunks = chunksOf(axes[0].extent, step, manyChunks);
    bool split = parallel && chunks.count > 1;
    forChunks(kernel, axes[0].extent, chunks, parallel, [&](Bounds range, Value) { walk(0, range, !split); });
  }
};

} // namespace

// Each value once, as the evaluator does. A library function takes about as long as ten additions.
int64_t nn::operationsOf(const Kernel &kernel, ValueRange tensors) {
  constexpr int64_t function = 10;
  int64_t operations = 0;
  llvm::SetVector<Value> used(tensors.begin(), tensors.end());
  for (unsigned i = 0; i < used.size(); ++i) {
    auto generic = used[i].getDefiningOp<linalg::GenericOp>();
    if (!generic || kernel.buffers.count(used[i]))
      continue;
    for (Operation &op : generic.getBody()->without_terminator())
      operations += isa<linalg::IndexOp>(op) ? 0 : isa<math::MathDialect>(op.getDialect()) ? function : 1;
    used.insert(generic.getInputs().begin(), generic.getInputs().end());
  }
  return operations;
}

void nn::emitPointwise(Kernel &kernel, ArrayRef<Value> roots, ArrayRef<Buffer> destinations) {
  ArrayRef<Extent> extents = destinations.front().shape;
  int64_t elements = destinations.front().elements(), operations = operationsOf(kernel, roots);
  kernel.work.push_back({"elementwise", 0, operations * elements});
  AffineMap identity = AffineMap::getMultiDimIdentityMap(extents.size(), kernel.b.getContext());
  AddressForms operands, results;
  bool linear = true;
  for (auto [root, destination] : llvm::zip(roots, destinations))
    linear = linear && collectAddresses(kernel, root, identity, operands) &&
             addressOf(destination, identity, results.emplace_back());
  AddressForms all = operands;
  llvm::append_range(all, results);
  SmallVector<utils::IteratorType> kinds(extents.size(), utils::IteratorType::parallel);
  SmallVector<Axis> axes = makeAxes(kernel, extents, kinds, linear ? &all : nullptr);
  bool parallel = elements * std::max<int64_t>(operations / operationsOfElement, 1) >= parallelElements;
  auto isContiguous = [&](auto &form) { return form[axes.back().dims.back()] == 1; };
  if (linear && !axes.empty() && llvm::all_of(results, isContiguous) &&
      emitTranspose(kernel, roots, destinations, axes, operands, parallel))
    return;
  PointwiseNest{kernel, roots, destinations, axes, {}, parallel}.emit();
}
