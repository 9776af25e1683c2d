// f32 gets polynomials, the same ones on vectors and on scalars; f64 keeps the function.
// RUN: nn-opt %s --nn-lower-math | FileCheck %s

// CHECK-LABEL: func.func @f32_vector
// CHECK-NOT: math.exp
// CHECK: return
func.func @f32_vector(%x: vector<16xf32>) -> vector<16xf32> {
  %y = math.exp %x : vector<16xf32>
  return %y : vector<16xf32>
}

// CHECK-LABEL: func.func @f32_scalar
// CHECK-NOT: math.tanh
// CHECK: return
func.func @f32_scalar(%x: f32) -> f32 {
  %y = math.tanh %x : f32
  return %y : f32
}

// CHECK-LABEL: func.func @f64_is_left
// CHECK: math.exp {{.*}} : vector<8xf64>
func.func @f64_is_left(%v: vector<8xf64>) -> vector<8xf64> {
  %w = math.exp %v : vector<8xf64>
  return %w : vector<8xf64>
}
