// The body of an entry: nodes in order, each one op. The first argument is the row count, which ops that make
// a batch axis from nothing receive.
#include "compiler/irgen/Graph.h"

#include "compiler/dialect/NnDialect.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include <set>

using namespace mlir;

namespace nn {
namespace {

class EntryBuilder {
public:
  EntryBuilder(OpBuilder &builder, const typed::Graph &graph, const SourceManager &sources, Type floatType)
      : builder(builder), graph(graph), sources(sources), floatType(floatType) {}

  func::FuncOp build();

private:
  func::FuncOp buildSignature();
  DictionaryAttr portAttributes(const typed::Port &port);
  void sortIntoScans();
  void buildNode(size_t number);
  SmallVector<Value> buildScan(const typed::Node &node, mlir::Location loc);
  SmallVector<Value> buildOp(const typed::Node &node, mlir::Location loc);
  Value buildElementwise(const typed::Node &node, mlir::Location loc);
  Value buildConstant(const typed::Node &node, mlir::Location loc);
  Value buildBroadcast(const typed::Node &node, mlir::Location loc);
  Value buildRandom(const typed::Node &node, mlir::Location loc);
  Value rowsTimes(int64_t factor, mlir::Location loc);

  template <typename Op> Value unary(const typed::Node &node, mlir::Location loc) {
    return Op::create(builder, loc, resultType(node), operand(node, 0));
  }
  template <typename Op> Value binary(const typed::Node &node, mlir::Location loc) {
    return Op::create(builder, loc, resultType(node), operand(node, 0), operand(node, 1));
  }

  RankedTensorType resultType(const typed::Node &node, unsigned k = 0) {
    return tensorType(builder, node.types[k], floatType);
  }
  Value operand(const typed::Node &node, unsigned k) { return value(node.operands[k]); }
  Value value(typed::Value value) { return values[value.node][value.result]; }

  OpBuilder &builder;
  const typed::Graph &graph;
  const SourceManager &sources;
  Type floatType;
  Value rows;                                          // of the entry, or of the scan being built
  SmallVector<SmallVector<Value>> values;              // by node
  SmallVector<int64_t> owners;                         // by node: the scan in whose body it stands, or -1
  llvm::DenseMap<int64_t, SmallVector<size_t>> bodies; // nodes by scan
  func::FuncOp entry;
};

func::FuncOp EntryBuilder::build() {
  OpBuilder::InsertionGuard guard(builder);
  entry = buildSignature();
  Block *body = entry.addEntryBlock();
  rows = body->getArgument(0);
  builder.setInsertionPointToStart(body);
  sortIntoScans();
  for (size_t number = 0; number < graph.nodes.size(); ++number)
    if (owners[number] < 0)
      buildNode(number);
  SmallVector<Value> results;
  for (const typed::Port &port : graph.results)
    results.push_back(value(port.value));
  func::ReturnOp::create(builder, entry.getLoc(), results);
  return entry;
}

func::FuncOp EntryBuilder::buildSignature() {
  SmallVector<Type> inputs = {builder.getIndexType()};
  SmallVector<Type> results;
  SmallVector<DictionaryAttr> inputAttributes = {
      builder.getDictionaryAttr(builder.getNamedAttr("nn.role", builder.getStringAttr("rows")))};
  SmallVector<DictionaryAttr> resultAttributes;
  for (const typed::Port &port : graph.arguments) {
    inputs.push_back(tensorType(builder, port.type, floatType));
    inputAttributes.push_back(portAttributes(port));
  }
  for (const typed::Port &port : graph.results) {
    results.push_back(tensorType(builder, port.type, floatType));
    resultAttributes.push_back(portAttributes(port));
  }
  auto function = func::FuncOp::create(builder, builder.getUnknownLoc(), graph.name,
                                       builder.getFunctionType(inputs, results));
  function.setAllArgAttrs(inputAttributes);
  function.setAllResultAttrs(resultAttributes);
  function->setAttr("nn.entry", builder.getUnitAttr());
  return function;
}

DictionaryAttr EntryBuilder::portAttributes(const typed::Port &port) {
  return builder.getDictionaryAttr({builder.getNamedAttr("nn.role", builder.getStringAttr(port.role)),
                                    builder.getNamedAttr("nn.name", builder.getStringAttr(port.name))});
}

// A node stands in the body of the last begun scan of those on whose steps it depends: a scan inside another
// begins later. What depends on no step of a scan is computed before it.
void EntryBuilder::sortIntoScans() {
  std::vector<std::set<int64_t>> scans(graph.nodes.size());
  for (auto [number, node] : llvm::enumerate(graph.nodes)) {
    for (typed::Value operand : node.operands)
      scans[number].insert(scans[operand.node].begin(), scans[operand.node].end());
    if (node.op == typed::Op::ScanStep)
      scans[number].insert(node.attributes.integer);
    if (node.op == typed::Op::Scan)
      scans[number].erase(node.attributes.integer);
    owners.push_back(scans[number].empty() ? -1 : *scans[number].rbegin());
    if (owners.back() >= 0)
      bodies[owners.back()].push_back(number);
  }
  values.resize(graph.nodes.size());
}

void EntryBuilder::buildNode(size_t number) {
  const typed::Node &node = graph.nodes[number];
  if (node.op == typed::Op::Argument)
    values[number] = {entry.getArgument(1 + node.attributes.integer)};
  else if (node.op != typed::Op::ScanStep) // set where its scan begins
    values[number] = buildOp(node, sourceLocation(builder, sources, node));
}

SmallVector<Value> EntryBuilder::buildScan(const typed::Node &node, mlir::Location loc) {
  const typed::Attributes &a = node.attributes;
  int64_t states = a.axes.front();
  SmallVector<Value> inits, next, stacked;
  for (int64_t i = 0; i < states; ++i)
    inits.push_back(operand(node, i));
  SmallVector<Type> stacks;
  for (size_t k = states; k < node.types.size(); ++k)
    stacks.push_back(resultType(node, k));
  auto scan = ScanOp::create(builder, loc, rows, inits, stacks, a.strides.front(), a.text == "reverse");
  {
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToEnd(scan.block());
    Value outerRows = rows;
    rows = scan.bodyRows();
    for (size_t number : bodies[a.integer])
      if (graph.nodes[number].op == typed::Op::ScanStep) {
        int64_t place = graph.nodes[number].attributes.axes.front();
        values[number] = {place ? scan.carriedArguments()[place - 1] : Value(scan.stepArgument())};
      }
    for (size_t number : bodies[a.integer])
      buildNode(number);
    for (int64_t i = 0; i < states; ++i)
      next.push_back(operand(node, states + i));
    for (size_t k = 2 * states; k < node.operands.size(); ++k)
      stacked.push_back(operand(node, k));
    NextOp::create(builder, loc, next, stacked);
    rows = outerRows;
  }
  scan.isolate();
  return SmallVector<Value>(scan.getResults());
}

SmallVector<Value> EntryBuilder::buildOp(const typed::Node &node, mlir::Location loc) {
  const typed::Attributes &a = node.attributes;
  switch (node.op) {
  case typed::Op::Constant:
    return {buildConstant(node, loc)};
  case typed::Op::Extent:
    return {ExtentOp::create(builder, loc, resultType(node), rows, a.integer)};
  case typed::Op::Broadcast:
    return {buildBroadcast(node, loc)};
  case typed::Op::Reshape:
    return {unary<ReshapeOp>(node, loc)};
  case typed::Op::Transpose:
    return {TransposeOp::create(builder, loc, resultType(node), operand(node, 0), a.axes)};
  case typed::Op::Slice:
    return {SliceOp::create(builder, loc, resultType(node), operand(node, 0), a.axes, a.strides)};
  case typed::Op::Pad:
    return {PadOp::create(builder, loc, resultType(node), operand(node, 0), a.axes, a.padding, a.strides)};
  case typed::Op::Concat: {
    SmallVector<Value> parts;
    for (typed::Value part : node.operands)
      parts.push_back(value(part));
    return {ConcatOp::create(builder, loc, resultType(node), parts, a.integer)};
  }
  case typed::Op::Reduce:
    return {ReduceOp::create(builder, loc, resultType(node), a.text, operand(node, 0), a.axes)};
  case typed::Op::ArgMax:
    return {ArgMaxOp::create(builder, loc, resultType(node), operand(node, 0), a.integer)};
  case typed::Op::Moments: {
    auto op =
        MomentsOp::create(builder, loc, resultType(node, 0), resultType(node, 1), operand(node, 0), a.axes);
    return {op.getMean(), op.getVariance()};
  }
  case typed::Op::OneHot:
    return {OneHotOp::create(builder, loc, resultType(node), operand(node, 0))};
  case typed::Op::MatMul:
    return {MatMulOp::create(builder, loc, resultType(node), operand(node, 0), operand(node, 1),
                             a.transposeLhs, a.transposeRhs)};
  case typed::Op::Conv:
    return {ConvOp::create(builder, loc, resultType(node), operand(node, 0), operand(node, 1), a.strides,
                           a.padding, a.dilations, a.integer)};
  case typed::Op::ConvInputGrad:
    return {ConvInputGradOp::create(builder, loc, resultType(node), operand(node, 0), operand(node, 1),
                                    a.strides, a.padding, a.dilations, a.integer)};
  case typed::Op::SumPool:
    return {
        SumPoolOp::create(builder, loc, resultType(node), operand(node, 0), a.axes, a.strides, a.padding)};
  case typed::Op::Iota:
    return {IotaOp::create(builder, loc, resultType(node))};
  case typed::Op::Gather:
    return {binary<GatherOp>(node, loc)};
  case typed::Op::MaxPool: {
    auto place = RankedTensorType::get(resultType(node).getShape(), builder.getI32Type());
    return {MaxPoolOp::create(builder, loc, resultType(node), place, operand(node, 0), a.axes, a.strides,
                              a.padding)
                .getResult()};
  }
  case typed::Op::Random:
    return {buildRandom(node, loc)};
  case typed::Op::StopGradient:
    return {unary<StopGradientOp>(node, loc)};
  case typed::Op::Take:
    return {binary<TakeOp>(node, loc)};
  case typed::Op::Scan:
    return buildScan(node, loc);
  case typed::Op::Gradient: {
    SmallVector<Value> with;
    SmallVector<Type> types;
    for (typed::Value parameter : llvm::ArrayRef(node.operands).drop_front()) {
      with.push_back(value(parameter));
      types.push_back(with.back().getType());
    }
    auto op = GradientOp::create(builder, loc, types, operand(node, 0), with);
    return SmallVector<Value>(op->getResults());
  }
  default:
    return {buildElementwise(node, loc)};
  }
}

Value EntryBuilder::buildElementwise(const typed::Node &node, mlir::Location loc) {
  switch (node.op) {
#define NN_UNARY(name)                                                                                       \
  case typed::Op::name:                                                                                      \
    return unary<name##Op>(node, loc);
#define NN_BINARY(name)                                                                                      \
  case typed::Op::name:                                                                                      \
    return binary<name##Op>(node, loc);
    NN_UNARY(Neg)
    NN_UNARY(Exp)
    NN_UNARY(Log)
    NN_UNARY(Sqrt)
    NN_UNARY(Rsqrt)
    NN_UNARY(Tanh)
    NN_UNARY(Sin)
    NN_UNARY(Cos)
    NN_UNARY(Erf)
    NN_UNARY(Abs)
    NN_UNARY(Sign)
    NN_UNARY(Floor)
    NN_UNARY(Cast)
    NN_BINARY(Add)
    NN_BINARY(Sub)
    NN_BINARY(Mul)
    NN_BINARY(Div)
    NN_BINARY(Max)
    NN_BINARY(Min)
    NN_BINARY(Pow)
    NN_BINARY(And)
    NN_BINARY(Or)
    NN_BINARY(Xor)
#undef NN_UNARY
#undef NN_BINARY
  case typed::Op::Compare:
    return CompareOp::create(builder, loc, resultType(node), node.attributes.text, operand(node, 0),
                             operand(node, 1));
  case typed::Op::Select:
    return SelectOp::create(builder, loc, resultType(node), operand(node, 0), operand(node, 1),
                            operand(node, 2));
  default:
    llvm_unreachable("every op is handled by buildOp or here");
  }
}

Value EntryBuilder::buildConstant(const typed::Node &node, mlir::Location loc) {
  RankedTensorType type = resultType(node);
  Type element = type.getElementType();
  Attribute splat =
      isa<FloatType>(element)
          ? Attribute(builder.getFloatAttr(element, node.attributes.number))
          : Attribute(builder.getIntegerAttr(element, static_cast<int64_t>(node.attributes.number)));
  return ConstantOp::create(builder, loc, type, DenseElementsAttr::get(type, splat));
}

Value EntryBuilder::buildBroadcast(const typed::Node &node, mlir::Location loc) {
  Value count;
  for (auto [axis, dim] : llvm::enumerate(node.types[0].shape))
    if (dim.batch && !llvm::is_contained(node.attributes.axes, static_cast<int64_t>(axis)))
      count = rowsTimes(dim.size, loc);
  return BroadcastOp::create(builder, loc, resultType(node), operand(node, 0), count, node.attributes.axes);
}

Value EntryBuilder::buildRandom(const typed::Node &node, mlir::Location loc) {
  RankedTensorType type = resultType(node);
  Value ids = node.operands.size() > 2 ? operand(node, 2) : Value();
  Value count = !ids && !type.hasStaticShape() ? rowsTimes(node.types[0].shape.front().size, loc) : Value();
  auto purpose = static_cast<int32_t>(static_cast<uint32_t>(node.attributes.integer));
  return RandomOp::create(builder, loc, type, node.attributes.text, purpose, operand(node, 0),
                          operand(node, 1), ids, count);
}

Value EntryBuilder::rowsTimes(int64_t factor, mlir::Location loc) {
  if (factor == 1)
    return rows;
  return arith::MulIOp::create(builder, loc, rows, arith::ConstantIndexOp::create(builder, loc, factor));
}

} // namespace

func::FuncOp generateEntry(OpBuilder &builder, const typed::Graph &graph, const SourceManager &sources,
                           Type floatType) {
  return EntryBuilder(builder, graph, sources, floatType).build();
}

} // namespace nn
