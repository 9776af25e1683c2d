"""Compiles a program's text and runs single trainings of it from given weights: for the tests of the standard library."""
import csv
import json
import pathlib
import shutil
import struct
import subprocess

import nets


def write_doubles(path, tensors):
    """name -> (shape, values), as float64."""
    header, offset = {}, 0
    for name, (shape, values) in tensors.items():
        header[name] = {"dtype": "F64", "shape": list(shape), "data_offsets": [offset, offset + len(values) * 8]}
        offset += len(values) * 8
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for _, values in tensors.values():
            file.write(struct.pack(f"<{len(values)}d", *values))


class Program:
    def __init__(self, nnc, text, precision, directory):
        self.directory = pathlib.Path(directory)
        self.executable = self.directory / "program"
        source = self.directory / "program.nn"
        source.write_text(text)
        subprocess.run([nnc, source, f"--precision={precision}", "-o", self.executable], check=True)

    def train(self, name, start=None, seed=0):
        """name -> values of the weights after the training, and the losses of its steps."""
        runs = self.directory / "runs"
        shutil.rmtree(runs, ignore_errors=True)
        command = [self.executable, "train", name, "--data", self.directory, "--out", runs, "--no-shuffle", "--log-every", "1",
                   "--seed", str(seed)]
        if start is not None:
            write_doubles(self.directory / "start.safetensors", start)
            command += ["--weights", self.directory / "start.safetensors"]
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
        run = next(runs.iterdir())
        tensors = {key: list(values) for key, (_, values) in nets.read_safetensors(run / "last.safetensors").items()}
        return tensors, step_losses(run)


def step_losses(run):
    losses = {}
    for row in csv.DictReader((run / "metrics.csv").open()):
        if row["split"] == "train" and row["name"] == "loss":
            losses.setdefault(int(row["step"]), float(row["value"]))
    return losses
