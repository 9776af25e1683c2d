// A dense row-major tensor in double or int64: masks, labels, ids and row counts are integers.
#ifndef NN_REFERENCE_TENSOR_H
#define NN_REFERENCE_TENSOR_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/raw_ostream.h"
#include <Eigen/Core>
#include <cstdint>
#include <vector>

namespace nn {

using Shape = llvm::SmallVector<int64_t, 6>;
using Index = Shape;

struct Tensor {
  Shape shape;
  bool isInteger = false;
  std::vector<double> reals;     // where isInteger is false
  std::vector<int64_t> integers; // where it is true

  static Tensor real(llvm::ArrayRef<int64_t> shape, double value = 0);
  static Tensor integer(llvm::ArrayRef<int64_t> shape, int64_t value = 0);

  // Of the same kind as `like`, with zeros.
  static Tensor zeros(llvm::ArrayRef<int64_t> shape, const Tensor &like);

  int64_t size() const { return isInteger ? integers.size() : reals.size(); }
  int64_t offset(llvm::ArrayRef<int64_t> index) const;
  double &operator[](llvm::ArrayRef<int64_t> index) { return reals[offset(index)]; }
  double operator[](llvm::ArrayRef<int64_t> index) const { return reals[offset(index)]; }

  // Element `to` of this := element `from` of `x`, of the same kind.
  void take(int64_t to, const Tensor &x, int64_t from);

  // [[1, 2], [3, 4]], with this many significant digits; 17 read back to the same bits.
  void print(llvm::raw_ostream &out, int digits = 9) const;
};

using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using MatrixMap = Eigen::Map<const Matrix>;

int64_t elements(llvm::ArrayRef<int64_t> shape);

// Every index of `shape` in row-major order.
void forEachIndex(llvm::ArrayRef<int64_t> shape, llvm::function_ref<void(llvm::ArrayRef<int64_t>)> visit);

} // namespace nn
#endif
