#!/usr/bin/env python3
"""Trains one of the nets for 50 steps with nnc, from the weights and on the batches that PyTorch had, and compares the
losses, the running statistics, and the test loss with what PyTorch printed (expected/NET.json).
Usage: compare.py NNC NET f32|f64 TOLERANCE DATA. Exit 1 if a number differs by more than the relative tolerance."""
import csv
import json
import pathlib
import subprocess
import sys
import tempfile

import nets

HERE = pathlib.Path(__file__).resolve().parent


def relative(found, expected):
    return abs(found - expected) / abs(expected)


def relative_norm(found, expected):
    """Of a tensor of statistics. One element says little: one of PyTorch's own, in float32, is 2e-4 off its float64."""
    norm = lambda values: sum(value * value for value in values) ** 0.5
    return norm([x - y for x, y in zip(found, expected)]) / norm(expected)


def train(nnc, net, precision, data, directory):
    program = directory / "program"
    subprocess.run([nnc, HERE / f"{net}.nn", f"--precision={precision}", "-o", program], check=True)
    nets.write_short_mnist(data, directory)
    nets.write_safetensors(directory / "start.safetensors", nets.initial_weights(net))
    subprocess.run([program, "train", "--data", directory, "--out", directory / "runs", "--no-shuffle", "--epochs", "1",
                    "--log-every", "1", "--weights", directory / "start.safetensors"], check=True,
                   stderr=subprocess.DEVNULL)
    run = next((directory / "runs").iterdir())
    done = subprocess.run([program, "eval", "--out", directory / "runs", "--json"], check=True, capture_output=True)
    return run, json.loads(done.stdout)


def step_losses(run):
    losses = {}
    for row in csv.DictReader((run / "metrics.csv").open()):
        if row["split"] == "train" and row["name"] == "loss":
            # The row of an epoch, its mean, follows that of its last step.
            losses.setdefault(int(row["step"]), float(row["value"]))
    return losses


def main():
    nnc, net, precision, tolerance, data = sys.argv[1:]
    expected = json.loads((HERE / "expected" / f"{net}.json").read_text())[precision]
    with tempfile.TemporaryDirectory() as name:
        run, evaluation = train(nnc, net, precision, data, pathlib.Path(name))
        losses = step_losses(run)
        tensors = nets.read_safetensors(run / "last.safetensors")
    differences = [(f"loss of step {step}", relative(losses[step], loss))
                   for step, loss in enumerate(expected["losses"], 1)]
    differences += [(key, relative_norm(tensors[key][1], values)) for key, values in expected["state"].items()]
    differences.append(("test loss", relative(evaluation["loss"], expected["test_loss"])))
    worst = max(differences, key=lambda pair: pair[1])
    print(f"{net} {precision}: {len(differences)} numbers, largest relative difference {worst[1]:.2e} ({worst[0]})")
    if evaluation["samples"] != nets.TEST_RECORDS or abs(evaluation["accuracy"] - expected["test_accuracy"]) > 1e-6:
        print(f"accuracy {evaluation['accuracy']} of {evaluation['samples']}, expected {expected['test_accuracy']}")
        return 1
    return 0 if worst[1] <= float(tolerance) else 1


if __name__ == "__main__":
    sys.exit(main())
