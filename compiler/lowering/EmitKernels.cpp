// The pass nn-emit-kernels: decides which tensors of a kernel have memory, and strings its nests together.
#include "compiler/lowering/Entries.h"
#include "compiler/lowering/Nest.h"
#include "compiler/lowering/OneRow.h"
#include "compiler/lowering/PackedWeights.h"

#include "mlir/IR/Threading.h"

namespace nn {
#define GEN_PASS_DEF_EMITKERNELSPASS
#include "compiler/lowering/Passes.h.inc"
} // namespace nn

using namespace mlir;
using namespace nn;

namespace {

class KernelEmitter {
public:
  explicit KernelEmitter(Kernel &kernel) : kernel(kernel), b(kernel.b) {}

  LogicalResult emit() {
    noteResults();
    for (Operation &op : kernel.source.getBody().front().without_terminator()) {
      if (failed(emit(&op)))
        return op.emitError("internal: no schedule for this op");
    }
    flush();
    copyRest();
    func::ReturnOp::create(b, kernel.source.getLoc());
    return success();
  }

  InPlace inPlace() { return inPlaceOperands(kernel.source, nestOf); }

private:
  Kernel &kernel;
  ImplicitLocOpBuilder &b;
  DenseMap<Value, unsigned> nestOf; // of results that one nest stores, and nothing after it
  unsigned nests = 0;
  DenseMap<Value, Value> memoryOf;  // of results of the kernel
  DenseMap<Value, Attribute> views; // of those that are written with gaps
  struct Copy {
    Value value, memory;
    Attribute view;
  };
  SmallVector<Copy> copies; // results that are other results or operands
  // Results that are returned again, into more memory.
  DenseMap<Value, SmallVector<std::pair<Value, Attribute>>> further;
  SmallVector<Value> pending; // elementwise values to be stored, of one shape
  DenseSet<Value> stored;     // already part of a nest

  Operation *terminator() { return kernel.source.getBody().front().getTerminator(); }

  static Value throughReshapes(Value tensor) {
    while (auto reshape = tensor.getDefiningOp<ReshapeOp>())
      tensor = reshape.getX();
    return tensor;
  }

  void noteResults() {
    unsigned position = kernel.source.getNumArguments();
    for (auto [place, result] : llvm::enumerate(terminator()->getOperands())) {
      Value memory = kernel.target.getArgument(position++);
      Value owner = throughReshapes(result);
      Attribute view = kernel.source.getResultAttr(place, "nn.view");
      if (owner == result && !isa<BlockArgument>(owner) && memoryOf.count(owner))
        further[owner].push_back({memory, view});
      else if (isa<BlockArgument>(owner) || !memoryOf.try_emplace(owner, memory).second)
        copies.push_back({result, memory, view});
      else if (view)
        views[owner] = view;
    }
  }

  static bool isPointwise(Operation *op) {
    auto generic = dyn_cast_or_null<linalg::GenericOp>(op);
    return generic && generic.getNumReductionLoops() == 0;
  }

  // Results, views and operands of contractions are read from memory; all else is computed where it is used.
  bool needsMemory(Value value) {
    if (memoryOf.count(value))
      return true;
    return llvm::any_of(value.getUsers(), [](Operation *user) {
      auto generic = dyn_cast<linalg::GenericOp>(user);
      return isa<ReshapeOp, ScatterAddOp, func::ReturnOp>(user) || (generic && isContraction(generic));
    });
  }

  Value memoryFor(Value value) {
    if (Value memory = memoryOf.lookup(value))
      return memory;
    Buffer shape = {{}, kernel.shapeOf(value), typeOf(value).getElementType()};
    return kernel.scratch(shape.elements(), shape.element);
  }

  Buffer bufferFor(Value value) { return bufferIn(memoryFor(value), value, views.lookup(value)); }

  Buffer bufferIn(Value memory, Value value, Attribute view) {
    Buffer buffer = {memory, kernel.shapeOf(value), typeOf(value).getElementType()};
    if (view)
      kernel.lookAt(buffer, view);
    return buffer;
  }

  // The stores of a value: its own memory first.
  void addDestinations(Value value, SmallVectorImpl<Value> &roots, SmallVectorImpl<Buffer> &destinations) {
    roots.push_back(value);
    destinations.push_back(bufferFor(value));
    for (auto [memory, view] : further.lookup(value)) {
      roots.push_back(value);
      destinations.push_back(bufferIn(memory, value, view));
    }
  }

  LogicalResult emit(Operation *op) {
    b.setLoc(op->getLoc());
    if (isa<tensor::EmptyOp, linalg::FillOp>(op))
      return success();
    if (auto dim = dyn_cast<tensor::DimOp>(op)) {
      kernel.scalars.map(dim.getResult(), kernel.lengthOf(kernel.dynamicExtentOf(dim.getSource())));
      return success();
    }
    if (auto reshape = dyn_cast<ReshapeOp>(op)) {
      flush();
      kernel.place(reshape, kernel.buffers[reshape.getX()].memory);
      return success();
    }
    if (auto scatter = dyn_cast<ScatterAddOp>(op)) {
      flush();
      Buffer destination = bufferFor(scatter);
      emitScatterAdd(kernel, scatter, destination);
      kernel.buffers[scatter] = destination;
      return success();
    }
    auto generic = dyn_cast<linalg::GenericOp>(op);
    if (!generic) {
      b.clone(*op, kernel.scalars);
      return success(isa<arith::ArithDialect>(op->getDialect()));
    }
    if (isPointwise(op)) {
      for (Value result : op->getResults())
        if (needsMemory(result) && !stored.contains(result))
          enqueue(result);
      return success();
    }
    flush();
    if (isContraction(generic))
      return emitContraction(generic);
    Buffer destination = bufferFor(op->getResult(0));
    emitReduction(kernel, generic, destination);
    kernel.buffers[op->getResult(0)] = destination;
    copyFurther(op->getResult(0));
    return success();
  }

  void copyFurther(Value value) {
    for (auto [memory, view] : further.lookup(value))
      emitPointwise(kernel, value, bufferIn(memory, value, view));
  }

  void enqueue(Value value) {
    if (!pending.empty() && typeOf(pending.front()).getShape() != typeOf(value).getShape())
      flush();
    pending.push_back(value);
  }

  void flush() {
    if (pending.empty())
      return;
    SmallVector<Value> roots;
    SmallVector<Buffer> destinations;
    for (Value value : pending)
      addDestinations(value, roots, destinations);
    emitPointwise(kernel, roots, destinations);
    noteNest(pending);
    for (auto [value, destination] : llvm::zip(roots, destinations))
      kernel.buffers.try_emplace(value, destination);
    pending.clear();
  }

  void noteNest(ArrayRef<Value> roots) {
    ++nests;
    for (Value root : roots)
      if (memoryOf.count(root) && !further.count(root))
        nestOf[root] = nests;
  }

  // Whether `value` reaches `target`; `same` becomes false where it does so at another place or reads what is
  // not there yet.
  bool reaches(Value value, Value target, bool &same) {
    if (value == target)
      return true;
    if (kernel.buffers.count(value))
      return false;
    auto generic = value.getDefiningOp<linalg::GenericOp>();
    if (!generic || generic.getNumReductionLoops()) {
      same = false;
      return false;
    }
    bool found = false;
    for (OpOperand *operand : generic.getDpsInputOperands()) {
      if (!reaches(operand->get(), target, same))
        continue;
      found = true;
      same &= generic.getMatchingIndexingMap(operand).isIdentity();
    }
    for (auto extract : generic.getBody()->getOps<tensor::ExtractOp>())
      if (reaches(extract.getTensor(), target, same)) {
        found = true;
        same = false;
      }
    return found;
  }

  bool isCovered(Value value, ArrayRef<Value> roots) {
    if (memoryOf.count(value))
      return false;
    return llvm::all_of(value.getUsers(), [&](Operation *user) {
      Operation *holder = user;
      while (holder->getBlock() != &kernel.source.getBody().front())
        holder = holder->getParentOp();
      if (!isPointwise(holder))
        return false;
      return llvm::all_of(holder->getResults(), [&](Value result) {
        return llvm::is_contained(roots, result) || (!needsMemory(result) && isCovered(result, roots));
      });
    });
  }

  LogicalResult emitContraction(linalg::GenericOp op) {
    Value product = op.getResult(0);
    SmallVector<Value> roots;
    bool throughMemory = needsResult(kernel, op);
    for (Operation *next = op->getNextNode(); next && !throughMemory; next = next->getNextNode()) {
      if (!isPointwise(next) || typeOf(next->getResult(0)).getShape() != typeOf(product).getShape())
        continue;
      bool same = true;
      if (reaches(next->getResult(0), product, same) && same)
        for (Value result : next->getResults())
          if (needsMemory(result))
            roots.push_back(result);
    }
    std::optional<Buffer> own;
    if (throughMemory || !isCovered(product, roots))
      own = bufferFor(product);
    // A product that is returned more than once is its own epilogue.
    if (own && !throughMemory && further.count(product))
      roots.insert(roots.begin(), product);
    SmallVector<Value> stores;
    SmallVector<Buffer> destinations;
    for (Value root : roots) {
      addDestinations(root, stores, destinations);
      stored.insert(root);
    }
    if (!roots.empty() && roots.front() == product)
      own.reset();
    nn::emitContraction(kernel, op, own, stores, destinations);
    noteNest(roots);
    if (own)
      kernel.buffers[product] = *own;
    if (throughMemory)
      copyFurther(product);
    for (auto [root, destination] : llvm::zip(stores, destinations))
      kernel.buffers.try_emplace(root, destination);
    return success();
  }

  void copyRest() {
    for (const Copy &copy : copies)
      emitPointwise(kernel, copy.value, bufferIn(copy.memory, copy.value, copy.view));
  }
};

// The emitted function: the row count, operands, results, then scratch.
func::FuncOp declare(func::FuncOp source, int64_t batch) {
  auto rows = [](Attribute attribute) { return attribute ? cast<IntegerAttr>(attribute).getInt() : 1; };
  auto flat = [&](Type type, Attribute factor, Attribute view) -> Type {
    auto tensor = cast<RankedTensorType>(type);
    if (auto part = dyn_cast_or_null<DictionaryAttr>(view)) {
      int64_t whole = part.getAs<IntegerAttr>("elements").getInt();
      bool dynamic = part.getAs<BoolAttr>("dynamic").getValue();
      return flatType(dynamic ? whole * batch * rows(factor) : whole, tensor.getElementType());
    }
    int64_t elements = 1;
    for (int64_t size : tensor.getShape())
      elements *= ShapedType::isDynamic(size) ? batch * rows(factor) : size;
    return flatType(elements, tensor.getElementType());
  };
  Builder builder(source.getContext());
  SmallVector<Type> types = {builder.getIndexType()};
  for (unsigned i = 1; i < source.getNumArguments(); ++i)
    types.push_back(
        flat(source.getArgumentTypes()[i], source.getArgAttr(i, "nn.rows"), source.getArgAttr(i, "nn.view")));
  for (unsigned i = 0; i < source.getNumResults(); ++i)
    types.push_back(flat(source.getResultTypes()[i], source.getResultAttr(i, "nn.rows"),
                         source.getResultAttr(i, "nn.view")));
  auto target = func::FuncOp::create(source.getLoc(), source.getName(), builder.getFunctionType(types, {}));
  target.setPrivate();
  target->setAttr("nn.kernel", builder.getUnitAttr());
  return target;
}

// For the report: what the kernel does at full batch, and what it reads and writes.
void describe(Kernel &kernel) {
  kernel.b.setInsertionPoint(kernel.target.getBody().front().getTerminator());
  int64_t macs = 0, operations = 0, bytes = 0;
  SmallVector<StringRef> schedule;
  for (const Work &work : kernel.work) {
    macs += work.macs;
    operations += work.operations;
    if (!llvm::is_contained(schedule, work.schedule))
      schedule.push_back(work.schedule);
  }
  auto note = [&](Value tensor) {
    Type element = memoryElement(typeOf(tensor).getElementType());
    Buffer shape = {{}, kernel.shapeOf(tensor), element};
    bytes += shape.elements() * element.getIntOrFloatBitWidth() / 8;
  };
  for (Value argument : kernel.source.getArguments().drop_front())
    note(argument);
  for (Value result : kernel.source.getBody().front().getTerminator()->getOperands())
    note(result);
  Builder builder(kernel.source.getContext());
  kernel.target->setAttr(
      "nn.work",
      builder.getDictionaryAttr({builder.getNamedAttr("bytes", builder.getI64IntegerAttr(bytes)),
                                 builder.getNamedAttr("macs", builder.getI64IntegerAttr(macs)),
                                 builder.getNamedAttr("operations", builder.getI64IntegerAttr(operations)),
                                 builder.getNamedAttr("schedule", builder.getStrArrayAttr(schedule))}));
}

// A version of a kernel: for any number of rows up to the batch, or for one.
struct Version {
  func::FuncOp source;
  int64_t batch;
  KernelUse use;
};

struct EmitKernels : nn::impl::EmitKernelsPassBase<EmitKernels> {
  using EmitKernelsPassBase::EmitKernelsPassBase;

  int64_t batch() { return batchOf(getOperation()); }

  LogicalResult emit(Version &version) {
    Kernel kernel(version.source, version.use.target, version.batch, vectorBits, vectorRegisters);
    KernelEmitter emitter(kernel);
    LogicalResult result = emitter.emit();
    version.use.inPlace = emitter.inPlace();
    describe(kernel);
    return result;
  }

  SmallVector<Version> versionsOf(ModuleOp module) {
    SmallVector<Version> versions;
    for (auto function : module.getOps<func::FuncOp>())
      if (function->hasAttr("nn.kernel"))
        versions.push_back({function, batch(), {declare(function, batch()), {}}});
    if (batch() > 1)
      for (func::FuncOp function : kernelsForOneRow(module))
        versions.push_back({function, 1, {declare(function, batch()), {}}});
    return versions;
  }

  void runOnOperation() override {
    ModuleOp module = getOperation();
    noteKeptWeights(module);
    SmallVector<Version> versions = versionsOf(module);
    LogicalResult emitted =
        failableParallelForEach(&getContext(), versions, [&](Version &version) { return emit(version); });
    DenseMap<StringRef, KernelUse> uses;
    for (Version &version : versions) {
      module.insert(version.source, version.use.target);
      KernelUse &use = uses[version.source.getName()];
      func::FuncOp source = version.source;
      use = use.target ? chooseByRows(use, version.use, source.getNumArguments() + source.getNumResults())
                       : version.use;
    }
    for (func::FuncOp kernel : packWeights(module, uses)) {
      Version &version = versions.emplace_back(Version{kernel, batch(), {declare(kernel, batch()), {}}});
      if (succeeded(emitted))
        emitted = emit(version);
      module.insert(kernel, version.use.target);
      uses[kernel.getName()] = version.use;
    }
    if (succeeded(emitted))
      emitted = bufferEntries(module, uses, batch());
    forgetPanels(module);
    for (Version &version : versions)
      if (version.batch == batch())
        version.source.erase();
    if (failed(emitted))
      signalPassFailure();
  }
};

} // namespace
