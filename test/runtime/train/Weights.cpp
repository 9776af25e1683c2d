// A program's weights come back bit by bit, also through the other float width; a file that does not fit
// leaves the program as it was.
#include "runtime/train/Weights.h"
#include "runtime/train/Safetensors.h"
#include "test/runtime/Support.h"

#include <algorithm>
#include <cmath>

using namespace nnrt;
using namespace nntest;

namespace {

const nn_program &program = nn_program_descriptor; // W [2, 2], c [2], state seen [1], zscore of 2 channels

struct Stored {
  std::string name;
  std::vector<int64_t> shape;
  std::vector<double> values;
};

std::vector<Stored> fitting() {
  return {{"Net.Dense_1.W", {2, 2}, {1, 2, 3, 4}},
          {"Net.Dense_1.c", {2}, {5, 6}},
          {"Net.seen", {1}, {7}},
          {"data.digits.image.mean", {2}, {0.5, 0.25}},
          {"data.digits.image.sd", {2}, {2, 4}}};
}

struct Loader {
  TemporaryFolder folder;
  Arena arena = std::move(*Arena::create(program));
  Preprocessing preprocessing = std::move(*preprocessingOf({&program.data[0]}));

  Loader() { program.init(arena.data(), 1, 0); }
  Status load(const std::vector<Stored> &tensors, bool withPreprocessing = true, bool asDouble = false) {
    std::vector<std::vector<float>> narrow;
    std::vector<TensorToStore> toStore;
    for (const Stored &tensor : tensors)
      narrow.emplace_back(tensor.values.begin(), tensor.values.end());
    for (size_t i = 0; i < tensors.size(); ++i) {
      auto bytes =
          asDouble ? std::string_view(reinterpret_cast<const char *>(tensors[i].values.data()),
                                      tensors[i].values.size() * 8)
                   : std::string_view(reinterpret_cast<const char *>(narrow[i].data()), narrow[i].size() * 4);
      toStore.push_back({tensors[i].name, asDouble ? "F64" : "F32", tensors[i].shape, bytes});
    }
    EXPECT_TRUE(writeSafetensors(folder / "w", toStore, {}));
    return loadWeights(folder / "w", program, arena, withPreprocessing ? &preprocessing : nullptr);
  }
  double weight(int64_t index) const { return arena.number(program.parameters[0], index); }
};

void expectRefused(const std::vector<Stored> &tensors, const std::string &part) {
  Loader loader;
  double before = loader.weight(0);
  Status status = loader.load(tensors);
  EXPECT_EQ(codeOf(status), exitData);
  EXPECT_CONTAINS(messageOf(status), part);
  EXPECT_EQ(loader.weight(0), before);
}

} // namespace

TEST(Weights, LoadsBothWidths) {
  for (bool asDouble : {false, true}) {
    Loader loader;
    Status status = loader.load(fitting(), true, asDouble);
    ASSERT_TRUE(status) << messageOf(status);
    EXPECT_EQ(loader.weight(3), 4);
    EXPECT_EQ(loader.arena.number(program.states[0]), 7);
    EXPECT_EQ(*loader.preprocessing[0].fitted()[1].values, (std::vector<double>{2, 4}));
  }
}

TEST(Weights, SaveAndLoadIsIdentity) {
  Loader loader;
  ASSERT_TRUE(loader.load(fitting()));
  ASSERT_TRUE(saveWeights(loader.folder / "a", program, loader.arena, loader.preprocessing, "{}"));
  Loader other;
  ASSERT_TRUE(loadWeights(loader.folder / "a", program, other.arena, &other.preprocessing));
  ASSERT_TRUE(saveWeights(loader.folder / "b", program, other.arena, other.preprocessing, "{}"));
  EXPECT_EQ(readBytes(loader.folder / "a"), readBytes(loader.folder / "b"));
}

TEST(Weights, TrainingNeedsNoPreprocessing) {
  auto tensors = fitting();
  tensors.resize(3);
  EXPECT_TRUE(Loader().load(tensors, false));
  EXPECT_TRUE(Loader().load(fitting(), false));
  expectRefused(tensors, "`data.digits.image.mean` is missing");
}

TEST(Weights, MissingExtraAndWrongShapeAreRefused) {
  auto tensors = fitting();
  tensors.erase(tensors.begin());
  expectRefused(tensors, "`Net.Dense_1.W` is missing");
  tensors = fitting();
  tensors.push_back({"Net.Dense_1.w", {1}, {0}});
  expectRefused(tensors, "`Net.Dense_1.w` is not in the program: did you mean `Net.Dense_1.W`?");
  tensors = fitting();
  tensors.push_back({"data.digits.image.median", {1}, {0}});
  expectRefused(tensors, "median");
  tensors = fitting();
  tensors[0].shape = {4, 1};
  expectRefused(tensors, "has shape [4, 1], the program's has [2, 2]");
}

TEST(Weights, FittedValuesMustBeUsable) {
  auto tensors = fitting();
  tensors[4].values = {0, 1};
  expectRefused(tensors, "`data.digits.image.sd` holds 0");
  tensors = fitting();
  tensors[3].values = {NAN, 1};
  expectRefused(tensors, "nan");
}
