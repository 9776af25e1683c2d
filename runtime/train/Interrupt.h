// Ctrl-C as a question: training asks after each step whether it should stop. The second one ends the
// program.
#ifndef NN_RUNTIME_TRAIN_INTERRUPT_H
#define NN_RUNTIME_TRAIN_INTERRUPT_H

namespace nnrt {

void watchForInterrupt();
bool wasInterrupted();

} // namespace nnrt

#endif
