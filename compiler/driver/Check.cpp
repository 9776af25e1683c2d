// Stops after sema; nothing is written.
#include "compiler/driver/Check.h"
#include "compiler/driver/Session.h"

namespace nn {

int check(const Options &options) {
  int code = 0;
  for (const std::string &file : options.files) {
    Session session(options);
    if (!session.load(file, options.sets))
      code = 1;
    session.printDiagnostics();
  }
  return code;
}

} // namespace nn
