// Everything is read into memory of its own first; only when all of it fits is it put in place.
#include "runtime/train/Weights.h"
#include "runtime/base/Text.h"
#include "runtime/train/Safetensors.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <functional>
#include <map>
#include <set>

using namespace nnrt;

namespace {

const std::string preprocessingPrefix = "data.";

std::string_view bytesAt(const void *from, size_t count) { return {static_cast<const char *>(from), count}; }

// Parameters, then state.
std::vector<const nn_tensor *> storedTensors(const nn_program &program) {
  std::vector<const nn_tensor *> tensors;
  for (uint32_t i = 0; i < program.parameter_count; ++i)
    tensors.push_back(&program.parameters[i]);
  for (uint32_t i = 0; i < program.state_count; ++i)
    tensors.push_back(&program.states[i]);
  return tensors;
}

// One tensor that the file must have, and where its values go.
struct Slot {
  std::vector<int64_t> shape;
  std::function<void(const std::vector<double> &)> put;
  bool isDivisor = false;
  bool mustBeFinite = false;
  bool hasAnyLength = false; // of its one axis
};
using Slots = std::map<std::string, Slot>;

void putValues(Arena &arena, const nn_tensor &tensor, const std::vector<double> &values) {
  uint8_t *to = arena.at(tensor);
  for (double value : values) {
    if (tensor.dtype == NN_F32) {
      float narrow = float(value);
      memcpy(to, &narrow, sizeof narrow);
    } else {
      memcpy(to, &value, sizeof value);
    }
    to += bytesOf(tensor.dtype);
  }
}

Slots requiredSlots(const nn_program &program, Arena &arena, Preprocessing *preprocessing) {
  Slots slots;
  for (const nn_tensor *tensor : storedTensors(program))
    slots[tensor->name] = {shapeOf(*tensor),
                           [&arena, tensor](auto &values) { putValues(arena, *tensor, values); }};
  if (preprocessing)
    for (Preprocess &one : *preprocessing)
      for (const FittedVector &fitted : one.fitted())
        slots[fitted.name] = {{int64_t(fitted.values->size())},
                              [to = fitted.values](auto &values) { *to = values; },
                              fitted.isDivisor,
                              /*mustBeFinite=*/true,
                              fitted.hasAnyLength};
  return slots;
}

std::vector<std::string> namesOf(const Slots &slots) {
  std::vector<std::string> names;
  for (const auto &[name, slot] : slots)
    names.push_back(name);
  return names;
}

// What other data sets of the program have learnt, which a file may hold as well.
std::set<std::string> allFittedNames(const nn_program &program) {
  std::set<std::string> names;
  for (uint32_t i = 0; i < program.data_count; ++i)
    if (auto preprocessing = preprocessingOf({&program.data[i]}))
      for (Preprocess &one : *preprocessing)
        for (const FittedVector &fitted : one.fitted())
          names.insert(fitted.name);
  return names;
}

// Where preprocessing is not read, the file may come from a program with other data.
bool mayBePassedOver(const std::string &name, bool readsPreprocessing, const std::set<std::string> &fitted) {
  return readsPreprocessing ? fitted.count(name) != 0
                            : name.compare(0, preprocessingPrefix.size(), preprocessingPrefix) == 0;
}

Status checkFits(const SafetensorsHeader &header, const Slots &slots, bool readsPreprocessing,
                 const std::set<std::string> &fitted) {
  std::set<std::string> found;
  for (const StoredTensor &tensor : header.tensors) {
    found.insert(tensor.name);
    auto slot = slots.find(tensor.name);
    if (slot == slots.end()) {
      if (mayBePassedOver(tensor.name, readsPreprocessing, fitted))
        continue;
      return dataError("`" + header.path + "`: tensor `" + tensor.name + "` is not in the program" +
                       suggestion(tensor.name, namesOf(slots)));
    }
    bool fits = slot->second.hasAnyLength ? tensor.shape.size() == 1 : tensor.shape == slot->second.shape;
    if (!fits)
      return dataError("`" + header.path + "`: tensor `" + tensor.name + "` has shape " +
                       shapeText(tensor.shape) + ", the program's has " + shapeText(slot->second.shape));
    if (tensor.dtype != "F32" && tensor.dtype != "F64")
      return dataError("`" + header.path + "`: tensor `" + tensor.name + "` has type " + tensor.dtype +
                       ", expected F32 or F64");
  }
  for (const auto &[name, slot] : slots)
    if (!found.count(name))
      return dataError("`" + header.path + "`: tensor `" + name + "` is missing");
  return Done{};
}

Status checkValues(const std::string &path, const std::string &name, const Slot &slot,
                   const std::vector<double> &values) {
  for (double value : values)
    if ((slot.mustBeFinite && !std::isfinite(value)) || (slot.isDivisor && value == 0))
      return dataError("`" + path + "`: tensor `" + name + "` holds " + shortest(value));
  return Done{};
}

} // namespace

Status nnrt::saveWeights(const std::string &path, const nn_program &program, Arena &arena,
                         Preprocessing &preprocessing, const std::string &config) {
  std::vector<TensorToStore> tensors;
  for (const nn_tensor *tensor : storedTensors(program))
    tensors.push_back({tensor->name, tensor->dtype == NN_F32 ? "F32" : "F64", shapeOf(*tensor),
                       bytesAt(arena.at(*tensor), size_t(elementCount(*tensor)) * bytesOf(tensor->dtype))});
  for (Preprocess &one : preprocessing)
    for (const FittedVector &fitted : one.fitted())
      tensors.push_back({fitted.name,
                         "F64",
                         {int64_t(fitted.values->size())},
                         bytesAt(fitted.values->data(), fitted.values->size() * sizeof(double))});
  // Wide types first keeps every tensor aligned to its own type.
  std::stable_sort(tensors.begin(), tensors.end(),
                   [](const TensorToStore &a, const TensorToStore &b) { return a.dtype > b.dtype; });
  return writeSafetensors(path, tensors, {{"program", program.name}, {"config", config}});
}

Status nnrt::loadWeights(const std::string &path, const nn_program &program, Arena &arena,
                         Preprocessing *preprocessing) {
  NNRT_ASSIGN(SafetensorsHeader header, readSafetensorsHeader(path));
  Slots slots = requiredSlots(program, arena, preprocessing);
  NNRT_TRY(checkFits(header, slots, preprocessing != nullptr, allFittedNames(program)));
  std::vector<std::pair<const Slot *, std::vector<double>>> staged;
  for (const StoredTensor &tensor : header.tensors) {
    auto slot = slots.find(tensor.name);
    if (slot == slots.end())
      continue;
    NNRT_ASSIGN(std::vector<double> values, readTensorValues(header, tensor));
    NNRT_TRY(checkValues(path, tensor.name, slot->second, values));
    staged.emplace_back(&slot->second, std::move(values));
  }
  for (const auto &[slot, values] : staged)
    slot->put(values);
  return Done{};
}
