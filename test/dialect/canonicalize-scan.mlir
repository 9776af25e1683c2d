// A scan keeps only what is read: states, stacks, captures; constants go into its body, and a state that never changes
// becomes a capture.
// RUN: nn-opt --canonicalize %s | FileCheck %s

// CHECK-LABEL: func.func @unread
// CHECK: %[[R:.*]] = nn.scan 3 at %{{.*}} carry(%{{.*}} = %arg0) read() : (tensor<f32>) -> tensor<f32> {
// CHECK-NEXT: %[[ONE:.*]] = nn.constant dense<1.0
// CHECK-NEXT: %[[Y:.*]] = nn.add %{{.*}}, %[[ONE]]
// CHECK-NEXT: nn.next carry(%[[Y]] : tensor<f32>) stack()
// CHECK: return %[[R]]
func.func @unread(%h0: tensor<f32>, %x: tensor<3xf32>) -> tensor<f32> {
  %one = nn.constant dense<1.0> : tensor<f32>
  %r, %u, %all = nn.scan 3 at %t carry(%h = %h0, %g = %h0) read(%v = %x, %c = %one)
      : (tensor<f32>, tensor<f32>, tensor<3xf32>, tensor<f32>) -> (tensor<f32>, tensor<f32>, tensor<3xf32>) {
    %xt = nn.take %v at %t : tensor<3xf32> -> tensor<f32>
    %m = nn.mul %g, %xt : tensor<f32>
    %y = nn.add %h, %c : tensor<f32>
    nn.next carry(%y, %m : tensor<f32>, tensor<f32>) stack(%m : tensor<f32>)
  }
  return %r : tensor<f32>
}

// CHECK-LABEL: func.func @unchanged
// CHECK: nn.scan 3 at %{{.*}} carry(%[[H:.*]] = %arg0) read(%[[G:.*]] = %arg1) : (tensor<f32>, tensor<f32>) -> (tensor<f32>, tensor<3xf32>)
// CHECK: nn.mul %[[H]], %[[G]]
// CHECK: return %{{.*}}#0, %arg1, %{{.*}}#1, %{{.*}}#1
func.func @unchanged(%h0: tensor<f32>, %g0: tensor<f32>) -> (tensor<f32>, tensor<f32>, tensor<3xf32>, tensor<3xf32>) {
  %h, %g, %p, %q = nn.scan 3 at %t carry(%a = %h0, %b = %g0) read() : (tensor<f32>, tensor<f32>)
      -> (tensor<f32>, tensor<f32>, tensor<3xf32>, tensor<3xf32>) {
    %m = nn.mul %a, %b : tensor<f32>
    nn.next carry(%m, %b : tensor<f32>, tensor<f32>) stack(%m, %m : tensor<f32>, tensor<f32>)
  }
  return %h, %g, %p, %q : tensor<f32>, tensor<f32>, tensor<3xf32>, tensor<3xf32>
}
