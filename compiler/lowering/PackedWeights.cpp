// What `fold` makes is tensors with names, so panels are memory of the program like any other value of
// weights only.
#include "compiler/lowering/PackedWeights.h"
#include "compiler/lowering/ContractionNest.h"
#include "compiler/lowering/LinalgBuilder.h"

#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"

using namespace mlir;
using namespace nn;

namespace {

constexpr StringRef weightMark = "nn.weight", panelsMark = "nn.panels";

StringAttr attributeOf(Value value, StringRef key) {
  auto argument = dyn_cast<BlockArgument>(value);
  auto entry = argument ? dyn_cast<func::FuncOp>(argument.getOwner()->getParentOp()) : nullptr;
  return entry ? entry.getArgAttrOfType<StringAttr>(argument.getArgNumber(), key) : StringAttr();
}

bool isWeight(Value value) {
  StringAttr role = attributeOf(value, "nn.role");
  return role && llvm::is_contained({"parameter", "state", "folded"}, role.getValue());
}

// `fold` runs before these, whenever weights have changed.
bool readsFolded(Operation *entry) {
  auto function = dyn_cast<func::FuncOp>(entry);
  return function && function->hasAttr("nn.entry") &&
         (function.getName() == "predict" || function.getName().ends_with(".eval"));
}

// The arguments of a kernel that products read by panels.
llvm::SmallSetVector<unsigned, 2> panelArguments(func::FuncOp kernel) {
  llvm::SmallSetVector<unsigned, 2> arguments;
  kernel.walk([&](linalg::GenericOp op) {
    if (std::optional<unsigned> operand = operandWorthPanels(op))
      arguments.insert(cast<BlockArgument>(op.getInputs()[*operand]).getArgNumber());
  });
  arguments.remove_if([&](unsigned argument) { return kernel.getArgAttr(argument, "nn.view") != nullptr; });
  return arguments;
}

// The calls of one kernel: by entries that may read panels, and by others.
struct Calls {
  SmallVector<func::CallOp> reading;
  bool hasOthers = false;
};

Calls callsOf(func::FuncOp kernel, ArrayRef<unsigned> weights, ArrayRef<func::CallOp> all) {
  Calls calls;
  for (func::CallOp call : all)
    if (readsFolded(call->getParentOp()) &&
        llvm::all_of(weights, [&](unsigned weight) { return isWeight(call.getOperand(weight)); }))
      calls.reading.push_back(call);
    else
      calls.hasOthers = true;
  return calls;
}

DictionaryAttr panelsOf(func::FuncOp target, unsigned argument) {
  return target.getArgAttrOfType<DictionaryAttr>(argument, panelsMark);
}

PanelLayout layoutOf(DictionaryAttr panels) {
  auto number = [&](StringRef key) { return panels.getAs<IntegerAttr>(key).getInt(); };
  return {unsigned(number("weight")), number("steps"), number("columns"), number("tile"),
          panels.getAs<BoolAttr>("transposed").getValue()};
}

std::string nameOf(StringRef weight, const PanelLayout &layout) {
  return (weight + (layout.isTransposed ? ".transposed" : "") + ".panels." + Twine(layout.tile)).str();
}

// The entry `fold`, where there may be none yet.
class Fold {
public:
  explicit Fold(ModuleOp module) : module(module), builder(module.getContext()) {
    entry = module.lookupSymbol<func::FuncOp>("fold");
  }

  // Makes the panels of a weight of another entry, if it does not yet.
  void pack(Value weight, const PanelLayout &layout);

  SmallVector<func::FuncOp> kernels;

private:
  void create();
  Value valueOf(Value weight);
  func::FuncOp kernelFor(RankedTensorType type, const PanelLayout &layout);

  ModuleOp module;
  OpBuilder builder;
  func::FuncOp entry;
  llvm::StringMap<func::FuncOp> byShape;
  llvm::StringSet<> made;
};

void Fold::create() {
  builder.setInsertionPointToEnd(module.getBody());
  entry = func::FuncOp::create(builder, module.getLoc(), "fold",
                               builder.getFunctionType({builder.getIndexType()}, {}));
  entry->setAttr("nn.entry", builder.getUnitAttr());
  entry.addEntryBlock();
  entry.setArgAttr(0, "nn.role", builder.getStringAttr("rows"));
  builder.setInsertionPointToEnd(&entry.getBody().front());
  func::ReturnOp::create(builder, module.getLoc());
}

// The same weight in `fold`: its own result, or an argument.
Value Fold::valueOf(Value weight) {
  StringAttr role = attributeOf(weight, "nn.role"), name = attributeOf(weight, "nn.name");
  for (unsigned r = 0; r < entry.getNumResults(); ++r)
    if (role == "folded" && entry.getResultAttr(r, "nn.name") == name)
      return entry.getBody().front().getTerminator()->getOperand(r);
  for (BlockArgument argument : entry.getArguments())
    if (attributeOf(argument, "nn.role") == role && attributeOf(argument, "nn.name") == name)
      return argument;
  unsigned index = entry.getNumArguments();
  NamedAttribute names[] = {builder.getNamedAttr("nn.role", role), builder.getNamedAttr("nn.name", name)};
  if (failed(
          entry.insertArgument(index, weight.getType(), builder.getDictionaryAttr(names), weight.getLoc())))
    llvm_unreachable("an entry takes any further argument");
  return entry.getArgument(index);
}

// panels[t][k][c] = weight[k][t * tile + c]
func::FuncOp Fold::kernelFor(RankedTensorType type, const PanelLayout &layout) {
  std::string shape;
  llvm::raw_string_ostream(shape) << type << layout.tile << layout.isTransposed;
  func::FuncOp &kernel = byShape[shape];
  if (kernel)
    return kernel;
  auto panels =
      RankedTensorType::get({layout.columns / layout.tile, layout.steps, layout.tile}, type.getElementType());
  builder.setInsertionPointToEnd(module.getBody());
  kernel = func::FuncOp::create(builder, module.getLoc(), "nn.pack." + std::to_string(byShape.size()),
                                builder.getFunctionType({builder.getIndexType(), type}, {panels}));
  kernel.setPrivate();
  kernel->setAttr("nn.kernel", builder.getUnitAttr());
  kernel.addEntryBlock();
  LinalgBuilder body(kernel);
  AffineExpr step = body.dim(1), column = body.dim(0) * layout.tile + body.dim(2);
  AffineMap map = layout.isTransposed ? body.map(3, {column, step}) : body.map(3, {step, column});
  Value packed =
      body.pointwise(panels, {}, kernel.getArgument(1), map,
                     [](ImplicitLocOpBuilder &, ValueRange x) -> SmallVector<Value> { return {x[0]}; });
  func::ReturnOp::create(body.b, packed);
  kernels.push_back(kernel);
  return kernel;
}

void Fold::pack(Value weight, const PanelLayout &layout) {
  std::string name = nameOf(attributeOf(weight, "nn.name").getValue(), layout);
  if (!made.insert(name).second)
    return;
  if (!entry)
    create();
  Value own = valueOf(weight);
  func::FuncOp kernel = kernelFor(typeOf(weight), layout);
  Operation *end = entry.getBody().front().getTerminator();
  builder.setInsertionPoint(end);
  auto call = func::CallOp::create(builder, weight.getLoc(), kernel, ValueRange{entry.getArgument(0), own});
  call->setAttr("nn.places", builder.getArrayAttr({LocationAttr(UnknownLoc::get(builder.getContext()))}));
  NamedAttribute names[] = {builder.getNamedAttr("nn.role", builder.getStringAttr("folded")),
                            builder.getNamedAttr("nn.name", builder.getStringAttr(name))};
  end->insertOperands(end->getNumOperands(), call.getResults());
  if (failed(entry.insertResult(entry.getNumResults(), call.getResultTypes().front(),
                                builder.getDictionaryAttr(names))))
    llvm_unreachable("an entry takes any further result");
}

} // namespace

void nn::noteKeptWeights(ModuleOp module) {
  llvm::MapVector<StringAttr, SmallVector<func::CallOp>> calls;
  module.walk([&](func::CallOp call) { calls[call.getCalleeAttr().getAttr()].push_back(call); });
  for (auto &[name, all] : calls) {
    auto kernel = module.lookupSymbol<func::FuncOp>(name);
    if (!kernel || !kernel->hasAttr("nn.kernel"))
      continue;
    auto weights = panelArguments(kernel);
    Calls own = callsOf(kernel, weights.getArrayRef(), all);
    if (weights.empty() || own.reading.empty())
      continue;
    if (own.hasOthers) {
      kernel = kernel.clone();
      kernel.setName((name.getValue() + ".folded").str());
      module.push_back(kernel);
      for (func::CallOp call : own.reading)
        call.setCallee(kernel.getName());
    }
    for (unsigned weight : weights)
      kernel.setArgAttr(weight, weightMark, UnitAttr::get(module.getContext()));
  }
}

bool nn::isKeptWeight(func::FuncOp kernel, unsigned argument) {
  return kernel.getArgAttr(argument, weightMark) != nullptr;
}

void nn::notePanels(func::FuncOp target, unsigned argument, const PanelLayout &layout) {
  Builder b(target.getContext());
  target.setArgAttr(argument, panelsMark,
                    b.getDictionaryAttr({b.getNamedAttr("weight", b.getI64IntegerAttr(layout.weight)),
                                         b.getNamedAttr("steps", b.getI64IntegerAttr(layout.steps)),
                                         b.getNamedAttr("columns", b.getI64IntegerAttr(layout.columns)),
                                         b.getNamedAttr("tile", b.getI64IntegerAttr(layout.tile)),
                                         b.getNamedAttr("transposed", b.getBoolAttr(layout.isTransposed))}));
}

DictionaryAttr nn::panelsFor(func::CallOp call, func::FuncOp target, unsigned argument) {
  DictionaryAttr panels = panelsOf(target, argument);
  if (!panels)
    return {};
  PanelLayout layout = layoutOf(panels);
  Builder b(target.getContext());
  StringAttr weight = attributeOf(call.getOperand(layout.weight), "nn.name");
  return b.getDictionaryAttr({b.getNamedAttr("nn.role", b.getStringAttr("folded")),
                              b.getNamedAttr("nn.name", b.getStringAttr(nameOf(weight.getValue(), layout)))});
}

SmallVector<func::FuncOp> nn::packWeights(ModuleOp module, const DenseMap<StringRef, KernelUse> &uses) {
  SmallVector<std::pair<func::CallOp, func::FuncOp>> calls;
  module.walk([&](func::CallOp call) {
    if (auto use = uses.find(call.getCallee()); use != uses.end())
      calls.push_back({call, use->second.target});
  });
  Fold fold(module);
  for (auto [call, target] : calls)
    for (unsigned argument = 0; argument < target.getNumArguments(); ++argument)
      if (DictionaryAttr panels = panelsOf(target, argument)) {
        PanelLayout layout = layoutOf(panels);
        fold.pack(call.getOperand(layout.weight), layout);
      }
  return fold.kernels;
}

void nn::forgetPanels(ModuleOp module) {
  for (auto function : module.getOps<func::FuncOp>())
    for (unsigned argument = 0; argument < function.getNumArguments(); ++argument)
      function.removeArgAttr(argument, panelsMark);
}
