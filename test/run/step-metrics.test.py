"""rewrite INPUTS OUT: the IDX files of the metrics test with seven records as steps of one; compare INPUTS JSON: what
`eval --json` printed has the numbers of scikit-learn that it names, and all of the steps' measures."""
import json
import pathlib
import struct
import sys

STEPS = 7
MEASURES = {"accuracy", "top_k", "precision", "recall", "f1", "precision_2", "recall_2", "f1_2", "perplexity", "confusion"}


def rewrite(source, target):
    for name in ("logits", "label", "pair", "side"):
        data = (source / name).read_bytes()
        sizes = struct.unpack(f">{data[3]}I", data[4:4 + 4 * data[3]])
        fresh = (sizes[0] // STEPS, STEPS, *sizes[1:])
        header = data[:3] + bytes([len(fresh)]) + struct.pack(f">{len(fresh)}I", *fresh)
        (target / name).write_bytes(header + data[4 + 4 * data[3]:])


def compare(inputs, path):
    expected, found = json.loads((inputs / "expected.json").read_text()), json.loads(path.read_text())
    assert MEASURES <= found.keys(), found
    for name in MEASURES:
        if name == "confusion":
            assert found[name] == expected[name], found[name]
        else:
            tolerance = 1e-7 if name == "perplexity" else 1e-15
            assert abs(found[name] - expected[name]) <= tolerance * abs(expected[name]), (name, found[name], expected[name])


{"rewrite": rewrite, "compare": compare}[sys.argv[1]](*map(pathlib.Path, sys.argv[2:]))
