// A sum over records is taken apart: in the graph it goes over the axes of one record, in the runtime over
// the records in their order, in double. So the result does not depend on the size of the batches. Sums of
// counts are exact in the graph already.
#include "compiler/sema/Measures.h"
#include <cmath>

namespace nn::sema {

using typed::MeasureNode;
using typed::Op;
using typed::TotalKind;

namespace {

std::optional<int64_t> batchAxisOf(const Shape &shape) {
  for (size_t i = 0; i < shape.size(); ++i)
    if (shape[i].batch)
      return int64_t(i);
  return std::nullopt;
}

// What may follow the sums.
bool isFollowing(Op op) {
  return (op >= Op::Neg && op <= Op::Cast) || op == Op::Broadcast || op == Op::Reshape ||
         op == Op::Transpose || op == Op::Slice || op == Op::Reduce;
}

std::string nameOf(const typed::Node &node) {
  if (node.op == Op::Compare)
    return node.attributes.text;
  return node.op == Op::Reduce ? "reduce_" + node.attributes.text : typed::opName(node.op);
}

bool isSmallWhole(double number) { return number == std::floor(number) && std::abs(number) <= 16; }

} // namespace

const MeasureCutter::Traits &MeasureCutter::traitsOf(typed::Value value) {
  // Operands come before their users, so one pass over all earlier nodes meets no gap.
  for (uint32_t i = uint32_t(traits.size()); i <= value.node; ++i)
    traits[i] = derive(builder().graph.nodes[i]);
  return traits[value.node];
}

MeasureCutter::Traits MeasureCutter::derive(const typed::Node &node) {
  Traits result;
  bool allCount = !node.operands.empty(), joins = false;
  for (typed::Value operand : node.operands) {
    const Traits &from = traits[operand.node];
    result.records |= from.records;
    result.sums |= from.sums;
    result.arguments |= from.arguments;
    allCount &= from.isCount || builder().typeOf(operand).element == typed::Element::Mask;
    joins |= batchAxisOf(builder().shapeOf(operand)).has_value();
  }
  bool hasBatch = batchAxisOf(node.types[0].shape).has_value();
  result.isCut = node.op == Op::Extent || (joins && !hasBatch);
  result.records |= hasBatch || result.isCut;
  result.sums |= result.isCut;
  result.arguments |= node.op == Op::Argument || node.op == Op::Random || node.op == Op::Extent;
  bool keepsCounts = node.op == Op::Mul || node.op == Op::Max || node.op == Op::Min ||
                     node.op == Op::Select || node.op == Op::Broadcast || node.op == Op::Reshape ||
                     node.op == Op::Transpose || node.op == Op::Slice || node.op == Op::Cast;
  result.isCount =
      (allCount && keepsCounts) || (node.op == Op::Constant && isSmallWhole(node.attributes.number));
  return result;
}

std::optional<int64_t> MeasureCutter::refuse(typed::Value value, const std::string &what) {
  Location at = nodeOf(value).where;
  evaluator.error(DiagnosticKind::MetricNotOnePass, where, {what}).label(at, "here");
  return std::nullopt;
}

int64_t MeasureCutter::push(MeasureNode node, typed::Value value) {
  for (const typed::Dim &dim : builder().shapeOf(value))
    node.shape.push_back(dim.size);
  train.nodes.push_back(std::move(node));
  return int64_t(train.nodes.size()) - 1;
}

// `kept` is what a call leaves for the runtime, `value` what the runtime makes of it.
int64_t MeasureCutter::total(TotalKind kind, typed::Value kept, typed::Value value) {
  auto [name, isNew] = this->kept.try_emplace({kept.node, kept.result}, std::to_string(this->kept.size()));
  if (isNew)
    builder().result("total", name->second, kept, where);
  train.totals.push_back({kind, name->second});
  MeasureNode node;
  node.op = "total";
  node.number = double(train.totals.size() - 1);
  return push(node, value);
}

// [records, …], also where an axis counts several elements a record.
typed::Value MeasureCutter::recordsFirst(typed::Value x, int64_t batchAxis) {
  std::vector<int64_t> order = allAxes(builder().shapeOf(x).size());
  std::rotate(order.begin(), order.begin() + batchAxis, order.begin() + batchAxis + 1);
  if (batchAxis != 0)
    x = builder().transpose(x, order);
  Shape shape = builder().shapeOf(x);
  if (shape[0].size == 1)
    return x;
  shape.insert(shape.begin() + 1, {shape[0].size, false});
  shape[0].size = 1;
  return builder().reshape(x, shape);
}

std::optional<int64_t> MeasureCutter::cutReduce(typed::Value value) {
  typed::Node node = nodeOf(value); // a copy: nodes are added
  typed::Value x = node.operands[0];
  const std::string &kind = node.attributes.text;
  if (kind == "max" || kind == "min")
    return total(kind == "max" ? TotalKind::Max : TotalKind::Min, value, value);
  if (kind != "sum")
    return refuse(value, "a product over all records");
  if (traitsOf(x).isCount)
    return total(TotalKind::Sum, value, value);
  int64_t batchAxis = *batchAxisOf(builder().shapeOf(x));
  bool severalPerRecord = builder().shapeOf(x)[batchAxis].size > 1;
  std::vector<int64_t> within; // axes of one record, counted with the batch axis in front
  for (int64_t axis : node.attributes.axes)
    if (axis != batchAxis)
      within.push_back(axis + (axis < batchAxis) + severalPerRecord);
  if (severalPerRecord)
    within.insert(within.begin(), 1);
  return total(TotalKind::Sum, builder().reduce("sum", recordsFirst(x, batchAxis), within), value);
}

std::optional<int64_t> MeasureCutter::cut(typed::Value value) {
  typed::Node node = nodeOf(value);
  if (node.op == Op::Extent) {
    MeasureNode rows;
    rows.op = "rows";
    rows.number = double(node.attributes.integer);
    return push(rows, value);
  }
  for (typed::Value operand : node.operands)
    if (traitsOf(operand).sums)
      return refuse(value, "a sum over all records inside another");
  if (node.op == Op::Reduce)
    return cutReduce(value);
  if (node.op == Op::Moments)
    return total(value.result == 0 ? TotalKind::Mean : TotalKind::Variance,
                 recordsFirst(node.operands[0], *batchAxisOf(builder().shapeOf(node.operands[0]))), value);
  if (node.op != Op::RankArea)
    return refuse(value, "joining all records by other than a sum, a maximum, moments or `rank_area`");
  typed::Value score = node.operands[0], positive = node.operands[1];
  Shape column = {{1, true}, {rowElements(builder().shapeOf(score)), false}, {1, false}};
  return total(TotalKind::Area,
               builder().concat({builder().reshape(score, column), builder().reshape(positive, column)}, 2),
               value);
}

// A node behind the sums, with its operands.
std::optional<int64_t> MeasureCutter::follow(typed::Value value) {
  typed::Node node = nodeOf(value);
  MeasureNode result;
  if (node.op == Op::Constant) {
    result.op = "constant";
    result.number = node.attributes.number;
    return push(result, value);
  }
  if (!isFollowing(node.op) || batchAxisOf(node.types[0].shape))
    return refuse(value, "this after the sum over all records");
  for (typed::Value operand : node.operands) {
    auto place = this->node(operand);
    if (!place)
      return std::nullopt;
    result.operands.push_back(*place);
  }
  result.op = nameOf(node);
  result.axes = node.attributes.axes;
  result.strides = node.attributes.strides;
  return push(result, value);
}

std::optional<int64_t> MeasureCutter::node(typed::Value value) {
  if (auto known = nodes.find({value.node, value.result}); known != nodes.end())
    return known->second;
  const Traits from = traitsOf(value);
  std::optional<int64_t> place;
  if (from.isCut)
    place = cut(value);
  else if (!from.records && from.arguments) // weights and hyperparameters: the same in every call
    place = total(TotalKind::Last, value, value);
  else
    place = follow(value);
  if (place)
    nodes[{value.node, value.result}] = *place;
  return place;
}

void refuseWholeSplit(Evaluator &evaluator, const typed::Graph &graph) {
  for (const typed::Node &node : graph.nodes)
    if (node.op == Op::RankArea)
      evaluator.error(DiagnosticKind::OnlyInMeasure, node.where, {"rank_area"});
}

bool MeasureCutter::add(const std::string &name, typed::Value value, Location measured) {
  where = measured;
  auto place = node(value);
  if (place)
    train.measures.push_back({name, *place});
  return place.has_value();
}

} // namespace nn::sema
