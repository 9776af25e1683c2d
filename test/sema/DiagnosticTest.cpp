// What wrong programs are told: each kind of error of sema with its place and its words.
#include "test/sema/Support.h"

using namespace nn::test;

namespace {

#define EXPECT_ERRORS(text, expected) EXPECT_EQ(errors(text), expected)

// --- names ----------------------------------------------------------------------------------------------

TEST(Names, UnknownWithSuggestion) {
  EXPECT_ERRORS(withNetwork("x |> Densee(3)"), "4:6: unknown name `Densee`; did you mean `Dense`?\n");
  EXPECT_ERRORS(withNetwork("x |> Dense(3) |> rulu"), "4:18: unknown name `rulu`; did you mean `relu`?\n");
}

TEST(Names, UnknownInBodiesNobodyApplies) {
  EXPECT_ERRORS(withData("fn f(a: f32) { a * bb }"), "3:20: unknown name `bb`\n");
}

TEST(Names, UnknownType) {
  EXPECT_ERRORS(withNetwork("let k: f33 = 3.0\nx * k |> Dense(3)"),
                "4:8: unknown type `f33`; did you mean `f32`?\n");
}

TEST(Names, DefinedTwice) {
  EXPECT_ERRORS(withData("fn f(a: f32) { a }\nfn f(c: f32) { c }"), "4:4: fn `f` is already defined\n");
  EXPECT_ERRORS(withNetwork("let a = x\nlet a = x\na |> Dense(3)"), "5:5: name `a` is already defined\n");
}

TEST(Names, OneNameMayHaveTwoKinds) {
  EXPECT_ERRORS(withData("loss f(a: f32) { a }\nmetric f(a: f32) { a }"), "");
}

TEST(Names, AFileMayHideTheLibrary) {
  EXPECT_ERRORS(withNetwork("x |> Dense(3)",
                            "layer Dense(k: int)(x: f32[b, n]) { param W: f32[n, k] = zeros; x @ W }\n"),
                "");
}

TEST(Names, NeverUsed) {
  EXPECT_ERRORS(withNetwork("let a = 3\nx |> Dense(3)"), "4:5: `a` is never used\n");
  EXPECT_ERRORS(withNetwork("x |> relu\nx |> Dense(3)"), "4:1: this value is never used\n");
  EXPECT_ERRORS(withData("hyper rate: f32 = 1"), "3:7: `rate` is never used\n");
  EXPECT_ERRORS(withData("loss f(a: f32, c: f32) { a }"), "3:16: `c` is never used\n");
}

TEST(Names, NotAssignable) {
  EXPECT_ERRORS(withNetwork("x = relu(x)\nx |> Dense(3)"), "4:1: `x` cannot be assigned\n");
}

TEST(Names, UsedBeforeDefinition) {
  EXPECT_ERRORS(withNetwork("a * x |> Dense(3)", "hyper a: f32 = c * 2; hyper c: f32 = 1\n"),
                "3:16: `c` is used before its definition\n");
}

TEST(Names, NotCallable) {
  EXPECT_ERRORS(withNetwork("let k = 3\nk(x)"), "5:1: the number `3` cannot be called\n");
}

// --- calls ----------------------------------------------------------------------------------------------

TEST(Calls, Arguments) {
  EXPECT_ERRORS(withNetwork("x |> Dense()"), "4:6: `Dense` needs a value for `units`\n");
  EXPECT_ERRORS(withNetwork("x |> Dense(3, unit: 4)"),
                "4:15: `Dense` has no parameter `unit`; did you mean `units`?\n");
  EXPECT_ERRORS(withNetwork("x |> Dense(3, units: 4)"), "4:22: `units` is given twice\n");
  EXPECT_ERRORS(withNetwork("relu(x, x)"), "4:9: too many arguments: `relu` takes 1\n");
  EXPECT_ERRORS(withNetwork("x |> Dense(3.5)"),
                "4:12: found the number `3.5`, expected a whole number for `units`\n");
  EXPECT_ERRORS(withNetwork("x |> Dense(3, bias: 1)"),
                "4:21: found the number `1`, expected a bool for `bias`\n");
  EXPECT_ERRORS(withNetwork("x |> Dense(3, init: relu)"),
                "4:21: found the fn `relu`, expected an initializer for `init`\n");
}

TEST(Calls, RequirementTellsValues) {
  const std::string layer =
      "layer L(k: int)(x: f32[b, n]) { require(k > n, \"{k} is not above {n} {}\")\n x }\n";
  EXPECT_ERRORS(withNetwork("x |> L(3) |> Dense(3)", layer), "3:33: 3 is not above 4 {}\n");
  EXPECT_ERRORS(withNetwork("x |> L(7) |> Dense(3)", layer), "");
  EXPECT_ERRORS(withData("fn f(k: int) { require(k > 0, \"{kk}\"); k }"),
                "3:31: unknown name `kk`; did you mean `k`?\n");
}

TEST(Calls, Requirement) {
  EXPECT_ERRORS(withNetwork("x |> Dropout(1.5) |> Dense(3)"),
                "4:6: the rate of `Dropout` is at least 0 and less than 1\n");
}

TEST(Calls, OutsideDomain) {
  EXPECT_ERRORS(withNetwork("x * log(-1) |> Dense(3)"),
                "4:9: `log` of -1 is not a number, expected a positive number\n");
}

// --- shapes ---------------------------------------------------------------------------------------------

TEST(Shapes, ArgumentInTheUsersSizes) {
  EXPECT_ERRORS(withData("network Net(x: f32[b, 5]) { x |> Dense(3) }\npredict Net(x)"),
                "4:13: `x` is `f32[b, 4]`, expected `f32[b, 5]`\n");
  EXPECT_ERRORS(withNetwork("x |> Dense(3) |> Conv(4)"),
                "4:1: `x` is `f32[b, 3]`, expected `f32[b, h, ..., n]`\n");
}

TEST(Shapes, ResultIsShownWhereItIsPromised) {
  EXPECT_ERRORS(withData("network Net(x: f32[b, 4]) -> f32[b, 3] { x |> Dense(4) }\npredict Net(x)"),
                "3:30: the result of `Net` is `f32[b, 4]`, expected `f32[b, 3]`\n");
}

TEST(Shapes, NoSilentBroadcasting) {
  EXPECT_ERRORS(withNetwork("let a = x |> Dense(1)\nlet c = x |> Dense(3)\na * c"),
                "6:3: `*` cannot combine `[b, 1]` with `[b, 3]`\n");
  EXPECT_ERRORS(withNetwork("let s = sum(x, axis: 1)\nx * s"),
                "5:3: `*` cannot combine `[b, 4]` with `[b]`\n");
}

TEST(Shapes, NamedSizesAgree) {
  EXPECT_ERRORS(withNetwork("f(x, x |> Dense(5))", "fn f(p: f32[..., n], q: f32[..., n]) { p + q }\n"),
                "5:6: `q` is `f32[b, 5]`, expected `f32[..., n]`\n");
}

TEST(Shapes, MatMul) {
  EXPECT_ERRORS(withNetwork("param W: f32[5, 3] = zeros\nx @ W"),
                "5:3: `@` cannot multiply `[b, 4]` by `[5, 3]`: the last size of the left must be the first "
                "of the right\n");
}

TEST(Shapes, SizesAreWholeAndPositive) {
  EXPECT_ERRORS(withNetwork("param W: f32[4, 3/2] = zeros\nx @ W"),
                "4:17: a size is 1.5, expected a whole number\n");
  EXPECT_ERRORS(withNetwork("x |> Dense(0)"), "4:6: a size is 0, expected at least 1\n");
}

TEST(Shapes, BuiltinsSayWhatDoesNotFit) {
  EXPECT_ERRORS(withNetwork("reshape(x, [b, 5])"),
                "4:1: `[b, 4]` cannot become `[b, 5]`: it has 4 elements a record, not 5\n");
  EXPECT_ERRORS(withNetwork("sum(x, axis: 2)"), "4:14: axis 2 does not exist, the tensor has 2 axes\n");
  EXPECT_ERRORS(withNetwork("let (p, q, r) = split(x, 3)\nconcat([p, q, r])"),
                "4:17: an axis of 4 cannot be split into 3 equal parts\n");
  EXPECT_ERRORS(withNetwork("x[:, 4]"), "4:6: this index does not fit: `4` is outside an axis of 4\n");
  EXPECT_ERRORS(withNetwork("x[0, :]"),
                "4:3: this index does not fit: the batch axis can only be taken whole, by `:`\n");
  EXPECT_ERRORS(withNetwork("argmax(x, axis: 0)"), "4:1: `argmax` cannot work along the batch axis\n");
  EXPECT_ERRORS(
      withNetwork("max_pool(x, 2)"),
      "4:10: `max_pool` is given `f32[b, 4]`, expected a number of axes of 3 to 5, as in `[b, height, width, "
      "channels]`\n");
}

TEST(Shapes, Windows) {
  const std::string image = "let i = reshape(x, [b, 2, 2, 1])\n";
  EXPECT_ERRORS(withNetwork(image + "i |> MaxPool(3) |> Flatten() |> Dense(3)"),
                "5:6: a window that reaches over 3 elements does not fit in 2 of `[b, 2, 2, 1]`\n");
  EXPECT_ERRORS(withNetwork(image + "i |> Conv(4, stride: 0) |> Flatten() |> Dense(3)"),
                "5:6: `stride` is 0, expected a number from 1 to 1048576\n");
  EXPECT_ERRORS(withNetwork(image + "i |> Conv(4, stride: (1, 1, 1)) |> Flatten() |> Dense(3)"),
                "5:6: `stride` has 3 values, expected 2\n");
  EXPECT_ERRORS(withNetwork(image + "i |> MaxPool(2, padding: 2) |> Flatten() |> Dense(3)"),
                "5:6: padding 2 is not less than the window of 2\n");
  EXPECT_ERRORS(
      withNetwork(image + "param W: f32[1, 1, 2, 3] = zeros\nconv(i, W) |> Flatten() |> Dense(3)"),
      "6:1: input `[b, 2, 2, 1]` and filter `[1, 1, 2, 3]` with 1 group(s) do not fit: the filter needs the "
      "input's channels divided by the groups\n");
}

TEST(Shapes, UnknownEllipsis) {
  EXPECT_ERRORS(withNetwork("param W: f32[..., 3] = zeros\nx @ W"), "4:14: `...` stands for no axes yet\n");
}

// --- types ----------------------------------------------------------------------------------------------

TEST(Types, LabelsAreNoNumbers) {
  EXPECT_ERRORS(withData("predict y + 1"), "3:9: found `class(3)[b]`, expected numbers\n");
}

TEST(Types, ClassesAgree) {
  EXPECT_ERRORS(
      withData("network Net(x: f32[b, 4]) { x |> Dense(5) }\n"
               "train t on d { batch = 8; epochs = 2; minimize cross_entropy(Net(x), y) with SGD }"),
      "4:70: `label` is `class(3)[b]`, expected `class(k)[...]`\n");
}

TEST(Types, ConditionsAreKnownWhenCompiling) {
  EXPECT_ERRORS(withNetwork("if sum(x) > 0 { x } else { -x }"),
                "4:4: a condition of `if` must be known when compiling\n");
}

TEST(Types, Patterns) {
  EXPECT_ERRORS(withNetwork("let (p, q) = x\np + q"), "4:14: found `f32[b, 4]`, expected a tuple of 2\n");
}

TEST(Types, Numbers) {
  EXPECT_ERRORS(withNetwork("x * (1/0) |> Dense(3)"), "4:7: division by zero\n");
  EXPECT_ERRORS(withNetwork("x |> Dense(2^70)"),
                "4:13: the result of `^` is beyond whole numbers of 64 bits\n");
}

TEST(Types, Terms) {
  EXPECT_ERRORS(withData("network Net(x: f32[b, 4]) { x |> Dense(3) }\n"
                         "train t on d { batch = 8; epochs = 2; minimize Net(x) with SGD\nmeasure Net(x) }"),
                "4:48: a term of the loss is `f32[b, 3]`, expected one number\n"
                "5:9: a measure is `f32[b, 3]`, expected one number\n");
}

// --- parameters and state -------------------------------------------------------------------------------

TEST(Parameters, Mistakes) {
  EXPECT_ERRORS(withNetwork("param W: f32[4, 3]\nx @ W"),
                "4:7: `W` has no initial value, expected `= zeros` or another initializer\n");
  EXPECT_ERRORS(withNetwork("param W: f32[b, 4] = zeros\nx * W"),
                "4:7: the shape of `Net.W` depends on the batch, but it outlives the batch\n");
  EXPECT_ERRORS(withNetwork("param s: f32 = sum(x)\nx * s |> Dense(3)"),
                "4:20: the initial value depends on `x`, which is not known before training\n");
  EXPECT_ERRORS(withData("predict Dense(3)(x)"),
                "3:9: `W` is made outside a network: weights belong to a `network`\n"
                "3:9: `c` is made outside a network: weights belong to a `network`\n");
  EXPECT_ERRORS(withNetwork("let e = Dense(4)\nx |> e |> Dense(5) |> e |> Dense(3)"),
                "5:23: `Net.e.W` is `f32[5, 4]`, expected `f32[4, 4]`\n");
}

TEST(Parameters, StateChangesInTrainingOnly) {
  EXPECT_ERRORS(withNetwork("state n: f32 = 0\nn = n + 1\nx * n |> Dense(3)"),
                "5:1: state `n` is assigned where `training` is false\n");
}

TEST(Parameters, BodyWithoutValue) {
  EXPECT_ERRORS(withNetwork("let a = x\nlet c = a\nfor i in 0..2 { c = relu(c) }"),
                "3:9: the body of `Net` has no value: its last statement is not an expression\n");
}

// --- data, training, prediction ---------------------------------------------------------------------------

TEST(Data, Mistakes) {
  EXPECT_ERRORS("data d { train = idx(\"a\"); field x: f32[4]; field y: class(3) }",
                "1:10: `idx` has 1 values, expected 2\n");
  EXPECT_ERRORS("data d { train = blops(100); field x: f32[4] }",
                "1:18: unknown source `blops`; did you mean `blobs`?\n");
  EXPECT_ERRORS("data d { train = blobs(100, nois: 1); field x: f32[4] }",
                "1:29: `blobs` has no parameter `nois`; did you mean `noise`?\n");
  EXPECT_ERRORS("data d { train = blobs(); field x: f32[4] }", "1:18: `blobs` needs a value for `count`\n");
  EXPECT_ERRORS("data d { train = blobs(1); field x: f32[4] |> zscor }",
                "1:47: unknown preprocessing step `zscor`; did you mean `zscore`?\n");
  EXPECT_ERRORS("data d { train = blobs(1); field x: int }",
                "1:37: found `int`, expected `f32[…]` or `class(k)`\n");
  EXPECT_ERRORS("data d { tran = idx(\"x\"); field x: f32[4] }",
                "1:10: `data` has no setting `tran`; did you mean `train`?\n");
  EXPECT_ERRORS("data d { test = idx(\"x\"); field x: f32[4] }", "1:6: data `d` has no `train`\n");
  EXPECT_ERRORS("data d { train = blobs(1); field x: f32[4]; validation = 10deg of train }",
                "1:58: found `10deg`, expected a share between 0% and 100%\n");
  EXPECT_ERRORS("data d { train = blobs(1); field x: f32[4]; 3 }",
                "1:45: this does not belong in `data`, expected settings and fields\n");
}

TEST(Train, Mistakes) {
  const std::string net = "network Net(x: f32[b, 4]) { x |> Dense(3) }\n";
  const std::string goal = "minimize cross_entropy(Net(x), y) with SGD";
  EXPECT_ERRORS(withData(net + "train t on e { batch = 8; epochs = 2; " + goal + " }"),
                "4:12: unknown data set `e`\n");
  EXPECT_ERRORS(withData(net + "train t on d { batch = 0; epochs = 2; " + goal + " }"),
                "4:24: `batch` is 0, expected 1 to 1048576\n");
  EXPECT_ERRORS(withData(net + "train t on d { batch = 8; " + goal + " }"),
                "4:7: train `t` has no `epochs`\n");
  EXPECT_ERRORS(withData(net + "train t on d { batch = 8; epoch = 2; epochs = 3; " + goal + " }"),
                "4:27: `train` has no setting `epoch`; did you mean `epochs`?\n");
  EXPECT_ERRORS(withData(net + "train t on d { batch = 8; epochs = 3; batch = 4; " + goal + " }"),
                "4:39: setting `batch` is already defined\n");
  EXPECT_ERRORS(withData(net + "train t on d { batch = 8; epochs = 2; minimize mean(x) with SGD }"),
                "4:48: no parameter changes this loss\n");
  EXPECT_ERRORS(
      withData(net + "train t on d { batch = 8; epochs = 2; minimize cross_entropy(Net(x), y) with relu }"),
      "4:78: found the fn `relu`, expected an optimizer\n");
  EXPECT_ERRORS(
      withData(net +
               "train t on d { batch = 8; epochs = 2; minimize cross_entropy(Net(x), y) with clip_norm(1) }"),
      "4:78: optimizer `clip_norm` does not assign `w`\n");
  EXPECT_ERRORS(
      withData(net + "train t on d { batch = 8; epochs = 2; param w: f32 = 0\n" + goal + " }"),
      "4:39: this does not belong in `train`, expected settings, `let`, `minimize` and `measure`\n");
}

TEST(Predict, Mistakes) {
  EXPECT_ERRORS(withData("predict 3"), "3:9: `predict` names no field of a data set\n");
  EXPECT_ERRORS(withData("predict 2 * labell"), "3:13: unknown name `labell`\n");
  EXPECT_ERRORS(
      withData("predict sum(x)"),
      "3:9: `predict` gives `f32`, expected a value for each record: the first axis is the batch\n");
  EXPECT_ERRORS(withData("predict x\npredict x"), "4:1: statement `predict` is already defined\n");
  EXPECT_ERRORS(withData("data e { train = idx(\"z\"); field z: f32[4] }\npredict x + e.z"),
                "4:13: `e` is not the data set in use here\n");
}

TEST(Statements, Misplaced) {
  EXPECT_ERRORS(withNetwork("measure x\nx |> Dense(3)"), "4:1: `measure` does not belong in this body\n");
  EXPECT_ERRORS(withNetwork("let a = 10% of train\nx * a"),
                "4:9: a share belongs to `validation` or `test`, as in `validation = 10% of train`\n");
}

// --- hyperparameters ------------------------------------------------------------------------------------

TEST(Hypers, Mistakes) {
  const std::string use = "x * a |> Dense(3)";
  EXPECT_ERRORS(withNetwork(use, "hyper a: f32 = 2 in log(0, 1)\n"),
                "3:21: the range 0 to 1 is empty or not allowed: a logarithmic range is above 0\n");
  EXPECT_ERRORS(withNetwork(use, "hyper a: f32 = 2 in linear(0, 1)\n"), "3:16: `a` is 2, expected 0 to 1\n");
  EXPECT_ERRORS(withNetwork(use, "hyper a: int = 1.5\n"), "3:16: `a` is 1.5, expected a whole number\n");
  EXPECT_ERRORS(withNetwork(use, "hyper a: string = 1\n"),
                "3:10: found `string`, expected `f32`, `int` or `bool`\n");
}

TEST(Hypers, Set) {
  const std::string text = withNetwork("x |> Dense(width) |> Dense(3)", "hyper width: int = 4 in [4, 8]\n");
  EXPECT_EQ(Analyzed(text, {{"width", "8"}}).errors(), "");
  EXPECT_EQ(Analyzed(text, {{"width", "5"}}).errors(),
            "3:25: `--set width=5` is outside the range, expected one of 4, 8\n");
  EXPECT_EQ(Analyzed(text, {{"width", "four"}}).errors(),
            "3:7: `--set width=four`: expected a whole number\n");
  EXPECT_EQ(Analyzed(text, {{"widht", "5"}}).errors(),
            "`--set widht`: the program has no hyperparameter of this name; did you mean `width`?\n");
}

// --- what a loss is given -------------------------------------------------------------------------------

std::string ended(const std::string &body, const std::string &loss) {
  return errors(withData("network Net(x: f32[b, 4]) { " + body +
                         " }\ntrain t on d { batch = 8; epochs = 2; minimize " + loss +
                         " with SGD(0.1) }\n"));
}

TEST(LossInputs, WhatALossCanTake) {
  EXPECT_EQ(ended("x |> Dense(3) |> Dropout(0.5) |> Dense(3)", "cross_entropy(Net(x), y)"), "");
  EXPECT_EQ(ended("x |> Dense(3) |> relu |> Dense(3)", "cross_entropy(Net(x), y)"), "");
  EXPECT_EQ(ended("4 * tanh(x |> Dense(3))", "cross_entropy(Net(x), y)"), "");
  EXPECT_EQ(ended("x |> Dense(3)", "kl_divergence(Net(x), softmax(Net(x)))"), "");
  EXPECT_EQ(ended("x |> Dense(3) |> softmax", "entropy(Net(x)) + mse(Net(x), one_hot(y))"), "");
  EXPECT_EQ(ended("x |> Dense(3) |> sigmoid", "bce(Net(x), one_hot(y), logits: false)"), "");
  EXPECT_EQ(ended("x |> Dense(3) |> tanh", "hinge(Net(x), 2 * one_hot(y) - 1)"), "");
  EXPECT_EQ(ended("concat([x |> Dense(1), x |> Dense(2) |> relu])", "cross_entropy(Net(x), y)"), "");
}

// --- what nothing applies -------------------------------------------------------------------------------

TEST(Unapplied, WhatIsNotKnownIsNotJudged) {
  EXPECT_EQ(errors("import std\nlayer Free(x: f32[b, n]) { x + Dense(5)(x) }\n"
                   "layer Built(k: int)(x: f32[b, 4]) { x + Dense(k)(x) }\n"
                   "layer OfWeights(x: f32[n, 4]) { x + Dense(5)(x) }\n"
                   "network Open(x: f32[b, n]) { x + Dense(5)(x) }\n"),
            "");
}

TEST(Unapplied, LeavesNoTrace) {
  Analyzed a(withNetwork("x |> Dense(3)", "network _Other(x: f32[b, 4]) { x |> Dense(7) }\n"));
  ASSERT_TRUE(a.program) << a.errors();
  EXPECT_EQ(ports(a.graph("init").results), "parameter Net.Dense_1.W\nparameter Net.Dense_1.c\n");
}

} // namespace
