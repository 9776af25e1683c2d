// The lowering phases by name; `pipeline/` strings them together. Each builder takes the module from the end
// of the phase before it to the end of its own.
#ifndef NN_LOWERING_PIPELINE_H
#define NN_LOWERING_PIPELINE_H

#include "mlir/Pass/PassManager.h"

namespace nn {

// What the schedules need to know of the machine.
struct TargetShape {
  unsigned vectorBits = 512; // width of a vector register
  unsigned vectorRegisters = 32;
  bool hasFma = true;
};

void buildLinalgPhase(mlir::OpPassManager &manager); // nn -> kernels of linalg on tensors
void buildVectorPhase(mlir::OpPassManager &manager,
                      const TargetShape &target); // -> tiled vector code on flat buffers
void buildMemrefPhase(mlir::OpPassManager &manager,
                      const TargetShape &target); // -> buffers in the arena, parallel regions outlined
void buildLlvmPhase(mlir::OpPassManager &manager, const TargetShape &target); // -> LLVM dialect

// The phases as pipelines of nn-opt, for a machine with AVX-512: nn-linalg-phase, nn-vector-phase,
// nn-memref-phase and nn-llvm-phase.
void registerLoweringPipelines();

} // namespace nn
#endif
