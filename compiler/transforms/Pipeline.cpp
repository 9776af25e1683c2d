#include "compiler/transforms/Pipeline.h"

#include "compiler/transforms/Passes.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;

void nn::buildTransformsPhase(OpPassManager &manager) {
  auto simplify = [&] {
    manager.addNestedPass<func::FuncOp>(createCanonicalizerPass());
    manager.addNestedPass<func::FuncOp>(createCSEPass());
  };
  // Gradients of tensors that were split, before other passes look at what is summed.
  manager.addNestedPass<func::FuncOp>(createJoinPartsPass());
  // Before the rest: the products and sums it takes out of loops are what the passes below know how to treat.
  manager.addNestedPass<func::FuncOp>(createDeferSumsPass());
  manager.addNestedPass<func::FuncOp>(createHoistFromScansPass());
  // Before: a chain behind a contraction is recognised by its single uses.
  simplify();
  manager.addNestedPass<func::FuncOp>(createFoldBatchNormPass());
  // The scaled filters are made from weights only, as is much else.
  manager.addPass(createHoistWeightsPass());
  // Sums that differ in a factor become equal; equal values are one again, so that a group counts their uses
  // rightly.
  manager.addNestedPass<func::FuncOp>(createFactorSumsPass());
  simplify();
  // After the last cse, which would undo it; for fusion, which puts each copy with its reader.
  manager.addNestedPass<func::FuncOp>(createRecomputePass());
  // Last: no pass after it looks into groups.
  manager.addNestedPass<func::FuncOp>(createFusePass());
}
