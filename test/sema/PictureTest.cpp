// The source `images`, the steps and augmentations of pictures.
#include "test/sema/Support.h"

using namespace nn;
using namespace nn::test;

namespace {

std::string data(const std::string &source, const std::string &fields) {
  return errors("data d { train = " + source + "; " + fields + " }");
}

const std::string folder = "images(\"a\")", both = "field image: f32[8, 8, 3]; field label: class(2); ";

TEST(Picture, FieldsOfASetOfPictures) {
  EXPECT_EQ(data(folder, both), "");
  EXPECT_EQ(data(folder, "field image: f32[8, 8]; field label: category(2)"), "");
  EXPECT_EQ(data("images(\"a\", labels: \"l.csv\", folder: \"train\")", both + "field age: f32[]"), "");
  EXPECT_EQ(
      data(folder, "field image: f32[8, 8, 4]; field label: class(2)"),
      "1:37: found `f32[8, 8, 4]`, expected a picture, grey as `f32[32, 32, 1]` or in colour as `f32[32, "
      "32, 3]`\n");
  EXPECT_EQ(data(folder, "field label: class(2)"),
            "1:6: found no picture among the fields, expected one, as `field image: f32[32, 32, 3]`\n");
  EXPECT_EQ(data(folder, both + "field age: f32[]"),
            "1:87: found `f32`, expected one picture, and beside it classes\n");
}

// `names` tells the runtime to keep them with the weights.
TEST(Picture, ClassesHaveTheNamesOfFoldersOrOfTexts) {
  auto steps = [](const std::string &source, const std::string &type) {
    Analyzed a("data d { train = " + source + "; field image: f32[8, 8, 3]; field label: " + type + " }");
    EXPECT_TRUE(a.program) << a.errors();
    return a.program ? a.program->data[0].fields[1] : typed::Field();
  };
  EXPECT_EQ(steps(folder, "class(2)").steps[0].name, "names");
  EXPECT_EQ(steps("images(\"a\", labels: \"l.csv\")", "category(2)").steps[0].name, "names");
  EXPECT_EQ(steps("images(\"a\", labels: \"l.csv\")", "class(2)").steps.size(), 0u);
  typed::Field open = steps(folder, "category(2, unknown: true)");
  EXPECT_EQ(open.type.classes, 3);
  EXPECT_EQ(open.steps[0].arguments[0].number, 1);
  EXPECT_EQ(
      data("idx(\"a\", \"b\")", "field image: f32[8, 8, 3]; field label: category(2, unknown: true)"),
      "1:66: found `unknown: true` of `label`, expected `category(k)`: only classes that `idx` has names "
      "for can be unknown\n");
}

TEST(Picture, Steps) {
  EXPECT_EQ(data(folder, "field image: f32[8, 8, 3] |> clahe(tiles: 4, limit: 3) |> standardize"), "");
  EXPECT_EQ(data(folder, "field image: f32[8, 8, 3] |> equalize |> scale(1 / 255) |> zscore"), "");
  EXPECT_EQ(data(folder, "field image: f32[8, 8, 3] |> minmax(per: record) |> zscore"), "");
  EXPECT_EQ(data(folder, "field image: f32[8, 8, 3] |> scale(1 / 255) |> minmax(per: channel)"), "");
  EXPECT_EQ(data(folder, "field image: f32[8, 8, 3] |> minmax(per: image)"), "1:72: unknown word `image`\n");
  EXPECT_EQ(data("moons(10)", "field point: f32[2] |> minmax(per: record); field label: class(2)"),
            "1:35: found `minmax` of `point`, `f32[2]`, expected it of a picture, as `f32[32, 32, 3]`\n");
  for (const char *step : {"standardize", "minmax(per: record)"})
    EXPECT_NE(data(folder, "field image: f32[8, 8, 3] |> scale(1 / 255) |> " + std::string(step))
                  .find("expected it before the steps of single values"),
              std::string::npos);
  EXPECT_EQ(data("moons(10)", "field point: f32[2] |> equalize; field label: class(2)"),
            "1:35: found `equalize` of `point`, `f32[2]`, expected it of a picture, as `f32[32, 32, 3]`\n");
}

TEST(Picture, Augmentations) {
  EXPECT_EQ(
      data(folder, both + "augment image |> flip(0.5) |> flip(axis: vertical) |> rotate(10deg, chance: 0.5) "
                          "|> zoom(10%) |> crop(4) |> shift(10%) |> shear(5deg) |> noise(0.02) "
                          "|> brightness(20%) |> contrast(20%) |> cutout(25%) |> mixup(0.2) |> cutmix(1)"),
      "");
  EXPECT_EQ(data(folder, both + "augment label |> flip"),
            "1:64: found `flip` of `label`, `class(2)`, expected an augmentation of numbers\n");
  EXPECT_EQ(data("moons(10)", "field point: f32[2]; field label: class(2); augment point |> rotate(5deg)"),
            "1:35: found `rotate` of `point`, `f32[2]`, expected it of a picture, as `f32[32, 32, 3]`\n");
  EXPECT_NE(data(folder, both + "augment image |> rotate"), "");
  EXPECT_NE(data(folder, both + "augment image |> flip(2)"), "");
}

} // namespace
