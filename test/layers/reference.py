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


def conv(run, x, layer, count, kernel, groups=1, pads=None, **options):
    """`pads` are those of F.pad where they are not symmetric."""
    w = run.parameter(layer + ".W", *kernel, x.shape[-1] // groups, count)
    c = run.parameter(layer + ".c", count)
    function = [F.conv1d, F.conv2d, F.conv3d][len(kernel) - 1]
    x = first(x)
    return last(function(F.pad(x, pads) if pads else x, filters(w), c, groups=groups, **options))


def batch_norm(run, x, layer):
    c = x.shape[-1]
    mean, variance = (run.statistic(f"{layer}.{name}", c) for name in ("mean", "variance"))
    return last(F.batch_norm(first(x), mean, variance, run.parameter(layer + ".scale", c),
                             run.parameter(layer + ".shift", c), run.training, 0.1, 1e-5))


CASES = {
    "Dense": lambda r: dense(r, r.input("x", 7), 5, "Dense_1"),
    "DenseOfSequence": lambda r: dense(r, r.input("x", 3, 7), 5, "Dense_1", bias=False),
    "Conv2d": lambda r: conv(r, r.input("x", 7, 6, 4), "Conv_1", 6, (3, 2), stride=(2, 1), padding=(1, 0),
                             dilation=(1, 2)),
    # "same" puts an odd pad at the end; F.pad begins with the last axis.
    "ConvSame": lambda r: conv(r, r.input("x", 5, 4, 3), "Conv_1", 2, (3, 3), pads=(0, 1, 1, 1), stride=2),
    "ConvGrouped": lambda r: conv(r, r.input("x", 4, 5, 6), "Conv_1", 4, (3, 3), groups=2),
    "BatchNorm": lambda r: batch_norm(r, r.input("x", 3, 4, 5), "BatchNorm_1"),
    "MaxPool2d": lambda r: last(F.max_pool2d(first(r.input("x", 7, 6, 3)), 3, 2, 1)),
    "GlobalAvgPool": lambda r: r.input("x", 3, 5, 4).mean((1, 2)),
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
