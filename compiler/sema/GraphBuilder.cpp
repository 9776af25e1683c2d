#include "compiler/sema/GraphBuilder.h"
#include <cstring>

namespace nn::sema {

using namespace typed;

namespace {

void append(std::string &key, const void *bytes, size_t count) {
  key.append(static_cast<const char *>(bytes), count);
}

template <typename T> void append(std::string &key, const T &scalar) { append(key, &scalar, sizeof(scalar)); }

void append(std::string &key, const std::vector<int64_t> &numbers) {
  append(key, numbers.size());
  append(key, numbers.data(), numbers.size() * sizeof(int64_t));
}

// All that makes a node what it is: two with one key have equal results.
std::string keyOf(const Node &node) {
  std::string key;
  append(key, node.op);
  append(key, node.operands.size());
  for (Value operand : node.operands) {
    append(key, operand.node);
    append(key, operand.result);
  }
  const Attributes &a = node.attributes;
  append(key, a.number);
  append(key, a.integer);
  for (auto *list : {&a.axes, &a.strides, &a.padding, &a.dilations})
    append(key, *list);
  key += a.text;
  key += char('0' + a.transposeLhs + 2 * a.transposeRhs);
  for (const TensorType &type : node.types) {
    append(key, type.element);
    append(key, type.classes);
    append(key, type.shape.size());
    for (const Dim &dim : type.shape) {
      append(key, dim.size);
      append(key, dim.batch);
    }
  }
  return key;
}

} // namespace

uint32_t fnv1a(const std::string &text) {
  uint32_t hash = 2166136261u;
  for (unsigned char c : text)
    hash = (hash ^ c) * 16777619u;
  return hash;
}

uint32_t GraphBuilder::add(Node node) {
  node.path = path;
  node.where = where;
  node.turns = turns;
  node.updated = updated;
  auto [entry, isNew] = known.try_emplace(keyOf(node), uint32_t(graph.nodes.size()));
  if (isNew)
    graph.nodes.push_back(std::move(node));
  return entry->second;
}

Value GraphBuilder::single(Op op, std::vector<Value> operands, TensorType type, Attributes attributes) {
  Node node;
  node.op = op;
  node.operands = std::move(operands);
  node.attributes = std::move(attributes);
  node.types.push_back(std::move(type));
  return {add(std::move(node)), 0};
}

Value GraphBuilder::argument(const std::string &role, const std::string &name, const TensorType &type) {
  auto [entry, isNew] = arguments.try_emplace(role + " " + name, 0);
  if (!isNew)
    return {entry->second, 0};
  Attributes attributes;
  attributes.integer = int64_t(graph.arguments.size());
  Value value = single(Op::Argument, {}, type, attributes);
  graph.arguments.push_back({role, name, type, value, where});
  entry->second = value.node;
  return value;
}

Value GraphBuilder::constant(double number, Element element) {
  Attributes attributes;
  attributes.number = number;
  return single(Op::Constant, {}, {element, {}, 0}, attributes);
}

Value GraphBuilder::extent(int64_t factor) {
  Attributes attributes;
  attributes.integer = factor;
  return single(Op::Extent, {}, {Element::Float, {}, 0}, attributes);
}

Value GraphBuilder::unary(Op op, Value x) { return single(op, {x}, typeOf(x)); }

Value GraphBuilder::binary(Op op, Value x, Value y) { return single(op, {x, y}, typeOf(x)); }

Value GraphBuilder::compare(const char *predicate, Value x, Value y) {
  Attributes attributes;
  attributes.text = predicate;
  return single(Op::Compare, {x, y}, {Element::Mask, shapeOf(x), 0}, attributes);
}

Value GraphBuilder::select(Value mask, Value x, Value y) {
  return single(Op::Select, {mask, x, y}, typeOf(x));
}

Value GraphBuilder::cast(Value x, Element element) {
  if (typeOf(x).element == element)
    return x;
  return single(Op::Cast, {x}, {element, shapeOf(x), 0});
}

Value GraphBuilder::broadcast(Value x, const Shape &shape) {
  std::vector<int64_t> axes;
  size_t rank = shapeOf(x).size();
  for (size_t i = 0; i < rank; ++i)
    axes.push_back(int64_t(shape.size() - rank + i));
  return broadcast(x, shape, std::move(axes));
}

Value GraphBuilder::broadcast(Value x, const Shape &shape, std::vector<int64_t> axes) {
  TensorType type = typeOf(x);
  if (type.shape == shape)
    return x;
  type.shape = shape;
  Attributes attributes;
  attributes.axes = std::move(axes);
  return single(Op::Broadcast, {x}, type, attributes);
}

Value GraphBuilder::reshape(Value x, const Shape &shape) {
  TensorType type = typeOf(x);
  if (type.shape == shape)
    return x;
  type.shape = shape;
  return single(Op::Reshape, {x}, type);
}

Value GraphBuilder::transpose(Value x, std::vector<int64_t> permutation) {
  TensorType type = typeOf(x);
  for (size_t i = 0; i < permutation.size(); ++i)
    type.shape[i] = shapeOf(x)[permutation[i]];
  Attributes attributes;
  attributes.axes = std::move(permutation);
  return single(Op::Transpose, {x}, type, attributes);
}

Value GraphBuilder::slice(Value x, std::vector<int64_t> starts, std::vector<int64_t> strides,
                          const Shape &shape) {
  TensorType type = typeOf(x);
  if (type.shape == shape)
    return x;
  type.shape = shape;
  Attributes attributes;
  attributes.axes = std::move(starts);
  attributes.strides = std::move(strides);
  return single(Op::Slice, {x}, type, attributes);
}

Value GraphBuilder::concat(const std::vector<Value> &parts, int64_t axis) {
  TensorType type = typeOf(parts.front());
  for (size_t i = 1; i < parts.size(); ++i)
    type.shape[axis].size += shapeOf(parts[i])[axis].size;
  Attributes attributes;
  attributes.integer = axis;
  return single(Op::Concat, parts, type, attributes);
}

Value GraphBuilder::reduce(const char *kind, Value x, const std::vector<int64_t> &axes) {
  if (axes.empty())
    return x;
  Attributes attributes;
  attributes.axes = axes;
  attributes.text = kind;
  return single(Op::Reduce, {x}, {Element::Float, without(shapeOf(x), axes), 0}, attributes);
}

Value GraphBuilder::count(const Shape &shape, const std::vector<int64_t> &axes) {
  Dim total;
  for (int64_t axis : axes)
    total = {total.size * shape[axis].size, total.batch || shape[axis].batch};
  return total.batch ? extent(total.size) : constant(double(total.size));
}

Value GraphBuilder::mean(Value x, const std::vector<int64_t> &axes) {
  Value sum = reduce("sum", x, axes);
  return binary(Op::Div, sum, broadcast(count(shapeOf(x), axes), shapeOf(sum)));
}

std::pair<Value, Value> GraphBuilder::moments(Value x, const std::vector<int64_t> &axes) {
  TensorType type{Element::Float, without(shapeOf(x), axes), 0};
  Node node;
  node.op = Op::Moments;
  node.operands = {x};
  node.attributes.axes = axes;
  node.types = {type, type};
  uint32_t number = add(std::move(node));
  return {{number, 0}, {number, 1}};
}

Value GraphBuilder::argMax(Value x, int64_t axis) {
  Attributes attributes;
  attributes.integer = axis;
  TensorType type{Element::Label, without(shapeOf(x), {axis}), shapeOf(x)[axis].size};
  return single(Op::ArgMax, {x}, type, attributes);
}

Value GraphBuilder::rankArea(Value score, Value positive) {
  return single(Op::RankArea, {score, positive}, {Element::Float, {}, 0});
}

Value GraphBuilder::oneHot(Value label, int64_t classes) {
  TensorType type{Element::Mask, shapeOf(label), 0};
  type.shape.push_back({classes, false});
  return single(Op::OneHot, {label}, type);
}

Value GraphBuilder::matMul(Value x, Value y) {
  TensorType type{Element::Float, shapeOf(x), 0};
  type.shape.back() = shapeOf(y).back();
  return single(Op::MatMul, {x, y}, type);
}

Value GraphBuilder::conv(Value x, Value filter, const Window &window, int64_t groups, const Shape &shape) {
  Attributes attributes;
  attributes.strides = window.strides;
  attributes.padding = window.padding;
  attributes.dilations = window.dilations;
  attributes.integer = groups;
  return single(Op::Conv, {x, filter}, {Element::Float, shape, 0}, attributes);
}

Value GraphBuilder::maxPool(Value x, const Window &window, const Shape &shape) {
  Attributes attributes;
  attributes.axes = window.sizes;
  attributes.strides = window.strides;
  attributes.padding = window.padding;
  return single(Op::MaxPool, {x}, {Element::Float, shape, 0}, attributes);
}

Value GraphBuilder::sumPool(Value x, const Window &window, const Shape &shape) {
  Attributes attributes;
  attributes.axes = window.sizes;
  attributes.strides = window.strides;
  attributes.padding = window.padding;
  return single(Op::SumPool, {x}, {Element::Float, shape, 0}, attributes);
}

Value GraphBuilder::convTranspose(Value x, Value filter, const Window &window, int64_t groups,
                                  const Shape &shape) {
  Attributes attributes;
  attributes.strides = window.strides;
  attributes.padding = window.padding;
  attributes.dilations = window.dilations;
  attributes.integer = groups;
  return single(Op::ConvInputGrad, {x, filter}, {Element::Float, shape, 0}, attributes);
}

Value GraphBuilder::iota(int64_t size) { return single(Op::Iota, {}, {Element::Float, {{size, false}}, 0}); }

Value GraphBuilder::gather(Value table, Value label) {
  TensorType type{Element::Float, shapeOf(label), 0};
  type.shape.insert(type.shape.end(), shapeOf(table).begin() + 1, shapeOf(table).end());
  return single(Op::Gather, {table, label}, type);
}

Value GraphBuilder::pad(Value x, const std::vector<int64_t> &low, const std::vector<int64_t> &high) {
  TensorType type = typeOf(x);
  for (size_t i = 0; i < low.size(); ++i)
    type.shape[i].size += low[i] + high[i];
  Attributes attributes;
  attributes.axes = low;
  attributes.padding = high;
  attributes.strides.assign(low.size(), 0);
  return single(Op::Pad, {x}, type, attributes);
}

Value GraphBuilder::random(const char *distribution, uint32_t purpose, Value seed, Value counter, Value ids,
                           const Shape &shape) {
  Attributes attributes;
  attributes.integer = purpose;
  attributes.text = distribution;
  std::vector<Value> operands{seed, counter};
  if (ids.isValid())
    operands.push_back(ids);
  return single(Op::Random, std::move(operands), {Element::Float, shape, 0}, attributes);
}

std::vector<Value> GraphBuilder::gradient(Value objective, const std::vector<Value> &with) {
  Node node;
  node.op = Op::Gradient;
  node.operands = {objective};
  for (Value value : with) {
    node.operands.push_back(value);
    node.types.push_back(typeOf(value));
  }
  uint32_t number = add(std::move(node));
  std::vector<Value> results;
  for (uint32_t i = 0; i < with.size(); ++i)
    results.push_back({number, i});
  return results;
}

Value GraphBuilder::scanStep(int64_t scan) {
  Attributes attributes;
  attributes.integer = scan;
  attributes.axes = {0};
  return single(Op::ScanStep, {}, {Element::Long, {}, 0}, attributes);
}

Value GraphBuilder::scanState(int64_t scan, int64_t place, const TensorType &type) {
  Attributes attributes;
  attributes.integer = scan;
  attributes.axes = {place + 1};
  return single(Op::ScanStep, {}, type, attributes);
}

Value GraphBuilder::take(Value x, Value t) {
  TensorType type = typeOf(x);
  type.shape.erase(type.shape.begin() + (type.shape.front().batch ? 1 : 0));
  return single(Op::Take, {x, t}, type);
}

std::vector<Value> GraphBuilder::scan(int64_t scan, int64_t steps, bool reverse,
                                      const std::vector<Value> &first, const std::vector<Value> &next,
                                      const std::vector<Value> &stacked) {
  Node node;
  node.op = Op::Scan;
  node.attributes.integer = scan;
  node.attributes.axes = {int64_t(first.size())};
  node.attributes.strides = {steps};
  node.attributes.text = reverse ? "reverse" : "";
  for (const auto *list : {&first, &next, &stacked})
    node.operands.insert(node.operands.end(), list->begin(), list->end());
  for (Value state : first)
    node.types.push_back(typeOf(state));
  for (Value value : stacked) {
    TensorType type = typeOf(value);
    bool batch = !type.shape.empty() && type.shape.front().batch;
    type.shape.insert(type.shape.begin() + batch, {steps, false});
    node.types.push_back(type);
  }
  size_t count = node.types.size();
  uint32_t number = add(std::move(node));
  std::vector<Value> results;
  for (uint32_t i = 0; i < count; ++i)
    results.push_back({number, i});
  return results;
}

Value GraphBuilder::repeat(const Node &node, std::vector<Value> operands, uint32_t result) {
  Node copy = node;
  copy.operands = std::move(operands);
  return {add(std::move(copy)), result};
}

void GraphBuilder::result(const std::string &role, const std::string &name, Value value, Location where) {
  graph.results.push_back({role, name, typeOf(value), value, where});
}

std::vector<bool> GraphBuilder::reachable(const std::vector<Value> &roots) const {
  std::vector<bool> needed(graph.nodes.size(), false);
  for (Value root : roots)
    needed[root.node] = true;
  for (size_t i = graph.nodes.size(); i-- > 0;)
    if (needed[i])
      for (Value operand : graph.nodes[i].operands)
        needed[operand.node] = true;
  return needed;
}

void GraphBuilder::prune() {
  std::vector<Value> roots;
  for (const Port &port : graph.results)
    roots.push_back(port.value);
  std::vector<bool> needed = reachable(roots);

  std::vector<uint32_t> renumbered(graph.nodes.size());
  std::vector<Node> nodes;
  std::vector<Port> ports;
  for (size_t i = 0; i < graph.nodes.size(); ++i) {
    if (!needed[i])
      continue;
    Node &node = graph.nodes[i];
    renumbered[i] = uint32_t(nodes.size());
    for (Value &operand : node.operands)
      operand.node = renumbered[operand.node];
    if (node.op == Op::Argument) {
      ports.push_back(graph.arguments[node.attributes.integer]);
      ports.back().value = {renumbered[i], 0};
      node.attributes.integer = int64_t(ports.size()) - 1;
    }
    nodes.push_back(std::move(node));
  }
  for (Port &port : graph.results)
    port.value.node = renumbered[port.value.node];
  graph.nodes = std::move(nodes);
  graph.arguments = std::move(ports);
  known.clear();
  arguments.clear();
}

} // namespace nn::sema
