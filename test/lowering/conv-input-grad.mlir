// The gradient of a strided convolution's input by phases: one sum of products for each phase that has taps, then the places in
// turn. No zeros are put between the places of the gradient.
// RUN: nn-opt %s --nn-to-linalg | FileCheck %s

// Three taps by a stride of two: two phases an axis, with two taps and one.
// CHECK-LABEL: func.func private @two_by_two
// CHECK-COUNT-4: "reduction", "reduction", "reduction"
// CHECK-NOT: "reduction"
// CHECK: arith.remui
// CHECK-COUNT-4: arith.select
// CHECK: return
func.func private @two_by_two(%rows: index, %dy: tensor<?x4x4x5xf32> {nn.rows = 1}, %w: tensor<3x3x3x5xf32>)
    -> (tensor<?x8x8x3xf32> {nn.rows = 1}) attributes {nn.kernel} {
  %dx = nn.conv_input_grad %dy, %w strides [2, 2] padding [1, 1, 1, 1] dilations [1, 1] groups 1
     : tensor<?x4x4x5xf32>, tensor<3x3x3x5xf32> -> tensor<?x8x8x3xf32>
  return %dx : tensor<?x8x8x3xf32>
}

// One tap: three phases of four are zero.
// CHECK-LABEL: func.func private @one_tap
// CHECK-COUNT-1: "reduction", "reduction", "reduction"
// CHECK-NOT: "reduction"
// CHECK: return
func.func private @one_tap(%rows: index, %dy: tensor<?x4x4x5xf32> {nn.rows = 1}, %w: tensor<1x1x3x5xf32>)
    -> (tensor<?x8x8x3xf32> {nn.rows = 1}) attributes {nn.kernel} {
  %dx = nn.conv_input_grad %dy, %w strides [2, 2] padding [0, 0, 0, 0] dilations [1, 1] groups 1
     : tensor<?x4x4x5xf32>, tensor<1x1x3x5xf32> -> tensor<?x8x8x3xf32>
  return %dx : tensor<?x8x8x3xf32>
}
