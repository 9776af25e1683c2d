#ifndef NN_AUTODIFF_PASSES_TD
#define NN_AUTODIFF_PASSES_TD

include "mlir/Pass/PassBase.td"

#endif
