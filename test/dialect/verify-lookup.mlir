// Each constraint of lookups, broken once.
// RUN: nn-opt %s --verify-diagnostics --split-input-file

func.func @iota_c1_rank() {
  // expected-error@+1 {{(C1) the result must have one axis, of static length}}
  %y = nn.iota : tensor<2x3xf32>
  return
}

// -----

func.func @gather_c1_dynamic_table(%t: tensor<?x3xf32>, %k: tensor<4xi32>) {
  // expected-error@+1 {{(C1) the table must be static and have at least one axis}}
  %y = nn.gather %t, %k : tensor<?x3xf32>, tensor<4xi32> -> tensor<4x3xf32>
  return
}

// -----

func.func @gather_c2_shape(%t: tensor<2x3xf32>, %k: tensor<?x4xi32>) {
  // expected-error@+1 {{(C2) the rows' shape must be that of `index`, then the table's without its first axis}}
  %y = nn.gather %t, %k : tensor<2x3xf32>, tensor<?x4xi32> -> tensor<?x4x2xf32>
  return
}

// -----

func.func @scatter_add_c1(%x: tensor<?x4x3xf32>, %k: tensor<?xi32>) {
  // expected-error@+1 {{(C1) the rows' shape must be that of `index`, then the table's without its first axis}}
  %y = nn.scatter_add %x, %k : tensor<?x4x3xf32>, tensor<?xi32> -> tensor<2x3xf32>
  return
}
