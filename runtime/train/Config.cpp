// What is read back is checked for its type; members that are unknown or missing keep their defaults.
#include "runtime/train/Config.h"
#include "runtime/base/AtomicFile.h"
#include "runtime/base/File.h"
#include "runtime/base/Json.h"

using namespace nnrt;

namespace {

constexpr uint64_t configLimit = uint64_t(1) << 20;

OrderedJson hyperJson(const nn_hyper &hyper, double value) {
  if (hyper.type == NN_HYPER_BOOL)
    return value != 0;
  if (hyper.type == NN_HYPER_INT)
    return int64_t(value);
  return value;
}

OrderedJson textOrNull(const std::string &text) { return text.empty() ? OrderedJson() : OrderedJson(text); }

OrderedJson portablePart(const RunConfig &config, const nn_program &program) {
  OrderedJson hypers = OrderedJson::object();
  for (uint32_t i = 0; i < program.hyper_count; ++i)
    if (auto value = config.hypers.find(program.hypers[i].name); value != config.hypers.end())
      hypers[value->first] = hyperJson(program.hypers[i], value->second);
  return {{"program", config.program}, {"train", config.train}, {"seed", config.seed},
          {"epochs", config.epochs},   {"batch", config.batch}, {"steps", config.steps},
          {"shuffle", config.shuffle}, {"hypers", hypers}};
}

} // namespace

std::string nnrt::portableConfig(const RunConfig &config, const nn_program &program) {
  return jsonText(portablePart(config, program));
}

Status nnrt::writeConfig(const std::string &path, const RunConfig &config, const nn_program &program) {
  OrderedJson json = portablePart(config, program);
  json["data"] = textOrNull(config.data);
  json["weights"] = textOrNull(config.weights);
  json["precision"] = program.dtype == NN_F64 ? "f64" : "f32";
  json["compiler"] = program.compiler;
  json["cpu"] = program.cpu;
  return writeFileAtomically(path, {jsonText(json, 2) + "\n"});
}

Result<RunConfig> nnrt::readConfig(const std::string &path) {
  NNRT_ASSIGN(std::string text, readText(path, configLimit));
  return parseConfig(text, "`" + path + "`");
}

Result<RunConfig> nnrt::parseConfig(const std::string &text, const std::string &what) {
  NNRT_ASSIGN(Json json, parseJsonObject(text, what));
  RunConfig config;
  auto seed = integerMember(json, "seed");
  if (!seed || *seed < 0)
    return dataError(what + " has no valid `seed`");
  config.seed = uint64_t(*seed);
  config.program = stringMember(json, "program").value_or("");
  config.train = stringMember(json, "train").value_or("");
  config.data = stringMember(json, "data").value_or("");
  config.weights = stringMember(json, "weights").value_or("");
  config.epochs = integerMember(json, "epochs").value_or(0);
  config.batch = integerMember(json, "batch").value_or(0);
  config.steps = integerMember(json, "steps").value_or(0);
  if (auto hypers = json.find("hypers"); hypers != json.end() && hypers->is_object())
    for (const auto &[name, value] : hypers->items())
      if (value.is_number() || value.is_boolean())
        config.hypers[name] = value.is_boolean() ? double(value.get<bool>()) : value.get<double>();
  return config;
}
