// Values that cost less to compute again than to write and read leave their group's results.
#include "compiler/lowering/Passes.h"

#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/SetVector.h"

namespace nn {
#define GEN_PASS_DEF_RECOMPUTERESULTSPASS
#include "compiler/lowering/Passes.h.inc"
} // namespace nn

using namespace mlir;
using namespace nn;

namespace {

constexpr unsigned mostOps = 6;

bool isCheap(Operation *op) {
  return isa<AddOp, SubOp, MulOp, NegOp, MaxOp, MinOp, AbsOp, SignOp, CompareOp, SelectOp, AndOp, OrOp, XorOp,
             CastOp, StopGradientOp, BroadcastOp, ConstantOp, IotaOp, OneHotOp>(op);
}

bool isFree(Operation *op) { return isa<BroadcastOp, ConstantOp, IotaOp, OneHotOp>(op); }

// How one result is made from the group's operands and its other results.
struct Recipe {
  llvm::SetVector<Operation *> ops; // in order
  llvm::SetVector<Value> leaves;    // values inside the group
};

struct RecomputeResults : nn::impl::RecomputeResultsPassBase<RecomputeResults> {
  void runOnOperation() override {
    if (!getOperation()->hasAttr("nn.entry"))
      return;
    wrapReaders();
    SmallVector<FusedOp> groups(getOperation().getOps<FusedOp>());
    for (FusedOp group : groups)
      for (OpResult result : group->getResults())
        if (!result.use_empty())
          visit(group, result);
  }

  // Lone ops that can compute their operand become groups: reductions, and pooling that reads each element
  // once.
  void wrapReaders() {
    SmallVector<Operation *> readers;
    for (Operation &op : getOperation().getBody().front()) {
      auto pool = dyn_cast<MaxPoolOp>(op);
      bool apart = pool && llvm::all_of(llvm::zip(pool.getWindow(), pool.getStrides()),
                                        [](auto pair) { return std::get<0>(pair) <= std::get<1>(pair); });
      if (apart || isa<ReduceOp, MomentsOp>(op))
        readers.push_back(&op);
    }
    for (Operation *op : readers) {
      OpBuilder builder(op);
      OperationState state(op->getLoc(), FusedOp::getOperationName(), op->getOperands(),
                           op->getResultTypes());
      Block *body = &state.addRegion()->emplaceBlock();
      for (Value operand : op->getOperands())
        body->addArgument(operand.getType(), op->getLoc());
      Operation *group = builder.create(state);
      op->replaceAllUsesWith(group);
      op->moveBefore(body, body->end());
      op->setOperands(body->getArguments());
      builder.setInsertionPointToEnd(body);
      YieldOp::create(builder, op->getLoc(), op->getResults());
    }
  }

  static Value yielded(FusedOp group, unsigned place) {
    return group.getBody().front().getTerminator()->getOperand(place);
  }

  // The value outside the group that a leaf is.
  static Value outside(FusedOp group, Value leaf) {
    if (auto argument = dyn_cast<BlockArgument>(leaf))
      return group.getInputs()[argument.getArgNumber()];
    for (OpResult result : group->getResults())
      if (yielded(group, result.getResultNumber()) == leaf && !result.use_empty())
        return result;
    return {};
  }

  bool trace(FusedOp group, Value value, Value root, Recipe &recipe) {
    if (isa<BlockArgument>(value) || (value != root && outside(group, value))) {
      recipe.leaves.insert(value);
      return true;
    }
    Operation *op = value.getDefiningOp();
    if (recipe.ops.contains(op))
      return true;
    if (!isCheap(op) ||
        !llvm::all_of(op->getOperands(), [&](Value v) { return trace(group, v, root, recipe); }))
      return false;
    recipe.ops.insert(op);
    return llvm::count_if(recipe.ops, [](Operation *o) { return !isFree(o); }) <= mostOps;
  }

  static bool isLarge(Value value, Value root) {
    auto type = dyn_cast<RankedTensorType>(value.getType());
    return type && type.getRank() == typeOf(root).getRank();
  }

  void visit(FusedOp group, OpResult result) {
    Value root = yielded(group, result.getResultNumber());
    Recipe recipe;
    if (isa<BlockArgument>(root) || typeOf(root).getRank() < 2 || !trace(group, root, root, recipe))
      return;
    auto pays = [&](OpOperand &use) {
      auto user = dyn_cast<FusedOp>(use.getOwner());
      if (!user)
        return false;
      // A mask is a byte an element: it only pays to leave it if nothing else must be read.
      unsigned budget = typeOf(root).getElementType().isInteger(1) ? 0 : 1, extra = 0;
      for (Value leaf : recipe.leaves)
        if (isLarge(leaf, root) && !llvm::is_contained(user.getInputs(), outside(group, leaf)))
          ++extra;
      return extra <= budget;
    };
    if (!llvm::all_of(result.getUses(), pays))
      return;
    while (!result.use_empty())
      inlineInto(cast<FusedOp>(result.getUses().begin()->getOwner()), group, result, root, recipe);
    ++recomputed;
  }

  void inlineInto(FusedOp user, FusedOp group, OpResult result, Value root, const Recipe &recipe) {
    Block &body = user.getBody().front();
    IRMapping map;
    for (Value leaf : recipe.leaves) {
      Value value = outside(group, leaf);
      unsigned place = std::distance(user.getInputs().begin(), llvm::find(user.getInputs(), value));
      if (place == user.getInputs().size()) {
        user->insertOperands(place, value);
        body.addArgument(value.getType(), user.getLoc());
      }
      map.map(leaf, body.getArgument(place));
    }
    OpBuilder builder = OpBuilder::atBlockBegin(&body);
    for (Operation *op : recipe.ops)
      builder.clone(*op, map);
    for (unsigned place = user.getInputs().size(); place-- > 0;)
      if (user.getInputs()[place] == result) {
        body.getArgument(place).replaceAllUsesWith(map.lookup(root));
        body.eraseArgument(place);
        user->eraseOperand(place);
      }
  }
};

} // namespace
