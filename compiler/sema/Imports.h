// Parses the main file and, following `import`, all it needs; fills the tables of names.
#ifndef NN_SEMA_IMPORTS_H
#define NN_SEMA_IMPORTS_H

#include "compiler/basic/SourceManager.h"
#include "compiler/sema/Reporter.h"
#include "compiler/sema/SourceModule.h"

namespace nn::sema {

class Imports {
public:
  Imports(SourceManager &sources, DiagnosticEngine &engine, Reporter &reporter, std::string libraryDirectory)
      : sources(sources), engine(engine), reporter(reporter), libraryDirectory(std::move(libraryDirectory)) {}

  // Null when the main file has no module; errors are in the engine.
  const SourceModule *loadMain(uint32_t file);
  // In the order they were finished: what is imported comes before who imports it.
  const std::vector<const SourceModule *> &all() const { return finished; }
  // The module of the standard library that would bring the name, under any kind: `std`, `std.models`; empty
  // if none. Reads the library when first asked.
  std::string libraryImport(const std::string &name);

private:
  SourceModule *load(uint32_t file, bool isLibrary);
  void import(SourceModule &into, const ast::ImportDecl &decl);
  void declare(SourceModule &module);
  void merge(SourceModule &into, const SourceModule &from, const ast::ImportDecl &decl);
  std::string resolve(const SourceModule &from, const ast::ImportDecl &decl, bool &isLibrary) const;
  std::unique_ptr<ast::File> parseAt(uint32_t file);
  void reportMissing(const std::string &name, const std::string &error, bool isLibrary,
                     const ast::ImportDecl &decl);
  void reportCycle(const std::string &path, const ast::ImportDecl &decl);
  std::map<std::string, std::string> readLibraryNames() const;

  SourceManager &sources;
  DiagnosticEngine &engine;
  Reporter &reporter;
  std::string libraryDirectory;
  std::map<std::string, std::unique_ptr<SourceModule>> modules; // by path
  std::vector<std::string> open;                                // paths being loaded, outermost first
  std::vector<const SourceModule *> finished;
  std::optional<std::map<std::string, std::string>> libraryNames; // with the module to import
};

} // namespace nn::sema
#endif
