// Ops become generics of two shapes, elementwise and reducing; convolutions read a padded input.
// RUN: nn-opt %s --nn-to-linalg | FileCheck %s

// CHECK-LABEL: func.func private @product_with_transposed_weights
// CHECK: %[[T:.*]] = linalg.generic {{.*}} outs({{.*}}tensor<10x4xf32>)
// CHECK: %[[ZERO:.*]] = linalg.fill
// CHECK: linalg.generic {{.*}}iterator_types = ["parallel", "parallel", "reduction"]{{.*}} ins(%{{.*}}, %[[T]]
// CHECK: arith.mulf {{.*}} fastmath<contract>
// CHECK: arith.addf {{.*}} fastmath<contract>
func.func private @product_with_transposed_weights(%rows: index, %dy: tensor<?x10xf32> {nn.rows = 1}, %w: tensor<4x10xf32>)
    -> (tensor<?x4xf32> {nn.rows = 1}) attributes {nn.kernel} {
  %dx = nn.matmul %dy, %w transposed : tensor<?x10xf32>, tensor<4x10xf32> -> tensor<?x4xf32>
  return %dx : tensor<?x4xf32>
}

// The padded input is as long as the windows reach.
// CHECK-LABEL: func.func private @padded_convolution
// CHECK: linalg.generic {{.*}} outs({{.*}}tensor<?x10x10x3xf32>)
// CHECK: iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction"]
// CHECK-NOT: nn.
func.func private @padded_convolution(%rows: index, %x: tensor<?x8x8x3xf32> {nn.rows = 1}, %w: tensor<3x3x3x5xf32>)
    -> (tensor<?x8x8x5xf32> {nn.rows = 1}) attributes {nn.kernel} {
  %y = nn.conv %x, %w strides [1, 1] padding [1, 1, 1, 1] dilations [1, 1] groups 1
     : tensor<?x8x8x3xf32>, tensor<3x3x3x5xf32> -> tensor<?x8x8x5xf32>
  return %y : tensor<?x8x8x5xf32>
}

// Nothing is padded where the windows stay inside.
// CHECK-LABEL: func.func private @unpadded_convolution
// CHECK-NOT: tensor.extract
// CHECK: return
func.func private @unpadded_convolution(%rows: index, %x: tensor<?x8x8x3xf32> {nn.rows = 1}, %w: tensor<3x3x3x5xf32>)
    -> (tensor<?x6x6x5xf32> {nn.rows = 1}) attributes {nn.kernel} {
  %y = nn.conv %x, %w strides [1, 1] padding [0, 0, 0, 0] dilations [1, 1] groups 1
     : tensor<?x8x8x3xf32>, tensor<3x3x3x5xf32> -> tensor<?x6x6x5xf32>
  return %y : tensor<?x6x6x5xf32>
}
