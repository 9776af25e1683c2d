// What stands at the top of a file, and the file itself.
#ifndef NN_AST_DECL_H
#define NN_AST_DECL_H

#include "compiler/ast/Stmt.h"
#include "compiler/ast/Trivia.h"

namespace nn::ast {

struct Decl {
  enum class Kind { Import, Hyper, Data, Module, Function, Optimizer, Environment, Train, Predict, Select };
  const Kind kind;
  Location where;
  Name name;       // empty for imports and predict
  std::string doc; // the `///` lines before it, without the slashes

  virtual ~Decl() = default;

protected:
  Decl(Kind kind, Location where) : kind(kind), where(where) {}
};
using DeclPtr = std::unique_ptr<Decl>;

// `import std`, `import std.layers`, `import "blocks.nn" as blocks`.
struct ImportDecl : Decl {
  ImportDecl(Location where) : Decl(Kind::Import, where) {}
  static bool classof(const Decl *d) { return d->kind == Kind::Import; }
  std::vector<Name> dotted; // empty for a path
  std::string path;
  Location targetWhere;
  std::optional<Name> alias;
};

struct HyperDecl : Decl {
  HyperDecl(Location where) : Decl(Kind::Hyper, where) {}
  static bool classof(const Decl *d) { return d->kind == Kind::Hyper; }
  TypePtr type;
  ExprPtr value;
  ExprPtr range; // may be null
};

struct DataDecl : Decl {
  DataDecl(Location where) : Decl(Kind::Data, where) {}
  static bool classof(const Decl *d) { return d->kind == Kind::Data; }
  Block body;
};

enum class ModuleKind { Layer, Network, Loss, Metric, Initializer };

// A layer, network, loss, metric or initializer. With two parameter lists the first builds and the second
// applies; with one list, `data` is that list and `construction` is absent.
struct ModuleDecl : Decl {
  ModuleDecl(Location where) : Decl(Kind::Module, where) {}
  static bool classof(const Decl *d) { return d->kind == Kind::Module; }
  ModuleKind module = ModuleKind::Layer;
  std::optional<std::vector<Parameter>> construction;
  Location constructionWhere; // of the first list, with its parentheses
  std::vector<Parameter> data;
  std::vector<TypePtr> results; // empty when not written
  bool resultIsTuple = false;
  Block body;
};

struct FunctionDecl : Decl {
  FunctionDecl(Location where) : Decl(Kind::Function, where) {}
  static bool classof(const Decl *d) { return d->kind == Kind::Function; }
  std::vector<Parameter> parameters;
  std::vector<TypePtr> results;
  bool resultIsTuple = false;
  Block body;
};

// `optimizer Adam(lr: f32 = 1e-3)(w, g, step) { … }`.
struct OptimizerDecl : Decl {
  OptimizerDecl(Location where) : Decl(Kind::Optimizer, where) {}
  static bool classof(const Decl *d) { return d->kind == Kind::Optimizer; }
  std::vector<Parameter> construction;
  Location constructionWhere;
  std::vector<Parameter> data;
  Block body;
};

struct EnvironmentDecl : Decl {
  EnvironmentDecl(Location where) : Decl(Kind::Environment, where) {}
  static bool classof(const Decl *d) { return d->kind == Kind::Environment; }
  std::vector<Parameter> parameters;
  Block body;
};

struct TrainDecl : Decl {
  TrainDecl(Location where) : Decl(Kind::Train, where) {}
  static bool classof(const Decl *d) { return d->kind == Kind::Train; }
  std::vector<Name> data;
  Block body;
};

struct PredictDecl : Decl {
  PredictDecl(Location where) : Decl(Kind::Predict, where) {}
  static bool classof(const Decl *d) { return d->kind == Kind::Predict; }
  ExprPtr value;
};

struct SelectDecl : Decl {
  SelectDecl(Location where) : Decl(Kind::Select, where) {}
  static bool classof(const Decl *d) { return d->kind == Kind::Select; }
  Name of;
  ExprPtr with;
};

// One source file.
struct File {
  uint32_t source = Location::noFile; // index in the SourceManager
  std::string doc;                    // `///` lines that speak of the file
  std::vector<DeclPtr> declarations;
  Trivia trivia;
};

} // namespace nn::ast
#endif
