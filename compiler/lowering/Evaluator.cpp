// The code of elements: bodies of generics cloned on vectors, addresses as linear forms.
#include "compiler/lowering/Evaluator.h"

using namespace mlir;
using namespace nn;

Linear &Linear::add(const Linear &other, int64_t factor) {
  if (factor == 0)
    return *this;
  constant += other.constant * factor;
  for (auto [value, coefficient] : other.terms) {
    auto *same = llvm::find_if(terms, [v = value](auto &term) { return term.first == v; });
    if (same == terms.end())
      terms.push_back({value, coefficient * factor});
    else if ((same->second += coefficient * factor) == 0)
      terms.erase(same);
  }
  return *this;
}

namespace {

void appendKey(std::vector<int64_t> &key, const Coordinate &place) {
  for (auto [value, coefficient] : place.base.terms) {
    key.push_back(reinterpret_cast<int64_t>(value.getAsOpaquePointer()));
    key.push_back(coefficient);
  }
  key.insert(key.end(), {INT64_MIN, place.base.constant, place.step, place.repeat,
                         reinterpret_cast<int64_t>(place.lanes.getAsOpaquePointer())});
}

std::vector<int64_t> keyOf(const void *what, ArrayRef<Coordinate> at) {
  std::vector<int64_t> key = {reinterpret_cast<int64_t>(what)};
  for (const Coordinate &place : at)
    appendKey(key, place);
  return key;
}

bool isVector(Value value) { return isa<VectorType>(value.getType()); }

Coordinate stepsOf(const Coordinate &place, int64_t factor = 1) {
  Coordinate steps(Linear(0), place.step * factor);
  steps.repeat = place.repeat;
  return steps;
}

// False where lanes move in two ways.
bool addSteps(Coordinate &sum, const Coordinate &place, int64_t factor) {
  if (!place.step)
    return true;
  if (sum.step && sum.repeat != place.repeat)
    return false;
  sum.repeat = place.repeat;
  sum.step += place.step * factor;
  return true;
}

// Whether it is one whenever the code runs.
bool isMultipleOf(Value value, int64_t number) {
  if (auto constant = value.getDefiningOp<arith::ConstantIndexOp>())
    return constant.value() % number == 0;
  if (auto product = value.getDefiningOp<arith::MulIOp>())
    return isMultipleOf(product.getLhs(), number) || isMultipleOf(product.getRhs(), number);
  auto argument = dyn_cast<BlockArgument>(value);
  auto loop = argument ? dyn_cast<scf::ForOp>(argument.getOwner()->getParentOp()) : nullptr;
  return loop && argument == loop.getInductionVar() && isMultipleOf(loop.getLowerBound(), number) &&
         isMultipleOf(loop.getStep(), number);
}

} // namespace

Value Evaluator::materialize(const Linear &form) {
  Linear moving = form;
  moving.constant = 0;
  Value sum;
  if (!moving.terms.empty()) {
    auto &slot = known[keyOf(nullptr, Coordinate(moving))];
    if (slot.empty()) {
      Value total;
      for (auto [value, coefficient] : moving.terms) {
        Value term = value;
        if (coefficient != 1)
          term = arith::MulIOp::create(b, term, kernel.index(coefficient));
        total = total ? arith::AddIOp::create(b, total, term).getResult() : term;
      }
      slot.push_back(total);
    }
    sum = slot.front();
  }
  if (!sum)
    return kernel.index(form.constant);
  return form.constant ? arith::AddIOp::create(b, sum, kernel.index(form.constant)).getResult() : sum;
}

Value Evaluator::asVector(Value value) {
  if (isVector(value) || width == 1)
    return value;
  Value &wide = spread[value];
  if (!wide)
    wide = vector::BroadcastOp::create(b, VectorType::get({width}, value.getType()), value);
  return wide;
}

Value Evaluator::zeros(VectorType type) { return arith::ConstantOp::create(b, b.getZeroAttr(type)); }

Value Evaluator::fullMask() {
  if (mask)
    return mask;
  auto type = VectorType::get({width}, b.getI1Type());
  return arith::ConstantOp::create(b, DenseElementsAttr::get(type, true));
}

Value Evaluator::lanesOf(const Coordinate &place) {
  auto type = VectorType::get({width}, b.getIndexType());
  Value start = place.lanes;
  if (!start) {
    SmallVector<int64_t> steps;
    for (int64_t lane = 0; lane < width; ++lane)
      steps.push_back(lane / place.repeat * place.step);
    start = arith::ConstantOp::create(b, DenseIntElementsAttr::get(type, steps));
  }
  if (place.base.terms.empty() && place.base.constant == 0)
    return start;
  Value base = vector::BroadcastOp::create(b, type, materialize(place.base));
  return arith::AddIOp::create(b, start, base);
}

// With strides that are constants.
Coordinate Evaluator::offsetInView(const Buffer &buffer, ArrayRef<Coordinate> at) {
  Coordinate offset(buffer.start);
  for (auto [place, stride] : llvm::zip(at, buffer.strides)) {
    offset.base.add(place.base, stride);
    if (!addSteps(offset, place, stride)) {
      Value steps = lanesOf(stepsOf(place, stride));
      offset.lanes = offset.lanes ? arith::AddIOp::create(b, offset.lanes, steps).getResult() : steps;
    }
    if (!place.lanes)
      continue;
    auto type = VectorType::get({width}, b.getIndexType());
    Value factor = vector::BroadcastOp::create(b, type, kernel.index(stride));
    Value lanes = arith::MulIOp::create(b, place.lanes, factor);
    offset.lanes = offset.lanes ? arith::AddIOp::create(b, offset.lanes, lanes).getResult() : lanes;
  }
  if (offset.lanes && offset.step) {
    offset.lanes = arith::AddIOp::create(b, offset.lanes, lanesOf(stepsOf(offset)));
    offset.step = 0;
  }
  return offset;
}

Coordinate Evaluator::offsetOf(const Buffer &buffer, ArrayRef<Coordinate> at) {
  if (!buffer.strides.empty() || !buffer.start.terms.empty() || buffer.start.constant)
    return offsetInView(buffer, at);
  Coordinate offset;
  int64_t stride = 1;
  Value dynamicStride;
  auto addLanes = [&](Value lanes) {
    offset.lanes = offset.lanes ? arith::AddIOp::create(b, offset.lanes, lanes).getResult() : lanes;
  };
  for (int64_t axis = at.size() - 1; axis >= 0; --axis) {
    const Coordinate &place = at[axis];
    const Extent &extent = buffer.shape[axis];
    auto vectorType = VectorType::get({width}, b.getIndexType());
    if (dynamicStride) {
      Value factor = arith::MulIOp::create(b, dynamicStride, kernel.index(stride));
      if (place.isUniform())
        offset.base.add(Linear(arith::MulIOp::create(b, materialize(place.base), factor).getResult()));
      else
        addLanes(arith::MulIOp::create(b, lanesOf(place),
                                       vector::BroadcastOp::create(b, vectorType, factor).getResult()));
    } else {
      offset.base.add(place.base, stride);
      if (!addSteps(offset, place, stride))
        addLanes(lanesOf(stepsOf(place, stride)));
      if (place.lanes) {
        Value factor = vector::BroadcastOp::create(b, vectorType, kernel.index(stride));
        addLanes(arith::MulIOp::create(b, place.lanes, factor));
      }
    }
    if (extent.dynamic)
      dynamicStride = dynamicStride ? arith::MulIOp::create(b, dynamicStride, extent.dynamic).getResult()
                                    : extent.dynamic;
    else
      stride *= extent.capacity;
  }
  if (offset.lanes && offset.step) {
    addLanes(lanesOf(stepsOf(offset)));
    offset.step = 0;
  }
  return offset;
}

// Two vectors, of which the second begins with the last of the first, so that nothing behind the last lane is
// read.
Value Evaluator::loadEverySecond(const Buffer &buffer, const Coordinate &offset) {
  auto type = VectorType::get({width}, memoryElement(buffer.element));
  Linear behind = offset.base;
  behind.constant += width - 1;
  Value low = vector::LoadOp::create(b, type, buffer.memory, materialize(offset.base));
  Value high = vector::LoadOp::create(b, type, buffer.memory, materialize(behind));
  SmallVector<int64_t> places;
  for (int64_t lane = 0; lane < width; ++lane)
    places.push_back(2 * lane < width ? 2 * lane : 2 * lane + 1);
  return vector::ShuffleOp::create(b, low, high, places);
}

// A short vector, each element in several lanes.
Value Evaluator::loadRepeated(const Buffer &buffer, const Coordinate &offset) {
  int64_t length = width / offset.repeat;
  auto type = VectorType::get({length}, memoryElement(buffer.element));
  Value base = materialize(offset.base), value;
  if (mask) {
    SmallVector<int64_t> firsts;
    for (int64_t k = 0; k < length; ++k)
      firsts.push_back(k * offset.repeat);
    Value own = vector::ShuffleOp::create(b, mask, mask, firsts);
    value = vector::MaskedLoadOp::create(b, type, buffer.memory, base, own, zeros(type));
  } else {
    value = vector::LoadOp::create(b, type, buffer.memory, base);
  }
  SmallVector<int64_t> places;
  for (int64_t lane = 0; lane < width; ++lane)
    places.push_back(lane / offset.repeat);
  return vector::ShuffleOp::create(b, value, value, places);
}

Value Evaluator::loadAt(const Buffer &buffer, const Coordinate &offset) {
  Type element = memoryElement(buffer.element);
  Value base = materialize(offset.base), value;
  if (offset.isUniform()) {
    value = memref::LoadOp::create(b, buffer.memory, base);
  } else if (offset.step == 1 && offset.repeat > 1) {
    value = loadRepeated(buffer, offset);
  } else if (offset.step == 2 && offset.repeat == 1 && !mask) {
    value = loadEverySecond(buffer, offset);
  } else if (offset.step == 1) {
    auto type = VectorType::get({width}, element);
    value = mask ? vector::MaskedLoadOp::create(b, type, buffer.memory, base, mask, zeros(type)).getResult()
                 : vector::LoadOp::create(b, type, buffer.memory, base).getResult();
  } else {
    auto type = VectorType::get({width}, element);
    Value lanes = offset.lanes ? offset.lanes : lanesOf(stepsOf(offset));
    value = vector::GatherOp::create(b, type, buffer.memory, base, lanes, fullMask(), zeros(type));
  }
  if (buffer.element.isInteger(1)) {
    Value zero = arith::ConstantOp::create(b, b.getZeroAttr(value.getType()));
    value = arith::CmpIOp::create(b, arith::CmpIPredicate::ne, value, zero);
  }
  return value;
}

Value Evaluator::load(const Buffer &buffer, ArrayRef<Coordinate> at) {
  Coordinate offset = offsetOf(buffer, at);
  auto &slot = known[keyOf(buffer.memory.getAsOpaquePointer(), offset)];
  if (slot.empty())
    slot.push_back(loadAt(buffer, offset));
  return slot.front();
}

void Evaluator::store(Value value, const Buffer &buffer, ArrayRef<Coordinate> at) {
  Coordinate offset = offsetOf(buffer, at);
  if (width > 1)
    value = asVector(value);
  if (buffer.element.isInteger(1)) {
    Type type = b.getI8Type();
    if (auto vectorType = dyn_cast<VectorType>(value.getType()))
      type = vectorType.cloneWith(std::nullopt, type);
    value = arith::ExtUIOp::create(b, type, value);
  }
  Value base = materialize(offset.base);
  if (width == 1)
    memref::StoreOp::create(b, value, buffer.memory, base);
  else if (offset.lanes || offset.step != 1) // a view whose last axis is one element or not the innermost
    vector::ScatterOp::create(b, Type(), buffer.memory, base,
                              offset.lanes ? offset.lanes : lanesOf(Coordinate(Linear(0), offset.step)),
                              fullMask(), value);
  else if (mask)
    vector::MaskedStoreOp::create(b, buffer.memory, base, mask, value);
  else
    vector::StoreOp::create(b, value, buffer.memory, base);
}

Coordinate Evaluator::apply(AffineExpr expr, ArrayRef<Coordinate> dims) {
  if (auto constant = dyn_cast<AffineConstantExpr>(expr))
    return Linear(constant.getValue());
  if (auto dim = dyn_cast<AffineDimExpr>(expr))
    return dims[dim.getPosition()];
  auto binary = cast<AffineBinaryOpExpr>(expr);
  Coordinate left = apply(binary.getLHS(), dims), result = left;
  if (binary.getKind() == AffineExprKind::Mul) {
    int64_t factor = cast<AffineConstantExpr>(binary.getRHS()).getValue();
    result.base = Linear();
    result.base.add(left.base, factor);
    result.step = left.step * factor;
    return result;
  }
  Coordinate right = apply(binary.getRHS(), dims);
  result.base.add(right.base);
  addSteps(result, right, 1);
  return result;
}

Value Evaluator::input(linalg::GenericOp op, unsigned place, ArrayRef<Coordinate> dims) {
  OpOperand *operand = op.getDpsInputOperand(place);
  SmallVector<Coordinate> at;
  for (AffineExpr expr : op.getMatchingIndexingMap(operand).getResults())
    at.push_back(apply(expr, dims));
  return evaluate(operand->get(), at);
}

Value Evaluator::evaluate(Value tensor, ArrayRef<Coordinate> at) {
  if (Value value = provided.lookup(tensor))
    return value;
  auto buffer = kernel.buffers.find(tensor);
  if (buffer != kernel.buffers.end()) {
    if (at.empty() && kernel.isArgument(tensor))
      return kernel.rankZero(tensor);
    return load(buffer->second, at);
  }
  auto op = tensor.getDefiningOp<linalg::GenericOp>();
  unsigned result = cast<OpResult>(tensor).getResultNumber();
  std::vector<int64_t> key = keyOf(op.getOperation(), at);
  auto found = known.find(key);
  if (found == known.end()) {
    Body body(op, at);
    SmallVector<Value, 2> values;
    for (Value yielded : op.getBody()->getTerminator()->getOperands())
      values.push_back(valueOf(body, yielded));
    found = known.emplace(std::move(key), std::move(values)).first;
  }
  return found->second[result];
}

Value Evaluator::contribution(linalg::GenericOp op, ArrayRef<Coordinate> dims) {
  Body body(op, dims);
  Operation *combiner = op.getBody()->getTerminator()->getOperand(0).getDefiningOp();
  return valueOf(body, combiner->getOperand(1));
}

Value Evaluator::valueOf(Body &body, Value scalar) {
  if (Value value = body.values.lookup(scalar))
    return value;
  Value value;
  if (auto argument = dyn_cast<BlockArgument>(scalar); argument && argument.getOwner() == body.op.getBody())
    value = input(body.op, argument.getArgNumber(), body.dims);
  else if (scalar.getParentBlock() != body.op.getBody())
    value = kernel.scalars.lookup(scalar);
  else
    value = cloneElementwise(body, scalar.getDefiningOp());
  // A clone of an op with several results has noted them all.
  if (Value noted = body.values.lookup(scalar))
    return noted;
  body.values[scalar] = value;
  return value;
}

Value Evaluator::cloneElementwise(Body &body, Operation *op) {
  if (auto extract = dyn_cast<tensor::ExtractOp>(op)) {
    SmallVector<Coordinate> at;
    for (Value index : extract.getIndices())
      at.push_back(placeOf(body, index));
    return evaluate(extract.getTensor(), at);
  }
  SmallVector<Value> operands;
  bool wide = false, fromIndex = llvm::any_of(op->getOperandTypes(), [](Type t) { return t.isIndex(); });
  if (fromIndex) {
    SmallVector<Coordinate> places;
    for (Value operand : op->getOperands())
      places.push_back(placeOf(body, operand));
    wide = !llvm::all_of(places, [](const Coordinate &p) { return p.isUniform(); });
    for (const Coordinate &place : places)
      operands.push_back(wide ? lanesOf(place) : materialize(place.base));
  } else {
    for (Value operand : op->getOperands())
      operands.push_back(valueOf(body, operand));
    wide = llvm::any_of(operands, isVector);
    // A select on a condition that is the same in all lanes keeps it a scalar.
    for (auto [place, operand] : llvm::enumerate(operands))
      if (wide && !(isa<arith::SelectOp>(op) && place == 0))
        operand = asVector(operand);
  }
  SmallVector<Type> types;
  for (Type type : op->getResultTypes())
    types.push_back(wide ? Type(VectorType::get({width}, type)) : type);
  if (op->getNumOperands() == 0) // a constant
    return b.clone(*op)->getResult(0);
  Operation *clone = b.create(op->getLoc(), op->getName().getIdentifier(), operands, types, op->getAttrs());
  for (auto [old, fresh] : llvm::zip(op->getResults(), clone->getResults()))
    body.values[old] = fresh;
  return clone->getResult(0);
}

// A number that was computed or read, as an index.
Coordinate Evaluator::numberAsPlace(Value number) {
  Coordinate place;
  auto vector = dyn_cast<VectorType>(number.getType());
  Type type = vector ? Type(vector.clone(b.getIndexType())) : b.getIndexType();
  Value index = arith::IndexCastOp::create(b, type, number);
  if (vector)
    place.lanes = index;
  else
    place.base = Linear(index);
  return place;
}

Coordinate Evaluator::placeOf(Body &body, Value index) {
  if (auto known = body.places.find(index); known != body.places.end())
    return known->second;
  Coordinate place;
  Operation *op = index.getDefiningOp();
  if (!op || op->getBlock() != body.op.getBody())
    place = Linear(kernel.scalars.lookup(index));
  else if (auto constant = dyn_cast<arith::ConstantIndexOp>(op))
    place = Linear(constant.value());
  else if (auto dim = dyn_cast<linalg::IndexOp>(op))
    place = body.dims[dim.getDim()];
  else if (auto cast = dyn_cast<arith::IndexCastOp>(op))
    place = numberAsPlace(valueOf(body, cast.getIn()));
  else
    place = indexArithmetic(body, op);
  body.places[index] = place;
  return place;
}

// Lanes from a multiple of the divisor on have their quotients in groups.
std::optional<Coordinate> Evaluator::quotient(const Coordinate &place, const Coordinate &divisor) {
  int64_t number = divisor.base.constant;
  if (!divisor.isUniform() || !divisor.base.terms.empty() || number < 2 || width % number != 0 ||
      place.step != 1 || place.repeat != 1 || place.base.constant % number != 0)
    return std::nullopt;
  for (auto [value, coefficient] : place.base.terms)
    if (coefficient % number != 0 && !isMultipleOf(value, number))
      return std::nullopt;
  Coordinate result(Linear(place.base.constant / number), 1);
  if (!place.base.terms.empty())
    result.base =
        Linear(arith::DivUIOp::create(b, materialize(place.base), kernel.index(number)).getResult());
  result.repeat = number;
  return result;
}

Coordinate Evaluator::indexArithmetic(Body &body, Operation *op) {
  SmallVector<Coordinate> places;
  for (Value operand : op->getOperands())
    places.push_back(placeOf(body, operand));
  bool regular = llvm::none_of(places, [](const Coordinate &p) { return p.lanes; });
  if (regular && isa<arith::AddIOp, arith::SubIOp>(op)) {
    int64_t factor = isa<arith::SubIOp>(op) ? -1 : 1;
    Coordinate sum = places[0];
    sum.base.add(places[1].base, factor);
    if (addSteps(sum, places[1], factor))
      return sum;
  }
  if (regular && isa<arith::MulIOp>(op) && places[1].isUniform() && places[1].base.terms.empty()) {
    Coordinate product;
    product.base.add(places[0].base, places[1].base.constant);
    product.step = places[0].step * places[1].base.constant;
    product.repeat = places[0].repeat;
    return product;
  }
  if (regular && isa<arith::DivUIOp>(op))
    if (std::optional<Coordinate> place = quotient(places[0], places[1]))
      return *place;
  bool uniform = llvm::all_of(places, [](const Coordinate &p) { return p.isUniform(); });
  SmallVector<Value> operands;
  for (const Coordinate &place : places)
    operands.push_back(uniform ? materialize(place.base) : lanesOf(place));
  Operation *clone = b.create(op->getLoc(), op->getName().getIdentifier(), operands,
                              TypeRange(operands[0].getType()), op->getAttrs());
  Coordinate result;
  if (uniform)
    result.base = Linear(clone->getResult(0));
  else
    result.lanes = clone->getResult(0);
  return result;
}
