// One graph of the typed AST -> one entry function.
#ifndef NN_IRGEN_GRAPH_H
#define NN_IRGEN_GRAPH_H

#include "compiler/irgen/Types.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace nn {

mlir::func::FuncOp generateEntry(mlir::OpBuilder &builder, const typed::Graph &graph,
                                 const SourceManager &sources, mlir::Type floatType);

} // namespace nn
#endif
