#include "GradientCases.h"

namespace nn {
namespace {

constexpr const char *cube = "%x: tensor<3x5x7xf64>";
constexpr const char *two = "%x: tensor<3x5x7xf64>, %z: tensor<3x5x7xf64>";
constexpr const char *cubeType = "tensor<3x5x7xf64>";

const std::vector<GradientCase> elementwise = {
    {"Neg", cube, "%y = nn.neg %x : tensor<3x5x7xf64>", cubeType},
    {"Exp", cube, "%y = nn.exp %x : tensor<3x5x7xf64>", cubeType},
    {"Log", cube, "%y = nn.log %x : tensor<3x5x7xf64>", cubeType, 0.5, 3},
    {"Sqrt", cube, "%y = nn.sqrt %x : tensor<3x5x7xf64>", cubeType, 0.5, 3},
    {"Rsqrt", cube, "%y = nn.rsqrt %x : tensor<3x5x7xf64>", cubeType, 0.5, 3},
    {"Tanh", cube, "%y = nn.tanh %x : tensor<3x5x7xf64>", cubeType},
    {"Sin", cube, "%y = nn.sin %x : tensor<3x5x7xf64>", cubeType},
    {"Cos", cube, "%y = nn.cos %x : tensor<3x5x7xf64>", cubeType},
    {"Erf", cube, "%y = nn.erf %x : tensor<3x5x7xf64>", cubeType},
    {"Abs", cube, "%y = nn.abs %x : tensor<3x5x7xf64>", cubeType},
    {"Add", two, "%y = nn.add %x, %z : tensor<3x5x7xf64>", cubeType},
    {"AddOfItself", cube, "%y = nn.add %x, %x : tensor<3x5x7xf64>", cubeType},
    {"Sub", two, "%y = nn.sub %x, %z : tensor<3x5x7xf64>", cubeType},
    {"Mul", two, "%y = nn.mul %x, %z : tensor<3x5x7xf64>", cubeType},
    {"Square", cube, "%y = nn.mul %x, %x : tensor<3x5x7xf64>", cubeType},
    {"Div", two, "%y = nn.div %x, %z : tensor<3x5x7xf64>", cubeType, 0.5, 3},
    {"Max", two, "%y = nn.max %x, %z : tensor<3x5x7xf64>", cubeType},
    {"Min", two, "%y = nn.min %x, %z : tensor<3x5x7xf64>", cubeType},
    {"MaxOfConstant", "%x: tensor<?x3xf64>",
     R"(%c = nn.constant dense<0.5> : tensor<f64>
        %b = nn.broadcast %c axes [] rows %rows : tensor<f64> -> tensor<?x3xf64>
        %y = nn.max %b, %x : tensor<?x3xf64>)",
     "tensor<?x3xf64>"},
    {"Pow", two, "%y = nn.pow %x, %z : tensor<3x5x7xf64>", cubeType, 0.5, 2},
    {"PowOfConstant", cube,
     R"(%c = nn.constant dense<3.0> : tensor<3x5x7xf64>
        %y = nn.pow %x, %c : tensor<3x5x7xf64>)",
     cubeType},
    {"Select", two,
     R"(%m = nn.compare "gt" %x, %z : tensor<3x5x7xf64> -> tensor<3x5x7xi1>
        %a = nn.exp %z : tensor<3x5x7xf64>
        %y = nn.select %m, %x, %a : tensor<3x5x7xi1>, tensor<3x5x7xf64>)",
     cubeType},
    {"Cast", "%x: tensor<3x5xf64>, %k: tensor<3xi32>",
     R"(%m = nn.one_hot %k : tensor<3xi32> -> tensor<3x5xi1>
        %f = nn.cast %m : tensor<3x5xi1> -> tensor<3x5xf64>
        %c = nn.cast %x : tensor<3x5xf64> -> tensor<3x5xf64>
        %y = nn.mul %f, %c : tensor<3x5xf64>)",
     "tensor<3x5xf64>"},
    {"PartsWithoutDerivative", cube,
     R"(%f = nn.floor %x : tensor<3x5x7xf64>
        %s = nn.sign %x : tensor<3x5x7xf64>
        %g = nn.add %f, %s : tensor<3x5x7xf64>
        %y = nn.mul %x, %g : tensor<3x5x7xf64>)",
     cubeType},
};

const std::vector<GradientCase> scans = {
    {"ScanOfTakes", "%x: tensor<?x4x3xf64>, %h0: tensor<?x3xf64>",
     R"(%last, %y = nn.scan 4 at %t rows(%n = %rows) carry(%h = %h0) read(%xs = %x)
            : (tensor<?x3xf64>, tensor<?x4x3xf64>) -> (tensor<?x3xf64>, tensor<?x4x3xf64>) {
          %xt = nn.take %xs at %t : tensor<?x4x3xf64> -> tensor<?x3xf64>
          %m = nn.mul %h, %xt : tensor<?x3xf64>
          %g = nn.tanh %m : tensor<?x3xf64>
          %k = nn.add %g, %xt : tensor<?x3xf64>
          nn.next carry(%k : tensor<?x3xf64>) stack(%g : tensor<?x3xf64>)
        })",
     "tensor<?x4x3xf64>"},
    {"ScanOfWeights",
     "%x: tensor<?x3x5xf64>, %h0: tensor<?x2xf64>, %w: tensor<5x2xf64>, %u: tensor<2x2xf64>, %c: "
     "tensor<2xf64>",
     R"(%y, %all = nn.scan 3 reverse at %t rows(%n = %rows) carry(%h = %h0) read(%xs = %x, %wi = %w, %ui = %u, %ci = %c)
            : (tensor<?x2xf64>, tensor<?x3x5xf64>, tensor<5x2xf64>, tensor<2x2xf64>, tensor<2xf64>)
            -> (tensor<?x2xf64>, tensor<?x3x2xf64>) {
          %xt = nn.take %xs at %t : tensor<?x3x5xf64> -> tensor<?x5xf64>
          %a = nn.matmul %xt, %wi : tensor<?x5xf64>, tensor<5x2xf64> -> tensor<?x2xf64>
          %b = nn.matmul %h, %ui : tensor<?x2xf64>, tensor<2x2xf64> -> tensor<?x2xf64>
          %s = nn.add %a, %b : tensor<?x2xf64>
          %cb = nn.broadcast %ci axes [1] rows %n : tensor<2xf64> -> tensor<?x2xf64>
          %z = nn.add %s, %cb : tensor<?x2xf64>
          %k = nn.tanh %z : tensor<?x2xf64>
          nn.next carry(%k : tensor<?x2xf64>) stack(%k : tensor<?x2xf64>)
        })",
     "tensor<?x2xf64>", -1, 1},
    {"ScanWithoutRows", "%x: tensor<5x3xf64>, %a: tensor<3xf64>",
     R"(%z = nn.constant dense<0.0> : tensor<3xf64>
        %last, %all = nn.scan 5 at %t carry(%h = %z, %g = %a) read(%xs = %x, %ai = %a)
            : (tensor<3xf64>, tensor<3xf64>, tensor<5x3xf64>, tensor<3xf64>) -> (tensor<3xf64>, tensor<3xf64>) {
          %xt = nn.take %xs at %t : tensor<5x3xf64> -> tensor<3xf64>
          %s = nn.add %h, %xt : tensor<3xf64>
          %m = nn.mul %s, %ai : tensor<3xf64>
          %p = nn.mul %m, %g : tensor<3xf64>
          %e = nn.sin %p : tensor<3xf64>
          nn.next carry(%e, %m : tensor<3xf64>, tensor<3xf64>) stack()
        }
        %y = nn.add %last, %all : tensor<3xf64>)",
     "tensor<3xf64>", -1, 1},
    {"ScanOfMaskedStates", "%x: tensor<?x4x2xf64>, %h0: tensor<?x2xf64>",
     R"(%zero = nn.constant dense<0.0> : tensor<f64>
        %last, %all = nn.scan 4 at %t rows(%n = %rows) carry(%h = %h0) read(%xs = %x, %z = %zero)
            : (tensor<?x2xf64>, tensor<?x4x2xf64>, tensor<f64>) -> (tensor<?x2xf64>, tensor<?x4x2xf64>) {
          %xt = nn.take %xs at %t : tensor<?x4x2xf64> -> tensor<?x2xf64>
          %zb = nn.broadcast %z axes [] rows %n : tensor<f64> -> tensor<?x2xf64>
          %on = nn.compare "gt" %xt, %zb : tensor<?x2xf64> -> tensor<?x2xi1>
          %p = nn.mul %h, %xt : tensor<?x2xf64>
          %e = nn.exp %p : tensor<?x2xf64>
          %k = nn.select %on, %e, %h : tensor<?x2xi1>, tensor<?x2xf64>
          %o = nn.select %on, %e, %zb : tensor<?x2xi1>, tensor<?x2xf64>
          nn.next carry(%k : tensor<?x2xf64>) stack(%o : tensor<?x2xf64>)
        }
        %y = nn.reduce "sum" %all axes [1] : tensor<?x4x2xf64> -> tensor<?x2xf64>)",
     "tensor<?x2xf64>", -0.7, 0.7},
};

const std::vector<GradientCase> shapes = {
    {"Broadcast", "%x: tensor<5xf64>", "%y = nn.broadcast %x axes [1] : tensor<5xf64> -> tensor<3x5x7xf64>",
     cubeType},
    {"BroadcastToRows", "%x: tensor<5xf64>",
     "%y = nn.broadcast %x axes [1] rows %rows : tensor<5xf64> -> tensor<?x5xf64>", "tensor<?x5xf64>"},
    {"Reshape", cube, "%y = nn.reshape %x : tensor<3x5x7xf64> -> tensor<15x7xf64>", "tensor<15x7xf64>"},
    {"ReshapeOfRows", "%x: tensor<?x5x2xf64>",
     R"(%r = nn.reshape %x : tensor<?x5x2xf64> -> tensor<?x2xf64>
        %s = nn.reduce "sum" %r axes [0] : tensor<?x2xf64> -> tensor<2xf64>
        %y = nn.mul %s, %s : tensor<2xf64>)",
     "tensor<2xf64>"},
    {"Transpose", cube, "%y = nn.transpose %x [2, 0, 1] : tensor<3x5x7xf64> -> tensor<7x3x5xf64>",
     "tensor<7x3x5xf64>"},
    {"Slice", cube,
     "%y = nn.slice %x starts [0, 1, 2] strides [1, 3, 2] : tensor<3x5x7xf64> -> tensor<3x2x3xf64>",
     "tensor<3x2x3xf64>"},
    {"Pad", "%x: tensor<?x3xf64>",
     "%y = nn.pad %x low [0, 2] high [0, 1] interior [0, 3] : tensor<?x3xf64> -> tensor<?x12xf64>",
     "tensor<?x12xf64>"},
    {"Concat", "%x: tensor<?x3xf64>, %z: tensor<?x4xf64>",
     "%y = nn.concat %x, %z, %x axis 1 : (tensor<?x3xf64>, tensor<?x4xf64>, tensor<?x3xf64>) -> "
     "tensor<?x10xf64>",
     "tensor<?x10xf64>"},
};

const std::vector<GradientCase> reductions = {
    {"Sum", cube, R"(%y = nn.reduce "sum" %x axes [0, 2] : tensor<3x5x7xf64> -> tensor<5xf64>)",
     "tensor<5xf64>"},
    {"MaxOverOneAxis", cube, R"(%y = nn.reduce "max" %x axes [1] : tensor<3x5x7xf64> -> tensor<3x7xf64>)",
     "tensor<3x7xf64>"},
    {"MaxOverTwoAxes", cube, R"(%y = nn.reduce "max" %x axes [0, 2] : tensor<3x5x7xf64> -> tensor<5xf64>)",
     "tensor<5xf64>"},
    {"MaxOverRows", "%x: tensor<?x5xf64>",
     R"(%y = nn.reduce "max" %x axes [0] : tensor<?x5xf64> -> tensor<5xf64>)", "tensor<5xf64>"},
    {"MinOverOneAxis", "%x: tensor<?x5xf64>",
     R"(%y = nn.reduce "min" %x axes [1] : tensor<?x5xf64> -> tensor<?xf64>)", "tensor<?xf64>"},
    {"Prod", cube, R"(%y = nn.reduce "prod" %x axes [1] : tensor<3x5x7xf64> -> tensor<3x7xf64>)",
     "tensor<3x7xf64>"},
    {"Moments", "%x: tensor<?x5x3xf64>",
     R"(%m, %v = nn.moments %x axes [0, 1] : tensor<?x5x3xf64> -> tensor<3xf64>, tensor<3xf64>
        %q = nn.mul %m, %v : tensor<3xf64>
        %y = nn.add %q, %v : tensor<3xf64>)",
     "tensor<3xf64>"},
    {"MomentsMeanOnly", cube,
     "%y, %v = nn.moments %x axes [1] : tensor<3x5x7xf64> -> tensor<3x7xf64>, tensor<3x7xf64>",
     "tensor<3x7xf64>"},
    {"StopGradient", "%x: tensor<3xf64>",
     R"(%o = nn.constant dense<2.0> : tensor<3xf64>
        %s = nn.stop_gradient %o : tensor<3xf64>
        %y = nn.mul %x, %s : tensor<3xf64>)",
     "tensor<3xf64>"},
};

const std::vector<GradientCase> contractions = {
    {"MatMul", "%x: tensor<?x5xf64>, %w: tensor<5x7xf64>",
     "%y = nn.matmul %x, %w : tensor<?x5xf64>, tensor<5x7xf64> -> tensor<?x7xf64>", "tensor<?x7xf64>"},
    {"MatMulLeftTransposed", "%x: tensor<5x3xf64>, %w: tensor<5x7xf64>",
     "%y = nn.matmul %x transposed, %w : tensor<5x3xf64>, tensor<5x7xf64> -> tensor<3x7xf64>",
     "tensor<3x7xf64>"},
    {"MatMulRightTransposed", "%x: tensor<3x5xf64>, %w: tensor<7x5xf64>",
     "%y = nn.matmul %x, %w transposed : tensor<3x5xf64>, tensor<7x5xf64> -> tensor<3x7xf64>",
     "tensor<3x7xf64>"},
    {"MatMulBothTransposed", "%x: tensor<5x3xf64>, %w: tensor<7x5xf64>",
     "%y = nn.matmul %x transposed, %w transposed : tensor<5x3xf64>, tensor<7x5xf64> -> tensor<3x7xf64>",
     "tensor<3x7xf64>"},
    {"MatMulOfBatches", "%x: tensor<?x3x5xf64>, %w: tensor<?x7x5xf64>",
     "%y = nn.matmul %x, %w transposed : tensor<?x3x5xf64>, tensor<?x7x5xf64> -> tensor<?x3x7xf64>",
     "tensor<?x3x7xf64>"},
    {"Conv", "%x: tensor<?x7x6x4xf64>, %w: tensor<3x2x2x6xf64>",
     R"(%y = nn.conv %x, %w strides [2, 1] padding [1, 2, 0, 1] dilations [1, 2] groups 2
          : tensor<?x7x6x4xf64>, tensor<3x2x2x6xf64> -> tensor<?x4x5x6xf64>)",
     "tensor<?x4x5x6xf64>"},
    {"ConvOneDimension", "%x: tensor<?x9x3xf64>, %w: tensor<3x3x2xf64>",
     R"(%y = nn.conv %x, %w strides [3] padding [2, 0] dilations [2] groups 1
          : tensor<?x9x3xf64>, tensor<3x3x2xf64> -> tensor<?x3x2xf64>)",
     "tensor<?x3x2xf64>"},
    {"ConvThreeDimensions", "%x: tensor<?x3x4x3x2xf64>, %w: tensor<2x2x2x1x4xf64>",
     R"(%y = nn.conv %x, %w strides [1, 2, 1] padding [0, 0, 1, 0, 0, 1] dilations [1, 1, 1] groups 2
          : tensor<?x3x4x3x2xf64>, tensor<2x2x2x1x4xf64> -> tensor<?x2x2x3x4xf64>)",
     "tensor<?x2x2x3x4xf64>"},
    {"ConvInputGrad", "%g: tensor<?x4x5x6xf64>, %w: tensor<3x2x2x6xf64>",
     R"(%y = nn.conv_input_grad %g, %w strides [2, 1] padding [1, 2, 0, 1] dilations [1, 2] groups 2
          : tensor<?x4x5x6xf64>, tensor<3x2x2x6xf64> -> tensor<?x7x6x4xf64>)",
     "tensor<?x7x6x4xf64>"},
    {"ConvFilterGrad", "%x: tensor<?x7x6x4xf64>, %g: tensor<?x4x5x6xf64>",
     R"(%y = nn.conv_filter_grad %x, %g strides [2, 1] padding [1, 2, 0, 1] dilations [1, 2] groups 2
          : tensor<?x7x6x4xf64>, tensor<?x4x5x6xf64> -> tensor<3x2x2x6xf64>)",
     "tensor<3x2x2x6xf64>"},
};

const std::vector<GradientCase> pools = {
    {"MaxPool", "%x: tensor<?x7x6x2xf64>",
     R"(%y, %i = nn.max_pool %x window [3, 2] strides [2, 1] padding [1, 0, 1, 1]
          : tensor<?x7x6x2xf64> -> tensor<?x3x7x2xf64>, tensor<?x3x7x2xi32>)",
     "tensor<?x3x7x2xf64>"},
    {"MaxPoolGrad", "%x: tensor<?x7x6x2xf64>, %g: tensor<?x3x7x2xf64>",
     R"(%p, %i = nn.max_pool %x window [3, 2] strides [2, 1] padding [1, 0, 1, 1]
          : tensor<?x7x6x2xf64> -> tensor<?x3x7x2xf64>, tensor<?x3x7x2xi32>
        %y = nn.max_pool_grad %g, %i window [3, 2] strides [2, 1] padding [1, 0, 1, 1]
          : tensor<?x3x7x2xf64>, tensor<?x3x7x2xi32> -> tensor<?x7x6x2xf64>)",
     "tensor<?x7x6x2xf64>"},
    {"MaxPoolPick", "%x: tensor<?x7x6x2xf64>, %z: tensor<?x7x6x2xf64>",
     R"(%p, %i = nn.max_pool %x window [3, 2] strides [2, 1] padding [1, 0, 1, 1]
          : tensor<?x7x6x2xf64> -> tensor<?x3x7x2xf64>, tensor<?x3x7x2xi32>
        %y = nn.max_pool_pick %z, %i window [3, 2] strides [2, 1] padding [1, 0, 1, 1]
          : tensor<?x7x6x2xf64>, tensor<?x3x7x2xi32> -> tensor<?x3x7x2xf64>)",
     "tensor<?x3x7x2xf64>"},
};

const std::vector<GradientCase> sumPools = {
    {"SumPool", "%x: tensor<?x7x6x2xf64>",
     R"(%y = nn.sum_pool %x window [3, 2] strides [2, 1] padding [1, 0, 1, 1]
          : tensor<?x7x6x2xf64> -> tensor<?x3x7x2xf64>)",
     "tensor<?x3x7x2xf64>"},
    {"SumPoolApart", "%x: tensor<?x7x3xf64>",
     "%y = nn.sum_pool %x window [2] strides [3] padding [0, 0] : tensor<?x7x3xf64> -> tensor<?x2x3xf64>",
     "tensor<?x2x3xf64>"},
    {"SumPoolGrad", "%g: tensor<?x3x7x2xf64>",
     R"(%y = nn.sum_pool_grad %g window [3, 2] strides [2, 1] padding [1, 0, 1, 1]
          : tensor<?x3x7x2xf64> -> tensor<?x7x6x2xf64>)",
     "tensor<?x7x6x2xf64>"},
};

// Of the numbers 0 to 2 that the test makes, 2 is outside of a table of two rows.
const std::vector<GradientCase> lookups = {
    {"Gather", "%t: tensor<2x5xf64>, %k: tensor<?x7xi32>",
     "%y = nn.gather %t, %k : tensor<2x5xf64>, tensor<?x7xi32> -> tensor<?x7x5xf64>", "tensor<?x7x5xf64>"},
    {"GatherOfScalars", "%t: tensor<3xf64>, %k: tensor<?x9xi32>",
     "%y = nn.gather %t, %k : tensor<3xf64>, tensor<?x9xi32> -> tensor<?x9xf64>", "tensor<?x9xf64>"},
    {"GatherOfMatrices", "%t: tensor<3x2x9xf64>, %k: tensor<?xi32>",
     "%y = nn.gather %t, %k : tensor<3x2x9xf64>, tensor<?xi32> -> tensor<?x2x9xf64>", "tensor<?x2x9xf64>"},
    {"ScatterAdd", "%x: tensor<?x7x5xf64>, %k: tensor<?x7xi32>",
     "%y = nn.scatter_add %x, %k : tensor<?x7x5xf64>, tensor<?x7xi32> -> tensor<2x5xf64>", "tensor<2x5xf64>"},
    {"Iota", "%x: tensor<5xf64>",
     R"(%i = nn.iota : tensor<5xf64>
        %y = nn.mul %x, %i : tensor<5xf64>)",
     "tensor<5xf64>"},
};

// %y is a gradient itself, so its derivative is a second one.
const std::vector<GradientCase> second = {
    {"SecondOfTanh", "%x: tensor<5xf64>",
     R"(%t = nn.tanh %x : tensor<5xf64>
        %s = nn.reduce "sum" %t axes [0] : tensor<5xf64> -> tensor<f64>
        %y = nn.gradient %s by %x : (tensor<f64>, tensor<5xf64>) -> tensor<5xf64>)",
     "tensor<5xf64>"},
    {"SecondOfMatMul", "%x: tensor<?x5xf64>, %w: tensor<5x7xf64>",
     R"(%z = nn.matmul %x, %w : tensor<?x5xf64>, tensor<5x7xf64> -> tensor<?x7xf64>
        %t = nn.exp %z : tensor<?x7xf64>
        %s = nn.reduce "sum" %t axes [0, 1] : tensor<?x7xf64> -> tensor<f64>
        %y = nn.gradient %s by %x : (tensor<f64>, tensor<?x5xf64>) -> tensor<?x5xf64>)",
     "tensor<?x5xf64>", -1, 1},
    {"SecondOfConvAndPool", "%x: tensor<?x6x5x1xf64>, %w: tensor<3x2x1x2xf64>",
     R"(%z = nn.conv %x, %w strides [1, 1] padding [1, 1, 0, 1] dilations [1, 1] groups 1
          : tensor<?x6x5x1xf64>, tensor<3x2x1x2xf64> -> tensor<?x6x5x2xf64>
        %q = nn.mul %z, %z : tensor<?x6x5x2xf64>
        %p, %i = nn.max_pool %q window [2, 2] strides [2, 2] padding [0, 0, 0, 0]
          : tensor<?x6x5x2xf64> -> tensor<?x3x2x2xf64>, tensor<?x3x2x2xi32>
        %t = nn.tanh %p : tensor<?x3x2x2xf64>
        %s = nn.reduce "sum" %t axes [0, 1, 2, 3] : tensor<?x3x2x2xf64> -> tensor<f64>
        %y = nn.gradient %s by %x : (tensor<f64>, tensor<?x6x5x1xf64>) -> tensor<?x6x5x1xf64>)",
     "tensor<?x6x5x1xf64>", -1, 1},
    {"SecondOfMoments", "%x: tensor<?x3xf64>",
     R"(%m, %v = nn.moments %x axes [0] : tensor<?x3xf64> -> tensor<3xf64>, tensor<3xf64>
        %r = nn.rsqrt %v : tensor<3xf64>
        %q = nn.mul %m, %r : tensor<3xf64>
        %s = nn.reduce "sum" %q axes [0] : tensor<3xf64> -> tensor<f64>
        %y = nn.gradient %s by %x : (tensor<f64>, tensor<?x3xf64>) -> tensor<?x3xf64>)",
     "tensor<?x3xf64>"},
    {"SecondOfScan", "%x: tensor<?x3x2xf64>, %h0: tensor<?x2xf64>, %u: tensor<2x2xf64>",
     R"(%last, %all = nn.scan 3 at %t rows(%n = %rows) carry(%h = %h0) read(%xs = %x, %ui = %u)
            : (tensor<?x2xf64>, tensor<?x3x2xf64>, tensor<2x2xf64>) -> (tensor<?x2xf64>, tensor<?x3x2xf64>) {
          %xt = nn.take %xs at %t : tensor<?x3x2xf64> -> tensor<?x2xf64>
          %b = nn.matmul %h, %ui : tensor<?x2xf64>, tensor<2x2xf64> -> tensor<?x2xf64>
          %a = nn.mul %b, %xt : tensor<?x2xf64>
          %k = nn.tanh %a : tensor<?x2xf64>
          %d = nn.add %k, %xt : tensor<?x2xf64>
          nn.next carry(%d : tensor<?x2xf64>) stack(%k : tensor<?x2xf64>)
        }
        %q = nn.mul %all, %all : tensor<?x3x2xf64>
        %p = nn.reduce "sum" %q axes [0, 1, 2] : tensor<?x3x2xf64> -> tensor<f64>
        %r = nn.reduce "sum" %last axes [0, 1] : tensor<?x2xf64> -> tensor<f64>
        %s = nn.add %p, %r : tensor<f64>
        %y, %gh, %gu = nn.gradient %s by %x, %h0, %u : (tensor<f64>, tensor<?x3x2xf64>, tensor<?x2xf64>, tensor<2x2xf64>)
          -> (tensor<?x3x2xf64>, tensor<?x2xf64>, tensor<2x2xf64>))",
     "tensor<?x3x2xf64>", -1, 1},
    {"SecondOfScanByWeights", "%x: tensor<?x3x2xf64>, %h0: tensor<?x2xf64>, %u: tensor<2x2xf64>",
     R"(%last, %all = nn.scan 3 reverse at %t rows(%n = %rows) carry(%h = %h0) read(%xs = %x, %ui = %u)
            : (tensor<?x2xf64>, tensor<?x3x2xf64>, tensor<2x2xf64>) -> (tensor<?x2xf64>, tensor<?x3x2xf64>) {
          %xt = nn.take %xs at %t : tensor<?x3x2xf64> -> tensor<?x2xf64>
          %b = nn.matmul %h, %ui : tensor<?x2xf64>, tensor<2x2xf64> -> tensor<?x2xf64>
          %a = nn.add %b, %xt : tensor<?x2xf64>
          %k = nn.tanh %a : tensor<?x2xf64>
          nn.next carry(%k : tensor<?x2xf64>) stack(%k : tensor<?x2xf64>)
        }
        %s = nn.reduce "sum" %all axes [0, 1, 2] : tensor<?x3x2xf64> -> tensor<f64>
        %y = nn.gradient %s by %u : (tensor<f64>, tensor<2x2xf64>) -> tensor<2x2xf64>)",
     "tensor<2x2xf64>", -1, 1},
    {"SecondOfPowAndDiv", "%x: tensor<4xf64>, %z: tensor<4xf64>",
     R"(%p = nn.pow %x, %z : tensor<4xf64>
        %d = nn.div %p, %z : tensor<4xf64>
        %s = nn.reduce "sum" %d axes [0] : tensor<4xf64> -> tensor<f64>
        %gx, %y = nn.gradient %s by %x, %z : (tensor<f64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>))",
     "tensor<4xf64>", 0.5, 2},
};

} // namespace

const std::vector<GradientCase> &gradientCases() {
  static const std::vector<GradientCase> cases = [] {
    std::vector<GradientCase> all;
    for (const auto *group :
         {&elementwise, &shapes, &reductions, &contractions, &pools, &sumPools, &lookups, &scans, &second})
      all.insert(all.end(), group->begin(), group->end());
    return all;
  }();
  return cases;
}

} // namespace nn
