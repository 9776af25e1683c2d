// The folded net computes what the net computed.
// RUN: nn-interp %s --entry convolution | FileCheck %s --check-prefix=CONV
// RUN: nn-opt %s --nn-fold-batch-norm | nn-interp --entry convolution | FileCheck %s --check-prefix=CONV
// RUN: nn-interp %s --entry transposed_convolution | FileCheck %s --check-prefix=TRANSPOSED
// RUN: nn-opt %s --nn-fold-batch-norm | nn-interp --entry transposed_convolution | FileCheck %s --check-prefix=TRANSPOSED
// RUN: nn-interp %s --entry product --rows 2 | FileCheck %s --check-prefix=PRODUCT
// RUN: nn-opt %s --nn-fold-batch-norm | nn-interp --entry product --rows 2 | FileCheck %s --check-prefix=PRODUCT
// RUN: nn-opt %s --nn-fold-batch-norm | FileCheck %s --check-prefix=FOLDED

// FOLDED-NOT: nn.div %{{.*}} : tensor<1x{{[23]}}x2xf64>

// Window sums of (1, 2, 3) with the filter (1, 0.5 | 2, 1) are (1 + 4, 0.5 + 2) and (2 + 6, 1 + 3); minus the mean,
// over the deviation, plus the shift.
// CONV: 0 = {{\[\[\[}}2.5, 4], [4, 7]]]
func.func @convolution() -> tensor<1x2x2xf64> {
  %x = nn.constant dense<[[[1.0], [2.0], [3.0]]]> : tensor<1x3x1xf64>
  %w = nn.constant dense<[[[1.0, 0.5]], [[2.0, 1.0]]]> : tensor<2x1x2xf64>
  %mean = nn.constant dense<[1.0, 0.5]> : tensor<2xf64>
  %deviation = nn.constant dense<[2.0, 0.5]> : tensor<2xf64>
  %shift = nn.constant dense<[0.5, 0.0]> : tensor<2xf64>
  %y = nn.conv %x, %w strides [1] padding [0, 0] dilations [1] groups 1
    : tensor<1x3x1xf64>, tensor<2x1x2xf64> -> tensor<1x2x2xf64>
  %b1 = nn.broadcast %mean axes [2] : tensor<2xf64> -> tensor<1x2x2xf64>
  %y1 = nn.sub %y, %b1 : tensor<1x2x2xf64>
  %b2 = nn.broadcast %deviation axes [2] : tensor<2xf64> -> tensor<1x2x2xf64>
  %y2 = nn.div %y1, %b2 : tensor<1x2x2xf64>
  %b3 = nn.broadcast %shift axes [2] : tensor<2xf64> -> tensor<1x2x2xf64>
  %y3 = nn.add %y2, %b3 : tensor<1x2x2xf64>
  return %y3 : tensor<1x2x2xf64>
}

// (1, 2) spread by the filter (1, 0.5 | 2, 1) is (1, 0.5), (2 + 2, 1 + 1), (4, 2); then the same map.
// TRANSPOSED: 0 = {{\[\[\[}}0.5, 0], [2, 3], [2, 3]]]
func.func @transposed_convolution() -> tensor<1x3x2xf64> {
  %x = nn.constant dense<[[[1.0], [2.0]]]> : tensor<1x2x1xf64>
  %w = nn.constant dense<[[[1.0], [0.5]], [[2.0], [1.0]]]> : tensor<2x2x1xf64>
  %mean = nn.constant dense<[1.0, 0.5]> : tensor<2xf64>
  %deviation = nn.constant dense<[2.0, 0.5]> : tensor<2xf64>
  %shift = nn.constant dense<[0.5, 0.0]> : tensor<2xf64>
  %y = nn.conv_input_grad %x, %w strides [1] padding [0, 0] dilations [1] groups 1
    : tensor<1x2x1xf64>, tensor<2x2x1xf64> -> tensor<1x3x2xf64>
  %b1 = nn.broadcast %mean axes [2] : tensor<2xf64> -> tensor<1x3x2xf64>
  %y1 = nn.sub %y, %b1 : tensor<1x3x2xf64>
  %b2 = nn.broadcast %deviation axes [2] : tensor<2xf64> -> tensor<1x3x2xf64>
  %y2 = nn.div %y1, %b2 : tensor<1x3x2xf64>
  %b3 = nn.broadcast %shift axes [2] : tensor<2xf64> -> tensor<1x3x2xf64>
  %y3 = nn.add %y2, %b3 : tensor<1x3x2xf64>
  return %y3 : tensor<1x3x2xf64>
}

// 1 - 3 (x W - 2), with x W = (3, 7) for each of two rows.
// PRODUCT: 0 = {{\[\[}}-2, -14], [-2, -14]]
func.func @product(%rows: index {nn.role = "rows"}) -> tensor<?x2xf64> {
  %x0 = nn.constant dense<[1.0, 2.0]> : tensor<2xf64>
  %x = nn.broadcast %x0 axes [1] rows %rows : tensor<2xf64> -> tensor<?x2xf64>
  %w = nn.constant dense<[[1.0, 3.0], [1.0, 2.0]]> : tensor<2x2xf64>
  %one = nn.constant dense<1.0> : tensor<f64>
  %two = nn.constant dense<2.0> : tensor<f64>
  %three = nn.constant dense<3.0> : tensor<f64>
  %b1 = nn.broadcast %one axes [] rows %rows : tensor<f64> -> tensor<?x2xf64>
  %b2 = nn.broadcast %two axes [] rows %rows : tensor<f64> -> tensor<?x2xf64>
  %b3 = nn.broadcast %three axes [] rows %rows : tensor<f64> -> tensor<?x2xf64>
  %y = nn.matmul %x, %w : tensor<?x2xf64>, tensor<2x2xf64> -> tensor<?x2xf64>
  %y1 = nn.sub %y, %b2 : tensor<?x2xf64>
  %y2 = nn.mul %b3, %y1 : tensor<?x2xf64>
  %y3 = nn.sub %b1, %y2 : tensor<?x2xf64>
  return %y3 : tensor<?x2xf64>
}
