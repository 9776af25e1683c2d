// Each constraint of randomness, differentiation and fusion, broken once.
// RUN: nn-opt %s --verify-diagnostics --split-input-file

func.func @random_c1_axis(%rows: index, %s: tensor<i64>, %ids: tensor<?xi64>) {
  // expected-error@+1 {{(C1) the axis of `ids` must be the result's first}}
  %u = nn.random "uniform" purpose 1 seed %s counter %s ids %ids : tensor<?xi64> -> tensor<4x3xf32>
  return
}

// -----

func.func @random_c2_second_axis(%rows: index, %s: tensor<i64>, %ids: tensor<?xi64>) {
  // expected-error@+1 {{(C2) only the first axis may be dynamic}}
  %u = nn.random "uniform" purpose 1 seed %s counter %s rows %rows -> tensor<3x?xf32>
  return
}

// -----

func.func @random_c2_no_count(%rows: index, %s: tensor<i64>, %ids: tensor<?xi64>) {
  // expected-error@+1 {{(C2) only the first axis may be dynamic, and then it is that of `ids` or of `rows`}}
  %u = nn.random "uniform" purpose 1 seed %s counter %s -> tensor<?x3xf32>
  return
}

// -----

func.func @random_c2_rows_for_nothing(%rows: index, %s: tensor<i64>, %ids: tensor<?xi64>) {
  // expected-error@+1 {{(C2) `rows` goes with a dynamic first axis}}
  %u = nn.random "uniform" purpose 1 seed %s counter %s rows %rows -> tensor<3xf32>
  return
}

// -----

func.func @gradient_c1_types(%l: tensor<f32>, %w: tensor<3xf32>) {
  // expected-error@+1 {{(C1) needs one result for each value, of its type}}
  %g = nn.gradient %l by %w : (tensor<f32>, tensor<3xf32>) -> tensor<4xf32>
  return
}

// -----

func.func @fused_c1_yield(%x: tensor<3xf32>) {
  // expected-error@+1 {{(C1) the yielded values must have the results' types}}
  %y = nn.fused(%a = %x) : (tensor<3xf32>) -> tensor<4xf32> {
    nn.yield %a : tensor<3xf32>
  }
  return
}

// -----

func.func @fused_c1_arguments(%x: tensor<3xf32>) {
  // expected-error@+1 {{(C1) the block arguments must have the operands' types}}
  %y = "nn.fused"(%x) ({
  ^bb0(%a: tensor<4xf32>):
    "nn.yield"(%a) : (tensor<4xf32>) -> ()
  }) : (tensor<3xf32>) -> tensor<4xf32>
  return
}
