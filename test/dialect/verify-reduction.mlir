// Each constraint of the ops that drop or make an axis, broken once.
// RUN: nn-opt %s --verify-diagnostics --split-input-file

func.func @reduce_c1_decreasing(%x: tensor<2x3xf32>) {
  // expected-error@+1 {{(C1) `axes` must be strictly increasing and in range}}
  %y = nn.reduce "sum" %x axes [1, 0] : tensor<2x3xf32> -> tensor<f32>
  return
}

// -----

func.func @reduce_c1_range(%x: tensor<2x3xf32>) {
  // expected-error@+1 {{(C1) `axes` must be strictly increasing and in range}}
  %y = nn.reduce "sum" %x axes [2] : tensor<2x3xf32> -> tensor<2xf32>
  return
}

// -----

func.func @reduce_c2_shape(%x: tensor<2x3xf32>) {
  // expected-error@+1 {{(C2) the result's shape must be that of `x` without `axes`}}
  %y = nn.reduce "sum" %x axes [0] : tensor<2x3xf32> -> tensor<2xf32>
  return
}

// -----

func.func @reduce_kind(%x: tensor<2x3xf32>) {
  // expected-error@+1 {{sum, max, min or prod}}
  %y = nn.reduce "mean" %x axes [0] : tensor<2x3xf32> -> tensor<3xf32>
  return
}

// -----

func.func @moments_c1_negative(%x: tensor<2x3xf32>) {
  // expected-error@+1 {{(C1) `axes` must be strictly increasing and in range}}
  %m, %v = nn.moments %x axes [-1] : tensor<2x3xf32> -> tensor<2xf32>, tensor<2xf32>
  return
}

// -----

func.func @moments_c2_variance(%x: tensor<2x3xf32>) {
  // expected-error@+1 {{(C2) the result's shape must be that of `x` without `axes`}}
  %m, %v = nn.moments %x axes [0] : tensor<2x3xf32> -> tensor<3xf32>, tensor<2xf32>
  return
}

// -----

func.func @argmax_c1_dynamic(%x: tensor<?x4xf32>) {
  // expected-error@+1 {{(C1) `axis` must be in range and static}}
  %k = nn.argmax %x axis 0 : tensor<?x4xf32> -> tensor<4xi32>
  return
}

// -----

func.func @argmax_c2_shape(%x: tensor<?x4xf32>) {
  // expected-error@+1 {{(C2) the result's shape must be that of `x` without `axis`}}
  %k = nn.argmax %x axis 1 : tensor<?x4xf32> -> tensor<4xi32>
  return
}

// -----

func.func @one_hot_c1_shape(%k: tensor<?xi32>) {
  // expected-error@+1 {{(C1) the result must have one more axis}}
  %m = nn.one_hot %k : tensor<?xi32> -> tensor<3x?xi1>
  return
}
