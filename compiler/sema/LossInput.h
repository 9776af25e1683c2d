// What a loss is given, against what it expects: dropout or an activation as the last step before it.
#ifndef NN_SEMA_LOSSINPUT_H
#define NN_SEMA_LOSSINPUT_H

#include "compiler/sema/Evaluator.h"

namespace nn::sema {

// Remembers in the graph what a function or layer of the library made, if it is an activation or dropout.
void noteStep(Evaluator &evaluator, const std::string &name, const Value &result, Location where);
// The same of a network.
void noteNetwork(Evaluator &evaluator, const std::string &name, const Value &result);
// Judges the arguments of a loss that has taken them, where it belongs to the step of a training.
void judgeLossInputs(Evaluator &evaluator, const Instance &loss, const CallValues &arguments);

} // namespace nn::sema
#endif
