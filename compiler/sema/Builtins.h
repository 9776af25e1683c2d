// The functions a `.nn` file finds without importing anything: the tensor primitives. One table per subject
// in Builtins*.cpp, each entry with what `nnc doc` says of it; numbers are computed at once, tensors become
// nodes. The names that are no functions: `pi`, `training`; `step`, `steps`, `epoch`, `epochs` in `with`;
// `batch` in `train`; `global_norm` in optimizers.
#ifndef NN_SEMA_BUILTINS_H
#define NN_SEMA_BUILTINS_H

#include "compiler/sema/Value.h"
#include <string_view>

namespace nn::sema {

class Evaluator;

// A call whose arguments are in the order of the parameters; null where one is left out.
struct BuiltinCall {
  const Builtin &builtin;
  Location where;
  std::vector<const Value *> values;
  std::vector<Location> places; // of the values, `where` when left out
  const Value &operator[](size_t i) const { return *values[i]; }
  bool has(size_t i) const { return values[i] != nullptr; }
};

struct Builtin {
  using Evaluate = Value (*)(Evaluator &, const BuiltinCall &);

  // `signature` is written as that of a `fn`: parameters with a default may be left out.
  Builtin(std::string signature, Evaluate evaluate, std::string doc);

  std::string name, signature, doc;
  std::vector<std::string> parameters;
  size_t required = 0; // the first of them
  Evaluate evaluate;
};

// Null when there is none of that name.
const Builtin *findBuiltin(std::string_view name);
// All of them, subject by subject.
std::vector<const Builtin *> allBuiltins();
// Names of the functions and of the constants.
void collectBuiltins(std::vector<std::string> &into);

// The tables, one per file.
const std::vector<Builtin> &elementwiseBuiltins();
const std::vector<Builtin> &reductionBuiltins();
const std::vector<Builtin> &labelBuiltins();
const std::vector<Builtin> &shapeBuiltins();
const std::vector<Builtin> &arrangeBuiltins();
const std::vector<Builtin> &windowBuiltins();
const std::vector<Builtin> &randomBuiltins();
const std::vector<Builtin> &scanBuiltins();
const std::vector<Builtin> &dataBuiltins();

} // namespace nn::sema
#endif
