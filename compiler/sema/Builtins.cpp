#include "compiler/sema/Builtins.h"

namespace nn::sema {

namespace {

const std::vector<const std::vector<Builtin> *> &tables() {
  static const std::vector<const std::vector<Builtin> *> all{
      &elementwiseBuiltins(), &reductionBuiltins(), &labelBuiltins(), &shapeBuiltins(), &arrangeBuiltins(),
      &windowBuiltins(),      &randomBuiltins(),    &scanBuiltins(),  &dataBuiltins()};
  return all;
}

} // namespace

namespace {

// The parts of `a: f32[b, n], b: int = 1`.
std::vector<std::string> partsOf(const std::string &list) {
  std::vector<std::string> parts(1);
  int depth = 0;
  for (char letter : list) {
    depth += (letter == '[' || letter == '(') - (letter == ']' || letter == ')');
    if (letter == ',' && depth == 0)
      parts.emplace_back();
    else if (letter != ' ' || !parts.back().empty())
      parts.back() += letter;
  }
  return parts;
}

} // namespace

Builtin::Builtin(std::string written, Evaluate evaluate, std::string doc)
    : signature(std::move(written)), doc(std::move(doc)), evaluate(evaluate) {
  size_t open = signature.find('('), close = signature.find(") -> ");
  name = signature.substr(0, open);
  for (const std::string &part : partsOf(signature.substr(open + 1, close - open - 1))) {
    parameters.push_back(part.substr(0, part.find_first_of(": =")));
    required += part.find(" = ") == std::string::npos;
  }
}

std::vector<const Builtin *> allBuiltins() {
  std::vector<const Builtin *> all;
  for (const auto *table : tables())
    for (const Builtin &builtin : *table)
      all.push_back(&builtin);
  return all;
}

const Builtin *findBuiltin(std::string_view name) {
  for (const auto *table : tables())
    for (const Builtin &builtin : *table)
      if (builtin.name == name)
        return &builtin;
  return nullptr;
}

void collectBuiltins(std::vector<std::string> &into) {
  for (const auto *table : tables())
    for (const Builtin &builtin : *table)
      into.emplace_back(builtin.name);
  into.insert(into.end(), {"pi", "training"});
}

} // namespace nn::sema
