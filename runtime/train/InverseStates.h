// The states `data.SET.FIELD.inverse_N.factor` and `.offset`, with which a program takes values back through
// the N-th preprocessing step of a field: x * factor + offset.
#ifndef NN_RUNTIME_TRAIN_INVERSESTATES_H
#define NN_RUNTIME_TRAIN_INVERSESTATES_H

#include "runtime/data/Preprocess.h"
#include "runtime/train/Arena.h"

namespace nnrt {

// Fills them from what has been fitted; `preprocessing` is that of these data sets.
void writeInverseStates(const nn_program &program, const std::vector<const nn_data *> &sets,
                        const Preprocessing &preprocessing, Arena &arena);

} // namespace nnrt

#endif
