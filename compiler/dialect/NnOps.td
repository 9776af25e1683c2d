// The ops of the nn dialect, in the order: constants, elementwise, shape, reductions, contractions, pooling,
// randomness, differentiation, fusion, scans.
#ifndef NN_OPS_TD
#define NN_OPS_TD

include "compiler/dialect/NnDialect.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"
include "mlir/Interfaces/ControlFlowInterfaces.td"
include "mlir/IR/OpAsmInterface.td"

def NnFloatTensor : RankedTensorOf<[F32, F64]>;
def NnMaskTensor : RankedTensorOf<[I1]>;
def NnLabelTensor : RankedTensorOf<[I32]>;
def NnIdTensor : RankedTensorOf<[I64]>;
def NnTensor : RankedTensorOf<[F32, F64, I1, I32, I64]>;
def NnFloatScalar : 0DTensorOf<[F32, F64]>;
def NnLongScalar : Type<CPred<"$_self == ::mlir::RankedTensorType::get({}, ::mlir::IntegerType::get($_self.getContext(), 64))">,
                        "tensor<i64>", "::mlir::RankedTensorType">,
                   BuildableType<"::mlir::RankedTensorType::get({}, $_builder.getI64Type())">;

// --- constants ------------------------------------------------------------------------------------------

def ConstantOp : NnOp<"constant", [Pure, ConstantLike, AllTypesMatch<["value", "result"]>]> {
  let summary = "values known when compiling";
  let description = [{
    `result = value`. Weights are never constants of a trainable program.

    Example: `%one = nn.constant dense<1.0> : tensor<f32>`
  }];
  let arguments = (ins ElementsAttr:$value);
  let results = (outs NnTensor:$result);
  let assemblyFormat = "attr-dict $value";
  let hasFolder = 1;
}

def ExtentOp : NnOp<"extent", [Pure]> {
  let summary = "the row count times a constant, as a float scalar";
  let description = [{
    `result = rows * factor`. The count behind a mean over the batch.
    (C1) `factor` is at least 1.

    Example: `%n = nn.extent %rows times 784 : tensor<f32>`
  }];
  let arguments = (ins Index:$rows, I64Attr:$factor);
  let results = (outs NnFloatScalar:$result);
  let assemblyFormat = "$rows `times` $factor attr-dict `:` type($result)";
  let hasVerifier = 1;
}

def IotaOp : NnOp<"iota", [Pure]> {
  let summary = "the numbers 0, 1, 2, … along an axis";
  let description = [{
    `result[i] = i`. (C1) The result has one axis, of static length.

    Example: `%k = nn.iota : tensor<5xf32>`
  }];
  let results = (outs NnFloatTensor:$result);
  let assemblyFormat = "attr-dict `:` type($result)";
  let hasVerifier = 1;
}

// --- elementwise ----------------------------------------------------------------------------------------

class NnUnaryOp<string mnemonic, string formula> : NnOp<mnemonic, [Pure, Elementwise, SameOperandsAndResultType]> {
  let summary = formula # ", element by element";
  let description = "`result = " # formula # "`. Example: `%y = nn." # mnemonic # " %x : tensor<?x3xf32>`";
  let arguments = (ins NnFloatTensor:$x);
  let results = (outs NnFloatTensor:$result);
  let assemblyFormat = "$x attr-dict `:` type($result)";
}

def NegOp : NnUnaryOp<"neg", "-x"> { let hasFolder = 1; }
def ExpOp : NnUnaryOp<"exp", "e^x">;
def LogOp : NnUnaryOp<"log", "ln x">;
def SqrtOp : NnUnaryOp<"sqrt", "x^(1/2)">;
def RsqrtOp : NnUnaryOp<"rsqrt", "x^(-1/2)">;
def TanhOp : NnUnaryOp<"tanh", "tanh x">;
def SinOp : NnUnaryOp<"sin", "sin x">;
def CosOp : NnUnaryOp<"cos", "cos x">;
def ErfOp : NnUnaryOp<"erf", "erf x">;
def AbsOp : NnUnaryOp<"abs", "|x|">;
def SignOp : NnUnaryOp<"sign", "-1, 0 or 1 by the sign of x">;
def FloorOp : NnUnaryOp<"floor", "the largest integer not above x">;

class NnBinaryOp<string mnemonic, string formula, list<Trait> traits = []>
    : NnOp<mnemonic, !listconcat([Pure, Elementwise, SameOperandsAndResultType], traits)> {
  let summary = formula # ", element by element";
  let description = "`result = " # formula # "`. Example: `%z = nn." # mnemonic # " %x, %y : tensor<?x3xf32>`";
  let arguments = (ins NnFloatTensor:$lhs, NnFloatTensor:$rhs);
  let results = (outs NnFloatTensor:$result);
  let assemblyFormat = "$lhs `,` $rhs attr-dict `:` type($result)";
  let hasFolder = 1;
}

def AddOp : NnBinaryOp<"add", "lhs + rhs", [Commutative]>;
def SubOp : NnBinaryOp<"sub", "lhs - rhs">;
def MulOp : NnBinaryOp<"mul", "lhs * rhs", [Commutative]>;
def DivOp : NnBinaryOp<"div", "lhs / rhs">;
def MaxOp : NnBinaryOp<"max", "the larger, NaN if either is", [Commutative]>;
def MinOp : NnBinaryOp<"min", "the smaller, NaN if either is", [Commutative]>;
def PowOp : NnBinaryOp<"pow", "lhs ^ rhs">;

def NnPredicate : StringBasedAttr<CPred<"::llvm::is_contained({\"lt\", \"le\", \"gt\", \"ge\", \"eq\", \"ne\"}, "
                                        "::llvm::cast<::mlir::StringAttr>($_self).getValue())">,
                                  "lt, le, gt, ge, eq or ne">;

def CompareOp : NnOp<"compare", [Pure, Elementwise, SameTypeOperands, SameOperandsAndResultShape]> {
  let summary = "an ordered comparison, element by element";
  let description = [{
    `result = lhs predicate rhs`; false where either is NaN, but for `ne`, which is then true.

    Example: `%m = nn.compare "gt" %x, %zero : tensor<?x3xf32>`
  }];
  let arguments = (ins NnPredicate:$predicate, NnTensor:$lhs, NnTensor:$rhs);
  let results = (outs NnMaskTensor:$result);
  let assemblyFormat = "$predicate $lhs `,` $rhs attr-dict `:` type($lhs) `->` type($result)";
}

def SelectOp : NnOp<"select", [Pure, Elementwise, SameOperandsAndResultShape,
                               AllTypesMatch<["onTrue", "onFalse", "result"]>]> {
  let summary = "one of two values by a mask, element by element";
  let description = [{
    `result = condition ? onTrue : onFalse`.

    Example: `%y = nn.select %m, %x, %zero : tensor<?x3xi1>, tensor<?x3xf32>`
  }];
  let arguments = (ins NnMaskTensor:$condition, NnTensor:$onTrue, NnTensor:$onFalse);
  let results = (outs NnTensor:$result);
  let assemblyFormat = "$condition `,` $onTrue `,` $onFalse attr-dict `:` type($condition) `,` type($result)";
  let hasFolder = 1;
}

class NnLogicalOp<string mnemonic, string formula>
    : NnOp<mnemonic, [Pure, Elementwise, SameOperandsAndResultType, Commutative]> {
  let summary = formula # ", element by element";
  let description = "`result = " # formula # "`. Example: `%m = nn." # mnemonic # " %a, %b : tensor<?xi1>`";
  let arguments = (ins NnMaskTensor:$lhs, NnMaskTensor:$rhs);
  let results = (outs NnMaskTensor:$result);
  let assemblyFormat = "$lhs `,` $rhs attr-dict `:` type($result)";
  let hasFolder = 1;
}

def AndOp : NnLogicalOp<"and", "lhs and rhs">;
def OrOp : NnLogicalOp<"or", "lhs or rhs">;
def XorOp : NnLogicalOp<"xor", "lhs differs from rhs">;

def CastOp : NnOp<"cast", [Pure, Elementwise, SameOperandsAndResultShape]> {
  let summary = "another element type, element by element";
  let description = [{
    Masks become 0 and 1; integers become the nearest float. (C1) The result is a float tensor, or the operand's own type.

    Example: `%y = nn.cast %m : tensor<?xi1> -> tensor<?xf32>`
  }];
  let arguments = (ins NnTensor:$x);
  let results = (outs NnTensor:$result);
  let assemblyFormat = "$x attr-dict `:` type($x) `->` type($result)";
  let hasVerifier = 1;
  let hasFolder = 1;
}

// --- shape ----------------------------------------------------------------------------------------------

def BroadcastOp : NnOp<"broadcast", [Pure, AllElementTypesMatch<["x", "result"]>]> {
  let summary = "copies along new axes";
  let description = [{
    `result[i] = x[i[axes]]`: axis k of `x` is axis `axes[k]` of the result.
    (C1) `axes` is strictly increasing, one entry per axis of `x`. (C2) The lengths of these axes agree.
    (C3) Any other result axis may have any length; it is dynamic only with `rows`, whose value it then has.

    Example: `%y = nn.broadcast %c axes [1] rows %n : tensor<10xf32> -> tensor<?x10xf32>`
  }];
  let arguments = (ins NnTensor:$x, Optional<Index>:$rows, DenseI64ArrayAttr:$axes);
  let results = (outs NnTensor:$result);
  let assemblyFormat = "$x `axes` $axes (`rows` $rows^)? attr-dict `:` type($x) `->` type($result)";
  let hasVerifier = 1;
  let hasFolder = 1;
}

def ReshapeOp : NnOp<"reshape", [Pure, AllElementTypesMatch<["x", "result"]>]> {
  let summary = "the same elements in row-major order under another shape";
  let description = [{
    (C1) Both shapes have the same number of elements; each has at most one dynamic axis, and one has it if the other has.

    Example: `%y = nn.reshape %x : tensor<?x7x7x64xf32> -> tensor<?x3136xf32>`
  }];
  let arguments = (ins NnTensor:$x);
  let results = (outs NnTensor:$result);
  let assemblyFormat = "$x attr-dict `:` type($x) `->` type($result)";
  let hasVerifier = 1;
  let hasFolder = 1;
}

def TransposeOp : NnOp<"transpose", [Pure, AllElementTypesMatch<["x", "result"]>]> {
  let summary = "a permutation of the axes";
  let description = [{
    `result[i] = x[j]` with `i[k] = j[permutation[k]]`: axis k of the result is axis permutation[k] of `x`.
    (C1) `permutation` is a permutation of the axes. (C2) The result's shape follows.

    Example: `%y = nn.transpose %x [1, 0] : tensor<3x4xf32> -> tensor<4x3xf32>`
  }];
  let arguments = (ins NnTensor:$x, DenseI64ArrayAttr:$permutation);
  let results = (outs NnTensor:$result);
  let assemblyFormat = "$x $permutation attr-dict `:` type($x) `->` type($result)";
  let hasVerifier = 1;
  let hasFolder = 1;
}

def SliceOp : NnOp<"slice", [Pure, AllElementTypesMatch<["x", "result"]>]> {
  let summary = "a regular part of each axis";
  let description = [{
    `result[i] = x[starts + i * strides]`. (C1) One start and stride per axis, the start in range, the stride at least 1.
    (C2) The last element is in range. (C3) A dynamic axis is taken whole: start 0, stride 1.

    Example: `%y = nn.slice %x starts [0, 2] strides [1, 1] : tensor<?x8xf32> -> tensor<?x4xf32>`
  }];
  let arguments = (ins NnTensor:$x, DenseI64ArrayAttr:$starts, DenseI64ArrayAttr:$strides);
  let results = (outs NnTensor:$result);
  let assemblyFormat = "$x `starts` $starts `strides` $strides attr-dict `:` type($x) `->` type($result)";
  let hasVerifier = 1;
  let hasFolder = 1;
}

def PadOp : NnOp<"pad", [Pure, AllElementTypesMatch<["x", "result"]>]> {
  let summary = "zeros before, behind and between";
  let description = [{
    The adjoint of `slice`: `result[low + i * (interior + 1)] = x[i]`, zero elsewhere.
    (C1) One `low`, `high`, `interior` per axis, none negative. (C2) The result's shape follows; a dynamic axis is not padded.

    Example: `%y = nn.pad %x low [0, 2] high [0, 2] interior [0, 0] : tensor<?x4xf32> -> tensor<?x8xf32>`
  }];
  let arguments = (ins NnFloatTensor:$x, DenseI64ArrayAttr:$low, DenseI64ArrayAttr:$high, DenseI64ArrayAttr:$interior);
  let results = (outs NnFloatTensor:$result);
  let assemblyFormat = "$x `low` $low `high` $high `interior` $interior attr-dict `:` type($x) `->` type($result)";
  let hasVerifier = 1;
}

def ConcatOp : NnOp<"concat", [Pure]> {
  let summary = "tensors one behind the other along an axis";
  let description = [{
    (C1) At least one operand; all agree, and with the result, but for `axis`. (C2) `axis` is static and the result's length is the sum.

    Example: `%y = nn.concat %a, %b axis 1 : (tensor<?x2xf32>, tensor<?x3xf32>) -> tensor<?x5xf32>`
  }];
  let arguments = (ins Variadic<NnTensor>:$parts, I64Attr:$axis);
  let results = (outs NnTensor:$result);
  let assemblyFormat = "$parts `axis` $axis attr-dict `:` functional-type($parts, $result)";
  let hasVerifier = 1;
}

// --- reductions -----------------------------------------------------------------------------------------

def NnReduction : StringBasedAttr<CPred<"::llvm::is_contained({\"sum\", \"max\", \"min\", \"prod\"}, "
                                        "::llvm::cast<::mlir::StringAttr>($_self).getValue())">,
                                  "sum, max, min or prod">;

def ReduceOp : NnOp<"reduce", [Pure, AllElementTypesMatch<["x", "result"]>]> {
  let summary = "a sum, maximum, minimum or product over axes";
  let description = [{
    (C1) `axes` is strictly increasing and in range. (C2) The result's shape is that of `x` without them.
    The order of a floating sum is fixed and does not depend on the number of threads.

    Example: `%s = nn.reduce "sum" %x axes [0] : tensor<?x10xf32> -> tensor<10xf32>`
  }];
  let arguments = (ins NnReduction:$kind, NnFloatTensor:$x, DenseI64ArrayAttr:$axes);
  let results = (outs NnFloatTensor:$result);
  let assemblyFormat = "$kind $x `axes` $axes attr-dict `:` type($x) `->` type($result)";
  let hasVerifier = 1;
}

def ArgMaxOp : NnOp<"argmax", [Pure]> {
  let summary = "the place of the first maximum along an axis";
  let description = [{
    (C1) `axis` is in range and static. (C2) The result's shape is that of `x` without it.

    Example: `%k = nn.argmax %x axis 1 : tensor<?x10xf32> -> tensor<?xi32>`
  }];
  let arguments = (ins NnFloatTensor:$x, I64Attr:$axis);
  let results = (outs NnLabelTensor:$result);
  let assemblyFormat = "$x `axis` $axis attr-dict `:` type($x) `->` type($result)";
  let hasVerifier = 1;
}

def MomentsOp : NnOp<"moments", [Pure, AllElementTypesMatch<["x", "mean", "variance"]>]> {
  let summary = "mean and biased variance over axes";
  let description = [{
    `mean = sum(x) / k`, `variance = sum((x - mean)^2) / k`, k the count of the reduced axes; computed in two passes.
    (C1), (C2) as for `reduce`.

    Example: `%m, %v = nn.moments %x axes [0, 1, 2] : tensor<?x8x8x4xf32> -> tensor<4xf32>`
  }];
  let arguments = (ins NnFloatTensor:$x, DenseI64ArrayAttr:$axes);
  let results = (outs NnFloatTensor:$mean, NnFloatTensor:$variance);
  let assemblyFormat = "$x `axes` $axes attr-dict `:` type($x) `->` type($mean) `,` type($variance)";
  let hasVerifier = 1;
}

def OneHotOp : NnOp<"one_hot", [Pure]> {
  let summary = "a mask that is true at the label";
  let description = [{
    `result[i, k] = (label[i] == k)`. (C1) The result has one more axis, the last, of static length.

    Example: `%m = nn.one_hot %label : tensor<?xi32> -> tensor<?x10xi1>`
  }];
  let arguments = (ins NnLabelTensor:$label);
  let results = (outs NnMaskTensor:$result);
  let assemblyFormat = "$label attr-dict `:` type($label) `->` type($result)";
  let hasVerifier = 1;
}

// --- contractions ---------------------------------------------------------------------------------------

def MatMulOp : NnOp<"matmul", [Pure, AllElementTypesMatch<["lhs", "rhs", "result"]>]> {
  let summary = "matrix product";
  let description = [{
    `result[m, n] = sum_k lhs[m, k] * rhs[k, n]`, either operand transposed on request; with rank 3 the first axis
    is a batch of products. (C1) Both have rank 2 or both rank 3 with equal first axes. (C2) The k axes agree.
    (C3) The result's shape follows.

    Example: `%y = nn.matmul %x, %w : tensor<?x784xf32>, tensor<784x10xf32> -> tensor<?x10xf32>`
    Example: `%dw = nn.matmul %x transposed, %dy : tensor<?x784xf32>, tensor<?x10xf32> -> tensor<784x10xf32>`
  }];
  let arguments = (ins NnFloatTensor:$lhs, NnFloatTensor:$rhs, UnitAttr:$transposeLhs, UnitAttr:$transposeRhs);
  let results = (outs NnFloatTensor:$result);
  let assemblyFormat = [{
    $lhs (`transposed` $transposeLhs^)? `,` $rhs (`transposed` $transposeRhs^)? attr-dict
    `:` type($lhs) `,` type($rhs) `->` type($result)
  }];
  let hasVerifier = 1;
}

// Windows over the spatial axes of [n, spatial…, c]: one entry per spatial axis; `padding` has low and high
// for each (low0, high0, low1, high1, …).
class NnConvOp<string mnemonic, list<string> sameElements> : NnOp<mnemonic, [Pure, AllElementTypesMatch<sameElements>]> {
  let results = (outs NnFloatTensor:$result);
  let hasVerifier = 1;
}

def ConvOp : NnConvOp<"conv", ["input", "filter", "result"]> {
  let summary = "convolution (cross-correlation) over the spatial axes";
  let description = [{
    `result[n, o, f] = sum_{k, c} input[n, o*stride + k*dilation - low, c] * filter[k, c, f]`, zeros outside.
    input [n, spatial…, c], filter [kernel…, c / groups, f].
    (C1) Ranks agree, 1 to 3 spatial axes. (C2) c and f are multiples of `groups`. (C3) strides, dilations, groups
    at least 1, padding not negative. (C4) The output's lengths are floor((in + low + high - dilation*(k-1) - 1)/stride) + 1, at least 1.

    Example: `%y = nn.conv %x, %w strides [1, 1] padding [1, 1, 1, 1] dilations [1, 1] groups 1
               : tensor<?x28x28x1xf32>, tensor<3x3x1x32xf32> -> tensor<?x28x28x32xf32>`
  }];
  let arguments = (ins NnFloatTensor:$input, NnFloatTensor:$filter, DenseI64ArrayAttr:$strides,
                       DenseI64ArrayAttr:$padding, DenseI64ArrayAttr:$dilations, I64Attr:$groups);
  let assemblyFormat = [{
    $input `,` $filter `strides` $strides `padding` $padding `dilations` $dilations `groups` $groups attr-dict
    `:` type($input) `,` type($filter) `->` type($result)
  }];
}

def ConvInputGradOp : NnConvOp<"conv_input_grad", ["gradient", "filter", "result"]> {
  let summary = "the gradient of `conv` with respect to its input";
  let description = [{
    The adjoint of `conv` in its input, of the result's shape. (C1) A `conv` of the result's type with `filter` has the type of `gradient`.

    Example: `%dx = nn.conv_input_grad %dy, %w strides [1, 1] padding [1, 1, 1, 1] dilations [1, 1] groups 1
               : tensor<?x28x28x32xf32>, tensor<3x3x1x32xf32> -> tensor<?x28x28x1xf32>`
  }];
  let arguments = (ins NnFloatTensor:$gradient, NnFloatTensor:$filter, DenseI64ArrayAttr:$strides,
                       DenseI64ArrayAttr:$padding, DenseI64ArrayAttr:$dilations, I64Attr:$groups);
  let assemblyFormat = [{
    $gradient `,` $filter `strides` $strides `padding` $padding `dilations` $dilations `groups` $groups attr-dict
    `:` type($gradient) `,` type($filter) `->` type($result)
  }];
}

def ConvFilterGradOp : NnConvOp<"conv_filter_grad", ["input", "gradient", "result"]> {
  let summary = "the gradient of `conv` with respect to its filter";
  let description = [{
    The adjoint of `conv` in its filter, of the result's shape. (C1) A `conv` of `input` with a filter of the result's type has the type of `gradient`.

    Example: `%dw = nn.conv_filter_grad %x, %dy strides [1, 1] padding [1, 1, 1, 1] dilations [1, 1] groups 1
               : tensor<?x28x28x1xf32>, tensor<?x28x28x32xf32> -> tensor<3x3x1x32xf32>`
  }];
  let arguments = (ins NnFloatTensor:$input, NnFloatTensor:$gradient, DenseI64ArrayAttr:$strides,
                       DenseI64ArrayAttr:$padding, DenseI64ArrayAttr:$dilations, I64Attr:$groups);
  let assemblyFormat = [{
    $input `,` $gradient `strides` $strides `padding` $padding `dilations` $dilations `groups` $groups attr-dict
    `:` type($input) `,` type($gradient) `->` type($result)
  }];
}

// --- lookup ---------------------------------------------------------------------------------------------

def GatherOp : NnOp<"gather", [Pure, AllElementTypesMatch<["table", "result"]>]> {
  let summary = "rows of a table by their numbers";
  let description = [{
    `result[i…, j…] = table[index[i…], j…]`; zero where the index is outside of the table.
    (C1) The table is static and has at least one axis. (C2) The result's shape is that of `index`, then the table's
    without its first axis.

    Example: `%y = nn.gather %table, %k : tensor<65x256xf32>, tensor<?x7xi32> -> tensor<?x7x256xf32>`
  }];
  let arguments = (ins NnFloatTensor:$table, NnLabelTensor:$index);
  let results = (outs NnFloatTensor:$result);
  let assemblyFormat = "$table `,` $index attr-dict `:` type($table) `,` type($index) `->` type($result)";
  let hasVerifier = 1;
}

def ScatterAddOp : NnOp<"scatter_add", [Pure, AllElementTypesMatch<["x", "result"]>]> {
  let summary = "the adjoint of `gather`: each row is added to the one its number says";
  let description = [{
    `result[k, j…]` is the sum of `x[i…, j…]` over the i… whose `index` is k, in row-major order whatever the number of
    threads. (C1) A `gather` from a table of the result's type by `index` has the type of `x`.

    Example: `%dtable = nn.scatter_add %dy, %k : tensor<?x7x256xf32>, tensor<?x7xi32> -> tensor<65x256xf32>`
  }];
  let arguments = (ins NnFloatTensor:$x, NnLabelTensor:$index);
  let results = (outs NnFloatTensor:$result);
  let assemblyFormat = "$x `,` $index attr-dict `:` type($x) `,` type($index) `->` type($result)";
  let hasVerifier = 1;
}

// --- pooling --------------------------------------------------------------------------------------------

def MaxPoolOp : NnOp<"max_pool", [Pure, AllElementTypesMatch<["input", "result"]>]> {
  let summary = "the maximum of each window over the spatial axes, and its place";
  let description = [{
    Over [n, spatial…, c] with windows as in `conv` (no dilation); positions in the padding never win. `place` is
    the row-major position of the first maximum in its window.
    (C1) One entry of `window` and `strides` and two of `padding` per spatial axis; each padding less than its window.
    (C2) The output's lengths are floor((in + low + high - window)/stride) + 1, at least 1.

    Example: `%y, %i = nn.max_pool %x window [2, 2] strides [2, 2] padding [0, 0, 0, 0]
               : tensor<?x28x28x32xf32> -> tensor<?x14x14x32xf32>, tensor<?x14x14x32xi32>`
  }];
  let arguments = (ins NnFloatTensor:$input, DenseI64ArrayAttr:$window, DenseI64ArrayAttr:$strides,
                       DenseI64ArrayAttr:$padding);
  let results = (outs NnFloatTensor:$result, NnLabelTensor:$place);
  let assemblyFormat = [{
    $input `window` $window `strides` $strides `padding` $padding attr-dict
    `:` type($input) `->` type($result) `,` type($place)
  }];
  let hasVerifier = 1;
}

def MaxPoolGradOp : NnOp<"max_pool_grad", [Pure, AllElementTypesMatch<["gradient", "result"]>]> {
  let summary = "the gradient of `max_pool`: each value goes to the place of its maximum";
  let description = [{
    `result` is zero but for the sum of `gradient[o]` over the windows o whose `place` it is.
    (C1) A `max_pool` of the result's type has the types of `gradient` and `place`.

    Example: `%dx = nn.max_pool_grad %dy, %i window [2, 2] strides [2, 2] padding [0, 0, 0, 0]
               : tensor<?x14x14x32xf32>, tensor<?x14x14x32xi32> -> tensor<?x28x28x32xf32>`
  }];
  let arguments = (ins NnFloatTensor:$gradient, NnLabelTensor:$place, DenseI64ArrayAttr:$window,
                       DenseI64ArrayAttr:$strides, DenseI64ArrayAttr:$padding);
  let results = (outs NnFloatTensor:$result);
  let assemblyFormat = [{
    $gradient `,` $place `window` $window `strides` $strides `padding` $padding attr-dict
    `:` type($gradient) `,` type($place) `->` type($result)
  }];
  let hasVerifier = 1;
}

def MaxPoolPickOp : NnOp<"max_pool_pick", [Pure, AllElementTypesMatch<["input", "result"]>]> {
  let summary = "the value at each window's place: the adjoint of `max_pool_grad`";
  let description = [{
    `result[o] = input[the position place[o] of window o]`. (C1) A `max_pool` of `input` has the types of `result` and `place`.

    Example: `%y = nn.max_pool_pick %x, %i window [2, 2] strides [2, 2] padding [0, 0, 0, 0]
               : tensor<?x28x28x32xf32>, tensor<?x14x14x32xi32> -> tensor<?x14x14x32xf32>`
  }];
  let arguments = (ins NnFloatTensor:$input, NnLabelTensor:$place, DenseI64ArrayAttr:$window,
                       DenseI64ArrayAttr:$strides, DenseI64ArrayAttr:$padding);
  let results = (outs NnFloatTensor:$result);
  let assemblyFormat = [{
    $input `,` $place `window` $window `strides` $strides `padding` $padding attr-dict
    `:` type($input) `,` type($place) `->` type($result)
  }];
  let hasVerifier = 1;
}

def SumPoolOp : NnOp<"sum_pool", [Pure, AllElementTypesMatch<["input", "result"]>]> {
  let summary = "the sum of each window over the spatial axes";
  let description = [{
    Windows as in `max_pool`; the padding adds nothing. (C1), (C2) as for `max_pool`.

    Example: `%y = nn.sum_pool %x window [2, 2] strides [2, 2] padding [0, 0, 0, 0]
               : tensor<?x28x28x32xf32> -> tensor<?x14x14x32xf32>`
  }];
  let arguments = (ins NnFloatTensor:$input, DenseI64ArrayAttr:$window, DenseI64ArrayAttr:$strides,
                       DenseI64ArrayAttr:$padding);
  let results = (outs NnFloatTensor:$result);
  let assemblyFormat = [{
    $input `window` $window `strides` $strides `padding` $padding attr-dict `:` type($input) `->` type($result)
  }];
  let hasVerifier = 1;
}

def SumPoolGradOp : NnOp<"sum_pool_grad", [Pure, AllElementTypesMatch<["gradient", "result"]>]> {
  let summary = "the gradient of `sum_pool`, its adjoint: each value goes to all of its window";
  let description = [{
    `result[i]` is the sum of `gradient[o]` over the windows o that hold i.
    (C1) A `sum_pool` of the result's type has the type of `gradient`.

    Example: `%dx = nn.sum_pool_grad %dy window [2, 2] strides [2, 2] padding [0, 0, 0, 0]
               : tensor<?x14x14x32xf32> -> tensor<?x28x28x32xf32>`
  }];
  let arguments = (ins NnFloatTensor:$gradient, DenseI64ArrayAttr:$window, DenseI64ArrayAttr:$strides,
                       DenseI64ArrayAttr:$padding);
  let results = (outs NnFloatTensor:$result);
  let assemblyFormat = [{
    $gradient `window` $window `strides` $strides `padding` $padding attr-dict `:` type($gradient) `->` type($result)
  }];
  let hasVerifier = 1;
}

// --- randomness -----------------------------------------------------------------------------------------

def NnDistribution : StringBasedAttr<CPred<"::llvm::is_contained({\"uniform\", \"normal\"}, "
                                           "::llvm::cast<::mlir::StringAttr>($_self).getValue())">,
                                     "uniform or normal">;

def RandomOp : NnOp<"random", [Pure, AttrSizedOperandSegments]> {
  let summary = "keyed random numbers: a pure function of its operands";
  let description = [{
    Philox 4x32-10 (Salmon et al. 2011) with key (low, high word of `seed`) and counter (element, row, step, purpose).
    With `ids`, `element` counts within a row and `row` is the low word of its id; without, `element` counts through the
    tensor and `row` is 0. `step` is the low word of `counter`. Of the output words w0, w1: uniform = (w0 >> 8) * 2^-24
    in [0, 1); normal = sqrt(-2 ln u1) cos(2 pi u2) with u1 = ((w0 >> 8) + 1) * 2^-24, u2 = (w1 >> 8) * 2^-24.
    (C1) With `ids` their axis is the result's first. (C2) The result is dynamic only in its first axis, and then has `ids` or `rows`.

    Example: `%u = nn.random "uniform" purpose 77 seed %s counter %k ids %ids : tensor<?xi64> -> tensor<?x128xf32>`
  }];
  let arguments = (ins NnDistribution:$distribution, I32Attr:$purpose, NnLongScalar:$seed, NnLongScalar:$counter,
                       Optional<NnIdTensor>:$ids, Optional<Index>:$rows);
  let results = (outs NnFloatTensor:$result);
  let assemblyFormat = [{
    $distribution `purpose` $purpose `seed` $seed `counter` $counter (`ids` $ids^ `:` type($ids))? (`rows` $rows^)? attr-dict
    `->` type($result)
  }];
  let hasVerifier = 1;
}

// --- differentiation ------------------------------------------------------------------------------------

def StopGradientOp : NnOp<"stop_gradient", [Pure, Elementwise, SameOperandsAndResultType]> {
  let summary = "the identity, through which no gradient flows";
  let description = "`result = x`. Example: `%y = nn.stop_gradient %x : tensor<?x3xf32>`";
  let arguments = (ins NnFloatTensor:$x);
  let results = (outs NnFloatTensor:$result);
  let assemblyFormat = "$x attr-dict `:` type($result)";
}

def GradientOp : NnOp<"gradient", [Pure]> {
  let summary = "the gradients of a scalar with respect to values it depends on";
  let description = [{
    `results[k] = d objective / d with[k]`, zero where it does not depend on it. The autodiff pass replaces it by the backward pass.
    (C1) One result per value, of its type.

    Example: `%gw, %gc = nn.gradient %loss by %w, %c : (tensor<f32>, tensor<3x4xf32>, tensor<4xf32>) -> (tensor<3x4xf32>, tensor<4xf32>)`
  }];
  let arguments = (ins NnFloatScalar:$objective, Variadic<NnFloatTensor>:$with);
  let results = (outs Variadic<NnFloatTensor>:$results);
  let assemblyFormat = "$objective `by` $with attr-dict `:` functional-type(operands, results)";
  let hasVerifier = 1;
}

// --- fusion ---------------------------------------------------------------------------------------------

def FusedOp : NnOp<"fused", [Pure, IsolatedFromAbove, SingleBlockImplicitTerminator<"YieldOp">]> {
  let summary = "ops that become one kernel";
  let description = [{
    The values that the region yields, its block arguments being the operands. Holds at most one contraction,
    convolution, pooling or reduction; all else is elementwise (or a broadcast) over that op's result or operand space.
    (C1) Block arguments have the operands' types, yielded values the results'.

    Example: `%y = nn.fused(%a = %x, %b = %w) : (tensor<?x3xf32>, …) -> tensor<?x4xf32> { … nn.yield %r }`
  }];
  let arguments = (ins Variadic<AnyType>:$inputs);
  let results = (outs Variadic<NnTensor>:$results);
  let regions = (region SizedRegion<1>:$body);
  let hasCustomAssemblyFormat = 1;
  let hasVerifier = 1;
}

def YieldOp : NnOp<"yield", [Pure, Terminator, ReturnLike, HasParent<"FusedOp">]> {
  let summary = "the values of a fused group";
  let arguments = (ins Variadic<NnTensor>:$values);
  let assemblyFormat = "attr-dict ($values^ `:` type($values))?";
  let builders = [OpBuilder<(ins), [{ }]>];
}

// --- scans ----------------------------------------------------------------------------------------------

def ScanOp : NnOp<"scan", [Pure, IsolatedFromAbove, AttrSizedOperandSegments, SingleBlock]> {
  let summary = "a loop over an axis with carried state";
  let description = [{
    For t = 0, 1, ... steps - 1, with `reverse` from the last to the first: the region computes the next value of each
    carried state from the present one, starting with `inits`, and values that are stacked. The results are the last
    states, then the stacks, whose place t holds the value of step t, also with `reverse`. A stack's new axis is the
    scanned axis: the second where the first is dynamic, else the first.
    (C1) The block arguments are `rows` if given, t (`tensor<i64>`), one for each of `inits`, one for each of `captures`,
    with their types. (C2) A state keeps its type. (C3) The results' types follow. (C4) `steps` is at least 1.

    Example:
    ```mlir
    %last, %all = nn.scan 50 at %t rows(%n = %rows) carry(%h = %h0) read(%x = %xs)
        : (tensor<?x8xf32>, tensor<?x50x8xf32>) -> (tensor<?x8xf32>, tensor<?x50x8xf32>) {
      %xt = nn.take %x at %t : tensor<?x50x8xf32> -> tensor<?x8xf32>
      %y = nn.add %h, %xt : tensor<?x8xf32>
      nn.next carry(%y : tensor<?x8xf32>) stack(%y : tensor<?x8xf32>)
    }
    ```
  }];
  let arguments = (ins Optional<Index>:$rows, Variadic<NnTensor>:$inits, Variadic<AnyType>:$captures,
                       I64Attr:$steps, UnitAttr:$reverse);
  let results = (outs Variadic<NnTensor>:$results);
  let regions = (region SizedRegion<1>:$body);
  let builders = [
    // A body with its first arguments and no terminator; the captures come by `isolate`.
    OpBuilder<(ins "::mlir::Value":$rows, "::mlir::ValueRange":$inits, "::mlir::TypeRange":$stacks, "int64_t":$steps,
                   "bool":$reverse)>
  ];
  let extraClassDeclaration = [{
    ::mlir::Block *block() { return &getBody().front(); }
    NextOp next();
    // Null where the scan has no rows.
    ::mlir::Value bodyRows();
    ::mlir::BlockArgument stepArgument();
    ::mlir::ValueRange carriedArguments();
    ::mlir::ValueRange captureArguments();
    ::mlir::ResultRange finals() { return getResults().take_front(getInits().size()); }
    ::mlir::ResultRange stacks() { return getResults().drop_front(getInits().size()); }
    // The value outside that a block argument is at the first step; null for t.
    ::mlir::Value outside(::mlir::BlockArgument argument);
    // Values of outside that the body reads become captures; constants, broadcasts and extents are repeated in it.
    void isolate();
    // The argument of the body for `value` of outside, captured if it is not yet.
    ::mlir::Value capture(::mlir::Value value);
  }];
  let hasCustomAssemblyFormat = 1;
  let hasVerifier = 1;
  let hasCanonicalizeMethod = 1;
}

def NextOp : NnOp<"next", [Pure, Terminator, ReturnLike, AttrSizedOperandSegments, HasParent<"ScanOp">]> {
  let summary = "the next states of a scan and the values it stacks";
  let arguments = (ins Variadic<NnTensor>:$carried, Variadic<NnTensor>:$stacked);
  let assemblyFormat = [{
    `carry` `(` ($carried^ `:` type($carried))? `)` `stack` `(` ($stacked^ `:` type($stacked))? `)` attr-dict
  }];
}

def TakeOp : NnOp<"take", [Pure, AllElementTypesMatch<["x", "result"]>]> {
  let summary = "one place along the scanned axis";
  let description = [{
    `result[i] = x[i with t at the scanned axis]`. (C1) `x` has one more axis, the scanned one (as for `scan`): it is
    static.

    Example: `%xt = nn.take %x at %t : tensor<?x50x8xf32> -> tensor<?x8xf32>`
  }];
  let arguments = (ins NnTensor:$x, NnLongScalar:$at);
  let results = (outs NnTensor:$result);
  let assemblyFormat = "$x `at` $at attr-dict `:` type($x) `->` type($result)";
  let hasVerifier = 1;
}

#endif
