// A chain of additions as the list of what it adds.
#ifndef NN_TRANSFORMS_SUMTERMS_H
#define NN_TRANSFORMS_SUMTERMS_H

#include "compiler/dialect/NnDialect.h"

namespace nn {

// The terms of a sum, through partial sums that nobody else reads.
inline llvm::SmallVector<mlir::Value> termsOf(AddOp sum) {
  llvm::SmallVector<mlir::Value> terms, open = {sum.getRhs(), sum.getLhs()};
  while (!open.empty()) {
    mlir::Value value = open.pop_back_val();
    auto add = value.getDefiningOp<AddOp>();
    if (add && value.hasOneUse())
      open.append({add.getRhs(), add.getLhs()});
    else
      terms.push_back(value);
  }
  return terms;
}

} // namespace nn
#endif
