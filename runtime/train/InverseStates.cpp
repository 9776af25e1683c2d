#include "runtime/train/InverseStates.h"

#include <cstring>

using namespace nnrt;

namespace {

const nn_tensor *stateNamed(const nn_program &program, const std::string &name) {
  for (uint32_t i = 0; i < program.state_count; ++i)
    if (name == program.states[i].name)
      return &program.states[i];
  return nullptr;
}

void writeStep(const nn_program &program, const std::string &path, const Preprocess &preprocess, size_t step,
               Arena &arena) {
  const nn_tensor *factors = stateNamed(program, path + ".factor");
  const nn_tensor *offsets = stateNamed(program, path + ".offset");
  if (!factors || !offsets || !factors->bytes || !offsets->bytes)
    return;
  for (int64_t i = 0; i < elementCount(*factors); ++i) {
    int64_t channel = i % preprocess.channels();
    double offset = preprocess.invert(step, 0, channel);
    arena.writeNumber(*factors, preprocess.invert(step, 1, channel) - offset, i);
    arena.writeNumber(*offsets, offset, i);
  }
}

} // namespace

void nnrt::writeInverseStates(const nn_program &program, const std::vector<const nn_data *> &sets,
                              const Preprocessing &preprocessing, Arena &arena) {
  size_t place = 0;
  for (const nn_data *data : sets)
    for (uint32_t i = 0; i < data->field_count; ++i, ++place)
      for (uint32_t step = 0; step < data->fields[i].step_count; ++step)
        writeStep(program,
                  std::string("data.") + data->name + "." + data->fields[i].name + ".inverse_" +
                      std::to_string(step + 1),
                  preprocessing[place], step, arena);
}
