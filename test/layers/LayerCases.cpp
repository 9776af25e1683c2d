#include "test/layers/LayerCases.h"

namespace nn::test {
namespace {

const std::vector<LayerCase> dense = {
    {"Dense", "x: f32[7]", "x |> Dense(5)", "f32[5]"},
    {"DenseOfSequence", "x: f32[3, 7]", "x |> Dense(5, bias: false)", "f32[3, 5]"},
};

const std::vector<LayerCase> convolutions = {
    {"Conv2d", "x: f32[7, 6, 4]",
     "x |> Conv(6, kernel: (3, 2), stride: (2, 1), padding: (1, 0), dilation: (1, 2))", "f32[4, 4, 6]"},
    {"ConvSame", "x: f32[5, 4, 3]", "x |> Conv(2, kernel: 3, stride: 2)", "f32[3, 2, 2]"},
    {"ConvGrouped", "x: f32[4, 5, 6]", "x |> Conv(4, kernel: 3, groups: 2, padding: \"valid\")",
     "f32[2, 3, 4]"},
};

const std::vector<LayerCase> norms = {
    {"BatchNorm", "x: f32[3, 4, 5]", "x |> BatchNorm()", "f32[3, 4, 5]"},
};

const std::vector<LayerCase> pools = {
    {"MaxPool2d", "x: f32[7, 6, 3]", "x |> MaxPool(3, stride: 2, padding: 1)", "f32[4, 3, 3]"},
    {"GlobalAvgPool", "x: f32[3, 5, 4]", "x |> GlobalAvgPool()", "f32[4]"},
};

} // namespace

std::vector<LayerCase> layerCases() {
  std::vector<LayerCase> cases;
  for (const auto *group : {&dense, &convolutions, &norms, &pools})
    cases.insert(cases.end(), group->begin(), group->end());
  return cases;
}

} // namespace nn::test
