// Fixed offsets for all buffers of a program in one arena, and what watches the layers.
#include "compiler/dialect/Origin.h"
#include "compiler/lowering/Entries.h"
#include "compiler/lowering/Evaluator.h"
#include "runtime/abi/Program.h"

#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/StringMap.h"
#include <map>

namespace nn {
#define GEN_PASS_DEF_PLANARENAPASS
#include "compiler/lowering/Passes.h.inc"
} // namespace nn

using namespace mlir;
using namespace nn;

namespace {

constexpr int64_t alignment = 64;

int64_t byteSize(MemRefType type) { return type.getNumElements() * type.getElementTypeBitWidth() / 8; }

int64_t aligned(int64_t bytes) { return llvm::alignTo(bytes, alignment); }

// A tensor that the runtime or another entry knows by its name.
struct Named {
  std::string role, name, entry;
  Type type;
  int64_t bytes = 0, offset = 0;
};

// The order of the arena: what lasts, what comes in, what goes out.
int order(StringRef role) {
  return llvm::StringSwitch<int>(role)
      .Cases({"parameter", "state", "optimizer"}, 0)
      .Cases({"field", "ids"}, 1)
      .Cases({"seed", "step", "steps", "epoch", "epochs", "hyper"}, 2)
      .Case("folded", 3)
      .Default(4);
}

bool belongsToEntry(StringRef role) { return order(role) == 4; }

// The places in a block between which a transient buffer must not change.
struct Life {
  memref::AllocOp buffer;
  int64_t bytes, first, last, offset = 0;
};

// Largest first, each at the tightest gap between those that live at the same time.
int64_t packLives(SmallVectorImpl<Life> &lives) {
  SmallVector<Life *> bySize;
  for (Life &life : lives)
    bySize.push_back(&life);
  llvm::stable_sort(bySize, [](Life *a, Life *b) { return a->bytes > b->bytes; });
  SmallVector<Life> placed; // by offset: one look at each is all that a deep net can afford
  int64_t total = 0;
  for (Life *life : bySize) {
    int64_t best = -1, slack = INT64_MAX, end = 0;
    for (const Life &other : placed) {
      if (other.first > life->last || life->first > other.last)
        continue;
      int64_t gap = other.offset - end;
      if (gap >= life->bytes && gap - life->bytes < slack) {
        best = end;
        slack = gap - life->bytes;
      }
      end = std::max(end, other.offset + other.bytes);
    }
    life->offset = best >= 0 ? best : end;
    total = std::max(total, life->offset + life->bytes);
    placed.insert(llvm::upper_bound(placed, life->offset,
                                    [](int64_t offset, const Life &l) { return offset < l.offset; }),
                  *life);
  }
  return total;
}

// The largest sum of what lives at one time: no arena can be smaller.
int64_t largestSum(ArrayRef<Life> lives) {
  std::map<int64_t, int64_t> changes;
  for (const Life &life : lives)
    if (life.last >= life.first) {
      changes[life.first] += life.bytes;
      changes[life.last + 1] -= life.bytes;
    }
  int64_t sum = 0, largest = 0;
  for (auto [place, change] : changes)
    largest = std::max(largest, sum += change);
  return largest;
}

struct PlanArena : nn::impl::PlanArenaPassBase<PlanArena> {
  llvm::MapVector<StringAttr, Named> named;
  SmallVector<func::FuncOp> entries;
  llvm::MapVector<StringRef, int64_t> checks; // the number of each layer
  llvm::StringMap<func::FuncOp> runtime;      // its functions that are called

  StringAttr keyOf(StringRef role, StringRef name, StringRef entry) {
    return StringAttr::get(&getContext(), role + "|" + name + "|" + (belongsToEntry(role) ? entry : ""));
  }

  void note(StringRef role, StringRef name, StringRef entry, Type type, int64_t bytes) {
    Named &tensor = named[keyOf(role, name, entry)];
    tensor = {role.str(), name.str(), belongsToEntry(role) ? entry.str() : "", type,
              std::max(tensor.bytes, bytes)};
  }

  // Persistent tensors in the order of init's results, so init comes first.
  void collect() {
    for (auto function : getOperation().getOps<func::FuncOp>())
      if (function->hasAttr("nn.entry"))
        entries.push_back(function);
    llvm::stable_sort(entries, [](func::FuncOp a, func::FuncOp b) {
      return (a.getName() == "init") > (b.getName() == "init");
    });
    for (func::FuncOp entry : entries)
      for (auto buffer : entry.getOps<memref::AllocOp>())
        if (auto role = buffer->getAttrOfType<StringAttr>("nn.role")) {
          auto name = buffer->getAttrOfType<StringAttr>("nn.name");
          Type type = buffer->getAttrOfType<TypeAttr>("nn.type").getValue();
          note(role, name ? name.getValue() : role.getValue(), entry.getName(), type,
               byteSize(buffer.getType()));
        }
    noteProgram();
  }

  // What the runtime fills even if no entry reads it.
  void noteProgram() {
    Builder builder(&getContext());
    auto program = getOperation()->getAttrOfType<DictionaryAttr>("nn.program");
    if (!program)
      return;
    auto missing = [&](StringRef role, StringRef name, Type element, ArrayRef<int64_t> shape) {
      int64_t count = 1;
      for (int64_t size : shape)
        count *= ShapedType::isDynamic(size) ? batch() : size;
      if (!named.count(keyOf(role, name, "")))
        note(role, name, "", RankedTensorType::get(shape, element),
             count * element.getIntOrFloatBitWidth() / 8);
    };
    for (StringRef role : {"seed", "step", "steps", "epoch", "epochs"})
      missing(role, role, builder.getI64Type(), {});
    auto precision = program.getAs<StringAttr>("precision");
    Type real = precision && precision == "f64" ? Type(builder.getF64Type()) : Type(builder.getF32Type());
    auto each = [&](DictionaryAttr from, StringRef key, auto visit) {
      if (auto list = from.getAs<ArrayAttr>(key))
        for (Attribute item : list)
          visit(cast<DictionaryAttr>(item));
    };
    each(program, "hypers", [&](DictionaryAttr hyper) {
      auto compiled = hyper.getAs<BoolAttr>("compiled");
      if (!compiled || !compiled.getValue())
        missing("hyper", hyper.getAs<StringAttr>("name"), real, {});
    });
    each(program, "data", [&](DictionaryAttr data) {
      std::string name = data.getAs<StringAttr>("name").str();
      missing("ids", name, builder.getI64Type(), {ShapedType::kDynamic});
      each(data, "fields", [&](DictionaryAttr field) {
        SmallVector<int64_t> shape = {ShapedType::kDynamic};
        if (auto own = field.getAs<DenseI64ArrayAttr>("shape"))
          llvm::append_range(shape, own.asArrayRef());
        bool label = field.getAs<IntegerAttr>("classes").getInt() > 0;
        missing("field", name + "." + field.getAs<StringAttr>("name").str(),
                label ? Type(builder.getI32Type()) : real, shape);
      });
    });
  }

  int64_t placeNamed(int64_t &persistent) {
    SmallVector<Named *> list;
    for (auto &[key, tensor] : named)
      list.push_back(&tensor);
    llvm::stable_sort(list, [](Named *a, Named *b) { return order(a->role) < order(b->role); });
    int64_t offset = 0;
    for (Named *tensor : list) {
      tensor->offset = offset;
      offset += aligned(tensor->bytes);
      if (order(tensor->role) == 0)
        persistent = offset;
    }
    return offset;
  }

  SmallVector<Life> livesOf(func::FuncOp entry) {
    DenseMap<Operation *, int64_t> position;
    for (auto [number, op] : llvm::enumerate(entry.getBody().front()))
      position[&op] = number;
    SmallVector<Life> lives;
    for (auto buffer : entry.getOps<memref::AllocOp>()) {
      if (buffer->hasAttr("nn.role"))
        continue;
      Life life{buffer, aligned(byteSize(buffer.getType())), INT64_MAX, -1};
      // What a loop uses is in use in all its turns.
      for (Operation *user : buffer->getUsers()) {
        int64_t place = position[entry.getBody().front().findAncestorOpInBlock(*user)];
        life.first = std::min(life.first, place);
        life.last = std::max(life.last, place);
      }
      lives.push_back(life);
    }
    return lives;
  }

  static std::string layerOf(Location location) {
    std::string path;
    location->walk([&](Location inner) {
      if (auto name = dyn_cast<NameLoc>(inner))
        path = name.getName().str();
      return WalkResult::advance();
    });
    return path;
  }

  // Replaces the buffers by views of the arena.
  void rewrite(func::FuncOp entry, ArrayRef<Life> lives, int64_t transient, int64_t bytes) {
    OpBuilder builder(entry.getContext());
    auto arenaType = MemRefType::get({bytes}, builder.getI8Type());
    if (failed(entry.insertArgument(0, arenaType, {}, entry.getLoc())) ||
        failed(entry.insertArgument(2, builder.getI32Type(), {}, entry.getLoc())))
      llvm_unreachable("an entry takes any further argument");
    DenseMap<Operation *, int64_t> offsets;
    for (const Life &life : lives)
      offsets[life.buffer] = transient + life.offset;
    for (auto buffer : llvm::make_early_inc_range(entry.getOps<memref::AllocOp>())) {
      builder.setInsertionPoint(buffer);
      int64_t offset = offsets.lookup(buffer);
      if (auto role = buffer->getAttrOfType<StringAttr>("nn.role")) {
        auto name = buffer->getAttrOfType<StringAttr>("nn.name");
        offset = named[keyOf(role, name ? name.getValue() : role.getValue(), entry.getName())].offset;
      }
      buffer.replaceAllUsesWith(view(builder, entry, offset, buffer.getType()));
      buffer.erase();
    }
  }

  Value view(OpBuilder &builder, func::FuncOp entry, int64_t offset, MemRefType type) {
    Value shift = arith::ConstantIndexOp::create(builder, entry.getLoc(), offset);
    return memref::ViewOp::create(builder, entry.getLoc(), type, entry.getArgument(0), shift, ValueRange());
  }

  // Behind each kernel, where the caller asks for it: `nnrt_check(index, values, count)` on its float
  // results, so that the first that fails is where the damage began; in steps also `nnrt_mark(index, stage)`,
  // which takes the time.
  void insertWatches(func::FuncOp entry) {
    SmallVector<func::CallOp> calls;
    entry.walk([&](func::CallOp call) {
      if (!call->hasAttr("nn.types") || !call->hasAttr("nn.places"))
        return;
      calls.push_back(call);
      for (Attribute place : call->getAttrOfType<ArrayAttr>("nn.places"))
        checkOf(place);
    });
    // The last first: those of a loop all stand behind it.
    for (func::CallOp call : llvm::reverse(calls))
      check(entry, call);
    if (entry.getName().ends_with(".step"))
      for (func::CallOp call : calls)
        mark(entry, call);
  }

  // Leaves the builder inside `if (watch & bit)`.
  void guard(OpBuilder &builder, func::FuncOp entry, Location loc, int32_t bit) {
    auto number = [&](int32_t value) {
      return arith::ConstantOp::create(builder, loc, builder.getI32IntegerAttr(value));
    };
    Value asked = arith::AndIOp::create(builder, loc, entry.getArgument(2), number(bit));
    asked = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::ne, asked, number(0));
    builder.setInsertionPoint(scf::IfOp::create(builder, loc, asked, false).thenYield());
  }

  void mark(func::FuncOp entry, func::CallOp call) {
    auto layer = call->getAttrOfType<StringAttr>("nn.layer");
    OpBuilder builder(call->getContext());
    builder.setInsertionPointAfter(call);
    guard(builder, entry, call.getLoc(), NN_WATCH_TIME);
    int64_t index = layer ? indexOf(layer.getValue()) : -1;
    auto stage = int32_t(stageNamed(call->getAttr("nn.stage")));
    Value number = arith::ConstantOp::create(builder, call.getLoc(), builder.getI64IntegerAttr(index));
    Value place = arith::ConstantOp::create(builder, call.getLoc(), builder.getI32IntegerAttr(stage));
    func::CallOp::create(builder, call.getLoc(),
                         runtimeFunction("nnrt_mark", {number.getType(), place.getType()}),
                         ValueRange{number, place});
  }

  int64_t indexOf(StringRef layer) { return checks.try_emplace(layer, checks.size()).first->second; }

  // The index of the layer at a place, if it is in one.
  std::optional<int64_t> checkOf(Attribute place) {
    std::string path = layerOf(cast<LocationAttr>(place));
    if (path.empty())
      return std::nullopt;
    return indexOf(StringAttr::get(&getContext(), path).getValue());
  }

  void check(func::FuncOp entry, func::CallOp call) {
    auto places = call->getAttrOfType<ArrayAttr>("nn.places");
    if (llvm::none_of(places, [&](Attribute place) { return checkOf(place).has_value(); }))
      return;
    OpBuilder builder(call->getContext());
    // Behind the loop, when a stack is full.
    builder.setInsertionPointAfter(entry.getBody().front().findAncestorOpInBlock(*call));
    Location loc = call.getLoc();
    guard(builder, entry, loc, NN_WATCH_CHECKS);
    int64_t first = cast<IntegerAttr>(call->getAttrOfType<ArrayAttr>("nn.results")[0]).getInt();
    for (auto [r, attribute] : llvm::enumerate(call->getAttrOfType<ArrayAttr>("nn.types"))) {
      auto tensor = cast<RankedTensorType>(cast<TypeAttr>(attribute).getValue());
      auto values = call.getOperand(first + r).getDefiningOp<memref::ViewOp>();
      std::optional<int64_t> index = checkOf(places[r]);
      if (!isa<FloatType>(tensor.getElementType()) || !values || !index)
        continue;
      Value count = arith::ConstantIndexOp::create(builder, loc, values.getType().getNumElements());
      if (!tensor.hasStaticShape()) {
        Value perRow =
            arith::ConstantIndexOp::create(builder, loc, values.getType().getNumElements() / batch());
        count = arith::MulIOp::create(builder, loc, entry.getArgument(1), perRow);
      }
      auto oneType = MemRefType::get({1}, tensor.getElementType());
      Value start = memref::ViewOp::create(builder, loc, oneType, entry.getArgument(0), values.getByteShift(),
                                           ValueRange());
      Type i64 = builder.getI64Type();
      Value number = arith::ConstantOp::create(builder, loc, builder.getI64IntegerAttr(*index));
      Value count64 = arith::IndexCastOp::create(builder, loc, i64, count);
      func::CallOp::create(builder, loc, runtimeFunction("nnrt_check", {i64, oneType, i64}),
                           ValueRange{number, start, count64});
    }
  }

  int64_t batch() { return batchOf(getOperation()); }

  func::FuncOp runtimeFunction(StringRef name, TypeRange arguments) {
    func::FuncOp &function = runtime[name];
    if (!function) {
      OpBuilder builder = OpBuilder::atBlockEnd(getOperation().getBody());
      auto type = builder.getFunctionType(arguments, {});
      function = func::FuncOp::create(builder, getOperation().getLoc(), name, type);
      function.setPrivate();
    }
    return function;
  }

  void writeAttributes(int64_t bytes, int64_t persistent, int64_t least) {
    Builder b(&getContext());
    SmallVector<Attribute> tensors, paths;
    SmallVector<Named *> list;
    for (auto &[key, tensor] : named)
      list.push_back(&tensor);
    llvm::stable_sort(list, [](Named *x, Named *y) { return x->offset < y->offset; });
    for (Named *tensor : list)
      tensors.push_back(b.getDictionaryAttr({b.getNamedAttr("role", b.getStringAttr(tensor->role)),
                                             b.getNamedAttr("name", b.getStringAttr(tensor->name)),
                                             b.getNamedAttr("entry", b.getStringAttr(tensor->entry)),
                                             b.getNamedAttr("type", TypeAttr::get(tensor->type)),
                                             b.getNamedAttr("offset", b.getI64IntegerAttr(tensor->offset)),
                                             b.getNamedAttr("bytes", b.getI64IntegerAttr(tensor->bytes))}));
    for (auto [path, number] : checks)
      paths.push_back(b.getStringAttr(path));
    getOperation()->setAttr(
        "nn.arena", b.getDictionaryAttr({b.getNamedAttr("bytes", b.getI64IntegerAttr(bytes)),
                                         b.getNamedAttr("least", b.getI64IntegerAttr(least)),
                                         b.getNamedAttr("persistent", b.getI64IntegerAttr(persistent)),
                                         b.getNamedAttr("tensors", b.getArrayAttr(tensors))}));
    getOperation()->setAttr("nn.checks", b.getArrayAttr(paths));
  }

  // Kernels own no memory, and entries copy only what could not be written in place.
  LogicalResult checkKernels() {
    auto result = success();
    getOperation().walk([&](Operation *op) {
      auto function = op->getParentOfType<func::FuncOp>();
      if (isa<memref::AllocOp, memref::AllocaOp, memref::CopyOp>(op) && function->hasAttr("nn.kernel"))
        result = op->emitError("internal: a kernel must not own or copy memory");
    });
    return result;
  }

  void runOnOperation() override {
    if (failed(checkKernels()))
      return signalPassFailure();
    collect();
    int64_t persistent = 0, transient = placeNamed(persistent), bytes = transient, least = transient;
    SmallVector<SmallVector<Life>> lives;
    for (func::FuncOp entry : entries) {
      lives.push_back(livesOf(entry));
      bytes = std::max(bytes, transient + packLives(lives.back()));
      least = std::max(least, transient + largestSum(lives.back()));
    }
    for (auto [entry, own] : llvm::zip(entries, lives)) {
      rewrite(entry, own, transient, bytes);
      insertWatches(entry);
    }
    writeAttributes(bytes, persistent, least);
  }
};

} // namespace
