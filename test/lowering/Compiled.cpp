#include "test/lowering/Compiled.h"
#include "compiler/autodiff/Pipeline.h"
#include "compiler/backend/Descriptor.h"
#include "compiler/backend/Emit.h"
#include "compiler/backend/Optimize.h"
#include "compiler/backend/Translate.h"
#include "compiler/lowering/Pipeline.h"
#include "compiler/transforms/Pipeline.h"
#include "llvm/IR/Constants.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace mlir;

namespace nn::test {
namespace {

constexpr uint8_t garbage = 0xAB; // nothing may rely on fresh memory

// Backwards: chunks must not depend on each other.
void parallelFor(void (*body)(void *, int64_t), void *context, int64_t chunks) {
  for (int64_t i = chunks; i-- > 0;)
    body(context, i);
}
void check(int64_t, const void *, int64_t) {}

LogicalResult lower(ModuleOp module, const TargetShape &target) {
  PassManager manager = PassManager::on<ModuleOp>(module.getContext());
  manager.enableVerifier(true);
  buildAutodiffPhase(manager);
  buildTransformsPhase(manager);
  buildLinalgPhase(manager);
  buildVectorPhase(manager, target);
  buildMemrefPhase(manager, target);
  buildLlvmPhase(manager, target);
  return manager.run(module);
}

template <typename T> void write(uint8_t *to, const Tensor &from) {
  T *place = reinterpret_cast<T *>(to);
  for (int64_t i = 0; i < from.size(); ++i)
    place[i] = from.isInteger ? T(from.integers[i]) : T(from.reals[i]);
}

template <typename T> void read(Tensor &to, const uint8_t *from) {
  const T *place = reinterpret_cast<const T *>(from);
  for (int64_t i = 0; i < to.size(); ++i) {
    if (to.isInteger)
      to.integers[i] = int64_t(place[i]);
    else
      to.reals[i] = double(place[i]);
  }
}

// Runs `visit` with a value of the C++ type that an element has in memory.
template <typename Visit> void withElement(Type element, Visit visit) {
  if (element.isF32())
    visit(float());
  else if (element.isF64())
    visit(double());
  else if (element.isInteger(1))
    visit(uint8_t());
  else if (element.isInteger(32))
    visit(int32_t());
  else
    visit(int64_t());
}

} // namespace

std::unique_ptr<Compiled> Compiled::make(ModuleOp module, const Target &target) {
  std::unique_ptr<Compiled> compiled(new Compiled());
  if (failed(lower(module, target.shape)))
    return nullptr;
  compiled->readArena(module);
  return compiled->generate(module, target) ? std::move(compiled) : nullptr;
}

void Compiled::readArena(ModuleOp module) {
  auto plan = module->getAttrOfType<DictionaryAttr>("nn.arena");
  constexpr size_t alignment = 64;
  memory.assign(plan.getAs<IntegerAttr>("bytes").getInt() + alignment, garbage);
  arena = reinterpret_cast<uint8_t *>(llvm::alignAddr(memory.data(), llvm::Align(alignment)));
  for (Attribute each : plan.getAs<ArrayAttr>("tensors")) {
    auto tensor = cast<DictionaryAttr>(each);
    places[tensor.getAs<StringAttr>("name").str()] = {
        cast<RankedTensorType>(tensor.getAs<TypeAttr>("type").getValue()),
        tensor.getAs<IntegerAttr>("offset").getInt()};
  }
}

bool Compiled::generate(ModuleOp module, const Target &target) {
  llvm::LLVMContext context;
  std::unique_ptr<llvm::Module> code = translate(module, context, target);
  llvm::Function *function = code ? code->getFunction("t") : nullptr;
  if (!function)
    return false;
  // The one symbol that the optimizer keeps. Values of weights only are made by the entry `fold`, where there
  // are any.
  llvm::Constant *fold = code->getFunction("fold");
  if (!fold)
    fold = llvm::ConstantPointerNull::get(function->getType());
  auto *entriesType = llvm::ArrayType::get(function->getType(), 2);
  new llvm::GlobalVariable(*code, entriesType, true, llvm::GlobalValue::ExternalLinkage,
                           llvm::ConstantArray::get(entriesType, {function, fold}), descriptorSymbol);
  optimize(*code, target);
  std::string object = emitCode(*code, target, CodeKind::Object);

  auto made = llvm::orc::LLJITBuilder().create();
  if (!made)
    return llvm::consumeError(made.takeError()), false;
  jit = std::move(*made);
  llvm::orc::SymbolMap symbols;
  auto define = [&](llvm::StringRef name, auto *address) {
    symbols[jit->mangleAndIntern(name)] = {llvm::orc::ExecutorAddr::fromPtr(address),
                                           llvm::JITSymbolFlags::Exported};
  };
  define("nnrt_parallel_for", &parallelFor);
  define("nnrt_check", &check);
  auto toError = [](llvm::Error error) {
    bool isError = bool(error);
    llvm::logAllUnhandledErrors(std::move(error), llvm::errs());
    return isError;
  };
  if (toError(jit->getMainJITDylib().define(llvm::orc::absoluteSymbols(std::move(symbols)))) ||
      toError(jit->addObjectFile(llvm::MemoryBuffer::getMemBufferCopy(object))))
    return false;
  auto symbol = jit->lookup(descriptorSymbol);
  if (!symbol)
    return toError(symbol.takeError()), false;
  std::copy_n(symbol->toPtr<Entry *>(), 2, entries);
  return true;
}

void Compiled::set(llvm::StringRef name, const Tensor &value) {
  auto found = places.find(name.str());
  if (found == places.end())
    return; // nobody reads it
  const Place &place = found->second;
  withElement(place.type.getElementType(),
              [&](auto element) { write<decltype(element)>(arena + place.offset, value); });
}

Tensor Compiled::get(llvm::StringRef name, int64_t rows) const {
  const Place &place = places.at(name.str());
  Shape shape(place.type.getShape());
  std::replace(shape.begin(), shape.end(), ShapedType::kDynamic, rows);
  bool isReal = isa<FloatType>(place.type.getElementType());
  Tensor value = isReal ? Tensor::real(shape) : Tensor::integer(shape);
  withElement(place.type.getElementType(),
              [&](auto element) { read<decltype(element)>(value, arena + place.offset); });
  return value;
}

void Compiled::call(int64_t rows) {
  auto [entry, fold] = entries;
  if (fold)
    fold(arena, rows, 0);
  entry(arena, rows, 0);
}

} // namespace nn::test
