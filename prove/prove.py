#!/usr/bin/env python3
"""The long acceptance checks, as a table. Usage: prove.py BUILD [NAME...]; NN_DATA names the directory with MNIST."""
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
SEEDS = (1, 2, 3)


def train_and_test(nnc, example, epochs, seed, directory):
    """Test accuracy of an example trained with a seed, and the seconds the training took."""
    program = directory / example
    if not program.exists():
        subprocess.run([nnc, ROOT / "examples" / example / "model.nn", "-o", program], check=True)
    runs = directory / f"runs-{example}-{seed}"
    start = time.monotonic()
    subprocess.run([program, "train", "--seed", str(seed), "--epochs", str(epochs), "--out", runs], check=True)
    seconds = time.monotonic() - start
    done = subprocess.run([program, "eval", "--out", runs, "--split", "test", "--json"], check=True, capture_output=True)
    return json.loads(done.stdout)["accuracy"], seconds


def accuracy_check(example, epochs, mean_at_least, each_at_least):
    def check(nnc, directory):
        results = [train_and_test(nnc, example, epochs, seed, directory) for seed in SEEDS]
        accuracies = [accuracy for accuracy, _ in results]
        mean = statistics.mean(accuracies)
        holds = mean >= mean_at_least and min(accuracies) >= each_at_least
        seeds = " ".join(f"{100 * accuracy:.2f}" for accuracy in accuracies)
        return holds, (f"test accuracy {100 * mean:.3f} % (seeds {seeds}), at least {100 * mean_at_least:.1f}, "
                       f"{statistics.mean(seconds for _, seconds in results):.0f} s a training")
    return check


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


CHECKS = {
    "mnist-mlp": accuracy_check("mnist-mlp", 10, 0.98, 0.98),
    "mnist-lenet": accuracy_check("mnist", 5, 0.99, 0.989),
}
for net in ("mlp-sgd", "mlp-adam", "lenet-momentum"):
    CHECKS[f"torch-{net}-f32"] = torch_check(net, "f32", "1e-4")
    CHECKS[f"torch-{net}-f64"] = torch_check(net, "f64", "1e-9")
    CHECKS[f"torch-{net}-interpreted"] = interpreter_check(net, "1e-9")


def main():
    nnc = pathlib.Path(sys.argv[1], "bin/nnc").resolve()
    names = sys.argv[2:] or list(CHECKS)
    unknown = [name for name in names if name not in CHECKS]
    if unknown:
        sys.exit(f"unknown check {unknown[0]}; there are {', '.join(CHECKS)}")
    if "NN_DATA" not in os.environ:
        sys.exit("set NN_DATA to the directory that has mnist/ (README.md says where to get it)")
    rows = []
    with tempfile.TemporaryDirectory() as directory:
        for name in names:
            holds, text = CHECKS[name](nnc, pathlib.Path(directory))
            rows.append((name, "holds" if holds else "FAILS", text))
    width = max(len(name) for name in names)
    for name, verdict, text in rows:
        print(f"{name:{width}}  {verdict}  {text}")
    return 0 if all(verdict == "holds" for _, verdict, _ in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
