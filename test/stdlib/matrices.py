#!/usr/bin/env python3
"""The initializers that are more than independent draws: `orthogonal` is orthonormal and differs from parameter to
parameter, `identity` is one, and `truncated_normal` has that distribution, by Kolmogorov's statistic. The weights from
state to state of recurrent layers are orthogonal.
Usage: matrices.py NNC. Exit 1 if one is not."""
import math
import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "torch"))
import nets
import programs

PARAMETERS = {
    "square": ((96, 96), "orthogonal"), "again": ((96, 96), "orthogonal"), "tall": ((40, 24), "orthogonal"),
    "wide": ((24, 40), "orthogonal(2)"), "filter": ((3, 3, 4, 10), "orthogonal"), "one": ((5, 1), "orthogonal"),
    "unit": ((5, 5), "identity"), "flat": ((3, 5), "identity(2)"), "middle": ((3, 3, 2, 3), "identity"),
    "cut": ((200, 300), "truncated_normal(0.1)"),
}
GATES = {"RNN": 1, "LSTM": 4, "GRU": 3}
UNITS = 12


def program():
    text = ["import std", 'data d { train = idx("x", "y"); field x: f32[1]; field y: f32[1] }', "network Net(x: f32[b, 1]) {"]
    text += [f"  param {name}: f32[{', '.join(map(str, shape))}] = {initializer}"
             for name, (shape, initializer) in PARAMETERS.items()]
    text += ["  let steps = expand(x, 2, axis: 1)"]
    text += [f"  let from_{layer} = steps |> {layer}({UNITS})" for layer in GATES]
    used = [*PARAMETERS, *(f"from_{layer}" for layer in GATES)]
    text += ["  x + " + " + ".join(f"0 * sum({name})" for name in used), "}",
             "train t on d { batch = 1; epochs = 1; minimize mse(Net(x), y) with SGD(0) }"]
    return "\n".join(text) + "\n"


def orthonormal_error(values, shape, gain):
    """The largest element of A'A - gain^2, A having as many columns as rows or fewer."""
    columns = shape[-1]
    rows = [values[i:i + columns] for i in range(0, len(values), columns)]
    vectors = list(zip(*rows)) if columns <= len(rows) else rows
    return max(abs(sum(x * y for x, y in zip(u, v)) - (gain**2 if i == j else 0))
               for i, u in enumerate(vectors) for j, v in enumerate(vectors[:i + 1]))


def eye(shape, gain):
    rows, columns = shape[-2:]
    taps = math.prod(shape[:-2])
    return [gain if tap == taps // 2 and i == j else 0.0
            for tap in range(taps) for i in range(rows) for j in range(columns)]


def kolmogorov(values, deviation):
    """sqrt(n) times the largest distance from the cumulative function of the normal distribution between -2 and 2."""
    normal = lambda z: 0.5 * (1 + math.erf(z / math.sqrt(2)))
    share = normal(2) - normal(-2)
    ordered, count = sorted(values), len(values)
    distance = max(abs((i + 0.5) / count - (normal(value / deviation) - normal(-2)) / share)
                   for i, value in enumerate(ordered))
    return math.sqrt(count) * distance


def main():
    with tempfile.TemporaryDirectory() as name:
        compiled = programs.Program(sys.argv[1], program(), "f32", name)
        for file in "xy":
            nets.write_idx(compiled.directory / file, (1,), b"\1", 1)
        tensors = {key.removeprefix("Net."): values for key, values in compiled.train("t")[0].items()}
    found = []
    for layer, gates in GATES.items():
        error = orthonormal_error(tensors[layer + "_1.Wh"], (UNITS, gates * UNITS), 1)
        found += [f"{layer}: the rows of Wh are {error} off an orthonormal system"] if not error < 1e-5 else []
    for name, (shape, initializer) in PARAMETERS.items():
        gain = 2 if "(2)" in initializer else 1
        if initializer.startswith("orthogonal"):
            error = orthonormal_error(tensors[name], shape, gain)
            found += [f"{name}: A'A is {error} off"] if not error < 1e-5 * gain**2 else []
        elif initializer.startswith("identity"):
            found += [f"{name}: not the identity"] if tensors[name] != eye(shape, gain) else []
    if max(abs(x - y) for x, y in zip(tensors["square"], tensors["again"])) < 0.1:
        found.append("two parameters with one orthogonal matrix")
    if max(map(abs, tensors["cut"])) > 0.2 * (1 + 1e-6):
        found.append(f"cut: {max(map(abs, tensors['cut']))} is further than two deviations")
    if (statistic := kolmogorov(tensors["cut"], 0.1)) > 1.95:  # chance: one in a thousand
        found.append(f"cut: Kolmogorov's statistic is {statistic}")
    print("\n".join(found) or f"{len(PARAMETERS)} matrices")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
