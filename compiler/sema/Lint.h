// What is allowed but hardly meant, as far as the text alone shows it.
#ifndef NN_SEMA_LINT_H
#define NN_SEMA_LINT_H

#include "compiler/sema/Reporter.h"
#include "compiler/sema/SourceModule.h"

namespace nn::sema {

// Judges the main file: declarations and imports nobody uses, states nobody assigns. The program has no
// errors so far.
void lint(const SourceModule &main, Reporter &reporter);

} // namespace nn::sema
#endif
