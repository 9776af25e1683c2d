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
    rows = []
    with tempfile.TemporaryDirectory() as directory:
        for name in names:
            holds, text = CHECKS[name](nnc, pathlib.Path(directory))
            rows.append((name, "holds" if holds else "FAILS", text))
    width = max(len(name) for name in names)
    for name, verdict, text in rows:
        print(f"{name:{width}}  {verdict}  {text}")
    return 0 if all(verdict == "holds" for _, verdict, _ in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
