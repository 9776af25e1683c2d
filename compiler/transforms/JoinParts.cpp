// nn-join-parts: a sum of padded tensors that lie side by side is their concatenation.
#include "compiler/dialect/Shapes.h"
#include "compiler/transforms/Passes.h"
#include "compiler/transforms/SumTerms.h"

using namespace mlir;

namespace nn {

#define GEN_PASS_DEF_JOINPARTSPASS
#include "compiler/transforms/Passes.h.inc"

namespace {

// The only axis along which zeros are added, at its ends; none for other paddings.
std::optional<unsigned> paddedAxis(Value term) {
  auto pad = term.getDefiningOp<PadOp>();
  if (!pad || !term.hasOneUse())
    return std::nullopt;
  std::optional<unsigned> found;
  for (unsigned axis = 0; axis < pad.getLow().size(); ++axis) {
    if (pad.getInterior()[axis])
      return std::nullopt;
    if (!pad.getLow()[axis] && !pad.getHigh()[axis])
      continue;
    if (found)
      return std::nullopt;
    found = axis;
  }
  return found;
}

struct JoinPartsPass : impl::JoinPartsPassBase<JoinPartsPass> {
  void runOnOperation() override {
    SmallVector<AddOp> sums;
    getOperation().walk([&](AddOp add) {
      bool isPartial = add->hasOneUse() && isa<AddOp>(*add->user_begin());
      if (!isPartial)
        sums.push_back(add);
    });
    for (AddOp sum : sums)
      join(sum);
  }

  void join(AddOp sum) {
    SmallVector<Value> terms = termsOf(sum);
    auto *first = llvm::find_if(terms, [](Value term) { return paddedAxis(term).has_value(); });
    if (first == terms.end())
      return;
    unsigned axis = *paddedAxis(*first);
    SmallVector<PadOp> parts;
    for (Value term : terms)
      if (paddedAxis(term) == axis)
        parts.push_back(term.getDefiningOp<PadOp>());
    llvm::sort(parts, [&](PadOp a, PadOp b) { return a.getLow()[axis] < b.getLow()[axis]; });
    int64_t end = 0;
    for (PadOp part : parts) {
      if (part.getLow()[axis] != end)
        return;
      end += part.getX().getType().getDimSize(axis);
    }
    if (end == sum.getType().getDimSize(axis))
      replace(sum, terms, parts, axis);
  }

  void replace(AddOp sum, ArrayRef<Value> terms, SmallVectorImpl<PadOp> &parts, unsigned axis) {
    OpBuilder builder(sum);
    SmallVector<Value> pieces;
    for (PadOp part : parts)
      pieces.push_back(part.getX());
    Value total = ConcatOp::create(builder, parts.front().getLoc(), sum.getType(), pieces, axis);
    for (Value term : terms)
      if (paddedAxis(term) != axis)
        total = AddOp::create(builder, sum.getLoc(), sum.getType(), total, term);
    sum.getResult().replaceAllUsesWith(total);
    // The partial sums, from the last, then what they have added.
    SmallVector<Operation *> dead = {sum};
    while (!dead.empty()) {
      Operation *op = dead.pop_back_val();
      SmallVector<Value> operands(op->getOperands());
      op->erase();
      for (Value operand : operands)
        if (Operation *source = operand.getDefiningOp();
            source && isa<AddOp, PadOp>(source) && source->use_empty() && !llvm::is_contained(dead, source))
          dead.push_back(source);
    }
    ++joined;
  }
};

} // namespace
} // namespace nn
