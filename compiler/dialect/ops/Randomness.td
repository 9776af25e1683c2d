// Random numbers, keyed.
#ifndef NN_OPS_RANDOMNESS_TD
#define NN_OPS_RANDOMNESS_TD

include "compiler/dialect/ops/Types.td"

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

#endif
