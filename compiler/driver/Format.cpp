// A file is replaced only by text that means the same: the result is parsed again and its tree compared.
#include "compiler/driver/Format.h"
#include "compiler/ast/Printer.h"
#include "compiler/backend/Link.h"
#include "compiler/driver/InternalError.h"
#include "compiler/driver/Session.h"
#include "compiler/parse/Parse.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/MemoryBuffer.h"

namespace nn {

namespace {

template <typename Write> std::string textOf(Write write, const ast::File &file) {
  std::string text;
  llvm::raw_string_ostream out(text);
  write(file, out);
  return text;
}

// Replaced at once or not at all.
bool replace(const std::string &path, const std::string &text, DiagnosticEngine &engine) {
  std::optional<std::string> place = fileToReplace(path);
  if (!place) {
    engine.report(DiagnosticKind::CannotWrite, {}, {path, "it is there and not a file"});
    return false;
  }
  llvm::Error error = llvm::writeToOutput(*place, [&](llvm::raw_ostream &out) {
    out << text;
    return llvm::Error::success();
  });
  if (!error)
    return true;
  engine.report(DiagnosticKind::CannotWrite, {}, {path, llvm::toString(std::move(error))});
  return false;
}

int formatOne(const Options &options, Session &session, uint32_t file, bool isStdin) {
  bool fault = false;
  std::optional<std::string> text = canonical(session, file, fault);
  const std::string &path = session.sources.path(file);
  if (fault)
    return internalError("formatting `" + path + "` would change its meaning; it was left as it is", "");
  if (!text)
    return 1;
  bool differs = *text != session.sources.text(file);
  if (options.onlyCheck) {
    if (differs)
      llvm::outs() << path << '\n';
    return differs;
  }
  if (isStdin)
    llvm::outs() << *text;
  else if (differs && !replace(path, *text, session.engine))
    return 1;
  return 0;
}

std::optional<uint32_t> addStdin(Session &session) {
  auto buffer = llvm::MemoryBuffer::getSTDIN();
  if (buffer)
    return session.sources.addBuffer("<stdin>", (*buffer)->getBuffer().str());
  session.engine.report(DiagnosticKind::CannotOpenFile, {},
                        {"cannot read standard input: " + buffer.getError().message()});
  return std::nullopt;
}

} // namespace

std::optional<std::string> canonical(Session &session, uint32_t file, bool &fault) {
  std::unique_ptr<ast::File> tree = parse(file, session.sources, session.engine);
  if (!tree)
    return std::nullopt;
  std::string text = textOf(ast::print, *tree);
  DiagnosticEngine engine;
  uint32_t again = session.sources.addBuffer(session.sources.path(file), text);
  std::unique_ptr<ast::File> second = parse(again, session.sources, engine);
  fault = !second || textOf(ast::dump, *second) != textOf(ast::dump, *tree);
  return fault ? std::nullopt : std::optional(text);
}

int format(const Options &options) {
  bool isStdin = options.files.empty();
  std::vector<std::string> files = isStdin ? std::vector<std::string>{"-"} : options.files;
  int worst = 0;
  for (const std::string &path : files) {
    Session session(options);
    std::string error;
    std::optional<uint32_t> file = isStdin ? addStdin(session) : session.sources.addFile(path, error);
    if (!file && !isStdin)
      session.engine.report(DiagnosticKind::CannotOpenFile, {}, {error});
    worst = std::max(worst, file ? formatOne(options, session, *file, isStdin) : 1);
    session.printDiagnostics();
  }
  return worst;
}

} // namespace nn
