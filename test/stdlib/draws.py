#!/usr/bin/env python3
"""Draws of every initializer of the standard library, for a matrix and for a filter: bounds, mean, deviation and, of what is
normal, the share within one deviation. Usage: draws.py NNC. Exit 1 if one is further off than chance allows."""
import math
import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "torch"))
import nets
import programs

SHAPES = {"W": (200, 300), "F": (3, 3, 40, 60)}
FANS = {"W": (200, 300), "F": (360, 540)}
NORMAL, UNIFORM = "normal", "uniform"

# What the initializer draws from, and its deviation by (fan in, fan out).
DRAWN = {
    "glorot_uniform": (UNIFORM, lambda i, o: math.sqrt(2 / (i + o))),
    "glorot_normal": (NORMAL, lambda i, o: math.sqrt(2 / (i + o))),
    "he_uniform": (UNIFORM, lambda i, o: math.sqrt(2 / i)), "he_normal": (NORMAL, lambda i, o: math.sqrt(2 / i)),
    "lecun_uniform": (UNIFORM, lambda i, o: math.sqrt(1 / i)), "lecun_normal": (NORMAL, lambda i, o: math.sqrt(1 / i)),
    "small_random": (NORMAL, lambda i, o: 0.01), "large_random": (NORMAL, lambda i, o: 1),
    "uniform(-0.3, 0.3)": (UNIFORM, lambda i, o: 0.3 / math.sqrt(3)), "normal(0, 0.2)": (NORMAL, lambda i, o: 0.2),
}
FIXED = {"zeros": 0, "ones": 1, "constant(0.25)": 0.25}


def program(names):
    text = ["import std", 'data d { train = idx("x", "y"); field x: f32[1]; field y: f32[1] }', "network Net(x: f32[b, 1]) {"]
    uses = []
    for number, name in enumerate(names):
        for key, shape in SHAPES.items():
            text.append(f"  param {key}{number}: f32[{', '.join(map(str, shape))}] = {name}")
            uses.append(f"0 * sum({key}{number})")
    text += ["  x + " + " + ".join(uses), "}", "train t on d { batch = 1; epochs = 1; minimize mse(Net(x), y) with SGD(0) }"]
    return "\n".join(text) + "\n"


def problems(values, kind, deviation):
    """Each statistic lies within five of its own deviations of what it should be."""
    count = len(values)
    mean = sum(values) / count
    spread = math.sqrt(sum(value * value for value in values) / count)
    if abs(mean) > 5 * deviation / math.sqrt(count):
        yield f"mean {mean}"
    kurtosis = 3 if kind == NORMAL else 1.8
    if abs(spread / deviation - 1) > 5 * math.sqrt((kurtosis - 1) / 4 / count):
        yield f"deviation {spread}, expected {deviation}"
    within = sum(abs(value) < deviation for value in values) / count
    expected = math.erf(math.sqrt(0.5)) if kind == NORMAL else 1 / math.sqrt(3)
    if abs(within - expected) > 5 * math.sqrt(expected * (1 - expected) / count):
        yield f"share within one deviation {within}, expected {expected}"
    largest = max(map(abs, values))
    if kind == UNIFORM and not 0.999 < largest / (deviation * math.sqrt(3)) <= 1 + 1e-6:
        yield f"bound {largest}, expected {deviation * math.sqrt(3)}"
    if len(set(values)) < 0.99 * count:
        yield "numbers that repeat"


def main():
    names = [*DRAWN, *FIXED]
    with tempfile.TemporaryDirectory() as name:
        compiled = programs.Program(sys.argv[1], program(names), "f32", name)
        for file in "xy":
            nets.write_idx(compiled.directory / file, (1,), b"\1", 1)
        tensors, _ = compiled.train("t")
    found = []
    for number, name in enumerate(names):
        for key, (fan_in, fan_out) in FANS.items():
            values = tensors[f"Net.{key}{number}"]
            if name in FIXED:
                found += [f"{name}: not all {FIXED[name]}"] if set(values) != {FIXED[name]} else []
                continue
            kind, deviation = DRAWN[name]
            found += [f"{name} of {key}: {each}" for each in problems(values, kind, deviation(fan_in, fan_out))]
    print("\n".join(found) or f"{len(names)} initializers of a matrix and of a filter")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
