// The ready models have the parameters that their papers or reference implementations have.
#include "test/sema/Support.h"

using namespace nn;
using namespace nn::test;

namespace {

// Of the model `call` of one image, `[size, size, channels]`, in `classes`.
int64_t parameters(const std::string &call, int size, int channels, int classes) {
  std::string image = std::to_string(size) + ", " + std::to_string(size) + ", " + std::to_string(channels);
  Analyzed a("import std\nimport std.models\ndata d { train = idx(\"x\", \"y\"); field x: f32[" + image +
             "]; field y: class(" + std::to_string(classes) + ") }\nnetwork Net(x: f32[b, " + image +
             "]) { x |> " + call +
             " }\ntrain t on d { batch = 2; epochs = 1; minimize cross_entropy(Net(x), y) with SGD(0.1) }\n");
  if (!a.program) {
    ADD_FAILURE() << a.errors();
    return 0;
  }
  int64_t total = 0;
  for (const typed::Port &port : a.graph("init").results)
    if (port.role == "parameter") {
      int64_t elements = 1;
      for (const typed::Dim &dim : port.type.shape)
        elements *= dim.size;
      total += elements;
    }
  return total;
}

TEST(Models, LeNet5HasThePublishedParameters) { EXPECT_EQ(parameters("LeNet5()", 28, 1, 10), 61'706); }

TEST(Models, ResNetsHaveThePublishedParameters) {
  EXPECT_EQ(parameters("ResNet20()", 32, 3, 10), 269'722);
  EXPECT_EQ(parameters("ResNet18()", 224, 3, 1000), 11'689'512);
}

TEST(Models, VggHasThePublishedParameters) { EXPECT_EQ(parameters("VGG11()", 224, 3, 1000), 132'863'336); }

TEST(Models, MobileNetHasThePublishedParameters) {
  EXPECT_EQ(parameters("MobileNetV2()", 224, 3, 1000), 3'504'872);
}

// The convolutions of the paper's figure 1: 31.0 million.
TEST(Models, UNetHasThePublishedParameters) {
  EXPECT_EQ(parameters("UNet() |> GlobalAvgPool()", 16, 1, 2), 31'030'658);
}

// 784*256 + 256 + 256*128 + 128 + 128*10 + 10
TEST(Models, MlpHasTheParametersOfItsWidths) { EXPECT_EQ(parameters("MLP(10)", 28, 1, 10), 235'146); }

// Of a model of texts of 65 characters.
int64_t textParameters(const std::string &call) {
  Analyzed a("import std\nimport std.models\ndata d { train = idx(\"x\", \"y\"); field x: class(65)[64]; "
             "field y: class(65)[64] }\nnetwork Net(x: class(65)[b, 64]) { x |> " +
             call +
             " }\ntrain t on d { batch = 2; epochs = 1; minimize cross_entropy(Net(x), y) with SGD(0.1) }\n");
  EXPECT_TRUE(a.program) << a.errors();
  int64_t total = 0;
  if (a.program)
    for (const typed::Layer &layer : a.program->layers)
      total += layer.parameters;
  return total;
}

// Embedding 65*128; each block 4*(128*128 + 128) + 128*512 + 512 + 512*128 + 128 + 2*256; at the end 256 +
// 128*65 + 65.
TEST(Models, TransformerHasTheParametersOfItsParts) {
  EXPECT_EQ(textParameters("Transformer()"),
            65 * 128 + 4 * (4 * (128 * 128 + 128) + 128 * 512 + 512 + 512 * 128 + 128 + 2 * 256) + 256 +
                128 * 65 + 65);
}

TEST(Models, CharLstmHasTheParametersOfItsParts) {
  EXPECT_EQ(textParameters("CharLSTM()"), 65 * 64 + (64 + 256 + 1) * 4 * 256 + 256 * 65 + 65);
  EXPECT_EQ(textParameters("CharLSTM(8, depth: 3, embedding: 5, dropout: 0.2)"),
            65 * 5 + (5 + 8 + 1) * 32 + 2 * (8 + 8 + 1) * 32 + 8 * 65 + 65);
}

} // namespace
