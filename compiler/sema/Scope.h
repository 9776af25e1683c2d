// The names inside a body, and what surrounds the body: its file, its place in the program.
#ifndef NN_SEMA_SCOPE_H
#define NN_SEMA_SCOPE_H

#include "compiler/sema/Shapes.h"
#include "compiler/sema/SourceModule.h"
#include <set>

namespace nn::sema {

struct Variable {
  Value value;
  Location where;
  bool assignable = false;
  std::string slot; // path of a state or an optimizer state, else empty
  // As declared, of a parameter: the names of its axes. Null elsewhere.
  const ast::TypeExpr *type = nullptr;
  // What a `scan` carries under this name keeps its shape.
  std::optional<Shape> carriedShape = std::nullopt;
  // Where the argument stands that this comes from.
  Location given = {};
};

struct Scope {
  Scope *parent = nullptr;
  std::map<std::string, Variable> variables;
  bool isScan = false; // the names outside cannot be assigned from inside

  Variable *find(const std::string &name) {
    for (Scope *scope = this; scope; scope = scope->parent) {
      auto entry = scope->variables.find(name);
      if (entry != scope->variables.end())
        return &entry->second;
    }
    return nullptr;
  }
};

// An instance whose body is being evaluated; gives names to what the body builds. Starts afresh at each
// application, so that each application finds the same names.
struct Parent {
  std::string path;    // `LeNet.Conv_1`, empty at the top
  std::string network; // `LeNet`, empty outside networks
  std::map<std::string, int> built;
  std::set<std::string> bound;
  int draws = 0;
  bool hasLayers = false;

  std::string childPath(const std::string &name) const { return path.empty() ? name : path + "." + name; }
  // `Kind_n`, n from 1 per kind.
  std::string unnamed(const std::string &kind) {
    return childPath(kind + "_" + std::to_string(++built[kind]));
  }
  // The bound name; with a number when a loop binds it again.
  std::string named(const std::string &name) {
    std::string unique = name;
    for (int n = 2; !bound.insert(unique).second; ++n)
      unique = name + "_" + std::to_string(n);
    return childPath(unique);
  }
};

// A `scan` whose body is being evaluated.
struct ScanBody {
  std::optional<Value> yielded;
  Location yieldedWhere;
};

// The body of one declaration.
struct Frame {
  const SourceModule *home = nullptr;
  Parent *parent = nullptr;
  std::optional<NameKind> preferred; // what a name without a place of its own means first
  std::optional<Shape> ellipsis;     // the axes that `...` stands for in this declaration's types
  bool isOptimizer = false;
  ScanBody *scan = nullptr; // what a `yield` belongs to
  Location ellipsisGiven{}; // where the tensor comes from that has those axes
};

} // namespace nn::sema
#endif
