#!/usr/bin/env python3
"""Compares ten steps of every optimizer, alone and behind what clips and decays, with PyTorch's losses and parameters
(expected/optimizers.json). Usage: compare_optimizers.py NNC f32|f64 TOLERANCE. Exit 1 if one differs by more than that."""
import json
import pathlib
import sys
import tempfile

import optimizers
import programs
from compare_functions import difference

HERE = pathlib.Path(__file__).resolve().parent


def main():
    nnc, precision, tolerance = sys.argv[1:]
    expected = json.loads((HERE / "expected/optimizers.json").read_text())
    worst, failures = 0, 0
    with tempfile.TemporaryDirectory() as name:
        directory = pathlib.Path(name)
        optimizers.write_data(directory)
        program = programs.Program(nnc, optimizers.program(), precision, directory)
        for number, case in enumerate(optimizers.cases()):
            tensors, losses = program.train(f"t{number}", optimizers.start())
            found = {**tensors, "losses": [losses[step] for step in sorted(losses)]}
            for key, values in expected[case].items():
                assert len(found[key]) == len(values), (case, key, len(found[key]))
                distance = difference(found[key], values)
                worst = max(worst, distance)
                if distance > float(tolerance):
                    failures += 1
                    print(f"{case}, {key}: relative difference {distance:.2e}")
    print(f"{len(expected)} optimizers: largest relative difference {worst:.2e}")
    return 1 if failures or expected.keys() != set(optimizers.cases()) else 0


if __name__ == "__main__":
    sys.exit(main())
