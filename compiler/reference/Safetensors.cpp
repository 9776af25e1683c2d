#include "compiler/reference/Safetensors.h"

#include "llvm/Support/Endian.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MathExtras.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace llvm;

namespace nn {
namespace {

constexpr uint64_t prefixBytes = 8;

Error wrong(const Twine &what) { return createStringError(inconvertibleErrorCode(), what); }

// A range of the data, for the check that ranges do not overlap.
struct Range {
  int64_t begin, end;
  bool operator<(const Range &other) const { return begin < other.begin; }
};

struct ElementType {
  StringRef name;
  int64_t bytes;
  bool isInteger;
};
constexpr ElementType elementTypes[] = {
    {"F32", 4, false}, {"F64", 8, false}, {"I32", 4, true}, {"I64", 8, true}};

template <typename Stored, typename Number> void decode(StringRef bytes, std::vector<Number> &numbers) {
  for (size_t i = 0; i < bytes.size(); i += sizeof(Stored))
    numbers[i / sizeof(Stored)] = support::endian::read<Stored, endianness::little>(bytes.data() + i);
}

Expected<Tensor> readTensor(StringRef name, const json::Object &entry, StringRef data,
                            std::vector<Range> &ranges) {
  const json::Array *shape = entry.getArray("shape"), *offsets = entry.getArray("data_offsets");
  std::optional<StringRef> dtype = entry.getString("dtype");
  if (!shape || !dtype || !offsets || offsets->size() != 2)
    return wrong("`" + name + "` lacks dtype, shape or data_offsets");
  auto *type = find_if(elementTypes, [&](const ElementType &type) { return type.name == *dtype; });
  if (type == std::end(elementTypes))
    return wrong("`" + name + "` has the unknown dtype " + *dtype);
  Shape lengths;
  int64_t bytes = type->bytes;
  for (const json::Value &length : *shape) {
    std::optional<int64_t> value = length.getAsInteger();
    if (!value || *value < 0 || MulOverflow(bytes, *value, bytes))
      return wrong("`" + name + "` has an impossible shape");
    lengths.push_back(*value);
  }
  std::optional<int64_t> begin = (*offsets)[0].getAsInteger(), end = (*offsets)[1].getAsInteger();
  if (!begin || !end || *begin < 0 || *begin > *end || *end > static_cast<int64_t>(data.size()) ||
      *end - *begin != bytes)
    return wrong("`" + name + "` lies outside the file, or its bytes do not match its shape");
  if (bytes > 0)
    ranges.push_back({*begin, *end});

  StringRef content = data.slice(*begin, *end);
  Tensor tensor = type->isInteger ? Tensor::integer(lengths) : Tensor::real(lengths);
  if (type->name == "F32")
    decode<float>(content, tensor.reals);
  else if (type->name == "F64")
    decode<double>(content, tensor.reals);
  else if (type->name == "I32")
    decode<int32_t>(content, tensor.integers);
  else
    decode<int64_t>(content, tensor.integers);
  return tensor;
}

Expected<TensorMap> readContent(StringRef file) {
  if (file.size() < prefixBytes)
    return wrong("the file is shorter than its prefix");
  uint64_t headerBytes = support::endian::read64le(file.data());
  if (headerBytes > file.size() - prefixBytes)
    return wrong("the header is longer than the file");
  Expected<json::Value> header = json::parse(file.substr(prefixBytes, headerBytes));
  if (!header)
    return header.takeError();
  json::Object *entries = header->getAsObject();
  if (!entries)
    return wrong("the header is no object");
  TensorMap tensors;
  std::vector<Range> ranges;
  for (auto &[key, value] : *entries) {
    if (key == "__metadata__")
      continue;
    json::Object *entry = value.getAsObject();
    if (!entry)
      return wrong("an entry of the header is no object");
    Expected<Tensor> tensor =
        readTensor(key.str(), *entry, file.drop_front(prefixBytes + headerBytes), ranges);
    if (!tensor)
      return tensor.takeError();
    tensors[key.str()] = std::move(*tensor);
  }
  sort(ranges);
  for (size_t i = 1; i < ranges.size(); ++i)
    if (ranges[i].begin < ranges[i - 1].end)
      return wrong("two tensors overlap");
  return tensors;
}

} // namespace

Expected<TensorMap> readSafetensors(StringRef path) {
  ErrorOr<std::unique_ptr<MemoryBuffer>> buffer =
      MemoryBuffer::getFile(path, /*IsText=*/false, /*RequiresNullTerminator=*/false);
  if (!buffer)
    return wrong(path + ": " + buffer.getError().message());
  Expected<TensorMap> tensors = readContent((*buffer)->getBuffer());
  if (!tensors)
    return wrong(path + ": " + toString(tensors.takeError()));
  return tensors;
}

Error writeSafetensors(StringRef path, const TensorMap &tensors) {
  json::Object header;
  int64_t offset = 0;
  for (const auto &[name, tensor] : tensors) {
    int64_t end = offset + 8 * tensor.size();
    json::Array shape;
    for (int64_t length : tensor.shape)
      shape.push_back(length);
    header[name] = json::Object{{"dtype", tensor.isInteger ? "I64" : "F64"},
                                {"shape", std::move(shape)},
                                {"data_offsets", json::Array{offset, end}}};
    offset = end;
  }
  std::string text = formatv("{0}", json::Value(std::move(header)));
  text.append((8 - text.size() % 8) % 8, ' '); // the data begins at a multiple of 8
  std::error_code error;
  raw_fd_ostream out(path, error);
  if (error)
    return wrong(path + ": " + error.message());
  auto write = [&](uint64_t word) {
    char bytes[8];
    support::endian::write64le(bytes, word);
    out.write(bytes, sizeof(bytes));
  };
  write(text.size());
  out << text;
  for (const auto &[name, tensor] : tensors) {
    for (int64_t value : tensor.integers)
      write(static_cast<uint64_t>(value));
    for (double value : tensor.reals)
      write(bit_cast<uint64_t>(value));
  }
  out.close();
  if (out.has_error()) {
    std::string reason = out.error().message();
    out.clear_error();
    return wrong(path + ": " + reason);
  }
  return Error::success();
}

} // namespace nn
