// A chain of per-channel affine maps behind a contraction goes into its filter and one bias, in entries without
// training, and only where it is made from parameters and state.
// RUN: nn-opt %s --nn-fold-batch-norm --canonicalize --cse | FileCheck %s

// The maps are computed on vectors, before the contraction; behind it stands one add.
// CHECK-LABEL: func.func @batch_norm_of_inference
// CHECK: %[[R:.*]] = nn.div %{{.*}}, %arg5 : tensor<4xf64>
// CHECK: %[[S:.*]] = nn.mul %[[R]], %arg6 : tensor<4xf64>
// CHECK: %[[B:.*]] = nn.broadcast %[[S]] axes [3] : tensor<4xf64> -> tensor<3x3x2x4xf64>
// CHECK: %[[W:.*]] = nn.mul %{{.*}}, %[[B]] : tensor<3x3x2x4xf64>
// CHECK: %[[Y:.*]] = nn.conv %{{.*}}, %[[W]]
// CHECK: %[[Z:.*]] = nn.add %[[Y]], %{{.*}} : tensor<?x5x5x4xf64>
// CHECK-NEXT: return %[[Z]]
func.func @batch_norm_of_inference(%rows: index {nn.role = "rows"}, %x: tensor<?x5x5x2xf64> {nn.role = "field"},
    %w: tensor<3x3x2x4xf64> {nn.role = "parameter"}, %bias: tensor<4xf64> {nn.role = "parameter"},
    %mean: tensor<4xf64> {nn.role = "state"}, %deviation: tensor<4xf64> {nn.role = "state"},
    %scale: tensor<4xf64> {nn.role = "parameter"}, %shift: tensor<4xf64> {nn.role = "parameter"}) -> tensor<?x5x5x4xf64> {
  %y = nn.conv %x, %w strides [1, 1] padding [1, 1, 1, 1] dilations [1, 1] groups 1
    : tensor<?x5x5x2xf64>, tensor<3x3x2x4xf64> -> tensor<?x5x5x4xf64>
  %b0 = nn.broadcast %bias axes [3] rows %rows : tensor<4xf64> -> tensor<?x5x5x4xf64>
  %y0 = nn.add %y, %b0 : tensor<?x5x5x4xf64>
  %b1 = nn.broadcast %mean axes [3] rows %rows : tensor<4xf64> -> tensor<?x5x5x4xf64>
  %y1 = nn.sub %y0, %b1 : tensor<?x5x5x4xf64>
  %b2 = nn.broadcast %deviation axes [3] rows %rows : tensor<4xf64> -> tensor<?x5x5x4xf64>
  %y2 = nn.div %y1, %b2 : tensor<?x5x5x4xf64>
  %b3 = nn.broadcast %scale axes [3] rows %rows : tensor<4xf64> -> tensor<?x5x5x4xf64>
  %y3 = nn.mul %b3, %y2 : tensor<?x5x5x4xf64>
  %b4 = nn.broadcast %shift axes [3] rows %rows : tensor<4xf64> -> tensor<?x5x5x4xf64>
  %y4 = nn.sub %b4, %y3 : tensor<?x5x5x4xf64>
  %y5 = nn.neg %y4 : tensor<?x5x5x4xf64>
  return %y5 : tensor<?x5x5x4xf64>
}

// A scalar scale needs no bias; the transposed filter is scaled along its first axis.
// CHECK-LABEL: func.func @scalar_behind_matmul
// CHECK: %[[B:.*]] = nn.broadcast %arg3 axes [] : tensor<f64> -> tensor<4x3xf64>
// CHECK: %[[W:.*]] = nn.mul %arg2, %[[B]]
// CHECK: %[[Y:.*]] = nn.matmul %arg1, %[[W]] transposed
// CHECK-NEXT: return %[[Y]]
func.func @scalar_behind_matmul(%rows: index {nn.role = "rows"}, %x: tensor<?x3xf64> {nn.role = "field"},
    %w: tensor<4x3xf64> {nn.role = "parameter"}, %s: tensor<f64> {nn.role = "parameter"}) -> tensor<?x4xf64> {
  %y = nn.matmul %x, %w transposed : tensor<?x3xf64>, tensor<4x3xf64> -> tensor<?x4xf64>
  %b = nn.broadcast %s axes [] rows %rows : tensor<f64> -> tensor<?x4xf64>
  %z = nn.mul %y, %b : tensor<?x4xf64>
  return %z : tensor<?x4xf64>
}

// CHECK-LABEL: func.func @result_with_another_user_is_not_folded
// CHECK: %[[Y:.*]] = nn.matmul %arg1, %arg2
// CHECK: nn.mul %[[Y]]
func.func @result_with_another_user_is_not_folded(%rows: index {nn.role = "rows"},
    %x: tensor<?x3xf64> {nn.role = "field"}, %w: tensor<3x4xf64> {nn.role = "parameter"},
    %s: tensor<4xf64> {nn.role = "state"}) -> (tensor<?x4xf64>, tensor<?x4xf64>) {
  %y = nn.matmul %x, %w : tensor<?x3xf64>, tensor<3x4xf64> -> tensor<?x4xf64>
  %b = nn.broadcast %s axes [1] rows %rows : tensor<4xf64> -> tensor<?x4xf64>
  %z = nn.mul %y, %b : tensor<?x4xf64>
  return %y, %z : tensor<?x4xf64>, tensor<?x4xf64>
}

// CHECK-LABEL: func.func @batch_statistics_are_not_folded
// CHECK: %[[Y:.*]] = nn.matmul %arg1, %arg2
// CHECK: nn.mul %{{.*}} : tensor<?x4xf64>
func.func @batch_statistics_are_not_folded(%rows: index {nn.role = "rows"}, %x: tensor<?x3xf64> {nn.role = "field"},
    %w: tensor<3x4xf64> {nn.role = "parameter"}) -> tensor<?x4xf64> {
  %m, %v = nn.moments %x axes [0, 1] : tensor<?x3xf64> -> tensor<f64>, tensor<f64>
  %y = nn.matmul %x, %w : tensor<?x3xf64>, tensor<3x4xf64> -> tensor<?x4xf64>
  %b = nn.broadcast %v axes [] rows %rows : tensor<f64> -> tensor<?x4xf64>
  %z = nn.mul %y, %b : tensor<?x4xf64>
  return %z : tensor<?x4xf64>
}

// CHECK-LABEL: func.func @filter_made_from_the_batch_is_not_folded
// CHECK: nn.matmul %arg1, %arg2
func.func @filter_made_from_the_batch_is_not_folded(%rows: index {nn.role = "rows"},
    %x: tensor<?x3xf64> {nn.role = "field"}, %w: tensor<3x4xf64> {nn.role = "field"},
    %s: tensor<4xf64> {nn.role = "state"}) -> tensor<?x4xf64> {
  %y = nn.matmul %x, %w : tensor<?x3xf64>, tensor<3x4xf64> -> tensor<?x4xf64>
  %b = nn.broadcast %s axes [1] rows %rows : tensor<4xf64> -> tensor<?x4xf64>
  %z = nn.mul %y, %b : tensor<?x4xf64>
  return %z : tensor<?x4xf64>
}

// CHECK-LABEL: func.func @bias_alone_stays
// CHECK: nn.matmul %arg1, %arg2
func.func @bias_alone_stays(%rows: index {nn.role = "rows"}, %x: tensor<?x3xf64> {nn.role = "field"},
    %w: tensor<3x4xf64> {nn.role = "parameter"}, %c: tensor<4xf64> {nn.role = "parameter"}) -> tensor<?x4xf64> {
  %y = nn.matmul %x, %w : tensor<?x3xf64>, tensor<3x4xf64> -> tensor<?x4xf64>
  %b = nn.broadcast %c axes [1] rows %rows : tensor<4xf64> -> tensor<?x4xf64>
  %z = nn.add %y, %b : tensor<?x4xf64>
  return %z : tensor<?x4xf64>
}

// A scale along another axis than the last is no scale of channels.
// CHECK-LABEL: func.func @scale_of_rows_is_not_folded
// CHECK: nn.matmul %arg0, %arg1
func.func @scale_of_rows_is_not_folded(%x: tensor<5x3xf64> {nn.role = "field"},
    %w: tensor<3x4xf64> {nn.role = "parameter"}, %s: tensor<5xf64> {nn.role = "state"}) -> tensor<5x4xf64> {
  %y = nn.matmul %x, %w : tensor<5x3xf64>, tensor<3x4xf64> -> tensor<5x4xf64>
  %b = nn.broadcast %s axes [0] : tensor<5xf64> -> tensor<5x4xf64>
  %z = nn.mul %y, %b : tensor<5x4xf64>
  return %z : tensor<5x4xf64>
}

// A training step changes the weights while it runs.
// CHECK-LABEL: func.func @training_is_not_folded
// CHECK: nn.matmul %arg1, %arg2
func.func @training_is_not_folded(%rows: index {nn.role = "rows"}, %x: tensor<?x3xf64> {nn.role = "field"},
    %w: tensor<3x4xf64> {nn.role = "parameter"}, %s: tensor<4xf64> {nn.role = "state"})
    -> (tensor<?x4xf64> {nn.role = "output"}, tensor<4xf64> {nn.role = "state"}) {
  %y = nn.matmul %x, %w : tensor<?x3xf64>, tensor<3x4xf64> -> tensor<?x4xf64>
  %b = nn.broadcast %s axes [1] rows %rows : tensor<4xf64> -> tensor<?x4xf64>
  %z = nn.mul %y, %b : tensor<?x4xf64>
  return %z, %s : tensor<?x4xf64>, tensor<4xf64>
}
