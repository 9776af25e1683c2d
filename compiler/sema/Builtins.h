// The functions a `.nn` file finds without importing anything: the tensor primitives. One table per subject
// in Builtins*.cpp; numbers are computed at once, tensors become nodes.
//
//   elementwise  exp log sqrt rsqrt tanh sin cos erf abs sign floor ceil (x); max min (x, y) or (list);
//   where(mask, x, y) reductions   sum mean prod (x, axis: all), max min (x, axis: all); moments(x) over all
//   but the last axis:
//                (mean, biased variance, count); argmax(x, axis: -1)
//   labels       one_hot(label), pick(x, label), rank(x, label)
//   shape        shape(x), reshape(x, [sizes, one may be -1]), expand(x, size, axis: 0), transpose(x,
//   [axes]),
//                concat([x, …], axis: -1), split(x, parts, axis: -1),
//                per_axis(x, count): a number repeated, a list of that many as it is
//   arrangement  arange(count), axis_count(x), pad(x, before, after, axis: -1), stack([x, …], axis: 0),
//                cumsum(x, axis: -1), repeat(x, times, axis: -1): each element so many times in a row
//   lookup       gather(table, label)
//   more windows conv_transpose(x, filter, …as conv), avg_pool(x, …as max_pool): padding is not counted
//   windows      conv(x, filter, stride: 1, padding: 0, dilation: 1, groups: 1), max_pool(x, window, stride:
//   window, padding: 0) randomness   uniform(low: 0, high: 1)[sizes], normal(mean: 0, deviation: 1)[sizes]
//   sequences    where_rows(mask, x, y): x in the rows where the mask is true
//   gradients    stop_gradient(x)
//   networks     weights(net): its parameters of rank 2 and more
//   checks       require(condition, "message"): an error when the condition is known to be false
//   constants    pi, training; step steps epoch epochs in `with`; global_norm in optimizers
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
  std::string_view name;
  std::vector<const char *> parameters;
  size_t required;
  Value (*evaluate)(Evaluator &, const BuiltinCall &);
};

// Null when there is none of that name.
const Builtin *findBuiltin(std::string_view name);
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

} // namespace nn::sema
#endif
