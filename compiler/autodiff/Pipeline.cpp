#include "compiler/autodiff/Pipeline.h"

#include "compiler/autodiff/Passes.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;

void nn::buildAutodiffPhase(OpPassManager &manager) {
  // Before: fewer ops to differentiate, and values that are equal get one gradient.
  manager.addNestedPass<func::FuncOp>(createCanonicalizerPass());
  manager.addNestedPass<func::FuncOp>(createCSEPass());
  manager.addNestedPass<func::FuncOp>(createAutodiffPass());
  // After: rules multiply by ones, and recompute what the forward pass has.
  manager.addNestedPass<func::FuncOp>(createCanonicalizerPass());
  manager.addNestedPass<func::FuncOp>(createCSEPass());
}
