// A training of three steps through the files: parameters are carried from step to step, rows are taken in order, and
// the number of the step counts from 1.
// RUN: nn-interp %s --entry make --out %t.first
// RUN: nn-interp %s --entry t.step --in %t.first --set rate=0.5 --rows 2 --steps 3 --out %t.last | FileCheck %s
// RUN: nn-interp %s --entry show --in %t.last | FileCheck %s --check-prefix=LAST
// RUN: not nn-interp %s --entry t.step --in %t.first --rows 2 2>&1 | FileCheck %s --check-prefix=MISSING
// RUN: not nn-interp %s --entry t.step --in %t.first --set rate=0.5 --rows 7 2>&1 | FileCheck %s --check-prefix=ROWS
// RUN: not nn-interp %s --entry show --set rate=0.5 2>&1 | FileCheck %s --check-prefix=NAME
// RUN: not nn-interp %s --entry none 2>&1 | FileCheck %s --check-prefix=ENTRY

func.func @make() -> (tensor<6xf64> {nn.role = "output", nn.name = "d.x"},
                      tensor<f64> {nn.role = "parameter", nn.name = "N.w"}) {
  %x = nn.constant dense<[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]> : tensor<6xf64>
  %w = nn.constant dense<0.0> : tensor<f64>
  return %x, %w : tensor<6xf64>, tensor<f64>
}

// w goes half the sum of its rows further in each step.
// CHECK: loss = 3
// CHECK: loss = 8.5
// CHECK: loss = 16
// LAST: w = 10.5
// MISSING: no tensor for the argument `rate`
// ROWS: `d.x` has too few rows
// NAME: no scalar argument `rate`
// ENTRY: no function `none`
func.func @t.step(%rows: index {nn.role = "rows"}, %x: tensor<?xf64> {nn.role = "field", nn.name = "d.x"},
    %w: tensor<f64> {nn.role = "parameter", nn.name = "N.w"}, %rate: tensor<f64> {nn.role = "hyper", nn.name = "rate"},
    %step: tensor<i64> {nn.role = "step", nn.name = "step"})
    -> (tensor<f64> {nn.role = "parameter", nn.name = "N.w"}, tensor<f64> {nn.role = "term", nn.name = "loss"}) {
  %s = nn.reduce "sum" %x axes [0] : tensor<?xf64> -> tensor<f64>
  %d = nn.mul %s, %rate : tensor<f64>
  %w1 = nn.add %w, %d : tensor<f64>
  %k = nn.cast %step : tensor<i64> -> tensor<f64>
  %h = nn.mul %d, %k : tensor<f64>
  %t = nn.add %d, %d : tensor<f64>
  %l = nn.add %w, %t : tensor<f64>
  return %w1, %l : tensor<f64>, tensor<f64>
}

func.func @show(%w: tensor<f64> {nn.role = "parameter", nn.name = "N.w"}) -> (tensor<f64> {nn.role = "output", nn.name = "w"}) {
  return %w : tensor<f64>
}
