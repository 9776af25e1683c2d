// What an op of the nn dialect takes and gives.
#ifndef NN_OPS_TYPES_TD
#define NN_OPS_TYPES_TD

include "compiler/dialect/NnDialect.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"
include "mlir/Interfaces/ControlFlowInterfaces.td"
include "mlir/IR/OpAsmInterface.td"

def NnFloatTensor : RankedTensorOf<[F32, F64]>;
def NnMaskTensor : RankedTensorOf<[I1]>;
def NnLabelTensor : RankedTensorOf<[I32]>;
def NnIdTensor : RankedTensorOf<[I64]>;
def NnTensor : RankedTensorOf<[F32, F64, I1, I32, I64]>;
def NnFloatScalar : 0DTensorOf<[F32, F64]>;
def NnLongScalar : Type<CPred<"$_self == ::mlir::RankedTensorType::get({}, ::mlir::IntegerType::get($_self.getContext(), 64))">,
                        "tensor<i64>", "::mlir::RankedTensorType">,
                   BuildableType<"::mlir::RankedTensorType::get({}, $_builder.getI64Type())">;

#endif
