// The interpreter against values worked out by hand, an op at a time.
// RUN: nn-interp %s --entry elementwise | FileCheck %s --check-prefix=ELEMENT
// RUN: nn-interp %s --entry shapes --rows 2 | FileCheck %s --check-prefix=SHAPE
// RUN: nn-interp %s --entry reductions | FileCheck %s --check-prefix=REDUCE
// RUN: nn-interp %s --entry contractions | FileCheck %s --check-prefix=CONTRACT
// RUN: nn-interp %s --entry pooling | FileCheck %s --check-prefix=POOL
// RUN: nn-interp %s --entry special | FileCheck %s --check-prefix=SPECIAL
// RUN: nn-interp %s --entry sum_pooling | FileCheck %s --check-prefix=SUMPOOL
// RUN: nn-interp %s --entry lookups | FileCheck %s --check-prefix=LOOKUP

// ELEMENT: 0 = [0.5, 2, 8]
// ELEMENT: 1 = [0, 0, 1]
// ELEMENT: 2 = [4, 1, 9]
// ELEMENT: 3 = [-1, 0, 1]
// ELEMENT: 4 = [1, 0, 1]
// ELEMENT: 5 = [-2, 0, 1]
func.func @elementwise() -> (tensor<3xf64>, tensor<3xi1>, tensor<3xf64>, tensor<3xf64>, tensor<3xf64>, tensor<3xf64>) {
  %two = nn.constant dense<2.0> : tensor<3xf64>
  %x = nn.constant dense<[-1.0, 1.0, 3.0]> : tensor<3xf64>
  %p = nn.pow %two, %x : tensor<3xf64>
  %m = nn.compare "gt" %x, %two : tensor<3xf64> -> tensor<3xi1>
  %y = nn.constant dense<[4.0, 5.0, 9.0]> : tensor<3xf64>
  %n = nn.constant dense<[true, false, true]> : tensor<3xi1>
  %s = nn.select %n, %y, %x : tensor<3xi1>, tensor<3xf64>
  %z = nn.constant dense<[-1.5, 0.0, 1.5]> : tensor<3xf64>
  %g = nn.sign %z : tensor<3xf64>
  %c = nn.cast %n : tensor<3xi1> -> tensor<3xf64>
  %f = nn.floor %z : tensor<3xf64>
  return %p, %m, %s, %g, %c, %f : tensor<3xf64>, tensor<3xi1>, tensor<3xf64>, tensor<3xf64>, tensor<3xf64>, tensor<3xf64>
}

// A NaN loses no comparison but `ne`, and survives max and min.
// SPECIAL: 0 = [0, 1]
// SPECIAL: 1 = [1, 0]
// SPECIAL: 2 = [nan, 2]
// SPECIAL: 3 = [nan, 1]
func.func @special() -> (tensor<2xi1>, tensor<2xi1>, tensor<2xf64>, tensor<2xf64>) {
  %x = nn.constant dense<[0x7FF8000000000000, 2.0]> : tensor<2xf64>
  %y = nn.constant dense<[1.0, 1.0]> : tensor<2xf64>
  %a = nn.compare "ge" %x, %y : tensor<2xf64> -> tensor<2xi1>
  %two = nn.constant dense<2.0> : tensor<2xf64>
  %b = nn.compare "ne" %x, %two : tensor<2xf64> -> tensor<2xi1>
  %c = nn.max %y, %x : tensor<2xf64>
  %d = nn.min %x, %y : tensor<2xf64>
  return %a, %b, %c, %d : tensor<2xi1>, tensor<2xi1>, tensor<2xf64>, tensor<2xf64>
}

// SHAPE: 0 = {{\[\[}}1, 2, 3], [1, 2, 3]]
// SHAPE: 1 = {{\[\[}}1, 4], [2, 5], [3, 6]]
// SHAPE: 2 = {{\[\[}}3, 1], [6, 4]]
// SHAPE: 3 = [0, 1, 0, 2, 0, 3, 0, 0]
// SHAPE: 4 = {{\[\[}}3, 1, 1, 2, 3], [6, 4, 4, 5, 6]]
// SHAPE: 5 = {{\[\[}}0, 0, 1], [1, 0, 0]]
// SHAPE: 6 = 14
func.func @shapes(%rows: index) -> (tensor<?x3xf64>, tensor<3x2xf64>, tensor<2x2xf64>, tensor<8xf64>, tensor<2x5xf64>, tensor<2x3xi1>, tensor<f64>) {
  %v = nn.constant dense<[1.0, 2.0, 3.0]> : tensor<3xf64>
  %b = nn.broadcast %v axes [1] rows %rows : tensor<3xf64> -> tensor<?x3xf64>
  %x = nn.constant dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]> : tensor<2x3xf64>
  %t = nn.transpose %x [1, 0] : tensor<2x3xf64> -> tensor<3x2xf64>
  %k = nn.constant dense<[[3.0, 2.0, 1.0], [6.0, 5.0, 4.0]]> : tensor<2x3xf64>
  %s = nn.slice %k starts [0, 0] strides [1, 2] : tensor<2x3xf64> -> tensor<2x2xf64>
  %p = nn.pad %v low [1] high [2] interior [1] : tensor<3xf64> -> tensor<8xf64>
  %c = nn.concat %s, %x axis 1 : (tensor<2x2xf64>, tensor<2x3xf64>) -> tensor<2x5xf64>
  %l = nn.constant dense<[2, 0]> : tensor<2xi32>
  %h = nn.one_hot %l : tensor<2xi32> -> tensor<2x3xi1>
  %n = nn.extent %rows times 7 : tensor<f64>
  return %b, %t, %s, %p, %c, %h, %n : tensor<?x3xf64>, tensor<3x2xf64>, tensor<2x2xf64>, tensor<8xf64>, tensor<2x5xf64>, tensor<2x3xi1>, tensor<f64>
}

// REDUCE: 0 = [5, 7, 9]
// REDUCE: 1 = [3, 6]
// REDUCE: 2 = 720
// REDUCE: 3 = [2, 5]
// REDUCE: 4 = [1, 4]
// REDUCE: 5 = [1, 0]
func.func @reductions() -> (tensor<3xf64>, tensor<2xf64>, tensor<f64>, tensor<2xf64>, tensor<2xf64>, tensor<2xi32>) {
  %x = nn.constant dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]> : tensor<2x3xf64>
  %s = nn.reduce "sum" %x axes [0] : tensor<2x3xf64> -> tensor<3xf64>
  %m = nn.reduce "max" %x axes [1] : tensor<2x3xf64> -> tensor<2xf64>
  %p = nn.reduce "prod" %x axes [0, 1] : tensor<2x3xf64> -> tensor<f64>
  %y = nn.constant dense<[[1.0, 3.0, 1.0, 3.0], [3.0, 7.0, 3.0, 7.0]]> : tensor<2x4xf64>
  %mean, %variance = nn.moments %y axes [1] : tensor<2x4xf64> -> tensor<2xf64>, tensor<2xf64>
  %z = nn.constant dense<[[1.0, 3.0, 3.0], [2.0, 2.0, 1.0]]> : tensor<2x3xf64>
  %a = nn.argmax %z axis 1 : tensor<2x3xf64> -> tensor<2xi32>
  return %s, %m, %p, %mean, %variance, %a : tensor<3xf64>, tensor<2xf64>, tensor<f64>, tensor<2xf64>, tensor<2xf64>, tensor<2xi32>
}

// CONTRACT: 0 = {{\[\[}}14, 32], [32, 77]]
// The window of three with stride 2 and one zero before: (0, 1, 2), (2, 3, 4), with the filter (1, 10, 100).
// CONTRACT: 1 = {{\[\[\[}}210], [432]]]
// CONTRACT: 2 = {{\[\[\[}}10], [101], [10], [100]]]
// CONTRACT: 3 = {{\[\[\[}}2]], {{\[\[}}4]], {{\[\[}}6]]]
func.func @contractions() -> (tensor<2x2xf64>, tensor<1x2x1xf64>, tensor<1x4x1xf64>, tensor<3x1x1xf64>) {
  %x = nn.constant dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]> : tensor<2x3xf64>
  %y = nn.matmul %x, %x transposed : tensor<2x3xf64>, tensor<2x3xf64> -> tensor<2x2xf64>
  %i = nn.constant dense<[[[1.0], [2.0], [3.0], [4.0]]]> : tensor<1x4x1xf64>
  %w = nn.constant dense<[[[1.0]], [[10.0]], [[100.0]]]> : tensor<3x1x1xf64>
  %c = nn.conv %i, %w strides [2] padding [1, 0] dilations [1] groups 1 : tensor<1x4x1xf64>, tensor<3x1x1xf64> -> tensor<1x2x1xf64>
  %g = nn.constant dense<1.0> : tensor<1x2x1xf64>
  %d = nn.conv_input_grad %g, %w strides [2] padding [1, 0] dilations [1] groups 1 : tensor<1x2x1xf64>, tensor<3x1x1xf64> -> tensor<1x4x1xf64>
  %f = nn.conv_filter_grad %i, %g strides [2] padding [1, 0] dilations [1] groups 1 : tensor<1x4x1xf64>, tensor<1x2x1xf64> -> tensor<3x1x1xf64>
  return %y, %c, %d, %f : tensor<2x2xf64>, tensor<1x2x1xf64>, tensor<1x4x1xf64>, tensor<3x1x1xf64>
}

// The padding never wins, not over negative numbers either; of equal numbers the first does.
// POOL: 0 = {{\[\[\[}}-1], [-2], [-3]]]
// POOL: 1 = {{\[\[\[}}1], [0], [0]]]
// POOL: 2 = {{\[\[\[}}10], [20], [0], [30]]]
// POOL: 3 = {{\[\[\[}}5], [6], [8]]]
func.func @pooling() -> (tensor<1x3x1xf64>, tensor<1x3x1xi32>, tensor<1x4x1xf64>, tensor<1x3x1xf64>) {
  %x = nn.constant dense<[[[-1.0], [-2.0], [-2.0], [-3.0]]]> : tensor<1x4x1xf64>
  %y, %i = nn.max_pool %x window [2] strides [2] padding [1, 1] : tensor<1x4x1xf64> -> tensor<1x3x1xf64>, tensor<1x3x1xi32>
  %g = nn.constant dense<[[[10.0], [20.0], [30.0]]]> : tensor<1x3x1xf64>
  %d = nn.max_pool_grad %g, %i window [2] strides [2] padding [1, 1] : tensor<1x3x1xf64>, tensor<1x3x1xi32> -> tensor<1x4x1xf64>
  %k = nn.constant dense<[[[5.0], [6.0], [7.0], [8.0]]]> : tensor<1x4x1xf64>
  %p = nn.max_pool_pick %k, %i window [2] strides [2] padding [1, 1] : tensor<1x4x1xf64>, tensor<1x3x1xi32> -> tensor<1x3x1xf64>
  return %y, %i, %d, %p : tensor<1x3x1xf64>, tensor<1x3x1xi32>, tensor<1x4x1xf64>, tensor<1x3x1xf64>
}

// Windows (pad, 1), (2, 3), (4, pad); back, each element gets what its one window has.
// SUMPOOL: 0 = {{\[\[\[}}1], [5], [4]]]
// SUMPOOL: 1 = {{\[\[\[}}10], [20], [20], [30]]]
func.func @sum_pooling() -> (tensor<1x3x1xf64>, tensor<1x4x1xf64>) {
  %x = nn.constant dense<[[[1.0], [2.0], [3.0], [4.0]]]> : tensor<1x4x1xf64>
  %y = nn.sum_pool %x window [2] strides [2] padding [1, 1] : tensor<1x4x1xf64> -> tensor<1x3x1xf64>
  %g = nn.constant dense<[[[10.0], [20.0], [30.0]]]> : tensor<1x3x1xf64>
  %d = nn.sum_pool_grad %g window [2] strides [2] padding [1, 1] : tensor<1x3x1xf64> -> tensor<1x4x1xf64>
  return %y, %d : tensor<1x3x1xf64>, tensor<1x4x1xf64>
}

// Row 1, a row outside of the table, row 0, row 1 again.
// LOOKUP: 0 = [0, 1, 2]
// LOOKUP: 1 = {{\[\[}}3, 4], [0, 0], [1, 2], [3, 4]]
// LOOKUP: 2 = {{\[\[}}50, 60], [80, 100]]
func.func @lookups() -> (tensor<3xf64>, tensor<4x2xf64>, tensor<2x2xf64>) {
  %i = nn.iota : tensor<3xf64>
  %t = nn.constant dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf64>
  %k = nn.constant dense<[1, 2, 0, 1]> : tensor<4xi32>
  %y = nn.gather %t, %k : tensor<2x2xf64>, tensor<4xi32> -> tensor<4x2xf64>
  %x = nn.constant dense<[[10.0, 20.0], [30.0, 40.0], [50.0, 60.0], [70.0, 80.0]]> : tensor<4x2xf64>
  %s = nn.scatter_add %x, %k : tensor<4x2xf64>, tensor<4xi32> -> tensor<2x2xf64>
  return %i, %y, %s : tensor<3xf64>, tensor<4x2xf64>, tensor<2x2xf64>
}
