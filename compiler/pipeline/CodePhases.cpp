// Translate, describe, optimize, emit.
#include "compiler/pipeline/CodePhases.h"
#include "compiler/backend/Emit.h"
#include "compiler/backend/Optimize.h"
#include "compiler/backend/Translate.h"
#include "llvm/Transforms/Utils/Cloning.h"

namespace nn {

Progress runCodePhases(mlir::ModuleOp module, const Target &target, const DescriptorNames &names,
                       PhaseSink &sink, std::string &object) {
  llvm::LLVMContext context;
  std::unique_ptr<llvm::Module> code = translate(module, context, target);
  if (!code || failed(addDescriptor(module, *code, names)))
    return Progress::Failed;

  optimize(*code, target);
  sink.add(Phase::Llvm, [&](llvm::raw_ostream &out) { code->print(out, nullptr); });
  if (sink.isLast(Phase::Llvm))
    return Progress::Ended;

  // Emitting uses a module up, so assembly is made from a copy.
  if (sink.wants(Phase::Asm))
    sink.add(Phase::Asm, [&](llvm::raw_ostream &out) {
      out << emitCode(*llvm::CloneModule(*code), target, CodeKind::Assembly);
    });
  if (sink.isLast(Phase::Asm))
    return Progress::Ended;

  object = emitCode(*code, target, CodeKind::Object);
  sink.add(Phase::Obj, [&](llvm::raw_ostream &out) { out << object; });
  return sink.isLast(Phase::Obj) ? Progress::Ended : Progress::GoesOn;
}

} // namespace nn
