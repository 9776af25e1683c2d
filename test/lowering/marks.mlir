// Behind each kernel of a step, also within a scan, a mark names its layer: that of its contraction, else of its last op
// that is in one; -1 where there is none; and its stage: 0 forward, 1 backward, 2 optimizer. Other entries have no marks.
// RUN: nn-opt %s --nn-linalg-phase --nn-vector-phase --nn-plan-arena | FileCheck %s

// CHECK: nn.checks = ["Net.Tanh_1", "Net.Cell_1", "Net.Dense_1", "Net.Abs_1"]
module attributes {nn.program = {batch = 64 : i64}} {
// CHECK-LABEL: func.func @t.step(
// CHECK-SAME: %[[WATCH:[a-z0-9]*]]: i32)
// CHECK: call @nn.kernel.1
// CHECK: %[[TIME:.*]] = arith.constant 2 : i32
// CHECK-NEXT: %[[BIT:.*]] = arith.andi %[[WATCH]], %[[TIME]] : i32
// CHECK: scf.if
// CHECK-NEXT: %[[FIRST:.*]] = arith.constant 2 : i64
// CHECK-NEXT: %[[FORWARD:.*]] = arith.constant 0 : i32
// CHECK-NEXT: call @nnrt_mark(%[[FIRST]], %[[FORWARD]])
// CHECK: scf.for
// CHECK: call @nn.kernel.2
// CHECK: %[[SECOND:.*]] = arith.constant 1 : i64
// CHECK-NEXT: %[[BACKWARD:.*]] = arith.constant 1 : i32
// CHECK-NEXT: call @nnrt_mark(%[[SECOND]], %[[BACKWARD]])
// CHECK: scf.yield
// CHECK: call @nn.kernel.3
// CHECK: %[[NONE:.*]] = arith.constant -1 : i64
// CHECK-NEXT: %[[OPTIMIZER:.*]] = arith.constant 2 : i32
// CHECK-NEXT: call @nnrt_mark(%[[NONE]], %[[OPTIMIZER]])
func.func @t.step(%rows: index {nn.role = "rows"}, %w: tensor<16x16xf32> {nn.role = "parameter", nn.name = "w"},
                  %x: tensor<?x16xf32> {nn.role = "field", nn.name = "x"})
    -> (tensor<?x16xf32> {nn.role = "output", nn.name = "y"}) attributes {nn.entry} {
  %a = nn.fused(%i = %x, %j = %w) : (tensor<?x16xf32>, tensor<16x16xf32>) -> tensor<?x16xf32> {
    %m = nn.matmul %i, %j : tensor<?x16xf32>, tensor<16x16xf32> -> tensor<?x16xf32> loc("Net.Dense_1")
    %t = nn.tanh %m : tensor<?x16xf32> loc("Net.Tanh_1")
    nn.yield %t : tensor<?x16xf32>
  }
  %last = nn.scan 3 at %s rows(%n = %rows) carry(%h = %a) read(%v = %x)
      : (tensor<?x16xf32>, tensor<?x16xf32>) -> tensor<?x16xf32> {
    %sum = nn.add %h, %v : tensor<?x16xf32> loc("Net.Cell_1"(fused<{stage = "backward"}>["net.nn":3:1]))
    nn.next carry(%sum : tensor<?x16xf32>) stack()
  }
  %y = nn.abs %last : tensor<?x16xf32> loc(fused<{stage = "optimizer"}>["net.nn":9:1])
  return %y : tensor<?x16xf32>
}

// CHECK-LABEL: func.func @t.eval(
// CHECK: call @nn.kernel
// CHECK-NOT: @nnrt_mark(
// CHECK: return
func.func @t.eval(%rows: index {nn.role = "rows"}, %x: tensor<?x16xf32> {nn.role = "field", nn.name = "x"})
    -> (tensor<?x16xf32> {nn.role = "output", nn.name = "z"}) attributes {nn.entry} {
  %y = nn.abs %x : tensor<?x16xf32> loc("Net.Abs_1")
  return %y : tensor<?x16xf32>
}
}
