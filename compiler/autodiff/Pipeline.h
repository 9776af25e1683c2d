// The phase `autodiff`: nn with gradients of scalars -> nn with forward, backward and update.
#ifndef NN_AUTODIFF_PIPELINE_H
#define NN_AUTODIFF_PIPELINE_H

#include "mlir/Pass/PassManager.h"

namespace nn {

void buildAutodiffPhase(mlir::OpPassManager &manager);

} // namespace nn
#endif
