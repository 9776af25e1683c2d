#include "compiler/sema/LayerTable.h"
#include "compiler/basic/CheckedSize.h"

namespace nn::sema {

using typed::Op;

namespace {

// What each multiply-add of a contraction is counted by: the elements of the result, or of the input of a
// transposed convolution.
const Shape &countedShape(const typed::Graph &graph, const typed::Node &node) {
  if (node.op != Op::ConvInputGrad)
    return node.types[0].shape;
  typed::Value x = node.operands[0];
  return graph.nodes[x.node].types[x.result].shape;
}

// Multiply-adds for each of these: the length of the contracted axes.
int64_t contractedLength(const typed::Graph &graph, const typed::Node &node) {
  auto shapeOf = [&](typed::Value value) -> const Shape & {
    return graph.nodes[value.node].types[value.result].shape;
  };
  if (node.op == Op::MatMul)
    return shapeOf(node.operands[0]).back().size;
  if (node.op != Op::Conv && node.op != Op::ConvInputGrad)
    return 0;
  const Shape &filter = shapeOf(node.operands[1]);
  return rowElements(filter) / filter.back().size;
}

// Of several results, as of a recurrence with its final state, the first.
const Tensor *firstTensor(const Value &result) {
  if (auto *list = result.sequence())
    return list->elements.empty() ? nullptr : firstTensor(list->elements.front());
  return result.as<Tensor>();
}

} // namespace

int64_t macsOf(const typed::Graph &graph, size_t firstNode, const std::string &path) {
  int64_t total = 0;
  for (size_t i = firstNode; i < graph.nodes.size(); ++i) {
    const typed::Node &node = graph.nodes[i];
    int64_t length = node.path == path ? contractedLength(graph, node) : 0;
    if (length == 0)
      continue;
    auto macs = checkedMultiply(rowElements(countedShape(graph, node)), length);
    macs = macs ? checkedMultiply(*macs, node.turns) : macs;
    total = macs ? checkedAdd(total, *macs).value_or(INT64_MAX) : INT64_MAX;
  }
  return total;
}

void addLayerRow(Evaluator &evaluator, const Instance &instance, bool made, const Value &result,
                 size_t firstNode) {
  const Tensor *output = firstTensor(result);
  if (!output)
    return;
  typed::Layer row;
  row.path = instance.path;
  row.output = evaluator.typeOf(output->value);
  for (const Slot &slot : evaluator.program.slots) {
    if (slot.path.compare(0, row.path.size() + 1, row.path + ".") != 0 ||
        slot.path.find('.', row.path.size() + 1) != std::string::npos)
      continue;
    row.elements += rowElements(slot.shape);
    if (slot.role == "parameter")
      row.parameters += rowElements(slot.shape);
  }
  row.macs = macsOf(evaluator.builder().graph, firstNode, row.path);
  if (made && row.elements == 0 && row.macs == 0)
    return;
  // A shared layer has its parameters once.
  if (llvm::any_of(evaluator.graph->layers, [&](const typed::Layer &each) { return each.path == row.path; }))
    row.parameters = row.elements = 0;
  evaluator.graph->layers.push_back(std::move(row));
}

void joinLayers(std::vector<typed::Layer> &layers, const std::vector<typed::Layer> &more) {
  std::set<std::string> known;
  for (const typed::Layer &layer : layers)
    known.insert(layer.path);
  for (const typed::Layer &layer : more)
    if (!known.count(layer.path))
      layers.push_back(layer);
}

} // namespace nn::sema
