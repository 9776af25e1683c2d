// What the backend's tests share: text to a module, and a directory that is gone afterwards.
#ifndef NN_TEST_BACKEND_SUPPORT_H
#define NN_TEST_BACKEND_SUPPORT_H

#include "compiler/backend/Target.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/OwningOpRef.h"
#include <string>

namespace nn::test {

struct Module {
  explicit Module(const std::string &text);

  mlir::MLIRContext context;
  mlir::OwningOpRef<mlir::ModuleOp> module;
};

// The host, which every test machine has.
Target hostTarget();

class TemporaryDirectory {
public:
  TemporaryDirectory();
  ~TemporaryDirectory();
  std::string file(const std::string &name) const { return path + "/" + name; }
  unsigned fileCount() const;

  std::string path;
};

} // namespace nn::test
#endif
