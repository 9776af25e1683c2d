// Parameters lie first; buffers that do not live at the same time share memory; entries allocate nothing.
// RUN: nn-opt %s --nn-linalg-phase --nn-vector-phase --nn-plan-arena | FileCheck %s

// 64 * 16 floats are 4096 bytes: w, x, five scalars, y, and two of the three intermediate values.
// CHECK: nn.arena = {bytes = 16768 : i64, least = 16768 : i64, persistent = 64 : i64
// CHECK-SAME: name = "w", offset = 0 : i64, role = "parameter"
// CHECK-SAME: nn.checks = ["Net.Layer_1"]
// CHECK-LABEL: func.func @predict(%{{.*}}: memref<16768xi8>, %{{.*}}: index {{.*}}, %{{.*}}: i32)
// CHECK-NOT: memref.alloc
// CHECK: scf.if
// CHECK: call @nnrt_check
// CHECK: return
module attributes {nn.program = {batch = 64 : i64}} {
func.func @predict(%rows: index {nn.role = "rows"}, %w: tensor<16xf32> {nn.role = "parameter", nn.name = "w"},
                   %x: tensor<?x16xf32> {nn.role = "field", nn.name = "x"})
    -> (tensor<?x16xf32> {nn.role = "output", nn.name = "y"}) attributes {nn.entry} {
  %a = nn.exp %x : tensor<?x16xf32>
  %b = nn.fused(%i = %a, %j = %w, %n = %rows) : (tensor<?x16xf32>, tensor<16xf32>, index) -> tensor<?x16xf32> {
    %k = nn.broadcast %j axes [1] rows %n : tensor<16xf32> -> tensor<?x16xf32>
    %s = nn.add %i, %k : tensor<?x16xf32>
    nn.yield %s : tensor<?x16xf32>
  }
  %c = nn.tanh %b : tensor<?x16xf32>
  %y = nn.abs %c : tensor<?x16xf32> loc("Net.Layer_1")
  return %y : tensor<?x16xf32>
}
}
