"""Checks that compare whole trainings with PyTorch's numbers."""
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent


def torch_check(net, precision, tolerance):
    def check(nnc, directory):
        done = subprocess.run([sys.executable, ROOT / "test/torch/compare.py", nnc, net, precision, tolerance,
                               os.environ["NN_DATA"]], capture_output=True, text=True)
        return done.returncode == 0, (done.stdout.strip() or done.stderr.strip()) + f", at most {tolerance}"
    return check


def interpreter_check(net, tolerance):
    def check(nnc, directory):
        done = subprocess.run([sys.executable, ROOT / "test/torch/interpret.py", nnc, nnc.parent / "nn-interp", net, tolerance,
                               os.environ["NN_DATA"]], capture_output=True, text=True)
        return done.returncode == 0, (done.stdout.strip() or done.stderr.strip()) + f", at most {tolerance}"
    return check


def checks():
    made = {}
    for net in ("mlp-sgd", "mlp-adam", "lenet-momentum"):
        made[f"torch-{net}-f32"] = torch_check(net, "f32", "1e-4")
        made[f"torch-{net}-f64"] = torch_check(net, "f64", "1e-9")
        made[f"torch-{net}-interpreted"] = interpreter_check(net, "1e-9")
    return made
