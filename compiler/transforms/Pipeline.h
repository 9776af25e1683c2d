// The phase `transforms`: nn -> nn, from what the program says to what becomes kernels.
#ifndef NN_TRANSFORMS_PIPELINE_H
#define NN_TRANSFORMS_PIPELINE_H

#include "mlir/Pass/PassManager.h"

namespace nn {

void buildTransformsPhase(mlir::OpPassManager &manager);

} // namespace nn
#endif
