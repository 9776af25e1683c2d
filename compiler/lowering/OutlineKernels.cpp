// Fused groups and lone ops become calls of kernels, shared where their text is the same.
#include "compiler/dialect/Origin.h"
#include "compiler/dialect/Rows.h"
#include "compiler/dialect/Shapes.h"
#include "compiler/lowering/Views.h"

#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/StringMap.h"
#include "mlir/IR/IRMapping.h"

namespace nn {
#define GEN_PASS_DEF_OUTLINEKERNELSPASS
#include "compiler/lowering/Passes.h.inc"
} // namespace nn

using namespace mlir;
using namespace nn;

namespace {

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

  // What no kernel reads, but a scan or a take, is copied out of its stack by one.
  void copyTaken(TakeOp take) {
    OpBuilder builder(take);
    builder.setInsertionPointAfter(take);
    auto copy = CastOp::create(builder, take.getLoc(), take.getType(), take);
    take.getResult().replaceAllUsesExcept(copy, copy);
  }

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
    Block &block = entry.getBody().front();
    returnOwnValues(block.getTerminator()->getOpOperands());
    outlineBlock(block, entry.getArgument(0));
  }

  void outlineBlock(Block &block, Value blockRows) {
    if (isa<ScanOp>(block.getParentOp()))
      for (auto concat : block.getOps<ConcatOp>())
        if (isMadeOfParts(concat))
          concat->setAttr("nn.view", UnitAttr::get(&getContext()));
    for (Operation *next = &block.front(); next != block.getTerminator();) {
      Operation &op = *next;
      if (auto take = dyn_cast<TakeOp>(op); take && !take->use_empty() && !isView(take))
        copyTaken(take);
      next = op.getNextNode();
      if (op.use_empty() && !isRepeated(&op)) {
        op.erase();
        continue;
      }
      if (auto scan = dyn_cast<ScanOp>(op)) {
        outlineScan(scan, blockRows);
        continue;
      }
      if (auto group = dyn_cast<FusedOp>(op))
        noteGroupRows(group);
      else
        noteRows(&op);
      if (isa<ConcatOp>(op) && op.hasAttr("nn.view")) {
        op.setAttr("nn.rows", Builder(&getContext()).getI64IntegerAttr(rowsOf(op.getResult(0))));
        continue;
      }
      if (isView(&op)) {
        op.setAttr("nn.view", UnitAttr::get(&getContext()));
        continue;
      }
      if (!isa<ReshapeOp, ConstantOp, func::CallOp>(op) && !isRepeated(&op))
        outline(blockRows, &op);
      else if (op.hasAttr("nn.own"))
        outline(blockRows, &op);
    }
    for (Operation &op : llvm::make_early_inc_range(llvm::reverse(block)))
      if (isRepeated(&op) && op.use_empty())
        op.erase();
  }

  // Its body is a list of calls too. `nn.rows` of the op says how many rows of each result stand for one of
  // the call.
  void outlineScan(ScanOp scan, Value blockRows) {
    if (!scan.getRows()) { // kernels want it
      scan.block()->insertArgument(0u, blockRows.getType(), scan.getLoc());
      scan.getRowsMutable().assign(blockRows);
    }
    // What is elsewhere repeated in kernels needs memory here.
    for (OpOperand &operand : scan->getOpOperands()) {
      Operation *producer = operand.get().getDefiningOp();
      if (!producer || !isRepeated(producer) || !isa<RankedTensorType>(operand.get().getType()))
        continue;
      Operation *own = OpBuilder(scan).clone(*producer);
      operand.set(own->getResult(0));
      outline(blockRows, own);
    }
    for (BlockArgument argument : scan.block()->getArguments())
      if (isDynamic(argument))
        rows[argument] = rowsOf(scan.outside(argument));
    NextOp next = scan.next();
    returnOwnValues(next->getOpOperands());
    stackOwnValues(next);
    outlineBlock(*scan.block(), scan.bodyRows());
    SmallVector<int64_t> factors;
    for (Value init : scan.getInits())
      factors.push_back(rowsOf(init));
    for (Value value : scan.next().getStacked())
      factors.push_back(rowsOf(value));
    for (auto [result, factor] : llvm::zip(scan.getResults(), factors))
      rows[result] = factor;
    scan->setAttr("nn.rows", Builder(&getContext()).getDenseI64ArrayAttr(factors));
  }

  // What no kernel of the body makes, or what could not be written with gaps, is copied to its place in the
  // stack.
  void stackOwnValues(NextOp next) {
    OpBuilder builder(next);
    for (OpOperand &operand : next.getStackedMutable()) {
      Operation *producer = operand.get().getDefiningOp();
      if (producer && canWriteViews(producer) && !isa<ConcatOp>(producer))
        continue;
      operand.set(CastOp::create(builder, next.getLoc(), operand.get().getType(), operand.get()));
    }
  }

  // A returned constant needs a kernel that writes it, and each result its own memory.
  void returnOwnValues(MutableArrayRef<OpOperand> operands) {
    for (OpOperand &operand : operands) {
      Operation *producer = operand.get().getDefiningOp();
      if (!producer || !isRepeated(producer))
        continue;
      OpBuilder builder(operand.getOwner());
      Operation *own = builder.clone(*producer);
      own->setAttr("nn.own", builder.getUnitAttr());
      operand.set(own->getResult(0));
    }
  }

  // One result of a kernel: a value of the op, in memory of its own or, if it is stacked, at t of the stack.
  struct Written {
    OpResult value;
    OpOperand *stacked = nullptr;
  };

  // What nobody reads is not made.
  SmallVector<Written> writtenOf(Operation *op) {
    SmallVector<Written> written;
    for (OpResult result : op->getResults()) {
      auto isStacked = [](OpOperand &use) {
        auto next = dyn_cast<NextOp>(use.getOwner());
        return next && use.getOperandNumber() >= next.getCarried().size();
      };
      if (!llvm::all_of(result.getUses(), isStacked))
        written.push_back({result});
      for (OpOperand &use : result.getUses())
        if (isStacked(use))
          written.push_back({result, &use});
    }
    return written;
  }

  // Every draw of a program has a purpose of its own. Kernels read it from memory, so that layers that
  // initialize or drop out alike share their code.
  using Purposes = llvm::SmallSetVector<int32_t, 2>;

  static Purposes purposesOf(Operation *op) {
    Purposes purposes;
    op->walk([&](RandomOp random) { purposes.insert(random.getPurpose()); });
    return purposes;
  }

  Value constantBefore(Operation *op, int32_t purpose) {
    OpBuilder builder(op);
    auto type = RankedTensorType::get({}, builder.getI64Type());
    return ConstantOp::create(builder, op->getLoc(), type, DenseElementsAttr::get(type, int64_t(purpose)));
  }

  // `nn.purpose` of a draw is the number of the argument that takes the place of its own.
  void readPurposes(func::FuncOp kernel, const Purposes &purposes, size_t first) {
    Builder builder(&getContext());
    kernel.walk([&](RandomOp random) {
      size_t place = llvm::find(purposes, random.getPurpose()) - purposes.begin();
      random->setAttr("nn.purpose", builder.getI64IntegerAttr(first + place));
      random.setPurpose(0);
    });
  }

  // The operands that the kernel gets; constants and extents are repeated inside.
  void outline(Value blockRows, Operation *op) {
    op->removeAttr("nn.own");
    OpBuilder builder(&getContext());
    SmallVector<Value> inputs;
    for (Value operand : op->getOperands()) {
      Operation *producer = operand.getDefiningOp();
      if (operand == blockRows || (producer && isRepeated(producer)) || llvm::is_contained(inputs, operand))
        continue;
      inputs.push_back(operand);
    }
    Purposes purposes = purposesOf(op);
    size_t firstPurpose = inputs.size() + 1;
    for (int32_t purpose : purposes)
      inputs.push_back(constantBefore(op, purpose));
    SmallVector<Written> written = writtenOf(op);
    auto placeOf = [&](Value at) -> int64_t {
      auto *known = llvm::find(inputs, at);
      if (known == inputs.end())
        inputs.push_back(at);
      return llvm::find(inputs, at) - inputs.begin() + 1;
    };
    SmallVector<Attribute> inputViews, resultViews;
    for (size_t place = 0, count = inputs.size(); place < count; ++place) {
      std::optional<View> view = viewOf(inputs[place]);
      inputViews.push_back(view ? attributeOf(*view, view->at ? placeOf(view->at) : 0, &getContext())
                                : Attribute());
    }
    inputViews.resize(inputs.size());
    for (const Written &one : written) {
      auto scan = one.stacked ? dyn_cast<ScanOp>(op->getParentOp()) : nullptr;
      auto concat = dyn_cast<ConcatOp>(*one.value.user_begin());
      if (concat && concat->hasAttr("nn.view")) {
        resultViews.push_back(attributeOf(partView(concat, *one.value.use_begin()), 0, &getContext()));
        continue;
      }
      resultViews.push_back(
          scan ? attributeOf(stackView(scan, one.value), placeOf(scan.stepArgument()), &getContext())
               : Attribute());
    }
    inputViews.resize(inputs.size());

    SmallVector<Type> types = {builder.getIndexType()}, resultTypes;
    llvm::append_range(types, ValueRange(inputs).getTypes());
    for (const Written &one : written)
      resultTypes.push_back(one.value.getType());
    OwningOpRef<func::FuncOp> kernel =
        func::FuncOp::create(op->getLoc(), "kernel", builder.getFunctionType(types, resultTypes));
    kernel->setPrivate();
    kernel.get()->setAttr("nn.kernel", builder.getUnitAttr());
    for (auto [place, input] : llvm::enumerate(inputs)) {
      if (isDynamic(input))
        kernel->setArgAttr(place + 1, "nn.rows", builder.getI64IntegerAttr(rowsOf(input)));
      if (inputViews[place])
        kernel->setArgAttr(place + 1, "nn.view", inputViews[place]);
    }
    for (auto [place, one] : llvm::enumerate(written)) {
      if (isDynamic(one.value))
        kernel->setResultAttr(place, "nn.rows", builder.getI64IntegerAttr(rowsOf(one.value)));
      if (resultViews[place])
        kernel->setResultAttr(place, "nn.view", resultViews[place]);
    }
    fill(*kernel, op, inputs, written, blockRows);
    readPurposes(*kernel, purposes, firstPurpose);
    call(blockRows, op, inputs, written, share(std::move(kernel)));
  }

  void repeat(Value value, IRMapping &map, OpBuilder &builder) {
    if (map.contains(value))
      return;
    Operation *producer = value.getDefiningOp();
    for (Value operand : producer->getOperands())
      repeat(operand, map, builder);
    builder.clone(*producer, map);
  }

  void fill(func::FuncOp kernel, Operation *op, ArrayRef<Value> inputs, ArrayRef<Written> written,
            Value blockRows) {
    Block *block = kernel.addEntryBlock();
    OpBuilder builder = OpBuilder::atBlockBegin(block);
    IRMapping map;
    map.map(blockRows, block->getArgument(0));
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
      for (const Written &one : written)
        results.push_back(map.lookup(yield->getOperand(one.value.getResultNumber())));
    } else {
      Operation *clone = builder.clone(*op, map);
      for (const Written &one : written)
        results.push_back(clone->getResult(one.value.getResultNumber()));
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

  // Where the program makes a value; a group holds ops of several layers.
  static LocationAttr placeOf(OpResult value) {
    auto group = dyn_cast<FusedOp>(value.getOwner());
    if (!group)
      return value.getLoc();
    return group.getBody().front().getTerminator()->getOperand(value.getResultNumber()).getLoc();
  }

  // How much an op says of where the time of its kernel belongs.
  static int weightOf(Operation *op, const Origin &origin) {
    if (isa<MatMulOp, ConvOp, ConvInputGradOp, ConvFilterGradOp>(op))
      return 5;
    if (origin.stage == Stage::Optimizer)
      return origin.layer ? 3 : 1;
    return origin.layer ? 4 : 2;
  }

  // The layer and stage that a kernel's time belongs to: those of its contraction, else those of the last of
  // its ops that is in a layer; an update of parameters decides only where it is alone.
  static Origin originOf(Operation *op) {
    Origin origin;
    int heaviest = 0;
    op->walk([&](Operation *inner) {
      if (isa<FusedOp, YieldOp>(inner) || (inner != op && isRepeated(inner)))
        return;
      Origin own = nn::originOf(inner->getLoc());
      int weight = weightOf(inner, own);
      if (weight < heaviest || heaviest == 5)
        return;
      heaviest = weight;
      origin = own;
    });
    return origin;
  }

  void call(Value blockRows, Operation *op, ArrayRef<Value> inputs, ArrayRef<Written> written,
            func::FuncOp kernel) {
    OpBuilder builder(op);
    SmallVector<Value> operands = {blockRows};
    llvm::append_range(operands, inputs);
    auto made = func::CallOp::create(builder, op->getLoc(), kernel, operands);
    SmallVector<Attribute> places;
    for (const Written &one : written)
      places.push_back(placeOf(one.value));
    made->setAttr("nn.places", builder.getArrayAttr(places));
    Origin origin = originOf(op);
    if (origin.layer)
      made->setAttr("nn.layer", origin.layer);
    if (origin.stage != Stage::Forward)
      made->setAttr("nn.stage", builder.getStringAttr(nameOf(origin.stage)));
    for (auto [one, fresh] : llvm::zip(written, made.getResults())) {
      rows[fresh] = rowsOf(one.value);
      if (one.stacked)
        one.stacked->set(fresh);
    }
    for (auto [one, fresh] : llvm::zip(written, made.getResults())) {
      OpResult old = one.value;
      if (!one.stacked)
        old.replaceAllUsesWith(fresh);
    }
    op->erase();
    ++calls;
  }
};

} // namespace
