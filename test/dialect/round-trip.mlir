// Every op prints as it parses.
// RUN: nn-opt %s | nn-opt | FileCheck %s
// RUN: nn-opt %s --mlir-print-op-generic | nn-opt | FileCheck %s

// CHECK-LABEL: func.func @elementwise
func.func @elementwise(%rows: index, %x: tensor<?x3xf32>, %i: tensor<?x3xi32>) {
  // CHECK: nn.constant dense<1.000000e+00> : tensor<f32>
  %one = nn.constant dense<1.0> : tensor<f32>
  // CHECK: nn.extent %{{.*}} times 3 : tensor<f32>
  %n = nn.extent %rows times 3 : tensor<f32>
  // CHECK: nn.neg %{{.*}} : tensor<?x3xf32>
  %neg = nn.neg %x : tensor<?x3xf32>
  // CHECK: nn.max %{{.*}}, %{{.*}} : tensor<?x3xf32>
  %max = nn.max %x, %neg : tensor<?x3xf32>
  // CHECK: nn.compare "gt" %{{.*}}, %{{.*}} : tensor<?x3xf32> -> tensor<?x3xi1>
  %m = nn.compare "gt" %x, %neg : tensor<?x3xf32> -> tensor<?x3xi1>
  // CHECK: nn.and %{{.*}}, %{{.*}} : tensor<?x3xi1>
  %a = nn.and %m, %m : tensor<?x3xi1>
  // CHECK: nn.select %{{.*}}, %{{.*}}, %{{.*}} : tensor<?x3xi1>, tensor<?x3xf32>
  %s = nn.select %a, %x, %neg : tensor<?x3xi1>, tensor<?x3xf32>
  // CHECK: nn.cast %{{.*}} : tensor<?x3xi32> -> tensor<?x3xf32>
  %c = nn.cast %i : tensor<?x3xi32> -> tensor<?x3xf32>
  // CHECK: nn.stop_gradient %{{.*}} : tensor<?x3xf32>
  %stop = nn.stop_gradient %c : tensor<?x3xf32>
  return
}

// CHECK-LABEL: func.func @shape
func.func @shape(%rows: index, %x: tensor<?x4xf32>, %c: tensor<4xf32>) {
  // CHECK: nn.broadcast %{{.*}} axes [1] rows %{{.*}} : tensor<4xf32> -> tensor<?x4xf32>
  %b = nn.broadcast %c axes [1] rows %rows : tensor<4xf32> -> tensor<?x4xf32>
  // CHECK: nn.reshape %{{.*}} : tensor<?x4xf32> -> tensor<?x2x2xf32>
  %r = nn.reshape %x : tensor<?x4xf32> -> tensor<?x2x2xf32>
  // CHECK: nn.transpose %{{.*}} [1, 0] : tensor<?x4xf32> -> tensor<4x?xf32>
  %t = nn.transpose %x [1, 0] : tensor<?x4xf32> -> tensor<4x?xf32>
  // CHECK: nn.slice %{{.*}} starts [0, 1] strides [1, 2] : tensor<?x4xf32> -> tensor<?x2xf32>
  %s = nn.slice %x starts [0, 1] strides [1, 2] : tensor<?x4xf32> -> tensor<?x2xf32>
  // CHECK: nn.pad %{{.*}} low [0, 1] high [0, 2] interior [0, 1] : tensor<?x4xf32> -> tensor<?x10xf32>
  %p = nn.pad %x low [0, 1] high [0, 2] interior [0, 1] : tensor<?x4xf32> -> tensor<?x10xf32>
  // CHECK: nn.concat %{{.*}}, %{{.*}} axis 1 : (tensor<?x4xf32>, tensor<?x4xf32>) -> tensor<?x8xf32>
  %k = nn.concat %x, %b axis 1 : (tensor<?x4xf32>, tensor<?x4xf32>) -> tensor<?x8xf32>
  return
}

// CHECK-LABEL: func.func @reduction
func.func @reduction(%x: tensor<?x4xf32>, %label: tensor<?xi32>) {
  // CHECK: nn.reduce "sum" %{{.*}} axes [0] : tensor<?x4xf32> -> tensor<4xf32>
  %s = nn.reduce "sum" %x axes [0] : tensor<?x4xf32> -> tensor<4xf32>
  // CHECK: nn.argmax %{{.*}} axis 1 : tensor<?x4xf32> -> tensor<?xi32>
  %a = nn.argmax %x axis 1 : tensor<?x4xf32> -> tensor<?xi32>
  // CHECK: nn.moments %{{.*}} axes [0] : tensor<?x4xf32> -> tensor<4xf32>, tensor<4xf32>
  %m, %v = nn.moments %x axes [0] : tensor<?x4xf32> -> tensor<4xf32>, tensor<4xf32>
  // CHECK: nn.one_hot %{{.*}} : tensor<?xi32> -> tensor<?x4xi1>
  %h = nn.one_hot %label : tensor<?xi32> -> tensor<?x4xi1>
  return
}

// CHECK-LABEL: func.func @contraction
func.func @contraction(%x: tensor<?x5xf32>, %w: tensor<4x5xf32>, %i: tensor<?x8x3xf32>, %f: tensor<3x3x6xf32>) {
  // CHECK: nn.matmul %{{.*}}, %{{.*}} transposed : tensor<?x5xf32>, tensor<4x5xf32> -> tensor<?x4xf32>
  %y = nn.matmul %x, %w transposed : tensor<?x5xf32>, tensor<4x5xf32> -> tensor<?x4xf32>
  // CHECK: nn.matmul %{{.*}} transposed, %{{.*}} : tensor<?x4xf32>, tensor<?x5xf32> -> tensor<4x5xf32>
  %dw = nn.matmul %y transposed, %x : tensor<?x4xf32>, tensor<?x5xf32> -> tensor<4x5xf32>
  // CHECK: nn.conv %{{.*}}, %{{.*}} strides [1] padding [1, 1] dilations [1] groups 1 : tensor<?x8x3xf32>, tensor<3x3x6xf32> -> tensor<?x8x6xf32>
  %c = nn.conv %i, %f strides [1] padding [1, 1] dilations [1] groups 1 : tensor<?x8x3xf32>, tensor<3x3x6xf32> -> tensor<?x8x6xf32>
  // CHECK: nn.conv_input_grad %{{.*}}, %{{.*}} strides [1] padding [1, 1] dilations [1] groups 1
  %di = nn.conv_input_grad %c, %f strides [1] padding [1, 1] dilations [1] groups 1 : tensor<?x8x6xf32>, tensor<3x3x6xf32> -> tensor<?x8x3xf32>
  // CHECK: nn.conv_filter_grad %{{.*}}, %{{.*}} strides [1] padding [1, 1] dilations [1] groups 1
  %df = nn.conv_filter_grad %i, %c strides [1] padding [1, 1] dilations [1] groups 1 : tensor<?x8x3xf32>, tensor<?x8x6xf32> -> tensor<3x3x6xf32>
  return
}

// CHECK-LABEL: func.func @pooling
func.func @pooling(%x: tensor<?x8x3xf32>) {
  // CHECK: nn.max_pool %{{.*}} window [2] strides [2] padding [0, 0] : tensor<?x8x3xf32> -> tensor<?x4x3xf32>, tensor<?x4x3xi32>
  %y, %i = nn.max_pool %x window [2] strides [2] padding [0, 0] : tensor<?x8x3xf32> -> tensor<?x4x3xf32>, tensor<?x4x3xi32>
  // CHECK: nn.max_pool_grad %{{.*}}, %{{.*}} window [2] strides [2] padding [0, 0]
  %g = nn.max_pool_grad %y, %i window [2] strides [2] padding [0, 0] : tensor<?x4x3xf32>, tensor<?x4x3xi32> -> tensor<?x8x3xf32>
  // CHECK: nn.max_pool_pick %{{.*}}, %{{.*}} window [2] strides [2] padding [0, 0]
  %p = nn.max_pool_pick %x, %i window [2] strides [2] padding [0, 0] : tensor<?x8x3xf32>, tensor<?x4x3xi32> -> tensor<?x4x3xf32>
  return
}

// CHECK-LABEL: func.func @sum_pooling
func.func @sum_pooling(%x: tensor<?x8x3xf32>) {
  // CHECK: nn.sum_pool %{{.*}} window [2] strides [2] padding [0, 0] : tensor<?x8x3xf32> -> tensor<?x4x3xf32>
  %y = nn.sum_pool %x window [2] strides [2] padding [0, 0] : tensor<?x8x3xf32> -> tensor<?x4x3xf32>
  // CHECK: nn.sum_pool_grad %{{.*}} window [2] strides [2] padding [0, 0] : tensor<?x4x3xf32> -> tensor<?x8x3xf32>
  %g = nn.sum_pool_grad %y window [2] strides [2] padding [0, 0] : tensor<?x4x3xf32> -> tensor<?x8x3xf32>
  return
}

// CHECK-LABEL: func.func @lookups
func.func @lookups(%t: tensor<5x3xf32>, %k: tensor<?x7xi32>) {
  // CHECK: nn.iota : tensor<5xf32>
  %i = nn.iota : tensor<5xf32>
  // CHECK: nn.gather %{{.*}}, %{{.*}} : tensor<5x3xf32>, tensor<?x7xi32> -> tensor<?x7x3xf32>
  %y = nn.gather %t, %k : tensor<5x3xf32>, tensor<?x7xi32> -> tensor<?x7x3xf32>
  // CHECK: nn.scatter_add %{{.*}}, %{{.*}} : tensor<?x7x3xf32>, tensor<?x7xi32> -> tensor<5x3xf32>
  %s = nn.scatter_add %y, %k : tensor<?x7x3xf32>, tensor<?x7xi32> -> tensor<5x3xf32>
  return
}

// CHECK-LABEL: func.func @program
func.func @program(%rows: index, %s: tensor<i64>, %ids: tensor<?xi64>, %x: tensor<f32>) {
  // CHECK: nn.random "uniform" purpose 77 seed %{{.*}} counter %{{.*}} ids %{{.*}} : tensor<?xi64> -> tensor<?x3xf32>
  %u = nn.random "uniform" purpose 77 seed %s counter %s ids %ids : tensor<?xi64> -> tensor<?x3xf32>
  // CHECK: nn.random "normal" purpose -1 seed %{{.*}} counter %{{.*}} rows %{{.*}} -> tensor<?x3xf32>
  %n = nn.random "normal" purpose -1 seed %s counter %s rows %rows -> tensor<?x3xf32>
  // CHECK: nn.gradient %{{.*}} by %{{.*}} : (tensor<f32>, tensor<f32>) -> tensor<f32>
  %g = nn.gradient %x by %x : (tensor<f32>, tensor<f32>) -> tensor<f32>
  // CHECK: nn.fused(%[[A:.*]] = %{{.*}}) : (tensor<?x3xf32>) -> tensor<?x3xf32> {
  // CHECK-NEXT: %[[B:.*]] = nn.neg %[[A]] : tensor<?x3xf32>
  // CHECK-NEXT: nn.yield %[[B]] : tensor<?x3xf32>
  %f = nn.fused(%a = %u) : (tensor<?x3xf32>) -> tensor<?x3xf32> {
    %b = nn.neg %a : tensor<?x3xf32>
    nn.yield %b : tensor<?x3xf32>
  }
  return
}
