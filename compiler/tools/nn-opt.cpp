// Runs single passes on text, so that every phase is tested without the ones before it.
#include "compiler/autodiff/Passes.h"
#include "compiler/dialect/NnDialect.h"
#include "compiler/lowering/Passes.h"
#include "compiler/lowering/Pipeline.h"
#include "compiler/transforms/Passes.h"
#include "mlir/InitAllDialects.h"
#include "mlir/InitAllExtensions.h"
#include "mlir/InitAllPasses.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"

int main(int argc, char **argv) {
  mlir::DialectRegistry registry;
  mlir::registerAllDialects(registry);
  mlir::registerAllExtensions(registry);
  registry.insert<nn::NnDialect>();
  mlir::registerAllPasses();
  nn::registerNnAutodiffPasses();
  nn::registerNnTransformsPasses();
  nn::registerNnLoweringPasses();
  nn::registerLoweringPipelines();
  return mlir::asMainReturnCode(mlir::MlirOptMain(argc, argv, "nn optimizer driver\n", registry));
}
