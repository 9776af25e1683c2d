// The products of a scan's input become one before it, and captured weights are transposed once; what depends on the
// state stays. The values are the same.
// RUN: nn-opt --nn-hoist-from-scans --canonicalize %s | FileCheck %s
// RUN: nn-interp %s --entry products --rows 2 > %t.before
// RUN: nn-opt --nn-hoist-from-scans --canonicalize %s | nn-interp - --entry products --rows 2 > %t.after
// RUN: diff %t.before %t.after

// CHECK-LABEL: func.func @products
// CHECK: %[[ROWS:.*]] = nn.reshape %{{.*}} : tensor<?x3x2xf64> -> tensor<?x2xf64>
// CHECK: %[[ALL:.*]] = nn.matmul %[[ROWS]], %{{.*}} : tensor<?x2xf64>, tensor<2x2xf64> -> tensor<?x2xf64>
// CHECK: %[[STEPS:.*]] = nn.reshape %[[ALL]] : tensor<?x2xf64> -> tensor<?x3x2xf64>
// CHECK: %[[TURNED:.*]] = nn.transpose %{{.*}} [1, 0]
// CHECK: nn.scan 3 at %[[T:.*]] rows({{.*}}) carry(%[[H:.*]] = %{{.*}}) read(%[[S:.*]] = %[[STEPS]], %[[W:.*]] = %[[TURNED]])
// CHECK-DAG: nn.take %[[S]] at %[[T]]
// CHECK-DAG: nn.matmul %[[H]], %[[W]] :
// CHECK-NOT: nn.matmul
// CHECK: nn.next
func.func @products(%rows: index) -> (tensor<?x2xf64>, tensor<?x3x2xf64>) {
  %c = nn.constant dense<[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]> : tensor<3x2xf64>
  %x = nn.broadcast %c axes [1, 2] rows %rows : tensor<3x2xf64> -> tensor<?x3x2xf64>
  %w = nn.constant dense<[[1.0, 2.0], [3.0, -4.0]]> : tensor<2x2xf64>
  %u = nn.constant dense<[[1.0, -1.0], [2.0, 1.0]]> : tensor<2x2xf64>
  %z = nn.constant dense<1.0> : tensor<f64>
  %h0 = nn.broadcast %z axes [] rows %rows : tensor<f64> -> tensor<?x2xf64>
  %wn = nn.neg %w : tensor<2x2xf64>
  %un = nn.neg %u : tensor<2x2xf64>
  %xn = nn.neg %x : tensor<?x3x2xf64>
  %last, %all = nn.scan 3 at %t rows(%n = %rows) carry(%h = %h0) read(%xs = %xn, %wi = %wn, %ui = %un)
      : (tensor<?x2xf64>, tensor<?x3x2xf64>, tensor<2x2xf64>, tensor<2x2xf64>) -> (tensor<?x2xf64>, tensor<?x3x2xf64>) {
    %xt = nn.take %xs at %t : tensor<?x3x2xf64> -> tensor<?x2xf64>
    %a = nn.matmul %xt, %wi : tensor<?x2xf64>, tensor<2x2xf64> -> tensor<?x2xf64>
    %b = nn.matmul %h, %ui transposed : tensor<?x2xf64>, tensor<2x2xf64> -> tensor<?x2xf64>
    %y = nn.add %a, %b : tensor<?x2xf64>
    nn.next carry(%y : tensor<?x2xf64>) stack(%y : tensor<?x2xf64>)
  }
  return %last, %all : tensor<?x2xf64>, tensor<?x3x2xf64>
}

// A product of the state stays in the loop, and so does a take at another place.
// CHECK-LABEL: func.func @states
// CHECK: nn.scan
// CHECK: nn.matmul
// CHECK: nn.next
func.func @states(%rows: index, %h0: tensor<?x2xf64>, %w: tensor<2x2xf64>) -> tensor<?x2xf64> {
  %last = nn.scan 3 at %t rows(%n = %rows) carry(%h = %h0) read(%wi = %w) : (tensor<?x2xf64>, tensor<2x2xf64>) -> tensor<?x2xf64> {
    %b = nn.matmul %h, %wi : tensor<?x2xf64>, tensor<2x2xf64> -> tensor<?x2xf64>
    nn.next carry(%b : tensor<?x2xf64>) stack()
  }
  return %last : tensor<?x2xf64>
}
