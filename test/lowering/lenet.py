"""A whole LeNet training step (momentum), compiled, against PyTorch: losses of the first steps, and the time of a step.

`lenet.py [steps] [batch]`: prints the largest relative difference of the losses, then milliseconds per step.
"""
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F

from compiled import Compiled

STEPS = int(sys.argv[1]) if len(sys.argv) > 1 else 10
BATCH = int(sys.argv[2]) if len(sys.argv) > 2 else 64
PASSES = ["--nn-autodiff", "--canonicalize", "--cse", "--nn-fuse"]
PARAMETERS = {"c1": (3, 3, 1, 32), "s1": (32,), "t1": (32,), "c2": (3, 3, 32, 64), "s2": (64,), "t2": (64,),
              "w1": (3136, 128), "b1": (128,), "w2": (128, 10), "b2": (10,)}
lines = []


def kind(*shape, element="f32"):
    return "tensor<" + "x".join([*map(str, shape), element]) + ">"


class Value:
    count = 0

    def __init__(self, text, shape, layer, element="f32"):
        self.name, self.shape, self.type = f"%v{Value.count}", shape, kind(*shape, element=element)
        Value.count += 1
        lines.append(f'{self.name} = {text} loc("{layer}")')


class Known:
    def __init__(self, name, *shape, element="f32"):
        self.name, self.shape, self.type = name, shape, kind(*shape, element=element)


layer = "Net"


def binary(op, x, y):
    return Value(f"nn.{op} {x.name}, {y.name} : {x.type}", x.shape, layer)


def spread(x, shape):
    axes = list(range(len(shape) - len(x.shape), len(shape)))
    rows = " rows %rows" if "?" in shape else ""
    return Value(f"nn.broadcast {x.name} axes {axes}{rows} : {x.type} -> {kind(*shape)}", shape, layer)


def number(value, shape=()):
    scalar = Value(f"nn.constant dense<{value:e}> : tensor<f32>", (), layer)
    return spread(scalar, shape) if shape else scalar


def conv(x, w, out):
    shape = (*x.shape[:3], out)
    return Value(f"nn.conv {x.name}, {w.name} strides [1, 1] padding [1, 1, 1, 1] dilations [1, 1] groups 1 "
                 f": {x.type}, {w.type} -> {kind(*shape)}", shape, layer)


def batch_norm(x, scale, shift):
    c = x.shape[-1]
    m = Value(f"nn.moments {x.name} axes [0, 1, 2] : {x.type} -> {kind(c)}, {kind(c)}", (c,), layer)
    lines[-1] = lines[-1].replace(f"{m.name} =", f"{m.name}, {m.name}v =")
    v = Known(m.name + "v", c)
    inverse = Value(f"nn.rsqrt {binary('add', v, number(1e-5, (c,))).name} : {kind(c)}", (c,), layer)
    y = binary("mul", binary("sub", x, spread(m, x.shape)), spread(inverse, x.shape))
    return binary("add", binary("mul", y, spread(scale, x.shape)), spread(shift, x.shape)), m, v


def relu(x):
    return binary("max", x, number(0, x.shape))


def pool(x):
    shape = ("?", x.shape[1] // 2, x.shape[2] // 2, x.shape[3])
    y = Value(f"nn.max_pool {x.name} window [2, 2] strides [2, 2] padding [0, 0, 0, 0] : {x.type} -> {kind(*shape)}, "
              f"{kind(*shape, element='i32')}", shape, layer)
    lines[-1] = lines[-1].replace(f"{y.name} =", f"{y.name}, {y.name}i =")
    return y


def dense(x, w, b):
    shape = ("?", w.shape[1])
    y = Value(f"nn.matmul {x.name}, {w.name} : {x.type}, {w.type} -> {kind(*shape)}", shape, layer)
    return binary("add", y, spread(b, shape))


def reduce(op, x, axes):
    shape = tuple(s for d, s in enumerate(x.shape) if d not in axes)
    return Value(f'nn.reduce "{op}" {x.name} axes {list(axes)} : {x.type} -> {kind(*shape)}', shape, layer)


def cross_entropy(logits):
    b, k = logits.shape
    top = reduce("max", logits, (1,))
    top = Value(f"nn.stop_gradient {top.name} : {top.type}", top.shape, layer)
    column = lambda x: Value(f"nn.broadcast {x.name} axes [0] : {x.type} -> {kind(b, k)}", (b, k), layer)
    z = binary("sub", logits, column(top))
    e = Value(f"nn.exp {z.name} : {z.type}", z.shape, layer)
    s = reduce("sum", e, (1,))
    log = Value(f"nn.log {s.name} : {s.type}", s.shape, layer)
    hot = Value(f"nn.one_hot %label : tensor<?xi32> -> {kind(b, k, element='i1')}", (b, k), layer, "i1")
    chosen = Value(f"nn.select {hot.name}, {z.name}, {number(0, (b, k)).name} : {hot.type}, {z.type}", z.shape, layer)
    each = binary("sub", log, reduce("sum", chosen, (1,)))
    rows = Value("nn.extent %rows times 1 : tensor<f32>", (), layer)
    return binary("div", reduce("sum", each, (0,)), rows)


def program():
    global layer
    p = {name: Known("%" + name, *shape) for name, shape in PARAMETERS.items()}
    x = Known("%image", "?", 28, 28, 1)
    layer = "LeNet.Conv_1"
    x = conv(x, p["c1"], 32)
    layer = "LeNet.BatchNorm_1"
    x, *_ = batch_norm(x, p["s1"], p["t1"])
    layer = "LeNet"
    x = pool(relu(x))
    layer = "LeNet.Conv_2"
    x = conv(x, p["c2"], 64)
    layer = "LeNet.BatchNorm_2"
    x, *_ = batch_norm(x, p["s2"], p["t2"])
    layer = "LeNet"
    x = pool(relu(x))
    x = Value(f"nn.reshape {x.name} : {x.type} -> {kind('?', 3136)}", ("?", 3136), layer)
    layer = "LeNet.Dense_1"
    x = relu(dense(x, p["w1"], p["b1"]))
    layer = "LeNet.Dense_2"
    loss = cross_entropy(dense(x, p["w2"], p["b2"]))
    layer = "update"
    types = ", ".join(v.type for v in p.values())
    names = ", ".join(v.name for v in p.values())
    gradients = ", ".join(f"%g_{name}" for name in p)
    lines.append(f"{gradients} = nn.gradient {loss.name} by {names} : (tensor<f32>, {types}) -> ({types})")
    results, result_types = [], []
    for name, w in p.items():
        momentum = Known("%m_" + name, *w.shape)
        m = binary("add", binary("mul", momentum, number(0.9, w.shape)), Known("%g_" + name, *w.shape))
        results += [(binary("sub", w, binary("mul", m, number(1e-3, w.shape))), "parameter", name), (m, "optimizer", name)]
    results.append((loss, "term", "loss"))
    arguments = ['%rows: index {nn.role = "rows"}', '%image: tensor<?x28x28x1xf32> {nn.role = "field", nn.name = "image"}',
                 '%label: tensor<?xi32> {nn.role = "field", nn.name = "label"}']
    for name, w in p.items():
        arguments.append(f'%{name}: {w.type} {{nn.role = "parameter", nn.name = "{name}"}}')
        arguments.append(f'%m_{name}: {w.type} {{nn.role = "optimizer", nn.name = "{name}"}}')
    outs = ", ".join(f'{v.type} {{nn.role = "{role}", nn.name = "{name}"}}' for v, role, name in results)
    body = "\n  ".join(lines)
    return (f"func.func @train.step({', '.join(arguments)}) -> ({outs}) attributes {{nn.entry}} {{\n  {body}\n"
            f"  return {', '.join(v.name for v, *_ in results)} : {', '.join(v.type for v, *_ in results)}\n}}")


def torch_net(w, image):
    x = F.conv2d(image.permute(0, 3, 1, 2), w["c1"].permute(3, 2, 0, 1), padding=1)
    x = F.max_pool2d(F.relu(F.batch_norm(x, None, None, w["s1"], w["t1"], True)), 2)
    x = F.conv2d(x, w["c2"].permute(3, 2, 0, 1), padding=1)
    x = F.max_pool2d(F.relu(F.batch_norm(x, None, None, w["s2"], w["t2"], True)), 2)
    x = F.relu(x.permute(0, 2, 3, 1).flatten(1) @ w["w1"] + w["b1"])
    return x @ w["w2"] + w["b2"]


def main():
    text = program()
    if "--print" in sys.argv:
        print(f"module attributes {{nn.program = {{batch = {BATCH} : i64}}}} {{\n{text}\n}}")
        return
    began = time.time()
    compiled = Compiled(text, BATCH, before=PASSES)
    print(f"compiled in {time.time() - began:.1f} s with all tools, arena {compiled.bytes / 1e6:.1f} MB")
    rng = np.random.default_rng(1)
    weights = {}
    for name, shape in PARAMETERS.items():
        fan_in = max(1, int(np.prod(shape[:-1])))
        value = rng.standard_normal(shape) / np.sqrt(fan_in) if len(shape) > 1 else np.full(shape, float(name[0] == "s"))
        compiled.view("parameter", name)[...] = value
        compiled.view("optimizer", name)[...] = 0
        weights[name] = torch.from_numpy(compiled.view("parameter", name).astype(np.float64).copy()).requires_grad_()
    momentum = {name: torch.zeros_like(w) for name, w in weights.items()}
    worst = 0
    for step in range(STEPS):
        image = rng.random((BATCH, 28, 28, 1), np.float32)
        label = rng.integers(0, 10, BATCH).astype(np.int32)
        compiled.view("field", "image")[...] = image
        compiled.view("field", "label")[...] = label
        compiled.call("train.step", BATCH)
        loss = F.cross_entropy(torch_net(weights, torch.from_numpy(image).double()), torch.from_numpy(label).long())
        gradients = torch.autograd.grad(loss, list(weights.values()))
        with torch.no_grad():
            for (name, w), g in zip(weights.items(), gradients):
                momentum[name] = 0.9 * momentum[name] + g
                w -= 1e-3 * momentum[name]
        got = float(compiled.view("term", "loss", "train.step"))
        worst = max(worst, abs(got - loss.item()) / loss.item())
    print(f"losses of {STEPS} steps agree to {worst:.1e}")
    for name, w in weights.items():
        error = np.abs(compiled.view("parameter", name) - w.detach().numpy()).max()
        print(f"  {name}: {error:.1e}")
    times = []
    for _ in range(40):
        began = time.process_time()
        compiled.call("train.step", BATCH)
        times.append(time.process_time() - began)
    print(f"step: best {min(times) * 1e3:.2f} ms, median {np.median(times) * 1e3:.2f} ms")
    sys.exit(worst > 1e-4)


main()
