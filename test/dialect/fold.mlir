// What folds, and what only seems to: folds hold for NaN, infinities and signed zeros too.
// RUN: nn-opt %s --canonicalize | FileCheck %s

// CHECK-LABEL: func.func @neutral_elements
// CHECK-NEXT: return %arg0, %arg0, %arg0, %arg0, %arg0
func.func @neutral_elements(%x: tensor<3xf32>) -> (tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>) {
  %zero = nn.constant dense<0.0> : tensor<3xf32>
  %minusZero = nn.constant dense<-0.0> : tensor<3xf32>
  %one = nn.constant dense<1.0> : tensor<3xf32>
  %a = nn.add %minusZero, %x : tensor<3xf32>
  %b = nn.sub %x, %zero : tensor<3xf32>
  %c = nn.mul %one, %x : tensor<3xf32>
  %d = nn.div %x, %one : tensor<3xf32>
  %n = nn.neg %x : tensor<3xf32>
  %m = nn.neg %n : tensor<3xf32>
  return %a, %b, %c, %d, %m : tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>
}

// -0 + 0 is 0, NaN * 0 is NaN, NaN - NaN and NaN / NaN are NaN.
// CHECK-LABEL: func.func @inexact_ones_stay
// CHECK: nn.add
// CHECK: nn.mul
// CHECK: nn.sub
// CHECK: nn.div
func.func @inexact_ones_stay(%x: tensor<3xf32>) -> (tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>) {
  %zero = nn.constant dense<0.0> : tensor<3xf32>
  %a = nn.add %x, %zero : tensor<3xf32>
  %b = nn.mul %x, %zero : tensor<3xf32>
  %c = nn.sub %x, %x : tensor<3xf32>
  %d = nn.div %x, %x : tensor<3xf32>
  return %a, %b, %c, %d : tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>
}

// CHECK-LABEL: func.func @constant_scalars
// CHECK-DAG: nn.constant dense<6.000000e+00> : tensor<f32>
// CHECK-DAG: nn.constant dense<5.000000e+00> : tensor<f32>
// CHECK-NOT: nn.mul
func.func @constant_scalars() -> (tensor<f32>, tensor<f32>) {
  %a = nn.constant dense<2.0> : tensor<f32>
  %b = nn.constant dense<3.0> : tensor<f32>
  %c = nn.mul %a, %b : tensor<f32>
  %d = nn.add %a, %b : tensor<f32>
  return %c, %d : tensor<f32>, tensor<f32>
}

// CHECK-LABEL: func.func @masks
// CHECK-NEXT: return %arg0, %arg1, %arg0, %arg2, %arg2
func.func @masks(%x: tensor<3xf32>, %y: tensor<3xf32>, %m: tensor<3xi1>) -> (tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xi1>, tensor<3xi1>) {
  %true = nn.constant dense<true> : tensor<3xi1>
  %false = nn.constant dense<false> : tensor<3xi1>
  %a = nn.select %true, %x, %y : tensor<3xi1>, tensor<3xf32>
  %b = nn.select %false, %x, %y : tensor<3xi1>, tensor<3xf32>
  %c = nn.select %m, %x, %x : tensor<3xi1>, tensor<3xf32>
  %d = nn.and %m, %true : tensor<3xi1>
  %e = nn.or %false, %m : tensor<3xi1>
  return %a, %b, %c, %d, %e : tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xi1>, tensor<3xi1>
}

// CHECK-LABEL: func.func @shapes_compose
// CHECK-DAG: nn.broadcast %arg1 axes [2] rows %arg0 : tensor<4xf32> -> tensor<?x3x4xf32>
// CHECK-DAG: nn.reshape %arg2 : tensor<?x3x4xf32> -> tensor<?x2x6xf32>
// CHECK-DAG: nn.transpose %arg2 [2, 0, 1] : tensor<?x3x4xf32> -> tensor<4x?x3xf32>
// CHECK: return %{{.*}}, %{{.*}}, %{{.*}}, %arg2, %arg2, %arg2
func.func @shapes_compose(%rows: index, %c: tensor<4xf32>, %x: tensor<?x3x4xf32>)
    -> (tensor<?x3x4xf32>, tensor<?x2x6xf32>, tensor<4x?x3xf32>, tensor<?x3x4xf32>, tensor<?x3x4xf32>, tensor<?x3x4xf32>) {
  %b0 = nn.broadcast %c axes [1] : tensor<4xf32> -> tensor<3x4xf32>
  %b1 = nn.broadcast %b0 axes [1, 2] rows %rows : tensor<3x4xf32> -> tensor<?x3x4xf32>
  %r0 = nn.reshape %x : tensor<?x3x4xf32> -> tensor<?x12xf32>
  %r1 = nn.reshape %r0 : tensor<?x12xf32> -> tensor<?x2x6xf32>
  %r2 = nn.reshape %r0 : tensor<?x12xf32> -> tensor<?x3x4xf32>
  %t0 = nn.transpose %x [0, 2, 1] : tensor<?x3x4xf32> -> tensor<?x4x3xf32>
  %t1 = nn.transpose %t0 [1, 0, 2] : tensor<?x4x3xf32> -> tensor<4x?x3xf32>
  %t2 = nn.transpose %t0 [0, 2, 1] : tensor<?x4x3xf32> -> tensor<?x3x4xf32>
  %s = nn.slice %x starts [0, 0, 0] strides [1, 1, 1] : tensor<?x3x4xf32> -> tensor<?x3x4xf32>
  return %b1, %r1, %t1, %r2, %t2, %s : tensor<?x3x4xf32>, tensor<?x2x6xf32>, tensor<4x?x3xf32>, tensor<?x3x4xf32>, tensor<?x3x4xf32>, tensor<?x3x4xf32>
}

// The identity through which no gradient flows is none before differentiation.
// CHECK-LABEL: func.func @stop_gradient_stays
// CHECK: nn.stop_gradient
func.func @stop_gradient_stays(%x: tensor<3xf32>) -> tensor<3xf32> {
  %y = nn.stop_gradient %x : tensor<3xf32>
  return %y : tensor<3xf32>
}
