#!/usr/bin/env python3
"""Speed beside PyTorch and ONNX Runtime, and of kernels alone, all in one run. `docs/benchmarks.md` says what is compared
and how to read it. Usage: bench.py BUILD [--json] [NAME...]"""
import argparse
import json
import os
import pathlib
import sys
import time

import inference
import kernels
import loader
import report
import training
from programs import WORKLOADS, Builder

NAMES = (*WORKLOADS, "loader", *kernels.GROUPS, "pool")


def parse_arguments():
    parser = argparse.ArgumentParser(prog="./dev bench", description="Speed, side by side with other frameworks.")
    parser.add_argument("build", type=pathlib.Path, help=argparse.SUPPRESS)
    parser.add_argument("--json", action="store_true", help="one object on stdout and nothing else")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(NAMES)}; without one, all")
    arguments = parser.parse_intermixed_args()
    unknown = [name for name in arguments.names if name not in NAMES]
    if unknown:
        parser.error(f"unknown name `{unknown[0]}`; there are {', '.join(NAMES)}")
    if "loader" in arguments.names and "NN_DATA" not in os.environ:
        parser.error("`loader` reads MNIST: set NN_DATA to the directory that has mnist/")
    return arguments


def measure(arguments):
    names = arguments.names or [name for name in NAMES if name != "loader" or "NN_DATA" in os.environ]
    builder = Builder(arguments.build.resolve())
    result = report.Result()
    start = time.monotonic()
    for name in names:
        print(f"bench: {name} ({time.monotonic() - start:.0f} s)", file=sys.stderr, flush=True)
        if name in WORKLOADS:
            result.training[name] = training.measure(builder, name)
            result.inference[name] = inference.measure(builder, name)
        elif name == "loader":
            result.loader = loader.measure(builder)
            result.decoding = loader.measure_decoding(builder)
            result.table = loader.measure_table(builder)
    groups = [name for name in names if name in kernels.GROUPS]
    if groups:
        result.kernels = kernels.measure(builder, groups)
    if "pool" in names:
        result.pool = kernels.measure_pool(builder)
    print(f"bench: done after {time.monotonic() - start:.0f} s", file=sys.stderr)
    return result


def main():
    arguments = parse_arguments()
    result = measure(arguments)
    print(json.dumps(report.as_object(result), indent=2) if arguments.json else report.as_table(result))


if __name__ == "__main__":
    main()
