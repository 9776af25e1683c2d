#!/usr/bin/env python3
"""Full training steps side by side with PyTorch, in one run: both programs stay open and take turns, the median of the
turns counts. Usage: bench.py BUILD [NET...]"""
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
NETS = ("lenet", "mlp", "tabular")
TURNS = 15
SYSTEM_PYTHON = "/usr/bin/python3"  # has Debian's python3-torch


class Side:
    """A program that answers a number of steps with the median time of one."""

    def __init__(self, command, environment=None):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                                        env=environment)

    def time(self, steps):
        time.sleep(0.05)  # threads of the other side may still spin
        self.process.stdin.write(f"{steps}\n")
        self.process.stdin.flush()
        return float(self.process.stdout.readline())

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def build_timer(build, net, directory):
    program, timer = directory / f"{net}.o", directory / net
    subprocess.run([build / "bin/nnc", HERE / f"{net}.nn", "--emit=obj", "-o", program], check=True)
    subprocess.run(["g++", "-O2", "-std=c++17", f"-I{HERE.parent}", HERE / "StepTimer.cpp", program,
                    f"-L{build / 'lib'}", "-lnnrt", "-lz", "-o", timer], check=True)
    return timer


def compare(build, net, threads, directory):
    environment = dict(os.environ, NN_THREADS=str(threads), OMP_NUM_THREADS=str(threads), OPENBLAS_NUM_THREADS=str(threads))
    affinity = ["taskset", "-c", ",".join(map(str, sorted(os.sched_getaffinity(0))[:threads]))]
    ours = Side(affinity + [build_timer(build, net, directory)], environment)
    theirs = Side(affinity + [SYSTEM_PYTHON, HERE / "torch_step.py", net, str(threads)], environment)
    for side in (ours, theirs):
        side.time(5)
    pairs = [(ours.time(10), theirs.time(10)) for _ in range(TURNS)]
    ours.close()
    theirs.close()
    return (statistics.median(column) for column in zip(*pairs))


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    nets = sys.argv[2:] or NETS
    print(f"{'net':10} {'threads':>7} {'nnc ms':>9} {'PyTorch ms':>11} {'ratio':>6}")
    with tempfile.TemporaryDirectory() as directory:
        for net in nets:
            for threads in (1, 2):
                ours, theirs = compare(build, net, threads, pathlib.Path(directory))
                print(f"{net:10} {threads:7} {ours:9.3f} {theirs:11.3f} {theirs / ours:6.2f}", flush=True)


if __name__ == "__main__":
    main()
