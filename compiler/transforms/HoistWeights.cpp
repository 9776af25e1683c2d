// nn-hoist-weights: makes the entry `fold`.
#include "compiler/transforms/Passes.h"
#include "compiler/transforms/Weights.h"
#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;

namespace nn {

#define GEN_PASS_DEF_HOISTWEIGHTSPASS
#include "compiler/transforms/Passes.h.inc"

namespace {

NamedAttribute named(Builder &builder, StringRef name, StringRef value) {
  return builder.getNamedAttr(name, builder.getStringAttr(value));
}

// The entry under construction. Equal ops become one, whichever entries they come from.
class FoldEntry {
public:
  explicit FoldEntry(ModuleOp module) {
    OpBuilder builder = OpBuilder::atBlockEnd(module.getBody());
    entry = func::FuncOp::create(builder, module.getLoc(), "fold",
                                 builder.getFunctionType({builder.getIndexType()}, {}));
    entry->setAttr("nn.entry", builder.getUnitAttr());
    entry.addEntryBlock();
    entry.setArgAttr(0, "nn.role", builder.getStringAttr("rows"));
  }

  // The value of `fold` that equals `value` of `source`.
  Value copyOf(Value value, func::FuncOp source);

  // The unique name of a result; a value that was exported before keeps its name.
  StringAttr exportValue(Value value);

  // Ends the body; true if there is anything in it.
  bool finish();

private:
  Value argumentFor(BlockArgument argument, func::FuncOp source);
  Operation *uniqueOp(Operation *op);

  func::FuncOp entry;
  IRMapping copies;                                             // of all sources
  DenseMap<std::pair<StringAttr, StringAttr>, Value> arguments; // by role and name
  DenseMap<size_t, SmallVector<Operation *>> ops;               // by hash
  llvm::MapVector<Value, StringAttr> exported;
};

Value FoldEntry::argumentFor(BlockArgument argument, func::FuncOp source) {
  DictionaryAttr attributes = source.getArgAttrDict(argument.getArgNumber());
  Value &value =
      arguments[{attributes.getAs<StringAttr>("nn.role"), attributes.getAs<StringAttr>("nn.name")}];
  if (!value) {
    unsigned index = entry.getNumArguments();
    (void)entry.insertArgument(index, argument.getType(), attributes, argument.getLoc());
    value = entry.getArgument(index);
  }
  return value;
}

Operation *FoldEntry::uniqueOp(Operation *op) {
  SmallVector<Operation *> &same = ops[OperationEquivalence::computeHash(
      op, OperationEquivalence::directHashValue, OperationEquivalence::ignoreHashValue,
      OperationEquivalence::IgnoreLocations)];
  for (Operation *other : same)
    if (OperationEquivalence::isEquivalentTo(op, other, OperationEquivalence::IgnoreLocations)) {
      op->erase();
      return other;
    }
  same.push_back(op);
  return op;
}

Value FoldEntry::copyOf(Value value, func::FuncOp source) {
  // Operands before their users, without recursion: a chain of ops may be long.
  SmallVector<Value> open = {value};
  while (!open.empty()) {
    Value next = open.back();
    Operation *op = next.getDefiningOp();
    if (copies.contains(next)) {
      open.pop_back();
    } else if (!op) {
      copies.map(next, argumentFor(cast<BlockArgument>(next), source));
    } else if (llvm::all_of(op->getOperands(), [&](Value operand) { return copies.contains(operand); })) {
      OpBuilder builder = OpBuilder::atBlockEnd(&entry.getBody().front());
      Operation *copy = uniqueOp(builder.clone(*op, copies));
      copies.map(op->getResults(), copy->getResults());
    } else {
      llvm::copy_if(op->getOperands(), std::back_inserter(open),
                    [&](Value operand) { return !copies.contains(operand); });
    }
  }
  return copies.lookup(value);
}

StringAttr FoldEntry::exportValue(Value value) {
  StringAttr &name = exported[value];
  if (!name) {
    auto layer = dyn_cast<NameLoc>(value.getLoc());
    std::string path = layer ? layer.getName().str() : "folded";
    name = StringAttr::get(value.getContext(), path + "." + std::to_string(exported.size()));
  }
  return name;
}

bool FoldEntry::finish() {
  if (exported.empty()) {
    entry.erase();
    return false;
  }
  Builder builder(entry.getContext());
  SmallVector<Value> values;
  SmallVector<Type> types;
  for (auto &[value, name] : exported) {
    values.push_back(value);
    types.push_back(value.getType());
  }
  OpBuilder atEnd = OpBuilder::atBlockEnd(&entry.getBody().front());
  func::ReturnOp::create(atEnd, entry.getLoc(), values);
  entry.setFunctionType(builder.getFunctionType(entry.getArgumentTypes(), types));
  for (auto [index, pair] : llvm::enumerate(exported)) {
    entry.setResultAttr(index, "nn.role", builder.getStringAttr("folded"));
    entry.setResultAttr(index, "nn.name", pair.second);
  }
  return true;
}

// What an entry reads of its weight values; broadcasts, reshapes and constants at the border stay in the
// entry.
class Border {
public:
  explicit Border(func::FuncOp entry) : weights(entry) {
    for (Operation &op : entry.getBody().front())
      if (!weights.contains(&op))
        for (Value operand : op.getOperands())
          add(operand);
  }
  ArrayRef<Value> values() const { return found.getArrayRef(); }

private:
  void add(Value value) {
    while (Operation *op = value.getDefiningOp()) {
      if (!weights.contains(value) || isa<ConstantOp>(op))
        return;
      if (!isa<BroadcastOp, ReshapeOp>(op)) {
        if (dependsOnArgument(op))
          found.insert(value);
        return;
      }
      value = op->getOperand(0);
    }
  }

  // Random-free arithmetic on constants alone is not worth a place in memory.
  static bool dependsOnArgument(Operation *op) {
    SmallVector<Operation *> open = {op};
    DenseSet<Operation *> seen;
    while (!open.empty()) {
      Operation *next = open.pop_back_val();
      for (Value operand : next->getOperands()) {
        Operation *source = operand.getDefiningOp();
        if (!source)
          return true;
        if (seen.insert(source).second)
          open.push_back(source);
      }
    }
    return false;
  }

  WeightValues weights;
  SetVector<Value> found;
};

struct HoistWeightsPass : impl::HoistWeightsPassBase<HoistWeightsPass> {
  void runOnOperation() override {
    SmallVector<func::FuncOp> entries;
    for (auto entry : getOperation().getOps<func::FuncOp>())
      if (entry->hasAttr("nn.entry") && entry.getName() != "fold" && isWithoutTraining(entry))
        entries.push_back(entry);
    FoldEntry fold(getOperation());
    for (func::FuncOp entry : entries)
      hoistFrom(entry, fold);
    fold.finish();
  }

  void hoistFrom(func::FuncOp entry, FoldEntry &fold) {
    Builder builder(&getContext());
    Border border(entry);
    // All copies are made before the first use is replaced: one value may be part of what another is made
    // from.
    SmallVector<StringAttr> names;
    for (Value value : border.values())
      names.push_back(fold.exportValue(fold.copyOf(value, entry)));
    for (auto [hoistedValue, name] : llvm::zip(border.values(), names)) {
      Value value = hoistedValue;
      DictionaryAttr attributes = builder.getDictionaryAttr(
          {named(builder, "nn.role", "folded"), builder.getNamedAttr("nn.name", name)});
      unsigned index = entry.getNumArguments();
      (void)entry.insertArgument(index, value.getType(), attributes, value.getLoc());
      value.replaceAllUsesWith(entry.getArgument(index));
      ++hoisted;
    }
    for (Operation &op : llvm::make_early_inc_range(llvm::reverse(entry.getBody().front())))
      if (isMemoryEffectFree(&op) && op.use_empty() && !op.hasTrait<OpTrait::IsTerminator>())
        op.erase();
  }
};

} // namespace
} // namespace nn
