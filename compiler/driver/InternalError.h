// Faults of the compiler itself: exit 70, one message, and a file from which the fault can be repeated.
#ifndef NN_DRIVER_INTERNALERROR_H
#define NN_DRIVER_INTERNALERROR_H

#include "mlir/IR/Diagnostics.h"
#include <string>
#include <vector>

namespace nn {

constexpr int internalErrorCode = 70;

// Prints the message and returns the exit code. Without a path of its own a reproducer with the command line
// is made.
int internalError(const std::string &message, std::string reproducer);

// From now on a crash or a fatal error of LLVM ends the process as an internal error. `arguments` is what the
// reproducer will show.
void catchFatalErrors(const std::vector<std::string> &arguments);

// Keeps the errors that MLIR reports, which no user should see as they are.
class MlirErrors {
public:
  explicit MlirErrors(mlir::MLIRContext *context);
  const std::string &text() const { return collected; }

private:
  std::string collected;
  mlir::ScopedDiagnosticHandler handler;
};

} // namespace nn
#endif
