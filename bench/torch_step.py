#!/usr/bin/env python3
"""PyTorch's side of training: first prints the number of parameters; then for each line on stdin, which is a number, begins a
training anew, runs as many full steps (forward, backward, Adam) on one batch in memory, and prints the median in ms, the last
loss and the process's peak memory in KiB. Usage: torch_step.py NET THREADS"""
import copy
import pathlib
import statistics
import sys
import time

import torch

from torch_nets import NETS, parameter_count


def peak_memory():
    status = pathlib.Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0])


def steps(spec, net, x, label, count):
    optimizer = torch.optim.Adam(net.parameters(), 1e-3)
    times = []
    for _ in range(1 + count):  # the first makes the optimizer's state
        start = time.perf_counter()
        optimizer.zero_grad(set_to_none=True)
        loss = spec.loss(net(x), x, label)
        loss.backward()
        optimizer.step()
        times.append(1e3 * (time.perf_counter() - start))
    return statistics.median(times[1:]), loss.item()


def main():
    spec = NETS[sys.argv[1]]
    torch.set_num_threads(int(sys.argv[2]))
    torch.manual_seed(1)
    net = spec.make()
    print(parameter_count(net), flush=True)
    fresh = copy.deepcopy(net.state_dict())
    x, label = torch.rand(spec.batch, *spec.shape), torch.randint(max(spec.classes, 1), (spec.batch,))
    for line in sys.stdin:
        net.load_state_dict(fresh)
        milliseconds, loss = steps(spec, net, x, label, int(line))
        print(milliseconds, loss, peak_memory(), flush=True)


if __name__ == "__main__":
    main()
