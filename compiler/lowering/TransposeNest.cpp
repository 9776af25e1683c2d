// Elementwise groups that read along one axis and write along another: squares of vectors are read the one
// way, transposed in registers and stored the other way, where a gather would read every element by itself.
#include "compiler/lowering/TransposeNest.h"

using namespace mlir;
using namespace nn;

namespace {

struct TransposeNest {
  Kernel &kernel;
  ArrayRef<Value> roots;
  ArrayRef<Buffer> destinations;
  ArrayRef<Axis> axes;
  unsigned across; // the axis along which operands are contiguous; results are along the last
  bool parallel;
  SmallVector<Coordinate> place = {}; // of each dimension

  const Axis &along() { return axes.back(); }
  Coordinate &placeOn(const Axis &axis) { return place[axis.dims.back()]; }

  static Linear behind(const Linear &start, int64_t distance) {
    Linear place = start;
    place.constant += distance;
    return place;
  }

  Value maskOf(int64_t count) { return count == kernel.lanes ? Value() : tailMask(kernel, count); }

  // Rows become columns when halves are interleaved as often as they can be halved.
  void transpose(SmallVectorImpl<Value> &rows) {
    SmallVector<int64_t> low, high;
    for (int64_t lane = 0; lane < kernel.lanes; ++lane) {
      low.push_back(lane / 2 + lane % 2 * kernel.lanes);
      high.push_back(low.back() + kernel.lanes / 2);
    }
    size_t half = rows.size() / 2;
    for (size_t turn = rows.size(); turn > 1; turn /= 2) {
      SmallVector<Value> next;
      for (size_t r = 0; r < half; ++r)
        for (const auto &lanes : {low, high})
          next.push_back(vector::ShuffleOp::create(kernel.b, rows[r], rows[r + half], lanes));
      rows = next;
    }
  }

  // `width` places across times `count` along. All is read before anything is stored: a result may lie where
  // an operand was.
  void square(const Linear &acrossStart, int64_t width, const Linear &alongStart, int64_t count) {
    Evaluator reader(kernel, kernel.lanes, maskOf(width)), writer(kernel, kernel.lanes, maskOf(count));
    SmallVector<SmallVector<Value>> columns;
    placeOn(axes[across]) = Coordinate(acrossStart, 1);
    for (Value root : roots) {
      auto &rows = columns.emplace_back();
      for (int64_t k = 0; k < count; ++k) {
        placeOn(along()) = behind(alongStart, k);
        rows.push_back(reader.asVector(reader.evaluate(root, place)));
      }
      rows.resize(kernel.lanes, rows.front()); // what is too many is not stored
      transpose(rows);
    }
    placeOn(along()) = Coordinate(alongStart, 1);
    for (int64_t k = 0; k < width; ++k) {
      placeOn(axes[across]) = behind(acrossStart, k);
      for (auto [rows, destination] : llvm::zip(columns, destinations))
        writer.store(rows[k], destination, place);
    }
  }

  void squaresAlong(const Linear &acrossStart, int64_t width) {
    int64_t length = along().extent.capacity, rest = length % kernel.lanes;
    loop(kernel, {kernel.index(0), kernel.index(length - rest)}, kernel.lanes,
         [&](Value i) { square(acrossStart, width, Linear(i), kernel.lanes); });
    if (rest)
      square(acrossStart, width, Linear(length - rest), rest);
  }

  void squares(Bounds range) {
    loop(kernel, range, kernel.lanes, [&](Value i) { squaresAlong(Linear(i), kernel.lanes); });
  }

  int64_t restAcross() { return axes[across].extent.capacity % kernel.lanes; }

  void squaresOfRest() {
    if (int64_t rest = restAcross())
      squaresAlong(Linear(axes[across].extent.capacity - rest), rest);
  }

  void walk(unsigned depth) {
    if (depth == axes.size()) {
      squares({kernel.index(0), kernel.index(axes[across].extent.capacity - restAcross())});
      return squaresOfRest();
    }
    if (depth == across || depth + 1 == axes.size())
      return walk(depth + 1);
    loop(kernel, {kernel.index(0), kernel.lengthOf(axes[depth].extent)}, 1, [&](Value i) {
      placeOn(axes[depth]) = Linear(i);
      walk(depth + 1);
    });
  }

  void emit() {
    place.assign(destinations.front().shape.size(), Linear(0));
    if (across == 0) {
      Extent whole = {axes[0].extent.capacity - restAcross(), {}};
      if (axes.size() > 2) // the other axes are outside
        return walk(0);
      forChunks(kernel, whole, chunksOf(whole, kernel.lanes, manyChunks), parallel,
                [&](Bounds range, Value) { squares(range); });
      return squaresOfRest();
    }
    forChunks(kernel, axes[0].extent, chunksOf(axes[0].extent, 1, manyChunks), parallel,
              [&](Bounds range, Value) {
                loop(kernel, range, 1, [&](Value i) {
                  placeOn(axes[0]) = Linear(i);
                  walk(1);
                });
              });
  }
};

// Along the last axis operands are gathered; along `across` none is.
bool isBetter(ArrayRef<Axis> axes, unsigned across, const AddressForms &operands) {
  unsigned last = axes.back().dims.back(), other = axes[across].dims.back();
  auto isWhole = [](int64_t step) { return step == 0 || step == 1; };
  return llvm::any_of(operands, [&](auto &form) { return !isWhole(form[last]); }) &&
         llvm::all_of(operands, [&](auto &form) { return isWhole(form[other]); });
}

} // namespace

bool nn::emitTranspose(Kernel &kernel, ArrayRef<Value> roots, ArrayRef<Buffer> destinations,
                       ArrayRef<Axis> axes, const AddressForms &operands, bool parallel) {
  auto isSplit = [&](const Axis &axis) {
    return !axis.extent.dynamic && axis.extent.capacity >= kernel.lanes;
  };
  auto isFloat = [](const Buffer &buffer) { return isa<FloatType>(buffer.element); };
  if (axes.size() < 2 || !isSplit(axes.back()) || !llvm::all_of(destinations, isFloat))
    return false;
  for (unsigned across = 0; across + 1 < axes.size(); ++across)
    if (isSplit(axes[across]) && isBetter(axes, across, operands)) {
      TransposeNest{kernel, roots, destinations, axes, across, parallel}.emit();
      return true;
    }
  return false;
}
