// The source `wav` and its steps: the shape they make must be the field's.
#include "test/sema/Support.h"

using namespace nn;
using namespace nn::test;

namespace {

std::string data(const std::string &source, const std::string &fields) {
  return errors("data d { train = " + source + "; " + fields + " }");
}

const std::string second = "wav(\"a\", rate: 8000, seconds: 1)";
const std::string named = "wav(\"a\", rate: 8000, seconds: 1, pattern: \"{digit}_{who}.wav\")";

TEST(Sound, StepsHaveTheShapesOfTheirFrames) {
  EXPECT_EQ(data(second, "field x: f32[8000]"), "");
  EXPECT_EQ(data(second, "field x: f32[98, 13] |> mfcc |> zscore"), "");
  EXPECT_EQ(data(second, "field x: f32[98, 26] |> mfcc(deltas: true)"), "");
  EXPECT_EQ(data(second, "field x: f32[98, 40] |> mel"), "");
  EXPECT_EQ(data(second, "field x: f32[49, 64] |> mel(bands: 64, window: 32ms, hop: 20ms)"), "");
  EXPECT_EQ(data(second, "field x: f32[98, 129] |> stft"), "");
  EXPECT_EQ(data("wav(\"a\", rate: 16000, seconds: 0.5)", "field x: f32[48, 257] |> stft"), "");
}

TEST(Sound, AWrongShapeIsToldTheRightOne) {
  EXPECT_EQ(data(second, "field x: f32[4000]"), "1:58: `x` is `f32[4000]`, expected `f32[8000]`\n");
  EXPECT_EQ(data(second, "field x: f32[100, 13] |> mfcc"),
            "1:58: `x` is `f32[100, 13]`, expected `f32[98, 13]`\n");
  EXPECT_EQ(data(second, "field x: f32[98, 128] |> stft"),
            "1:58: `x` is `f32[98, 128]`, expected `f32[98, 129]`\n");
  EXPECT_EQ(data(second, "field x: class(3)"), "1:58: `x` is `class(3)`, expected `f32[8000]`\n");
}

TEST(Sound, TheRuntimeGetsSamples) {
  Analyzed a("import std\ndata d { train = " + second +
             "; field x: f32[97, 20] |> mel(bands: 20, window: 32ms) }\n"
             "network Net(x: f32[b, t, n]) { x |> Flatten() |> Dense(2) }\n"
             "train t on d { batch = 8; epochs = 1; minimize mse(Net(x), Net(x) * 2) with SGD(0.1) }");
  ASSERT_TRUE(a.program) << a.errors();
  std::string text;
  for (const typed::CallArgument &argument : a.program->data[0].fields[0].steps[0].arguments)
    text += argument.name + " " + std::to_string(int(*argument.number)) + "; ";
  EXPECT_EQ(text, "rate 8000; window 256; hop 80; bands 20; ");
}

TEST(Sound, OtherFieldsArePartsOfTheName) {
  EXPECT_EQ(
      data(named, "field x: f32[8000]; field digit: class(10); field speaker: category(6) |> from(\"who\")"),
      "");
  EXPECT_EQ(data(named, "field x: f32[8000]; field speaker: category(6)"),
            "1:10: found the pattern `{digit}_{who}.wav`, expected one with `{speaker}`, a field\n");
  EXPECT_EQ(data(named, "field x: f32[8000]; field digit: f32[1]"),
            "1:108: found `f32[1]`, expected `class(k)` or `category(k)`: behind the waveform come parts of "
            "the file's name\n");
}

TEST(Sound, WhatCannotBeIsRefused) {
  EXPECT_EQ(data("wav(\"a\", rate: 8000)", "field x: f32[8000]"),
            "1:10: `wav` needs a value for `seconds`\n");
  EXPECT_EQ(data("wav(\"a\", rate: 8000, seconds: 10ms)", "field x: f32[1, 129] |> stft"),
            "1:61: `window` is 200 samples, expected at most the 80 of a waveform\n");
  EXPECT_EQ(data(second, "field x: f32[98, 13] |> mfcc(bands: 5)"),
            "1:58: `coefficients` is 13, expected at most the 5 bands\n");
  EXPECT_EQ(
      data(second, "field x: f32[98, 13] |> zscore |> mfcc"),
      "1:58: found `mfcc` of `x`, expected it as the first step of the first field, which is the waveform\n");
  EXPECT_EQ(data("idx(\"a\")", "field x: f32[98, 13] |> mfcc"),
            "1:34: found `mfcc` of `x`, expected a waveform: the source `wav`\n");
  EXPECT_EQ(data(second + "; test = wav(\"b\", rate: 16000, seconds: 1)", "field x: f32[8000]"),
            "1:52: found `rate: 16000`, expected the same as in the other part, 8000\n");
  EXPECT_EQ(data(second + "; test = idx(\"b\")", "field x: f32[8000]"),
            "1:52: found `idx`, expected `wav`, as the other parts\n");
}

TEST(Cifar, FieldsAreWhatItHas) {
  EXPECT_EQ(data("cifar10(\"a\")", "field x: f32[32, 32, 3] |> scale(1 / 255); field y: class(10)"), "");
  EXPECT_EQ(
      data("cifar100(\"a\", \"b\")", "field x: f32[32, 32, 3]; field y: class(100); field z: class(20)"), "");
  EXPECT_EQ(data("cifar10(\"a\")", "field x: f32[32, 32, 1]"),
            "1:38: `x` is `f32[32, 32, 1]`, expected `f32[32, 32, 3]`\n");
  EXPECT_EQ(data("cifar100(\"a\")", "field x: f32[32, 32, 3]; field y: class(10)"),
            "1:64: `y` is `class(10)`, expected `class(100)`\n");
  EXPECT_EQ(data("cifar10(\"a\")", "field x: f32[32, 32, 3]; field y: class(10); field z: class(20)"),
            "1:83: `cifar10` has 3 values, expected 1 to 2\n");
  EXPECT_EQ(data("cifar10()", "field x: f32[32, 32, 3]"), "1:10: `cifar10` needs a value for `file`\n");
}

} // namespace
