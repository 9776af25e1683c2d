// Reading the dictionaries of `nn.program` and `nn.arena` as the dialect's README promises them. A broken
// promise is a fault of the compiler: the first is kept as a sentence, and reading goes on with defaults.
#ifndef NN_BACKEND_RECORD_H
#define NN_BACKEND_RECORD_H

#include "mlir/IR/BuiltinAttributes.h"
#include <string>
#include <vector>

namespace nn {

class Record {
public:
  Record(mlir::DictionaryAttr entries, std::string &fault) : entries(entries), fault(&fault) {}

  bool has(llvm::StringRef key) const { return entries && entries.contains(key); }

  llvm::StringRef text(llvm::StringRef key) const;
  int64_t integer(llvm::StringRef key) const;
  double number(llvm::StringRef key) const;
  bool flag(llvm::StringRef key) const;
  mlir::RankedTensorType tensorType(llvm::StringRef key) const;
  llvm::ArrayRef<int64_t> longs(llvm::StringRef key) const;
  llvm::ArrayRef<double> reals(llvm::StringRef key) const; // empty when absent
  Record record(llvm::StringRef key) const;
  std::vector<Record> records(llvm::StringRef key) const; // empty when absent

  void complain(const llvm::Twine &sentence) const;

private:
  template <typename Attribute> Attribute get(llvm::StringRef key, const char *kind) const;

  mlir::DictionaryAttr entries;
  std::string *fault;
};

} // namespace nn
#endif
