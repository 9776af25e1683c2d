// A program's weights file: parameters and state by their paths in declared shape, fitted preprocessing under
// `data.`. A file that does not fit is refused before anything is changed.
#ifndef NN_RUNTIME_TRAIN_WEIGHTS_H
#define NN_RUNTIME_TRAIN_WEIGHTS_H

#include "runtime/data/Preprocess.h"
#include "runtime/train/Arena.h"

namespace nnrt {

// `config` is the run's, in its portable form.
Status saveWeights(const std::string &path, const nn_program &program, Arena &arena,
                   Preprocessing &preprocessing, const std::string &config);

// With `preprocessing`, what it learnt is required and read as well; without, whatever the file has of it is
// passed over.
Status loadWeights(const std::string &path, const nn_program &program, Arena &arena,
                   Preprocessing *preprocessing);

} // namespace nnrt

#endif
