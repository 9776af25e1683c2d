// Factors that do not vary along the summed axes leave the sum.
// RUN: nn-opt %s --nn-factor-sums --canonicalize --cse | FileCheck %s

// Two sums that differ in a scale are one: g d r and -(d s) g, scales r and s, both need the sum of d g.
// CHECK-LABEL: func.func @equal_but_for_factors
// CHECK: %[[P:.*]] = nn.mul %arg1, %arg2 : tensor<?x4xf32>
// CHECK: %[[S:.*]] = nn.reduce "sum" %[[P]] axes [0]
// CHECK-NOT: nn.reduce
// CHECK: %[[A:.*]] = nn.mul %[[S]], %arg3
// CHECK: %[[N:.*]] = nn.neg %[[S]]
// CHECK: %[[B:.*]] = nn.mul %[[N]], %arg4
// CHECK: return %[[A]], %[[B]]
func.func @equal_but_for_factors(%rows: index, %d: tensor<?x4xf32>, %g: tensor<?x4xf32>, %r: tensor<4xf32>, %s: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %rb = nn.broadcast %r axes [1] rows %rows : tensor<4xf32> -> tensor<?x4xf32>
  %sb = nn.broadcast %s axes [1] rows %rows : tensor<4xf32> -> tensor<?x4xf32>
  %p0 = nn.mul %g, %d : tensor<?x4xf32>
  %p1 = nn.mul %p0, %rb : tensor<?x4xf32>
  %a = nn.reduce "sum" %p1 axes [0] : tensor<?x4xf32> -> tensor<4xf32>
  %q0 = nn.mul %d, %sb : tensor<?x4xf32>
  %q1 = nn.neg %q0 : tensor<?x4xf32>
  %q2 = nn.mul %q1, %g : tensor<?x4xf32>
  %b = nn.reduce "sum" %q2 axes [0] : tensor<?x4xf32> -> tensor<4xf32>
  return %a, %b : tensor<4xf32>, tensor<4xf32>
}

// A divisor leaves too, and a scalar becomes a broadcast of the result's shape.
// CHECK-LABEL: func.func @divisor
// CHECK: %[[S:.*]] = nn.reduce "sum" %arg1 axes [0]
// CHECK: %[[B:.*]] = nn.broadcast %arg2 axes [] : tensor<f32> -> tensor<4xf32>
// CHECK: nn.div %[[S]], %[[B]]
func.func @divisor(%rows: index, %x: tensor<?x4xf32>, %n: tensor<f32>) -> tensor<4xf32> {
  %b = nn.broadcast %n axes [] rows %rows : tensor<f32> -> tensor<?x4xf32>
  %q = nn.div %x, %b : tensor<?x4xf32>
  %s = nn.reduce "sum" %q axes [0] : tensor<?x4xf32> -> tensor<4xf32>
  return %s : tensor<4xf32>
}

// CHECK-LABEL: func.func @factor_varies_along_the_sum
// CHECK: nn.mul
// CHECK: nn.reduce
// CHECK-NEXT: return
func.func @factor_varies_along_the_sum(%rows: index, %x: tensor<?x4xf32>, %v: tensor<4xf32>) -> tensor<?xf32> {
  %b = nn.broadcast %v axes [1] rows %rows : tensor<4xf32> -> tensor<?x4xf32>
  %p = nn.mul %x, %b : tensor<?x4xf32>
  %s = nn.reduce "sum" %p axes [1] : tensor<?x4xf32> -> tensor<?xf32>
  return %s : tensor<?xf32>
}

// The maximum of -x is not minus the maximum of x.
// CHECK-LABEL: func.func @only_sums
// CHECK: nn.neg
// CHECK: nn.reduce "max"
// CHECK-NEXT: return
func.func @only_sums(%x: tensor<?x4xf32>) -> tensor<4xf32> {
  %n = nn.neg %x : tensor<?x4xf32>
  %s = nn.reduce "max" %n axes [0] : tensor<?x4xf32> -> tensor<4xf32>
  return %s : tensor<4xf32>
}
