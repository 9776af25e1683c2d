// Weights are parameters, so that they lie as the compiler wants them; what a layer would be given is a
// field.
#include "bench/kernels/Cases.h"

#include <algorithm>

namespace nnbench {

namespace {

struct Operand {
  std::string role, type; // "parameter" or "field"
};

constexpr const char *programAttributes = R"(module attributes {nn.program = {
  name = "kernel", source_directory = "/", precision = "f32", batch = $ROWS : i64,
  data = [{name = "data", train = {name = "blobs", arguments = []}, validation_share = 0.0 : f64,
           test_share = 0.0 : f64, fields = []}],
  hypers = [], trains = [], layers = [], predict = {data = 0 : i64}}} {
)";

constexpr const char *parameterInit = R"(
func.func @init(%rows: index {nn.role = "rows"}) -> ($TYPE {nn.role = "parameter", nn.name = "Net.b"})
    attributes {nn.entry} {
  %one = nn.constant dense<1.0> : tensor<f32>
  %b = nn.broadcast %one axes [] : tensor<f32> -> $TYPE
  return %b : $TYPE
}
)";

constexpr const char *emptyInit = R"(
func.func @init(%rows: index {nn.role = "rows"}) attributes {nn.entry} { return }
)";

constexpr const char *predictEntry = R"(
func.func @predict(%rows: index {nn.role = "rows"}, %a: $A {nn.role = "field", nn.name = "data.a"},
                   %b: $B {nn.role = "$ROLE", nn.name = "$NAME"})
    -> ($TYPE {nn.role = "output", nn.name = "y"}) attributes {nn.entry} {
  %y = $OP : $A, $B -> $TYPE
  return %y : $TYPE
}
}
)";

std::string filled(std::string text, const std::vector<std::pair<std::string, std::string>> &places) {
  for (const auto &[place, value] : places)
    for (size_t at; (at = text.find("$" + place)) != std::string::npos;)
      text.replace(at, place.size() + 1, value);
  return text;
}

// An entry `predict` with `%y = OP` on %a, which is a field, and %b.
std::string moduleText(int64_t rows, const std::string &a, const Operand &b, const std::string &op,
                       const std::string &result) {
  bool isParameter = b.role == "parameter";
  return filled(programAttributes, {{"ROWS", std::to_string(rows)}}) +
         filled(isParameter ? parameterInit : emptyInit, {{"TYPE", b.type}}) +
         filled(predictEntry, {{"ROLE", b.role},
                               {"NAME", isParameter ? "Net.b" : "data.b"},
                               {"TYPE", result},
                               {"OP", op},
                               {"A", a},
                               {"B", b.type}});
}

std::string tensor(std::vector<int64_t> sizes, bool isBatch) {
  std::string text = isBatch ? "tensor<?x" : "tensor<";
  for (int64_t size : sizes)
    text += std::to_string(size) + "x";
  return text + "f32>";
}

KernelCase gemm(int64_t n) {
  std::string x = tensor({n}, true), text = "nn.matmul %a, %b";
  return {"gemm", std::to_string(n), moduleText(n, x, {"parameter", tensor({n, n}, false)}, text, x), n,
          2.0 * n * n * n};
}

struct Convolution {
  const char *group, *name;
  int64_t size, inputs, outputs, taps, stride;
  bool isFirst = false; // in a network: nobody asks for the gradient of its input
};

constexpr int64_t batch = 64;

constexpr Convolution convolutions[] = {
    {"conv", "16-32x32", 32, 16, 16, 3, 1},
    {"conv", "32-16x16", 16, 32, 32, 3, 1},
    {"conv", "64-8x8", 8, 64, 64, 3, 1},
    {"conv_other", "1to32-28x28", 28, 1, 32, 3, 1, true},
    {"conv_other", "3to16-32x32", 32, 3, 16, 3, 1, true},
    {"conv_other", "32to64-14x14", 14, 32, 64, 3, 1},
    {"conv_other", "16to32-32x32-stride-2", 32, 16, 32, 3, 2},
    {"conv_other", "16to32-32x32-1x1-stride-2", 32, 16, 32, 1, 2},
    {"conv_other", "64to64-16x16-1x1", 16, 64, 64, 1, 1},
};

void addConvolution(std::vector<KernelCase> &cases, const Convolution &c) {
  int64_t pad = c.taps / 2, outSize = (c.size - 1) / c.stride + 1;
  std::string x = tensor({c.size, c.size, c.inputs}, true), y = tensor({outSize, outSize, c.outputs}, true),
              w = tensor({c.taps, c.taps, c.inputs, c.outputs}, false);
  std::string stride = std::to_string(c.stride), p = std::to_string(pad),
              windows = " %a, %b strides [" + stride + ", " + stride + "] padding [" + p + ", " + p + ", " +
                        p + ", " + p + "] dilations [1, 1] groups 1";
  double flops = 2.0 * batch * outSize * outSize * c.outputs * c.taps * c.taps * c.inputs;
  auto add = [&](const char *what, std::string module) {
    cases.push_back({c.group, std::string(c.name) + what, std::move(module), batch, flops});
  };
  add("-forward", moduleText(batch, x, {"parameter", w}, "nn.conv" + windows, y));
  if (!c.isFirst)
    add("-data-gradient", moduleText(batch, y, {"parameter", w}, "nn.conv_input_grad" + windows, x));
  add("-weight-gradient", moduleText(batch, x, {"field", y}, "nn.conv_filter_grad" + windows, w));
}

} // namespace

std::vector<KernelCase> kernelCases(const std::vector<std::string> &groups) {
  std::vector<KernelCase> cases, wanted;
  for (int64_t n : {256, 512, 1024})
    cases.push_back(gemm(n));
  for (const Convolution &convolution : convolutions)
    addConvolution(cases, convolution);
  std::copy_if(cases.begin(), cases.end(), std::back_inserter(wanted), [&](const KernelCase &one) {
    return std::find(groups.begin(), groups.end(), one.group) != groups.end();
  });
  return wanted;
}

} // namespace nnbench
