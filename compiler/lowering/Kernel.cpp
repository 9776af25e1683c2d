// A kernel's buffers: operands, results and scratch as arguments of the emitted function.
#include "compiler/dialect/Rows.h"
#include "compiler/lowering/Evaluator.h"

using namespace mlir;
using namespace nn;

Type nn::memoryElement(Type element) {
  return element.isInteger(1) ? IntegerType::get(element.getContext(), 8) : element;
}

MemRefType nn::flatType(int64_t elements, Type element) {
  return MemRefType::get({elements}, memoryElement(element));
}

int64_t Buffer::elements() const {
  int64_t count = 1;
  for (const Extent &extent : shape)
    count *= extent.capacity;
  return count;
}

Kernel::Kernel(func::FuncOp source, func::FuncOp target, int64_t batch, unsigned vectorBits,
               unsigned vectorRegisters)
    : b(source.getLoc(), source.getContext()), source(source), target(target), lanes(vectorBits / 32),
      registers(vectorRegisters), batch(batch) {
  target.addEntryBlock();
  b.setInsertionPointToStart(&target.getBody().front());
  scalars.map(source.getArgument(0), batch == 1 ? index(1) : Value(target.getArgument(0)));
  unsigned position = 1;
  for (BlockArgument argument : source.getArguments().drop_front())
    place(argument, target.getArgument(position++));
  // Behind all others, since t may be any of them.
  for (BlockArgument argument : source.getArguments().drop_front())
    if (Attribute view = source.getArgAttr(argument.getArgNumber(), "nn.view"))
      lookAt(buffers[argument], view);
  for (Type type : llvm::concat<const Type>(source.getArgumentTypes(), source.getResultTypes()))
    if (auto tensor = dyn_cast<RankedTensorType>(type); tensor && tensor.getElementType().isF64())
      lanes = vectorBits / 64;
}

int64_t Kernel::rowsOf(Value argument) {
  auto rows = source.getArgAttrOfType<IntegerAttr>(cast<BlockArgument>(argument).getArgNumber(), "nn.rows");
  return rows ? rows.getInt() : 1;
}

Extent Kernel::dynamicExtentOf(Value tensor) {
  auto axis =
      llvm::find_if(typeOf(tensor).getShape(), ShapedType::isDynamic) - typeOf(tensor).getShape().begin();
  return shapeOf(tensor)[axis];
}

// A dynamic axis is rows * factor; the factor of a value inside the kernel is that of the argument its size
// comes from. For one row it has a known length.
SmallVector<Extent> Kernel::shapeOf(Value tensor) {
  auto type = typeOf(tensor);
  SmallVector<Extent> shape;
  for (int64_t size : type.getShape())
    shape.push_back({size, {}});
  if (type.hasStaticShape())
    return shape;
  Value size;
  int64_t factor = 1;
  if (isa<BlockArgument>(tensor)) {
    factor = rowsOf(tensor);
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(&target.getBody().front());
    size = target.getArgument(0);
    if (factor != 1)
      size = arith::MulIOp::create(b, size, index(factor));
  } else if (auto reshape = tensor.getDefiningOp<ReshapeOp>()) {
    Extent old = dynamicExtentOf(reshape.getX());
    int64_t before = 1, after = 1;
    for (const Extent &extent : shapeOf(reshape.getX()))
      before *= extent.capacity;
    for (int64_t length : type.getShape())
      after *= ShapedType::isDynamic(length) ? 1 : length;
    size = old.dynamic;
    if (size && before / after != old.capacity)
      size = arith::DivUIOp::create(b, arith::MulIOp::create(b, size, index(before / old.capacity)),
                                    index(after));
    factor = before / after / batch;
  } else {
    Operation *op = tensor.getDefiningOp();
    while (auto generic = dyn_cast<linalg::LinalgOp>(op))
      op = generic.getDpsInits().front().getDefiningOp();
    Value length = cast<tensor::EmptyOp>(op).getDynamicSizes().front();
    if (auto dim = length.getDefiningOp<tensor::DimOp>()) {
      Extent extent = dynamicExtentOf(dim.getSource());
      size = extent.dynamic;
      factor = extent.capacity / batch;
    } else if (length == source.getArgument(0) || length.getDefiningOp<arith::MulIOp>()) {
      factor = factorOfCount(length);
      size = scalars.lookup(length);
    } else {
      auto quotient = length.getDefiningOp<arith::DivUIOp>();
      auto product = quotient.getLhs().getDefiningOp<arith::MulIOp>();
      auto number = [](Value v) { return v.getDefiningOp<arith::ConstantIndexOp>().value(); };
      Extent extent = dynamicExtentOf(product.getLhs().getDefiningOp<tensor::DimOp>().getSource());
      size = scalars.lookup(length);
      factor = extent.capacity * number(product.getRhs()) / number(quotient.getRhs()) / batch;
    }
  }
  if (batch == 1)
    size = {};
  for (auto [extent, length] : llvm::zip(shape, type.getShape()))
    if (ShapedType::isDynamic(length))
      extent = {batch * factor, size};
  return shape;
}

Buffer &Kernel::place(Value tensor, Value memory) {
  buffers[tensor] = {memory, shapeOf(tensor), typeOf(tensor).getElementType()};
  return buffers[tensor];
}

void Kernel::lookAt(Buffer &buffer, Attribute attribute) {
  auto view = cast<DictionaryAttr>(attribute);
  auto number = [&](StringRef name) { return cast<IntegerAttr>(view.get(name)).getInt(); };
  buffer.strides = SmallVector<int64_t>(cast<DenseI64ArrayAttr>(view.get("strides")).asArrayRef());
  buffer.start = Linear(number("offset"));
  if (!number("step"))
    return;
  Value t = rankZero(source.getArgument(number("at")));
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointAfterValue(t);
  buffer.start.add(Linear(arith::IndexCastOp::create(b, b.getIndexType(), t).getResult()), number("step"));
}

Value Kernel::scratch(int64_t elements, Type type) {
  unsigned position = target.getNumArguments();
  if (failed(target.insertArgument(position, flatType(elements, type), {}, source.getLoc())))
    llvm_unreachable("a function takes any further argument");
  return target.getArgument(position);
}

Value Kernel::rankZero(Value tensor) {
  Value &value = rankZeros[tensor];
  if (value)
    return value;
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(&target.getBody().front());
  const Buffer &buffer = buffers[tensor];
  Value place = index(buffer.start.constant);
  for (auto [term, factor] : buffer.start.terms) {
    b.setInsertionPointAfterValue(term);
    place = arith::AddIOp::create(b, arith::MulIOp::create(b, term, index(factor)).getResult(),
                                  index(buffer.start.constant));
  }
  value = memref::LoadOp::create(b, buffer.memory, place);
  if (buffer.element.isInteger(1))
    value = arith::CmpIOp::create(b, arith::CmpIPredicate::ne, value,
                                  arith::ConstantOp::create(b, b.getZeroAttr(value.getType())));
  return value;
}
