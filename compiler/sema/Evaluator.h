// The evaluator: runs bodies with the values that are known when compiling, and emits a node for each
// operation on tensors. Layers, losses and functions are expanded in place. Its methods are spread over
// Eval*.cpp by subject.
#ifndef NN_SEMA_EVALUATOR_H
#define NN_SEMA_EVALUATOR_H

#include "compiler/sema/Builtins.h"
#include "compiler/sema/Program.h"
#include "compiler/sema/Scope.h"
#include "llvm/ADT/STLExtras.h"
#include <cmath>

namespace nn::sema {

// A call's arguments, evaluated.
struct CallValue {
  std::string name; // empty when positional
  Value value;
  Location where, nameWhere;
};
using CallValues = std::vector<CallValue>;

// What a `scan` goes along: a tensor with the scanned axis in its place, or a number or flag for all steps.
struct ScanSequence {
  std::optional<typed::Value> tensor;
  Value constant;
  int64_t steps = 0;
  size_t axis = 0; // where the scanned axis was
};

// A value's shape against a written one: what does not fit, and where the sizes of the text come from.
struct ShapeMatch {
  Location where; // of the value
  std::vector<std::string> conflicts{};
  std::vector<std::pair<Location, std::string>> origins{};
};

// A size with a fraction or below 1, and the sizes it was computed from.
struct OddSize {
  struct Name {
    std::string text;
    int64_t size;
    Location where;
  };
  Location where;
  std::vector<Name> names;
};

class Evaluator {
public:
  explicit Evaluator(Program &program) : program(program) {}

  Program &program;
  GraphContext *graph = nullptr; // of new nodes
  Scope *scope = nullptr;
  Frame *frame = nullptr;

  GraphBuilder &builder() { return graph->builder; }
  DiagnosticBuilder error(DiagnosticKind kind, Location where,
                          std::initializer_list<std::string> arguments = {}) {
    return program.reporter.report(kind, where, arguments);
  }
  Value fail(DiagnosticKind kind, Location where, std::initializer_list<std::string> arguments = {}) {
    error(kind, where, arguments);
    return Poison();
  }
  std::string text(Location where) const;

  // EvalExpr.cpp
  Value evaluate(const ast::Expr &expr);
  Value evaluate(const ast::Expr &expr, std::optional<NameKind> preferred);
  Value lookUp(const std::string &name, Location where);
  void unknownName(const std::string &what, const std::string &name, Location where,
                   const std::vector<std::string> &candidates);
  std::vector<std::string> visibleNames() const;

  // EvalOperators.cpp
  Value evaluateBinary(const ast::BinaryExpr &expr);
  Value evaluateUnary(const ast::UnaryExpr &expr);
  Value binary(ast::BinaryOperator op, const Value &left, const Value &right, Location where,
               Location leftWhere, Location rightWhere);
  Value elementwise(typed::Op op, const char *name, const Value &left, const Value &right, Location where,
                    Location leftWhere, Location rightWhere);
  Value power(const Value &base, const Value &exponent, Location where, Location leftWhere,
              Location rightWhere);
  Value matMul(const Value &left, const Value &right, Location where, Location leftWhere,
               Location rightWhere);
  // The common shape of operands, aligned at the last axis; reports and returns nothing when they do not fit.
  std::optional<Shape> commonShape(const char *name, typed::Value x, typed::Value y, Location where,
                                   Location leftWhere, Location rightWhere);

  // EvalIndex.cpp
  Value evaluateIndex(const ast::IndexExpr &expr);
  Value evaluateMember(const ast::MemberExpr &expr);

  // EvalCall.cpp
  Value evaluateCall(const ast::CallExpr &expr);
  Value evaluatePipe(const ast::BinaryExpr &expr);
  Value call(const Value &callee, const CallValues &arguments, Location where, Location calleeWhere);
  Value callFunction(const DeclRef &ref, const CallValues &arguments, Location where);
  Value callBuiltin(const Builtin &builtin, const CallValues &arguments, Location where);
  Value build(const DeclRef &ref, const CallValues &arguments, Location where, const std::string &boundName);
  Value apply(const std::shared_ptr<Instance> &instance, const CallValues &arguments, Location where);
  // Parameters that a `fn` called in `with` gets without being told.
  std::map<std::string, Value> implicitArguments;

  // Origins.cpp
  // Remembers that the layer, network or field there made the value, for messages about its shape.
  void noteMade(const Value &result, Location where);
  // Says where the shape comes from, unless `shown` shows it already.
  void labelOrigin(DiagnosticBuilder &builder, typed::Value x, Location shown);
  // The same of a number that is no size, with the names it was computed from.
  void noteOddSize(const ast::Expr &expr, const Value &value);
  void labelOddSize(DiagnosticBuilder &builder, double number, Location shown);
  // The same of a name whose value a message tells.
  void labelName(DiagnosticBuilder &builder, const std::string &name, Location shown);
  // Where the layer, network or field stands that made the value, if one did.
  std::optional<Location> originOf(typed::Value x) const;
  Location placeOf(const Variable &variable) const;

  // EvalTypes.cpp
  // The value as a parameter of this type takes it; named sizes become names of the scope.
  Value accept(const ast::TypeExpr *type, const std::string &name, const Value &value, Location where,
               Location declared);
  bool matchShape(const std::vector<ast::DimExpr> &pattern, const Shape &shape, ShapeMatch &match);
  std::optional<Shape> shapeOf(const std::vector<ast::DimExpr> &dims, bool report);
  void checkResults(const ast::Decl &decl, const std::vector<ast::TypePtr> &types, bool isTuple, Value &value,
                    Location where);

  // EvalStmt.cpp
  Value evaluateBlock(const ast::Block &block);
  Value evaluateStatements(const ast::Block &block); // in the present scope
  Value evaluateIf(const ast::IfExpr &expr);
  Value execute(const ast::Stmt &stmt);
  void bind(const ast::Name &name, Value value);

  // EvalScan.cpp
  Value evaluateScan(const ast::ScanExpr &expr);
  Value yield(const ast::YieldStmt &stmt);

  // Slots.cpp
  // The tensor at `path`, declared and initialized at its first use.
  Value slot(const std::string &role, const std::string &path, const Shape &shape, const ast::Expr *initial,
             Location where);
  void initialize(const Slot &slot, const ast::Expr *initial);
  std::optional<typed::Value> initialValue(const Slot &slot, const Value &initial, Location where);
  Value draw(const Distribution &distribution, const Shape &shape, Location where);

  // Constants.cpp
  std::optional<int64_t> asInt(const Value &value, Location where, const std::string &what);
  std::optional<double> asNumber(const Value &value, Location where, const std::string &what);
  std::optional<bool> asBool(const Value &value, Location where, const std::string &what);
  std::optional<typed::Dim> asSize(const Value &value, Location where, const std::string &what);
  std::optional<std::vector<int64_t>> asInts(const Value &value, Location where, const std::string &what);
  // A run-time value that depends on hyperparameters only, as a number; these are then compiled in.
  std::optional<double> fold(const Tensor &tensor);

  // Tensors.cpp
  // A tensor of floats, of this graph; numbers and masks become such.
  std::optional<typed::Value> asFloat(const Value &value, Location where);
  std::optional<typed::Value> asTensor(const Value &value, Location where);
  // A tensor of another graph, if it depends on hyperparameters only.
  std::optional<typed::Value> use(const Tensor &tensor, Location where);
  std::optional<typed::Value> stack(const Sequence &list, Location where);
  Value tensor(typed::Value value) { return Tensor{value, graph}; }
  const typed::TensorType &typeOf(typed::Value value) { return builder().typeOf(value); }
  bool checkElements(const Shape &shape, Location where);
  std::optional<std::vector<int64_t>> asAxes(const Value *value, size_t rank, Location where);
  std::optional<int64_t> asAxis(const Value *value, size_t rank, int64_t fallback, Location where);
  // `step`, `epoch`, … as a float.
  typed::Value schedule(const std::string &role);
  // Random draws are keyed by these.
  typed::Value seed();

  // Deep and endless programs end here.
  bool enter(Location where);
  void leave() { --depth; }

  std::map<std::string, std::string> ambiguous; // fields of several data sets, and how to say which

  std::string boundName; // of the `let` whose value is being built
  std::string optimized; // path of the parameter whose update is being built

private:
  bool spend(Location where);
  Value evaluateKind(const ast::Expr &expr);
  Value evaluateNumber(const ast::NumberExpr &expr);
  Value evaluateQuantity(const ast::QuantityExpr &expr);
  Value evaluateSequence(const std::vector<ast::ExprPtr> &elements, bool isTuple);
  CallValues evaluateArguments(const ast::CallExpr &expr, const Value &callee);
  Value declareParameter(const ast::ParamStmt &stmt);
  Value declareState(const ast::Binding &binding);
  Value declareOptimizerState(const ast::Binding &binding);
  void assign(const ast::AssignStmt &stmt);
  void evaluateLet(const ast::LetStmt &stmt);
  Value acceptLet(const ast::LetStmt &stmt, const Value &value);
  void evaluateFor(const ast::ForStmt &stmt);
  bool bindParameters(const std::string &name, const std::vector<ast::Parameter> &parameters,
                      const CallValues &arguments, Location where, bool isFunction);
  Value acceptTensor(const ast::TypeExpr &type, const std::string &name, const Value &value, Location where,
                     Location declared);
  Value acceptInts(const ast::TypeExpr &type, const std::string &name, const Value &value, Location where);
  bool matchDim(const ast::Expr &pattern, const typed::Dim &dim, ShapeMatch &match);
  Value runBody(const Instance &instance, const ast::ModuleDecl &decl, const CallValues &arguments,
                Location where);
  void noteApplied(const Instance &instance, const ast::ModuleDecl &decl, const CallValues &arguments,
                   const Value &result, Location where);
  Value tooDeep(const std::string &name, Location where);
  bool claimNetwork(const std::string &path, const ast::ModuleDecl &decl, Location where);
  Value chain(const Value &left, const Value &right, Location where);

  std::optional<int64_t> scannedSteps(const ast::ScanExpr &expr);
  std::optional<bool> isReverse(const ast::ScanExpr &expr);
  std::optional<size_t> scannedAxis(const ast::Expr &sequence, const Shape &shape, const ast::Name &axis,
                                    int64_t steps);
  bool readSequences(const ast::ScanExpr &expr, std::vector<ScanSequence> &sequences);
  bool bindStates(const ast::ScanExpr &expr, int64_t scan, Scope &body, std::vector<typed::Value> &first);
  Value stackOf(const Value &yielded, Location where, std::vector<typed::Value> &stacked);
  bool assignState(Variable &variable, const ast::AssignStmt &stmt, Value &value);
  bool mayAssign(const Variable &variable, const ast::AssignStmt &stmt);
  int scans = 0; // whose bodies are being evaluated

  std::map<double, OddSize> oddSizes; // the last of each number
  unsigned depth = 0;
  uint64_t work = 0;
  bool exhausted = false;
};

// Keeps graph, scope and frame, and puts them back.
class Restore {
public:
  Restore(Evaluator &evaluator)
      : evaluator(evaluator), graph(evaluator.graph), scope(evaluator.scope), frame(evaluator.frame) {}
  ~Restore() {
    evaluator.graph = graph;
    evaluator.scope = scope;
    evaluator.frame = frame;
  }

private:
  Evaluator &evaluator;
  GraphContext *graph;
  Scope *scope;
  Frame *frame;
};

} // namespace nn::sema
#endif
