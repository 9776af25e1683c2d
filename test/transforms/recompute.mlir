// Cheap values are made again where they are read, from what is in memory anyway.
// RUN: nn-opt %s --nn-recompute | FileCheck %s
// RUN: nn-opt %s --nn-recompute --nn-fuse | FileCheck %s --check-prefix=FUSED

// x - m is made for each of its readers; each is a kernel that reads x.
// CHECK-LABEL: func.func @deviation
// CHECK-COUNT-3: nn.sub %arg1
// FUSED-LABEL: func.func @deviation
// FUSED-COUNT-3: nn.fused(%{{.*}} = %arg2, %{{.*}} = %arg0, %{{.*}} = %arg1)
// FUSED: return
func.func @deviation(%rows: index, %x: tensor<?x4xf32>, %m: tensor<4xf32>) -> (tensor<?x4xf32>, tensor<?x4xf32>, tensor<4xf32>) {
  %b = nn.broadcast %m axes [1] rows %rows : tensor<4xf32> -> tensor<?x4xf32>
  %d = nn.sub %x, %b : tensor<?x4xf32>
  %e = nn.exp %d : tensor<?x4xf32>
  %t = nn.tanh %d : tensor<?x4xf32>
  %s = nn.reduce "sum" %d axes [0] : tensor<?x4xf32> -> tensor<4xf32>
  return %e, %t, %s : tensor<?x4xf32>, tensor<?x4xf32>, tensor<4xf32>
}

// The contraction needs the value in memory, so all others read it there.
// CHECK-LABEL: func.func @read_by_a_contraction
// CHECK-COUNT-1: nn.neg
// CHECK-NOT: nn.neg
func.func @read_by_a_contraction(%x: tensor<4x4xf32>) -> (tensor<4x4xf32>, tensor<4x4xf32>) {
  %n = nn.neg %x : tensor<4x4xf32>
  %y = nn.matmul %n, %x : tensor<4x4xf32>, tensor<4x4xf32> -> tensor<4x4xf32>
  %e = nn.exp %n : tensor<4x4xf32>
  return %y, %e : tensor<4x4xf32>, tensor<4x4xf32>
}

// Behind a contraction the operand is in registers only there.
// CHECK-LABEL: func.func @behind_a_contraction
// CHECK-COUNT-1: nn.neg
// CHECK-NOT: nn.neg
func.func @behind_a_contraction(%x: tensor<4x4xf32>) -> (tensor<4x4xf32>, tensor<4x4xf32>) {
  %y = nn.matmul %x, %x : tensor<4x4xf32>, tensor<4x4xf32> -> tensor<4x4xf32>
  %n = nn.neg %y : tensor<4x4xf32>
  %e = nn.exp %n : tensor<4x4xf32>
  %t = nn.tanh %n : tensor<4x4xf32>
  return %e, %t : tensor<4x4xf32>, tensor<4x4xf32>
}

// An exponential costs more than reading it.
// CHECK-LABEL: func.func @not_cheap
// CHECK-COUNT-1: nn.exp
// CHECK-NOT: nn.exp
func.func @not_cheap(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %e = nn.exp %x : tensor<4xf32>
  %a = nn.sqrt %e : tensor<4xf32>
  %b = nn.tanh %e : tensor<4xf32>
  return %a, %b : tensor<4xf32>, tensor<4xf32>
}
