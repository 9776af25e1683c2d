// One line a tensor, in the order of the plan, and the sums. What the entries need in passing is not named
// there: it is the rest of the arena.
#include "compiler/pipeline/MemoryReport.h"
#include "compiler/backend/Record.h"
#include "llvm/Support/Format.h"
#include "mlir/IR/BuiltinTypes.h"

namespace nn {

namespace {

std::string shapeOf(mlir::RankedTensorType type) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  stream << type.getElementType() << '[';
  llvm::interleaveComma(type.getShape(), stream, [&](int64_t size) {
    if (mlir::ShapedType::isDynamic(size))
      stream << 'b';
    else
      stream << size;
  });
  stream << ']';
  return text;
}

void printTensor(const Record &tensor, llvm::raw_ostream &out) {
  mlir::RankedTensorType type = tensor.tensorType("type");
  std::string name = tensor.text("name").str();
  if (llvm::StringRef entry = tensor.text("entry"); !entry.empty())
    name = entry.str() + ": " + name;
  out << llvm::format("%12lld %12lld  %-10s ", static_cast<long long>(tensor.integer("offset")),
                      static_cast<long long>(tensor.integer("bytes")), tensor.text("role").str().c_str())
      << name << ' ' << (type ? shapeOf(type) : "") << '\n';
}

} // namespace

void printMemory(mlir::ModuleOp module, llvm::raw_ostream &out) {
  std::string fault;
  Record arena(module->getAttrOfType<mlir::DictionaryAttr>("nn.arena"), fault);
  int64_t total = arena.integer("bytes"), persistent = arena.integer("persistent"),
          least = arena.integer("least");
  out << "arena " << total << " bytes, of which " << persistent
      << " are parameters, state and optimizer state\n";
  out << "the largest sum of what is in use at one time is " << least << " bytes; the arena is "
      << llvm::format("%.3f", least ? double(total) / double(least) : 1.0) << " times that\n\n";
  out << "      offset        bytes  role       tensor\n";
  for (const Record &tensor : arena.records("tensors"))
    printTensor(tensor, out);
}

} // namespace nn
