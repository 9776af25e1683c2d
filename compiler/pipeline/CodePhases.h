// The phases from the LLVM dialect to an object file.
#ifndef NN_PIPELINE_CODEPHASES_H
#define NN_PIPELINE_CODEPHASES_H

#include "compiler/backend/Descriptor.h"
#include "compiler/backend/Target.h"
#include "compiler/pipeline/ModulePhases.h"

namespace nn {

// `object` gets the bytes of the object file.
Progress runCodePhases(mlir::ModuleOp module, const Target &target, const DescriptorNames &names,
                       PhaseSink &sink, std::string &object);

} // namespace nn
#endif
