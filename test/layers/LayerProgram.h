// The program of a layer case, from text to machine code or the interpreter, and its numbers.
#ifndef NN_TEST_LAYERS_LAYERPROGRAM_H
#define NN_TEST_LAYERS_LAYERPROGRAM_H

#include "compiler/backend/Target.h"
#include "compiler/irgen/Irgen.h"
#include "compiler/reference/Session.h"
#include "test/layers/LayerCases.h"
#include "test/lowering/Compiled.h"
#include "mlir/IR/MLIRContext.h"

namespace nn::test {

constexpr int64_t caseRows = 3, caseBatch = 4;

// `minimize sum(Case(…) * c) with SGD(1)`, c a field of weights, so that no element's error hides behind
// another's, and a step takes each parameter its gradient down. Each input of floats has a parameter added to
// every record, `Case.d_NAME`, whose gradient is the input's, summed over the records.
std::string programText(const LayerCase &test);

class LayerProgram {
public:
  // Null, with the errors on stderr, if the program is wrong.
  static std::unique_ptr<LayerProgram> make(const LayerCase &test, Precision precision);

  // Inputs, parameters and states: numbers that f32 holds, from a generator of the name, as reference.py has.
  TensorMap start();
  // Runs one entry, "t.step" or "predict", and returns what it leaves in memory.
  mlir::FailureOr<TensorMap> interpret(llvm::StringRef entry, TensorMap memory);
  mlir::FailureOr<TensorMap> runCompiled(llvm::StringRef entry, const TensorMap &memory,
                                         const Target &target);

  // Machine code of one entry, or of what one of its results needs. Null, with diagnostics, if a phase fails.
  std::unique_ptr<Compiled> compile(llvm::StringRef entry, const Target &target,
                                    llvm::StringRef onlyResult = "");
  // Puts in what an entry is called with.
  static void prepare(Compiled &compiled, const TensorMap &memory);
  // What the entry leaves when called with `memory`.
  TensorMap call(llvm::StringRef entry, Compiled &compiled, const TensorMap &memory);

private:
  LayerProgram();
  mlir::func::FuncOp entry(llvm::StringRef name);

  mlir::MLIRContext context;
  mlir::OwningOpRef<mlir::ModuleOp> module, differentiated;
};

} // namespace nn::test
#endif
