// nn-fold-batch-norm: conv(x, W) s + t = conv(x, W s) + t, since a convolution is linear in its filter and s
// scales whole output channels.
#include "compiler/transforms/Passes.h"
#include "compiler/transforms/Weights.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;

namespace nn {

#define GEN_PASS_DEF_FOLDBATCHNORMPASS
#include "compiler/transforms/Passes.h.inc"

namespace {

RankedTensorType typeOf(Value value) { return cast<RankedTensorType>(value.getType()); }

// A contraction that may take a map in: its filter, and the filter's axis that is the result's last.
struct Contraction {
  Operation *op;
  OpOperand *filter;
  int64_t channelAxis;

  static std::optional<Contraction> of(Operation *op, const WeightValues &weights) {
    std::optional<Contraction> found;
    if (auto conv = dyn_cast<ConvOp>(op))
      found = {op, &conv.getFilterMutable(), conv.getFilter().getType().getRank() - 1};
    // A transposed convolution: what is the gradient's channel there is the filter's input. Of several groups,
    // the result has more channels than that axis.
    auto transposed = dyn_cast<ConvInputGradOp>(op);
    if (transposed && transposed.getGroups() == 1)
      found = {op, &transposed.getFilterMutable(), transposed.getFilter().getType().getRank() - 2};
    auto matmul = dyn_cast<MatMulOp>(op);
    if (matmul && matmul.getType().getRank() == 2)
      found = {op, &matmul.getRhsMutable(), matmul.getTransposeRhs() ? 0 : 1};
    // A filter made from the batch would be scaled in every call instead of once.
    if (found && !weights.contains(found->filter->get()))
      return std::nullopt;
    return found;
  }
};

// One op of the chain: `value` is the operand that is not the chain's, null for neg.
struct Step {
  Operation *op;
  Value value;
  bool chainIsLeft;
};

class Chain {
public:
  Chain(Value start, const WeightValues &weights) : last(start), weights(weights) {
    while (last.hasOneUse() && append(*last.user_begin()))
      last = steps.back().op->getResult(0);
  }

  // Sums alone gain nothing: the contraction stays as it is, and one add with it.
  bool scales() const {
    return llvm::any_of(steps, [](const Step &step) { return isa<MulOp, DivOp, NegOp>(step.op); });
  }

  void foldInto(const Contraction &contraction);

private:
  bool append(Operation *op);
  bool isPerChannel(Value value) const;

  Value last;
  const WeightValues &weights;
  SmallVector<Step> steps;
};

bool Chain::append(Operation *op) {
  if (isa<NegOp>(op)) {
    steps.push_back({op, nullptr, true});
    return true;
  }
  if (!isa<AddOp, SubOp, MulOp, DivOp>(op))
    return false;
  bool chainIsLeft = op->getOperand(0) == last;
  Value value = op->getOperand(chainIsLeft ? 1 : 0);
  // t / y is no affine map of y.
  if (!isPerChannel(value) || (isa<DivOp>(op) && !chainIsLeft))
    return false;
  steps.push_back({op, value, chainIsLeft});
  return true;
}

// A scalar, or a vector along the last axis, made from weights.
bool Chain::isPerChannel(Value value) const {
  if (matchPattern(value, m_Constant()))
    return cast<DenseElementsAttr>(cast<ConstantOp>(value.getDefiningOp()).getValue()).isSplat();
  auto broadcast = value.getDefiningOp<BroadcastOp>();
  if (!broadcast || !weights.contains(broadcast.getX()))
    return false;
  return broadcast.getAxes().empty() ||
         broadcast.getAxes() == ArrayRef<int64_t>{broadcast.getType().getRank() - 1};
}

// Writes the map y s + t of a chain, s and t being vectors with one element for each channel.
class MapBuilder {
public:
  MapBuilder(ImplicitLocOpBuilder &builder, RankedTensorType channels)
      : builder(builder), channels(channels) {
    scale = splat(1);
    shift = splat(0);
  }

  // y s + t after one more op.
  void append(const Step &step) {
    builder.setLoc(step.op->getLoc());
    Value value = step.value ? perChannel(step.value) : Value();
    if (isa<MulOp>(step.op)) {
      scale = times(scale, value);
      shift = times(shift, value);
    } else if (isa<DivOp>(step.op)) {
      scale = create<DivOp>(scale, value);
      shift = create<DivOp>(shift, value);
    } else if (isa<AddOp>(step.op)) {
      shift = plus(shift, value);
    } else if (isa<SubOp>(step.op) && step.chainIsLeft) {
      shift = create<SubOp>(shift, value);
    } else { // -y or value - y
      scale = create<NegOp>(scale);
      shift = value ? create<SubOp>(value, shift) : create<NegOp>(shift);
    }
  }

  Value scale, shift;

private:
  template <typename Op, typename... Operands> Value create(Operands... operands) {
    return builder.createOrFold<Op>(channels, operands...);
  }
  bool isSplat(Value value, double number) {
    DenseElementsAttr elements;
    return matchPattern(value, m_Constant(&elements)) && elements.isSplat() &&
           elements.getSplatValue<APFloat>().convertToDouble() == number;
  }
  Value splat(double number) {
    auto element = builder.getFloatAttr(channels.getElementType(), number);
    return ConstantOp::create(builder, channels, DenseElementsAttr::get(channels, Attribute(element)));
  }
  // The map begins as y 1 + 0, whose numbers need no arithmetic.
  Value times(Value a, Value b) { return isSplat(a, 1) ? b : isSplat(a, 0) ? a : create<MulOp>(a, b); }
  Value plus(Value a, Value b) { return isSplat(a, 0) ? b : create<AddOp>(a, b); }

  Value perChannel(Value value) {
    if (auto constant = value.getDefiningOp<ConstantOp>())
      return ConstantOp::create(builder, channels,
                                cast<DenseElementsAttr>(constant.getValue()).resizeSplat(channels));
    auto broadcast = value.getDefiningOp<BroadcastOp>();
    if (!broadcast.getAxes().empty())
      return broadcast.getX();
    return BroadcastOp::create(builder, channels, broadcast.getX(), Value(), ArrayRef<int64_t>());
  }

  ImplicitLocOpBuilder &builder;
  RankedTensorType channels;
};

// The row count for a broadcast like those of the chain; null if no operand of it needed one.
Value rowsOf(ArrayRef<Step> steps) {
  for (const Step &step : steps)
    if (auto broadcast = step.value ? step.value.getDefiningOp<BroadcastOp>() : nullptr;
        broadcast && broadcast.getRows())
      return broadcast.getRows();
  return nullptr;
}

// At the end of the chain, since its operands may be made behind the contraction.
void Chain::foldInto(const Contraction &contraction) {
  Operation *end = steps.back().op;
  ImplicitLocOpBuilder builder(end->getLoc(), end);
  RankedTensorType type = typeOf(last);
  MapBuilder map(builder, type.clone({type.getShape().back()}));
  for (const Step &step : steps)
    map.append(step);

  builder.setLoc(contraction.op->getLoc());
  Value filter = contraction.filter->get();
  Value spread = BroadcastOp::create(builder, filter.getType(), map.scale, Value(), contraction.channelAxis);
  Operation *scaled = builder.clone(*contraction.op);
  Value product = MulOp::create(builder, filter.getType(), filter, spread);
  product.getDefiningOp()->moveBefore(scaled);
  scaled->setOperand(contraction.filter->getOperandNumber(), product);
  Value rows = type.hasStaticShape() ? Value() : rowsOf(steps);
  Value result = scaled->getResult(0);
  if (llvm::any_of(steps, [](const Step &step) { return isa<AddOp, SubOp>(step.op); })) {
    Value bias = BroadcastOp::create(builder, type, map.shift, rows, type.getRank() - 1);
    result = AddOp::create(builder, type, result, bias);
  }
  last.replaceAllUsesWith(result);
  for (const Step &step : llvm::reverse(steps))
    step.op->erase();
  contraction.op->erase();
}

struct FoldBatchNormPass : impl::FoldBatchNormPassBase<FoldBatchNormPass> {
  void runOnOperation() override {
    if (!isWithoutTraining(getOperation()))
      return;
    WeightValues weights(getOperation());
    SmallVector<Contraction> contractions;
    getOperation().walk([&](Operation *op) {
      if (op->getParentOp() != getOperation()) // in a loop the scaled filter would be made in each turn
        return;
      if (std::optional<Contraction> contraction = Contraction::of(op, weights))
        contractions.push_back(*contraction);
    });
    for (const Contraction &contraction : contractions) {
      Chain chain(contraction.op->getResult(0), weights);
      if (!chain.scales())
        continue;
      chain.foldInto(contraction);
      ++folded;
    }
    // A broadcast that nobody reads any more would keep its operand alive in this entry.
    for (Operation &op : llvm::make_early_inc_range(llvm::reverse(getOperation().getBody().front())))
      if (isa<BroadcastOp>(op) && op.use_empty())
        op.erase();
  }
};

} // namespace
} // namespace nn
