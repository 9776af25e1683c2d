// Each constraint of constants, casts and the ops that move elements, broken once.
// RUN: nn-opt %s --verify-diagnostics --split-input-file

func.func @extent_c1_factor(%rows: index) {
  // expected-error@+1 {{(C1) `factor` is 0}}
  %n = nn.extent %rows times 0 : tensor<f32>
  return
}

// -----

func.func @cast_c1_integers_from_floats(%x: tensor<3xf32>) {
  // expected-error@+1 {{(C1) casts 'f32' to 'i32'}}
  %y = nn.cast %x : tensor<3xf32> -> tensor<3xi32>
  return
}

// -----

func.func @broadcast_c1_too_few_axes(%x: tensor<3x4xf32>) {
  // expected-error@+1 {{(C1) `axes` must be}}
  %y = nn.broadcast %x axes [1] : tensor<3x4xf32> -> tensor<2x3x4xf32>
  return
}

// -----

func.func @broadcast_c1_decreasing(%x: tensor<3x4xf32>) {
  // expected-error@+1 {{(C1) `axes` must be}}
  %y = nn.broadcast %x axes [1, 0] : tensor<3x4xf32> -> tensor<4x3xf32>
  return
}

// -----

func.func @broadcast_c1_out_of_range(%x: tensor<3xf32>) {
  // expected-error@+1 {{(C1) `axes` must be}}
  %y = nn.broadcast %x axes [2] : tensor<3xf32> -> tensor<2x3xf32>
  return
}

// -----

func.func @broadcast_c2_lengths(%x: tensor<3xf32>) {
  // expected-error@+1 {{(C2) axis 0 of `x` and axis 0 of the result differ in length}}
  %y = nn.broadcast %x axes [0] : tensor<3xf32> -> tensor<4x3xf32>
  return
}

// -----

func.func @broadcast_c3_no_rows(%x: tensor<3xf32>) {
  // expected-error@+1 {{(C3) `rows` goes with a new dynamic axis}}
  %y = nn.broadcast %x axes [1] : tensor<3xf32> -> tensor<?x3xf32>
  return
}

// -----

func.func @broadcast_c3_rows_for_nothing(%rows: index, %x: tensor<3xf32>) {
  // expected-error@+1 {{(C3) `rows` goes with a new dynamic axis}}
  %y = nn.broadcast %x axes [1] rows %rows : tensor<3xf32> -> tensor<2x3xf32>
  return
}

// -----

func.func @broadcast_elements(%x: tensor<3xf32>) {
  // expected-error@+1 {{failed to verify that all of {x, result} have same element type}}
  %y = nn.broadcast %x axes [1] : tensor<3xf32> -> tensor<2x3xf64>
  return
}

// -----

func.func @reshape_c1_elements(%x: tensor<2x3xf32>) {
  // expected-error@+1 {{(C1) 6 elements cannot become 7}}
  %y = nn.reshape %x : tensor<2x3xf32> -> tensor<7xf32>
  return
}

// -----

func.func @reshape_c1_elements_of_a_row(%x: tensor<?x6xf32>) {
  // expected-error@+1 {{(C1) 6 elements cannot become 4}}
  %y = nn.reshape %x : tensor<?x6xf32> -> tensor<?x4xf32>
  return
}

// -----

func.func @reshape_c1_dynamic(%x: tensor<?x3xf32>) {
  // expected-error@+1 {{(C1) both shapes must have the same number of dynamic axes}}
  %y = nn.reshape %x : tensor<?x3xf32> -> tensor<3xf32>
  return
}

// -----

func.func @reshape_c1_overflow(%x: tensor<?x4611686018427387904x4xf32>) {
  // expected-error@+1 {{(C1) too many elements to count}}
  %y = nn.reshape %x : tensor<?x4611686018427387904x4xf32> -> tensor<?xf32>
  return
}

// -----

func.func @transpose_c1_repeated(%x: tensor<?x4xf32>) {
  // expected-error@+1 {{(C1) `permutation` must be a permutation}}
  %y = nn.transpose %x [0, 0] : tensor<?x4xf32> -> tensor<?x?xf32>
  return
}

// -----

func.func @transpose_c2_shape(%x: tensor<?x4xf32>) {
  // expected-error@+1 {{(C2) the result's shape must be the permuted one}}
  %y = nn.transpose %x [1, 0] : tensor<?x4xf32> -> tensor<?x4xf32>
  return
}

// -----

func.func @slice_c1_one_per_axis(%x: tensor<?x4xf32>) {
  // expected-error@+1 {{(C1) needs one start and one stride for each axis}}
  %y = nn.slice %x starts [0] strides [1] : tensor<?x4xf32> -> tensor<?x4xf32>
  return
}

// -----

func.func @slice_c1_start(%x: tensor<?x4xf32>) {
  // expected-error@+1 {{(C1) start and stride of axis 1 are out of range}}
  %y = nn.slice %x starts [0, 4] strides [1, 1] : tensor<?x4xf32> -> tensor<?x1xf32>
  return
}

// -----

func.func @slice_c1_stride(%x: tensor<?x4xf32>) {
  // expected-error@+1 {{(C1) start and stride of axis 1 are out of range}}
  %y = nn.slice %x starts [0, 0] strides [1, 0] : tensor<?x4xf32> -> tensor<?x1xf32>
  return
}

// -----

func.func @slice_c2_last(%x: tensor<?x4xf32>) {
  // expected-error@+1 {{(C2) the last element of axis 1 is out of range}}
  %y = nn.slice %x starts [0, 1] strides [1, 2] : tensor<?x4xf32> -> tensor<?x3xf32>
  return
}

// -----

func.func @slice_c3_dynamic(%x: tensor<?x4xf32>) {
  // expected-error@+1 {{(C3) the dynamic axis 0 must be taken whole}}
  %y = nn.slice %x starts [1, 0] strides [1, 1] : tensor<?x4xf32> -> tensor<?x4xf32>
  return
}

// -----

func.func @pad_c1_negative(%x: tensor<?x4xf32>) {
  // expected-error@+1 {{(C1) needs one `low`, `high` and `interior` for each axis, none negative}}
  %y = nn.pad %x low [0, -1] high [0, 0] interior [0, 0] : tensor<?x4xf32> -> tensor<?x3xf32>
  return
}

// -----

func.func @pad_c2_shape(%x: tensor<?x4xf32>) {
  // expected-error@+1 {{(C2) axis 1 of the result does not follow}}
  %y = nn.pad %x low [0, 1] high [0, 1] interior [0, 1] : tensor<?x4xf32> -> tensor<?x6xf32>
  return
}

// -----

func.func @pad_c2_dynamic(%x: tensor<?x4xf32>) {
  // expected-error@+1 {{(C2) axis 0 of the result does not follow}}
  %y = nn.pad %x low [1, 0] high [0, 0] interior [0, 0] : tensor<?x4xf32> -> tensor<?x4xf32>
  return
}

// -----

func.func @concat_c1_other_axes(%x: tensor<2x4xf32>, %y: tensor<3x4xf32>) {
  // expected-error@+1 {{(C1) the operands must agree with the result}}
  %z = nn.concat %x, %y axis 1 : (tensor<2x4xf32>, tensor<3x4xf32>) -> tensor<2x8xf32>
  return
}

// -----

func.func @concat_c1_no_operand() {
  // expected-error@+1 {{(C1) needs an operand}}
  %z = nn.concat axis 0 : () -> tensor<0xf32>
  return
}

// -----

func.func @concat_c2_dynamic(%x: tensor<?x4xf32>) {
  // expected-error@+1 {{(C2) `axis` must be a static axis}}
  %z = nn.concat %x, %x axis 0 : (tensor<?x4xf32>, tensor<?x4xf32>) -> tensor<?x4xf32>
  return
}

// -----

func.func @concat_c2_sum(%x: tensor<?x4xf32>) {
  // expected-error@+1 {{(C2) the lengths add up to 8, not 7}}
  %z = nn.concat %x, %x axis 1 : (tensor<?x4xf32>, tensor<?x4xf32>) -> tensor<?x7xf32>
  return
}
