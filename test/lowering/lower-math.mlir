// f32 vectors get polynomials; scalars and f64 keep the function.
// RUN: nn-opt %s --nn-lower-math | FileCheck %s

// CHECK-LABEL: func.func @f32_vector
// CHECK-NOT: math.exp
// CHECK: return
func.func @f32_vector(%x: vector<16xf32>) -> vector<16xf32> {
  %y = math.exp %x : vector<16xf32>
  return %y : vector<16xf32>
}

// CHECK-LABEL: func.func @scalar_and_f64_are_left
// CHECK: math.exp {{.*}} : f32
// CHECK: math.exp {{.*}} : vector<8xf64>
func.func @scalar_and_f64_are_left(%x: f32, %v: vector<8xf64>) -> (f32, vector<8xf64>) {
  %y = math.exp %x : f32
  %w = math.exp %v : vector<8xf64>
  return %y, %w : f32, vector<8xf64>
}
