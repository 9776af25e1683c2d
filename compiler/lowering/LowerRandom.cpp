// Keyed random numbers: Philox 4x32-10 in integer arithmetic, one counter for each element.
#include "compiler/lowering/LinalgBuilder.h"

using namespace mlir;
using namespace nn;

namespace {

Value word(ImplicitLocOpBuilder &s, uint32_t value) {
  return arith::ConstantOp::create(s, s.getIntegerAttr(s.getI32Type(), APInt(32, value)));
}

// Salmon et al. 2011, table 2 and section 3.1.
void philox(ImplicitLocOpBuilder &s, SmallVector<Value, 4> &c, Value key0, Value key1) {
  for (uint32_t round = 0; round < 10; ++round) {
    auto first = arith::MulUIExtendedOp::create(s, c[0], word(s, 0xD2511F53u));
    auto second = arith::MulUIExtendedOp::create(s, c[2], word(s, 0xCD9E8D57u));
    auto mix = [&](Value high, Value counter, Value key) -> Value {
      return arith::XOrIOp::create(s, arith::XOrIOp::create(s, high, counter).getResult(), key);
    };
    c = {mix(second.getHigh(), c[1], key0), second.getLow(), mix(first.getHigh(), c[3], key1),
         first.getLow()};
    key0 = arith::AddIOp::create(s, key0, word(s, 0x9E3779B9u));
    key1 = arith::AddIOp::create(s, key1, word(s, 0xBB67AE85u));
  }
}

// (w >> 8 [+ 1]) * 2^-24
Value fraction(ImplicitLocOpBuilder &s, Value w, Type type, bool aboveZero) {
  Value top = arith::ShRUIOp::create(s, w, word(s, 8));
  if (aboveZero)
    top = arith::AddIOp::create(s, top, word(s, 1));
  Value scale = arith::ConstantOp::create(s, s.getFloatAttr(type, 0x1p-24));
  return arith::MulFOp::create(s, arith::SIToFPOp::create(s, type, top).getResult(), scale);
}

// Box and Muller's transform, the cosine half.
Value normal(ImplicitLocOpBuilder &s, Value w0, Value w1, Type type) {
  auto number = [&](double value) {
    return arith::ConstantOp::create(s, s.getFloatAttr(type, value)).getResult();
  };
  Value radius =
      arith::MulFOp::create(s, number(-2.0), math::LogOp::create(s, fraction(s, w0, type, true)).getResult());
  Value angle = arith::MulFOp::create(s, number(6.283185307179586), fraction(s, w1, type, false));
  return arith::MulFOp::create(s, math::SqrtOp::create(s, radius).getResult(),
                               math::CosOp::create(s, angle).getResult());
}

} // namespace

SmallVector<Value> nn::lowerRandom(LinalgBuilder &builder, Operation *op) {
  auto random = dyn_cast<RandomOp>(op);
  if (!random)
    return {};
  RankedTensorType type = typeOf(random);
  int64_t rank = type.getRank();
  bool keyedByRow = static_cast<bool>(random.getIds());
  SmallVector<Value> inputs = {random.getSeed(), random.getCounter()};
  SmallVector<AffineMap> maps(2, builder.map(rank, {}));
  if (keyedByRow) {
    inputs.push_back(random.getIds());
    maps.push_back(builder.map(rank, builder.dim(0)));
  }
  // A kernel that is shared has the purpose among its arguments.
  auto argument = random->getAttrOfType<IntegerAttr>("nn.purpose");
  if (argument) {
    inputs.push_back(random->getParentOfType<func::FuncOp>().getArgument(argument.getInt()));
    maps.push_back(builder.map(rank, {}));
  }
  auto body = [&](ImplicitLocOpBuilder &s, ValueRange x) -> SmallVector<Value> {
    auto low = [&](Value wide) { return arith::TruncIOp::create(s, s.getI32Type(), wide).getResult(); };
    Value half = arith::ConstantOp::create(s, s.getI64IntegerAttr(32));
    Value element = word(s, 0);
    for (int64_t axis = keyedByRow ? 1 : 0; axis < rank; ++axis) {
      Value place =
          arith::IndexCastOp::create(s, s.getI32Type(), linalg::IndexOp::create(s, axis).getResult());
      if (!type.isDynamicDim(axis))
        element = arith::MulIOp::create(s, element, word(s, type.getDimSize(axis)));
      element = arith::AddIOp::create(s, element, place);
    }
    SmallVector<Value, 4> counter = {element, keyedByRow ? low(x[2]) : word(s, 0), low(x[1]),
                                     argument ? low(x.back()) : word(s, random.getPurpose())};
    philox(s, counter, low(x[0]), low(arith::ShRUIOp::create(s, x[0], half)));
    if (random.getDistribution() == "uniform")
      return {fraction(s, counter[0], type.getElementType(), false)};
    return {normal(s, counter[0], counter[1], type.getElementType())};
  };
  return {builder.pointwise(type, builder.dynamicSizeOf(op), inputs, maps, body)};
}
