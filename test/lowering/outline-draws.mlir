// Draws for different purposes share a kernel, which reads the purpose from memory.
// RUN: nn-opt %s --nn-outline-kernels | FileCheck %s

// CHECK-LABEL: func.func @purposes_are_arguments
// CHECK-DAG: %[[FIRST:.*]] = nn.constant dense<7> : tensor<i64>
// CHECK-DAG: %[[SECOND:.*]] = nn.constant dense<-8> : tensor<i64>
// CHECK-DAG: call @[[DRAW:nn.kernel.[0-9]+]](%{{.*}}, %[[SEED:.*]], %[[STEP:.*]], %[[FIRST]])
// CHECK-DAG: call @[[DRAW]](%{{.*}}, %{{.*}}, %{{.*}}, %[[SECOND]])
// CHECK: func.func private @[[DRAW]]
// CHECK: nn.random "uniform" purpose 0 {{.*}} {nn.purpose = 3 : i64}
func.func @purposes_are_arguments(%rows: index {nn.role = "rows"}, %seed: tensor<i64> {nn.role = "seed"}, %step: tensor<i64> {nn.role = "step"})
    -> (tensor<8xf32> {nn.role = "output", nn.name = "a"}, tensor<8xf32> {nn.role = "output", nn.name = "b"}) attributes {nn.entry} {
  %a = nn.random "uniform" purpose 7 seed %seed counter %step -> tensor<8xf32>
  %b = nn.random "uniform" purpose -8 seed %seed counter %step -> tensor<8xf32>
  return %a, %b : tensor<8xf32>, tensor<8xf32>
}
