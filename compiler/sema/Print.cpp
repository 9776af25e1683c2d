// `--emit=typed-ast`: one line a fact, one line a node.
#include "compiler/sema/Analyze.h"
#include "compiler/sema/Shapes.h"
#include "compiler/sema/Value.h"

namespace nn {

using namespace typed;
using sema::formatNumber;

const char *typed::opName(Op op) {
  static const char *const names[] = {"argument",
                                      "constant",
                                      "extent",
                                      "neg",
                                      "exp",
                                      "log",
                                      "sqrt",
                                      "rsqrt",
                                      "tanh",
                                      "sin",
                                      "cos",
                                      "erf",
                                      "abs",
                                      "sign",
                                      "floor",
                                      "add",
                                      "sub",
                                      "mul",
                                      "div",
                                      "max",
                                      "min",
                                      "pow",
                                      "compare",
                                      "select",
                                      "and",
                                      "or",
                                      "xor",
                                      "cast",
                                      "broadcast",
                                      "reshape",
                                      "transpose",
                                      "slice",
                                      "pad",
                                      "concat",
                                      "reduce",
                                      "argmax",
                                      "moments",
                                      "one_hot",
                                      "matmul",
                                      "conv",
                                      "conv_input_grad",
                                      "max_pool",
                                      "sum_pool",
                                      "iota",
                                      "gather",
                                      "random",
                                      "stop_gradient",
                                      "gradient",
                                      "scan_step",
                                      "take",
                                      "scan",
                                      "rank_area"};
  return names[int(op)];
}

namespace {

void printList(llvm::raw_ostream &out, const char *name, const std::vector<int64_t> &numbers) {
  if (numbers.empty())
    return;
  out << " " << name << "=[";
  for (size_t i = 0; i < numbers.size(); ++i)
    out << (i ? ", " : "") << numbers[i];
  out << "]";
}

void printAttributes(llvm::raw_ostream &out, const Node &node) {
  const Attributes &a = node.attributes;
  if (node.op == Op::Constant)
    out << " " << formatNumber(a.number);
  if (node.op == Op::Extent || node.op == Op::Concat || node.op == Op::ArgMax || node.op == Op::Random ||
      node.op == Op::Conv)
    out << " " << a.integer;
  if (node.op == Op::ScanStep || node.op == Op::Scan)
    out << " #" << a.integer;
  if (!a.text.empty())
    out << " \"" << a.text << "\"";
  printList(out, "axes", a.axes);
  printList(out, "strides", a.strides);
  printList(out, "padding", a.padding);
  printList(out, "dilations", a.dilations);
}

void printValue(llvm::raw_ostream &out, Value value) {
  out << "%" << value.node;
  if (value.result)
    out << "#" << value.result;
}

void printNode(llvm::raw_ostream &out, const Graph &graph, size_t number) {
  const Node &node = graph.nodes[number];
  out << "    %" << number << " = " << opName(node.op);
  if (node.op == Op::Argument) {
    const Port &port = graph.arguments[node.attributes.integer];
    out << " " << port.role << " " << port.name;
  }
  for (size_t i = 0; i < node.operands.size(); ++i) {
    out << (i ? ", " : " ");
    printValue(out, node.operands[i]);
  }
  printAttributes(out, node);
  out << " : ";
  for (size_t i = 0; i < node.types.size(); ++i)
    out << (i ? ", " : "") << sema::toString(node.types[i]);
  if (!node.path.empty() && node.op != Op::Argument && node.op != Op::Constant)
    out << "  // " << node.path;
  out << "\n";
}

void printGraph(llvm::raw_ostream &out, const Graph &graph) {
  out << "  graph " << graph.name << "\n";
  for (size_t i = 0; i < graph.nodes.size(); ++i)
    printNode(out, graph, i);
  for (const Port &port : graph.results) {
    out << "    " << port.role << " " << port.name << " = ";
    printValue(out, port.value);
    out << "\n";
  }
}

void printCall(llvm::raw_ostream &out, const Call &call) {
  out << call.name << "(";
  for (size_t i = 0; i < call.arguments.size(); ++i) {
    const CallArgument &argument = call.arguments[i];
    out << (i ? ", " : "") << argument.name << (argument.name.empty() ? "" : ": ");
    if (argument.number)
      out << formatNumber(*argument.number);
    else
      out << "\"" << argument.text << "\"";
    if (argument.hyper)
      out << " by hyper " << *argument.hyper;
  }
  out << ")";
}

void printField(llvm::raw_ostream &out, const Field &field) {
  static const char *const kinds[] = {"field", "column", "target", "skip", "features", "soft"};
  out << "    " << kinds[int(field.kind)] << " " << field.name << ": " << sema::toString(field.type);
  if (field.sourceName != field.name)
    out << " from \"" << field.sourceName << "\"";
  for (const Call &step : field.steps) {
    out << " |> ";
    printCall(out, step);
  }
  for (const Call &augmentation : field.augments) {
    out << " augmented by ";
    printCall(out, augmentation);
  }
  out << "\n";
}

void printData(llvm::raw_ostream &out, const DataSet &data) {
  out << "  data " << data.name << "\n";
  for (const auto &[name, source] :
       {std::pair("train", &data.train), std::pair("validation", &data.validation),
        std::pair("test", &data.test)})
    if (*source) {
      out << "    " << name << " = ";
      printCall(out, **source);
      out << "\n";
    }
  for (const auto &[name, share] :
       {std::pair("validation", data.validationShare), std::pair("test", data.testShare)})
    if (share > 0)
      out << "    " << name << " = " << formatNumber(share) << " of train\n";
  for (const auto &[name, call] :
       {std::pair("partition", &data.partition), std::pair("windows", &data.windows)})
    if (*call) {
      out << "    ";
      printCall(out, **call);
      out << "\n";
    }
  if (data.dropsDuplicates)
    out << "    duplicates = drop\n";
  if (data.balance)
    out << "    balance = " << data.fields[*data.balance].name << "\n";
  for (const Field &field : data.fields)
    printField(out, field);
}

void printMeasures(llvm::raw_ostream &out, const Train &train) {
  static const char *const kinds[] = {"sum", "max", "min", "mean", "variance", "area", "last"};
  for (size_t i = 0; i < train.nodes.size(); ++i) {
    const MeasureNode &node = train.nodes[i];
    out << "    #" << i << " = " << node.op;
    if (node.op == "total") {
      const Total &total = train.totals[size_t(node.number)];
      out << " " << kinds[int(total.kind)] << " of " << total.name;
    } else if (node.op == "rows" || node.op == "constant") {
      out << " " << formatNumber(node.number);
    }
    for (int64_t operand : node.operands)
      out << " #" << operand;
    printList(out, "shape", node.shape);
    printList(out, "axes", node.axes);
    out << "\n";
  }
  for (const Measure &measure : train.measures)
    out << "    measure " << measure.name << " = #" << measure.node << "\n";
}

void printHyper(llvm::raw_ostream &out, const Hyper &hyper) {
  static const char *const types[] = {"f32", "int", "bool"};
  out << "  hyper " << hyper.name << ": " << types[int(hyper.type)] << " = " << formatNumber(hyper.value);
  if (hyper.range == RangeKind::List) {
    out << " in [";
    for (size_t i = 0; i < hyper.choices.size(); ++i)
      out << (i ? ", " : "") << formatNumber(hyper.choices[i]);
    out << "]";
  } else if (hyper.range != RangeKind::None) {
    out << " in " << (hyper.range == RangeKind::Log ? "log(" : "linear(") << formatNumber(hyper.low) << ", "
        << formatNumber(hyper.high) << ")";
  }
  out << (hyper.compiled ? " compiled\n" : "\n");
}

} // namespace

void print(const Program &program, llvm::raw_ostream &out) {
  out << "program " << program.name << "\n";
  for (const Hyper &hyper : program.hypers)
    printHyper(out, hyper);
  for (const DataSet &data : program.data)
    printData(out, data);
  for (const Train &train : program.trains) {
    out << "  train " << train.name << " on ";
    for (size_t i = 0; i < train.data.size(); ++i)
      out << (i ? ", " : "") << program.data[train.data[i]].name;
    out << " batch " << train.batch << " epochs " << train.epochs << "\n";
    printMeasures(out, train);
  }
  if (program.predictData)
    out << "  predict on " << program.data[*program.predictData].name << "\n";
  for (const Layer &layer : program.layers)
    out << "  layer " << layer.path << ": " << sema::toString(layer.output) << " parameters "
        << layer.parameters << " macs " << layer.macs << " elements " << layer.elements << "\n";
  for (const Graph &graph : program.graphs)
    printGraph(out, graph);
}

} // namespace nn
