// `fold`, then `predict` on what it left, gives what `predict` gave before, with batch-norm folding in front.
// RUN: nn-interp %s --entry make --out %t.weights
// RUN: nn-interp %s --entry predict --in %t.weights --rows 2 | FileCheck %s
// RUN: nn-opt %s --nn-fold-batch-norm --nn-hoist-weights --canonicalize --cse --nn-recompute --nn-fuse -o %t.mlir
// RUN: nn-interp %t.mlir --entry fold --in %t.weights --out %t.folded
// RUN: nn-interp %t.mlir --entry predict --in %t.folded --rows 2 | FileCheck %s
// RUN: FileCheck %s --check-prefix=ONCE < %t.mlir

// ONCE-LABEL: func.func @predict
// ONCE-SAME: "folded.2"
// ONCE-NOT: "folded.3"
// ONCE-NOT: nn.rsqrt
// ONCE-NOT: nn.sub
// ONCE-LABEL: func.func @fold

func.func @make() -> (tensor<2x2xf64> {nn.role = "output", nn.name = "d.x"}, tensor<2x2xf64> {nn.role = "parameter", nn.name = "N.w"},
                      tensor<2xf64> {nn.role = "state", nn.name = "N.mean"}, tensor<2xf64> {nn.role = "state", nn.name = "N.variance"}) {
  %x = nn.constant dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf64>
  %w = nn.constant dense<[[1.0, 0.0], [1.0, 1.0]]> : tensor<2x2xf64>
  %mean = nn.constant dense<[1.0, 6.0]> : tensor<2xf64>
  %variance = nn.constant dense<[4.0, 0.25]> : tensor<2xf64>
  return %x, %w, %mean, %variance : tensor<2x2xf64>, tensor<2x2xf64>, tensor<2xf64>, tensor<2xf64>
}

// x W = (3, 2), (7, 4); minus the mean, times (1/2, 2), cut at 0.
// CHECK: 0 = {{\[\[}}1, 0], [3, 0]]
func.func @predict(%rows: index {nn.role = "rows"}, %x: tensor<?x2xf64> {nn.role = "field", nn.name = "d.x"},
    %w: tensor<2x2xf64> {nn.role = "parameter", nn.name = "N.w"}, %mean: tensor<2xf64> {nn.role = "state", nn.name = "N.mean"},
    %variance: tensor<2xf64> {nn.role = "state", nn.name = "N.variance"})
    -> (tensor<?x2xf64> {nn.role = "output", nn.name = "0"}) attributes {nn.entry} {
  %y = nn.matmul %x, %w : tensor<?x2xf64>, tensor<2x2xf64> -> tensor<?x2xf64>
  %mb = nn.broadcast %mean axes [1] rows %rows : tensor<2xf64> -> tensor<?x2xf64>
  %d = nn.sub %y, %mb : tensor<?x2xf64>
  %r = nn.rsqrt %variance : tensor<2xf64>
  %rb = nn.broadcast %r axes [1] rows %rows : tensor<2xf64> -> tensor<?x2xf64>
  %n = nn.mul %d, %rb : tensor<?x2xf64>
  %zero = nn.constant dense<0.0> : tensor<f64>
  %zb = nn.broadcast %zero axes [] rows %rows : tensor<f64> -> tensor<?x2xf64>
  %a = nn.max %n, %zb : tensor<?x2xf64>
  return %a : tensor<?x2xf64>
}
