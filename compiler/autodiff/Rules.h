// The table of derivatives: one small rule per op. An op without an entry cannot be differentiated.
#ifndef NN_AUTODIFF_RULES_H
#define NN_AUTODIFF_RULES_H

#include "compiler/autodiff/Adjoint.h"
#include "llvm/ADT/StringMap.h"

namespace nn {

// Applies the rule of an op whose results have gradients: lets the gradient flow to its operands.
using Rule = std::function<void(mlir::Operation *, Adjoint &)>;

class RuleTable {
public:
  static const RuleTable &get();

  // `flow(op, gradient, adjoint)`: `gradient` is that of the first result; it may be null only for ops with
  // several.
  template <typename Op, typename Flow> void rule(Flow flow) {
    rules[Op::getOperationName()] = [flow](mlir::Operation *op, Adjoint &adjoint) {
      flow(mlir::cast<Op>(op), adjoint.of(op->getResult(0)), adjoint);
    };
  }

  // Ops through which nothing flows: their derivative is zero wherever it exists, or they say so.
  template <typename... Ops> void constant() { (rules.try_emplace(Ops::getOperationName()), ...); }

  bool isKnown(mlir::StringRef name) const { return rules.contains(name); }
  bool isConstant(mlir::StringRef name) const { return isKnown(name) && !rules.lookup(name); }
  Rule lookup(mlir::StringRef name) const { return rules.lookup(name); }

private:
  llvm::StringMap<Rule> rules;
};

void addElementwiseRules(RuleTable &table);
void addShapeRules(RuleTable &table);
void addMomentsRule(RuleTable &table);
void addReduceRule(RuleTable &table);
void addContractionRules(RuleTable &table);
void addLookupRules(RuleTable &table);
void addPoolRules(RuleTable &table);
void addScanRule(RuleTable &table);

// Adds to `values` what the ops of `block` before `end` make of them, and gives these ops, in order.
llvm::SmallVector<mlir::Operation *> activeOps(mlir::Block &block, mlir::Operation *end,
                                               llvm::DenseSet<mlir::Value> &values);
// Lets the gradients in `adjoint` flow back over `ops`. Fails on an op without a derivative.
mlir::LogicalResult walkBack(llvm::ArrayRef<mlir::Operation *> ops, Adjoint &adjoint);

} // namespace nn
#endif
