"""Every op of the nn dialect, compiled, against PyTorch in double, on odd shapes. Prints one line an op; exit 1 on a miss."""
import os
import sys

import numpy as np
import torch
import torch.nn.functional as F

from compiled import one_op

rng = np.random.default_rng(7)
failures = []


DOUBLE = os.environ.get("NN_PRECISION") == "f64"


def normal(*shape):
    return rng.standard_normal(shape).astype(np.float64 if DOUBLE else np.float32)


def check(name, got, want, tolerance=2e-5):
    want = want.numpy() if isinstance(want, torch.Tensor) else np.asarray(want)
    if DOUBLE:
        tolerance = min(tolerance, 1e-11)
    # Relative to the size of the whole result: a sum near zero has the error of its terms.
    error = np.max(np.abs(got.astype(np.float64) - want)) / (1 + np.max(np.abs(want)))
    good = got.shape == want.shape and error <= tolerance
    print(f"{'ok  ' if good else 'MISS'} {name}: {error:.1e}")
    if not good:
        failures.append(name)


def wide(x):
    return torch.from_numpy(np.asarray(x)).double()


def kind(shape, element="f32", dynamic=True):
    dims = [str(d) for d in shape]
    if dynamic:
        dims[0] = "?"
    return "tensor<" + "x".join(dims + [element]) + ">"


def elementwise():
    unary = {"neg": torch.neg, "exp": torch.exp, "tanh": torch.tanh, "sin": torch.sin, "cos": torch.cos, "erf": torch.erf,
             "abs": torch.abs, "sign": torch.sign, "floor": torch.floor}
    positive = {"log": torch.log, "sqrt": torch.sqrt, "rsqrt": torch.rsqrt}
    for rows, channels in ((1, 1), (7, 3), (64, 33)):
        x = normal(rows, channels)
        t = kind(x.shape)
        names = list(unary) + list(positive)
        body = "\n".join(f"%r{k} = nn.{name} %{'a0' if name in unary else 'a1'} : {t}" for k, name in enumerate(names))
        got = one_op([(t, x), (t, abs(x) + x.dtype.type(0.01))], [t] * len(names), body, rows)
        for name, value in zip(names, got):
            want = unary[name](wide(x)) if name in unary else positive[name](wide(abs(x) + x.dtype.type(0.01)))
            check(f"{name} {x.shape}", value, want, 1e-6)
    x, y = normal(7, 10), normal(7, 10)
    t, m = kind(x.shape), kind(x.shape, "i1")
    binary = {"add": torch.add, "sub": torch.sub, "mul": torch.mul, "div": torch.div, "max": torch.maximum, "min": torch.minimum}
    body = "\n".join(f"%r{k} = nn.{name} %a0, %a1 : {t}" for k, name in enumerate(binary))
    for name, value in zip(binary, one_op([(t, x), (t, y)], [t] * 6, body, 7)):
        check(name, value, binary[name](wide(x), wide(y)), 1e-6)
    body = f"""%p = nn.abs %a0 : {t}
%r0 = nn.pow %p, %a1 : {t}
%m = nn.compare "gt" %a0, %a1 : {t} -> {m}
%n = nn.compare "le" %a0, %p : {t} -> {m}
%b = nn.and %m, %n : {m}
%c = nn.xor %b, %m : {m}
%d = nn.or %c, %m : {m}
%r1 = nn.select %d, %a0, %a1 : {m}, {t}
%r2 = nn.cast %m : {m} -> {t}"""
    got = one_op([(t, x), (t, y)], [t] * 3, body, 7)
    check("pow", got[0], wide(abs(x)) ** wide(y), 1e-5)
    check("select", got[1], np.where(x > y, x, y))
    check("cast", got[2], x > y)


def shapes():
    x = normal(7, 5, 4)
    t = kind(x.shape)
    got = one_op([(t, x)], ["tensor<?x4x5xf32>"], f"%r0 = nn.transpose %a0 [0, 2, 1] : {t} -> tensor<?x4x5xf32>", 7)
    check("transpose", got[0], x.transpose(0, 2, 1))
    got = one_op([("tensor<7x5x4xf32>", x)], ["tensor<5x7x4xf32>"],
                 "%r0 = nn.transpose %a0 [1, 0, 2] : tensor<7x5x4xf32> -> tensor<5x7x4xf32>", 1)
    check("transpose outer", got[0], x.transpose(1, 0, 2))
    got = one_op([(t, x)], ["tensor<?x2x2xf32>"],
                 f"%r0 = nn.slice %a0 starts [0, 1, 0] strides [1, 3, 2] : {t} -> tensor<?x2x2xf32>", 7)
    check("slice", got[0], x[:, 1:5:3, 0:3:2])
    got = one_op([(t, x)], ["tensor<?x12x6xf32>"],
                 f"%r0 = nn.pad %a0 low [0, 1, 0] high [0, 2, 2] interior [0, 1, 0] : {t} -> tensor<?x12x6xf32>", 7)
    want = np.zeros((7, 12, 6))
    want[:, 1:10:2, :4] = x
    check("pad", got[0], want)
    y = normal(7, 5, 3)
    got = one_op([(t, x), (kind(y.shape), y)], ["tensor<?x5x7xf32>"],
                 f"%r0 = nn.concat %a0, %a1 axis 2 : ({t}, {kind(y.shape)}) -> tensor<?x5x7xf32>", 7)
    check("concat", got[0], np.concatenate([x, y], 2))
    c = normal(10)
    got = one_op([("tensor<10xf32>", c)], ["tensor<?x10xf32>", "tensor<10x3xf32>"],
                 "%r0 = nn.broadcast %a0 axes [1] rows %rows : tensor<10xf32> -> tensor<?x10xf32>\n"
                 "%r1 = nn.broadcast %a0 axes [0] : tensor<10xf32> -> tensor<10x3xf32>", 7)
    check("broadcast rows", got[0], np.tile(c, (7, 1)))
    check("broadcast columns", got[1], np.tile(c[:, None], (1, 3)))
    labels = rng.integers(0, 10, 7).astype(np.int32)
    got = one_op([("tensor<?xi32>", labels)], ["tensor<?x10xf32>"],
                 "%m = nn.one_hot %a0 : tensor<?xi32> -> tensor<?x10xi1>\n"
                 "%r0 = nn.cast %m : tensor<?x10xi1> -> tensor<?x10xf32>", 7)
    check("one_hot", got[0], np.eye(10)[labels])
    got = one_op([], ["tensor<f32>", "tensor<2x3xf32>", "tensor<5xf32>"],
                 "%r0 = nn.extent %rows times 784 : tensor<f32>\n%r1 = nn.constant dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]> : tensor<2x3xf32>\n"
                 "%r2 = nn.constant dense<2.5> : tensor<5xf32>", 7)
    check("extent", got[0], 7.0 * 784)
    check("constant", got[1], [[1, 2, 3], [4, 5, 6]])
    check("constant splat", got[2], np.full(5, 2.5))


def reductions():
    for rows, shape in ((7, (33,)), (64, (9, 9, 20)), (5, (3, 3, 3)), (64, (28, 28, 32)), (1, (10,)), (64, (50, 50))):
        x = normal(rows, *shape)
        t, rank = kind(x.shape), x.ndim
        for axes in ((0,), (rank - 1,), tuple(range(rank)), tuple(range(rank - 1)), tuple(range(1, rank))):
            rest = [d for d in range(rank) if d not in axes]
            dims = ["?" if d == 0 else str(x.shape[d]) for d in rest]
            out = "tensor<" + "x".join(dims + ["f32"]) + ">"
            text = f"axes [{', '.join(map(str, axes))}] : {t}"
            got = one_op([(t, x)], [out, out, out, out],
                         f'%r0 = nn.reduce "sum" %a0 {text} -> {out}\n%r1 = nn.reduce "max" %a0 {text} -> {out}\n'
                         f'%r2, %r3 = nn.moments %a0 {text} -> {out}, {out}', rows)
            w = wide(x)
            check(f"sum {x.shape} {axes}", got[0], w.sum(axes), 1e-4)
            check(f"max {x.shape} {axes}", got[1], w.amax(axes), 0)
            check(f"mean {x.shape} {axes}", got[2], w.mean(axes), 1e-6)
            check(f"variance {x.shape} {axes}", got[3], w.var(axes, unbiased=False), 1e-6)
    x = normal(7, 10)
    x[3, 2] = x[3, 7] = 9
    got = one_op([(kind(x.shape), x)], ["tensor<?xi32>"], "%r0 = nn.argmax %a0 axis 1 : tensor<?x10xf32> -> tensor<?xi32>", 7)
    check("argmax", got[0], np.argmax(x, 1))
    x = abs(normal(7, 10))
    got = one_op([(kind(x.shape), x)], ["tensor<?xf32>", "tensor<10xf32>"],
                 '%r0 = nn.reduce "prod" %a0 axes [1] : tensor<?x10xf32> -> tensor<?xf32>\n'
                 '%r1 = nn.reduce "min" %a0 axes [0] : tensor<?x10xf32> -> tensor<10xf32>', 7)
    check("prod", got[0], x.prod(1))
    check("min", got[1], x.min(0))


def products():
    for rows, k, n in ((1, 1, 1), (7, 3, 10), (64, 33, 33), (64, 784, 128), (13, 100, 70), (64, 3136, 128)):
        x, w, dy = normal(rows, k), normal(k, n), normal(rows, n)
        t, tw, ty = kind(x.shape), kind(w.shape, dynamic=False), kind(dy.shape)
        got = one_op([(t, x), (tw, w), (ty, dy)], [ty, t, tw],
                     f"%r0 = nn.matmul %a0, %a1 : {t}, {tw} -> {ty}\n%r1 = nn.matmul %a2, %a1 transposed : {ty}, {tw} -> {t}\n"
                     f"%r2 = nn.matmul %a0 transposed, %a2 : {t}, {ty} -> {tw}", rows)
        check(f"matmul {rows}x{k}x{n}", got[0], wide(x) @ wide(w), 1e-4)
        check(f"matmul rhs transposed {rows}x{k}x{n}", got[1], wide(dy) @ wide(w).T, 1e-4)
        check(f"matmul lhs transposed {rows}x{k}x{n}", got[2], wide(x).T @ wide(dy), 1e-4)
    a, b = normal(7, 5, 9), normal(7, 9, 20)
    got = one_op([(kind(a.shape), a), (kind(b.shape), b)], ["tensor<?x5x20xf32>"],
                 "%r0 = nn.matmul %a0, %a1 : tensor<?x5x9xf32>, tensor<?x9x20xf32> -> tensor<?x5x20xf32>", 7)
    check("matmul batched", got[0], wide(a) @ wide(b), 1e-5)


def convolution(rows, spatial, c, f, kernel, stride, padding, dilation, groups):
    s = len(spatial)
    x = normal(rows, *spatial, c)
    w = normal(*kernel, c // groups, f)
    xt = wide(x).permute(0, s + 1, *range(1, s + 1)).requires_grad_()
    wt = wide(w).permute(s + 1, s, *range(s)).requires_grad_()
    low_high = [(padding[2 * a], padding[2 * a + 1]) for a in range(s)]
    pads = [v for a in reversed(range(s)) for v in low_high[a]]
    conv = [None, F.conv1d, F.conv2d, F.conv3d][s]
    y = conv(F.pad(xt, pads), wt, stride=stride, dilation=dilation, groups=groups)
    dy = normal(rows, *y.shape[2:], f)
    y.backward(wide(dy).permute(0, s + 1, *range(1, s + 1)))
    back = lambda v: v.detach().permute(0, *range(2, s + 2), 1)
    tx, tw, ty = kind(x.shape), kind(w.shape, dynamic=False), kind(dy.shape)
    listed = lambda v: ", ".join(map(str, v))
    windows = f"strides [{listed(stride)}] padding [{listed(padding)}] dilations [{listed(dilation)}] groups {groups}"
    got = one_op([(tx, x), (tw, w), (ty, dy)], [ty, tx, tw],
                 f"%r0 = nn.conv %a0, %a1 {windows} : {tx}, {tw} -> {ty}\n"
                 f"%r1 = nn.conv_input_grad %a2, %a1 {windows} : {ty}, {tw} -> {tx}\n"
                 f"%r2 = nn.conv_filter_grad %a0, %a2 {windows} : {tx}, {ty} -> {tw}", rows)
    name = f"{rows}x{spatial}x{c}->{f} k{kernel} s{stride} p{padding} d{dilation} g{groups}"
    check("conv " + name, got[0], back(y), 1e-4)
    check("conv_input_grad " + name, got[1], back(xt.grad), 1e-4)
    check("conv_filter_grad " + name, got[2], wt.grad.permute(*range(2, s + 2), 1, 0), 1e-4)


def convolutions():
    convolution(64, (28, 28), 1, 32, (3, 3), (1, 1), (1, 1, 1, 1), (1, 1), 1)
    convolution(64, (14, 14), 32, 64, (3, 3), (1, 1), (1, 1, 1, 1), (1, 1), 1)
    convolution(7, (9, 7), 3, 10, (3, 2), (2, 1), (0, 1, 1, 0), (1, 2), 1)
    convolution(1, (5, 5), 10, 33, (1, 1), (2, 2), (0, 0, 0, 0), (1, 1), 1)
    convolution(7, (8, 8), 6, 8, (3, 3), (1, 1), (1, 1, 1, 1), (1, 1), 2)
    convolution(3, (8, 8), 20, 20, (3, 3), (1, 1), (1, 1, 1, 1), (1, 1), 20)
    convolution(7, (11,), 3, 5, (4,), (3,), (2, 1), (1,), 1)
    convolution(2, (4, 5, 3), 2, 4, (2, 3, 2), (1, 1, 1), (0, 1, 1, 1, 1, 0), (1, 1, 1), 1)
    convolution(2, (6, 6), 3, 4, (1, 1), (1, 1), (1, 1, 1, 1), (1, 1), 1)


def pooling(rows, size, c, window, stride, padding):
    x = normal(rows, size, size, c)
    xt = wide(x).permute(0, 3, 1, 2).requires_grad_()
    y = F.max_pool2d(F.pad(xt, [padding] * 4, value=-np.inf), window, stride)
    dy = normal(rows, y.shape[2], y.shape[3], c)
    y.backward(wide(dy).permute(0, 3, 1, 2))
    tx, ty, ti = kind(x.shape), kind(dy.shape), kind(dy.shape, "i32")
    windows = f"window [{window}, {window}] strides [{stride}, {stride}] padding [{padding}, {padding}, {padding}, {padding}]"
    got = one_op([(tx, x), (ty, dy)], [ty, tx, ty],
                 f"%r0, %i = nn.max_pool %a0 {windows} : {tx} -> {ty}, {ti}\n"
                 f"%r1 = nn.max_pool_grad %a1, %i {windows} : {ty}, {ti} -> {tx}\n"
                 f"%r2 = nn.max_pool_pick %a0, %i {windows} : {tx}, {ti} -> {ty}", rows)
    name = f"{x.shape} w{window} s{stride} p{padding}"
    check("max_pool " + name, got[0], y.detach().permute(0, 2, 3, 1), 0)
    check("max_pool_grad " + name, got[1], xt.grad.permute(0, 2, 3, 1), 1e-6)
    check("max_pool_pick " + name, got[2], y.detach().permute(0, 2, 3, 1), 0)


def poolings():
    pooling(64, 28, 32, 2, 2, 0)
    pooling(7, 9, 3, 2, 2, 0)
    pooling(7, 9, 10, 3, 2, 1)
    pooling(1, 8, 33, 2, 3, 0)


def philox(element, row, step, purpose, seed):
    c, k = [element, row, step, purpose], [seed & 0xFFFFFFFF, seed >> 32]
    for _ in range(10):
        p0, p1 = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
        c = [(p1 >> 32) ^ c[1] ^ k[0], p1 & 0xFFFFFFFF, (p0 >> 32) ^ c[3] ^ k[1], p0 & 0xFFFFFFFF]
        k = [(k[0] + 0x9E3779B9) & 0xFFFFFFFF, (k[1] + 0xBB67AE85) & 0xFFFFFFFF]
    return c


def random():
    # Known answers of the paper's authors: counter and key all zero, all ones.
    assert philox(0, 0, 0, 0, 0)[0] == 0x6627E8D5
    ids = rng.integers(0, 60000, 7)
    seed, counter = 0x123456789ABCDEF, 42
    got = one_op([("tensor<i64>", seed), ("tensor<i64>", counter), ("tensor<?xi64>", ids)],
                 ["tensor<?x5xf32>", "tensor<?x5xf32>", "tensor<3x7xf32>"],
                 '%r0 = nn.random "uniform" purpose 77 seed %a0 counter %a1 ids %a2 : tensor<?xi64> -> tensor<?x5xf32>\n'
                 '%r1 = nn.random "normal" purpose 77 seed %a0 counter %a1 ids %a2 : tensor<?xi64> -> tensor<?x5xf32>\n'
                 '%r2 = nn.random "uniform" purpose -5 seed %a0 counter %a1 -> tensor<3x7xf32>', 7)
    words = np.array([[philox(e, int(i), counter, 77, seed)[:2] for e in range(5)] for i in ids], np.int64)
    u1, u2 = ((words[..., 0] >> 8) + 1) * 2.0**-24, (words[..., 1] >> 8) * 2.0**-24
    check("random uniform", got[0], (words[..., 0] >> 8) * 2.0**-24, 0)
    check("random normal", got[1], np.sqrt(-2 * np.log(u1)) * np.cos(2 * np.pi * u2), 2e-6)
    flat = [(philox(e, 0, counter, 2**32 - 5, seed)[0] >> 8) * 2.0**-24 for e in range(21)]
    check("random whole tensor", got[2], np.reshape(flat, (3, 7)), 0)


if __name__ == "__main__":
    sections = {f.__name__: f for f in (elementwise, shapes, reductions, products, convolutions, poolings, random)}
    for name in sys.argv[1:] or sections:
        sections[name]()
    print(f"{len(failures)} failed")
    sys.exit(1 if failures else 0)
