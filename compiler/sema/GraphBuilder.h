// Builds one graph of primitives. Equal nodes are made once (all primitives are pure), so that a network
// applied twice to the same value is computed once. Callers have checked shapes; here they are only derived.
#ifndef NN_SEMA_GRAPHBUILDER_H
#define NN_SEMA_GRAPHBUILDER_H

#include "compiler/sema/Shapes.h"
#include <string>
#include <unordered_map>

namespace nn::sema {

// Attributes of a window over the spatial axes: one entry each, `padding` two.
struct Window {
  std::vector<int64_t> sizes, strides, padding, dilations;
};

class GraphBuilder {
public:
  typed::Graph graph;
  std::string path;                   // of new nodes
  int64_t turns = 1;                  // of new nodes
  std::optional<std::string> updated; // of new nodes
  Location where;                     // of new nodes

  const typed::TensorType &typeOf(typed::Value value) const {
    return graph.nodes[value.node].types[value.result];
  }
  const Shape &shapeOf(typed::Value value) const { return typeOf(value).shape; }

  typed::Value argument(const std::string &role, const std::string &name, const typed::TensorType &type);
  typed::Value constant(double number, typed::Element element = typed::Element::Float);
  // The row count times `factor`.
  typed::Value extent(int64_t factor);

  typed::Value unary(typed::Op op, typed::Value x);
  typed::Value binary(typed::Op op, typed::Value x, typed::Value y); // equal shapes
  typed::Value compare(const char *predicate, typed::Value x, typed::Value y);
  typed::Value select(typed::Value mask, typed::Value x, typed::Value y);
  typed::Value cast(typed::Value x, typed::Element element);

  // Adds the leading axes that `x` lacks.
  typed::Value broadcast(typed::Value x, const Shape &shape);
  typed::Value broadcast(typed::Value x, const Shape &shape, std::vector<int64_t> axes);
  typed::Value reshape(typed::Value x, const Shape &shape);
  typed::Value transpose(typed::Value x, std::vector<int64_t> permutation);
  typed::Value slice(typed::Value x, std::vector<int64_t> starts, std::vector<int64_t> strides,
                     const Shape &shape);
  typed::Value concat(const std::vector<typed::Value> &parts, int64_t axis);

  typed::Value reduce(const char *kind, typed::Value x, const std::vector<int64_t> &axes);
  // How many elements `reduce` joins, as a float scalar.
  typed::Value count(const Shape &shape, const std::vector<int64_t> &axes);
  typed::Value mean(typed::Value x, const std::vector<int64_t> &axes);
  // Mean and biased variance.
  std::pair<typed::Value, typed::Value> moments(typed::Value x, const std::vector<int64_t> &axes);
  typed::Value argMax(typed::Value x, int64_t axis);
  typed::Value rankArea(typed::Value score, typed::Value positive);
  typed::Value oneHot(typed::Value label, int64_t classes);

  typed::Value matMul(typed::Value x, typed::Value y);
  typed::Value conv(typed::Value x, typed::Value filter, const Window &window, int64_t groups,
                    const Shape &shape);
  typed::Value maxPool(typed::Value x, const Window &window, const Shape &shape);
  typed::Value sumPool(typed::Value x, const Window &window, const Shape &shape);
  // The adjoint of the convolution that makes `x` from a value of `shape`.
  typed::Value convTranspose(typed::Value x, typed::Value filter, const Window &window, int64_t groups,
                             const Shape &shape);
  // 0, 1, …, size - 1.
  typed::Value iota(int64_t size);
  // Rows of `table` by their numbers.
  typed::Value gather(typed::Value table, typed::Value label);
  // Zeros before and behind, `low` and `high` for each axis.
  typed::Value pad(typed::Value x, const std::vector<int64_t> &low, const std::vector<int64_t> &high);
  // `ids` may be invalid.
  typed::Value random(const char *distribution, uint32_t purpose, typed::Value seed, typed::Value counter,
                      typed::Value ids, const Shape &shape);
  typed::Value stopGradient(typed::Value x) { return unary(typed::Op::StopGradient, x); }
  std::vector<typed::Value> gradient(typed::Value objective, const std::vector<typed::Value> &with);

  // The number of a new scan; its t, or the state `place` at the beginning of a step.
  int64_t startScan() { return scans++; }
  typed::Value scanStep(int64_t scan);
  typed::Value scanState(int64_t scan, int64_t place, const typed::TensorType &type);
  // `x` at t along the scanned axis, which is its second if the first is the batch, else its first.
  typed::Value take(typed::Value x, typed::Value t);
  // The last states, then the stacks.
  std::vector<typed::Value> scan(int64_t scan, int64_t steps, bool reverse,
                                 const std::vector<typed::Value> &first,
                                 const std::vector<typed::Value> &next,
                                 const std::vector<typed::Value> &stacked);

  // A node of another graph with these operands.
  typed::Value repeat(const typed::Node &node, std::vector<typed::Value> operands, uint32_t result);

  void result(const std::string &role, const std::string &name, typed::Value value, Location where);
  // The numbers of the nodes that `roots` depend on.
  std::vector<bool> reachable(const std::vector<typed::Value> &roots) const;
  // Drops nodes and arguments that no result needs.
  void prune();

private:
  uint32_t add(typed::Node node);
  typed::Value single(typed::Op op, std::vector<typed::Value> operands, typed::TensorType type,
                      typed::Attributes attributes = {});

  int64_t scans = 0;
  std::unordered_map<std::string, uint32_t> known; // a node's text to its number
  std::unordered_map<std::string, uint32_t> arguments;
};

// 32-bit FNV-1a: the purpose of a random draw from its path.
uint32_t fnv1a(const std::string &text);

} // namespace nn::sema
#endif
