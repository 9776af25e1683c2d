// One source file with the names that are visible in it: its own declarations, before them nothing, behind
// them what its imports bring. A name belongs to a kind, so a loss and a metric may share one.
#ifndef NN_SEMA_SOURCEMODULE_H
#define NN_SEMA_SOURCEMODULE_H

#include "compiler/ast/Decl.h"
#include "compiler/sema/Value.h"
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace nn::sema {

// What a name can stand for, in the order in which an expression looks for it.
enum class NameKind {
  Function,
  Network,
  Layer,
  Loss,
  Metric,
  Initializer,
  Optimizer,
  Hyper,
  Data,
  Environment,
  Train
};
constexpr int nameKinds = int(NameKind::Train) + 1;

std::optional<NameKind> nameKindOf(const ast::Decl &decl);
const char *toString(NameKind kind);

struct SourceModule {
  std::string path;      // absolute where possible
  std::string directory; // of the file
  bool isLibrary = false;
  std::unique_ptr<ast::File> file;
  std::map<std::string, DeclRef> names[nameKinds];
  std::map<std::string, const SourceModule *> aliases; // `import "x.nn" as x`
  std::vector<std::pair<const ast::ImportDecl *, const SourceModule *>> imported;

  const DeclRef *find(const std::string &name, NameKind kind) const;
  // The place's own kind first, then all in the order of NameKind.
  const DeclRef *find(const std::string &name, std::optional<NameKind> preferred) const;
  void collectNames(std::vector<std::string> &into) const;
};

} // namespace nn::sema
#endif
