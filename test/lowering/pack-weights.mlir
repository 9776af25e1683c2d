// Where `predict` or `eval` multiply by a large weight, `fold` makes its panels: once, whoever reads them.
// RUN: nn-opt %s --nn-linalg-phase --nn-vector-phase | FileCheck %s
// RUN: nn-opt %s --nn-linalg-phase --nn-vector-phase | FileCheck %s --check-prefix=KERNEL

module attributes {nn.program = {batch = 64 : i64}} {
// The step shares the product's text, but its weight is another each time: it has a kernel that packs.
// CHECK-LABEL: func.func @t.step(
// CHECK-NOT: panels
// CHECK: %[[SCRATCH:.*]] = memref.alloc() : memref<100352xf32>
// CHECK: call @[[OWN:nn.kernel.1]](%{{.*}}, %[[SCRATCH]]) {
// CHECK: return
func.func @t.step(%rows: index {nn.role = "rows"}, %x: tensor<?x784xf32> {nn.role = "field", nn.name = "x"},
                  %w: tensor<784x128xf32> {nn.role = "parameter", nn.name = "w"})
    -> (tensor<784x128xf32> {nn.role = "parameter", nn.name = "w"}, tensor<?x128xf32> {nn.role = "output", nn.name = "y"})
    attributes {nn.entry} {
  %y = nn.matmul %x, %w : tensor<?x784xf32>, tensor<784x128xf32> -> tensor<?x128xf32>
  %new = nn.neg %w : tensor<784x128xf32>
  return %new, %y : tensor<784x128xf32>, tensor<?x128xf32>
}

// CHECK-LABEL: func.func @t.eval(
// CHECK: %[[PANELS:.*]] = memref.alloc() {nn.name = "w.panels.32", nn.role = "folded"
// CHECK: call @[[OWN]].folded(%{{.*}}, %[[PANELS]])
func.func @t.eval(%rows: index {nn.role = "rows"}, %x: tensor<?x784xf32> {nn.role = "field", nn.name = "x"},
                  %w: tensor<784x128xf32> {nn.role = "parameter", nn.name = "w"})
    -> (tensor<?x128xf32> {nn.role = "total", nn.name = "0"}) attributes {nn.entry} {
  %y = nn.matmul %x, %w : tensor<?x784xf32>, tensor<784x128xf32> -> tensor<?x128xf32>
  return %y : tensor<?x128xf32>
}

// A second weight is small, a third has columns that are no whole tiles, a fourth is itself made by `fold`.
// CHECK-LABEL: func.func @predict(
// CHECK-NOT: nn.name = "small.panels
// CHECK-NOT: nn.name = "odd.panels
// CHECK: nn.name = "w.panels.32", nn.role = "folded"
// CHECK-NOT: nn.name = "small.panels
// CHECK-NOT: nn.name = "odd.panels
// CHECK: nn.name = "N.0.panels.32", nn.role = "folded"
// CHECK: return
func.func @predict(%rows: index {nn.role = "rows"}, %x: tensor<?x784xf32> {nn.role = "field", nn.name = "x"},
                   %w: tensor<784x128xf32> {nn.role = "parameter", nn.name = "w"},
                   %small: tensor<128x128xf32> {nn.role = "parameter", nn.name = "small"},
                   %odd: tensor<784x144xf32> {nn.role = "parameter", nn.name = "odd"},
                   %f: tensor<784x256xf32> {nn.role = "folded", nn.name = "N.0"})
    -> (tensor<?x128xf32> {nn.role = "output", nn.name = "0"}, tensor<?x144xf32> {nn.role = "output", nn.name = "1"},
        tensor<?x256xf32> {nn.role = "output", nn.name = "2"}) attributes {nn.entry} {
  %y = nn.matmul %x, %w : tensor<?x784xf32>, tensor<784x128xf32> -> tensor<?x128xf32>
  %z = nn.matmul %y, %small : tensor<?x128xf32>, tensor<128x128xf32> -> tensor<?x128xf32>
  %u = nn.matmul %x, %odd : tensor<?x784xf32>, tensor<784x144xf32> -> tensor<?x144xf32>
  %v = nn.matmul %x, %f : tensor<?x784xf32>, tensor<784x256xf32> -> tensor<?x256xf32>
  return %z, %u, %v : tensor<?x128xf32>, tensor<?x144xf32>, tensor<?x256xf32>
}

// It reads what it has made itself, and weights that it did not read before.
// CHECK-LABEL: func.func @fold(
// CHECK-DAG: %[[OF:.*]] = memref.alloc() {nn.name = "w", nn.role = "parameter"
// CHECK-DAG: %[[INTO:.*]] = memref.alloc() {nn.name = "w.panels.32", nn.role = "folded", nn.type = tensor<4x784x32xf32>}
// CHECK-DAG: %[[MADE:.*]] = memref.alloc() {nn.name = "N.0", nn.role = "folded"
// CHECK-DAG: %[[SECOND:.*]] = memref.alloc() {nn.name = "N.0.panels.32", nn.role = "folded", nn.type = tensor<8x784x32xf32>}
// CHECK: call @nn.kernel.{{[0-9]+}}(%{{.*}}, %[[MADE]])
// CHECK: call @nn.pack.1(%{{.*}}, %[[OF]], %[[INTO]])
// CHECK: call @nn.pack.2(%{{.*}}, %[[MADE]], %[[SECOND]])
// CHECK: return
func.func @fold(%rows: index {nn.role = "rows"}, %v: tensor<784x256xf32> {nn.role = "parameter", nn.name = "v"})
    -> (tensor<784x256xf32> {nn.role = "folded", nn.name = "N.0"}) attributes {nn.entry} {
  %f = nn.exp %v : tensor<784x256xf32>
  return %f : tensor<784x256xf32>
}
}

// For many rows: a tile begins with loads of the panels, and stores are those of the result.
// KERNEL-LABEL: func.func private @nn.kernel.1.folded.many(
// KERNEL-SAME: %[[PANELS:[a-z0-9]*]]: memref<100352xf32>)
// KERNEL-NOT: vector.store %{{.*}}, %[[PANELS]]
// KERNEL: vector.load %[[PANELS]]
// KERNEL-NOT: vector.store %{{.*}}, %[[PANELS]]
// KERNEL: return
