// Elementwise groups: one nest over the common shape, as flat as the addresses allow, a vector at a time.
#include "compiler/lowering/Nest.h"

using namespace mlir;
using namespace nn;

namespace {

// Below this many elements a dispatch costs more than it gains.
constexpr int64_t parallelElements = 1 << 16;

struct PointwiseNest {
  Kernel &kernel;
  ArrayRef<Value> roots;
  ArrayRef<Buffer> destinations;
  SmallVector<Axis> axes;
  SmallVector<Coordinate> place; // of each dimension

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
    bool parallel = destinations.front().elements() >= parallelElements;
    int64_t step = axes.size() == 1 ? 64 * kernel.lanes : 1;
    Chunks chunks = chunksOf(axes[0].extent, step);
    bool split = parallel && chunks.count > 1;
    forChunks(kernel, axes[0].extent, chunks, parallel, [&](Bounds range, Value) { walk(0, range, !split); });
  }
};

} // namespace

void nn::emitPointwise(Kernel &kernel, ArrayRef<Value> roots, ArrayRef<Buffer> destinations) {
  ArrayRef<Extent> extents = destinations.front().shape;
  AffineMap identity = AffineMap::getMultiDimIdentityMap(extents.size(), kernel.b.getContext());
  AddressForms forms;
  bool linear = true;
  for (auto [root, destination] : llvm::zip(roots, destinations))
    linear = linear && collectAddresses(kernel, root, identity, forms) &&
             addressOf(destination, identity, forms.emplace_back());
  SmallVector<utils::IteratorType> kinds(extents.size(), utils::IteratorType::parallel);
  PointwiseNest nest{
      kernel, roots, destinations, makeAxes(kernel, extents, kinds, linear ? &forms : nullptr), {}};
  nest.emit();
}
