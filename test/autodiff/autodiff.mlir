// The backward pass as text: what it is written in, what it leaves out, and where it says it comes from.
// RUN: nn-opt %s --nn-autodiff --canonicalize --cse --split-input-file --verify-diagnostics --mlir-print-debuginfo --mlir-print-local-scope | FileCheck %s

// relu's mask is made from its result, which is kept anyway; x W is linear, so W's gradient needs no copy of it.
// CHECK-LABEL: func.func @dense_with_relu
// CHECK: %[[Y:.*]] = nn.matmul %arg1, %arg2
// CHECK: %[[R:.*]] = nn.max %[[Y]], %[[ZERO:.*]] : tensor<?x4xf32>
// CHECK: %[[M:.*]] = nn.compare "gt" %[[R]], %[[ZERO]]
// CHECK: %[[G:.*]] = nn.select %[[M]], %arg3, %[[ZERO]]
// CHECK: %[[DW:.*]] = nn.matmul %arg1 transposed, %[[G]]
// CHECK-NOT: nn.gradient
// CHECK: return %[[DW]]
func.func @dense_with_relu(%rows: index, %x: tensor<?x3xf32>, %w: tensor<3x4xf32>, %k: tensor<?x4xf32>) -> tensor<3x4xf32> {
  %y = nn.matmul %x, %w : tensor<?x3xf32>, tensor<3x4xf32> -> tensor<?x4xf32>
  %zero = nn.constant dense<0.0> : tensor<f32>
  %b = nn.broadcast %zero axes [] rows %rows : tensor<f32> -> tensor<?x4xf32>
  %r = nn.max %y, %b : tensor<?x4xf32>
  %p = nn.mul %r, %k : tensor<?x4xf32>
  %s = nn.reduce "sum" %p axes [0, 1] : tensor<?x4xf32> -> tensor<f32>
  %g = nn.gradient %s by %w : (tensor<f32>, tensor<3x4xf32>) -> tensor<3x4xf32>
  return %g : tensor<3x4xf32>
}

// -----

// Nothing is computed for the input of the first layer, which is not asked for.
// CHECK-LABEL: func.func @only_what_is_asked_for
// CHECK: nn.conv_filter_grad
// CHECK-NOT: nn.conv_input_grad
func.func @only_what_is_asked_for(%rows: index, %x: tensor<?x6x2xf32>, %w: tensor<3x2x4xf32>) -> tensor<3x2x4xf32> {
  %y = nn.conv %x, %w strides [1] padding [1, 1] dilations [1] groups 1 : tensor<?x6x2xf32>, tensor<3x2x4xf32> -> tensor<?x6x4xf32>
  %q = nn.mul %y, %y : tensor<?x6x4xf32>
  %s = nn.reduce "sum" %q axes [0, 1, 2] : tensor<?x6x4xf32> -> tensor<f32>
  %g = nn.gradient %s by %w : (tensor<f32>, tensor<3x2x4xf32>) -> tensor<3x2x4xf32>
  return %g : tensor<3x2x4xf32>
}

// -----

// CHECK-LABEL: func.func @independent_value_has_gradient_zero
// CHECK: %[[Z:.*]] = nn.constant dense<0.000000e+00> : tensor<3xf32>
// CHECK: return %[[Z]]
func.func @independent_value_has_gradient_zero(%x: tensor<f32>, %w: tensor<3xf32>) -> tensor<3xf32> {
  %y = nn.exp %x : tensor<f32>
  %g = nn.gradient %y by %w : (tensor<f32>, tensor<3xf32>) -> tensor<3xf32>
  return %g : tensor<3xf32>
}

// -----

// The rows of a merged batch are counted with the factor.
// CHECK-LABEL: func.func @merged_batch
// CHECK: %[[N:.*]] = arith.muli %arg0, %c5
// CHECK: nn.broadcast %{{.*}} axes [1] rows %[[N]] : tensor<2xf32> -> tensor<?x2xf32>
func.func @merged_batch(%rows: index, %x: tensor<?x5x2xf32>, %k: tensor<2xf32>) -> tensor<?x5x2xf32> {
  %r = nn.reshape %x : tensor<?x5x2xf32> -> tensor<?x2xf32>
  %s = nn.reduce "sum" %r axes [0] : tensor<?x2xf32> -> tensor<2xf32>
  %p = nn.mul %s, %k : tensor<2xf32>
  %t = nn.reduce "sum" %p axes [0] : tensor<2xf32> -> tensor<f32>
  %g = nn.gradient %t by %x : (tensor<f32>, tensor<?x5x2xf32>) -> tensor<?x5x2xf32>
  return %g : tensor<?x5x2xf32>
}

// -----

// A backward op is part of the layer whose derivative it is.
// CHECK-LABEL: func.func @locations
// CHECK: nn.mul %arg0, %{{.*}} loc("Net.Dense_1"
func.func @locations(%x: tensor<f32>, %w: tensor<f32>) -> tensor<f32> {
  %y = nn.mul %x, %w : tensor<f32> loc("Net.Dense_1")
  %z = nn.exp %y : tensor<f32> loc("Net.exp_1")
  %g = nn.gradient %z by %w : (tensor<f32>, tensor<f32>) -> tensor<f32>
  return %g : tensor<f32>
}

// -----

func.func @batch_without_row_count(%x: tensor<?xf32>) -> tensor<?xf32> {
  %s = nn.reduce "sum" %x axes [0] : tensor<?xf32> -> tensor<f32>
  // expected-error@+1 {{needs the row count, which is no argument of the function}}
  %g = nn.gradient %s by %x : (tensor<f32>, tensor<?xf32>) -> tensor<?xf32>
  return %g : tensor<?xf32>
}

// -----

func.func @groups_come_later(%x: tensor<f32>) -> tensor<f32> {
  // expected-error@+1 {{has no derivative, but a gradient through it is asked for}}
  %y = nn.fused(%a = %x) : (tensor<f32>) -> tensor<f32> {
    %b = nn.exp %a : tensor<f32>
    nn.yield %b : tensor<f32>
  }
  %g = nn.gradient %y by %x : (tensor<f32>, tensor<f32>) -> tensor<f32>
  return %g : tensor<f32>
}
