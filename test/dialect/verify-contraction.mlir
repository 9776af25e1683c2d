// Each constraint of matrix products and convolutions, broken once.
// RUN: nn-opt %s --verify-diagnostics --split-input-file

func.func @matmul_c1_ranks(%x: tensor<?x4xf32>, %w: tensor<2x4x5xf32>) {
  // expected-error@+1 {{(C1) both operands must have rank 2}}
  %y = nn.matmul %x, %w : tensor<?x4xf32>, tensor<2x4x5xf32> -> tensor<?x5xf32>
  return
}

// -----

func.func @matmul_c1_batches(%x: tensor<3x2x4xf32>, %w: tensor<2x4x5xf32>) {
  // expected-error@+1 {{(C1) both operands must have rank 2, or rank 3 and equal first axes}}
  %y = nn.matmul %x, %w : tensor<3x2x4xf32>, tensor<2x4x5xf32> -> tensor<3x2x5xf32>
  return
}

// -----

func.func @matmul_c2_contracted(%x: tensor<?x4xf32>, %w: tensor<4x5xf32>) {
  // expected-error@+1 {{(C2) the contracted axes differ in length}}
  %y = nn.matmul %x, %w transposed : tensor<?x4xf32>, tensor<4x5xf32> -> tensor<?x4xf32>
  return
}

// -----

func.func @matmul_c3_shape(%x: tensor<?x4xf32>, %w: tensor<4x5xf32>) {
  // expected-error@+1 {{(C3) the result's shape must follow}}
  %y = nn.matmul %x, %w : tensor<?x4xf32>, tensor<4x5xf32> -> tensor<?x4xf32>
  return
}

// -----

func.func @conv_c1_ranks(%x: tensor<?x8x8x6xf32>, %w: tensor<3x3x4xf32>) {
  // expected-error@+1 {{(C1) the ranks must agree}}
  %y = nn.conv %x, %w strides [1] padding [1, 1] dilations [1] groups 2 : tensor<?x8x8x6xf32>, tensor<3x3x4xf32> -> tensor<?x8x4xf32>
  return
}

// -----

func.func @conv_c1_only_batch_dynamic(%x: tensor<?x?x6xf32>, %w: tensor<3x3x4xf32>) {
  // expected-error@+1 {{(C1) only the batch may be dynamic}}
  %y = nn.conv %x, %w strides [1] padding [1, 1] dilations [1] groups 2 : tensor<?x?x6xf32>, tensor<3x3x4xf32> -> tensor<?x8x4xf32>
  return
}

// -----

func.func @conv_c2_groups(%x: tensor<?x8x6xf32>, %w: tensor<3x3x4xf32>) {
  // expected-error@+1 {{(C2) channels and filters must be multiples of `groups`}}
  %y = nn.conv %x, %w strides [1] padding [1, 1] dilations [1] groups 3 : tensor<?x8x6xf32>, tensor<3x3x4xf32> -> tensor<?x8x4xf32>
  return
}

// -----

func.func @conv_c2_filter(%x: tensor<?x8x6xf32>, %w: tensor<3x2x4xf32>) {
  // expected-error@+1 {{(C2) channels and filters must be multiples of `groups`}}
  %y = nn.conv %x, %w strides [1] padding [1, 1] dilations [1] groups 2 : tensor<?x8x6xf32>, tensor<3x2x4xf32> -> tensor<?x8x4xf32>
  return
}

// -----

func.func @conv_c3_stride(%x: tensor<?x8x6xf32>, %w: tensor<3x3x4xf32>) {
  // expected-error@+1 {{(C3) strides, dilations and groups must be at least 1}}
  %y = nn.conv %x, %w strides [0] padding [1, 1] dilations [1] groups 2 : tensor<?x8x6xf32>, tensor<3x3x4xf32> -> tensor<?x8x4xf32>
  return
}

// -----

func.func @conv_c3_padding(%x: tensor<?x8x6xf32>, %w: tensor<3x3x4xf32>) {
  // expected-error@+1 {{(C3) strides, dilations and groups must be at least 1, padding not negative}}
  %y = nn.conv %x, %w strides [1] padding [1, -1] dilations [1] groups 2 : tensor<?x8x6xf32>, tensor<3x3x4xf32> -> tensor<?x8x4xf32>
  return
}

// -----

func.func @conv_c3_one_per_axis(%x: tensor<?x8x6xf32>, %w: tensor<3x3x4xf32>) {
  // expected-error@+1 {{(C3) strides, dilations and groups must be at least 1}}
  %y = nn.conv %x, %w strides [1] padding [1, 1] dilations [1, 1] groups 2 : tensor<?x8x6xf32>, tensor<3x3x4xf32> -> tensor<?x8x4xf32>
  return
}

// -----

func.func @conv_c4_shape(%x: tensor<?x8x6xf32>, %w: tensor<3x3x4xf32>) {
  // expected-error@+1 {{(C4) the output's shape must follow}}
  %y = nn.conv %x, %w strides [1] padding [1, 1] dilations [1] groups 2 : tensor<?x8x6xf32>, tensor<3x3x4xf32> -> tensor<?x7x4xf32>
  return
}

// -----

func.func @conv_c4_empty(%x: tensor<?x8x6xf32>, %w: tensor<3x3x4xf32>) {
  // expected-error@+1 {{(C4) the output's shape must follow and have no empty axis}}
  %y = nn.conv %x, %w strides [1] padding [0, 0] dilations [4] groups 2 : tensor<?x8x6xf32>, tensor<3x3x4xf32> -> tensor<?x0x4xf32>
  return
}

// -----

func.func @conv_input_grad_c1(%g: tensor<?x8x4xf32>, %w: tensor<3x3x4xf32>) {
  // expected-error@+1 {{(C1) the output's shape must follow}}
  %y = nn.conv_input_grad %g, %w strides [1] padding [1, 1] dilations [1] groups 2 : tensor<?x8x4xf32>, tensor<3x3x4xf32> -> tensor<?x9x6xf32>
  return
}

// -----

func.func @conv_filter_grad_c1(%x: tensor<?x8x6xf32>, %g: tensor<?x8x4xf32>) {
  // expected-error@+1 {{(C1) channels and filters must be multiples}}
  %y = nn.conv_filter_grad %x, %g strides [1] padding [1, 1] dilations [1] groups 2 : tensor<?x8x6xf32>, tensor<?x8x4xf32> -> tensor<3x6x4xf32>
  return
}
