#!/usr/bin/env python3
"""Prints the losses of ten steps and the parameters after them for each case of optimizers.py, in float64, by PyTorch's
optimizers. Transcribed from the papers: Lion (Chen et al. 2023, algorithm 2), which PyTorch lacks; Nadam (Dozat 2016,
algorithm 8), where PyTorch before 2.0 has one factor too many; and clipping to a norm as min(1, limit / norm), to whose norm
PyTorch adds 1e-6.
Usage: reference_optimizers.py > expected/optimizers.json, with the system's Python and python3-torch."""
import json

import torch

import optimizers

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


class Lion(torch.optim.Optimizer):
    def __init__(self, parameters, lr, decay=0.0, beta1=0.9, beta2=0.99):
        super().__init__(parameters, dict(lr=lr, decay=decay, beta1=beta1, beta2=beta2))

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for w in group["params"]:
                m = self.state[w].setdefault("m", torch.zeros_like(w))
                update = torch.sign(group["beta1"] * m + (1 - group["beta1"]) * w.grad)
                w -= group["lr"] * (update + group["decay"] * w)
                m.mul_(group["beta2"]).add_((1 - group["beta2"]) * w.grad)


class Nadam(torch.optim.Optimizer):
    def __init__(self, parameters, lr, beta1=0.9, beta2=0.999, eps=1e-8, warmup=4e-3):
        super().__init__(parameters, dict(lr=lr, beta1=beta1, beta2=beta2, eps=eps, warmup=warmup))

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for w in group["params"]:
                state = self.state[w]
                if not state:
                    state.update(t=0, product=1.0, m=torch.zeros_like(w), v=torch.zeros_like(w))
                state["t"] += 1
                mu = [group["beta1"] * (1 - 0.5 * 0.96**(t * group["warmup"])) for t in (state["t"], state["t"] + 1)]
                state["product"] *= mu[0]
                state["m"].mul_(group["beta1"]).add_((1 - group["beta1"]) * w.grad)
                state["v"].mul_(group["beta2"]).add_((1 - group["beta2"]) * w.grad**2)
                m = (1 - mu[0]) / (1 - state["product"]) * w.grad + mu[1] / (1 - state["product"] * mu[1]) * state["m"]
                w -= group["lr"] * m / ((state["v"] / (1 - group["beta2"]**state["t"])).sqrt() + group["eps"])


MAKE = {
    "SGD": lambda p, lr: torch.optim.SGD(p, lr),
    "Momentum": lambda p, lr, momentum: torch.optim.SGD(p, lr, momentum=momentum),
    "Nesterov": lambda p, lr, momentum: torch.optim.SGD(p, lr, momentum=momentum, nesterov=True),
    "Adagrad": torch.optim.Adagrad, "Adadelta": torch.optim.Adadelta,
    "RMSprop": lambda p, lr, rho=0.99, centred=False: torch.optim.RMSprop(p, lr, alpha=rho, centered=centred),
    "Adam": torch.optim.Adam,
    "AMSGrad": lambda p, lr, beta2: torch.optim.Adam(p, lr, betas=(0.9, beta2), amsgrad=True),
    "AdamW": lambda p, lr, decay: torch.optim.AdamW(p, lr, weight_decay=decay),
    "Adamax": torch.optim.Adamax, "Nadam": Nadam,
    "RAdam": lambda p, lr, beta2=0.999: torch.optim.RAdam(p, lr, betas=(0.9, beta2)), "Lion": Lion,
}


def clip_value(parameters, limit):
    torch.nn.utils.clip_grad_value_(parameters, limit)


def clip_norm(parameters, limit):
    norm = torch.sqrt(sum((w.grad * w.grad).sum() for w in parameters))
    for w in parameters:
        w.grad.mul_(torch.clamp(limit / norm, max=1))


def decay(parameters, k):
    for w in parameters:
        w.grad.add_(k * w.detach())


def arguments(link):
    """`RMSprop(0.02, centred: true)`: its name, and what Python calls its arguments."""
    name, rest = link.rstrip(")").split("(")
    positional, named = [], {}
    for argument in rest.split(", "):
        key, _, value = argument.rpartition(": ")
        number = True if value == "true" else float(value)
        named.update({key: number}) if key else positional.append(number)
    return name, positional, named


def run(case):
    parameters = [torch.tensor(values).reshape(shape).requires_grad_() for shape, values in optimizers.start().values()]
    x, t = (torch.tensor(values).reshape(optimizers.ROWS, -1) for values in optimizers.records())
    *changes, last = map(arguments, case.split(" |> "))
    name, positional, named = last
    optimizer = MAKE[name](parameters, *positional, **named)
    losses = []
    for _ in range(optimizers.STEPS):
        optimizer.zero_grad()
        loss = ((torch.tanh(x @ parameters[0] + parameters[1]) - t)**2).mean()
        loss.backward()
        for change, limits, _ in changes:
            {"clip_value": clip_value, "clip_norm": clip_norm, "decay": decay}[change](parameters, *limits)
        optimizer.step()
        losses.append(loss.item())
    return {"losses": losses, "Net.W": parameters[0].flatten().tolist(), "Net.c": parameters[1].tolist()}


if __name__ == "__main__":
    print(json.dumps({case: run(case) for case in optimizers.cases()}))
