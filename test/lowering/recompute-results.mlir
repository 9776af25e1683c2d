// What is cheap to compute again is not written for its readers.
// RUN: nn-opt %s --nn-recompute-results | FileCheck %s

// The distance from the mean is made again from x where it is squared.
// CHECK-LABEL: func.func @cheap_value_moves_to_its_reader
// CHECK: nn.fused(
// CHECK: nn.fused(%{{.*}} = %{{.*}}, %{{.*}} = %{{.*}}, %{{.*}} = %{{.*}})
// CHECK: %[[D:.*]] = nn.sub
// CHECK: nn.mul %[[D]], %[[D]]
func.func @cheap_value_moves_to_its_reader(%rows: index, %x: tensor<?x8xf32>, %m: tensor<8xf32>)
    -> (tensor<?x8xf32>, tensor<8xf32>) attributes {nn.entry} {
  %d, %e = nn.fused(%a = %x, %b = %m, %n = %rows) : (tensor<?x8xf32>, tensor<8xf32>, index) -> (tensor<?x8xf32>, tensor<?x8xf32>) {
    %w = nn.broadcast %b axes [1] rows %n : tensor<8xf32> -> tensor<?x8xf32>
    %s = nn.sub %a, %w : tensor<?x8xf32>
    %t = nn.exp %s : tensor<?x8xf32>
    nn.yield %s, %t : tensor<?x8xf32>, tensor<?x8xf32>
  }
  %v = nn.fused(%a = %d) : (tensor<?x8xf32>) -> tensor<8xf32> {
    %q = nn.mul %a, %a : tensor<?x8xf32>
    %s = nn.reduce "sum" %q axes [0] : tensor<?x8xf32> -> tensor<8xf32>
    nn.yield %s : tensor<8xf32>
  }
  return %e, %v : tensor<?x8xf32>, tensor<8xf32>
}

// An exponential is not cheap.
// CHECK-LABEL: func.func @dear_value_stays
// CHECK: %[[E:.*]] = nn.fused(
// CHECK: nn.fused(%{{.*}} = %[[E]])
// CHECK-NOT: nn.exp
func.func @dear_value_stays(%rows: index, %x: tensor<?x8xf32>) -> tensor<8xf32> attributes {nn.entry} {
  %e = nn.fused(%a = %x) : (tensor<?x8xf32>) -> tensor<?x8xf32> {
    %t = nn.exp %a : tensor<?x8xf32>
    nn.yield %t : tensor<?x8xf32>
  }
  %v = nn.fused(%a = %e) : (tensor<?x8xf32>) -> tensor<8xf32> {
    %s = nn.reduce "sum" %a axes [0] : tensor<?x8xf32> -> tensor<8xf32>
    nn.yield %s : tensor<8xf32>
  }
  return %v : tensor<8xf32>
}
