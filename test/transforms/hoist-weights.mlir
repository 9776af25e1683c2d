// What eval and predict make from weights only moves into one entry `fold`, once.
// RUN: nn-opt %s --nn-hoist-weights | FileCheck %s

// The training step and what it computes from its weights stay.
// CHECK-LABEL: func.func @t.step
// CHECK: nn.rsqrt
func.func @t.step(%rows: index {nn.role = "rows"}, %v: tensor<4xf32> {nn.role = "state", nn.name = "N.v"})
    -> (tensor<4xf32> {nn.role = "state", nn.name = "N.v"}) attributes {nn.entry} {
  %r = nn.rsqrt %v : tensor<4xf32>
  return %r : tensor<4xf32>
}

// The value before the broadcast is an argument now; the broadcast, whose result is larger, stays.
// CHECK-LABEL: func.func @t.eval
// CHECK-SAME: %[[R:[a-z0-9]+]]: tensor<4xf32> {nn.name = "[[NAME:folded[^"]*]]", nn.role = "folded"}
// CHECK-NOT: nn.rsqrt
// CHECK: nn.broadcast %[[R]] axes [1]
func.func @t.eval(%rows: index {nn.role = "rows"}, %x: tensor<?x4xf32> {nn.role = "field", nn.name = "d.x"},
    %v: tensor<4xf32> {nn.role = "state", nn.name = "N.v"})
    -> (tensor<f32> {nn.role = "term", nn.name = "loss"}) attributes {nn.entry} {
  %r = nn.rsqrt %v : tensor<4xf32>
  %b = nn.broadcast %r axes [1] rows %rows : tensor<4xf32> -> tensor<?x4xf32>
  %y = nn.mul %x, %b : tensor<?x4xf32>
  %s = nn.reduce "sum" %y axes [0, 1] : tensor<?x4xf32> -> tensor<f32>
  return %s : tensor<f32>
}

// The same value under another argument number is the same `folded` tensor; another one is beside it.
// CHECK-LABEL: func.func @predict
// CHECK-SAME: %[[R:[a-z0-9]+]]: tensor<4xf32> {nn.name = "[[NAME]]", nn.role = "folded"}
// CHECK-SAME: %[[E:[a-z0-9]+]]: tensor<4xf32> {nn.name = "[[OTHER:folded[^"]*]]", nn.role = "folded"}
// CHECK-NOT: nn.rsqrt
// CHECK-NOT: nn.exp
// CHECK: nn.tanh
func.func @predict(%rows: index {nn.role = "rows"}, %v: tensor<4xf32> {nn.role = "state", nn.name = "N.v"},
    %w: tensor<4xf32> {nn.role = "parameter", nn.name = "N.w"}, %x: tensor<?x4xf32> {nn.role = "field", nn.name = "d.x"})
    -> (tensor<?x4xf32> {nn.role = "output", nn.name = "0"}) attributes {nn.entry} {
  %r = nn.rsqrt %v : tensor<4xf32>
  %e = nn.exp %w : tensor<4xf32>
  %b = nn.broadcast %r axes [1] rows %rows : tensor<4xf32> -> tensor<?x4xf32>
  %c = nn.broadcast %e axes [1] rows %rows : tensor<4xf32> -> tensor<?x4xf32>
  %y = nn.mul %x, %b : tensor<?x4xf32>
  %z = nn.add %y, %c : tensor<?x4xf32>
  %t = nn.tanh %z : tensor<?x4xf32>
  return %t : tensor<?x4xf32>
}

// Constants are no weights.
// CHECK-LABEL: func.func @u.eval
// CHECK-NOT: folded
// CHECK: nn.exp
func.func @u.eval(%rows: index {nn.role = "rows"}, %x: tensor<4xf32> {nn.role = "parameter", nn.name = "N.x"})
    -> (tensor<4xf32> {nn.role = "term", nn.name = "a"}, tensor<4xf32> {nn.role = "term", nn.name = "b"}) attributes {nn.entry} {
  %one = nn.constant dense<1.0> : tensor<4xf32>
  %e = nn.exp %one : tensor<4xf32>
  return %x, %e : tensor<4xf32>, tensor<4xf32>
}

// CHECK-LABEL: func.func @fold
// CHECK-SAME: (%{{.*}}: index {nn.role = "rows"}, %[[V:.*]]: tensor<4xf32> {nn.name = "N.v", nn.role = "state"}, %[[W:.*]]: tensor<4xf32> {nn.name = "N.w", nn.role = "parameter"})
// CHECK-SAME: -> (tensor<4xf32> {nn.name = "[[NAME]]", nn.role = "folded"}, tensor<4xf32> {nn.name = "[[OTHER]]", nn.role = "folded"})
// CHECK-SAME: nn.entry
// CHECK: %[[F0:.*]] = nn.rsqrt %[[V]]
// CHECK: %[[F1:.*]] = nn.exp %[[W]]
// CHECK-NOT: nn.
// CHECK: return %[[F0]], %[[F1]]
