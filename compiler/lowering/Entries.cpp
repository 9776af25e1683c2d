// Entries on buffers. A result that is the new value of an argument is written over it where all readers have
// read; elsewhere it is copied at the end.
#include "compiler/lowering/Entries.h"
#include "compiler/lowering/Evaluator.h"
#include "compiler/lowering/PackedWeights.h"

#include "llvm/ADT/BitVector.h"

using namespace mlir;
using namespace nn;

namespace {

// What is read of `value`, elementwise and at the same place, by values of its shape down to `results`; false
// where it is read otherwise.
bool isReadInPlace(Value value, DenseSet<Value> &seen, SmallVectorImpl<Value> &results) {
  if (!seen.insert(value).second)
    return true;
  return llvm::all_of(value.getUses(), [&](OpOperand &use) {
    if (isa<func::ReturnOp>(use.getOwner())) {
      results.push_back(value);
      return true;
    }
    auto generic = dyn_cast<linalg::GenericOp>(use.getOwner());
    if (!generic || generic.getNumReductionLoops() || !generic.getMatchingIndexingMap(&use).isIdentity())
      return false;
    return llvm::all_of(generic.getResults(), [&](Value result) {
      return typeOf(result).getShape() == typeOf(value).getShape() && isReadInPlace(result, seen, results);
    });
  });
}

class EntryBuffers {
public:
  EntryBuffers(func::FuncOp entry, const DenseMap<StringRef, KernelUse> &uses, int64_t batch)
      : entry(entry), uses(uses), batch(batch), builder(entry.getContext()) {}

  LogicalResult rewrite() {
    sinkUpdates();
    builder.setInsertionPointToStart(&entry.getBody().front());
    allocateArguments();
    allocateResults();
    for (Operation &op : entry.getBody().front().without_terminator())
      if (failed(rewrite(&op)))
        return op.emitError("internal: not a call of a kernel");
    finish();
    return success();
  }

private:
  func::FuncOp entry;
  const DenseMap<StringRef, KernelUse> &uses;
  int64_t batch;
  OpBuilder builder;
  DenseMap<Value, Value> memory; // of each tensor
  Operation *lastAllocated = nullptr;
  SmallVector<std::pair<Value, Value>> copies; // value, memory it belongs in

  // Its result lies in the memory of its operand; slices and takes that are left are read there by kernels.
  static bool isAlias(Operation *op) { return isa<ReshapeOp, SliceOp, TakeOp>(op); }

  Operation *terminator() { return entry.getBody().front().getTerminator(); }

  static Value owner(Value value) {
    while (auto reshape = value.getDefiningOp<ReshapeOp>())
      value = reshape.getX();
    return value;
  }

  // A call whose results only leave the entry goes behind all others, so that arguments are read before.
  void sinkUpdates() {
    SmallVector<Operation *> updates;
    for (auto call : entry.getOps<func::CallOp>())
      if (llvm::all_of(call->getUsers(), [&](Operation *user) { return user == terminator(); }))
        updates.push_back(call);
    for (Operation *update : updates)
      update->moveBefore(terminator());
  }

  // At the beginning of the entry: what a loop uses lives from one turn to the next.
  Value allocate(int64_t elements, Type element, DictionaryAttr names, Type type, Location loc) {
    OpBuilder atStart = OpBuilder::atBlockBegin(&entry.getBody().front());
    if (lastAllocated)
      atStart.setInsertionPointAfter(lastAllocated);
    auto alloc = memref::AllocOp::create(atStart, loc, flatType(elements, element));
    lastAllocated = alloc;
    if (names)
      for (StringRef key : {"nn.role", "nn.name"})
        if (Attribute attribute = names.get(key))
          alloc->setAttr(key, attribute);
    if (type)
      alloc->setAttr("nn.type", TypeAttr::get(type));
    return alloc;
  }

  int64_t capacity(RankedTensorType type, int64_t rows) {
    int64_t elements = 1;
    for (int64_t size : type.getShape())
      elements *= ShapedType::isDynamic(size) ? batch * rows : size;
    return elements;
  }

  Value allocateNamed(Type type, DictionaryAttr names) {
    auto tensor = cast<RankedTensorType>(type);
    return allocate(capacity(tensor, 1), tensor.getElementType(), names, type, entry.getLoc());
  }

  void allocateArguments() {
    for (unsigned i = 1; i < entry.getNumArguments(); ++i)
      memory[entry.getArgument(i)] = allocateNamed(entry.getArgumentTypes()[i], entry.getArgAttrDict(i));
  }

  // The argument that a result is the new value of.
  Value argumentOf(unsigned result) {
    for (unsigned i = 1; i < entry.getNumArguments(); ++i)
      if (entry.getArgAttr(i, "nn.role") == entry.getResultAttr(result, "nn.role") &&
          entry.getArgAttr(i, "nn.name") == entry.getResultAttr(result, "nn.name"))
        return entry.getArgument(i);
    return {};
  }

  void allocateResults() {
    for (unsigned r = 0; r < entry.getNumResults(); ++r) {
      Value value = terminator()->getOperand(r), root = owner(value), argument = argumentOf(r);
      if (argument && root == argument)
        continue;
      Value own =
          argument ? memory[argument] : allocateNamed(entry.getResultTypes()[r], entry.getResultAttrDict(r));
      bool taken = memory.count(root) || !root.getDefiningOp<func::CallOp>();
      if (taken || (argument && !mayReplace(root, argument)))
        copies.push_back({root, own});
      else
        memory[root] = own;
    }
  }

  void collectReaders(Value value, SmallVectorImpl<OpOperand *> &readers) {
    for (OpOperand &use : value.getUses()) {
      if (isAlias(use.getOwner()))
        collectReaders(use.getOwner()->getResult(0), readers);
      else
        readers.push_back(&use);
    }
  }

  bool mayReplace(Value value, Value argument) {
    auto call = value.getDefiningOp<func::CallOp>();
    if (!call)
      return false;
    SmallVector<OpOperand *> readers;
    collectReaders(argument, readers);
    unsigned result = cast<OpResult>(value).getResultNumber();
    return llvm::all_of(readers, [&](OpOperand *reader) {
      if (reader->getOwner() == call.getOperation())
        return llvm::is_contained(uses.lookup(call.getCallee()).inPlace,
                                  std::pair(reader->getOperandNumber(), result));
      return reader->getOwner()->isBeforeInBlock(call) && reader->getOwner() != terminator();
    });
  }

  LogicalResult rewrite(Operation *op) {
    if (isa<memref::AllocOp, arith::ConstantOp>(op))
      return success();
    if (op->getParentOp() == entry)
      builder.setInsertionPoint(op);
    if (isa<ConcatOp>(op)) // its parts are there
      return success();
    if (isAlias(op)) {
      memory[op->getResult(0)] = memory.lookup(op->getOperand(0));
      return success();
    }
    if (auto scan = dyn_cast<ScanOp>(op))
      return rewriteScan(scan);
    if (auto constant = dyn_cast<ConstantOp>(op)) {
      memory[constant] = globalOf(constant);
      return success();
    }
    auto call = dyn_cast<func::CallOp>(op);
    if (!call)
      return failure();
    auto use = uses.find(call.getCallee());
    if (use == uses.end())
      return failure();
    func::FuncOp kernel = use->second.target;
    SmallVector<Value> operands = {entry.getArgument(0)};
    for (Value operand : call.getOperands().drop_front())
      operands.push_back(memory[operand]);
    for (Value result : call.getResults()) {
      Value &own = memory[result];
      if (!own) {
        auto type = cast<MemRefType>(kernel.getArgumentTypes()[operands.size()]);
        own = allocate(type.getNumElements(), type.getElementType(), {}, {}, op->getLoc());
      }
      operands.push_back(own);
    }
    while (operands.size() < kernel.getNumArguments()) {
      auto type = cast<MemRefType>(kernel.getArgumentTypes()[operands.size()]);
      DictionaryAttr panels = panelsFor(call, kernel, operands.size());
      Type tensor = panels ? RankedTensorType::get(type.getShape(), type.getElementType()) : Type();
      operands.push_back(
          allocate(type.getNumElements(), type.getElementType(), panels, tensor, op->getLoc()));
    }
    auto fresh = func::CallOp::create(builder, op->getLoc(), kernel, operands);
    // For the checks: which operands are results, of which type, and which layer makes them.
    fresh->setAttr("nn.places", call->getAttr("nn.places"));
    for (StringRef key : {"nn.layer", "nn.stage"})
      if (Attribute origin = call->getAttr(key))
        fresh->setAttr(key, origin);
    fresh->setAttr("nn.results", builder.getI64ArrayAttr({call.getNumOperands(), call.getNumResults()}));
    fresh->setAttr("nn.types", builder.getTypeArrayAttr(llvm::to_vector(call.getResultTypes())));
    return success();
  }

  // A loop over the steps. Each state has two buffers, which change places: a step reads one and writes the
  // other.
  LogicalResult rewriteScan(ScanOp scan) {
    Location loc = scan.getLoc();
    int64_t steps = scan.getSteps();
    size_t states = scan.getInits().size();
    auto factors = scan->getAttrOfType<DenseI64ArrayAttr>("nn.rows").asArrayRef();
    SmallVector<Value> first, second;
    for (auto [k, init] : llvm::enumerate(scan.getInits())) {
      auto type = typeOf(init);
      for (auto *buffers : {&first, &second})
        buffers->push_back(allocate(capacity(type, factors[k]), type.getElementType(), {}, {}, loc));
      memref::CopyOp::create(builder, loc, memory[init], first[k]);
      memory[scan.finals()[k]] = steps % 2 ? second[k] : first[k];
    }
    for (auto [k, stack] : llvm::enumerate(scan.stacks()))
      memory[stack] =
          allocate(capacity(typeOf(stack), factors[states + k]), typeOf(stack).getElementType(), {}, {}, loc);
    for (auto [value, argument] : llvm::zip(scan.getCaptures(), scan.captureArguments()))
      memory[argument] = memory.lookup(value);
    Value t = allocate(1, builder.getI64Type(), {}, {}, loc);
    memory[scan.stepArgument()] = t;

    auto number = [&](int64_t value) {
      return arith::ConstantIndexOp::create(builder, loc, value).getResult();
    };
    SmallVector<Value> carried(first);
    carried.append(second);
    auto loop = scf::ForOp::create(builder, loc, number(0), number(steps), number(1), carried);
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToStart(loop.getBody());
    Value step = loop.getInductionVar();
    if (scan.getReverse())
      step = arith::SubIOp::create(builder, loc, number(steps - 1), step);
    step = arith::IndexCastOp::create(builder, loc, builder.getI64Type(), step);
    memref::StoreOp::create(builder, loc, step, t, number(0));
    return rewriteBody(scan, loop);
  }

  LogicalResult rewriteBody(ScanOp scan, scf::ForOp loop) {
    size_t states = scan.getInits().size();
    ValueRange read = loop.getRegionIterArgs().take_front(states),
               written = loop.getRegionIterArgs().drop_front(states);
    for (auto [argument, buffer] : llvm::zip(scan.carriedArguments(), read))
      memory[argument] = buffer;
    SmallVector<std::pair<Value, Value>> moved;
    for (auto [value, buffer] : llvm::zip(scan.next().getCarried(), written)) {
      auto call = value.getDefiningOp<func::CallOp>();
      if (call && call->getBlock() == scan.block() && !memory.count(value))
        memory[value] = buffer;
      else
        moved.push_back({value, buffer});
    }
    for (auto [value, stack] : llvm::zip(scan.next().getStacked(), scan.stacks()))
      memory[value] = memory.lookup(stack);
    for (auto concat : scan.block()->getOps<ConcatOp>()) {
      auto type = typeOf(concat);
      int64_t rows = concat->getAttrOfType<IntegerAttr>("nn.rows").getInt();
      memory[concat] = allocate(capacity(type, rows), type.getElementType(), {}, {}, concat.getLoc());
      for (Value part : concat.getParts())
        memory[part] = memory.lookup(concat);
    }
    for (Operation &op : scan.block()->without_terminator())
      if (failed(rewrite(&op)))
        return op.emitError("internal: not a call of a kernel");
    for (auto [value, buffer] : moved)
      memref::CopyOp::create(builder, scan.getLoc(), memory[value], buffer);
    SmallVector<Value> swapped(written);
    llvm::append_range(swapped, read);
    if (!swapped.empty()) // else the loop was made with its end
      scf::YieldOp::create(builder, scan.getLoc(), swapped);
    return success();
  }

  Value globalOf(ConstantOp constant) {
    auto module = entry->getParentOfType<ModuleOp>();
    auto values = cast<DenseElementsAttr>(constant.getValue());
    auto flat = RankedTensorType::get({values.getNumElements()}, values.getElementType());
    auto type = flatType(values.getNumElements(), values.getElementType());
    DenseElementsAttr data = values.reshape(flat);
    if (values.getElementType().isInteger(1)) {
      SmallVector<int8_t> bytes;
      for (bool value : values.getValues<bool>())
        bytes.push_back(value);
      data = DenseElementsAttr::get(flat.clone(builder.getI8Type()), ArrayRef<int8_t>(bytes));
    }
    unsigned number =
        std::distance(module.getOps<memref::GlobalOp>().begin(), module.getOps<memref::GlobalOp>().end());
    std::string name = "nn.constant." + std::to_string(number);
    OpBuilder atModule = OpBuilder::atBlockBegin(module.getBody());
    memref::GlobalOp::create(atModule, constant.getLoc(), name, atModule.getStringAttr("private"), type, data,
                             true, atModule.getI64IntegerAttr(64));
    return memref::GetGlobalOp::create(builder, constant.getLoc(), type, name);
  }

  void finish() {
    builder.setInsertionPoint(terminator());
    for (auto [value, own] : copies)
      memref::CopyOp::create(builder, entry.getLoc(), memory[value], own);
    func::ReturnOp::create(builder, entry.getLoc());
    terminator()->erase();
    for (Operation &op : llvm::make_early_inc_range(llvm::reverse(entry.getBody().front())))
      if (isa<ReshapeOp, SliceOp, TakeOp, ConcatOp, ConstantOp, ExtentOp, ScanOp>(op) ||
          (isa<func::CallOp>(op) && op.getNumResults()))
        op.erase();
    // All at once: each type that a function ever had is kept, and with one more or less of thousands of
    // arguments that is quadratic.
    llvm::BitVector results(entry.getNumResults(), true), arguments(entry.getNumArguments(), true);
    arguments.reset(0);
    if (failed(entry.eraseResults(results)) || failed(entry.eraseArguments(arguments)))
      llvm_unreachable("entries have plain types, and no use of a tensor is left");
  }
};

} // namespace

int64_t nn::batchOf(ModuleOp module) {
  auto program = module->getAttrOfType<DictionaryAttr>("nn.program");
  auto rows = program ? program.getAs<IntegerAttr>("batch") : IntegerAttr();
  return rows ? rows.getInt() : 64; // a module written for a test
}

// All that reads an operand must be stored by one nest, which may then store any of its results there.
InPlace nn::inPlaceOperands(func::FuncOp kernel, const DenseMap<Value, unsigned> &nestOf) {
  InPlace pairs;
  Operation *end = kernel.getBody().front().getTerminator();
  for (BlockArgument argument : kernel.getArguments().drop_front()) {
    // Values behind tensor.extract are read elsewhere.
    if (kernel.getArgAttr(argument.getArgNumber(), "nn.view") ||
        llvm::any_of(argument.getUsers(), [](Operation *user) { return isa<tensor::ExtractOp>(user); }))
      continue;
    DenseSet<Value> seen;
    SmallVector<Value> readers;
    if (!isReadInPlace(argument, seen, readers) || readers.empty() || !nestOf.count(readers.front()))
      continue;
    unsigned nest = nestOf.lookup(readers.front());
    auto isStoredThere = [&](Value result) { return nestOf.count(result) && nestOf.lookup(result) == nest; };
    if (!llvm::all_of(readers, isStoredThere))
      continue;
    for (OpOperand &result : end->getOpOperands())
      if (result.get().getType() == argument.getType() && isStoredThere(result.get()) &&
          !kernel.getResultAttr(result.getOperandNumber(), "nn.view"))
        pairs.push_back({argument.getArgNumber(), result.getOperandNumber()});
  }
  return pairs;
}

LogicalResult nn::bufferEntries(ModuleOp module, const DenseMap<StringRef, KernelUse> &uses, int64_t batch) {
  for (auto entry : llvm::make_early_inc_range(module.getOps<func::FuncOp>()))
    if (entry->hasAttr("nn.entry") && failed(EntryBuffers(entry, uses, batch).rewrite()))
      return failure();
  return success();
}
