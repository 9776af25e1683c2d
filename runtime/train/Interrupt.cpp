// The handler only sets a flag and goes away (SA_RESETHAND), which leaves the next signal to the system.
#include "runtime/train/Interrupt.h"

#include <csignal>
#include <initializer_list>

namespace {
volatile std::sig_atomic_t interrupted = 0;
void onSignal(int) { interrupted = 1; }
} // namespace

void nnrt::watchForInterrupt() {
  struct sigaction action = {};
  action.sa_handler = onSignal;
  action.sa_flags = int(SA_RESETHAND) | SA_RESTART;
  for (int signal : {SIGINT, SIGTERM})
    sigaction(signal, &action, nullptr);
}

bool nnrt::wasInterrupted() { return interrupted != 0; }
