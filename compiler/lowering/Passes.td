#ifndef NN_LOWERING_PASSES_TD
#define NN_LOWERING_PASSES_TD

include "mlir/Pass/PassBase.td"

#endif
