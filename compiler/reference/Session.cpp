#include "compiler/reference/Session.h"

#include <numeric>

using namespace mlir;

namespace nn {
namespace {

StringRef text(Attribute attribute) {
  auto string = dyn_cast_or_null<StringAttr>(attribute);
  return string ? string.getValue() : StringRef();
}

// Rows [begin, begin + count) of a batch tensor.
Tensor rowsOf(const Tensor &all, int64_t begin, int64_t count) {
  Shape shape = all.shape;
  shape[0] = count;
  Tensor part = Tensor::zeros(shape, all);
  int64_t rowSize = elements(ArrayRef(shape).drop_front());
  for (int64_t i = 0; i < part.size(); ++i)
    part.take(i, all, begin * rowSize + i);
  return part;
}

// The rows of one call, where the tensor has them.
FailureOr<Tensor> batchRows(func::FuncOp entry, StringRef name, const Tensor &all, int64_t begin,
                            int64_t count) {
  if (all.shape.empty() || all.shape[0] < begin + count)
    return entry.emitError("`") << name << "` has too few rows";
  return rowsOf(all, begin, count);
}

Tensor recordIds(int64_t begin, int64_t count) {
  Tensor ids = Tensor::integer({count});
  std::iota(ids.integers.begin(), ids.integers.end(), begin);
  return ids;
}

FailureOr<Tensor> argumentOfCall(func::FuncOp entry, unsigned index, const SessionOptions &options,
                                 int64_t call, const TensorMap &memory) {
  StringRef role = text(entry.getArgAttr(index, "nn.role")), name = text(entry.getArgAttr(index, "nn.name"));
  auto found = memory.find(name.str());
  if (role == "step")
    return Tensor::integer({}, call + (found == memory.end() ? 1 : found->second.integers[0]));
  if (found != memory.end()) {
    if (role == "field" || role == "ids")
      return batchRows(entry, name, found->second, call * options.rows, options.rows);
    return found->second;
  }
  if (role == "ids")
    return recordIds(call * options.rows, options.rows);
  if (role == "steps" || role == "epoch" || role == "epochs")
    return Tensor::integer({}, 1);
  if (role == "seed")
    return Tensor::integer({}, 0);
  return entry.emitError("no tensor for the argument `") << name << "`";
}

} // namespace

std::string resultName(func::FuncOp entry, unsigned index) {
  StringRef name = text(entry.getResultAttr(index, "nn.name"));
  return name.empty() ? std::to_string(index) : name.str();
}

FailureOr<std::vector<TensorMap>> runEntry(func::FuncOp entry, const SessionOptions &options,
                                           TensorMap &memory) {
  std::vector<TensorMap> calls;
  for (int64_t call = 0; call < options.steps; ++call) {
    std::vector<Tensor> arguments;
    for (unsigned index = 0; index < entry.getNumArguments(); ++index) {
      if (index == 0 && entry.getArgument(0).getType().isIndex())
        continue;
      FailureOr<Tensor> argument = argumentOfCall(entry, index, options, call, memory);
      if (failed(argument))
        return failure();
      arguments.push_back(std::move(*argument));
    }
    FailureOr<std::vector<Tensor>> results = interpret(entry, options.rows, arguments);
    if (failed(results))
      return failure();
    TensorMap &reported = calls.emplace_back();
    for (auto [index, tensor] : llvm::enumerate(*results)) {
      StringRef role = text(entry.getResultAttr(index, "nn.role"));
      TensorMap &target =
          llvm::is_contained({"parameter", "state", "optimizer", "folded"}, role) ? memory : reported;
      target[resultName(entry, index)] = std::move(tensor);
    }
  }
  return calls;
}

} // namespace nn
