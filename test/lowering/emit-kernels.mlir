// What the inner loops hold: multiply-adds on vectors and nothing else; consumers are computed on the registers.
// RUN: nn-opt %s --nn-linalg-phase --nn-vector-phase | FileCheck %s
// RUN: nn-opt %s --nn-linalg-phase --nn-vector-phase | FileCheck %s --check-prefix=UPDATE

// A tile of 8 rows times 2 vectors, 16 accumulators carried by the loop over k; bias and maximum before the only store.
// CHECK-LABEL: func.func @dense
// CHECK: func.func private @nn.kernel.1
// CHECK: scf.for {{.*}} iter_args(
// CHECK-COUNT-2: vector.load
// CHECK-COUNT-16: vector.fma
// CHECK-NOT: vector.store
// CHECK-NOT: memref.store
// CHECK: scf.yield
// CHECK: arith.addf {{.*}} : vector<16xf32>
// CHECK: arith.maximumf {{.*}} : vector<16xf32>
// CHECK: vector.store
// CHECK-NOT: memref.alloc
module attributes {nn.program = {batch = 64 : i64}} {
func.func @dense(%rows: index {nn.role = "rows"}, %x: tensor<?x784xf32> {nn.role = "field", nn.name = "x"},
                 %w: tensor<784x128xf32> {nn.role = "parameter", nn.name = "w"}, %b: tensor<128xf32> {nn.role = "parameter", nn.name = "b"})
    -> (tensor<?x128xf32> {nn.role = "output", nn.name = "y"}) attributes {nn.entry} {
  %y = nn.fused(%i = %x, %m = %w, %c = %b, %n = %rows) : (tensor<?x784xf32>, tensor<784x128xf32>, tensor<128xf32>, index) -> tensor<?x128xf32> {
    %p = nn.matmul %i, %m : tensor<?x784xf32>, tensor<784x128xf32> -> tensor<?x128xf32>
    %d = nn.broadcast %c axes [1] rows %n : tensor<128xf32> -> tensor<?x128xf32>
    %s = nn.add %p, %d : tensor<?x128xf32>
    %z = nn.constant dense<0.0> : tensor<f32>
    %e = nn.broadcast %z axes [] rows %n : tensor<f32> -> tensor<?x128xf32>
    %r = nn.max %s, %e : tensor<?x128xf32>
    nn.yield %r : tensor<?x128xf32>
  }
  return %y : tensor<?x128xf32>
}

// An elementwise update is written over the parameter, although a later op reads the old value: it goes last.
// UPDATE-LABEL: func.func @update_goes_last
// UPDATE: %[[W:.*]] = memref.alloc() {nn.name = "w", nn.role = "parameter"
// UPDATE: call @[[READ:.*]](%{{.*}}, %[[W]], %{{[^,]*}})
// UPDATE: call @{{.*}}(%{{.*}}, %[[W]], %{{.*}}, %[[W]])
// UPDATE-NOT: memref.copy
// UPDATE: return
func.func @update_goes_last(%rows: index {nn.role = "rows"}, %w: tensor<32xf32> {nn.role = "parameter", nn.name = "w"},
                            %g: tensor<32xf32> {nn.role = "field", nn.name = "g"})
    -> (tensor<32xf32> {nn.role = "parameter", nn.name = "w"}, tensor<f32> {nn.role = "term", nn.name = "loss"}) attributes {nn.entry} {
  %new = nn.sub %w, %g : tensor<32xf32>
  %square = nn.mul %w, %w : tensor<32xf32>
  %loss = nn.reduce "sum" %square axes [0] : tensor<32xf32> -> tensor<f32>
  return %new, %loss : tensor<32xf32>, tensor<f32>
}

// An update behind the product that is its gradient, in one kernel: both tensors that it replaces are written over.
// UPDATE-LABEL: func.func @update_behind_product
// UPDATE: %[[W:.*]] = memref.alloc() {nn.name = "w", nn.role = "parameter"
// UPDATE: %[[M:.*]] = memref.alloc() {nn.name = "m", nn.role = "parameter"
// UPDATE: call @{{.*}}, %[[W]], %[[M]], %[[W]], %[[M]])
// UPDATE-NOT: memref.copy
// UPDATE: return
func.func @update_behind_product(%rows: index {nn.role = "rows"}, %x: tensor<?x32xf32> {nn.role = "field", nn.name = "x"},
                                 %d: tensor<?x48xf32> {nn.role = "field", nn.name = "d"},
                                 %w: tensor<32x48xf32> {nn.role = "parameter", nn.name = "w"},
                                 %m: tensor<32x48xf32> {nn.role = "parameter", nn.name = "m"})
    -> (tensor<32x48xf32> {nn.role = "parameter", nn.name = "w"}, tensor<32x48xf32> {nn.role = "parameter", nn.name = "m"})
    attributes {nn.entry} {
  %new:2 = nn.fused(%a = %x, %b = %d, %c = %w, %e = %m) : (tensor<?x32xf32>, tensor<?x48xf32>, tensor<32x48xf32>, tensor<32x48xf32>)
      -> (tensor<32x48xf32>, tensor<32x48xf32>) {
    %g = nn.matmul %a transposed, %b : tensor<?x32xf32>, tensor<?x48xf32> -> tensor<32x48xf32>
    %v = nn.add %e, %g : tensor<32x48xf32>
    %u = nn.sub %c, %v : tensor<32x48xf32>
    nn.yield %u, %v : tensor<32x48xf32>, tensor<32x48xf32>
  }
  return %new#0, %new#1 : tensor<32x48xf32>, tensor<32x48xf32>
}

// A sum over the new value is another nest, which must not find the old one gone.
// UPDATE-LABEL: func.func @read_by_two_nests
// UPDATE: memref.copy
// UPDATE: return
func.func @read_by_two_nests(%rows: index {nn.role = "rows"}, %w: tensor<32x48xf32> {nn.role = "parameter", nn.name = "w"},
                             %g: tensor<32x48xf32> {nn.role = "field", nn.name = "g"})
    -> (tensor<32x48xf32> {nn.role = "parameter", nn.name = "w"}, tensor<32xf32> {nn.role = "output", nn.name = "y"}) attributes {nn.entry} {
  %new:2 = nn.fused(%a = %w, %b = %g) : (tensor<32x48xf32>, tensor<32x48xf32>) -> (tensor<32x48xf32>, tensor<32xf32>) {
    %s = nn.reduce "sum" %a axes [1] : tensor<32x48xf32> -> tensor<32xf32>
    %u = nn.sub %a, %b : tensor<32x48xf32>
    nn.yield %u, %s : tensor<32x48xf32>, tensor<32xf32>
  }
  return %new#0, %new#1 : tensor<32x48xf32>, tensor<32xf32>
}
}
