// Transposed operands: a square of vectors is read along the one axis, interleaved three times for eight lanes, and stored along
// the other. Nothing is gathered; what is left of an axis is masked.
// RUN: nn-opt %s --nn-linalg-phase --nn-emit-kernels="vector-bits=256 vector-registers=16" | FileCheck %s

// CHECK-LABEL: func.func private @nn.kernel
// CHECK-NOT: vector.gather
// CHECK-COUNT-8: vector.load
// CHECK-COUNT-24: vector.shuffle
// CHECK-COUNT-8: vector.store
// CHECK: vector.maskedload
// CHECK-NOT: vector.gather
// CHECK: return
func.func @turned(%rows: index {nn.role = "rows"}, %w: tensor<64x20xf32> {nn.role = "parameter", nn.name = "w"})
    -> (tensor<20x64xf32> {nn.role = "output", nn.name = "y"}) attributes {nn.entry} {
  %y = nn.transpose %w [1, 0] : tensor<64x20xf32> -> tensor<20x64xf32>
  return %y : tensor<20x64xf32>
}
