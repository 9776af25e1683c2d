// The attribute `nn.program`; compiler/dialect/README.md gives its form.
#ifndef NN_IRGEN_METADATA_H
#define NN_IRGEN_METADATA_H

#include "compiler/irgen/Irgen.h"
#include "mlir/IR/Builders.h"

namespace nn {

mlir::DictionaryAttr programAttribute(mlir::Builder &builder, const typed::Program &program,
                                      Precision precision);

} // namespace nn
#endif
