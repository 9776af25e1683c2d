// Typed AST -> nn dialect: one entry per graph, one op per node, and the attribute `nn.program`. Every
// decision was taken by sema; a node the dialect cannot hold is an internal error that the verifier reports.
#ifndef NN_IRGEN_IRGEN_H
#define NN_IRGEN_IRGEN_H

#include "compiler/basic/SourceManager.h"
#include "compiler/sema/TypedAst.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"

namespace nn {

enum class Precision { F32, F64 }; // the program's float type

mlir::OwningOpRef<mlir::ModuleOp> generate(const typed::Program &program, const SourceManager &sources,
                                           mlir::MLIRContext &context, Precision precision);

} // namespace nn
#endif
