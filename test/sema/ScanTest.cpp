// `scan`: what it means as a graph, and what wrong ones are told.
#include "test/sema/Support.h"

using namespace nn;
using namespace nn::test;
using typed::Op;

namespace {

// A network on sequences of five places; `body` starts on line 4.
std::string withSequence(const std::string &body, const std::string &before = "") {
  return "import std\ndata d { train = idx(\"x\", \"y\"); field x: f32[5, 4]; field y: class(3) }\n" +
         before + "network Net(x: f32[b, t, n]) {\n" + body + "\n}\n" +
         "train s on d { batch = 8; epochs = 2; minimize cross_entropy(Net(x), y) with SGD(0.1) }\n";
}

TEST(Scan, StacksWhatItYieldsAndLeavesTheStates) {
  Analyzed a(
      withSequence("let all = scan xt in x along t with h = zeros[b, 4] {\nh = tanh(xt + h)\nyield h\n}\n"
                   "all[:, 0, :] + h |> Dense(3)"));
  ASSERT_TRUE(a.program) << a.errors();
  EXPECT_EQ(count(a.graph("s.eval"), Op::Scan), 1);
  EXPECT_EQ(count(a.graph("s.eval"), Op::Take), 1);
  for (const typed::Node &node : a.graph("s.eval").nodes) {
    if (node.op != Op::Scan)
      continue;
    ASSERT_EQ(node.types.size(), 2u);
    EXPECT_EQ(node.types[0].shape, (std::vector<typed::Dim>{{1, true}, {4, false}}));
    EXPECT_EQ(node.types[1].shape, (std::vector<typed::Dim>{{1, true}, {5, false}, {4, false}}));
  }
}

TEST(Scan, GoesAlongAnyAxisAndPutsTheStackThere) {
  Analyzed a(withSequence("let all = scan c in x along n with s = zeros[b, t] {\ns = s + c\nyield s\n}\n"
                          "let (back, double) = scan r, q in x, x along t reverse { yield (r, q * 2) }\n"
                          "all[:, 0, :] + back[:, 0, :] + double[:, 1, :] |> Dense(3)"));
  EXPECT_TRUE(a.program) << a.errors();
}

TEST(Scan, TakesNumbersForAllSteps) {
  Analyzed a(withSequence(
      "scan xt, on, k in x, true, 2 along t with h = zeros[b, 4] { h = where_rows(on, xt * k, h) }\n"
      "h |> Dense(3)"));
  ASSERT_TRUE(a.program) << a.errors();
  EXPECT_EQ(count(a.graph("s.eval"), Op::Select), 1); // that of the loss
}

TEST(Scan, StandsInAScan) {
  Analyzed a(withSequence("scan xt in x along t with h = zeros[b] {\n"
                          "scan e in xt along n with g = h { g = g * 0.5 + e }\nh = g }\n"
                          "expand(h, 3, axis: 1) |> Dense(3)"));
  ASSERT_TRUE(a.program) << a.errors();
  EXPECT_EQ(count(a.graph("s.eval"), Op::Scan), 2);
}

TEST(Scan, InAScanAssignsOnlyWhatItCarries) {
  EXPECT_EQ(errors(withSequence("scan xt in x along t with h = zeros[b] {\n"
                                "scan e in xt along n with g = h { g = g * 0.5 + e\nh = g }\nh = h + g }\n"
                                "expand(h, 3, axis: 1)")),
            "6:1: `h` is assigned in a `scan` that does not carry it: a step hands on only what stands "
            "behind `with`\n");
}

TEST(Scan, StateThatChangesShape) {
  EXPECT_EQ(errors(withSequence("scan xt in x along t with h = zeros[b, 3] { h = xt }\nh |> Dense(3)")),
            "4:49: the state `h` is `f32[b, 3]` before this step and `f32[b, 4]` after it: what a `scan` "
            "carries keeps its "
            "shape\n");
  EXPECT_EQ(errors(withSequence(
                "scan xt in x along t with h = 0 { h = h + xt }\nexpand(x[:, 0, 0] * h, 3, axis: 1)")),
            "4:39: the state `h` is `f32[]` before this step and `f32[b, 4]` after it: what a `scan` carries "
            "keeps its "
            "shape\n");
}

TEST(Scan, AxesThatCannotBeMeant) {
  EXPECT_EQ(errors(withSequence("scan xt in x along b with h = zeros[b, 4] { h = xt }\nh |> Dense(3)")),
            "4:20: `scan` cannot work along the batch axis\n");
  EXPECT_EQ(errors(withSequence("scan xt in x[:, 0, :] along t with h = zeros[b] { h = xt }\nh |> Dense(3)")),
            "4:12: no axis of `[b, 4]` is `t` = 5\n");
  EXPECT_EQ(errors(withSequence(
                "scan xt in x @ zeros[n, 5] along t with h = zeros[b, 5] { h = xt }\nh |> Dense(3)")),
            "4:12: more than one axis of `[b, 5, 5]` has the size `t`: which is meant cannot be told\n");
  EXPECT_EQ(errors(withSequence("scan xt in x along s with h = zeros[b, 4] { h = xt }\nh |> Dense(3)")),
            "4:20: unknown name `s`\n");
}

TEST(Scan, SequencesThatAreNone) {
  EXPECT_EQ(errors(withSequence("scan k in 2 along t with h = zeros[b, 3] { h = h + k }\nh + x[:, 0, 0:3]")),
            "4:11: a `scan` needs a tensor to go along, found the number `2`\n");
  EXPECT_EQ(errors(withSequence("scan p, q in x along t with h = zeros[b, 4] { h = p + q }\nh |> Dense(3)")),
            "4:1: a `scan` has 2 names for 1 sequences\n");
}

TEST(Scan, AssignsOnlyWhatItCarries) {
  EXPECT_EQ(
      errors(withSequence("let sum = x[:, 0, :]\nscan xt in x along t { sum = sum + xt }\nsum |> Dense(3)")),
      "5:24: `sum` is assigned in a `scan` that does not carry it: a step hands on only what stands behind "
      "`with`\n");
  EXPECT_NE(
      errors(
          withSequence("scan xt in x along t with h = zeros[b, 4] { h = xt |> BatchNorm() }\nh |> Dense(3)"))
          .find("state `mean` is assigned in a `scan`: it would change in every step, carry it instead"),
      std::string::npos);
}

TEST(Scan, YieldsOnceAndOnlyThere) {
  EXPECT_EQ(
      errors(withSequence("let s = scan xt in x along t {\nyield xt\nyield xt\n}\ns[:, 0, :] |> Dense(3)")),
      "6:1: a step of a `scan` yields once\n");
  EXPECT_EQ(errors(withSequence("yield x\nx[:, 0, :] |> Dense(3)")),
            "4:1: `yield` does not belong in this body\n");
  EXPECT_EQ(errors(withSequence("let s = scan xt in x along t { xt }\ns[:, 0, :] |> Dense(3)")),
            "4:32: this value is never used\n");
}

TEST(Scan, MasksFitTheirRows) {
  EXPECT_EQ(errors(withSequence("where_rows(x[:, 0, :] > 0, x[:, 0, 0], 0)\n")),
            "4:12: `where_rows` cannot combine `[b, 4]` with `[b]`\n");
}

TEST(Scan, RecurrentLayersTakeAMask) {
  for (const char *layer :
       {"RNN(6)", "RNN(6, act: relu, reverse: true)", "LSTM(6)", "LSTM(6, reverse: true)", "GRU(6)",
        "GRU(6, reverse: true)", "Bidirectional(3)", "StackedLSTM(6, depth: 3)"}) {
    EXPECT_EQ(errors(withSequence(std::string("let l = ") + layer + "\nl(x)[:, 4, :] |> Dense(3)")), "")
        << layer;
    EXPECT_EQ(
        errors(withSequence(std::string("let l = ") + layer + "\nl(x, x[:, :, 0] > 0)[:, 4, :] |> Dense(3)")),
        "")
        << layer;
  }
}

TEST(Scan, GoesBackWhereItsConditionHolds) {
  for (const char *condition : {"true", "t > 3", "false", "t < 3"}) {
    Analyzed a(withSequence(std::string("let s = scan xt in x along t reverse if ") + condition +
                            " { yield xt * 2 }\ns[:, 0, :] |> Dense(3)"));
    ASSERT_TRUE(a.program) << a.errors();
    auto &nodes = a.graph("s.eval").nodes;
    auto scan =
        std::find_if(nodes.begin(), nodes.end(), [](const typed::Node &n) { return n.op == Op::Scan; });
    ASSERT_NE(scan, nodes.end());
    EXPECT_EQ(scan->attributes.text == "reverse",
              std::string(condition) == "true" || std::string(condition) == "t > 3")
        << condition;
  }
  EXPECT_EQ(errors(withSequence("let s = scan xt in x along t reverse if sum(x) > 0 { yield xt }\n"
                                "s[:, 0, :] |> Dense(3)")),
            "4:41: the condition of `reverse if` must be known when compiling\n");
}

TEST(Scan, RecurrentLayersBeginAndEndWithAState) {
  EXPECT_EQ(errors(withSequence(
                "let (_y, h) = RNN(4, final: true)(x)\nlet (_z, k) = GRU(4, final: true)(x, start: h)\n"
                "let (_u, s) = LSTM(4, final: true)(x, start: (h, k))\n"
                "LSTM(4)(x, start: s)[:, 0, :] |> Dense(3)")),
            "");
  std::string wrong = errors(withSequence("GRU(4)(x, start: x[:, 0, 0:3])[:, 0, :] |> Dense(3)"));
  EXPECT_NE(wrong.find("4:18: `start` is `f32[b, 3]`, expected `f32[b, units]`"), std::string::npos) << wrong;
  wrong = errors(withSequence("LSTM(4)(x, start: x[:, 0, :])[:, 0, :] |> Dense(3)"));
  EXPECT_NE(wrong.find("a tuple of 2"), std::string::npos) << wrong;
}

TEST(Scan, AnyRecurrentLayerGoesBothWays) {
  for (const char *cell : {"RNN", "LSTM", "GRU", "Mine"})
    EXPECT_EQ(errors(withSequence(
                  std::string("let y = x |> Bidirectional(4, cell: ") + cell + ")\ny[:, 0, :] |> Dense(3)",
                  "layer Mine(units: int, reverse: bool = false)(x: f32[b, t, n], mask = true) { "
                  "RNN(units, act: relu, reverse: reverse)(x, mask) }\n")),
              std::string(cell) == "Mine" ? "" : "3:7: layer `Mine` is never used\n")
        << cell;
}

TEST(Scan, CountsTheStepsOfALayer) {
  Analyzed a(withSequence("let y = x |> LSTM(6)\ny[:, 4, :] |> Dense(3)"));
  ASSERT_TRUE(a.program) << a.errors();
  EXPECT_EQ(a.program->layers.front().path, "Net.LSTM_1");
  EXPECT_EQ(a.program->layers.front().macs, 5 * (4 + 6) * 24);
  EXPECT_EQ(a.program->layers.front().parameters, (4 + 6 + 1) * 24);
}

} // namespace
