#!/usr/bin/env python3
"""Every activation, loss, optimizer and initializer of the library is a case of the tests beside this one.
Usage: covered.py STDLIB. Exit 1 and the names if one is not."""
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "torch"))
import draws
import functions
import optimizers

# Judged by tests of their own.
ELSEWHERE = {"orthogonal", "identity", "truncated_normal"}
CASES = " ".join(["fn " + name for name in functions.ACTIVATIONS] + ["loss " + text for text, _ in functions.LOSSES.values()] +
                 ["optimizer " + link for case in optimizers.cases() for link in case.split(" |> ")] +
                 ["initializer " + name for name in [*draws.DRAWN, *draws.FIXED]])


def main():
    std = pathlib.Path(sys.argv[1]) / "std"
    files = [std / "activations.nn", std / "initializers.nn", *std.glob("losses/*.nn"), *std.glob("optimizers/*.nn")]
    declared = [match for file in files
                for match in re.findall(r"^(fn|loss|optimizer|initializer) (\w+)", file.read_text(), re.M)]
    missing = [f"{kind} {name}" for kind, name in declared
               if name not in ELSEWHERE and not re.search(rf"\b{kind} {name}\b", CASES)]
    print("\n".join(missing) or f"{len(declared)} declarations have a case")
    return 1 if missing or len(declared) < 50 else 0


if __name__ == "__main__":
    sys.exit(main())
