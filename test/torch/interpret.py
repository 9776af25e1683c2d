#!/usr/bin/env python3
"""Runs 50 steps of one of the nets in the reference interpreter, from the weights and on the batches that PyTorch had, and
compares the losses and the running statistics with PyTorch's in double (expected/NET.json).
Usage: interpret.py NNC NN_INTERP NET TOLERANCE DATA. Exit 1 if a number differs by more than the relative tolerance."""
import array
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import nets
from compare import relative, relative_norm

HERE = pathlib.Path(__file__).resolve().parent


def fields(data):
    """The training records as the step gets them: pixels by 255, then standardized over the training part."""
    shape, pixels = nets.read_idx(f"{data}/mnist/train-images-idx3-ubyte.gz", nets.TRAIN_RECORDS)
    _, labels = nets.read_idx(f"{data}/mnist/train-labels-idx1-ubyte.gz", nets.TRAIN_RECORDS)
    counts = [pixels.count(value) for value in range(256)]
    mean = sum(count * value / 255 for value, count in enumerate(counts)) / len(pixels)
    variance = sum(count * (value / 255 - mean)**2 for value, count in enumerate(counts)) / len(pixels)
    table = [(value / 255 - mean) / variance**0.5 for value in range(256)]
    return {"digits.image": ((nets.TRAIN_RECORDS, *shape, 1), array.array("d", (table[value] for value in pixels))),
            "digits.label": ((nets.TRAIN_RECORDS,), array.array("i", list(labels)))}


def interpret(nnc, interpreter, net, data, directory):
    """The losses, and the tensors after the last step."""
    module, start, end = (str(directory / name) for name in ("net.mlir", "start.safetensors", "end.safetensors"))
    subprocess.run([nnc, HERE / f"{net}.nn", "--precision=f64", "--emit=autodiff", "-o", module], check=True)
    subprocess.run([interpreter, module, "--entry=init", f"--out={start}"], check=True, stdout=subprocess.DEVNULL)
    memory = nets.read_safetensors(start)
    for name, (shape, values) in nets.initial_weights(net).items():
        memory[name] = (shape, array.array("d", values))
    memory.update(fields(data))
    nets.write_safetensors(start, memory)
    steps = nets.TRAIN_RECORDS // nets.BATCH
    done = subprocess.run([interpreter, module, "--entry=classify.step", f"--in={start}", f"--out={end}",
                           f"--rows={nets.BATCH}", f"--steps={steps}", "--digits=17"], check=True, capture_output=True, text=True)
    losses = [float(text) for text in re.findall(r"^loss = (\S+)$", done.stdout, re.MULTILINE)]
    return losses, nets.read_safetensors(end)


def main():
    nnc, interpreter, net, tolerance, data = sys.argv[1:]
    expected = json.loads((HERE / "expected" / f"{net}.json").read_text())["f64"]
    with tempfile.TemporaryDirectory() as name:
        losses, tensors = interpret(nnc, interpreter, net, data, pathlib.Path(name))
    if len(losses) != len(expected["losses"]):
        sys.exit(f"{len(losses)} losses, expected {len(expected['losses'])}")
    differences = [(f"loss of step {step}", relative(loss, expected["losses"][step - 1]))
                   for step, loss in enumerate(losses, 1)]
    differences += [(key, relative_norm(tensors[key][1], values)) for key, values in expected["state"].items()]
    worst = max(differences, key=lambda pair: pair[1])
    print(f"{net} interpreted: {len(differences)} numbers, largest relative difference {worst[1]:.2e} ({worst[0]})")
    return 0 if worst[1] <= float(tolerance) else 1


if __name__ == "__main__":
    sys.exit(main())
