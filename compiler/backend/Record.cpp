// Typed look-ups; absent where the README allows it, otherwise a fault.
#include "compiler/backend/Record.h"
#include "mlir/IR/BuiltinTypes.h"

namespace nn {

void Record::complain(const llvm::Twine &sentence) const {
  if (fault->empty())
    *fault = sentence.str();
}

template <typename Attribute> Attribute Record::get(llvm::StringRef key, const char *kind) const {
  auto attribute = entries ? entries.getAs<Attribute>(key) : Attribute();
  if (!attribute)
    complain("`" + key + "` is not there, or not " + kind);
  return attribute;
}

llvm::StringRef Record::text(llvm::StringRef key) const {
  auto attribute = get<mlir::StringAttr>(key, "a string");
  return attribute ? attribute.getValue() : "";
}

int64_t Record::integer(llvm::StringRef key) const {
  auto attribute = get<mlir::IntegerAttr>(key, "an integer");
  return attribute ? attribute.getInt() : 0;
}

double Record::number(llvm::StringRef key) const {
  auto attribute = get<mlir::FloatAttr>(key, "a number");
  return attribute ? attribute.getValueAsDouble() : 0;
}

bool Record::flag(llvm::StringRef key) const {
  auto attribute = get<mlir::BoolAttr>(key, "a truth value");
  return attribute && attribute.getValue();
}

mlir::RankedTensorType Record::tensorType(llvm::StringRef key) const {
  auto attribute = get<mlir::TypeAttr>(key, "a type");
  auto type =
      attribute ? llvm::dyn_cast<mlir::RankedTensorType>(attribute.getValue()) : mlir::RankedTensorType();
  if (attribute && !type)
    complain("`" + key + "` is not the type of a tensor");
  return type;
}

llvm::ArrayRef<int64_t> Record::longs(llvm::StringRef key) const {
  auto attribute = get<mlir::DenseI64ArrayAttr>(key, "an array of integers");
  return attribute ? attribute.asArrayRef() : llvm::ArrayRef<int64_t>();
}

llvm::ArrayRef<double> Record::reals(llvm::StringRef key) const {
  if (!has(key))
    return {};
  auto attribute = get<mlir::DenseF64ArrayAttr>(key, "an array of numbers");
  return attribute ? attribute.asArrayRef() : llvm::ArrayRef<double>();
}

Record Record::record(llvm::StringRef key) const {
  return Record(get<mlir::DictionaryAttr>(key, "a dictionary"), *fault);
}

std::vector<Record> Record::records(llvm::StringRef key) const {
  std::vector<Record> result;
  if (!has(key))
    return result;
  auto list = get<mlir::ArrayAttr>(key, "a list");
  for (mlir::Attribute element : list ? list.getValue() : llvm::ArrayRef<mlir::Attribute>()) {
    auto dictionary = llvm::dyn_cast<mlir::DictionaryAttr>(element);
    if (!dictionary)
      complain("an element of `" + key + "` is not a dictionary");
    result.push_back(Record(dictionary, *fault));
  }
  return result;
}

} // namespace nn
