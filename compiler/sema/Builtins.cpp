#include "compiler/sema/Builtins.h"

namespace nn::sema {

namespace {

const std::vector<const std::vector<Builtin> *> &tables() {
  static const std::vector<const std::vector<Builtin> *> all{
      &elementwiseBuiltins(), &reductionBuiltins(), &labelBuiltins(),  &shapeBuiltins(),
      &arrangeBuiltins(),     &windowBuiltins(),    &randomBuiltins(), &scanBuiltins()};
  return all;
}

} // namespace

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
