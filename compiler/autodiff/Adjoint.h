// The state of one backward pass, in the hands of the rules: which values have a gradient, which need one,
// and short names for the ops that gradients are written in.
#ifndef NN_AUTODIFF_ADJOINT_H
#define NN_AUTODIFF_ADJOINT_H

#include "compiler/dialect/NnDialect.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace nn {

class Adjoint {
public:
  // `rows` is the entry's row count, or null where there is none; `active` are the values that depend on
  // those asked for.
  Adjoint(mlir::ImplicitLocOpBuilder &builder, mlir::Value rows, const llvm::DenseSet<mlir::Value> &active)
      : builder(builder), rows(rows), active(active) {}

  // The gradient of the objective by `value` so far; null if nothing has flown to it.
  mlir::Value of(mlir::Value value) const { return gradients.lookup(value); }

  // Whether `value` is one of those that need a gradient.
  bool needs(mlir::Value value) const { return active.contains(value); }

  // Adds `gradient()` to the gradient of `value`, if it is one of those that need a gradient.
  void flow(mlir::Value value, llvm::function_ref<mlir::Value()> gradient);

  mlir::Value add(mlir::Value a, mlir::Value b) { return binary<AddOp>(a, b); }
  mlir::Value sub(mlir::Value a, mlir::Value b) { return binary<SubOp>(a, b); }
  mlir::Value mul(mlir::Value a, mlir::Value b) { return binary<MulOp>(a, b); }
  mlir::Value div(mlir::Value a, mlir::Value b) { return binary<DivOp>(a, b); }
  mlir::Value pow(mlir::Value a, mlir::Value b) { return binary<PowOp>(a, b); }
  template <typename Op> mlir::Value unary(mlir::Value x) { return Op::create(builder, x.getType(), x); }
  mlir::Value neg(mlir::Value x) { return unary<NegOp>(x); }
  mlir::Value scale(mlir::Value x, double factor) { return mul(x, splat(factor, x)); }
  mlir::Value select(mlir::Value mask, mlir::Value a, mlir::Value b) {
    return SelectOp::create(builder, a.getType(), mask, a, b);
  }
  mlir::Value compare(mlir::StringRef predicate, mlir::Value a, mlir::Value b);
  mlir::Value castLike(mlir::Value x, mlir::Value like); // of x's shape, with the elements of `like`
  mlir::Value sum(mlir::Value x, mlir::ArrayRef<int64_t> axes);
  mlir::Value reshape(mlir::Value x, mlir::ArrayRef<int64_t> shape);
  mlir::Value transpose(mlir::Value x, mlir::ArrayRef<int64_t> permutation);

  // `value` in every element of a tensor of the type and run-time shape of `like`.
  mlir::Value splat(double value, mlir::Value like);

  // Axis k of `x` is axis axes[k] of `like`, whose run-time shape the result has.
  mlir::Value broadcastLike(mlir::Value x, mlir::ArrayRef<int64_t> axes, mlir::Value like);

  // The number of elements of `x` along `axes`, as a scalar of its element type.
  mlir::Value count(mlir::Value x, mlir::ArrayRef<int64_t> axes);

  mlir::ImplicitLocOpBuilder &builder;
  bool hasFailed = false; // a rule has reported an error

private:
  template <typename Op> mlir::Value binary(mlir::Value a, mlir::Value b) {
    return Op::create(builder, a.getType(), a, b);
  }
  mlir::Value rowsOf(mlir::Value value);

  mlir::Value rows;
  const llvm::DenseSet<mlir::Value> &active;
  llvm::DenseMap<mlir::Value, mlir::Value> gradients;
};

// The value of every element of `value`, if that is a compile-time constant; looks through broadcasts.
std::optional<double> constantSplat(mlir::Value value);

} // namespace nn
#endif
