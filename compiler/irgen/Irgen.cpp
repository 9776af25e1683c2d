#include "compiler/irgen/Irgen.h"

#include "compiler/dialect/NnDialect.h"
#include "compiler/irgen/Graph.h"
#include "compiler/irgen/Metadata.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"

using namespace mlir;

namespace nn {

OwningOpRef<ModuleOp> generate(const typed::Program &program, const SourceManager &sources,
                               MLIRContext &context, Precision precision) {
  context.loadDialect<NnDialect, func::FuncDialect, arith::ArithDialect>();
  OpBuilder builder(&context);
  OwningOpRef<ModuleOp> module = ModuleOp::create(builder.getUnknownLoc());
  (*module)->setAttr("nn.program", programAttribute(builder, program, precision));
  Type floatType = precision == Precision::F32 ? Type(builder.getF32Type()) : Type(builder.getF64Type());
  builder.setInsertionPointToEnd(module->getBody());
  for (const typed::Graph &graph : program.graphs)
    generateEntry(builder, graph, sources, floatType);
  return module;
}

} // namespace nn
