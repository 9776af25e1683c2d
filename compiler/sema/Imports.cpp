#include "compiler/sema/Imports.h"
#include "compiler/basic/Suggestion.h"
#include "compiler/parse/Parse.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

namespace nn::sema {

using llvm::StringRef;
namespace path = llvm::sys::path;

namespace {

// One spelling for one file, so that a cycle is seen and a file is read once.
std::string canonical(const std::string &name) {
  llvm::SmallString<256> real;
  if (!llvm::sys::fs::real_path(name, real))
    return std::string(real);
  return name;
}

} // namespace

const SourceModule *Imports::loadMain(uint32_t file) { return load(file, false); }

SourceModule *Imports::load(uint32_t file, bool isLibrary) {
  std::string name = canonical(sources.path(file));
  auto &slot = modules[name];
  slot = std::make_unique<SourceModule>();
  SourceModule &module = *slot;
  module.path = name;
  module.directory = path::parent_path(name).str();
  module.isLibrary = isLibrary;
  if (isLibrary)
    reporter.markLibrary(file);

  module.file = parseAt(file);
  if (!module.file)
    return nullptr;
  open.push_back(name);
  declare(module);
  for (const ast::DeclPtr &decl : module.file->declarations)
    if (auto *importDecl = llvm::dyn_cast<ast::ImportDecl>(decl.get()))
      import(module, *importDecl);
  open.pop_back();
  finished.push_back(&module);
  return &module;
}

// What is wrong with its syntax is said with the trail of imports too.
std::unique_ptr<ast::File> Imports::parseAt(uint32_t file) {
  DiagnosticEngine found;
  std::unique_ptr<ast::File> result = parse(file, sources, found);
  for (Diagnostic diagnostic : found.all()) {
    reporter.addTrail(diagnostic);
    engine.add(std::move(diagnostic));
  }
  return result;
}

// The file's own names. Twice the same name and kind is an error.
void Imports::declare(SourceModule &module) {
  for (const ast::DeclPtr &decl : module.file->declarations) {
    auto kind = nameKindOf(*decl);
    if (!kind)
      continue;
    auto [entry, isNew] = module.names[int(*kind)].try_emplace(decl->name.text, DeclRef{decl.get(), &module});
    if (!isNew)
      reporter
          .report(DiagnosticKind::DuplicateDefinition, decl->name.where, {toString(*kind), decl->name.text})
          .label(entry->second.decl->name.where, "first defined here");
  }
}

std::string Imports::resolve(const SourceModule &from, const ast::ImportDecl &decl, bool &isLibrary) const {
  llvm::SmallString<256> name;
  if (!decl.path.empty()) {
    isLibrary = from.isLibrary;
    if (!path::is_absolute(decl.path))
      name = from.directory;
    path::append(name, decl.path);
    return std::string(name);
  }
  isLibrary = from.isLibrary || decl.dotted.front().text == "std";
  name = isLibrary ? StringRef(libraryDirectory) : StringRef(from.directory);
  for (const ast::Name &part : decl.dotted)
    path::append(name, part.text);
  name += ".nn";
  return std::string(name);
}

void Imports::reportCycle(const std::string &name, const ast::ImportDecl &decl) {
  std::string trail;
  for (auto from = llvm::find(open, name); from != open.end(); ++from)
    trail += "`" + path::filename(*from).str() + "` imports ";
  reporter.report(DiagnosticKind::ImportCycle, decl.targetWhere,
                  {trail + "`" + path::filename(name).str() + "`"});
}

void Imports::reportMissing(const std::string &name, const std::string &error, bool isLibrary,
                            const ast::ImportDecl &decl) {
  if (!isLibrary || decl.dotted.empty()) {
    reporter.report(DiagnosticKind::MissingImport, decl.targetWhere, {error});
    return;
  }
  std::vector<std::string> near;
  std::error_code code;
  StringRef directory = path::parent_path(name);
  for (llvm::sys::fs::directory_iterator it(directory, code), end; it != end && !code; it.increment(code))
    if (path::extension(it->path()) == ".nn")
      near.push_back(path::stem(it->path()).str());
  std::string last = decl.dotted.back().text, written = decl.dotted.front().text;
  for (size_t i = 1; i < decl.dotted.size(); ++i)
    written += "." + decl.dotted[i].text;
  reporter.report(DiagnosticKind::UnknownLibraryFile, decl.dotted.back().where, {written})
      .suggest(closest(last, near));
}

void Imports::import(SourceModule &into, const ast::ImportDecl &decl) {
  bool isLibrary = false;
  std::string name = canonical(resolve(into, decl, isLibrary));
  if (llvm::is_contained(open, name))
    return reportCycle(name, decl);

  auto known = modules.find(name);
  const SourceModule *module = known == modules.end() ? nullptr : known->second.get();
  if (!module) {
    std::string error;
    auto file = sources.addFile(name, error);
    if (!file) {
      reportMissing(name, error, isLibrary, decl);
      return;
    }
    auto [line, column] = sources.position(decl.targetWhere.file, decl.targetWhere.begin);
    reporter.setImport(*file, decl.targetWhere.file,
                       "imported at " + sources.path(decl.targetWhere.file) + ":" + std::to_string(line) +
                           ":" + std::to_string(column));
    module = load(*file, isLibrary);
  }
  if (!module || !module->file)
    return;
  into.imported.emplace_back(&decl, module);
  if (decl.alias)
    into.aliases[decl.alias->text] = module;
  else
    merge(into, *module, decl);
}

namespace {

// `std`, then what it does not bring itself: `std.models`.
std::vector<std::string> libraryModules(StringRef directory) {
  llvm::SmallString<256> inner(directory);
  path::append(inner, "std");
  std::vector<std::string> modules{"std"};
  std::error_code code;
  for (llvm::sys::fs::directory_iterator it(inner, code), end; it != end && !code; it.increment(code))
    if (path::extension(it->path()) == ".nn")
      modules.push_back("std." + path::stem(it->path()).str());
  std::sort(modules.begin() + 1, modules.end());
  return modules;
}

} // namespace

// Apart from the program's own modules, and without a word about what may be wrong there.
std::map<std::string, std::string> Imports::readLibraryNames() const {
  std::map<std::string, std::string> imports;
  DiagnosticEngine silent;
  Reporter toNobody(silent);
  Imports library(sources, silent, toNobody, libraryDirectory);
  for (const std::string &dotted : libraryModules(libraryDirectory)) {
    llvm::SmallString<256> name(libraryDirectory);
    for (StringRef rest = dotted; !rest.empty(); rest = rest.split('.').second)
      path::append(name, rest.split('.').first);
    name += ".nn";
    if (library.modules.count(canonical(std::string(name)))) // brought by one before
      continue;
    std::string error;
    auto file = sources.addFile(std::string(name), error);
    const SourceModule *module = file ? library.loadMain(*file) : nullptr;
    std::vector<std::string> names;
    if (module)
      module->collectNames(names);
    for (const std::string &each : names)
      imports.try_emplace(each, dotted);
  }
  return imports;
}

std::string Imports::libraryImport(const std::string &name) {
  if (!libraryNames)
    libraryNames = readLibraryNames();
  auto entry = libraryNames->find(name);
  return entry == libraryNames->end() ? "" : entry->second;
}

// A file's own names hide imported ones; two imports that bring different things under one name are an error.
void Imports::merge(SourceModule &into, const SourceModule &from, const ast::ImportDecl &decl) {
  for (int kind = 0; kind < nameKinds; ++kind)
    for (const auto &[name, ref] : from.names[kind]) {
      auto [entry, isNew] = into.names[kind].try_emplace(name, ref);
      if (isNew || entry->second.decl == ref.decl || entry->second.home == &into)
        continue;
      reporter.report(DiagnosticKind::AmbiguousImport, decl.targetWhere, {toString(NameKind(kind)), name})
          .label(entry->second.decl->name.where, "one is here")
          .label(ref.decl->name.where, "the other is here");
    }
}

} // namespace nn::sema
