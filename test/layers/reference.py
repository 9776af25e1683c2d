#!/usr/bin/env python3
"""Writes what PyTorch computes, in float64, for the cases of LayerCases.cpp that it has: expected/NAME.json with the
loss sum(y * c) of one training call, the gradients, the running statistics, and the output outside of training.
Usage: reference.py [NAME…], with the system's Python and python3-torch. Numbers come from a generator of the
tensor's name, as LayerProgram.cpp has it."""
import json
import pathlib
import sys

import torch
import torch.nn.functional as F

ROWS = 3
HERE = pathlib.Path(__file__).resolve().parent


def bits(name):
    state = 14695981039346656037
    for byte in name.encode():
        state = (state ^ byte) * 1099511628211 % 2**64
    while True:
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        yield state >> 40


def numbers(name, shape):
    count, source = torch.Size(shape).numel(), bits(name)
    values = torch.tensor([next(source) / 2**24 * 2 - 1 for _ in range(count)]).reshape(shape)
    return 0.5 + values.abs() if name.endswith(".variance") else values


def labels(name, shape):
    count, source = torch.Size(shape).numel(), bits(name)
    return torch.tensor([next(source) % 3 for _ in range(count)]).reshape(shape)


class Run:
    """The tensors of one call by their paths in the program."""

    def __init__(self, training):
        self.training, self.parameters, self.state = training, {}, {}

    def parameter(self, name, *shape):
        """`Case.name`, made at its first use."""
        path = "Case." + name
        if path not in self.parameters:
            self.parameters[path] = numbers(path, shape).requires_grad_()
        return self.parameters[path]

    def statistic(self, name, *shape):
        path = "Case." + name
        return self.state.setdefault(path, numbers(path, shape))

    def input(self, name, *shape):
        """The field `d.name`, with the parameter that shifts it."""
        return numbers("d." + name, (ROWS, *shape)) + self.parameter("d_" + name, *shape)


def first(x):
    """[b, spatial…, c] as PyTorch's [b, c, spatial…]."""
    return x.movedim(-1, 1)


def last(x):
    return x.movedim(1, -1)


def filters(w):
    """[kernel…, in, out] as PyTorch's [out, in, kernel…]."""
    return w.movedim(-1, 0).movedim(-1, 1)


def dense(run, x, units, layer, bias=True):
    y = x @ run.parameter(layer + ".W", x.shape[-1], units)
    return y + run.parameter(layer + ".c", units) if bias else y


def filter_of(run, layer, kernel, inputs, count):
    return run.parameter(layer + ".W", *kernel, inputs, count)


def conv(run, x, layer, count, kernel, groups=1, pads=None, bias=True, **options):
    """`pads` are those of F.pad where they are not symmetric."""
    w = filter_of(run, layer, kernel, x.shape[-1] // groups, count)
    c = run.parameter(layer + ".c", count) if bias else None
    function = [F.conv1d, F.conv2d, F.conv3d][len(kernel) - 1]
    x = first(x)
    return last(function(F.pad(x, pads) if pads else x, filters(w), c, groups=groups, **options))


def conv_transpose(run, x, count, kernel, groups=1, cut=None, **options):
    """The filter [kernel…, out, in] as PyTorch's [in, out, kernel…]; `cut` slices what "same" leaves."""
    w = filter_of(run, "ConvTranspose_1", kernel, count // groups, x.shape[-1])
    function = [F.conv_transpose1d, F.conv_transpose2d, F.conv_transpose3d][len(kernel) - 1]
    y = last(function(first(x), filters(w), None, groups=groups, **options))
    return (y[cut] if cut else y) + run.parameter("ConvTranspose_1.c", count)


def batch_norm(run, x, layer):
    c = x.shape[-1]
    mean, variance = (run.statistic(f"{layer}.{name}", c) for name in ("mean", "variance"))
    return last(F.batch_norm(first(x), mean, variance, run.parameter(layer + ".scale", c),
                             run.parameter(layer + ".shift", c), run.training, 0.1, 1e-5))


def layer_norm(run, x):
    n = x.shape[-1]
    return F.layer_norm(x, (n,), run.parameter("LayerNorm_1.scale", n), run.parameter("LayerNorm_1.shift", n), 1e-5)


def group_norm(run, x, groups):
    c = x.shape[-1]
    return last(F.group_norm(first(x), groups, run.parameter("GroupNorm_1.scale", c),
                             run.parameter("GroupNorm_1.shift", c), 1e-5))


def pool(x, function, *arguments, **options):
    return last(function(first(x), *arguments, **options))


def attention(run, x, z, heads, bias=True, causal=False, mask=None):
    """torch.nn.MultiheadAttention with our weights, which are transposed."""
    n = x.shape[-1]
    weights = [run.parameter("Attention_1." + name, n, n) for name in ("Wq", "Wk", "Wv", "Wo")]
    biases = [run.parameter("Attention_1." + name, n) for name in ("cq", "ck", "cv", "co")] if bias else None
    unseen = torch.ones(x.shape[1], z.shape[1]).triu(1).bool() if causal else None
    y, _ = F.multi_head_attention_forward(
        x.transpose(0, 1), z.transpose(0, 1), z.transpose(0, 1), n, heads,
        torch.cat([w.T for w in weights[:3]]), torch.cat(biases[:3]) if bias else None, None, None, False, 0.0,
        weights[3].T, biases[3] if bias else None, run.training, attn_mask=unseen, need_weights=False,
        key_padding_mask=None if mask is None else (torch.tensor(mask) == 0).expand(ROWS, -1))
    return y.transpose(0, 1)


def squeeze_excite(run, x):
    gate = F.relu(dense(run, x.mean((1, 2)), 2, "SqueezeExcite_1.Dense_1"))
    return x * torch.sigmoid(dense(run, gate, x.shape[-1], "SqueezeExcite_1.Dense_2"))[:, None, None, :]


def rnn_weights(run, layer, n, units, gates):
    return (run.parameter(layer + ".Wx", n, gates * units).T, run.parameter(layer + ".Wh", units, gates * units).T)


def steps(x, cell, states, reverse=False, mask=None, final=False):
    """cell(x_t, *states) -> states, the first of which is the output; with `final` the last ones, too."""
    outputs = [None] * x.shape[1]
    for t in reversed(range(x.shape[1])) if reverse else range(x.shape[1]):
        new = cell(x[:, t], *states)
        on = torch.ones(len(x), 1, dtype=torch.bool) if mask is None else mask[:, t, None]
        outputs[t] = torch.where(on, new[0], torch.zeros_like(new[0]))
        states = [torch.where(on, a, b) for a, b in zip(new, states)]
    return (torch.stack(outputs, 1), states) if final else torch.stack(outputs, 1)


def rnn(run, x, layer, units, activation="tanh", start=None, **options):
    wx, wh = rnn_weights(run, layer, x.shape[-1], units, 1)
    c0 = run.parameter(layer + ".c0", units)
    cell = {"tanh": torch.rnn_tanh_cell, "relu": torch.rnn_relu_cell}[activation]
    return steps(x, lambda e, h: [cell(e, h, wx, wh, c0, torch.zeros(units))], start or [torch.zeros(len(x), units)],
                 **options)


def lstm(run, x, layer, units, start=None, **options):
    """PyTorch's gates are in our order, i, f, g, o; the second bias makes the forget gate sigmoid(f + 1)."""
    wx, wh = rnn_weights(run, layer, x.shape[-1], units, 4)
    c0 = run.parameter(layer + ".c0", 4 * units)
    ones = torch.cat([torch.zeros(units), torch.ones(units), torch.zeros(2 * units)])
    zero = torch.zeros(len(x), units)
    return steps(x, lambda e, h, c: torch.lstm_cell(e, (h, c), wx, wh, c0, ones), start or [zero, zero], **options)


def gru(run, x, layer, units, start=None, **options):
    wx, wh = rnn_weights(run, layer, x.shape[-1], units, 3)
    cx, ch = (run.parameter(f"{layer}.{name}", 3 * units) for name in ("cx", "ch"))
    return steps(x, lambda e, h: [torch.gru_cell(e, h, wx, wh, cx, ch)], start or [torch.zeros(len(x), units)],
                 **options)


def stacked_lstm(run, x, layer, units, depth, mask=None):
    """`first`, then `above`, which the next is called, too: `above_2`."""
    for i in range(depth):
        x = lstm(run, x, f"{layer}.{'first' if i == 0 else 'above' if i == 1 else f'above_{i}'}", units, mask=mask)
    return x


def masked(function, x, *arguments, **options):
    return function(x[0], x[1], *arguments, mask=x[1][:, :, 0] > 0, **options)


def bidirectional(run, function, x, layer, units, **options):
    return torch.cat([function(run, x, f"{layer}.forward", units, **options),
                      function(run, x, f"{layer}.backward", units, reverse=True, **options)], -1)


def end(y, states):
    """The outputs of place 1 and the last states, side by side."""
    return torch.cat([y[:, 1], *states], -1)


def in_turn(run, function):
    """A second layer that begins where a first has ended."""
    x, z = run.input("x", 4, 3), run.input("z", 3, 3)
    _, states = function(run, x, "encode", 2, final=True)
    return function(run, z, "decode", 2, start=states)


def last_step(y, mask):
    """Zeros for records without any step."""
    places = torch.arange(1, y.shape[1] + 1)
    at = (mask * places).max(1).values
    return torch.cat([torch.zeros_like(y[:, :1]), y], 1)[torch.arange(len(y)), at]


CASES = {
    "LastStep": lambda r: (lambda x: last_step(x * x, x[:, :, 0] > 0))(r.input("x", 3, 4)),
    "LastStepOfAll": lambda r: (r.input("x", 3, 4) ** 2)[:, -1],
    "Rnn": lambda r: rnn(r, r.input("x", 5, 3), "RNN_1", 4),
    "RnnReverse": lambda r: rnn(r, r.input("x", 5, 3), "RNN_1", 4, "relu", reverse=True),
    "Lstm": lambda r: lstm(r, r.input("x", 5, 3), "LSTM_1", 7),
    "LstmReverse": lambda r: lstm(r, r.input("x", 5, 3), "LSTM_1", 7, reverse=True),
    "LstmMasked": lambda r: masked(lstm, (r, r.input("x", 5, 3)), "l", 7),
    "Gru": lambda r: gru(r, r.input("x", 6, 3), "GRU_1", 5),
    "GruReverseMasked": lambda r: masked(gru, (r, r.input("x", 6, 3)), "g", 5, reverse=True),
    "Bidirectional": lambda r: bidirectional(r, lstm, r.input("x", 4, 3), "Bidirectional_1", 2),
    "BidirectionalGru": lambda r: bidirectional(r, gru, r.input("x", 4, 3), "Bidirectional_1", 2),
    "BidirectionalRnnMasked": lambda r: (lambda x: bidirectional(r, rnn, x, "l", 2, mask=x[:, :, 0] > 0))(r.input("x", 4, 3)),
    "RnnStates": lambda r: end(*rnn(r, r.input("x", 4, 3), "RNN_1", 2, start=[r.input("h", 2)], reverse=True, final=True)),
    "LstmStates": lambda r: end(*lstm(r, r.input("x", 4, 3), "l", 2, start=[r.input("h", 2), r.input("k", 2)], final=True)),
    "LstmStatesMasked": lambda r: end(*masked(lstm, (r, r.input("x", 5, 3)), "l", 2, final=True,
                                              start=[r.input("h", 2), r.input("k", 2)])),
    "GruThenGru": lambda r: in_turn(r, gru),
    "LstmThenLstm": lambda r: in_turn(r, lstm),
    "StackedLstm": lambda r: stacked_lstm(r, r.input("x", 4, 3), "StackedLSTM_1", 5, 2),
    "StackedLstmMasked": lambda r: masked(stacked_lstm, (r, r.input("x", 5, 3)), "l", 3, 3),
    "Dense": lambda r: dense(r, r.input("x", 7), 5, "Dense_1"),
    "DenseOfSequence": lambda r: dense(r, r.input("x", 3, 7), 5, "Dense_1", bias=False),
    "Conv1d": lambda r: conv(r, r.input("x", 9, 3), "Conv_1", 5, (3,), stride=2, padding=2, dilation=2),
    "Conv2d": lambda r: conv(r, r.input("x", 7, 6, 4), "Conv_1", 6, (3, 2), stride=(2, 1), padding=(1, 0),
                             dilation=(1, 2)),
    "Conv3d": lambda r: conv(r, r.input("x", 3, 4, 5, 2), "Conv_1", 3, (2, 3, 2)),
    # "same" puts an odd pad at the end; F.pad begins with the last axis.
    "ConvSame": lambda r: conv(r, r.input("x", 5, 4, 3), "Conv_1", 2, (3, 3), pads=(0, 1, 1, 1), stride=2),
    "ConvGrouped": lambda r: conv(r, r.input("x", 4, 5, 6), "Conv_1", 4, (3, 3), groups=2),
    "Conv1dGrouped": lambda r: conv(r, r.input("x", 7, 6), "Conv_1", 9, (2,), groups=3, bias=False),
    "DepthwiseConv": lambda r: conv(r, r.input("x", 5, 6, 9), "DepthwiseConv_1", 9, (3, 3), groups=9,
                                    stride=(1, 2), padding=1),
    "DepthwiseConv1d": lambda r: conv(r, r.input("x", 7, 3), "DepthwiseConv_1", 6, (3,), groups=3, dilation=2),
    "ConvTranspose1d": lambda r: conv_transpose(r, r.input("x", 5, 3), 4, (3,), stride=2, padding=1, dilation=2),
    "ConvTranspose2d": lambda r: conv_transpose(r, r.input("x", 3, 4, 6), 4, (3, 3), stride=2, padding=1, groups=2),
    "ConvTranspose3d": lambda r: conv_transpose(r, r.input("x", 2, 3, 2, 2), 3, (2, 2, 2), stride=2),
    # "same" cuts the one row and column too many at the end, as the convolution padded there.
    "ConvTransposeSame": lambda r: conv_transpose(r, r.input("x", 3, 4, 2), 3, (3, 3), stride=2,
                                                  cut=(slice(None), slice(0, 6), slice(0, 8))),
    "BatchNorm": lambda r: batch_norm(r, r.input("x", 3, 4, 5), "BatchNorm_1"),
    "LayerNorm": lambda r: layer_norm(r, r.input("x", 3, 7)),
    "GroupNorm": lambda r: group_norm(r, r.input("x", 3, 2, 6), 3),
    "MaxPool1d": lambda r: pool(r.input("x", 7, 3), F.max_pool1d, 2),
    "MaxPool2d": lambda r: pool(r.input("x", 7, 6, 3), F.max_pool2d, 3, 2, 1),
    "MaxPool3d": lambda r: pool(r.input("x", 4, 5, 3, 2), F.max_pool3d, (2, 3, 1), (2, 1, 1)),
    "AvgPool1d": lambda r: pool(r.input("x", 7, 3), F.avg_pool1d, 3, 2, 1, count_include_pad=False),
    "AvgPool2d": lambda r: pool(r.input("x", 7, 6, 9), F.avg_pool2d, (3, 2), (2, 1), (1, 0), count_include_pad=False),
    "AvgPoolApart": lambda r: pool(r.input("x", 5, 4, 3), F.avg_pool2d, 2),
    # A window at the end that the padding reaches into: PyTorch's ceil_mode does not count it.
    "AvgPoolSame": lambda r: pool(r.input("x", 5, 3), F.avg_pool1d, 2, 2, ceil_mode=True),
    "AvgPool3d": lambda r: pool(r.input("x", 4, 5, 3, 2), F.avg_pool3d, (2, 3, 1), (2, 1, 1)),
    "GlobalAvgPool": lambda r: r.input("x", 3, 5, 4).mean((1, 2)),
    "GlobalMaxPool": lambda r: r.input("x", 7, 4).amax(1),
    "UpsampleNearest": lambda r: pool(r.input("x", 3, 2, 4), F.interpolate, scale_factor=3),
    "UpsampleNearest1d": lambda r: pool(r.input("x", 5, 3), F.interpolate, scale_factor=2),
    "UpsampleBilinear": lambda r: pool(r.input("x", 3, 4, 2), F.interpolate, scale_factor=3, mode="bilinear"),
    "Embedding": lambda r: F.embedding(labels("d.t", (ROWS, 5)), r.parameter("Embedding_1.W", 3, 7)),
    "EmbeddingOfOne": lambda r: F.embedding(labels("d.t", (ROWS,)), r.parameter("Embedding_1.W", 5, 4)),
    "Attention": lambda r: attention(r, *[r.input("x", 5, 6)] * 2, 2),
    "AttentionCausal": lambda r: attention(r, *[r.input("x", 5, 6)] * 2, 3, bias=False, causal=True),
    "AttentionCross": lambda r: attention(r, r.input("x", 3, 4), r.input("z", 5, 4), 2),
    "AttentionMasked": lambda r: attention(r, r.input("x", 3, 4), r.input("z", 5, 4), 1, mask=[0, 1, 0, 1, 2]),
    "SqueezeExcite": lambda r: squeeze_excite(r, r.input("x", 3, 2, 8)),
    "PRelu": lambda r: last(F.prelu(first(r.input("x", 3, 7)), r.parameter("prelu_1.slope", 7))),
    "MatMulOfFourAxes": lambda r: r.input("x", 2, 3, 5) @ r.input("z", 2, 5, 4),
    "Flip": lambda r: (lambda x: (x.flip(1) * x).flip(3))(r.input("x", 11, 2, 3)),
    "Clip": lambda r: (lambda x: x.clamp(-0.7, 0.25) * x)(r.input("x", 3, 7)),
    "Cumsum": lambda r: r.input("x", 7, 3).cumsum(1),
}


def flat(tensor):
    return tensor.detach().reshape(-1).tolist()


def compute(case):
    run = Run(training=True)
    y = CASES[case](run)
    loss = (y * numbers("d.c", y.shape)).sum()
    loss.backward()
    results = {"loss": flat(loss)}
    results.update({"d " + path: flat(value.grad) for path, value in run.parameters.items()})
    results.update({path: flat(value) for path, value in run.state.items()})
    with torch.no_grad():
        results["output"] = flat(CASES[case](Run(training=False)))
    return results


def main():
    torch.set_default_dtype(torch.float64)
    for case in sys.argv[1:] or CASES:
        (HERE / "expected" / f"{case}.json").write_text(json.dumps(compute(case)) + "\n")


main()
