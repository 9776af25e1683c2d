// Sums over the steps of products and of rows leave the loop as one product and one sum; a state that is read elsewhere
// stays. The values are the same.
// RUN: nn-opt --nn-defer-sums --canonicalize %s | FileCheck %s
// RUN: nn-interp %s --entry gradients --rows 2 > %t.before
// RUN: nn-opt --nn-defer-sums --canonicalize %s | nn-interp - --entry gradients --rows 2 > %t.after
// RUN: diff %t.before %t.after

// CHECK-LABEL: func.func @gradients
// CHECK: %[[SCAN:.*]]:3 = nn.scan 3 at %{{.*}} carry(%{{.*}} = %{{.*}}) read
// CHECK: nn.next carry(%{{.*}} : tensor<?x2xf64>) stack(%{{.*}}, %{{.*}} : tensor<?x2xf64>, tensor<?x2xf64>)
// CHECK-DAG: %[[A:.*]] = nn.reshape %[[SCAN]]#1 : tensor<?x3x2xf64> -> tensor<?x2xf64>
// CHECK-DAG: %[[B:.*]] = nn.reshape %[[SCAN]]#2 : tensor<?x3x2xf64> -> tensor<?x2xf64>
// CHECK-DAG: nn.matmul %{{.*}} transposed, %[[B]] : tensor<?x2xf64>, tensor<?x2xf64> -> tensor<2x2xf64>
// CHECK-DAG: nn.reduce "sum" %[[SCAN]]#2 axes [0, 1] : tensor<?x3x2xf64> -> tensor<2xf64>
func.func @gradients(%rows: index) -> (tensor<2x2xf64>, tensor<2xf64>, tensor<?x2xf64>) {
  %c = nn.constant dense<[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]> : tensor<3x2xf64>
  %x = nn.broadcast %c axes [1, 2] rows %rows : tensor<3x2xf64> -> tensor<?x3x2xf64>
  %s0 = nn.constant dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf64>
  %r0 = nn.constant dense<[1.0, 2.0]> : tensor<2xf64>
  %z = nn.constant dense<1.0> : tensor<f64>
  %h0 = nn.broadcast %z axes [] rows %rows : tensor<f64> -> tensor<?x2xf64>
  %s, %r, %last = nn.scan 3 at %t rows(%n = %rows) carry(%sum = %s0, %row = %r0, %h = %h0) read(%xs = %x)
      : (tensor<2x2xf64>, tensor<2xf64>, tensor<?x2xf64>, tensor<?x3x2xf64>)
      -> (tensor<2x2xf64>, tensor<2xf64>, tensor<?x2xf64>) {
    %xt = nn.take %xs at %t : tensor<?x3x2xf64> -> tensor<?x2xf64>
    %y = nn.mul %h, %xt : tensor<?x2xf64>
    %p = nn.matmul %h transposed, %y : tensor<?x2xf64>, tensor<?x2xf64> -> tensor<2x2xf64>
    %more = nn.add %sum, %p : tensor<2x2xf64>
    %q = nn.reduce "sum" %y axes [0] : tensor<?x2xf64> -> tensor<2xf64>
    %longer = nn.add %q, %row : tensor<2xf64>
    nn.next carry(%more, %longer, %y : tensor<2x2xf64>, tensor<2xf64>, tensor<?x2xf64>) stack()
  }
  return %s, %r, %last : tensor<2x2xf64>, tensor<2xf64>, tensor<?x2xf64>
}

// CHECK-LABEL: func.func @read_in_the_body
// CHECK: nn.scan
// CHECK: nn.reduce
// CHECK: nn.next
// CHECK-NOT: nn.reduce
// CHECK: return
func.func @read_in_the_body(%rows: index, %x: tensor<?x3x2xf64>, %r0: tensor<2xf64>) -> tensor<2xf64> {
  %r = nn.scan 3 at %t rows(%n = %rows) carry(%row = %r0) read(%xs = %x) : (tensor<2xf64>, tensor<?x3x2xf64>) -> tensor<2xf64> {
    %xt = nn.take %xs at %t : tensor<?x3x2xf64> -> tensor<?x2xf64>
    %b = nn.broadcast %row axes [1] rows %n : tensor<2xf64> -> tensor<?x2xf64>
    %y = nn.mul %b, %xt : tensor<?x2xf64>
    %q = nn.reduce "sum" %y axes [0] : tensor<?x2xf64> -> tensor<2xf64>
    %longer = nn.add %row, %q : tensor<2xf64>
    nn.next carry(%longer : tensor<2xf64>) stack()
  }
  return %r : tensor<2xf64>
}
