// Random distributions, and what a network's parameters are.
#include "compiler/sema/Evaluator.h"

namespace nn::sema {

namespace {

Value distribution(Evaluator &evaluator, const BuiltinCall &call, bool normal) {
  std::vector<Value> arguments;
  for (size_t i = 0; i < 2; ++i) {
    Value argument = call.has(i) ? call[i] : Value(i == 0 ? 0.0 : 1.0);
    if (argument.as<Tensor>()) {
      auto x = evaluator.asFloat(argument, call.places[i]);
      if (!x)
        return Poison();
      argument = evaluator.tensor(*x);
    } else if (!argument.isNumber()) {
      return evaluator.fail(DiagnosticKind::NotANumber, call.places[i], {describe(argument), "a number"});
    }
    arguments.push_back(argument);
  }
  return std::make_shared<Distribution>(Distribution{normal, std::move(arguments)});
}

Value uniform(Evaluator &evaluator, const BuiltinCall &call) { return distribution(evaluator, call, false); }
Value normal(Evaluator &evaluator, const BuiltinCall &call) { return distribution(evaluator, call, true); }

// The parameters of rank 2 and more, in the order of the program. When the network is applied further on, the
// list is what the last round of the analysis found.
Value weights(Evaluator &evaluator, const BuiltinCall &call) {
  auto *part = call[0].as<NetworkPart>();
  if (!part && !isModule(call[0].decl(), ast::ModuleKind::Network))
    return evaluator.fail(DiagnosticKind::NotANetwork, call.places[0], {describe(call[0]), "a network"});
  Program &program = evaluator.program;
  const std::string &network = part ? part->path : call[0].decl()->name.text;
  Location asked = call.places[0];
  for (size_t i = program.reporter.calls.size(); i-- > 0 && program.reporter.isLibrary(asked);)
    asked = program.reporter.calls[i].where;
  program.weightPlaces.try_emplace(network, asked);
  program.found.weights[network]; // filled at the end, when all applications are known
  std::vector<Value> values;
  auto assumed = program.assumed.weights.find(network);
  if (assumed != program.assumed.weights.end())
    for (const auto &[path, shape] : assumed->second) {
      auto [entry, isNew] = evaluator.graph->current.try_emplace(path);
      if (isNew)
        entry->second = evaluator.builder().argument("parameter", path, {typed::Element::Float, shape, 0});
      values.push_back(evaluator.tensor(entry->second));
    }
  return makeSequence(std::move(values), false);
}

} // namespace

const std::vector<Builtin> &randomBuiltins() {
  static const std::vector<Builtin> table{
      {"uniform(low: f32 = 0, high: f32 = 1) -> initializer", uniform,
       "Uniform in [low, high): the first value of a parameter, or with sizes, `uniform(-1, 1)[batch, 8]`, "
       "numbers keyed by seed, step and record."},
      {"normal(mean: f32 = 0, deviation: f32 = 1) -> initializer", normal,
       "Normal: the first value of a parameter, or with sizes, `normal[batch, 8]`, numbers keyed by seed, "
       "step and record."},
      {"weights(net: network) -> list", weights,
       "The parameters of two axes and more of a network, or of a layer or parameter in it, for a `for` to "
       "walk."}};
  return table;
}

} // namespace nn::sema
