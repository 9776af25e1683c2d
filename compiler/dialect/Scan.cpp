// `nn.scan`, `nn.next` and `nn.take`: arguments of the body, textual form, verifiers. Each check bears the
// label of the constraint in the op's description.
#include "compiler/dialect/Scan.h"
#include "compiler/dialect/Shapes.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/IRMapping.h"

using namespace mlir;
using namespace nn;

void ScanOp::build(OpBuilder &builder, OperationState &state, Value rows, ValueRange inits, TypeRange stacks,
                   int64_t steps, bool reverse) {
  SmallVector<Type> types(inits.getTypes());
  llvm::append_range(types, stacks);
  build(builder, state, types, rows, inits, ValueRange(), steps, reverse);
  Region *region = state.regions.front().get();
  OpBuilder::InsertionGuard guard(builder);
  Block *block = builder.createBlock(region);
  if (rows)
    block->addArgument(rows.getType(), state.location);
  block->addArgument(RankedTensorType::get({}, builder.getI64Type()), state.location);
  for (Value init : inits)
    block->addArgument(init.getType(), init.getLoc());
}

NextOp ScanOp::next() { return cast<NextOp>(block()->getTerminator()); }

Value ScanOp::bodyRows() { return getRows() ? block()->getArgument(0) : Value(); }

BlockArgument ScanOp::stepArgument() { return block()->getArgument(getRows() ? 1 : 0); }

ValueRange ScanOp::carriedArguments() {
  return ValueRange(block()->getArguments()).slice(stepArgument().getArgNumber() + 1, getInits().size());
}

ValueRange ScanOp::captureArguments() {
  return ValueRange(block()->getArguments()).take_back(getCaptures().size());
}

Value ScanOp::outside(BlockArgument argument) {
  int64_t place = int64_t(argument.getArgNumber()) - stepArgument().getArgNumber() - 1;
  if (place < 0)
    return argument == stepArgument() ? Value() : getRows();
  int64_t carried = getInits().size();
  return place < carried ? getInits()[place] : getCaptures()[place - carried];
}

// Of the same value wherever they stand, and cheaper to make than to hand over.
static bool isRepeatedInBody(Operation *op) {
  if (isa<ConstantOp, BroadcastOp, ExtentOp>(op))
    return true;
  return isa<arith::ArithDialect>(op->getDialect());
}

Value ScanOp::capture(Value value) {
  if (value == getRows())
    return bodyRows();
  for (auto [known, argument] : llvm::zip(getCaptures(), captureArguments()))
    if (known == value)
      return argument;
  getCapturesMutable().append(value);
  return block()->addArgument(value.getType(), value.getLoc());
}

// Nested scans are isolated already, so only the operands of the body's own ops can come from outside.
void ScanOp::isolate() {
  IRMapping inside;
  OpBuilder builder = OpBuilder::atBlockBegin(block());
  std::function<Value(Value)> bring = [&](Value value) -> Value {
    if (value.getParentBlock() == block())
      return value;
    if (Value known = inside.lookupOrNull(value))
      return known;
    Operation *op = value.getDefiningOp();
    if (!op || !isRepeatedInBody(op)) {
      inside.map(value, capture(value));
      return inside.lookup(value);
    }
    for (Value operand : op->getOperands())
      inside.map(operand, bring(operand));
    builder.clone(*op, inside);
    return inside.lookup(value);
  };
  SmallVector<Operation *> ops = llvm::to_vector(llvm::make_pointer_range(*block()));
  for (Operation *op : ops)
    for (OpOperand &operand : op->getOpOperands())
      operand.set(bring(operand.get()));
}

ScanOp nn::withStacks(ScanOp scan, ArrayRef<Value> values, SmallVectorImpl<Value> &stacks) {
  NextOp next = scan.next();
  SmallVector<Value> stacked(next.getStacked());
  for (Value value : values)
    if (!llvm::is_contained(stacked, value))
      stacked.push_back(value);
  SmallVector<Type> types;
  for (Value value : stacked) {
    auto type = cast<RankedTensorType>(value.getType());
    types.push_back(type.clone(stackShape(type.getShape(), scan.getSteps())));
  }
  OpBuilder builder(scan);
  auto wider = ScanOp::create(builder, scan.getLoc(), scan.getRows(), scan.getInits(), types, scan.getSteps(),
                              scan.getReverse());
  wider.getBody().takeBody(scan.getBody());
  wider.getCapturesMutable().append(scan.getCaptures());
  next.getStackedMutable().assign(stacked);
  for (auto [old, fresh] : llvm::zip(scan.getResults(), wider.getResults()))
    old.replaceAllUsesWith(fresh);
  scan.erase();
  for (Value value : values)
    stacks.push_back(wider.stacks()[llvm::find(stacked, value) - stacked.begin()]);
  return wider;
}

// `nn.scan 50 reverse at %t rows(%n = %rows) carry(%h = %h0) read(%x = %xs) : (types) -> (types) { … }`
ParseResult ScanOp::parse(OpAsmParser &parser, OperationState &state) {
  SmallVector<OpAsmParser::Argument> arguments;
  SmallVector<OpAsmParser::UnresolvedOperand> rows, tensors;
  Builder &builder = parser.getBuilder();
  auto parseBinding = [&](SmallVectorImpl<OpAsmParser::UnresolvedOperand> &into) -> ParseResult {
    return failure(parser.parseArgument(arguments.emplace_back()) || parser.parseEqual() ||
                   parser.parseOperand(into.emplace_back()));
  };
  auto parseTensor = [&] { return parseBinding(tensors); };
  int64_t steps = 0;
  OpAsmParser::Argument step;
  if (parser.parseInteger(steps))
    return failure();
  state.addAttribute("steps", builder.getI64IntegerAttr(steps));
  if (succeeded(parser.parseOptionalKeyword("reverse")))
    state.addAttribute("reverse", builder.getUnitAttr());
  if (parser.parseKeyword("at") || parser.parseArgument(step))
    return failure();
  if (succeeded(parser.parseOptionalKeyword("rows")) &&
      (parser.parseLParen() || parseBinding(rows) || parser.parseRParen()))
    return failure();
  step.type = RankedTensorType::get({}, builder.getI64Type());
  arguments.push_back(step);
  FunctionType type;
  if (parser.parseKeyword("carry") ||
      parser.parseCommaSeparatedList(OpAsmParser::Delimiter::Paren, parseTensor))
    return failure();
  size_t carried = tensors.size();
  SMLoc where = parser.getCurrentLocation();
  if (parser.parseKeyword("read") ||
      parser.parseCommaSeparatedList(OpAsmParser::Delimiter::Paren, parseTensor) ||
      parser.parseOptionalAttrDict(state.attributes) || parser.parseColonType(type))
    return failure();
  if (!rows.empty() && parser.resolveOperand(rows[0], builder.getIndexType(), state.operands))
    return failure();
  if (parser.resolveOperands(tensors, type.getInputs(), where, state.operands))
    return failure();
  if (!rows.empty())
    arguments[0].type = builder.getIndexType();
  for (auto [argument, input] : llvm::zip(llvm::drop_begin(arguments, rows.size() + 1), type.getInputs()))
    argument.type = input;
  state.addAttribute(getOperandSegmentSizesAttrName(state.name),
                     builder.getDenseI32ArrayAttr(
                         {int32_t(rows.size()), int32_t(carried), int32_t(tensors.size() - carried)}));
  state.addTypes(type.getResults());
  return parser.parseRegion(*state.addRegion(), arguments);
}

void ScanOp::print(OpAsmPrinter &printer) {
  auto bindings = [&](ValueRange arguments, ValueRange values) {
    printer << "(";
    llvm::interleaveComma(llvm::zip(arguments, values), printer,
                          [&](auto pair) { printer << std::get<0>(pair) << " = " << std::get<1>(pair); });
    printer << ")";
  };
  printer << " " << getSteps() << (getReverse() ? " reverse" : "") << " at " << stepArgument();
  if (getRows()) {
    printer << " rows";
    bindings(bodyRows(), getRows());
  }
  printer << " carry";
  bindings(carriedArguments(), getInits());
  printer << " read";
  bindings(captureArguments(), getCaptures());
  printer.printOptionalAttrDict((*this)->getAttrs(),
                                {"steps", "reverse", getOperandSegmentSizesAttrName().getValue()});
  printer << " : ";
  TypeRange operands((*this)->getOperandTypes());
  printer.printFunctionalType(operands.drop_front(getRows() ? 1 : 0), getResultTypes());
  printer << " ";
  printer.printRegion(getBody(), /*printEntryBlockArgs=*/false);
}

static LogicalResult verifyArguments(ScanOp scan) {
  Block *block = scan.block();
  size_t first = scan.getRows() ? 2 : 1;
  if (block->getNumArguments() != first + scan.getInits().size() + scan.getCaptures().size() ||
      block->getArgument(first - 1).getType() !=
          RankedTensorType::get({}, IntegerType::get(scan.getContext(), 64)))
    return scan.emitOpError("(C1) the body needs t and an argument for each operand");
  TypeRange given = TypeRange(scan->getOperandTypes()).drop_front(scan.getRows() ? 1 : 0);
  if (TypeRange(block->getArgumentTypes()).drop_front(first) != given ||
      (scan.getRows() && !block->getArgument(0).getType().isIndex()))
    return scan.emitOpError("(C1) the block arguments must have the operands' types");
  return success();
}

LogicalResult ScanOp::verify() {
  if (getSteps() < 1)
    return emitOpError("(C4) `steps` is ") << getSteps() << ", but must be at least 1";
  if (failed(verifyArguments(*this)))
    return failure();
  auto next = dyn_cast<NextOp>(block()->getTerminator());
  if (!next || next.getCarried().getTypes() != getInits().getTypes())
    return emitOpError("(C2) the body must end with `nn.next`, which keeps the types of the states");
  SmallVector<Type> types(getInits().getTypes());
  for (Value value : next.getStacked()) {
    auto type = cast<RankedTensorType>(value.getType());
    types.push_back(type.clone(stackShape(type.getShape(), getSteps())));
  }
  if (TypeRange(types) != getResultTypes())
    return emitOpError("(C3) the results must be the states and the stacks");
  return success();
}

LogicalResult TakeOp::verify() {
  ArrayRef<int64_t> from = getX().getType().getShape(), to = getType().getShape();
  int64_t axis = scannedAxis(to);
  bool fits =
      from.size() == to.size() + 1 && !ShapedType::isDynamic(from[axis]) && dropAxes(from, axis) == to;
  if (!fits)
    return emitOpError("(C1) the result must be `x` without its scanned axis, which is static");
  return success();
}
