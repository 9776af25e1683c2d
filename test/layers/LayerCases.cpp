#include "test/layers/LayerCases.h"

namespace nn::test {
namespace {

const std::vector<LayerCase> dense = {
    {"Dense", "x: f32[7]", "x |> Dense(5)", "f32[5]"},
    {"DenseOfSequence", "x: f32[3, 7]", "x |> Dense(5, bias: false)", "f32[3, 5]"},
};

const std::vector<LayerCase> convolutions = {
    {"Conv1d", "x: f32[9, 3]", "x |> Conv(5, kernel: 3, stride: 2, padding: 2, dilation: 2)", "f32[5, 5]"},
    {"Conv2d", "x: f32[7, 6, 4]",
     "x |> Conv(6, kernel: (3, 2), stride: (2, 1), padding: (1, 0), dilation: (1, 2))", "f32[4, 4, 6]"},
    {"Conv3d", "x: f32[3, 4, 5, 2]", "x |> Conv(3, kernel: (2, 3, 2), padding: \"valid\", groups: 1)",
     "f32[2, 2, 4, 3]"},
    {"ConvSame", "x: f32[5, 4, 3]", "x |> Conv(2, kernel: 3, stride: 2)", "f32[3, 2, 2]"},
    {"ConvGrouped", "x: f32[4, 5, 6]", "x |> Conv(4, kernel: 3, groups: 2, padding: \"valid\")",
     "f32[2, 3, 4]"},
    {"Conv1dGrouped", "x: f32[7, 6]", "x |> Conv(9, kernel: 2, groups: 3, padding: \"valid\", bias: false)",
     "f32[6, 9]"},
    {"DepthwiseConv", "x: f32[5, 6, 9]", "x |> DepthwiseConv(kernel: 3, stride: (1, 2), padding: 1)",
     "f32[5, 3, 9]"},
    {"DepthwiseConv1d", "x: f32[7, 3]",
     "x |> DepthwiseConv(kernel: 3, multiplier: 2, dilation: 2, padding: \"valid\")", "f32[3, 6]"},
    {"ConvTranspose1d", "x: f32[5, 3]",
     "x |> ConvTranspose(4, kernel: 3, stride: 2, padding: 1, dilation: 2)", "f32[11, 4]"},
    {"ConvTranspose2d", "x: f32[3, 4, 6]",
     "x |> ConvTranspose(4, kernel: 3, stride: 2, padding: 1, groups: 2)", "f32[5, 7, 4]"},
    {"ConvTranspose3d", "x: f32[2, 3, 2, 2]", "x |> ConvTranspose(3, kernel: 2, stride: 2)",
     "f32[4, 6, 4, 3]"},
    {"ConvTransposeSame", "x: f32[3, 4, 2]", "x |> ConvTranspose(3, kernel: 3, stride: 2)", "f32[6, 8, 3]"},
    {"ConvTransposeGaps", "x: f32[3, 2]", "x |> ConvTranspose(3, kernel: 2, stride: 3)", "f32[9, 3]"},
};

const std::vector<LayerCase> norms = {
    {"BatchNorm", "x: f32[3, 4, 5]", "x |> BatchNorm()", "f32[3, 4, 5]"},
    {"LayerNorm", "x: f32[3, 7]", "x |> LayerNorm()", "f32[3, 7]"},
    {"GroupNorm", "x: f32[3, 2, 6]", "x |> GroupNorm(3)", "f32[3, 2, 6]"},
};

const std::vector<LayerCase> pools = {
    {"MaxPool1d", "x: f32[7, 3]", "x |> MaxPool(2)", "f32[3, 3]"},
    {"MaxPool2d", "x: f32[7, 6, 3]", "x |> MaxPool(3, stride: 2, padding: 1)", "f32[4, 3, 3]"},
    {"MaxPool3d", "x: f32[4, 5, 3, 2]", "x |> MaxPool((2, 3, 1), stride: (2, 1, 1))", "f32[2, 3, 3, 2]"},
    {"AvgPool1d", "x: f32[7, 3]", "x |> AvgPool(3, stride: 2, padding: 1)", "f32[4, 3]"},
    {"AvgPool2d", "x: f32[7, 6, 9]", "x |> AvgPool((3, 2), stride: (2, 1), padding: (1, 0))", "f32[4, 5, 9]"},
    {"AvgPoolApart", "x: f32[5, 4, 3]", "x |> AvgPool(2)", "f32[2, 2, 3]"},
    {"AvgPoolSame", "x: f32[5, 3]", "x |> AvgPool(2, stride: 2, padding: \"same\")", "f32[3, 3]"},
    {"AvgPool3d", "x: f32[4, 5, 3, 2]", "x |> AvgPool((2, 3, 1), stride: (2, 1, 1))", "f32[2, 3, 3, 2]"},
    {"GlobalAvgPool", "x: f32[3, 5, 4]", "x |> GlobalAvgPool()", "f32[4]"},
    {"GlobalMaxPool", "x: f32[7, 4]", "x |> GlobalMaxPool()", "f32[4]"},
    {"UpsampleNearest", "x: f32[3, 2, 4]", "x |> Upsample(3)", "f32[9, 6, 4]"},
    {"UpsampleNearest1d", "x: f32[5, 3]", "x |> Upsample(2)", "f32[10, 3]"},
    {"UpsampleBilinear", "x: f32[3, 4, 2]", "x |> Upsample(3, method: \"bilinear\")", "f32[9, 12, 2]"},
};

// Draws have other bits than PyTorch's; the interpreter draws the same ones as machine code.
const std::vector<LayerCase> noises = {
    {"Dropout", "x: f32[3, 7]", "x |> Dropout(0.3)", "f32[3, 7]"},
    {"SpatialDropout", "x: f32[3, 2, 7]", "x |> SpatialDropout(0.3)", "f32[3, 2, 7]"},
    {"GaussianNoise", "x: f32[3, 7]", "tanh(x |> GaussianNoise(0.3))", "f32[3, 7]"},
};

const std::vector<LayerCase> shapes = {
    {"Flatten", "x: f32[3, 2, 2]", "x |> Flatten()", "f32[12]"},
    {"Reshape", "x: f32[3, 4]", "x |> Reshape([2, -1, 3])", "f32[2, 2, 3]"},
    {"Embedding", "t: class(3)[5]", "t |> Embedding(7)", "f32[5, 7]"},
    {"EmbeddingOfOne", "t: class(5)", "t |> Embedding(4)", "f32[4]"},
};

const std::vector<LayerCase> attentions = {
    {"Attention", "x: f32[5, 6]", "x |> Attention(2)", "f32[5, 6]"},
    {"AttentionCausal", "x: f32[5, 6]", "x |> Attention(3, causal: true, bias: false)", "f32[5, 6]"},
    {"AttentionCross", "x: f32[3, 4]; z: f32[5, 4]", "Attention(2)(x, z)", "f32[3, 4]"},
    {"AttentionMasked", "x: f32[3, 4]; z: f32[5, 4]",
     "Attention(1)(x, z, mask: concat([arange(2), arange(3)]) |> expand(b, axis: 0))", "f32[3, 4]"},
    {"AttentionWider", "x: f32[3, 4]; z: f32[5, 3]", "Attention(2, units: 10)(x, z)", "f32[3, 10]"},
    {"PositionalEncoding", "x: f32[5, 7]", "x |> PositionalEncoding()", "f32[5, 7]"},
};

const std::vector<LayerCase> blocks = {
    {"Residual", "x: f32[3, 7]", "x |> Residual(Dense(7))", "f32[3, 7]"},
    {"SqueezeExcite", "x: f32[3, 2, 8]", "x |> SqueezeExcite(4)", "f32[3, 2, 8]"},
    {"PRelu", "x: f32[3, 7]", "x |> prelu", "f32[3, 7]"},
};

// The functions that rearrange tensors.
const std::vector<LayerCase> functions = {
    {"MatMulOfFourAxes", "x: f32[2, 3, 5]; z: f32[2, 5, 4]", "x @ z", "f32[2, 3, 4]"},
    {"Cumsum", "x: f32[7, 3]", "cumsum(x, axis: 1)", "f32[7, 3]"},
    {"Pad", "x: f32[2, 3]", "pad(x, 1, 2)", "f32[2, 6]"},
    {"Stack", "x: f32[3]; z: f32[3]", "stack([x, z, x], axis: -1)", "f32[3, 3]"},
    {"Repeat", "x: f32[3, 2]", "repeat(x, 3, axis: 1)", "f32[9, 2]"},
    {"Flip", "x: f32[11, 2, 3]", "flip(flip(x, axis: 1) * x)", "f32[11, 2, 3]"},
    {"FlipOfOne", "x: f32[1, 8]", "flip(flip(x, axis: -2) * x) + tanh(x)", "f32[1, 8]"},
    {"Clip", "x: f32[3, 7]", "clip(x, -0.7, 0.25) * x", "f32[3, 7]"},
};

// A mask keeps the state and gives 0 where the first number of a step is not positive.
const std::vector<LayerCase> recurrent = {
    {"Rnn", "x: f32[5, 3]", "x |> RNN(4)", "f32[5, 4]"},
    {"RnnReverse", "x: f32[5, 3]", "x |> RNN(4, act: relu, reverse: true)", "f32[5, 4]"},
    {"Lstm", "x: f32[5, 3]", "x |> LSTM(7)", "f32[5, 7]"},
    {"LstmReverse", "x: f32[5, 3]", "x |> LSTM(7, reverse: true)", "f32[5, 7]"},
    {"LstmMasked", "x: f32[5, 3]", "let l = LSTM(7)\nl(x, x[:, :, 0] > 0)", "f32[5, 7]"},
    {"Gru", "x: f32[6, 3]", "x |> GRU(5)", "f32[6, 5]"},
    {"GruReverseMasked", "x: f32[6, 3]", "let g = GRU(5, reverse: true)\ng(x, x[:, :, 0] > 0)", "f32[6, 5]"},
    {"Bidirectional", "x: f32[4, 3]", "x |> Bidirectional(2)", "f32[4, 4]"},
    {"BidirectionalGru", "x: f32[4, 3]", "x |> Bidirectional(2, cell: GRU)", "f32[4, 4]"},
    {"BidirectionalRnnMasked", "x: f32[4, 3]", "let l = Bidirectional(2, cell: RNN)\nl(x, x[:, :, 0] > 0)",
     "f32[4, 4]"},
    {"StackedLstm", "x: f32[4, 3]", "x |> StackedLSTM(5)", "f32[4, 5]"},
    {"LastStep", "x: f32[3, 4]", "last_step(x * x, x[:, :, 0] > 0)", "f32[4]"},
    {"LastStepOfAll", "x: f32[3, 4]", "last_step(x * x)", "f32[4]"},
    {"StackedLstmMasked", "x: f32[5, 3]", "let l = StackedLSTM(3, depth: 3)\nl(x, x[:, :, 0] > 0)",
     "f32[5, 3]"},
};

// A state to begin with, the last one, and one layer that goes on where another has ended.
const std::vector<LayerCase> states = {
    {"RnnStates", "x: f32[4, 3]; h: f32[2]",
     "let (y, last) = RNN(2, reverse: true, final: true)(x, start: h)\nconcat([y[:, 1, :], last])", "f32[4]"},
    {"LstmStates", "x: f32[4, 3]; h: f32[2]; k: f32[2]",
     "let l = LSTM(2, final: true)\nlet (y, last) = l(x, start: (h, k))\nlet (output, cell) = last\n"
     "concat([y[:, 1, :], output, cell])",
     "f32[6]"},
    {"LstmStatesMasked", "x: f32[5, 3]; h: f32[2]; k: f32[2]",
     "let l = LSTM(2, final: true)\nlet (y, last) = l(x, x[:, :, 0] > 0, start: (h, k))\n"
     "let (output, cell) = last\nconcat([y[:, 1, :], output, cell])",
     "f32[6]"},
    {"GruThenGru", "x: f32[4, 3]; z: f32[3, 3]",
     "let encode = GRU(2, final: true)\nlet decode = GRU(2)\nlet (_all, last) = encode(x)\n"
     "decode(z, start: last)",
     "f32[3, 2]"},
    {"LstmThenLstm", "x: f32[4, 3]; z: f32[3, 3]",
     "let encode = LSTM(2, final: true)\nlet decode = LSTM(2)\nlet (_all, last) = encode(x)\n"
     "decode(z, start: last)",
     "f32[3, 2]"},
};

// What is written lies with gaps between its elements: one number a record in a stack, one column of a
// concatenation.
const std::vector<LayerCase> gaps = {
    {"ScanOfOneNumber", "x: f32[5, 3]", "x |> Sums", "f32[5]", true,
     R"(layer Sums(x: f32[b, t, n]) -> f32[b, t] {
  param A: f32[n, n] = glorot_uniform
  scan e in x along t with h = zeros[b] {
    let y = e @ A
    h = tanh(h * y[:, 0] + y[:, 1])
    yield h * mean(y, axis: 1)
  }
})"},
    {"ScanOverLastAxis", "x: f32[5, 3]", "x |> Columns", "f32[5, 3]", true,
     R"(layer Columns(x: f32[b, t, n]) -> f32[b, t, n] {
  param A: f32[t, t] = glorot_uniform
  let (up, down) = scan c in x along n with s = zeros[b, t] {
    s = tanh(s @ A + c)
    yield (s, s * c)
  }
  let back = scan c, u in x, up along n reverse with r = s {
    r = 0.5*r + u * c
    yield r
  }
  down + back
})"},
    {"ColumnsInScan", "x: f32[4, 19, 2]", "x |> Turned", "f32[19, 2]", true,
     R"(layer Turned(x: f32[b, t, m, n]) -> f32[b, m, n] {
  scan e in x along t with h = zeros[b, m, n] {
    let (a, c) = split(tanh(e + h), 2)
    h = 0.5*h + concat([a * c, a - c], axis: -1) * e
  }
  h
})"},
};

// A scan in a scan: rows of a picture, along each of which a state goes.
const std::vector<LayerCase> nestedScans = {
    {"ScanInScan", "x: f32[4, 3, 2]", "x |> Rows(3)", "f32[3]", true,
     R"(layer Rows(units: int)(x: f32[b, h, w, c]) {
  param A: f32[c, units] = glorot_uniform
  param B: f32[units, units] = glorot_uniform
  scan row in x along h with s = zeros[b, units] {
    scan e in row along w with r = s { r = tanh(e @ A + r @ B) }
    s = 0.5*s + r
  }
  s
})"},
    {"ScanInScanStacks", "x: f32[4, 3, 2]", "x |> Fields(5)", "f32[4, 3, 5]", true,
     R"(layer Fields(units: int)(x: f32[b, h, w, c]) -> f32[b, h, w, units] {
  param A: f32[c, units] = glorot_uniform
  param B: f32[units, units] = glorot_uniform
  param above: f32[units] = zeros
  scan row in x along h reverse with s = zeros[b, w, units] {
    let line = scan e, up in row, s along w with r = zeros[b, units] {
      r = tanh(e @ A + r @ B + up * above)
      yield r
    }
    s = 0.5*s + line
    yield s * line
  }
})"},
    {"ScanInScanReverse", "x: f32[4, 3, 2]", "x |> Both(3)", "f32[4, 6]", true,
     R"(layer Both(units: int)(x: f32[b, h, w, c]) -> f32[b, h, 2 * units] {
  param A: f32[c, units] = glorot_uniform
  scan row in x along h with s = zeros[b, units] {
    let all = scan e in row along w reverse with r = s, k = 1 {
      r = sigmoid(e @ A) * r + e @ A
      k = k * 0.9
      yield r * k
    }
    s = tanh(r + all[:, 1, :])
    yield concat([s, all[:, 0, :]], axis: -1)
  }
})"},
    {"LayerInScan", "x: f32[4, 3, 2]", "x |> Paragraph(5)", "f32[4, 5]", true,
     R"(layer Paragraph(units: int)(x: f32[b, h, w, c]) -> f32[b, h, units] {
  let words = LSTM(3)
  let gate = GRU(3, reverse: true)
  let inner = Dense(units)
  scan row in x along h with s = zeros[b, units] {
    let y = words(row)
    let z = gate(y, row[:, :, 0] > 0)
    s = 0.5*s + inner(z[:, 0, :] + y[:, -1, :])
    yield s
  }
})"},
    {"ThreeScans", "x: f32[3, 5, 4, 2]", "x |> Deep", "f32[3, 2]", true,
     R"(layer Deep(x: f32[b, d, h, w, c]) -> f32[b, d, c] {
  param A: f32[c, c] = glorot_uniform
  scan plane in x along d with s = zeros[b, c] {
    scan row in plane along h with r = s {
      scan e in row along w with q = r { q = tanh(e + q @ A) }
      r = r + q
    }
    s = s + tanh(r)
    yield s
  }
})"},
};

} // namespace

std::vector<LayerCase> layerCases() {
  std::vector<LayerCase> cases;
  for (const auto *group : {&dense, &convolutions, &norms, &pools, &noises, &shapes, &attentions, &blocks,
                            &functions, &recurrent, &states, &gaps, &nestedScans})
    cases.insert(cases.end(), group->begin(), group->end());
  return cases;
}

} // namespace nn::test
