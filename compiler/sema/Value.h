// What an expression is while the program is evaluated at compile time: a number, a list, a layer, … or a
// tensor, which is a value of the graph being built. A poisoned value stands for one whose error is already
// reported.
#ifndef NN_SEMA_VALUE_H
#define NN_SEMA_VALUE_H

#include "compiler/ast/Decl.h"
#include "compiler/sema/TypedAst.h"
#include <map>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace nn::sema {

struct Builtin;
struct GraphContext;
struct SourceModule;
struct Value;

struct Poison {};
struct Nothing {}; // of a block without a last expression
struct BatchSize {
  int64_t factor;
}; // `b`, `4*b`: a size times the row count
struct Tensor {
  typed::Value value;
  GraphContext *owner;
};
struct Sequence {
  std::vector<Value> elements;
  bool isTuple;
};
struct IntRange {
  int64_t begin, end;
}; // `a..b`, without b
struct NumberRange {
  double begin, end;
}; // the same of floats, for hyperparameters
struct Quantity {
  double number;
  std::string unit;
};
struct Distribution {
  bool normal;
  std::vector<Value> arguments;
}; // low and high, or mean and deviation
struct DataRef {
  uint32_t index;
};
struct BuiltinRef {
  const Builtin *builtin;
};
struct NamespaceRef {
  const SourceModule *module;
};
// A declaration by its name, not built yet.
struct DeclRef {
  const ast::Decl *decl;
  const SourceModule *home;
  bool isApplied =
      false; // calling it applies it, built with its defaults: an argument of type `fn` or `loss`
};

// A layer or a parameter within a network, by its path: `LeNet.Conv_1`.
struct NetworkPart {
  const ast::Decl *network;
  std::string path;
};

// A built layer, network, loss, metric, initializer or optimizer: its construction arguments are known.
struct Instance {
  const ast::Decl *decl;
  const SourceModule *home;
  std::string path; // `LeNet.Conv_1`
  std::map<std::string, Value> construction;
  Location where;
};
struct OptimizerChain {
  std::vector<std::shared_ptr<Instance>> links;
};

struct Value {
  using Data = std::variant<Poison, Nothing, int64_t, double, bool, std::string, BatchSize, Tensor,
                            std::shared_ptr<Sequence>, IntRange, NumberRange, Quantity,
                            std::shared_ptr<Distribution>, DataRef, BuiltinRef, NamespaceRef, DeclRef,
                            NetworkPart, std::shared_ptr<Instance>, OptimizerChain>;
  Data data;

  Value() = default;
  template <typename T> Value(T value) : data(std::move(value)) {}

  template <typename T> const T *as() const { return std::get_if<T>(&data); }
  bool isPoison() const { return as<Poison>(); }
  bool isNothing() const { return as<Nothing>(); }
  bool isNumber() const { return as<int64_t>() || as<double>(); }
  // Of a number.
  double number() const { return as<int64_t>() ? double(*as<int64_t>()) : *as<double>(); }
  const Sequence *sequence() const {
    auto *shared = as<std::shared_ptr<Sequence>>();
    return shared ? shared->get() : nullptr;
  }
  const Instance *instance() const {
    auto *shared = as<std::shared_ptr<Instance>>();
    return shared ? shared->get() : nullptr;
  }
  // The declaration behind a name or a built instance.
  const ast::Decl *decl() const {
    if (auto *ref = as<DeclRef>())
      return ref->decl;
    return instance() ? instance()->decl : nullptr;
  }
};

inline Value makeSequence(std::vector<Value> elements, bool isTuple) {
  return std::make_shared<Sequence>(Sequence{std::move(elements), isTuple});
}

// `layer`, `fn`, `optimizer`, …: the keyword a declaration begins with.
const char *keywordOf(const ast::Decl &decl);
const char *keywordOf(ast::ModuleKind kind);
bool isModule(const ast::Decl *decl, ast::ModuleKind kind);

// `3`, `0.5`: shortest text that reads back to the same number.
std::string formatNumber(double number);

// "`f32[b, 10]`", "the layer `Dense`", "the string `same`": for messages.
std::string describe(const Value &value);

} // namespace nn::sema
#endif
