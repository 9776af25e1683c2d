// Each constraint of pooling, broken once.
// RUN: nn-opt %s --verify-diagnostics --split-input-file

func.func @max_pool_c1_one_per_axis(%x: tensor<?x8x6xf32>) {
  // expected-error@+1 {{(C1) needs a window, a stride and two paddings for each spatial axis}}
  %y, %i = nn.max_pool %x window [2, 2] strides [2] padding [0, 0] : tensor<?x8x6xf32> -> tensor<?x4x6xf32>, tensor<?x4x6xi32>
  return
}

// -----

func.func @max_pool_c1_padding(%x: tensor<?x8x6xf32>) {
  // expected-error@+1 {{(C1) windows and strides must be at least 1, paddings less than their window}}
  %y, %i = nn.max_pool %x window [2] strides [2] padding [2, 0] : tensor<?x8x6xf32> -> tensor<?x5x6xf32>, tensor<?x5x6xi32>
  return
}

// -----

func.func @max_pool_c2_shape(%x: tensor<?x8x6xf32>) {
  // expected-error@+1 {{(C2) the output's shape must follow}}
  %y, %i = nn.max_pool %x window [2] strides [2] padding [0, 0] : tensor<?x8x6xf32> -> tensor<?x5x6xf32>, tensor<?x5x6xi32>
  return
}

// -----

func.func @max_pool_c2_place(%x: tensor<?x8x6xf32>) {
  // expected-error@+1 {{(C2) the output's shape must follow}}
  %y, %i = nn.max_pool %x window [2] strides [2] padding [0, 0] : tensor<?x8x6xf32> -> tensor<?x4x6xf32>, tensor<?x4x5xi32>
  return
}

// -----

func.func @max_pool_grad_c1(%g: tensor<?x4x6xf32>, %i: tensor<?x4x6xi32>) {
  // expected-error@+1 {{(C1) the output's shape must follow}}
  %y = nn.max_pool_grad %g, %i window [2] strides [2] padding [0, 0] : tensor<?x4x6xf32>, tensor<?x4x6xi32> -> tensor<?x7x6xf32>
  return
}

// -----

func.func @max_pool_pick_c1(%x: tensor<?x8x6xf32>, %i: tensor<?x3x6xi32>) {
  // expected-error@+1 {{(C1) the output's shape must follow}}
  %y = nn.max_pool_pick %x, %i window [2] strides [2] padding [0, 0] : tensor<?x8x6xf32>, tensor<?x3x6xi32> -> tensor<?x4x6xf32>
  return
}

// -----

func.func @sum_pool_c1_one_per_axis(%x: tensor<?x8x6xf32>) {
  // expected-error@+1 {{(C1) needs a window, a stride and two paddings for each spatial axis}}
  %y = nn.sum_pool %x window [2, 2] strides [2] padding [0, 0] : tensor<?x8x6xf32> -> tensor<?x4x6xf32>
  return
}

// -----

func.func @sum_pool_c2_shape(%x: tensor<?x8x6xf32>) {
  // expected-error@+1 {{(C2) the output's shape must follow}}
  %y = nn.sum_pool %x window [2] strides [2] padding [0, 0] : tensor<?x8x6xf32> -> tensor<?x5x6xf32>
  return
}

// -----

func.func @sum_pool_grad_c1(%g: tensor<?x4x6xf32>) {
  // expected-error@+1 {{(C1) the output's shape must follow}}
  %y = nn.sum_pool_grad %g window [2] strides [2] padding [0, 0] : tensor<?x4x6xf32> -> tensor<?x7x6xf32>
  return
}
