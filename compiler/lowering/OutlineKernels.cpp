// Fused groups and lone ops become calls of kernels, shared where their text is the same.
#include "compiler/dialect/Rows.h"
#include "compiler/lowering/Passes.h"

#include "llvm/ADT/StringMap.h"
#include "mlir/IR/IRMapping.h"

namespace nn {
#define GEN_PASS_DEF_OUTLINEKERNELSPASS
#include "compiler/lowering/Passes.h.inc"
} // namespace nn

using namespace mlir;
using namespace nn;

namespace {

bool isDynamic(Value value) {
  auto type = dyn_cast<RankedTensorType>(value.getType());
  return type && !type.hasStaticShape();
}

// The number of elements that a tensor has for each step of its dynamic axis.
int64_t staticElements(RankedTensorType type) {
  int64_t count = 1;
  for (int64_t size : type.getShape())
    if (!ShapedType::isDynamic(size))
      count *= size;
  return count;
}

// Values whose computation costs less than a buffer for them; multiples of the row count among them.
bool isRepeated(Operation *op) {
  if (auto constant = dyn_cast<ConstantOp>(op))
    return constant.getValue().isSplat();
  return isa<ExtentOp, arith::ConstantOp, arith::MulIOp>(op);
}

// The row count that a dynamic result takes from an operand of its own; null where it follows the others.
Value ownRows(Operation *op) {
  if (auto broadcast = dyn_cast<BroadcastOp>(op))
    return broadcast.getRows();
  if (auto random = dyn_cast<RandomOp>(op))
    return random.getRows();
  return {};
}

struct OutlineKernels : nn::impl::OutlineKernelsPassBase<OutlineKernels> {
  void runOnOperation() override {
    SmallVector<func::FuncOp> entries;
    for (auto function : getOperation().getOps<func::FuncOp>())
      if (function->hasAttr("nn.entry"))
        entries.push_back(function);
    for (func::FuncOp entry : entries)
      outlineEntry(entry);
  }

  // `rows` of each dynamic value: its dynamic axis is this many times the entry's row count.
  DenseMap<Value, int64_t> rows;
  llvm::StringMap<func::FuncOp> byText;

  int64_t rowsOf(Value value) { return rows.lookup(value) ? rows.lookup(value) : 1; }

  void noteRows(Operation *op) {
    for (Value result : op->getResults()) {
      if (!isDynamic(result))
        continue;
      int64_t factor = 1;
      if (Value count = ownRows(op))
        factor = factorOfCount(count);
      for (Value operand : op->getOperands())
        if (isDynamic(operand))
          factor = rowsOf(operand);
      if (auto reshape = dyn_cast<ReshapeOp>(op))
        factor = factor * staticElements(typeOf(reshape.getX())) / staticElements(typeOf(reshape));
      rows[result] = factor;
    }
  }

  void noteGroupRows(FusedOp group) {
    for (auto [argument, input] : llvm::zip(group.getBody().getArguments(), group.getInputs()))
      rows[argument] = rowsOf(input);
    for (Operation &op : group.getBody().front().without_terminator())
      noteRows(&op);
    Operation *yield = group.getBody().front().getTerminator();
    for (auto [result, value] : llvm::zip(group.getResults(), yield->getOperands()))
      rows[result] = rowsOf(value);
  }

  void outlineEntry(func::FuncOp entry) {
    returnOwnValues(entry);
    for (Operation &op : llvm::make_early_inc_range(entry.getBody().front().without_terminator())) {
      if (op.use_empty() && !isRepeated(&op)) {
        op.erase();
        continue;
      }
      if (auto group = dyn_cast<FusedOp>(op))
        noteGroupRows(group);
      else
        noteRows(&op);
      if (!isa<ReshapeOp, ConstantOp, func::CallOp>(op) && !isRepeated(&op))
        outline(entry, &op);
      else if (op.hasAttr("nn.own"))
        outline(entry, &op);
    }
    for (Operation &op : llvm::make_early_inc_range(llvm::reverse(entry.getBody().front())))
      if (isRepeated(&op) && op.use_empty())
        op.erase();
  }

  // A returned constant needs a kernel that writes it, and each result its own memory.
  void returnOwnValues(func::FuncOp entry) {
    Operation *terminator = entry.getBody().front().getTerminator();
    OpBuilder builder(terminator);
    for (OpOperand &operand : terminator->getOpOperands()) {
      Operation *producer = operand.get().getDefiningOp();
      if (!producer || !isRepeated(producer))
        continue;
      Operation *own = builder.clone(*producer);
      own->setAttr("nn.own", builder.getUnitAttr());
      operand.set(own->getResult(0));
    }
  }

  // The operands that the kernel gets; constants and extents are repeated inside.
  void outline(func::FuncOp entry, Operation *op) {
    op->removeAttr("nn.own");
    OpBuilder builder(&getContext());
    SmallVector<Value> inputs;
    SmallVector<Type> types = {builder.getIndexType()};
    Value entryRows = entry.getArgument(0);
    for (Value operand : op->getOperands()) {
      Operation *producer = operand.getDefiningOp();
      if (operand == entryRows || (producer && isRepeated(producer)) || llvm::is_contained(inputs, operand))
        continue;
      inputs.push_back(operand);
      types.push_back(operand.getType());
    }
    // What nobody reads is not made.
    SmallVector<OpResult> read =
        llvm::to_vector(llvm::make_filter_range(op->getResults(), [](OpResult r) { return !r.use_empty(); }));
    SmallVector<Type> resultTypes =
        llvm::to_vector(llvm::map_range(read, [](OpResult r) { return r.getType(); }));
    OwningOpRef<func::FuncOp> kernel =
        func::FuncOp::create(op->getLoc(), "kernel", builder.getFunctionType(types, resultTypes));
    kernel->setPrivate();
    kernel.get()->setAttr("nn.kernel", builder.getUnitAttr());
    for (auto [place, input] : llvm::enumerate(inputs))
      if (isDynamic(input))
        kernel->setArgAttr(place + 1, "nn.rows", builder.getI64IntegerAttr(rowsOf(input)));
    for (auto [place, result] : llvm::enumerate(read))
      if (isDynamic(result))
        kernel->setResultAttr(place, "nn.rows", builder.getI64IntegerAttr(rowsOf(result)));
    fill(*kernel, op, inputs, read, entryRows);
    call(entry, op, inputs, read, share(std::move(kernel)));
  }

  void repeat(Value value, IRMapping &map, OpBuilder &builder) {
    if (map.contains(value))
      return;
    Operation *producer = value.getDefiningOp();
    for (Value operand : producer->getOperands())
      repeat(operand, map, builder);
    builder.clone(*producer, map);
  }

  void fill(func::FuncOp kernel, Operation *op, ArrayRef<Value> inputs, ArrayRef<OpResult> read,
            Value entryRows) {
    Block *block = kernel.addEntryBlock();
    OpBuilder builder = OpBuilder::atBlockBegin(block);
    IRMapping map;
    map.map(entryRows, block->getArgument(0));
    for (auto [place, input] : llvm::enumerate(inputs))
      map.map(input, block->getArgument(place + 1));
    for (Value operand : op->getOperands())
      repeat(operand, map, builder);
    SmallVector<Value> results;
    if (auto group = dyn_cast<FusedOp>(op)) {
      for (auto [argument, input] : llvm::zip(group.getBody().getArguments(), group.getInputs()))
        map.map(argument, map.lookup(input));
      for (Operation &inner : group.getBody().front().without_terminator())
        builder.clone(inner, map);
      Operation *yield = group.getBody().front().getTerminator();
      for (OpResult result : read)
        results.push_back(map.lookup(yield->getOperand(result.getResultNumber())));
    } else {
      Operation *clone = builder.clone(*op, map);
      for (OpResult result : read)
        results.push_back(clone->getResult(result.getResultNumber()));
    }
    func::ReturnOp::create(builder, op->getLoc(), results);
  }

  func::FuncOp share(OwningOpRef<func::FuncOp> kernel) {
    std::string text;
    llvm::raw_string_ostream stream(text);
    kernel->print(stream, OpPrintingFlags().useLocalScope().enableDebugInfo(false));
    auto [known, fresh] = byText.try_emplace(text);
    if (fresh) {
      func::FuncOp function = kernel.release();
      function.setName("nn.kernel." + std::to_string(byText.size()));
      getOperation().push_back(function);
      known->second = function;
      ++kernels;
    }
    return known->second;
  }

  void call(func::FuncOp entry, Operation *op, ArrayRef<Value> inputs, ArrayRef<OpResult> read,
            func::FuncOp kernel) {
    OpBuilder builder(op);
    SmallVector<Value> operands = {entry.getArgument(0)};
    llvm::append_range(operands, inputs);
    auto made = func::CallOp::create(builder, op->getLoc(), kernel, operands);
    for (auto [result, fresh] : llvm::zip(read, made.getResults())) {
      OpResult old = result;
      rows[fresh] = rowsOf(old);
      old.replaceAllUsesWith(fresh);
    }
    op->erase();
    ++calls;
  }
};

} // namespace
