#!/usr/bin/env python3
"""PyTorch's side of the step benchmark: for each line on stdin, runs as many full training steps (forward, backward,
Adam) of a net as it says, on one batch in memory, and prints the median in ms. Usage: torch_step.py NET THREADS"""
import statistics
import sys
import time

import torch
from torch import nn


def mlp(*sizes):
    layers = []
    for inputs, outputs in zip(sizes, sizes[1:]):
        layers += [nn.Linear(inputs, outputs), nn.ReLU()]
    return nn.Sequential(*layers[:-1])


def lenet():
    return nn.Sequential(
        nn.Conv2d(1, 32, 3, padding=1), nn.BatchNorm2d(32), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(32, 64, 3, padding=1), nn.BatchNorm2d(64), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(3136, 128), nn.ReLU(), nn.Dropout(0.5), nn.Linear(128, 10))


NETS = {  # net, input shape, classes, batch
    "lenet": (lenet, (1, 28, 28), 10, 64),
    "mlp": (lambda: mlp(784, 512, 256, 10), (784,), 10, 128),
    "tabular": (lambda: mlp(30, 64, 32, 2), (30,), 2, 32),
}


def main():
    make, shape, classes, batch = NETS[sys.argv[1]]
    torch.set_num_threads(int(sys.argv[2]))
    torch.manual_seed(1)
    net = make()
    optimizer = torch.optim.Adam(net.parameters(), 1e-3)
    image, label = torch.rand(batch, *shape), torch.randint(classes, (batch,))
    for line in sys.stdin:
        times = []
        for _ in range(int(line)):
            start = time.perf_counter()
            optimizer.zero_grad()
            nn.functional.cross_entropy(net(image), label).backward()
            optimizer.step()
            times.append(1e3 * (time.perf_counter() - start))
        print(statistics.median(times), flush=True)


if __name__ == "__main__":
    main()
