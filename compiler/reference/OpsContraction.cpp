// Matrix products and convolutions. With P(x) the matrix of patches (one row for each output position, one
// column for each tap and channel), a convolution and its gradients are three products:
//   Y = P(x) W,   dW = P(x)^T G,   dX = P*(G W^T), P* being the adjoint of P, which adds patches to where
//   they are from.
#include "compiler/reference/Ops.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;

namespace nn {
namespace {

// lhs [m, k] or [b, m, k], rhs [k, n] or [b, k, n], after the transpositions asked for.
Tensor matmul(MatMulOp op, const Tensor &lhs, const Tensor &rhs) {
  size_t rank = lhs.shape.size();
  int64_t batch = rank == 3 ? lhs.shape[0] : 1;
  int64_t lhsRows = lhs.shape[rank - 2], lhsColumns = lhs.shape[rank - 1];
  int64_t rhsRows = rhs.shape[rank - 2], rhsColumns = rhs.shape[rank - 1];
  int64_t m = op.getTransposeLhs() ? lhsColumns : lhsRows, n = op.getTransposeRhs() ? rhsRows : rhsColumns;
  Shape shape = rank == 3 ? Shape{batch, m, n} : Shape{m, n};
  Tensor y = Tensor::real(shape);
  for (int64_t b = 0; b < batch; ++b) {
    MatrixMap A(lhs.reals.data() + b * lhsRows * lhsColumns, lhsRows, lhsColumns);
    MatrixMap B(rhs.reals.data() + b * rhsRows * rhsColumns, rhsRows, rhsColumns);
    Eigen::Map<Matrix> Y(y.reals.data() + b * m * n, m, n);
    if (op.getTransposeLhs() && op.getTransposeRhs())
      Y = A.transpose() * B.transpose();
    else if (op.getTransposeLhs())
      Y = A.transpose() * B;
    else if (op.getTransposeRhs())
      Y = A * B.transpose();
    else
      Y = A * B;
  }
  return y;
}

// The windows of a convolution between input [n, spatial…, c], filter [kernel…, c/groups, f], output [n,
// spatial…, f].
struct Windows {
  Shape input, filter, output;
  Shape strides, padding, dilations;
  int64_t groups;

  template <typename Op>
  Windows(Op op, ArrayRef<int64_t> input, ArrayRef<int64_t> filter, ArrayRef<int64_t> output)
      : input(input), filter(filter), output(output), strides(op.getStrides()), padding(op.getPadding()),
        dilations(op.getDilations()), groups(op.getGroups()) {}

  ArrayRef<int64_t> outputPositions() const { return ArrayRef(output).drop_back(); }
  ArrayRef<int64_t> kernel() const { return ArrayRef(filter).drop_back(2); }
  int64_t channels() const { return filter[filter.size() - 2]; } // of a group
  int64_t filters() const { return filter.back() / groups; }     // of a group
  int64_t patchRows() const { return elements(outputPositions()); }
  int64_t patchColumns() const { return elements(kernel()) * channels(); }

  // visit(row, column, offset): the element of the input at `offset` stands in row `row` of the patches of
  // `group`, with its channels in the columns from `column` on.
  template <typename Visit> void forEachTap(int64_t group, Visit visit) const {
    int64_t row = 0;
    forEachIndex(outputPositions(), [&](ArrayRef<int64_t> o) {
      int64_t column = 0;
      forEachIndex(kernel(), [&](ArrayRef<int64_t> k) {
        int64_t offset = o[0];
        bool inside = true;
        for (size_t axis = 0; axis < k.size(); ++axis) {
          int64_t i = o[axis + 1] * strides[axis] + k[axis] * dilations[axis] - padding[2 * axis];
          inside &= i >= 0 && i < input[axis + 1];
          offset = offset * input[axis + 1] + i;
        }
        if (inside)
          visit(row, column, offset * input.back() + group * channels());
        column += channels();
      });
      ++row;
    });
  }

  Matrix patches(const Tensor &x, int64_t group) const {
    Matrix P = Matrix::Zero(patchRows(), patchColumns());
    forEachTap(group, [&](int64_t row, int64_t column, int64_t offset) {
      for (int64_t c = 0; c < channels(); ++c)
        P(row, column + c) = x.reals[offset + c];
    });
    return P;
  }

  void addPatches(const Matrix &P, Tensor &x, int64_t group) const {
    forEachTap(group, [&](int64_t row, int64_t column, int64_t offset) {
      for (int64_t c = 0; c < channels(); ++c)
        x.reals[offset + c] += P(row, column + c);
    });
  }

  // The columns of a filter or an output, seen as a matrix, that belong to `group`.
  auto columns(const Tensor &x, int64_t group) const {
    int64_t rows = x.size() / x.shape.back();
    return MatrixMap(x.reals.data(), rows, x.shape.back()).middleCols(group * filters(), filters());
  }
  auto columns(Tensor &x, int64_t group) const {
    int64_t rows = x.size() / x.shape.back();
    return Eigen::Map<Matrix>(x.reals.data(), rows, x.shape.back()).middleCols(group * filters(), filters());
  }
};

Tensor conv(ConvOp op, const Tensor &x, const Tensor &w) {
  Windows windows(op, x.shape, w.shape, shapeWith(op.getType(), x.shape[0]));
  Tensor y = Tensor::real(windows.output);
  for (int64_t group = 0; group < windows.groups; ++group)
    windows.columns(y, group) = windows.patches(x, group) * windows.columns(w, group);
  return y;
}

Tensor convInputGrad(ConvInputGradOp op, const Tensor &g, const Tensor &w) {
  Windows windows(op, shapeWith(op.getType(), g.shape[0]), w.shape, g.shape);
  Tensor x = Tensor::real(windows.input);
  for (int64_t group = 0; group < windows.groups; ++group)
    windows.addPatches(windows.columns(g, group) * windows.columns(w, group).transpose(), x, group);
  return x;
}

Tensor convFilterGrad(ConvFilterGradOp op, const Tensor &x, const Tensor &g) {
  Windows windows(op, x.shape, op.getType().getShape(), g.shape);
  Tensor w = Tensor::real(windows.filter);
  for (int64_t group = 0; group < windows.groups; ++group)
    windows.columns(w, group) = windows.patches(x, group).transpose() * windows.columns(g, group);
  return w;
}

} // namespace

std::optional<Results> evaluateContraction(Operation *op, Operands x) {
  return TypeSwitch<Operation *, std::optional<Results>>(op)
      .Case<MatMulOp>([&](MatMulOp op) { return Results{matmul(op, *x[0], *x[1])}; })
      .Case<ConvOp>([&](ConvOp op) { return Results{conv(op, *x[0], *x[1])}; })
      .Case<ConvInputGradOp>([&](ConvInputGradOp op) { return Results{convInputGrad(op, *x[0], *x[1])}; })
      .Case<ConvFilterGradOp>([&](ConvFilterGradOp op) { return Results{convFilterGrad(op, *x[0], *x[1])}; })
      .Default(std::nullopt);
}

} // namespace nn
