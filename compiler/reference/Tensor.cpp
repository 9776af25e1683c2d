#include "compiler/reference/Tensor.h"

#include "llvm/Support/Format.h"

namespace nn {

int64_t elements(llvm::ArrayRef<int64_t> shape) {
  int64_t product = 1;
  for (int64_t length : shape)
    product *= length;
  return product;
}

Tensor Tensor::real(llvm::ArrayRef<int64_t> shape, double value) {
  Tensor tensor;
  tensor.shape = Shape(shape);
  tensor.reals.assign(elements(shape), value);
  return tensor;
}

Tensor Tensor::integer(llvm::ArrayRef<int64_t> shape, int64_t value) {
  Tensor tensor;
  tensor.shape = Shape(shape);
  tensor.isInteger = true;
  tensor.integers.assign(elements(shape), value);
  return tensor;
}

Tensor Tensor::zeros(llvm::ArrayRef<int64_t> shape, const Tensor &like) {
  return like.isInteger ? integer(shape) : real(shape);
}

int64_t Tensor::offset(llvm::ArrayRef<int64_t> index) const {
  int64_t offset = 0;
  for (size_t axis = 0; axis < shape.size(); ++axis)
    offset = offset * shape[axis] + index[axis];
  return offset;
}

void Tensor::take(int64_t to, const Tensor &x, int64_t from) {
  if (isInteger)
    integers[to] = x.integers[from];
  else
    reals[to] = x.reals[from];
}

static void printAxis(llvm::raw_ostream &out, const Tensor &tensor, size_t axis, int digits, int64_t &next) {
  if (axis == tensor.shape.size()) {
    if (tensor.isInteger)
      out << tensor.integers[next++];
    else
      out << llvm::format("%.*g", digits, tensor.reals[next++]);
    return;
  }
  out << '[';
  for (int64_t i = 0; i < tensor.shape[axis]; ++i) {
    if (i > 0)
      out << ", ";
    printAxis(out, tensor, axis + 1, digits, next);
  }
  out << ']';
}

void Tensor::print(llvm::raw_ostream &out, int digits) const {
  int64_t next = 0;
  printAxis(out, *this, 0, digits, next);
}

void forEachIndex(llvm::ArrayRef<int64_t> shape, llvm::function_ref<void(llvm::ArrayRef<int64_t>)> visit) {
  Index index(shape.size(), 0);
  for (int64_t count = elements(shape); count > 0; --count) {
    visit(index);
    for (size_t axis = shape.size(); axis-- > 0;) {
      if (++index[axis] < shape[axis])
        break;
      index[axis] = 0;
    }
  }
}

} // namespace nn
