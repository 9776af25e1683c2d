// Parts of tensors that kernels read or write where they lie, in the memory of the whole: slices, takes from
// a stack, parts of a concatenation.
#ifndef NN_LOWERING_VIEWS_H
#define NN_LOWERING_VIEWS_H

#include "compiler/lowering/Passes.h"

namespace nn {

// A part of a tensor in the memory of the whole: element i is at offset + t step + sum of i strides.
struct View {
  llvm::SmallVector<int64_t> strides;
  int64_t offset = 0, step = 0, elements = 0; // elements: of the whole, for each step of its dynamic axis
  mlir::Value at;                             // t, null where step is 0
  bool isDynamic = false;                     // the whole has a dynamic axis
};

bool isDynamic(mlir::Value value);

// The number of elements that a tensor has for each step of its dynamic axis.
int64_t staticElements(mlir::RankedTensorType type);

// Values whose computation costs less than a buffer for them; multiples of the row count among them.
bool isRepeated(mlir::Operation *op);

// Kernels whose results may have gaps between their rows.
bool canWriteViews(mlir::Operation *op);

// A slice or take of something in memory, all of whose readers are kernels that can look there themselves.
bool isView(mlir::Operation *op);

// A concatenation whose parts can be written to their places by the kernels that make them.
bool isMadeOfParts(ConcatOp concat);

// What a slice or take with the attribute `nn.view` is of the tensor behind it.
std::optional<View> viewOf(mlir::Value value);

// The place of a part in the concatenation it is for.
View partView(ConcatOp concat, mlir::OpOperand &use);

// Where a value goes that `scan` stacks.
View stackView(ScanOp scan, mlir::Value value);

// The attribute `nn.view` of a kernel's argument or result. `at`: the number of the argument that is t.
mlir::Attribute attributeOf(const View &view, int64_t at, mlir::MLIRContext *context);

} // namespace nn
#endif
