// The nn dialect and its ops; `NnDialect.td` and `ops/` say what each means.
#ifndef NN_DIALECT_NNDIALECT_H
#define NN_DIALECT_NNDIALECT_H

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/Interfaces/ControlFlowInterfaces.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#include "compiler/dialect/NnDialect.h.inc"

#define GET_OP_CLASSES
#include "compiler/dialect/NnOps.h.inc"

#endif
