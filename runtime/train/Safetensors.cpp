// The format's rules are those of its specification (huggingface/safetensors, "Format"); values are
// little-endian, as are the machines that this runs on.
#include "runtime/train/Safetensors.h"
#include "runtime/base/AtomicFile.h"
#include "runtime/base/Checked.h"
#include "runtime/base/File.h"
#include "runtime/base/Json.h"
#include "runtime/base/Text.h"

#include <algorithm>
#include <cstring>

using namespace nnrt;

namespace {

constexpr uint64_t headerLimit = uint64_t(16) << 20;

uint64_t bytesOfType(const std::string &dtype) {
  struct Type {
    const char *name;
    uint64_t bytes;
  };
  static constexpr Type types[] = {{"F64", 8}, {"I64", 8}, {"U64", 8},  {"F32", 4}, {"I32", 4},
                                   {"U32", 4}, {"F16", 2}, {"BF16", 2}, {"I16", 2}, {"U16", 2},
                                   {"I8", 1},  {"U8", 1},  {"BOOL", 1}};
  for (const Type &type : types)
    if (dtype == type.name)
      return type.bytes;
  return 0;
}

std::optional<uint64_t> asSize(const Json &value) {
  if (!value.is_number_unsigned())
    return std::nullopt;
  uint64_t size = value.get<uint64_t>();
  return size <= uint64_t(INT64_MAX) ? std::optional(size) : std::nullopt;
}

// The offsets must be those that type and shape ask for, and lie in the file.
Result<StoredTensor> parseTensor(const std::string &path, const std::string &name, const Json &entry,
                                 uint64_t dataBytes) {
  auto refuse = [&](const std::string &why) {
    return dataError("`" + path + "`: tensor `" + name + "`: " + why);
  };
  if (!entry.is_object() || entry.size() != 3)
    return refuse("expected `dtype`, `shape` and `data_offsets`");
  auto dtype = stringMember(entry, "dtype");
  auto shape = entry.find("shape"), offsets = entry.find("data_offsets");
  if (!dtype || shape == entry.end() || !shape->is_array() || offsets == entry.end() ||
      !offsets->is_array() || offsets->size() != 2)
    return refuse("expected `dtype`, `shape` and `data_offsets`");
  StoredTensor tensor{name, *dtype, {}, 0, 0};
  uint64_t elementBytes = bytesOfType(*dtype);
  if (elementBytes == 0)
    return refuse("unknown type `" + *dtype + "`");
  Checked bytes(elementBytes);
  for (const Json &axis : *shape) {
    auto size = asSize(axis);
    if (!size)
      return refuse("bad shape");
    tensor.shape.push_back(int64_t(*size));
    bytes = bytes * *size;
  }
  auto begin = asSize((*offsets)[0]), end = asSize((*offsets)[1]);
  if (!begin || !end || *begin > *end || *end > dataBytes)
    return refuse("offsets out of range");
  auto needed = bytes.atMost(dataBytes);
  if (!needed || *needed != *end - *begin)
    return refuse("offsets do not fit type and shape " + shapeText(tensor.shape));
  tensor.begin = *begin;
  tensor.end = *end;
  return tensor;
}

// In the order of the data, each tensor must begin where the one before ends.
Status checkLayout(SafetensorsHeader &header, uint64_t dataBytes) {
  std::sort(header.tensors.begin(), header.tensors.end(), [](const StoredTensor &a, const StoredTensor &b) {
    return std::tie(a.begin, a.end) < std::tie(b.begin, b.end);
  });
  uint64_t position = 0;
  for (const StoredTensor &tensor : header.tensors) {
    if (tensor.begin != position)
      return dataError("`" + header.path + "`: the data of tensor `" + tensor.name + "` " +
                       (tensor.begin < position ? "overlaps another's" : "leaves a hole before it"));
    position = tensor.end;
  }
  if (position != dataBytes)
    return dataError("`" + header.path + "`: " + std::to_string(dataBytes - position) +
                     " bytes behind the last tensor");
  return Done{};
}

uint64_t littleEndian(const uint8_t *bytes) {
  uint64_t value = 0;
  for (int i = 7; i >= 0; --i)
    value = value << 8 | bytes[i];
  return value;
}

template <class T> std::vector<double> widen(const std::vector<uint8_t> &bytes) {
  std::vector<double> values(bytes.size() / sizeof(T));
  for (size_t i = 0; i < values.size(); ++i) {
    T value;
    memcpy(&value, &bytes[i * sizeof(T)], sizeof value);
    values[i] = value;
  }
  return values;
}

// Other values, which the format does not have, are passed over.
Metadata textsOf(const Json &metadata) {
  Metadata texts;
  if (metadata.is_object())
    for (const auto &[name, value] : metadata.items())
      if (value.is_string())
        texts[name] = value.get<std::string>();
  return texts;
}

} // namespace

Result<SafetensorsHeader> nnrt::readSafetensorsHeader(const std::string &path) {
  NNRT_ASSIGN(InputFile file, InputFile::open(path));
  uint8_t prefix[8];
  if (file.size() < sizeof prefix)
    return dataError("`" + path + "` is not a safetensors file: too short");
  NNRT_TRY(file.readFully(prefix, sizeof prefix));
  uint64_t headerBytes = littleEndian(prefix), rest = file.size() - sizeof prefix;
  if (headerBytes > rest || headerBytes > headerLimit)
    return dataError("`" + path + "` is not a safetensors file: it claims a header of " +
                     std::to_string(headerBytes) + " bytes");
  std::string text(headerBytes, '\0');
  NNRT_TRY(file.readFully(text.data(), text.size()));
  NNRT_ASSIGN(Json json, parseJsonObject(text, "`" + path + "`: the header"));
  SafetensorsHeader header;
  header.path = path;
  header.dataStart = sizeof prefix + headerBytes;
  for (const auto &[name, entry] : json.items()) {
    if (name == "__metadata__") {
      header.metadata = textsOf(entry);
      continue;
    }
    NNRT_ASSIGN(StoredTensor tensor, parseTensor(path, name, entry, rest - headerBytes));
    header.tensors.push_back(std::move(tensor));
  }
  NNRT_TRY(checkLayout(header, rest - headerBytes));
  return header;
}

Result<std::vector<double>> nnrt::readTensorValues(const SafetensorsHeader &header,
                                                   const StoredTensor &tensor) {
  NNRT_ASSIGN(InputFile file, InputFile::open(header.path));
  std::vector<uint8_t> bytes(tensor.end - tensor.begin);
  NNRT_TRY(file.seek(header.dataStart + tensor.begin));
  NNRT_TRY(file.readFully(bytes.data(), bytes.size()));
  if (tensor.dtype == "F32")
    return widen<float>(bytes);
  if (tensor.dtype == "F64")
    return widen<double>(bytes);
  return dataError("`" + header.path + "`: tensor `" + tensor.name + "` has type " + tensor.dtype +
                   ", expected F32 or F64");
}

Status nnrt::writeSafetensors(const std::string &path, const std::vector<TensorToStore> &tensors,
                              const Metadata &metadata) {
  OrderedJson json = {{"__metadata__", metadata}};
  uint64_t position = 0;
  std::vector<std::string_view> parts(2);
  for (const TensorToStore &tensor : tensors) {
    uint64_t end = position + tensor.bytes.size();
    json[tensor.name] = {{"dtype", tensor.dtype}, {"shape", tensor.shape}, {"data_offsets", {position, end}}};
    position = end;
    parts.push_back(tensor.bytes);
  }
  std::string header = jsonText(json);
  header.resize((header.size() + 7) / 8 * 8, ' '); // data begins aligned
  uint8_t prefix[8];
  for (int i = 0; i < 8; ++i)
    prefix[i] = uint8_t(uint64_t(header.size()) >> (8 * i));
  parts[0] = std::string_view(reinterpret_cast<const char *>(prefix), sizeof prefix);
  parts[1] = header;
  return writeFileAtomically(path, parts);
}
