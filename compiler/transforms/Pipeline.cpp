#include "compiler/transforms/Pipeline.h"

#include "compiler/transforms/Passes.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;

void nn::buildTransformsPhase(OpPassManager &manager) {
  // Equal values are one, so that a group counts their uses rightly.
  manager.addNestedPass<func::FuncOp>(createCanonicalizerPass());
  manager.addNestedPass<func::FuncOp>(createCSEPass());
  // Last: no pass after it looks into groups.
  manager.addNestedPass<func::FuncOp>(createFusePass());
}
