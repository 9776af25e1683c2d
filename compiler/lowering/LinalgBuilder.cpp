// Destinations, pointwise and reducing generics, padding.
#include "compiler/lowering/LinalgBuilder.h"

using namespace mlir;
using namespace nn;

namespace {

Value combineScalars(ImplicitLocOpBuilder &b, Combine combine, Value total, Value part) {
  if (isa<IntegerType>(total.getType()))
    return arith::MinSIOp::create(b, total, part);
  switch (combine) {
  case Combine::Sum:
    return arith::AddFOp::create(b, total, part, arith::FastMathFlags::contract);
  case Combine::Product:
    return arith::MulFOp::create(b, total, part);
  case Combine::Max:
    return arith::MaximumFOp::create(b, total, part);
  case Combine::Min:
    return arith::MinimumFOp::create(b, total, part);
  }
  llvm_unreachable("all kinds are listed");
}

Value identityOf(LinalgBuilder &builder, Combine combine, Type type) {
  if (isa<IntegerType>(type))
    return arith::ConstantOp::create(builder.b,
                                     builder.b.getI32IntegerAttr(std::numeric_limits<int32_t>::max()));
  double infinity = std::numeric_limits<double>::infinity();
  double value = combine == Combine::Sum       ? 0.0
                 : combine == Combine::Product ? 1.0
                 : combine == Combine::Max     ? -infinity
                                               : infinity;
  return builder.constant(type, value);
}

} // namespace

LinalgBuilder::LinalgBuilder(func::FuncOp kernel) : b(kernel.getLoc(), kernel.getContext()) {
  b.setInsertionPointToStart(&kernel.getBody().front());
  for (Value argument : kernel.getArguments()) {
    auto type = dyn_cast<RankedTensorType>(argument.getType());
    for (int64_t axis = 0; type && axis < type.getRank(); ++axis)
      if (type.isDynamicDim(axis))
        noteDynamicSize(argument, tensor::DimOp::create(b, argument, axis));
  }
}

Value LinalgBuilder::dynamicSize(Value tensor) { return sizes.lookup(tensor); }

Value LinalgBuilder::dynamicSizeOf(Operation *op) {
  Value size;
  for (Value operand : op->getOperands()) {
    if (isa<IndexType>(operand.getType()))
      return operand;
    if (Value own = dynamicSize(operand))
      size = own;
  }
  return size;
}

Value LinalgBuilder::constant(Type type, double value) {
  return arith::ConstantOp::create(b, b.getFloatAttr(type, value));
}

Value LinalgBuilder::empty(RankedTensorType type, Value dynamicSize) {
  return tensor::EmptyOp::create(b, type, type.hasStaticShape() ? ValueRange() : ValueRange(dynamicSize));
}

SmallVector<Value> LinalgBuilder::pointwise(ArrayRef<RankedTensorType> types, Value dynamicSize,
                                            ValueRange inputs, ArrayRef<AffineMap> maps, ScalarBody body) {
  unsigned rank = types.front().getRank();
  SmallVector<Value> destinations;
  SmallVector<Type> resultTypes(types.begin(), types.end());
  SmallVector<AffineMap> allMaps(maps.begin(), maps.end());
  for (RankedTensorType type : types) {
    destinations.push_back(empty(type, dynamicSize));
    allMaps.push_back(identity(rank));
  }
  SmallVector<utils::IteratorType> iterators(rank, utils::IteratorType::parallel);
  auto generic = linalg::GenericOp::create(b, resultTypes, inputs, destinations, allMaps, iterators,
                                           [&](OpBuilder &inner, Location loc, ValueRange scalars) {
                                             ImplicitLocOpBuilder scalarBuilder(loc, inner);
                                             auto values =
                                                 body(scalarBuilder, scalars.take_front(inputs.size()));
                                             linalg::YieldOp::create(scalarBuilder, values);
                                           });
  for (Value result : generic.getResults())
    if (!typeOf(result).hasStaticShape())
      noteDynamicSize(result, dynamicSize);
  return llvm::to_vector(llvm::map_range(generic.getResults(), [](OpResult r) { return Value(r); }));
}

Value LinalgBuilder::pointwise(RankedTensorType type, Value dynamicSize, ValueRange inputs,
                               ArrayRef<AffineMap> maps, ScalarBody body) {
  return pointwise(ArrayRef<RankedTensorType>(type), dynamicSize, inputs, maps, body).front();
}

Value LinalgBuilder::reduce(RankedTensorType type, Value dynamicSize, Combine combine, ValueRange inputs,
                            ArrayRef<AffineMap> maps, AffineMap outMap, ScalarBody body) {
  SmallVector<utils::IteratorType> iterators(outMap.getNumDims(), utils::IteratorType::reduction);
  for (AffineExpr result : outMap.getResults())
    iterators[cast<AffineDimExpr>(result).getPosition()] = utils::IteratorType::parallel;
  SmallVector<AffineMap> allMaps(maps.begin(), maps.end());
  allMaps.push_back(outMap);
  Value start = identityOf(*this, combine, type.getElementType());
  Value destination = linalg::FillOp::create(b, start, empty(type, dynamicSize)).getResult(0);
  auto generic = linalg::GenericOp::create(
      b, TypeRange(type), inputs, ValueRange(destination), allMaps, iterators,
      [&](OpBuilder &inner, Location loc, ValueRange scalars) {
        ImplicitLocOpBuilder scalarBuilder(loc, inner);
        Value part = body(scalarBuilder, scalars.drop_back()).front();
        linalg::YieldOp::create(scalarBuilder, combineScalars(scalarBuilder, combine, scalars.back(), part));
      });
  if (!type.hasStaticShape())
    noteDynamicSize(generic.getResult(0), dynamicSize);
  return generic.getResult(0);
}

Value LinalgBuilder::reshape(Value x, RankedTensorType type) {
  if (x.getType() == type)
    return x;
  Value result = ReshapeOp::create(b, type, x);
  if (type.hasStaticShape())
    return result;
  auto elements = [](RankedTensorType t) {
    int64_t count = 1;
    for (int64_t size : t.getShape())
      count *= ShapedType::isDynamic(size) ? 1 : size;
    return count;
  };
  int64_t from = elements(typeOf(x)), to = elements(type);
  Value size = dynamicSize(x);
  if (from != to)
    size = arith::DivUIOp::create(b, arith::MulIOp::create(b, size, index(from)), index(to));
  noteDynamicSize(result, size);
  return result;
}

Value LinalgBuilder::pad(Value x, RankedTensorType type, ArrayRef<int64_t> low, ArrayRef<int64_t> interior) {
  auto source = typeOf(x);
  auto body = [&](ImplicitLocOpBuilder &s, ValueRange) -> SmallVector<Value> {
    auto number = [&](int64_t value) { return arith::ConstantIndexOp::create(s, value).getResult(); };
    SmallVector<Value> place;
    Value inside;
    auto require = [&](Value condition) {
      inside = inside ? arith::AndIOp::create(s, inside, condition).getResult() : condition;
    };
    for (int64_t axis = 0; axis < type.getRank(); ++axis) {
      Value i = linalg::IndexOp::create(s, axis);
      if (source.isDynamicDim(axis) ||
          (source.getDimSize(axis) == type.getDimSize(axis) && interior[axis] == 0)) {
        place.push_back(i);
        continue;
      }
      if (low[axis])
        i = arith::SubIOp::create(s, i, number(low[axis]));
      require(arith::CmpIOp::create(s, arith::CmpIPredicate::sge, i, number(0)));
      i = arith::MaxSIOp::create(s, i, number(0));
      if (interior[axis]) {
        Value step = number(interior[axis] + 1);
        require(arith::CmpIOp::create(s, arith::CmpIPredicate::eq, arith::RemUIOp::create(s, i, step),
                                      number(0)));
        i = arith::DivUIOp::create(s, i, step);
      }
      Value last = number(source.getDimSize(axis) - 1);
      require(arith::CmpIOp::create(s, arith::CmpIPredicate::sle, i, last));
      place.push_back(arith::MinSIOp::create(s, i, last));
    }
    Value value = tensor::ExtractOp::create(s, x, place);
    if (!inside)
      return {value};
    Value zero = arith::ConstantOp::create(s, s.getZeroAttr(type.getElementType()));
    return {arith::SelectOp::create(s, inside, value, zero)};
  };
  return pointwise(type, dynamicSize(x), {}, {}, body);
}
