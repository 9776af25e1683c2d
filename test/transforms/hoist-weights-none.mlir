// Without anything to hoist there is no entry `fold`.
// RUN: nn-opt %s --nn-hoist-weights | FileCheck %s
// CHECK-NOT: @fold
func.func @predict(%rows: index {nn.role = "rows"}, %w: tensor<3x4xf32> {nn.role = "parameter", nn.name = "N.w"},
    %x: tensor<?x3xf32> {nn.role = "field", nn.name = "d.x"})
    -> (tensor<?x4xf32> {nn.role = "output", nn.name = "0"}) attributes {nn.entry} {
  %y = nn.matmul %x, %w : tensor<?x3xf32>, tensor<3x4xf32> -> tensor<?x4xf32>
  return %y : tensor<?x4xf32>
}
