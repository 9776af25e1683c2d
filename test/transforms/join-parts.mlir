// Padded parts that fill an axis become a concatenation; with a gap, or read elsewhere, they stay.
// RUN: nn-opt --nn-join-parts %s | FileCheck %s
// RUN: nn-interp %s --entry split > %t.before
// RUN: nn-opt --nn-join-parts %s | nn-interp - --entry split > %t.after
// RUN: diff %t.before %t.after

// CHECK-LABEL: func.func @split
// CHECK: %[[ALL:.*]] = nn.concat %[[A:.*]], %[[B:.*]] axis 1 : (tensor<2x1xf64>, tensor<2x2xf64>) -> tensor<2x3xf64>
// CHECK: %[[SUM:.*]] = nn.add %[[ALL]], %{{.*}} : tensor<2x3xf64>
// CHECK-NOT: nn.pad
// CHECK: return %[[SUM]]
func.func @split() -> tensor<2x3xf64> {
  %a = nn.constant dense<[[1.0], [2.0]]> : tensor<2x1xf64>
  %b = nn.constant dense<[[3.0, 4.0], [5.0, 6.0]]> : tensor<2x2xf64>
  %c = nn.constant dense<[[1.0, 1.0, 1.0], [2.0, 2.0, 2.0]]> : tensor<2x3xf64>
  %q = nn.pad %b low [0, 1] high [0, 0] interior [0, 0] : tensor<2x2xf64> -> tensor<2x3xf64>
  %p = nn.pad %a low [0, 0] high [0, 2] interior [0, 0] : tensor<2x1xf64> -> tensor<2x3xf64>
  %s = nn.add %q, %c : tensor<2x3xf64>
  %r = nn.add %s, %p : tensor<2x3xf64>
  return %r : tensor<2x3xf64>
}

// CHECK-LABEL: func.func @gap
// CHECK: nn.pad
// CHECK: nn.pad
// CHECK-NOT: nn.concat
func.func @gap(%a: tensor<2x1xf64>) -> tensor<2x3xf64> {
  %q = nn.pad %a low [0, 2] high [0, 0] interior [0, 0] : tensor<2x1xf64> -> tensor<2x3xf64>
  %p = nn.pad %a low [0, 0] high [0, 2] interior [0, 0] : tensor<2x1xf64> -> tensor<2x3xf64>
  %s = nn.add %q, %p : tensor<2x3xf64>
  return %s : tensor<2x3xf64>
}

// CHECK-LABEL: func.func @read_elsewhere
// CHECK-NOT: nn.concat
// CHECK: return
func.func @read_elsewhere(%a: tensor<2x1xf64>) -> (tensor<2x2xf64>, tensor<2x2xf64>) {
  %q = nn.pad %a low [0, 1] high [0, 0] interior [0, 0] : tensor<2x1xf64> -> tensor<2x2xf64>
  %p = nn.pad %a low [0, 0] high [0, 1] interior [0, 0] : tensor<2x1xf64> -> tensor<2x2xf64>
  %s = nn.add %q, %p : tensor<2x2xf64>
  return %s, %q : tensor<2x2xf64>, tensor<2x2xf64>
}
