// Constants, and ops that make each element of the result from the same elements of the operands.
#ifndef NN_OPS_ELEMENTWISE_TD
#define NN_OPS_ELEMENTWISE_TD

include "compiler/dialect/ops/Types.td"

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

#endif
