"""rewrite INPUTS OUT: the records of the metrics test as sequences of different lengths, filled up to seven steps, and
where there is a step; compare INPUTS JSON: what `eval --json` printed has the numbers of scikit-learn, and the terms of
the loss are those of the metrics; same JSON JSON: the measures are the same to the last bit."""
import itertools
import json
import math
import pathlib
import struct
import sys

STEPS = 7
COUNTS = {"accuracy", "top_k", "precision", "recall", "f1", "precision_2", "recall_2", "f1_2"}
REALS = {"perplexity": "perplexity", "error": "mse", "mae": "mae", "mape": "mape"}  # measure: scikit-learn's
TERMS = {"cross_entropy": lambda expected: math.log(expected["perplexity"]), "mse": lambda expected: expected["mse"]}


def lengths(records):
    left = records
    for length in itertools.cycle([7, 3, 5, 1, 6, 2, 7, 4]):
        if not left:
            return
        yield min(length, left)
        left -= min(length, left)


def write(path, head, sizes, data):
    path.write_bytes(head + bytes([len(sizes)]) + struct.pack(f">{len(sizes)}I", *sizes) + data)


def rewrite(source, target):
    for name in ("logits", "label", "pair", "side", "guess", "truth"):
        data = (source / name).read_bytes()
        sizes = struct.unpack(f">{data[3]}I", data[4:4 + 4 * data[3]])
        content = data[4 + 4 * data[3]:]
        step = len(content) // sizes[0]
        # What fills up is far off: the label 1, and numbers that count up.
        one = bytes([1]) if data[2] == 0x08 else struct.pack(f">{step // 4}f", *(1000.0 * (i + 2) for i in range(step // 4)))
        sequences, place = [], 0
        for length in lengths(sizes[0]):
            sequences.append(content[place:place + length * step] + one * (STEPS - length))
            place += length * step
        write(target / name, data[:3], (len(sequences), STEPS, *sizes[1:]), b"".join(sequences))
        kept = b"".join(bytes([1] * length + [0] * (STEPS - length)) for length in lengths(sizes[0]))
        write(target / "kept", bytes([0, 0, 8]), (len(sequences), STEPS), kept)


def near(found, expected, tolerance):
    assert abs(found - expected) <= tolerance * abs(expected), (found, expected)


def compare(inputs, path):
    expected, found = json.loads((inputs / "expected.json").read_text()), json.loads(path.read_text())
    for name in COUNTS:
        near(found[name], expected[name], 1e-15)
    for name, judge in REALS.items():
        near(found[name], expected[judge], 1e-7)
    assert found["confusion"] == expected["confusion"], found["confusion"]
    for name, judge in TERMS.items():
        near(found[name], judge(expected), 1e-5)


def same(first, second):
    first, second = (json.loads(path.read_text()) for path in (first, second))
    for name in [*COUNTS, *REALS, "confusion"]:
        assert first[name] == second[name], (name, first[name], second[name])


{"rewrite": rewrite, "compare": compare, "same": same}[sys.argv[1]](*map(pathlib.Path, sys.argv[2:]))
