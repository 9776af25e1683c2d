#include "compiler/lowering/Views.h"
#include "compiler/dialect/Shapes.h"

using namespace mlir;
using namespace nn;

namespace {

bool isConvolutionOrPool(Operation *op) {
  return isa<ConvOp, ConvInputGradOp, ConvFilterGradOp, MaxPoolOp, MaxPoolGradOp, MaxPoolPickOp>(op);
}

template <typename Test> bool holdsForKernel(Operation *op, Test test) {
  auto group = dyn_cast<FusedOp>(op);
  return group ? llvm::all_of(group.getBody().front().without_terminator(),
                              [&](Operation &o) { return test(&o); })
               : test(op);
}

// Kernels that read each operand by an index map: a part of a tensor is as good to them as a whole one.
bool canReadViews(Operation *op) {
  return isa<NnDialect>(op->getDialect()) && !isa<ReshapeOp, ScanOp>(op) &&
         !op->hasTrait<OpTrait::IsTerminator>() &&
         holdsForKernel(op, [](Operation *o) { return !isConvolutionOrPool(o); });
}

SmallVector<int64_t> rowMajor(ArrayRef<int64_t> shape) {
  SmallVector<int64_t> strides(shape.size(), 1);
  for (size_t axis = shape.size(); axis-- > 1;)
    strides[axis - 1] = strides[axis] * shape[axis];
  return strides;
}

bool hasTake(Operation *op) {
  return op && isa<TakeOp, SliceOp>(op) && op->hasAttr("nn.view") &&
         (isa<TakeOp>(op) || hasTake(op->getOperand(0).getDefiningOp()));
}

} // namespace

bool nn::isDynamic(Value value) {
  auto type = dyn_cast<RankedTensorType>(value.getType());
  return type && !type.hasStaticShape();
}

int64_t nn::staticElements(RankedTensorType type) {
  int64_t count = 1;
  for (int64_t size : type.getShape())
    if (!ShapedType::isDynamic(size))
      count *= size;
  return count;
}

bool nn::isRepeated(Operation *op) {
  if (auto constant = dyn_cast<ConstantOp>(op))
    return constant.getValue().isSplat();
  return isa<ExtentOp, arith::ConstantOp, arith::MulIOp>(op);
}

bool nn::canWriteViews(Operation *op) {
  return canReadViews(op) &&
         holdsForKernel(op, [](Operation *o) { return !isa<ReduceOp, MomentsOp, ArgMaxOp>(o); });
}

bool nn::isView(Operation *op) {
  if (!isa<TakeOp, SliceOp>(op) || op->hasAttr("nn.own"))
    return false;
  auto whole = typeOf(op->getOperand(0));
  if (llvm::count_if(whole.getShape(), ShapedType::isDynamic) > (whole.getRank() && whole.isDynamicDim(0)))
    return false;
  auto slice = dyn_cast<SliceOp>(op);
  if (slice && (slice.getStrides().empty() || slice.getStrides().back() != 1))
    return false;
  Operation *source = op->getOperand(0).getDefiningOp();
  if (source && (isRepeated(source) || (isa<TakeOp>(op) && hasTake(source))))
    return false;
  return llvm::all_of(op->getUsers(),
                      [&](Operation *user) { return canReadViews(user) && !isa<TakeOp>(user); });
}

bool nn::isMadeOfParts(ConcatOp concat) {
  if (llvm::any_of(concat->getUsers(),
                   [](Operation *user) { return user->hasTrait<OpTrait::IsTerminator>(); }))
    return false;
  return llvm::all_of(concat.getParts(), [&](Value part) {
    Operation *source = part.getDefiningOp();
    return part.hasOneUse() && source && !isa<SliceOp, TakeOp, ConcatOp>(source) && canWriteViews(source);
  });
}

std::optional<View> nn::viewOf(Value value) {
  Operation *op = value.getDefiningOp();
  if (!op || !op->hasAttr("nn.view") || isa<ConcatOp>(op))
    return std::nullopt;
  Value whole = op->getOperand(0);
  View view = viewOf(whole).value_or(
      View{rowMajor(typeOf(whole).getShape()), 0, 0, staticElements(typeOf(whole)), {}, isDynamic(whole)});
  if (auto take = dyn_cast<TakeOp>(op)) {
    int64_t axis = scannedAxis(typeOf(take).getShape());
    view.step = view.strides[axis];
    view.at = take.getAt();
    view.strides.erase(view.strides.begin() + axis);
    return view;
  }
  auto slice = cast<SliceOp>(op);
  for (auto [axis, stride] : llvm::enumerate(view.strides)) {
    view.offset += slice.getStarts()[axis] * stride;
    stride *= slice.getStrides()[axis];
  }
  return view;
}

View nn::partView(ConcatOp concat, OpOperand &use) {
  auto type = typeOf(concat);
  View view{rowMajor(type.getShape()), 0, 0, staticElements(type), {}, !type.hasStaticShape()};
  for (Value before : concat.getParts().take_front(use.getOperandNumber()))
    view.offset += typeOf(before).getDimSize(concat.getAxis()) * view.strides[concat.getAxis()];
  return view;
}

View nn::stackView(ScanOp scan, Value value) {
  auto type = typeOf(value);
  SmallVector<int64_t> shape = stackShape(type.getShape(), scan.getSteps());
  int64_t axis = scannedAxis(type.getShape());
  View view{rowMajor(shape),       0, 0, staticElements(type) * int64_t(scan.getSteps()), scan.stepArgument(),
            !type.hasStaticShape()};
  view.step = view.strides[axis];
  view.strides.erase(view.strides.begin() + axis);
  return view;
}

Attribute nn::attributeOf(const View &view, int64_t at, MLIRContext *context) {
  Builder b(context);
  return b.getDictionaryAttr({b.getNamedAttr("at", b.getI64IntegerAttr(at)),
                              b.getNamedAttr("dynamic", b.getBoolAttr(view.isDynamic)),
                              b.getNamedAttr("elements", b.getI64IntegerAttr(view.elements)),
                              b.getNamedAttr("offset", b.getI64IntegerAttr(view.offset)),
                              b.getNamedAttr("step", b.getI64IntegerAttr(view.step)),
                              b.getNamedAttr("strides", b.getDenseI64ArrayAttr(view.strides))});
}
