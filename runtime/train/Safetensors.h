// The safetensors format: the header's length (8 bytes, little-endian), a JSON header of names, types, shapes
// and offsets, the data. Reading trusts nothing: the header must describe the whole file, without holes or
// overlaps.
#ifndef NN_RUNTIME_TRAIN_SAFETENSORS_H
#define NN_RUNTIME_TRAIN_SAFETENSORS_H

#include "runtime/base/Result.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace nnrt {

struct StoredTensor {
  std::string name;
  std::string dtype; // F32, F64, I64, ...
  std::vector<int64_t> shape;
  uint64_t begin = 0, end = 0; // in the data part
};

// Texts by their names.
using Metadata = std::map<std::string, std::string>;

struct SafetensorsHeader {
  std::string path;
  Metadata metadata;
  uint64_t dataStart = 0;
  std::vector<StoredTensor> tensors; // in the order of their data
};

Result<SafetensorsHeader> readSafetensorsHeader(const std::string &path);
// The values of an F32 or F64 tensor.
Result<std::vector<double>> readTensorValues(const SafetensorsHeader &header, const StoredTensor &tensor);

struct TensorToStore {
  std::string name;
  std::string dtype;
  std::vector<int64_t> shape;
  std::string_view bytes;
};
Status writeSafetensors(const std::string &path, const std::vector<TensorToStore> &tensors,
                        const Metadata &metadata);

} // namespace nnrt

#endif
