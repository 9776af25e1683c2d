// Translate, describe, optimize, emit.
#include "compiler/pipeline/CodePhases.h"
#include "compiler/backend/Link.h"
#include "compiler/backend/Parts.h"
#include "compiler/backend/Translate.h"

namespace nn {

namespace {

void printParts(llvm::ArrayRef<CodePart> parts, std::string CodePart::*text, llvm::StringRef comment,
                llvm::raw_ostream &out) {
  for (auto [number, part] : llvm::enumerate(parts)) {
    if (parts.size() > 1)
      out << comment << " part " << number + 1 << " of " << parts.size() << '\n';
    out << part.*text;
  }
}

} // namespace

Progress runCodePhases(mlir::ModuleOp module, const Target &target, const DescriptorNames &names,
                       PhaseSink &sink, std::string &object) {
  llvm::LLVMContext context;
  std::unique_ptr<llvm::Module> code = translate(module, context, target);
  if (!code || failed(addDescriptor(module, *code, names)))
    return Progress::Failed;
  bool endsWithText = sink.isLast(Phase::Llvm) || sink.isLast(Phase::Asm);
  std::vector<CodePart> parts =
      compileParts(std::move(code), target, {sink.wants(Phase::Llvm), sink.wants(Phase::Asm), !endsWithText});
  sink.add(Phase::Llvm, [&](llvm::raw_ostream &out) { printParts(parts, &CodePart::ir, ";", out); });
  sink.add(Phase::Asm, [&](llvm::raw_ostream &out) { printParts(parts, &CodePart::assembly, "#", out); });
  if (endsWithText)
    return Progress::Ended;
  llvm::SmallVector<std::string> objects;
  for (CodePart &part : parts)
    objects.push_back(std::move(part.object));
  // What goes wrong has been reported.
  object = joinObjects(objects, sink.diagnostics()).value_or("");
  sink.add(Phase::Obj, [&](llvm::raw_ostream &out) { out << object; });
  return sink.isLast(Phase::Obj) ? Progress::Ended : Progress::GoesOn;
}

} // namespace nn
