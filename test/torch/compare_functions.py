#!/usr/bin/env python3
"""Compares every activation and loss of the standard library, compiled and executed, with PyTorch's values and gradients
(expected/functions.json) and, in double, its gradients with central differences along random directions.
Usage: compare_functions.py NNC f32|f64 TOLERANCE. Exit 1 if a tensor differs by more than that, relative to its norm."""
import json
import math
import pathlib
import sys
import tempfile

import functions
import programs

HERE = pathlib.Path(__file__).resolve().parent
STEP, DIRECTIONS, GRADIENT_TOLERANCE = 3e-5, 6, 1e-6


def difference(found, expected):
    """Relative to the norm; a number that is not finite is infinitely far."""
    if not all(map(math.isfinite, found)):
        return math.inf
    norm = math.sqrt(sum(value * value for value in expected))
    return math.sqrt(sum((x - y)**2 for x, y in zip(found, expected))) / max(norm, 1e-30)


def value_of(case, tensors):
    return tensors[functions.network_name(case) + ("Value._Y" if case in functions.PENALTIES else "._Y")]


def gradients_of(case, tensors):
    """The step has left them in the parameters."""
    return {name: tensors[f"{functions.network_name(case)}.{name}"] for name in functions.parameters(case)}


def compare_with_torch(tensors, tolerance):
    expected = json.loads((HERE / "expected/functions.json").read_text())
    worst, failures = 0, 0
    for case in functions.cases():
        found = {"value": value_of(case, tensors), **gradients_of(case, tensors)}
        assert found.keys() == expected[case].keys(), case
        for name, values in found.items():
            distance = difference(values, expected[case][name])
            worst = max(worst, distance)
            if distance > tolerance:
                failures += 1
                print(f"{case}, {name}: relative difference {distance:.2e}")
    print(f"{len(functions.cases())} functions, values and gradients: largest relative difference {worst:.2e}")
    return failures


def objective(case, tensors):
    """What the program minimizes of this case."""
    value = value_of(case, tensors)
    return value[0] if case in functions.LOSSES else sum(c * y for c, y in zip(functions.constants()["C"], value))


def directions(turn):
    """One for each parameter, 0 in the last row: what is far out is compared with PyTorch only."""
    near = (functions.ROWS - 1) * functions.WIDTH
    far = [0.0] * functions.WIDTH
    return {f"{functions.network_name(case)}.{name}": functions.random(turn + ord(name), -1, 1)[:near] + far
            for case in functions.cases() for name in functions.parameters(case)}


def compare_with_differences(program, tensors):
    failures, worst = 0, 0
    for turn in range(DIRECTIONS):
        along = directions(turn)
        ahead, _ = program.train("all", functions.start(along, STEP))
        behind, _ = program.train("all", functions.start(along, -STEP))
        for case in functions.cases():
            slope = sum(g * s for name, gradient in gradients_of(case, tensors).items()
                        for g, s in zip(gradient, along[f"{functions.network_name(case)}.{name}"]))
            central = (objective(case, ahead) - objective(case, behind)) / (2 * STEP)
            distance = abs(slope - central) / max(1, abs(central))
            worst = max(worst, distance)
            if not distance <= GRADIENT_TOLERANCE:
                failures += 1
                print(f"{case}, direction {turn}: slope {slope}, central difference {central}")
    print(f"{DIRECTIONS} directions: largest distance from the central difference {worst:.2e}")
    return failures


def main():
    nnc, precision, tolerance = sys.argv[1:]
    with tempfile.TemporaryDirectory() as name:
        directory = pathlib.Path(name)
        functions.write_data(directory)
        program = programs.Program(nnc, functions.program(), precision, directory)
        tensors, _ = program.train("all", functions.start())
        failures = compare_with_torch(tensors, float(tolerance))
        if precision == "f64":
            failures += compare_with_differences(program, tensors)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
