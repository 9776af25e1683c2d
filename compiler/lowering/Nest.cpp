// Axes, chunks and vector blocks of loop nests.
#include "compiler/lowering/Nest.h"

using namespace mlir;
using namespace nn;

namespace {

bool addCoefficients(AffineExpr expr, int64_t factor, SmallVector<int64_t> &form) {
  if (isa<AffineConstantExpr>(expr))
    return true;
  if (auto dim = dyn_cast<AffineDimExpr>(expr)) {
    form[dim.getPosition()] += factor;
    return true;
  }
  auto binary = dyn_cast<AffineBinaryOpExpr>(expr);
  if (binary && binary.getKind() == AffineExprKind::Add)
    return addCoefficients(binary.getLHS(), factor, form) && addCoefficients(binary.getRHS(), factor, form);
  if (binary && binary.getKind() == AffineExprKind::Mul)
    if (auto constant = dyn_cast<AffineConstantExpr>(binary.getRHS()))
      return addCoefficients(binary.getLHS(), factor * constant.getValue(), form);
  return false;
}

} // namespace

bool nn::addressOf(const Buffer &buffer, AffineMap map, SmallVector<int64_t> &form) {
  form.assign(map.getNumDims(), 0);
  if (!buffer.strides.empty()) {
    for (auto [expr, stride] : llvm::zip(map.getResults(), buffer.strides))
      if (!addCoefficients(expr, stride, form))
        return false;
    return true;
  }
  int64_t stride = 1;
  for (int64_t axis = int64_t(map.getNumResults()) - 1; axis >= 0; --axis) {
    if (!addCoefficients(map.getResult(axis), stride, form))
      return false;
    if (axis > 0 && buffer.shape[axis].dynamic)
      return false;
    stride *= buffer.shape[axis].capacity;
  }
  return true;
}

bool nn::collectAddresses(Kernel &kernel, Value tensor, AffineMap map, AddressForms &forms) {
  if (auto buffer = kernel.buffers.find(tensor); buffer != kernel.buffers.end())
    return addressOf(buffer->second, map, forms.emplace_back());
  auto op = tensor.getDefiningOp<linalg::GenericOp>();
  for (Operation &inner : *op.getBody())
    if (isa<linalg::IndexOp, tensor::ExtractOp>(inner))
      return false;
  for (OpOperand *operand : op.getDpsInputOperands())
    if (!collectAddresses(kernel, operand->get(), op.getMatchingIndexingMap(operand).compose(map), forms))
      return false;
  return true;
}

SmallVector<Axis> nn::makeAxes(Kernel &kernel, ArrayRef<Extent> extents, ArrayRef<utils::IteratorType> kinds,
                               const AddressForms *forms) {
  SmallVector<Axis> axes;
  for (unsigned d = 0; d < extents.size(); ++d) {
    if (extents[d].capacity == 1 && !extents[d].dynamic)
      continue;
    bool reduction = kinds[d] == utils::IteratorType::reduction;
    Axis *last = axes.empty() ? nullptr : &axes.back();
    bool merge = last && forms && last->reduction == reduction && !extents[d].dynamic;
    if (merge)
      for (auto &form : *forms)
        merge &= form[last->dims.back()] == form[d] * extents[d].capacity;
    if (!merge) {
      axes.push_back({extents[d], {d}, reduction});
      continue;
    }
    if (last->extent.dynamic)
      last->extent.dynamic =
          arith::MulIOp::create(kernel.b, last->extent.dynamic, kernel.index(extents[d].capacity));
    last->extent.capacity *= extents[d].capacity;
    last->dims.push_back(d);
  }
  return axes;
}

scf::ForOp nn::loop(Kernel &kernel, Bounds range, int64_t step, llvm::function_ref<void(Value)> body) {
  ImplicitLocOpBuilder &b = kernel.b;
  auto made = scf::ForOp::create(b, range.first, range.second, kernel.index(step));
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPoint(made.getBody()->getTerminator());
  body(made.getInductionVar());
  return made;
}

SmallVector<Value> nn::loop(Kernel &kernel, Bounds range, int64_t step, ValueRange carried,
                            llvm::function_ref<SmallVector<Value>(Value, ValueRange)> body) {
  ImplicitLocOpBuilder &b = kernel.b;
  auto made = scf::ForOp::create(b, range.first, range.second, kernel.index(step), carried);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(made.getBody());
  scf::YieldOp::create(b, body(made.getInductionVar(), made.getRegionIterArgs()));
  return llvm::to_vector(llvm::map_range(made.getResults(), [](OpResult r) { return Value(r); }));
}

static void annotate(scf::ForOp loop, BoolAttr disabled, IntegerAttr turns) {
  MLIRContext *context = loop.getContext();
  auto unroll = LLVM::LoopUnrollAttr::get(context, disabled, turns, {}, {}, {}, {}, {});
  loop->setAttr("llvm.loop_annotation", LLVM::LoopAnnotationAttr::get(context, {}, {}, {}, unroll, {}, {}, {},
                                                                      {}, {}, {}, {}, {}, {}, {}, {}));
}

void nn::keepRolled(scf::ForOp loop) { annotate(loop, BoolAttr::get(loop.getContext(), true), {}); }

void nn::unrollTwice(scf::ForOp loop) { annotate(loop, {}, Builder(loop.getContext()).getI32IntegerAttr(2)); }

Chunks nn::chunksOf(const Extent &extent, int64_t step, int64_t most) {
  int64_t steps = llvm::divideCeil(extent.capacity, step);
  int64_t size = llvm::divideCeil(steps, most) * step;
  return {size, static_cast<int64_t>(llvm::divideCeil(extent.capacity, size))};
}

void nn::forChunks(Kernel &kernel, const Extent &extent, Chunks chunks, bool parallel,
                   llvm::function_ref<void(Bounds, Value)> body) {
  ImplicitLocOpBuilder &b = kernel.b;
  Value length = kernel.lengthOf(extent);
  if (!parallel || chunks.count < 2) {
    body({kernel.index(0), length}, kernel.index(0));
    return;
  }
  Value size = kernel.index(chunks.size), count = kernel.index(chunks.count);
  if (extent.dynamic)
    count = arith::DivUIOp::create(
        b, arith::AddIOp::create(b, length, kernel.index(chunks.size - 1)).getResult(), size);
  auto forall = scf::ForallOp::create(b, ArrayRef<OpFoldResult>{count}, ValueRange(), std::nullopt);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPoint(forall.getTerminator());
  Value chunk = forall.getInductionVar(0);
  Value lo = arith::MulIOp::create(b, chunk, size), hi = arith::AddIOp::create(b, lo, size);
  if (extent.dynamic || extent.capacity % chunks.size)
    hi = arith::MinUIOp::create(b, hi, length);
  body({lo, hi}, chunk);
}

Value nn::tailMask(Kernel &kernel, int64_t count) {
  SmallVector<bool> inside(kernel.lanes, false);
  std::fill_n(inside.begin(), count, true);
  auto type = VectorType::get({kernel.lanes}, kernel.b.getI1Type());
  return arith::ConstantOp::create(kernel.b, DenseElementsAttr::get(type, inside));
}

void nn::forVectors(Kernel &kernel, Bounds range, const Extent &extent, bool whole,
                    llvm::function_ref<void(Linear, Value)> body) {
  ImplicitLocOpBuilder &b = kernel.b;
  int64_t lanes = kernel.lanes;
  if (whole && !extent.dynamic) {
    int64_t main = extent.capacity / lanes * lanes;
    if (main <= 4 * lanes) {
      for (int64_t start = 0; start < main; start += lanes)
        body(Linear(start), {});
    } else {
      loop(kernel, {kernel.index(0), kernel.index(main)}, lanes, [&](Value i) { body(Linear(i), {}); });
    }
    if (main != extent.capacity)
      body(Linear(main), tailMask(kernel, extent.capacity - main));
    return;
  }
  Value length = arith::SubIOp::create(b, range.second, range.first);
  Value rest = arith::RemUIOp::create(b, length, kernel.index(lanes));
  Value end = arith::SubIOp::create(b, range.second, rest);
  loop(kernel, {range.first, end}, lanes, [&](Value i) { body(Linear(i), {}); });
  if (!extent.dynamic && extent.capacity % lanes == 0)
    return;
  auto type = VectorType::get({lanes}, b.getI1Type());
  body(Linear(end), vector::CreateMaskOp::create(b, type, rest));
}

Value nn::combine(Kernel &kernel, linalg::GenericOp op, Value total, Value part) {
  Operation *combiner = op.getBody()->getTerminator()->getOperand(0).getDefiningOp();
  return kernel.b
      .create(op.getLoc(), combiner->getName().getIdentifier(), {total, part}, {total.getType()},
              combiner->getAttrs())
      ->getResult(0);
}
