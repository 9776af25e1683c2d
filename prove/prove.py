#!/usr/bin/env python3
"""The long acceptance checks, as a table. Usage: prove.py BUILD [NAME...]; NN_DATA names the directory with the data."""
import os
import pathlib
import sys
import tempfile

import agreement
import compile_time
import examples
import training

CHECKS = {**training.checks(), **examples.checks(), **compile_time.checks(), **agreement.checks()}


def main():
    nnc = pathlib.Path(sys.argv[1], "bin/nnc").resolve()
    names = sys.argv[2:] or list(CHECKS)
    unknown = [name for name in names if name not in CHECKS]
    if unknown:
        sys.exit(f"unknown check {unknown[0]}; there are {', '.join(CHECKS)}")
    if "NN_DATA" not in os.environ:
        sys.exit("set NN_DATA to the directory that has mnist/ (README.md says where to get it)")
    width = max(len(name) for name in names)
    failed = 0
    with tempfile.TemporaryDirectory() as directory:
        for name in names:
            holds, text = CHECKS[name](nnc, pathlib.Path(directory))
            failed += not holds
            # A line as soon as it is known: all of them take hours.
            print(f"{name:{width}}  {'holds' if holds else 'FAILS'}  {text}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
