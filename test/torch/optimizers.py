"""The optimizers that are compared with PyTorch: what both sides share, without PyTorch. The problem is small and not
quadratic: (tanh(x W + c) - t)^2 with gradients of different sizes; ten steps on the same eight records."""
import struct

import functions

ROWS, INPUTS, OUTPUTS, STEPS = 8, 3, 4, 10

ALONE = ["SGD(0.1)", "Momentum(0.1, 0.8)", "Nesterov(0.1, momentum: 0.8)", "Adagrad(0.2)", "Adadelta(0.5)", "RMSprop(0.02)",
         "RMSprop(0.02, rho: 0.9, centred: true)", "Adam(0.05)", "AMSGrad(0.2, beta2: 0.5)", "AdamW(0.05, decay: 0.1)",
         "Adamax(0.05)", "Nadam(0.05)", "RAdam(0.05)", "RAdam(0.05, beta2: 0.9)", "Lion(0.03)", "Lion(0.03, decay: 0.5)"]
CHANGES = ["clip_value(0.05)", "clip_norm(0.1)", "decay(0.2)"]


def cases():
    """Each alone, behind all three, and behind each of them."""
    behind = ["clip_value(0.05) |> clip_norm(0.1) |> decay(0.2) |> " + optimizer for optimizer in ALONE]
    single = [f"{change} |> {optimizer}" for change in CHANGES for optimizer in ("SGD(0.1)", "Adam(0.05)")]
    return ALONE + behind + single + ["decay(0.2) |> clip_norm(0.1) |> SGD(0.1)"]


def start():
    numbers = functions.random(11, -1, 1)
    return {"Net.W": ((INPUTS, OUTPUTS), numbers[:12]), "Net.c": ((OUTPUTS,), numbers[12:16])}


def records():
    """ROWS of INPUTS and of OUTPUTS numbers."""
    return functions.random(12, -2, 2)[:ROWS * INPUTS], functions.random(13, -3, 3)[:ROWS * OUTPUTS]


def program():
    text = ["import std", f'data d {{ train = idx("x", "t"); field x: f32[{INPUTS}]; field t: f32[{OUTPUTS}] }}',
            f"network Net(x: f32[b, {INPUTS}]) {{", f"  param W: f32[{INPUTS}, {OUTPUTS}] = zeros",
            f"  param c: f32[{OUTPUTS}] = zeros", "  tanh(x @ W + c)", "}"]
    for number, case in enumerate(cases()):
        text.append(f"train t{number} on d {{ batch = {ROWS}; epochs = {STEPS}; minimize mse(Net(x), t) with {case} }}")
    return "\n".join(text) + "\n"


def write_data(directory):
    for name, values, width in zip("xt", records(), (INPUTS, OUTPUTS)):
        (directory / name).write_bytes(struct.pack(">III", 0x0E02, ROWS, width) + struct.pack(f">{len(values)}d", *values))
