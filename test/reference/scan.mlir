// The interpreter's loop against values worked out by hand: forward and in reverse, a batch axis and none, a scan in
// a scan.
// RUN: nn-interp %s --entry forward --rows 2 | FileCheck %s --check-prefix=FORWARD
// RUN: nn-interp %s --entry reverse | FileCheck %s --check-prefix=REVERSE
// RUN: nn-interp %s --entry nested | FileCheck %s --check-prefix=NESTED
// RUN: nn-opt %s | nn-opt | nn-interp - --entry nested | FileCheck %s --check-prefix=NESTED
// RUN: nn-opt --canonicalize --cse %s | nn-interp - --entry forward --rows 2 | FileCheck %s --check-prefix=FORWARD

// Running sums over an axis of three.
// FORWARD: 0 = {{\[}}[9, 12], [9, 12]]
// FORWARD: 1 = {{\[}}{{\[}}[1, 2], [4, 6], [9, 12]], {{\[}}[1, 2], [4, 6], [9, 12]]]
func.func @forward(%rows: index) -> (tensor<?x2xf64>, tensor<?x3x2xf64>) {
  %c = nn.constant dense<[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]> : tensor<3x2xf64>
  %x = nn.broadcast %c axes [1, 2] rows %rows : tensor<3x2xf64> -> tensor<?x3x2xf64>
  %z = nn.constant dense<0.0> : tensor<f64>
  %h0 = nn.broadcast %z axes [] rows %rows : tensor<f64> -> tensor<?x2xf64>
  %last, %all = nn.scan 3 at %t rows(%n = %rows) carry(%h = %h0) read(%xs = %x)
      : (tensor<?x2xf64>, tensor<?x3x2xf64>) -> (tensor<?x2xf64>, tensor<?x3x2xf64>) {
    %xt = nn.take %xs at %t : tensor<?x3x2xf64> -> tensor<?x2xf64>
    %y = nn.add %h, %xt : tensor<?x2xf64>
    nn.next carry(%y : tensor<?x2xf64>) stack(%y : tensor<?x2xf64>)
  }
  return %last, %all : tensor<?x2xf64>, tensor<?x3x2xf64>
}

// h = 10 h + x from the last place to the first.
// REVERSE: 0 = 321
// REVERSE: 1 = [321, 32, 3]
func.func @reverse() -> (tensor<f64>, tensor<3xf64>) {
  %x = nn.constant dense<[1.0, 2.0, 3.0]> : tensor<3xf64>
  %z = nn.constant dense<0.0> : tensor<f64>
  %last, %all = nn.scan 3 reverse at %t carry(%h = %z) read(%xs = %x)
      : (tensor<f64>, tensor<3xf64>) -> (tensor<f64>, tensor<3xf64>) {
    %ten = nn.constant dense<10.0> : tensor<f64>
    %xt = nn.take %xs at %t : tensor<3xf64> -> tensor<f64>
    %m = nn.mul %h, %ten : tensor<f64>
    %y = nn.add %m, %xt : tensor<f64>
    nn.next carry(%y : tensor<f64>) stack(%y : tensor<f64>)
  }
  return %last, %all : tensor<f64>, tensor<3xf64>
}

// The inner scan starts with the outer's state.
// NESTED: 0 = 1234
func.func @nested() -> tensor<f64> {
  %x = nn.constant dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf64>
  %z = nn.constant dense<0.0> : tensor<f64>
  %last = nn.scan 2 at %t carry(%h = %z) read(%xs = %x) : (tensor<f64>, tensor<2x2xf64>) -> tensor<f64> {
    %row = nn.take %xs at %t : tensor<2x2xf64> -> tensor<2xf64>
    %inner = nn.scan 2 at %s carry(%g = %h) read(%r = %row) : (tensor<f64>, tensor<2xf64>) -> tensor<f64> {
      %ten = nn.constant dense<10.0> : tensor<f64>
      %xt = nn.take %r at %s : tensor<2xf64> -> tensor<f64>
      %m = nn.mul %g, %ten : tensor<f64>
      %y = nn.add %m, %xt : tensor<f64>
      nn.next carry(%y : tensor<f64>) stack()
    }
    nn.next carry(%inner : tensor<f64>) stack()
  }
  return %last : tensor<f64>
}
