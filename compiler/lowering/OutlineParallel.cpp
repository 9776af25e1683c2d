// Each scf.forall becomes a function of (context, chunk), called through the runtime's pool.
#include "compiler/lowering/Passes.h"

#include "mlir/IR/IRMapping.h"
#include "mlir/Transforms/RegionUtils.h"
#include "llvm/ADT/SetVector.h"

namespace nn {
#define GEN_PASS_DEF_OUTLINEPARALLELPASS
#include "compiler/lowering/Passes.h.inc"
} // namespace nn

using namespace mlir;
using namespace nn;

namespace {

// Captured values travel as 64-bit words on the caller's stack: a concatenation of many tensors has many.
constexpr int64_t contextWords = 1024;

struct OutlineParallel : nn::impl::OutlineParallelPassBase<OutlineParallel> {
  unsigned number = 0;

  MemRefType contextType() { return MemRefType::get({contextWords}, IntegerType::get(&getContext(), 64)); }

  Value pack(OpBuilder &b, Location loc, Value value) {
    Type i64 = b.getI64Type();
    if (isa<MemRefType>(value.getType()))
      value = memref::ExtractAlignedPointerAsIndexOp::create(b, loc, value);
    if (value.getType().isIndex())
      return arith::IndexCastOp::create(b, loc, i64, value);
    if (auto type = dyn_cast<FloatType>(value.getType()))
      value = arith::BitcastOp::create(b, loc, b.getIntegerType(type.getWidth()), value);
    return value.getType() == i64 ? value : arith::ExtUIOp::create(b, loc, i64, value).getResult();
  }

  Value unpack(OpBuilder &b, Location loc, Value word, Type type) {
    if (auto memref = dyn_cast<MemRefType>(type))
      return pointTo(b, loc, word, memref);
    if (type.isIndex())
      return arith::IndexCastOp::create(b, loc, type, word);
    unsigned width = type.getIntOrFloatBitWidth();
    if (width < 64)
      word = arith::TruncIOp::create(b, loc, b.getIntegerType(width), word);
    return isa<FloatType>(type) ? arith::BitcastOp::create(b, loc, type, word).getResult() : word;
  }

  // The memref that lies at an address: its descriptor in the LLVM dialect, written out.
  Value pointTo(OpBuilder &b, Location loc, Value address, MemRefType type) {
    MLIRContext *context = b.getContext();
    Type pointer = LLVM::LLVMPointerType::get(context), i64 = b.getI64Type();
    Type one = LLVM::LLVMArrayType::get(i64, 1);
    auto descriptorType = LLVM::LLVMStructType::getLiteral(context, {pointer, pointer, i64, one, one});
    Value start = LLVM::IntToPtrOp::create(b, loc, pointer, address);
    Value descriptor = LLVM::PoisonOp::create(b, loc, descriptorType);
    auto number = [&](int64_t value) {
      return LLVM::ConstantOp::create(b, loc, i64, b.getI64IntegerAttr(value));
    };
    auto set = [&](Value value, ArrayRef<int64_t> at) {
      descriptor = LLVM::InsertValueOp::create(b, loc, descriptor, value, at);
    };
    set(start, {0});
    set(start, {1});
    set(number(0), {2});
    set(number(type.getNumElements()), {3, 0});
    set(number(1), {4, 0});
    return UnrealizedConversionCastOp::create(b, loc, type, descriptor).getResult(0);
  }

  func::FuncOp makeBody(scf::ForallOp loop, ArrayRef<Value> captured, ArrayRef<Operation *> constants) {
    auto kernel = loop->getParentOfType<func::FuncOp>();
    OpBuilder builder(&getContext());
    auto type = builder.getFunctionType({contextType(), builder.getIndexType()}, {});
    std::string name = (kernel.getName() + ".chunk." + std::to_string(number++)).str();
    auto body = func::FuncOp::create(loop.getLoc(), name, type);
    body.setPrivate();
    getOperation().insert(kernel, body);
    Block *block = body.addEntryBlock();
    builder.setInsertionPointToStart(block);
    IRMapping map;
    for (Operation *constant : constants)
      builder.clone(*constant, map);
    for (auto [slot, value] : llvm::enumerate(captured)) {
      Value at = arith::ConstantIndexOp::create(builder, loop.getLoc(), slot);
      Value word = memref::LoadOp::create(builder, loop.getLoc(), block->getArgument(0), at);
      map.map(value, unpack(builder, loop.getLoc(), word, value.getType()));
    }
    map.map(loop.getInductionVar(0), block->getArgument(1));
    for (Operation &op : loop.getBody()->without_terminator())
      builder.clone(op, map);
    func::ReturnOp::create(builder, loop.getLoc());
    return body;
  }

  func::FuncOp runtimeFunction(Type bodyType) {
    if (auto known = getOperation().lookupSymbol<func::FuncOp>("nnrt_parallel_for"))
      return known;
    OpBuilder builder = OpBuilder::atBlockEnd(getOperation().getBody());
    auto type = builder.getFunctionType({bodyType, contextType(), builder.getI64Type()}, {});
    auto made = func::FuncOp::create(builder, getOperation().getLoc(), "nnrt_parallel_for", type);
    made.setPrivate();
    return made;
  }

  LogicalResult outline(scf::ForallOp loop) {
    llvm::SetVector<Value> used;
    getUsedValuesDefinedAbove(loop.getRegion(), used);
    SmallVector<Value> captured;
    SmallVector<Operation *> constants;
    for (Value value : used) {
      if (Operation *op = value.getDefiningOp(); op && op->hasTrait<OpTrait::ConstantLike>())
        constants.push_back(op);
      else
        captured.push_back(value);
    }
    if (loop.getRank() != 1 || loop.getNumResults() || captured.size() > contextWords ||
        loop->getParentOfType<scf::ForOp>() || llvm::any_of(captured, [](Value v) {
          return !isa<MemRefType>(v.getType()) && !v.getType().isIntOrIndexOrFloat();
        }))
      return loop.emitError("internal: a parallel loop that cannot be outlined");
    func::FuncOp body = makeBody(loop, captured, constants);
    OpBuilder b(loop);
    Location loc = loop.getLoc();
    Value context = memref::AllocaOp::create(b, loc, contextType(), b.getI64IntegerAttr(64));
    for (auto [slot, value] : llvm::enumerate(captured)) {
      Value at = arith::ConstantIndexOp::create(b, loc, slot);
      memref::StoreOp::create(b, loc, pack(b, loc, value), context, at);
    }
    Value function = func::ConstantOp::create(b, loc, body.getFunctionType(), body.getName());
    Value chunks = loop.getUpperBound(b).front();
    Value count = arith::IndexCastOp::create(b, loc, b.getI64Type(), chunks);
    func::CallOp::create(b, loc, runtimeFunction(body.getFunctionType()),
                         ValueRange{function, context, count});
    loop.erase();
    return success();
  }

  void runOnOperation() override {
    SmallVector<scf::ForallOp> loops;
    getOperation().walk([&](scf::ForallOp loop) { loops.push_back(loop); });
    for (scf::ForallOp loop : loops)
      if (failed(outline(loop)))
        return signalPassFailure();
  }
};

} // namespace
