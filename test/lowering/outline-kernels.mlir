// Groups of equal text share a kernel, constants are repeated inside, reshapes cost nothing.
// RUN: nn-opt %s --nn-outline-kernels | FileCheck %s

// CHECK-LABEL: func.func @equal_groups_share_a_kernel
// CHECK-SAME: (%[[ROWS:.*]]: index {{.*}}, %[[X:.*]]: tensor<?x4xf32> {{.*}})
// CHECK: %[[A:.*]] = call @[[RELU:nn.kernel.[0-9]+]](%[[ROWS]], %[[X]])
// CHECK: %[[B:.*]] = call @[[RELU]](%[[ROWS]], %[[A]])
// CHECK: nn.reshape %[[B]]
// CHECK-NOT: nn.constant
// CHECK: return
func.func @equal_groups_share_a_kernel(%rows: index {nn.role = "rows"}, %x: tensor<?x4xf32> {nn.role = "field", nn.name = "x"})
    -> (tensor<?xf32> {nn.role = "output", nn.name = "y"}) attributes {nn.entry} {
  %zero = nn.constant dense<0.0> : tensor<f32>
  %a = nn.fused(%v = %x, %z = %zero) : (tensor<?x4xf32>, tensor<f32>) -> tensor<?x4xf32> {
    %w = nn.abs %v : tensor<?x4xf32>
    nn.yield %w : tensor<?x4xf32>
  }
  %b = nn.fused(%v = %a, %z = %zero) : (tensor<?x4xf32>, tensor<f32>) -> tensor<?x4xf32> {
    %w = nn.abs %v : tensor<?x4xf32>
    nn.yield %w : tensor<?x4xf32>
  }
  %y = nn.reshape %b : tensor<?x4xf32> -> tensor<?xf32>
  return %y : tensor<?xf32>
}

// The four rows of a record that a reshape merges into the batch are known to the kernel.
// CHECK-LABEL: func.func @merged_axes
// CHECK: func.func private @[[RELU]](%{{.*}}: index, %{{.*}}: tensor<?x4xf32> {nn.rows = 1 : i64}
// CHECK: func.func private @nn.kernel.{{[0-9]+}}(%{{.*}}: index, %{{.*}}: tensor<?xf32> {nn.rows = 4 : i64}
func.func @merged_axes(%rows: index {nn.role = "rows"}, %x: tensor<?x4xf32> {nn.role = "field", nn.name = "x"})
    -> (tensor<?xf32> {nn.role = "output", nn.name = "y"}) attributes {nn.entry} {
  %flat = nn.reshape %x : tensor<?x4xf32> -> tensor<?xf32>
  %y = nn.neg %flat : tensor<?xf32>
  return %y : tensor<?xf32>
}
