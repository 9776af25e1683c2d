// The nn dialect: tensors of a neural network, from the language's primitives down to fused groups.
#ifndef NN_DIALECT_TD
#define NN_DIALECT_TD

include "mlir/IR/OpBase.td"

def NnDialect : Dialect {
  let name = "nn";
  let cppNamespace = "::nn";
  let summary = "networks and their training as pure functions on tensors";
  let description = [{
    Every op is pure. A dynamic axis `?` is the batch: as many rows as the entry was called with (times a
    constant after a reshape that merges axes). All other axes are static. Rank-0 tensors are scalars.

    Elements: the program's float type (f32 or f64) for values, i1 for masks, i32 for labels, i64 for record
    ids, seeds and counters. There is no implicit broadcasting; `nn.broadcast` says it.

    An entry is a `func.func` with the unit attribute `nn.entry`. Its first argument is the row count
    (`index`, `nn.role = "rows"`). Each further argument and each result has `nn.role` and `nn.name`:
    arguments `parameter`, `state`, `optimizer`, `field`, `ids`, `seed`, `step`, `steps`, `epoch`, `epochs`,
    `hyper`, `folded`; results `parameter`, `state`, `optimizer` (the new value), `term`, `measure`,
    `output`, `folded`. The module attribute `nn.program` is a dictionary with all that the program's descriptor
    says besides (data sets, hyperparameters, trainings, layers).

    The location of an op is a NameLoc with the path of its layer (`LeNet.Conv_1`) around its place in the text.
  }];
  let hasConstantMaterializer = 1;
}

class NnOp<string mnemonic, list<Trait> traits = []> : Op<NnDialect, mnemonic, traits>;

#endif
