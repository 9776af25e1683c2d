// A layer of the standard library on small, odd shapes. `LayerTest` trains it for one step and judges loss,
// gradients, states and prediction.
#ifndef NN_TEST_LAYERS_LAYERCASES_H
#define NN_TEST_LAYERS_LAYERCASES_H

#include <string>
#include <vector>

namespace nn::test {

struct LayerCase {
  std::string name;   // of the test; PyTorch's numbers are in expected/NAME.json where there are any
  std::string inputs; // of one record, "x: f32[7, 6, 4]; t: class(5)[7]"
  std::string body;   // of the network, which sees the inputs with the batch axis in front
  std::string result; // of one record, "f32[4, 5, 6]"
  // Central differences judge nothing where a draw or a `stop_gradient` stands between.
  bool differences = true;
  std::string before = ""; // declarations
};

std::vector<LayerCase> layerCases();

} // namespace nn::test
#endif
