#ifndef NN_LOWERING_PASSES_TD
#define NN_LOWERING_PASSES_TD

include "mlir/Pass/PassBase.td"

def OutlineKernelsPass : Pass<"nn-outline-kernels", "mlir::ModuleOp"> {
  let summary = "each fused group and each op that stands alone becomes a call of a kernel";
  let description = [{
    Requires entries after `transforms`. Makes every `nn.fused` and every other op but `nn.reshape` a call of a private
    `func.func` with the unit attribute `nn.kernel`, whose first argument is the row count. Constants and extents are
    repeated in the kernels that use them. Groups with the same text are one kernel, so compile time and size grow
    with the distinct kernels. `nn.rows` on an argument or result says how many rows of it stand for one row of the call.
    Does not change the order of ops.

    Example: `test/lowering/outline-kernels.mlir`
  }];
  let statistics = [Statistic<"kernels", "kernels", "distinct kernels">, Statistic<"calls", "calls", "calls of kernels">];
}

def RecomputeResultsPass : Pass<"nn-recompute-results", "mlir::func::FuncOp"> {
  let summary = "cheap elementwise results are computed again where they are read";
  let description = [{
    Requires entries with fused groups. A result that is made by a few additions, products or selections from operands
    of its group, or from other results of it, is computed in each group that reads it, if these then read at most one
    further large tensor: memory is slower than arithmetic. Does not touch results that others than groups read.

    Example: `test/lowering/recompute-results.mlir`
  }];
  let statistics = [Statistic<"recomputed", "recomputed", "results no longer written">];
}

def ToLinalgPass : Pass<"nn-to-linalg", "mlir::func::FuncOp"> {
  let summary = "the nn ops of a kernel become linalg.generic on tensors";
  let description = [{
    Requires a kernel. Leaves `linalg.generic` (its outputs indexed by the identity or, with reductions, by the
    parallel dimensions in order), `linalg.fill`, `tensor.empty`, `nn.reshape` and scalar arithmetic on the row count.
    Floating sums carry `contract` at most, never `reassoc`.

    Example: `test/lowering/to-linalg.mlir`
  }];
  let dependentDialects = ["mlir::linalg::LinalgDialect", "mlir::tensor::TensorDialect", "mlir::arith::ArithDialect",
                           "mlir::math::MathDialect"];
}

def EmitKernelsPass : Pass<"nn-emit-kernels", "mlir::ModuleOp"> {
  let summary = "kernels become loops over vectors on flat buffers, entries lists of calls on buffers";
  let description = [{
    Requires kernels of linalg. Each kernel takes its operands, its results and its scratch as flat buffers with room
    for the compiled batch. Contractions keep a tile of accumulators in registers, elementwise ops are computed where
    their values are needed, sums run in an order that is fixed when compiling. An entry's result that is the new value
    of an argument is written in place if its kernel is the last reader and reads it element by element.

    Example: `test/lowering/emit-kernels.mlir`
  }];
  let dependentDialects = ["mlir::memref::MemRefDialect", "mlir::vector::VectorDialect", "mlir::scf::SCFDialect",
                           "mlir::arith::ArithDialect", "mlir::math::MathDialect", "mlir::LLVM::LLVMDialect"];
  let options = [Option<"vectorBits", "vector-bits", "unsigned", "512", "width of a vector register">,
                 Option<"vectorRegisters", "vector-registers", "unsigned", "32", "vector registers">];
}

def PlanArenaPass : Pass<"nn-plan-arena", "mlir::ModuleOp"> {
  let summary = "every buffer of an entry gets a fixed offset in one arena";
  let description = [{
    Requires entries on buffers. Parameters, states and optimizer states come first, then inputs, results, and then
    transient buffers, which share memory where their lives do not overlap. Writes `nn.arena`, inserts the calls of
    `nnrt_check` and `nnrt_mark` and writes `nn.checks`. Fails when a buffer is left inside a kernel.

    Example: `test/lowering/plan-arena.mlir`
  }];
  let dependentDialects = ["mlir::memref::MemRefDialect", "mlir::scf::SCFDialect", "mlir::arith::ArithDialect"];
}

def OutlineParallelPass : Pass<"nn-outline-parallel", "mlir::ModuleOp"> {
  let summary = "each scf.forall becomes a function that nnrt_parallel_for calls for its chunks";
  let description = [{
    Requires kernels on buffers. Captures go through an array on the stack. Fails on an `scf.forall` it cannot
    outline: none may be left, because upstream would make it a sequential loop without a word.

    Example: `test/lowering/outline-parallel.mlir`
  }];
  let dependentDialects = ["mlir::memref::MemRefDialect", "mlir::func::FuncDialect", "mlir::LLVM::LLVMDialect"];
}

def LowerMathPass : Pass<"nn-lower-math", "mlir::func::FuncOp"> {
  let summary = "elementary functions on f32 become polynomials";
  let description = [{
    On vectors and on scalars, so that an element has the same bits wherever it lies. f64 keeps its functions,
    which `nn-to-llvm` turns into calls of libm.

    Example: `test/lowering/lower-math.mlir`
  }];
  let dependentDialects = ["mlir::arith::ArithDialect", "mlir::math::MathDialect", "mlir::vector::VectorDialect"];
}

def BranchWatchesPass : Pass<"nn-branch-watches", "mlir::func::FuncOp"> {
  let summary = "the conditions of an entry become branches";
  let description = [{
    Requires an entry whose arena is planned. Each `scf.if` without results at its top becomes a branch, in time linear in their
    number; upstream's conversion moves the rest of the entry at each. Conditions in loops and in kernels stay.

    Example: `test/lowering/branch-watches.mlir`
  }];
  let dependentDialects = ["mlir::cf::ControlFlowDialect"];
}

def ToLlvmPass : Pass<"nn-to-llvm", "mlir::ModuleOp"> {
  let summary = "kernels and entries in the LLVM dialect, buffers as bare pointers";
  let description = [{
    Requires what upstream's conversions leave; entries are `llvm.func @NAME(%arena: !llvm.ptr, %rows: i64, %checks: i32)`,
    all else is internal.

    Example: `test/lowering/to-llvm.mlir`
  }];
  let dependentDialects = ["mlir::LLVM::LLVMDialect"];
}

#endif
