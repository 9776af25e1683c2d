// What the conversions of all op families share: destinations with the right row count, and the two shapes of
// linalg.generic that the schedules know, elementwise ("pointwise") and reducing.
#ifndef NN_LOWERING_LINALGBUILDER_H
#define NN_LOWERING_LINALGBUILDER_H

#include "compiler/lowering/Passes.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace nn {

// The scalar body of a generic: gets the scalars of the inputs, returns those of the results.
using ScalarBody =
    llvm::function_ref<llvm::SmallVector<mlir::Value>(mlir::ImplicitLocOpBuilder &, mlir::ValueRange)>;

enum class Combine { Sum, Product, Max, Min };

class LinalgBuilder {
public:
  LinalgBuilder(mlir::func::FuncOp kernel);

  mlir::ImplicitLocOpBuilder b;

  // The length of the dynamic axis of `tensor`, an index; null if it has none.
  mlir::Value dynamicSize(mlir::Value tensor);
  void noteDynamicSize(mlir::Value tensor, mlir::Value size) { sizes[tensor] = size; }
  // The dynamic size that the results of `op` have, from its operands.
  mlir::Value dynamicSizeOf(mlir::Operation *op);

  mlir::Value empty(mlir::RankedTensorType type, mlir::Value dynamicSize);
  mlir::AffineMap identity(unsigned rank) {
    return mlir::AffineMap::getMultiDimIdentityMap(rank, b.getContext());
  }
  mlir::AffineExpr dim(unsigned place) { return mlir::getAffineDimExpr(place, b.getContext()); }
  mlir::AffineMap map(unsigned dims, llvm::ArrayRef<mlir::AffineExpr> results) {
    return mlir::AffineMap::get(dims, 0, results, b.getContext());
  }

  // results[r][i] = body(inputs[k][maps[k](i)]…)[r], all results of one shape.
  llvm::SmallVector<mlir::Value> pointwise(llvm::ArrayRef<mlir::RankedTensorType> types,
                                           mlir::Value dynamicSize, mlir::ValueRange inputs,
                                           llvm::ArrayRef<mlir::AffineMap> maps, ScalarBody body);
  // The same with one result.
  mlir::Value pointwise(mlir::RankedTensorType type, mlir::Value dynamicSize, mlir::ValueRange inputs,
                        llvm::ArrayRef<mlir::AffineMap> maps, ScalarBody body);

  // result[outMap(i)] = combination over the other i of body(inputs[k][maps[k](i)]…).
  mlir::Value reduce(mlir::RankedTensorType type, mlir::Value dynamicSize, Combine combine,
                     mlir::ValueRange inputs, llvm::ArrayRef<mlir::AffineMap> maps, mlir::AffineMap outMap,
                     ScalarBody body);

  // Zeros before, behind and between, as nn.pad.
  mlir::Value pad(mlir::Value x, mlir::RankedTensorType type, llvm::ArrayRef<int64_t> low,
                  llvm::ArrayRef<int64_t> interior);
  // The same elements under another shape.
  mlir::Value reshape(mlir::Value x, mlir::RankedTensorType type);

  mlir::Value constant(mlir::Type type, double value);
  mlir::Value index(int64_t value) { return mlir::arith::ConstantIndexOp::create(b, value); }

private:
  llvm::DenseMap<mlir::Value, mlir::Value> sizes;
};

// One function per family; each returns the values that replace the results, none if the op is of another
// family.
llvm::SmallVector<mlir::Value> lowerElementwise(LinalgBuilder &builder, mlir::Operation *op);
llvm::SmallVector<mlir::Value> lowerShape(LinalgBuilder &builder, mlir::Operation *op);
llvm::SmallVector<mlir::Value> lowerReduction(LinalgBuilder &builder, mlir::Operation *op);
llvm::SmallVector<mlir::Value> lowerContraction(LinalgBuilder &builder, mlir::Operation *op);
llvm::SmallVector<mlir::Value> lowerLookup(LinalgBuilder &builder, mlir::Operation *op);
llvm::SmallVector<mlir::Value> lowerPooling(LinalgBuilder &builder, mlir::Operation *op);
llvm::SmallVector<mlir::Value> lowerRandom(LinalgBuilder &builder, mlir::Operation *op);

} // namespace nn
#endif
