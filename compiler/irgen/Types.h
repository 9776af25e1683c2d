// Types and locations of the typed AST in MLIR's terms.
#ifndef NN_IRGEN_TYPES_H
#define NN_IRGEN_TYPES_H

#include "compiler/irgen/Irgen.h"
#include "mlir/IR/Builders.h"

namespace nn {

// The batch axis becomes the dynamic axis.
mlir::RankedTensorType tensorType(mlir::Builder &builder, const typed::TensorType &type,
                                  mlir::Type floatType);

// The place in the text, named by the layer's path if it has one.
mlir::Location sourceLocation(mlir::Builder &builder, const SourceManager &sources, Location where,
                              llvm::StringRef path);

} // namespace nn
#endif
