// nn-fuse: moves the groups of a FusionPlan into `nn.fused` ops.
#include "compiler/transforms/FusionPlan.h"
#include "compiler/transforms/Passes.h"
#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;

namespace nn {

#define GEN_PASS_DEF_FUSEPASS
#include "compiler/transforms/Passes.h.inc"

namespace {

// Copied ops that `op` reads.
SmallVector<Operation *> copiedSources(Operation *op) {
  SmallVector<Operation *> sources;
  if (isCopied(op))
    return sources;
  for (Value operand : op->getOperands())
    if (Operation *source = operand.getDefiningOp();
        source && isCopied(source) && !llvm::is_contained(sources, source))
      sources.push_back(source);
  return sources;
}

// A contraction or pooling reads its operands from memory, so a copy in its group would serve nobody.
bool readsCopies(Operation *op) {
  return op->hasTrait<OpTrait::Elementwise>() || isa<ReduceOp, MomentsOp, ArgMaxOp>(op);
}

class Outliner {
public:
  explicit Outliner(ArrayRef<Operation *> ops) : members(ops.begin(), ops.end()) { collectOps(ops); }

  bool isWorthwhile() const { return ops.size() > 1; }

  void outline() {
    collectInputs();
    collectResults();
    Operation *last = members.back();
    OpBuilder builder(last);
    SmallVector<Type> types;
    for (Value value : results)
      types.push_back(value.getType());
    auto fused = FusedOp::create(builder, locationOf(), types, inputs.getArrayRef());
    fillBody(builder, fused);
    for (auto [value, result] : llvm::zip(results, fused.getResults()))
      value.replaceAllUsesWith(result);
    for (Operation *op : llvm::reverse(members))
      op->erase();
  }

private:
  // The members with copies of what they read before them; a copied op may read a copied op.
  void collectOps(ArrayRef<Operation *> group) {
    for (Operation *op : group) {
      if (readsCopies(op))
        for (Operation *source : copiedSources(op))
          addCopied(source);
      ops.insert(op);
    }
  }

  void addCopied(Operation *op) {
    if (Operation *source = op->getNumOperands() ? op->getOperand(0).getDefiningOp() : nullptr;
        source && isa<ConstantOp>(source))
      ops.insert(source);
    ops.insert(op);
  }

  // What a member reads from memory comes from outside, even if another member has a copy of it.
  void collectInputs() {
    for (Operation *op : ops)
      for (Value operand : op->getOperands()) {
        Operation *source = operand.getDefiningOp();
        bool fromMemory = source && isCopied(source) && !isCopied(op) && !readsCopies(op);
        if (!source || !ops.contains(source) || fromMemory)
          inputs.insert(operand);
      }
  }

  void collectResults() {
    auto isOutside = [&](Operation *user) { return !llvm::is_contained(members, user); };
    for (Operation *op : members)
      for (Value result : op->getResults())
        if (llvm::any_of(result.getUsers(), isOutside))
          results.push_back(result);
  }

  // The layer of the root, or of the last op where there is none.
  Location locationOf() const {
    for (Operation *op : members)
      if (!op->hasTrait<OpTrait::Elementwise>())
        return op->getLoc();
    return members.back()->getLoc();
  }

  void fillBody(OpBuilder &builder, FusedOp fused) {
    OpBuilder::InsertionGuard guard(builder);
    Block *body = builder.createBlock(&fused.getBody());
    IRMapping mapping;
    for (Value input : inputs)
      mapping.map(input, body->addArgument(input.getType(), input.getLoc()));
    for (Operation *op : ops)
      builder.clone(*op, mapping);
    SmallVector<Value> yielded;
    for (Value value : results)
      yielded.push_back(mapping.lookup(value));
    YieldOp::create(builder, fused.getLoc(), yielded);
  }

  SmallVector<Operation *> members;
  SetVector<Operation *> ops; // the members and copies, in an order that respects uses
  SetVector<Value> inputs;
  SmallVector<Value> results;
};

struct FusePass : impl::FusePassBase<FusePass> {
  void runOnOperation() override {
    for (Block &block : getOperation().getBody())
      fuse(block);
    getOperation().walk([&](ScanOp scan) { fuse(*scan.block()); });
  }

  void fuse(Block &block) {
    std::vector<std::vector<Operation *>> order = FusionPlan(block).groupsInOrder();
    for (const std::vector<Operation *> &group : order)
      for (Operation *op : group)
        op->moveBefore(&block, block.end());
    for (const std::vector<Operation *> &group : order) {
      Outliner outliner(group);
      if (!outliner.isWorthwhile())
        continue;
      outliner.outline();
      ++groups;
    }
    for (Operation &op : llvm::make_early_inc_range(llvm::reverse(block)))
      if (isCopied(&op) && op.use_empty())
        op.erase();
  }
};

} // namespace
} // namespace nn
