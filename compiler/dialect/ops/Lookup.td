// Rows of a table by index, and the gradient of that.
#ifndef NN_OPS_LOOKUP_TD
#define NN_OPS_LOOKUP_TD

include "compiler/dialect/ops/Types.td"

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

#endif
