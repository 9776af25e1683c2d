// `summary`: the layers of the program, and totals in which shared weights count once.
#include "runtime/base/Json.h"
#include "runtime/base/Text.h"
#include "runtime/cli/Commands.h"
#include "runtime/cli/Output.h"
#include "runtime/train/Arena.h"

using namespace nnrt;

namespace {

struct Totals {
  int64_t parameters = 0, macs = 0, bytes = 0;
};

Totals totalsOf(const nn_program &program) {
  Totals totals;
  for (uint32_t i = 0; i < program.parameter_count; ++i) {
    totals.parameters += elementCount(program.parameters[i]);
    totals.bytes += elementCount(program.parameters[i]) * int64_t(bytesOf(program.parameters[i].dtype));
  }
  for (uint32_t i = 0; i < program.state_count; ++i)
    totals.bytes += elementCount(program.states[i]) * int64_t(bytesOf(program.states[i].dtype));
  for (uint32_t i = 0; i < program.layer_count; ++i)
    totals.macs += program.layers[i].macs;
  return totals;
}

std::vector<int64_t> outputShape(const nn_layer &layer) { return {layer.shape, layer.shape + layer.rank}; }

// The batch axis is null.
OrderedJson shapeJson(const nn_layer &layer) {
  OrderedJson shape = OrderedJson::array();
  for (int64_t size : outputShape(layer))
    shape.push_back(size < 0 ? OrderedJson() : OrderedJson(size));
  return shape;
}

std::string jsonReport(const nn_program &program, const Totals &totals) {
  OrderedJson layers = OrderedJson::array();
  for (uint32_t i = 0; i < program.layer_count; ++i) {
    const nn_layer &layer = program.layers[i];
    layers.push_back({{"layer", layer.path},
                      {"shape", shapeJson(layer)},
                      {"parameters", layer.parameters},
                      {"macs", layer.macs},
                      {"bytes", layer.bytes}});
  }
  OrderedJson total = {{"parameters", totals.parameters}, {"macs", totals.macs}, {"bytes", totals.bytes}};
  return jsonText({{"layers", layers}, {"total", total}}) + "\n";
}

std::string textReport(const nn_program &program, const Totals &totals) {
  std::vector<std::vector<std::string>> rows = {{"layer", "shape", "parameters", "MACs", "bytes"}};
  for (uint32_t i = 0; i < program.layer_count; ++i) {
    const nn_layer &layer = program.layers[i];
    rows.push_back({layer.path, shapeText(outputShape(layer)), grouped(layer.parameters), grouped(layer.macs),
                    grouped(layer.bytes)});
  }
  rows.push_back({"total", "", grouped(totals.parameters), grouped(totals.macs), grouped(totals.bytes)});
  return tableText(rows, {false, false, true, true, true});
}

} // namespace

Result<int> nnrt::summaryCommand(const Options &options, const nn_program &program) {
  Totals totals = totalsOf(program);
  printOut(options.json ? jsonReport(program, totals) : textReport(program, totals));
  NNRT_TRY(finishOutput());
  return int(exitOk);
}
