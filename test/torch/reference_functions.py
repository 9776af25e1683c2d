#!/usr/bin/env python3
"""Prints what PyTorch computes for each case of functions.py, in float64: its value, and the gradients by its parameters of
the loss, or of the sum of an activation's values times the constants C.
Usage: reference_functions.py > expected/functions.json, with the system's Python and python3-torch."""
import json

import torch
import torch.nn.functional as F

import functions

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

LABELS = torch.tensor(functions.LABELS)
WEIGHTS = torch.tensor([1, 2, 0.5, 1, 3])
GIVEN = {name: torch.tensor(values).double().reshape(functions.ROWS, functions.WIDTH)
         for name, values in functions.constants().items()}


def focal(logits, gamma):
    p = F.log_softmax(logits, -1)[torch.arange(functions.ROWS), LABELS]
    return (-(1 - p.exp())**gamma * p).mean()


def log_cosh(x, y):
    # log cosh d = log((e^d + e^-d) / 2); PyTorch has no function of its own.
    d = x - y
    return (torch.logaddexp(d, -d) - torch.log(torch.tensor(2.0))).mean()


COMPUTE = {
    "relu": F.relu, "leaky_relu": F.leaky_relu, "elu": F.elu, "selu": F.selu, "gelu": F.gelu, "silu": F.silu, "mish": F.mish,
    "softplus": F.softplus, "softsign": F.softsign, "hard_sigmoid": lambda P: F.relu6(P + 3) / 6,  # F.hardsigmoid has 1/6 in float32 only
   
    "sigmoid": torch.sigmoid, "tanh": torch.tanh, "softmax": lambda P: F.softmax(P, -1),
    "log_softmax": lambda P: F.log_softmax(P, -1),
    "leaky_relu_steep": lambda P: F.leaky_relu(P, 0.2), "elu_small": lambda P: F.elu(P, 0.5),
    "cross_entropy": lambda P: F.cross_entropy(P, LABELS),
    "cross_entropy_smooth": lambda P: F.cross_entropy(P, LABELS, label_smoothing=0.1),
    "cross_entropy_weighted": lambda P: F.cross_entropy(P, LABELS, WEIGHTS),
    "cross_entropy_both": lambda P: F.cross_entropy(P, LABELS, WEIGHTS, label_smoothing=0.2),
    "cross_entropy_masked": lambda P: F.cross_entropy(P, LABELS, ignore_index=1, label_smoothing=0.1),
    "cross_entropy_by_tensor": lambda P: F.cross_entropy(P, LABELS, torch.arange(1.0, 6), ignore_index=3),
    "focal": lambda P: focal(P, 2), "focal_soft": lambda P: focal(P, 1.5),
    "bce": lambda P: F.binary_cross_entropy_with_logits(P, GIVEN["B"]),
    "bce_probabilities": lambda N: F.binary_cross_entropy(torch.sigmoid(0.5 * N), GIVEN["B"]),
    "hinge": lambda P: F.relu(1 - P * GIVEN["S"]).mean(),
    "mse": lambda P, T: F.mse_loss(P, T), "mae": lambda P, T: F.l1_loss(P, T),
    "huber": lambda P, T: F.huber_loss(P, T), "huber_wide": lambda P, T: F.huber_loss(P, T, delta=2.5),
    "log_cosh": log_cosh, "poisson": lambda N: F.poisson_nll_loss(N, GIVEN["K"]),
    "kl_divergence": lambda P: F.kl_div(F.log_softmax(P, -1), GIVEN["Q"], reduction="batchmean"),
    "entropy": lambda N: torch.special.entr(F.softmax(N, -1)).sum(-1).mean(),
    "cosine_distance": lambda P, T: (1 - F.cosine_similarity(P, T)).mean(),
    "triplet": lambda N, T, M: F.triplet_margin_loss(N, T, M),
    "triplet_wide": lambda N, T, M: F.triplet_margin_loss(N, T, M, margin=4),
    "l1": lambda N: 0.5 * N.abs().sum(), "l2": lambda N: 0.25 * (N * N).sum(),
    "elastic_net": lambda N: 0.5 * N.abs().sum() + 0.25 * (N * N).sum(),
}


def run(case):
    parameters = {name: torch.tensor(values).reshape(functions.ROWS, functions.WIDTH).requires_grad_()
                  for name, values in functions.parameters(case).items()}
    value = COMPUTE[case](*parameters.values())
    (value if case in functions.LOSSES else (value * GIVEN["C"]).sum()).backward()
    return {"value": value.detach().flatten().tolist(),
            **{name: tensor.grad.flatten().tolist() for name, tensor in parameters.items()}}


if __name__ == "__main__":
    print(json.dumps({case: run(case) for case in functions.cases()}))
