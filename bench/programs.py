"""From a workload's `.nn` file to a program whose entries can be timed."""
import pathlib
import subprocess

HERE = pathlib.Path(__file__).resolve().parent
PYTHON = "/usr/bin/python3"  # has Debian's python3-torch
WORKLOADS = ("tabular", "mlp", "autoencoder", "lenet", "resnet20", "lstm")
THREADS = (1, 2)


class Builder:
    def __init__(self, build):
        self.build, self.directory = build, build / "bench"
        self.directory.mkdir(exist_ok=True)

    def program(self, workload, rows=None):
        """With room for `rows` records, or for the batch of the training."""
        name = f"{workload}-{rows}" if rows else workload
        path, settings = self.directory / name, ["--set", f"rows={rows}"] if rows else []
        subprocess.run([self.build / "bin/nnc", HERE / f"{workload}.nn", *settings, "--emit=obj", "-o", f"{path}.o"], check=True)
        subprocess.run(["g++", f"{path}.o", f"-L{self.build / 'lib'}", "-lnn_bench", "-lnnrt", "-lpng", "-ljpeg", "-lz", "-o", path], check=True)
        return path
