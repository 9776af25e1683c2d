// A net with loss, gradients and update computes the same with and without fusion, bit for bit.
// RUN: nn-opt %s --nn-autodiff | nn-interp --rows 3 > %t.plain
// RUN: nn-opt %s --nn-autodiff --canonicalize --cse --nn-recompute --nn-fuse | nn-interp --rows 3 > %t.fused
// RUN: diff %t.plain %t.fused
// RUN: FileCheck %s < %t.fused

// CHECK: 0 = {{\[\[}}-0.0489501897,
// CHECK: 1 = 0.293179648
func.func @main(%rows: index) -> (tensor<4x2xf64>, tensor<f64>) {
  %seed = nn.constant dense<3> : tensor<i64>
  %x = nn.random "normal" purpose 1 seed %seed counter %seed rows %rows -> tensor<?x4xf64>
  %w = nn.random "normal" purpose 2 seed %seed counter %seed -> tensor<4x2xf64>
  %n = nn.extent %rows times 1 : tensor<f64>
  %y = nn.matmul %x, %w : tensor<?x4xf64>, tensor<4x2xf64> -> tensor<?x2xf64>
  %top = nn.reduce "max" %y axes [1] : tensor<?x2xf64> -> tensor<?xf64>
  %topb = nn.broadcast %top axes [0] : tensor<?xf64> -> tensor<?x2xf64>
  %d = nn.sub %y, %topb : tensor<?x2xf64>
  %e = nn.exp %d : tensor<?x2xf64>
  %s = nn.reduce "sum" %e axes [1] : tensor<?x2xf64> -> tensor<?xf64>
  %l = nn.log %s : tensor<?xf64>
  %place = nn.argmax %x axis 1 : tensor<?x4xf64> -> tensor<?xi32>
  %h = nn.one_hot %place : tensor<?xi32> -> tensor<?x2xi1>
  %hf = nn.cast %h : tensor<?x2xi1> -> tensor<?x2xf64>
  %p = nn.mul %d, %hf : tensor<?x2xf64>
  %q = nn.reduce "sum" %p axes [1] : tensor<?x2xf64> -> tensor<?xf64>
  %each = nn.sub %l, %q : tensor<?xf64>
  %sum = nn.reduce "sum" %each axes [0] : tensor<?xf64> -> tensor<f64>
  %loss = nn.div %sum, %n : tensor<f64>
  %g = nn.gradient %loss by %w : (tensor<f64>, tensor<4x2xf64>) -> tensor<4x2xf64>
  %rate = nn.constant dense<0.1> : tensor<4x2xf64>
  %step = nn.mul %g, %rate : tensor<4x2xf64>
  %w1 = nn.sub %w, %step : tensor<4x2xf64>
  return %w1, %loss : tensor<4x2xf64>, tensor<f64>
}
