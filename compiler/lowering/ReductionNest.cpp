// Reductions. The last axis is the vector: if it stays, lanes are results and rows are combined into
// registers; if it goes, lanes are partial results and one tree at the end combines them. Long ones are cut
// into chunks of fixed size whose partial results are combined in order, so the bits do not depend on the
// number of threads.
#include "compiler/lowering/Nest.h"

using namespace mlir;
using namespace nn;

namespace {

constexpr int64_t parallelElements = 1 << 16;

struct ReductionNest {
  Kernel &kernel;
  linalg::GenericOp op;
  SmallVector<Axis> axes;
  SmallVector<Coordinate> place = {}; // of each dimension
  SmallVector<Bounds> ranges = {};    // of each axis
  Buffer destination = {};            // flat
  SmallVector<int64_t> outForm = {};  // address of the result
  Linear start = {};                  // of the result in the destination
  bool split = false;                 // the first axis is cut into chunks

  ImplicitLocOpBuilder &b() { return kernel.b; }

  Value identity(int64_t width) {
    auto fill = op.getDpsInits().front().getDefiningOp<linalg::FillOp>();
    auto constant = fill.getInputs().front().getDefiningOp<arith::ConstantOp>();
    if (width == 1)
      return b().clone(*constant)->getResult(0);
    auto type = VectorType::get({width}, constant.getType());
    return arith::ConstantOp::create(b(), DenseElementsAttr::get(type, cast<TypedAttr>(constant.getValue())));
  }

  Value contribution(int64_t width, Value mask) {
    Evaluator evaluator(kernel, width, mask);
    return evaluator.asVector(evaluator.contribution(op, place));
  }

  void store(Value value, int64_t width, Value mask) {
    Coordinate offset(start);
    for (auto [dim, coefficient] : llvm::enumerate(outForm)) {
      offset.base.add(place[dim].base, coefficient);
      offset.step += place[dim].step * coefficient;
    }
    Evaluator(kernel, width, mask).store(value, destination, offset);
  }

  using Body = llvm::function_ref<SmallVector<Value>(Value, ValueRange)>;

  SmallVector<Value> identities(ValueRange like) {
    SmallVector<Value> result;
    for (Value value : like) {
      auto vector = dyn_cast<VectorType>(value.getType());
      result.push_back(identity(vector ? vector.getDimSize(0) : 1));
    }
    return result;
  }

  SmallVector<Value> combined(ValueRange totals, ValueRange parts) {
    SmallVector<Value> result;
    for (auto [total, part] : llvm::zip(totals, parts))
      result.push_back(combine(kernel, op, total, part));
    return result;
  }

  // for (i in range; i += step) totals = body(i, totals), in blocks with totals of their own: rounding errors
  // grow with the length of a block and the number of blocks, not with the length of the axis.
  SmallVector<Value> blockwise(Bounds range, int64_t step, int64_t capacity, ValueRange totals, Body body) {
    constexpr int64_t turns = 32;
    int64_t size = turns * step;
    if (capacity <= 2 * size)
      return loop(kernel, range, step, totals, body);
    return loop(kernel, range, size, totals, [&](Value begin, ValueRange own) {
      Value end =
          arith::MinUIOp::create(b(), arith::AddIOp::create(b(), begin, kernel.index(size)), range.second);
      return combined(own, loop(kernel, {begin, end}, step, identities(own), body));
    });
  }

  // The reduced axes of `rest`, in order, around `leaf`; the innermost `unroll` at a time, each its own
  // accumulators.
  using Leaf = llvm::function_ref<SmallVector<Value>(ValueRange)>;
  SmallVector<Value> reduceOver(ArrayRef<unsigned> rest, int64_t unroll, ValueRange totals, Leaf leaf) {
    if (rest.empty())
      return leaf(totals);
    unsigned axis = rest.front(), dim = axes[axis].dims.back();
    Bounds range = ranges[axis];
    if (rest.size() > 1)
      return loop(kernel, range, 1, totals, [&](Value i, ValueRange carried) {
        place[dim] = Linear(i);
        return combined(carried, reduceOver(rest.drop_front(), unroll, identities(carried), leaf));
      });
    int64_t capacity = axes[axis].extent.capacity;
    auto one = [&](Value i, ValueRange carried) {
      place[dim] = Linear(i);
      return leaf(carried);
    };
    if (unroll == 1)
      return blockwise(range, 1, capacity, totals, one);
    Value length = arith::SubIOp::create(b(), range.second, range.first);
    Value whole = arith::SubIOp::create(
        b(), range.second, arith::RemUIOp::create(b(), length, kernel.index(unroll)).getResult());
    unsigned width = totals.size() / unroll;
    auto main = blockwise({range.first, whole}, unroll, capacity, totals, [&](Value i, ValueRange carried) {
      SmallVector<Value> next;
      for (int64_t turn = 0; turn < unroll; ++turn) {
        place[dim] = Linear(i);
        place[dim].base.constant = turn;
        llvm::append_range(next, leaf(carried.slice(turn * width, width)));
      }
      return next;
    });
    SmallVector<Value> first(main.begin(), main.begin() + width);
    first = loop(kernel, {whole, range.second}, 1, first, one);
    llvm::copy(first, main.begin());
    return main;
  }

  // ((0 + 1) + (2 + 3)) of `count` groups of accumulators.
  SmallVector<Value> tree(SmallVector<Value> totals, unsigned width) {
    while (totals.size() > width) {
      SmallVector<Value> half;
      for (size_t at = 0; at < totals.size(); at += 2 * width)
        for (unsigned k = 0; k < width; ++k)
          half.push_back(combine(kernel, op, totals[at + k], totals[at + width + k]));
      totals = half;
    }
    return totals;
  }

  Value acrossLanes(Value total) {
    int64_t width = cast<VectorType>(total.getType()).getDimSize(0);
    while (width > 1) {
      width /= 2;
      Value low = vector::ExtractStridedSliceOp::create(b(), total, {0}, {width}, {1});
      Value high = vector::ExtractStridedSliceOp::create(b(), total, {width}, {width}, {1});
      total = combine(kernel, op, low, high);
    }
    return vector::ExtractOp::create(b(), total, 0);
  }

  SmallVector<unsigned> reduced(bool withVector) {
    SmallVector<unsigned> result;
    for (unsigned a = 0; a < axes.size(); ++a)
      if (axes[a].reduction && (withVector || a + 1 < axes.size()))
        result.push_back(a);
    return result;
  }

  int64_t unrollOf(ArrayRef<unsigned> rest, int64_t vectors) {
    if (rest.empty() || axes[rest.back()].extent.capacity < 16)
      return 1;
    return vectors == 1 ? 8 : vectors == 2 ? 4 : 2;
  }

  // The lanes are results: up to four vectors of them at once.
  void lanesStay() {
    const Axis &axis = axes.back();
    unsigned dim = axis.dims.back();
    int64_t lanes = kernel.lanes;
    SmallVector<unsigned> rest = reduced(false);
    auto block = [&](Linear first, int64_t vectors, Value mask) {
      int64_t unroll = unrollOf(rest, vectors);
      SmallVector<Value> totals(unroll * vectors, identity(lanes));
      auto at = [&](int64_t v) {
        place[dim] = Coordinate(first, 1);
        place[dim].base.constant += v * lanes;
        return v + 1 == vectors ? mask : Value();
      };
      totals = reduceOver(rest, unroll, totals, [&](ValueRange carried) {
        SmallVector<Value> next;
        for (int64_t v = 0; v < vectors; ++v) {
          Value own = at(v);
          next.push_back(combine(kernel, op, carried[v], contribution(lanes, own)));
        }
        return next;
      });
      totals = tree(totals, vectors);
      for (int64_t v = 0; v < vectors; ++v) {
        Value own = at(v);
        store(totals[v], lanes, own);
      }
    };
    bool whole = axes.size() > 1 || !split;
    if (whole && !axis.extent.dynamic) {
      int64_t count = llvm::divideCeil(axis.extent.capacity, lanes), tail = axis.extent.capacity % lanes;
      int64_t blocks = (tail ? count - 1 : count) / 4;
      if (blocks)
        loop(kernel, {kernel.index(0), kernel.index(blocks * 4 * lanes)}, 4 * lanes,
             [&](Value i) { block(Linear(i), 4, {}); });
      if (blocks * 4 < count)
        block(Linear(blocks * 4 * lanes), count - blocks * 4, tail ? tailMask(kernel, tail) : Value());
      return;
    }
    forVectors(kernel, ranges.back(), axis.extent, whole,
               [&](Linear first, Value mask) { block(first, 1, mask); });
  }

  // The lanes are partial results.
  void lanesGo() {
    const Axis &axis = axes.back();
    unsigned dim = axis.dims.back();
    int64_t lanes = kernel.lanes;
    SmallVector<unsigned> rest = reduced(false);
    bool whole = (axes.size() > 1 || !split) && !axis.extent.dynamic;
    int64_t unroll = axis.extent.capacity >= 16 * lanes ? 4 : 1;
    SmallVector<Value> totals(unroll, identity(lanes));
    auto add = [&](Linear first, int64_t turn, Value total, Value mask) {
      place[dim] = Coordinate(first, 1);
      place[dim].base.constant += turn * lanes;
      Value part = contribution(lanes, mask);
      if (mask)
        part = arith::SelectOp::create(b(), mask, part, identity(lanes));
      return combine(kernel, op, total, part);
    };
    totals = reduceOver(rest, 1, totals, [&](ValueRange carried) {
      SmallVector<Value> sums(carried.begin(), carried.end());
      Bounds range = whole ? Bounds(kernel.index(0), kernel.index(axis.extent.capacity)) : ranges.back();
      Value length = arith::SubIOp::create(b(), range.second, range.first);
      auto upTo = [&](int64_t step) -> Value {
        if (whole)
          return kernel.index(axis.extent.capacity / step * step);
        Value over = arith::RemUIOp::create(b(), length, kernel.index(step));
        return arith::SubIOp::create(b(), range.second, over);
      };
      Value middle = range.first, end = upTo(lanes);
      if (unroll > 1) {
        middle = upTo(unroll * lanes);
        sums = loop(kernel, {range.first, middle}, unroll * lanes, sums, [&](Value i, ValueRange own) {
          SmallVector<Value> next;
          for (int64_t turn = 0; turn < unroll; ++turn)
            next.push_back(add(Linear(i), turn, own[turn], {}));
          return next;
        });
      }
      sums[0] =
          loop(kernel, {middle, end}, lanes, sums[0], [&](Value i, ValueRange own) -> SmallVector<Value> {
            return {add(Linear(i), 0, own[0], {})};
          })[0];
      if (axis.extent.dynamic || axis.extent.capacity % lanes) {
        Value mask =
            whole ? tailMask(kernel, axis.extent.capacity % lanes)
                  : vector::CreateMaskOp::create(b(), VectorType::get({lanes}, b().getI1Type()),
                                                 arith::SubIOp::create(b(), range.second, end).getResult())
                        .getResult();
        sums[0] = add(Linear(end), 0, sums[0], mask);
      }
      return sums;
    });
    place[dim] = Linear(0);
    store(acrossLanes(tree(totals, 1)[0]), 1, {});
  }

  // Loops over the axes that stay, but for the vector.
  void walk(unsigned axis) {
    if (axis + 1 == axes.size())
      return axes[axis].reduction ? lanesGo() : lanesStay();
    if (axes[axis].reduction)
      return walk(axis + 1);
    loop(kernel, ranges[axis], 1, [&](Value i) {
      place[axes[axis].dims.back()] = Linear(i);
      walk(axis + 1);
    });
  }

  void run(Bounds first) {
    place.assign(op.getNumLoops(), Linear(0));
    ranges.clear();
    for (const Axis &axis : axes)
      ranges.push_back({kernel.index(0), kernel.lengthOf(axis.extent)});
    if (axes.empty())
      return store(combine(kernel, op, identity(1), contribution(1, {})), 1, {});
    ranges[0] = first;
    walk(0);
  }

  // The same of single numbers, side by side.
  void combineLanes(const Buffer &partial, const Buffer &result, Value count) {
    Value total = identity(kernel.lanes);
    auto type = VectorType::get({kernel.lanes}, b().getI1Type());
    for (int64_t start = 0; start < partial.elements(); start += kernel.lanes) {
      Value rest = arith::SubIOp::create(b(), count, kernel.index(start));
      Value mask = vector::CreateMaskOp::create(b(), type, rest);
      Value part = Evaluator(kernel, kernel.lanes, mask).load(partial, Coordinate(Linear(start), 1));
      part = arith::SelectOp::create(b(), mask, part, identity(kernel.lanes));
      total = combine(kernel, op, total, part);
    }
    Evaluator(kernel, 1).store(acrossLanes(total), result, Coordinate(Linear(0)));
  }

  // sum over chunks, in order, of partial[chunk][i]
  void combineChunks(const Buffer &partial, const Buffer &result, Value count) {
    int64_t size = result.elements();
    if (size == 1)
      return combineLanes(partial, result, count);
    auto total = [&](Linear at, Value mask) {
      Evaluator writer(kernel, kernel.lanes, mask);
      Value sum = loop(kernel, {kernel.index(0), count}, 1, identity(kernel.lanes),
                       [&](Value c, ValueRange own) -> SmallVector<Value> {
                         Coordinate offset(at, 1);
                         offset.base.add(Linear(c), size);
                         Evaluator evaluator(kernel, kernel.lanes, mask);
                         return {combine(kernel, op, own[0], evaluator.load(partial, offset))};
                       })[0];
      writer.store(sum, result, Coordinate(at, 1));
    };
    forVectors(kernel, {kernel.index(0), kernel.index(size)}, {size, {}}, true,
               [&](Linear at, Value mask) { total(at, mask); });
  }
};

Buffer flat(const Buffer &buffer, int64_t elements) {
  return {buffer.memory, {{elements, {}}}, buffer.element};
}

} // namespace

void nn::emitReduction(Kernel &kernel, linalg::GenericOp op, const Buffer &result) {
  AffineMap outMap = op.getIndexingMapsArray().back();
  AddressForms forms;
  bool linear = addressOf(result, outMap, forms.emplace_back());
  SmallVector<int64_t> outForm = forms.front();
  SmallVector<Extent> extents(op.getNumLoops());
  for (OpOperand *operand : op.getDpsInputOperands())
    for (auto [axis, expr] : llvm::enumerate(op.getMatchingIndexingMap(operand).getResults()))
      if (auto dim = dyn_cast<AffineDimExpr>(expr)) {
        auto known = kernel.buffers.find(operand->get());
        extents[dim.getPosition()] =
            known != kernel.buffers.end() ? known->second.shape[axis] : kernel.shapeOf(operand->get())[axis];
      }
  for (OpOperand *operand : op.getDpsInputOperands())
    linear = linear && collectAddresses(kernel, operand->get(), op.getMatchingIndexingMap(operand), forms);
  for (Operation &inner : *op.getBody())
    linear = linear && !isa<linalg::IndexOp>(inner);
  ReductionNest nest{kernel, op,
                     makeAxes(kernel, extents, op.getIteratorTypesArray(), linear ? &forms : nullptr)};
  nest.outForm = outForm;
  int64_t work = 1;
  for (const Extent &extent : extents)
    work *= extent.capacity;
  kernel.work.push_back({"reduction", 0, work * (1 + operationsOf(kernel, op.getInputs()))});
  int64_t size = result.elements();
  nest.destination = flat(result, size);
  if (nest.axes.empty() || work < parallelElements)
    return nest.run(nest.axes.empty() ? Bounds()
                                      : Bounds(kernel.index(0), kernel.lengthOf(nest.axes[0].extent)));

  const Axis &first = nest.axes[0];
  Chunks chunks = chunksOf(first.extent, nest.axes.size() == 1 ? 64 * kernel.lanes : 1);
  nest.split = chunks.count > 1;
  if (!first.reduction || !nest.split)
    return forChunks(kernel, first.extent, chunks, true, [&](Bounds range, Value) { nest.run(range); });
  Buffer partial = {
      kernel.scratch(chunks.count * size, result.element), {{chunks.count * size, {}}}, result.element};
  nest.destination = partial;
  forChunks(kernel, first.extent, chunks, true, [&](Bounds range, Value chunk) {
    nest.start = Linear();
    nest.start.add(Linear(chunk), size);
    nest.run(range);
  });
  Value count = kernel.index(chunks.count);
  if (first.extent.dynamic)
    count = arith::CeilDivUIOp::create(kernel.b, first.extent.dynamic, kernel.index(chunks.size));
  nest.combineChunks(partial, flat(result, size), count);
}
