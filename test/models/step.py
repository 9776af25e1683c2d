#!/usr/bin/env python3
"""Compiles each ready model for small images, trains it for one step on random records, and looks at the loss: it is
finite, and that of the first step is near the log of the number of classes, as it is for logits that know nothing.
Usage: step.py NNC [MODEL…]. Exit 1 if one fails."""
import csv
import math
import pathlib
import random
import struct
import subprocess
import sys
import tempfile

# call, sizes of a record, classes; "label" marks records of labels
MODELS = {
    "MLP": ("MLP(10)", (28, 28, 1), 10),
    "LeNet5": ("LeNet5()", (28, 28, 1), 10),
    "ResNet20": ("ResNet20()", (32, 32, 3), 10),
    "ResNet18": ("ResNet18(10)", (64, 64, 3), 10),
    "VGG11": ("VGG11(10, hidden: 64)", (32, 32, 3), 10),
    "MobileNetV2": ("MobileNetV2(10)", (64, 64, 3), 10),
    "UNet": ("UNet(2, width: 8)", (32, 32, 1), 2),
    "Transformer": ("Transformer(units: 32, depth: 2)", (16,), 65),
    "CharLSTM": ("CharLSTM(units: 32, depth: 2, dropout: 0.1)", (16,), 65),
}
OF_TEXT = {"Transformer", "CharLSTM"}
RECORDS = 4


def write_idx(path, sizes, below):
    """Unsigned bytes."""
    count = RECORDS * math.prod(sizes)
    header = struct.pack(">BBBB", 0, 0, 8, 1 + len(sizes)) + struct.pack(f">{1 + len(sizes)}I", RECORDS, *sizes)
    path.write_bytes(header + bytes(random.randrange(below) for _ in range(count)))


def program(model, call, sizes, classes):
    record = ", ".join(map(str, sizes))
    places = sizes if model in OF_TEXT else sizes[:-1] if model == "UNet" else ()
    label = f"class({classes})" + (f"[{', '.join(map(str, places))}]" if places else "")
    element = f"class({classes})" if model in OF_TEXT else "f32"
    steps = "" if model in OF_TEXT else " |> scale(1/255)"
    return places, f"""import std
import std.models
data d {{ train = idx("x", "y"); field x: {element}[{record}]{steps}; field y: {label} }}
network Net(x: {element}[b, {record}]) {{ x |> {call} }}
train t on d {{ batch = {RECORDS}; epochs = 1; minimize cross_entropy(Net(x), y) with SGD(0.01) }}
"""


def first_loss(nnc, model, directory):
    call, sizes, classes = MODELS[model]
    places, text = program(model, call, sizes, classes)
    (directory / "m.nn").write_text(text)
    write_idx(directory / "x", sizes, classes if model in OF_TEXT else 256)
    write_idx(directory / "y", places, classes)
    subprocess.run([nnc, directory / "m.nn", "-o", directory / "m"], check=True)
    subprocess.run([directory / "m", "train", "--data", directory, "--out", directory / "runs", "--epochs", "1"],
                   check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    run = next((directory / "runs").iterdir())
    rows = csv.DictReader((run / "metrics.csv").open())
    return next(float(row["value"]) for row in rows if row["split"] == "train" and row["name"] == "loss")


def main():
    failed = False
    for model in sys.argv[2:] or MODELS:
        random.seed(1)
        with tempfile.TemporaryDirectory() as name:
            loss = first_loss(sys.argv[1], model, pathlib.Path(name))
        expected = math.log(MODELS[model][2])
        good = 0.3 * expected < loss < 3 * expected + 1
        failed |= not good
        print(f"{model}: first loss {loss:.4f}, log of the classes {expected:.4f}" + ("" if good else " FAILED"))
    sys.exit(failed)


main()
