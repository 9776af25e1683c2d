// Types and locations of the typed AST in MLIR's terms.
#ifndef NN_IRGEN_TYPES_H
#define NN_IRGEN_TYPES_H

#include "compiler/irgen/Irgen.h"
#include "mlir/IR/Builders.h"

namespace nn {

// The batch axis becomes the dynamic axis.
mlir::RankedTensorType tensorType(mlir::Builder &builder, const typed::TensorType &type,
                                  mlir::Type floatType);

// The place in the text and what compiler/dialect/Origin.h says of it.
mlir::Location sourceLocation(mlir::Builder &builder, const SourceManager &sources, const typed::Node &node);

} // namespace nn
#endif
