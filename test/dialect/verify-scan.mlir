// Each constraint of `scan` and `take` has its negative case, under the label it has in the op's description.
// RUN: nn-opt %s --split-input-file --verify-diagnostics

func.func @scan_C1_arguments(%h0: tensor<3xf32>) {
  // expected-error @+1 {{(C1) the body needs t and an argument for each operand}}
  %r = "nn.scan"(%h0) <{operandSegmentSizes = array<i32: 0, 1, 0>, steps = 2 : i64}> ({
  ^bb0(%t: tensor<i64>):
    nn.next carry() stack()
  }) : (tensor<3xf32>) -> tensor<3xf32>
  return
}

// -----

func.func @scan_C1_types(%h0: tensor<3xf32>) {
  // expected-error @+1 {{(C1) the block arguments must have the operands' types}}
  %r = "nn.scan"(%h0) <{operandSegmentSizes = array<i32: 0, 1, 0>, steps = 2 : i64}> ({
  ^bb0(%t: tensor<i64>, %h: tensor<4xf32>):
    nn.next carry(%h : tensor<4xf32>) stack()
  }) : (tensor<3xf32>) -> tensor<3xf32>
  return
}

// -----

func.func @scan_C2_state_changes(%h0: tensor<3xf32>, %x: tensor<4xf32>) {
  // expected-error @+1 {{(C2) the body must end with `nn.next`, which keeps the types of the states}}
  %r = nn.scan 2 at %t carry(%h = %h0) read(%v = %x) : (tensor<3xf32>, tensor<4xf32>) -> tensor<3xf32> {
    nn.next carry(%v : tensor<4xf32>) stack()
  }
  return
}

// -----

func.func @scan_C3_stack(%h0: tensor<3xf32>) {
  // expected-error @+1 {{(C3) the results must be the states and the stacks}}
  %r, %s = nn.scan 2 at %t carry(%h = %h0) read() : (tensor<3xf32>) -> (tensor<3xf32>, tensor<3x2xf32>) {
    nn.next carry(%h : tensor<3xf32>) stack(%h : tensor<3xf32>)
  }
  return
}

// -----

func.func @scan_C4_steps(%h0: tensor<3xf32>) {
  // expected-error @+1 {{(C4) `steps` is 0, but must be at least 1}}
  %r = nn.scan 0 at %t carry(%h = %h0) read() : (tensor<3xf32>) -> tensor<3xf32> {
    nn.next carry(%h : tensor<3xf32>) stack()
  }
  return
}

// -----

func.func @take_C1(%x: tensor<?x5x3xf32>, %t: tensor<i64>) {
  // expected-error @+1 {{(C1) the result must be `x` without its scanned axis, which is static}}
  %y = nn.take %x at %t : tensor<?x5x3xf32> -> tensor<?x5xf32>
  return
}
