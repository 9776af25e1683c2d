// The typed AST: the program after names, shapes, types and compile-time values are resolved. Layers, losses
// and optimizers are expanded; what is left are graphs of tensor primitives, one for each entry of the
// executable, and the facts its descriptor needs. irgen maps each node to one op of the dialect and decides
// nothing.
#ifndef NN_SEMA_TYPEDAST_H
#define NN_SEMA_TYPEDAST_H

#include "compiler/basic/Location.h"
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace nn::typed {

// An axis: `size`, or `size` times the row count of the call.
struct Dim {
  int64_t size = 1;
  bool batch = false;
  bool operator==(const Dim &other) const { return size == other.size && batch == other.batch; }
};

enum class Element { Float, Mask, Label, Long }; // program's float type, i1, i32, i64

struct TensorType {
  Element element = Element::Float;
  std::vector<Dim> shape;
  int64_t classes = 0; // k of class(k), for labels
};

// One primitive of the dialect; the names are the ops' own. Argument is an argument of the graph.
enum class Op {
  Argument,
  Constant,
  Extent,
  Neg,
  Exp,
  Log,
  Sqrt,
  Rsqrt,
  Tanh,
  Sin,
  Cos,
  Erf,
  Abs,
  Sign,
  Floor,
  Add,
  Sub,
  Mul,
  Div,
  Max,
  Min,
  Pow,
  Compare,
  Select,
  And,
  Or,
  Xor,
  Cast,
  Broadcast,
  Reshape,
  Transpose,
  Slice,
  Pad,
  Concat,
  Reduce,
  ArgMax,
  Moments,
  OneHot,
  MatMul,
  Conv,
  ConvInputGrad, // a transposed convolution
  MaxPool,
  SumPool,
  Iota,
  Gather,
  Random,
  StopGradient,
  Gradient,
  ScanStep,
  Take,
  Scan,
  RankArea // of scores and whether each is positive: of a whole split, so only in measures
};

const char *opName(Op op);

// A result of a node.
struct Value {
  uint32_t node = UINT32_MAX;
  uint32_t result = 0;
  bool isValid() const { return node != UINT32_MAX; }
  bool operator==(const Value &other) const { return node == other.node && result == other.result; }
};

// The attributes of all ops; each op uses those its description in dialect/ops/ names.
struct Attributes {
  double number = 0;   // Constant: the value of every element
  int64_t integer = 0; // ScanStep, Scan: number of the scan; Argument: index; Extent: factor; Concat, ArgMax:
                       // axis; Random: purpose; Conv: groups
  std::vector<int64_t> axes; // Broadcast, Reduce, Moments: axes; Transpose: permutation; Slice: starts; Pad:
                             // low; MaxPool, SumPool: window
  std::vector<int64_t> strides;   // Slice, Conv, the pools; Pad: interior; Scan: steps
  std::vector<int64_t> padding;   // Conv, the pools: low0, high0, low1, high1, …; Pad: high
  std::vector<int64_t> dilations; // Conv
  std::string text; // Compare: predicate; Reduce: kind; Random: distribution; Scan: "reverse" or empty
  bool transposeLhs = false, transposeRhs = false; // MatMul
};

// Operands are in the order of dialect/ops/. A batch axis that an op makes from nothing (Broadcast, Random,
// Constant through Broadcast) needs no operand: irgen passes the entry's row count. Random: seed, counter,
// and ids if any. Gradient: objective, then the values; one result per value. MaxPool: irgen yields the
// maximum only.
//
// The body of a scan stands before it, between other nodes: it is what depends on its ScanStep nodes, which
// are t (axes 0) and the states (axes 1, 2, …) at the beginning of a step. Scan: first states, next states,
// values to stack; axes the number of states; results the last states, then the stacks. Take: x and t.
struct Node {
  Op op;
  std::vector<Value> operands;
  Attributes attributes;
  std::vector<TensorType> types; // of the results
  std::string path;              // layer it belongs to, `LeNet.Conv_1`, empty outside
  // Of an optimizer: the layer whose parameter it updates, empty where it serves several.
  std::optional<std::string> updated;
  int64_t turns = 1; // how often it is computed: the steps of the scans around it
  Location where;
};

// An argument or a result of a graph; roles and names are those of compiler/dialect/README.md.
struct Port {
  std::string role, name;
  TensorType type;
  Value value; // of a result
  Location where;
};

// An entry. Nodes are in order: operands come before their users.
struct Graph {
  std::string name; // init, classify.step, classify.eval, predict
  std::vector<Port> arguments;
  std::vector<Node> nodes;
  std::vector<Port> results;
};

struct CallArgument {
  std::string name; // empty for a path
  std::optional<double> number;
  std::string text;
  std::optional<uint32_t> hyper{}; // gives the number at run time
};

// A data source, a preprocessing step, an augmentation, for the runtime.
struct Call {
  std::string name;
  std::vector<CallArgument> arguments;
};

// As in runtime/abi/Program.h, in the same order.
enum class FieldKind { Plain, Column, Target, Skip, Features, Soft };
enum class Cell { Number, Class, Category, Date };

struct Field {
  std::string name;
  TensorType type{}; // without the batch axis
  std::vector<Call> steps{}, augments{};
  FieldKind kind = FieldKind::Plain;
  Cell cell = Cell::Number;
  std::string sourceName{}; // the name that the source has for it
  int64_t span = 1;         // columns of the source
  int64_t categories = 0;   // k of `category(k)`
  bool hasUnknown = false;  // one category more
  uint32_t of = 0;          // soft: the field whose classes these are
};

struct DataSet {
  std::string name;
  std::optional<Call> train, validation, test;
  double validationShare = 0, testShare = 0; // of train
  std::vector<Field> fields;
  std::optional<Call> partition, windows;
  bool dropsDuplicates = false;
  std::optional<uint32_t> balance;   // field
  std::vector<std::string> mistaken; // names that would be fields, had there been no errors
};

enum class HyperType { Float, Int, Bool };
enum class RangeKind { None, Linear, Log, List };

struct Hyper {
  std::string name, doc;
  HyperType type = HyperType::Float;
  bool compiled = false; // changes the program
  double value = 0;
  RangeKind range = RangeKind::None;
  double low = 0, high = 0;
  std::vector<double> choices;
};

// How the runtime joins what the calls of `eval` leave: tensors with a value for each record, or one for the
// call.
enum class TotalKind { Sum, Max, Min, Mean, Variance, Area, Last };
struct Total {
  TotalKind kind;
  std::string name; // of a result of the graph
};

// A step from totals to measures: the ops of the dialect, `reduce_sum`, `lt`; `total` and `rows`.
struct MeasureNode {
  std::string op;
  std::vector<int64_t> operands; // earlier nodes
  std::vector<int64_t> shape;
  std::vector<int64_t> axes, strides; // as in Attributes
  double number = 0;                  // constant: the value; total: which; rows: the factor
};

struct Measure {
  std::string name;
  int64_t node;
};

struct Train {
  std::string name;
  std::vector<uint32_t> data; // an epoch is over the first; the others cycle beside it
  int64_t batch = 0, epochs = 0;
  int32_t epochsHyper = -1, batchHyper = -1; // the hyperparameter that sets it, or -1
  std::vector<Total> totals;
  std::vector<MeasureNode> nodes;
  std::vector<Measure> measures;
};

// A row of `summary`.
struct Layer {
  std::string path;
  TensorType output;
  int64_t parameters = 0, macs = 0, elements = 0; // macs for one row; elements of parameters and state
};

struct Program {
  std::string name, sourceDirectory;
  std::vector<Hyper> hypers;
  std::vector<DataSet> data;
  std::vector<Train> trains;
  std::vector<Layer> layers;
  std::vector<Graph> graphs;
  std::optional<uint32_t> predictData;
};

} // namespace nn::typed
#endif
