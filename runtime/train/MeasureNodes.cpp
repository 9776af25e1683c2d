// The meaning of each op is that of the nn dialect.
#include "runtime/train/MeasureNodes.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

using namespace nnrt;

namespace {

using Values = std::vector<double>;
using Places = std::vector<int64_t>;

struct Unary {
  const char *name;
  double (*compute)(double);
};
constexpr Unary unaries[] = {{"neg", [](double x) { return -x; }},
                             {"exp", [](double x) { return std::exp(x); }},
                             {"log", [](double x) { return std::log(x); }},
                             {"sqrt", [](double x) { return std::sqrt(x); }},
                             {"rsqrt", [](double x) { return 1 / std::sqrt(x); }},
                             {"tanh", [](double x) { return std::tanh(x); }},
                             {"sin", [](double x) { return std::sin(x); }},
                             {"cos", [](double x) { return std::cos(x); }},
                             {"erf", [](double x) { return std::erf(x); }},
                             {"abs", [](double x) { return std::abs(x); }},
                             {"sign", [](double x) { return double((x > 0) - (x < 0)); }},
                             {"floor", [](double x) { return std::floor(x); }},
                             {"cast", [](double x) { return x; }},
                             {"reshape", [](double x) { return x; }}};

struct Binary {
  const char *name;
  double (*compute)(double, double);
};
constexpr Binary binaries[] = {{"add", [](double x, double y) { return x + y; }},
                               {"sub", [](double x, double y) { return x - y; }},
                               {"mul", [](double x, double y) { return x * y; }},
                               {"div", [](double x, double y) { return x / y; }},
                               {"max", [](double x, double y) { return std::max(x, y); }},
                               {"min", [](double x, double y) { return std::min(x, y); }},
                               {"pow", [](double x, double y) { return std::pow(x, y); }},
                               {"eq", [](double x, double y) { return double(x == y); }},
                               {"ne", [](double x, double y) { return double(x != y); }},
                               {"lt", [](double x, double y) { return double(x < y); }},
                               {"le", [](double x, double y) { return double(x <= y); }},
                               {"gt", [](double x, double y) { return double(x > y); }},
                               {"ge", [](double x, double y) { return double(x >= y); }},
                               {"and", [](double x, double y) { return double(x != 0 && y != 0); }},
                               {"or", [](double x, double y) { return double(x != 0 || y != 0); }},
                               {"xor", [](double x, double y) { return double((x != 0) != (y != 0)); }}};

int64_t sizeOf(const nn_node &node) {
  int64_t size = 1;
  for (uint32_t i = 0; i < node.rank; ++i)
    size *= node.shape[i];
  return size;
}

// The position of an element along each axis.
Places placesOf(const nn_node &node, int64_t element) {
  Places places(node.rank);
  for (uint32_t i = node.rank; i-- > 0; element /= node.shape[i])
    places[i] = element % node.shape[i];
  return places;
}

int64_t elementAt(const nn_node &node, const Places &places) {
  int64_t element = 0;
  for (uint32_t i = 0; i < node.rank; ++i)
    element = element * node.shape[i] + places[i];
  return element;
}

// Where the element of the result comes from in the operand.
Places sourceOf(const nn_node &node, const nn_node &operand, const Places &places) {
  Places from(operand.rank);
  for (uint32_t i = 0; i < operand.rank; ++i) {
    if (!strcmp(node.op, "broadcast"))
      from[i] = places[size_t(node.axes[i])];
    else if (!strcmp(node.op, "transpose"))
      from[size_t(node.axes[i])] = places[i];
    else // slice
      from[i] = node.axes[i] + places[i] * node.strides[i];
  }
  return from;
}

Values moved(const nn_node &node, const nn_node &operand, const Values &x) {
  Values result;
  for (int64_t i = 0; i < sizeOf(node); ++i)
    result.push_back(x[size_t(elementAt(operand, sourceOf(node, operand, placesOf(node, i))))]);
  return result;
}

Values reduced(const nn_node &node, const nn_node &operand, const Values &x) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const char *kind = node.op + strlen("reduce_");
  double start = !strcmp(kind, "max") ? -infinity : !strcmp(kind, "min") ? infinity : !strcmp(kind, "prod");
  Values result(size_t(sizeOf(node)), start);
  for (int64_t i = 0; i < int64_t(x.size()); ++i) {
    Places all = placesOf(operand, i), left;
    for (uint32_t axis = 0; axis < operand.rank; ++axis)
      if (std::find(node.axes, node.axes + node.axis_count, int64_t(axis)) == node.axes + node.axis_count)
        left.push_back(all[axis]);
    double &into = result[size_t(elementAt(node, left))], value = x[size_t(i)];
    into = !strcmp(kind, "max")    ? std::max(into, value)
           : !strcmp(kind, "min")  ? std::min(into, value)
           : !strcmp(kind, "prod") ? into * value
                                   : into + value;
  }
  return result;
}

Values computed(const nn_train &train, const nn_node &node, const std::vector<Values> &values) {
  auto operand = [&](int i) -> const Values & { return values[size_t(node.operands[i])]; };
  Values result;
  if (!strcmp(node.op, "constant"))
    return Values(size_t(sizeOf(node)), node.number);
  if (!strcmp(node.op, "broadcast") || !strcmp(node.op, "transpose") || !strcmp(node.op, "slice"))
    return moved(node, train.nodes[node.operands[0]], operand(0));
  if (!strncmp(node.op, "reduce_", strlen("reduce_")))
    return reduced(node, train.nodes[node.operands[0]], operand(0));
  if (!strcmp(node.op, "select")) {
    for (size_t i = 0; i < operand(0).size(); ++i)
      result.push_back(operand(0)[i] != 0 ? operand(1)[i] : operand(2)[i]);
    return result;
  }
  for (const Unary &unary : unaries)
    if (!strcmp(node.op, unary.name))
      for (double x : operand(0))
        result.push_back(unary.compute(x));
  for (const Binary &binary : binaries)
    if (!strcmp(node.op, binary.name))
      for (size_t i = 0; i < operand(0).size(); ++i)
        result.push_back(binary.compute(operand(0)[i], operand(1)[i]));
  return result;
}

} // namespace

std::vector<Values> nnrt::evaluateNodes(const nn_train &train, const std::vector<Values> &totals,
                                        int64_t rows) {
  std::vector<Values> values;
  for (uint32_t i = 0; i < train.node_count; ++i) {
    const nn_node &node = train.nodes[i];
    if (!strcmp(node.op, "total"))
      values.push_back(totals[size_t(node.number)]);
    else if (!strcmp(node.op, "rows"))
      values.push_back({node.number * double(rows)});
    else
      values.push_back(computed(train, node, values));
  }
  return values;
}
