// `train` blocks: settings, the loss and its terms, the optimizer for each parameter, the measures. Makes the
// graphs `NAME.step` and `NAME.eval`.
#ifndef NN_SEMA_TRAIN_H
#define NN_SEMA_TRAIN_H

#include "compiler/sema/Evaluator.h"

namespace nn::sema {

// Fills `program.result.trains` and its graphs from the main file. Layers of the first one's step go to
// `layers`.
void buildTrains(Evaluator &evaluator, std::vector<typed::Layer> &layers);

// Adds to `graph` the results of all parameters, states and optimizer states that `select` accepts, in the
// order of the program.
template <typename Select> void addSlotResults(const Program &program, GraphContext &graph, Select select) {
  for (const char *role : {"parameter", "state", "optimizer"})
    for (const Slot &slot : program.slots) {
      auto current = graph.current.find(slot.path);
      if (slot.role == role && current != graph.current.end() && select(current->second))
        graph.builder.result(slot.role, slot.path, current->second, slot.where);
    }
}

} // namespace nn::sema
#endif
