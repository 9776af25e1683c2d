// What a network ends in, against what a loss expects of it.
#ifndef NN_SEMA_LOSSINPUT_H
#define NN_SEMA_LOSSINPUT_H

#include "compiler/sema/Reporter.h"
#include "compiler/sema/SourceModule.h"

namespace nn::sema {

// Judges each loss of the library in the training's `minimize` statements.
void judgeLossInputs(const SourceModule &main, const ast::TrainDecl &train, Reporter &reporter);

} // namespace nn::sema
#endif
