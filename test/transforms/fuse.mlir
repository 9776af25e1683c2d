// Which ops become one kernel, and which must not.
// RUN: nn-opt %s --nn-fuse | FileCheck %s

// The bias is copied into the group as a broadcast, and the activation follows in registers.
// CHECK-LABEL: func.func @epilogue_of_a_contraction
// CHECK: %[[F:.*]] = nn.fused(%[[A:.*]] = %arg1, %[[B:.*]] = %arg2, %[[C:.*]] = %arg3, %[[N:.*]] = %arg0)
// CHECK: %[[Y:.*]] = nn.matmul %[[A]], %[[B]]
// CHECK: %[[D:.*]] = nn.broadcast %[[C]] axes [1] rows %[[N]]
// CHECK: %[[Z:.*]] = nn.add %[[Y]], %[[D]]
// CHECK: %[[T:.*]] = nn.tanh %[[Z]]
// CHECK: nn.yield %[[T]] :
// CHECK: return %[[F]]
func.func @epilogue_of_a_contraction(%rows: index, %x: tensor<?x3xf32>, %w: tensor<3x4xf32>, %c: tensor<4xf32>) -> tensor<?x4xf32> {
  %y = nn.matmul %x, %w : tensor<?x3xf32>, tensor<3x4xf32> -> tensor<?x4xf32>
  %b = nn.broadcast %c axes [1] rows %rows : tensor<4xf32> -> tensor<?x4xf32>
  %z = nn.add %y, %b : tensor<?x4xf32>
  %t = nn.tanh %z : tensor<?x4xf32>
  return %t : tensor<?x4xf32>
}

// CHECK-LABEL: func.func @value_needed_elsewhere_is_a_result
// CHECK: %[[F:.*]]:2 = nn.fused
// CHECK: nn.yield %{{.*}}, %{{.*}} : tensor<5x4xf32>, tensor<5x4xf32>
// CHECK: return %[[F]]#0, %[[F]]#1
func.func @value_needed_elsewhere_is_a_result(%x: tensor<5x3xf32>, %w: tensor<3x4xf32>) -> (tensor<5x4xf32>, tensor<5x4xf32>) {
  %y = nn.matmul %x, %w : tensor<5x3xf32>, tensor<3x4xf32> -> tensor<5x4xf32>
  %t = nn.tanh %y : tensor<5x4xf32>
  return %y, %t : tensor<5x4xf32>, tensor<5x4xf32>
}

// Two contractions are two groups; what joins them belongs to the later.
// CHECK-LABEL: func.func @one_root_each
// CHECK: %[[A:.*]] = nn.matmul %arg0, %arg1
// CHECK: nn.fused(%{{.*}} = %[[A]],
// CHECK: nn.matmul
// CHECK: nn.add
// CHECK: nn.yield
func.func @one_root_each(%x: tensor<4x4xf32>, %w: tensor<4x4xf32>) -> tensor<4x4xf32> {
  %a = nn.matmul %x, %w : tensor<4x4xf32>, tensor<4x4xf32> -> tensor<4x4xf32>
  %b = nn.matmul %a, %w : tensor<4x4xf32>, tensor<4x4xf32> -> tensor<4x4xf32>
  %c = nn.add %a, %b : tensor<4x4xf32>
  return %c : tensor<4x4xf32>
}

// Softmax without the maximum: the exponential is needed again after the sum, so it is no prologue of it, and the
// quotient cannot be in its group, which would have to run before and after the sum.
// CHECK-LABEL: func.func @no_group_around_another
// CHECK: %[[E:.*]] = nn.exp %arg1
// CHECK: %[[S:.*]] = nn.reduce "sum" %[[E]]
// CHECK: nn.fused(%{{.*}} = %[[S]], %{{.*}} = %[[E]])
// CHECK: nn.broadcast
// CHECK: nn.div
func.func @no_group_around_another(%rows: index, %x: tensor<?x4xf32>) -> tensor<?x4xf32> {
  %e = nn.exp %x : tensor<?x4xf32>
  %s = nn.reduce "sum" %e axes [1] : tensor<?x4xf32> -> tensor<?xf32>
  %b = nn.broadcast %s axes [0] : tensor<?xf32> -> tensor<?x4xf32>
  %y = nn.div %e, %b : tensor<?x4xf32>
  return %y : tensor<?x4xf32>
}

// CHECK-LABEL: func.func @prologue_and_epilogue_of_a_reduction
// CHECK: %[[F:.*]] = nn.fused
// CHECK: nn.mul
// CHECK: nn.reduce
// CHECK: nn.sqrt
// CHECK: nn.yield
// CHECK: return %[[F]]
func.func @prologue_and_epilogue_of_a_reduction(%x: tensor<5x4xf32>) -> tensor<4xf32> {
  %q = nn.mul %x, %x : tensor<5x4xf32>
  %s = nn.reduce "sum" %q axes [0] : tensor<5x4xf32> -> tensor<4xf32>
  %r = nn.sqrt %s : tensor<4xf32>
  return %r : tensor<4xf32>
}

// The activation stays with the contraction, where its operand is in registers.
// CHECK-LABEL: func.func @epilogue_comes_before_prologue
// CHECK: nn.fused
// CHECK: nn.matmul
// CHECK: nn.tanh
// CHECK: nn.yield
// CHECK: nn.reduce
func.func @epilogue_comes_before_prologue(%x: tensor<5x3xf32>, %w: tensor<3x4xf32>) -> tensor<4xf32> {
  %y = nn.matmul %x, %w : tensor<5x3xf32>, tensor<3x4xf32> -> tensor<5x4xf32>
  %t = nn.tanh %y : tensor<5x4xf32>
  %s = nn.reduce "sum" %t axes [0] : tensor<5x4xf32> -> tensor<4xf32>
  return %s : tensor<4xf32>
}

// CHECK-LABEL: func.func @scalars_are_no_epilogue
// CHECK: %[[S:.*]] = nn.reduce
// CHECK: nn.fused(%{{.*}} = %[[S]])
// CHECK: nn.sqrt
// CHECK: nn.neg
func.func @scalars_are_no_epilogue(%x: tensor<5xf32>) -> tensor<f32> {
  %s = nn.reduce "sum" %x axes [0] : tensor<5xf32> -> tensor<f32>
  %r = nn.sqrt %s : tensor<f32>
  %n = nn.neg %r : tensor<f32>
  return %n : tensor<f32>
}

// Momentum: the new velocity and the new weight come from one pass over the parameter.
// CHECK-LABEL: func.func @update_of_a_parameter
// CHECK: %[[F:.*]]:2 = nn.fused
// CHECK-COUNT-2: nn.mul
// CHECK: return %[[F]]#1, %[[F]]#0
func.func @update_of_a_parameter(%w: tensor<3x4xf32>, %m: tensor<3x4xf32>, %g: tensor<3x4xf32>, %rate: tensor<f32>) -> (tensor<3x4xf32>, tensor<3x4xf32>) {
  %momentum = nn.constant dense<0.9> : tensor<3x4xf32>
  %a = nn.mul %m, %momentum : tensor<3x4xf32>
  %m1 = nn.add %a, %g : tensor<3x4xf32>
  %r = nn.broadcast %rate axes [] : tensor<f32> -> tensor<3x4xf32>
  %d = nn.mul %r, %m1 : tensor<3x4xf32>
  %w1 = nn.sub %w, %d : tensor<3x4xf32>
  return %w1, %m1 : tensor<3x4xf32>, tensor<3x4xf32>
}

// Another shape is another iteration space, though reshape itself costs nothing.
// CHECK-LABEL: func.func @shapes_are_not_mixed
// CHECK: nn.exp
// CHECK: nn.reshape
// CHECK: nn.neg
// CHECK-NOT: nn.fused
func.func @shapes_are_not_mixed(%x: tensor<2x3xf32>) -> tensor<6xf32> {
  %e = nn.exp %x : tensor<2x3xf32>
  %r = nn.reshape %e : tensor<2x3xf32> -> tensor<6xf32>
  %n = nn.neg %r : tensor<6xf32>
  return %n : tensor<6xf32>
}

// A mask that nobody else needs is copied from the labels into the group.
// CHECK-LABEL: func.func @pick_by_label
// CHECK: nn.fused(%{{.*}} = %arg1, %{{.*}} = %arg0)
// CHECK: nn.one_hot
// CHECK: nn.cast
// CHECK: nn.mul
// CHECK: nn.reduce
func.func @pick_by_label(%x: tensor<?x4xf32>, %label: tensor<?xi32>) -> tensor<?xf32> {
  %h = nn.one_hot %label : tensor<?xi32> -> tensor<?x4xi1>
  %f = nn.cast %h : tensor<?x4xi1> -> tensor<?x4xf32>
  %p = nn.mul %x, %f : tensor<?x4xf32>
  %s = nn.reduce "sum" %p axes [1] : tensor<?x4xf32> -> tensor<?xf32>
  return %s : tensor<?xf32>
}

// The quotient of the exponential must not join it: it waits for the sum of the hyperbolic tangent, whose group waits
// for the sum of the exponential.
// CHECK-LABEL: func.func @group_that_waits_for_a_reader_of_the_other
// CHECK: nn.exp
// CHECK: nn.reduce
// CHECK: nn.tanh
// CHECK: nn.div
// CHECK: nn.reduce
// CHECK: nn.div
func.func @group_that_waits_for_a_reader_of_the_other(%rows: index, %x: tensor<?x4xf32>) -> (tensor<?x4xf32>, tensor<?x4xf32>) {
  %h = nn.tanh %x : tensor<?x4xf32>
  %a = nn.reduce "sum" %h axes [0] : tensor<?x4xf32> -> tensor<4xf32>
  %e = nn.exp %x : tensor<?x4xf32>
  %s = nn.reduce "sum" %e axes [0] : tensor<?x4xf32> -> tensor<4xf32>
  %t = nn.broadcast %s axes [1] rows %rows : tensor<4xf32> -> tensor<?x4xf32>
  %p = nn.div %h, %t : tensor<?x4xf32>
  %u = nn.broadcast %a axes [1] rows %rows : tensor<4xf32> -> tensor<?x4xf32>
  %q = nn.div %e, %u : tensor<?x4xf32>
  return %p, %q : tensor<?x4xf32>, tensor<?x4xf32>
}
