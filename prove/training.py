"""Checks that train an example on its real data and judge what it has learned."""
import json
import pathlib
import statistics
import subprocess
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
SEEDS = (1, 2, 3)


def train_and_test(nnc, example, seed, directory, settings=(), variant="model"):
    """The measures of an example on its test part, trained with a seed, and the seconds the training took."""
    program = directory / f"{example}-{variant}"
    if not program.exists():
        subprocess.run([nnc, ROOT / "examples" / example / f"{variant}.nn", "-o", program], check=True)
    runs = directory / "-".join(["runs", example, variant, str(seed), *settings])
    start = time.monotonic()
    subprocess.run([program, "train", "--seed", str(seed), *settings, "--out", runs], check=True)
    seconds = time.monotonic() - start
    return evaluate(program, runs, "test"), seconds


def evaluate(program, runs, split):
    done = subprocess.run([program, "eval", "--out", runs, "--split", split, "--json"], check=True, capture_output=True)
    return json.loads(done.stdout)


def accuracy_check(example, epochs, mean_at_least, each_at_least):
    def check(nnc, directory):
        results = [train_and_test(nnc, example, seed, directory, ["--epochs", str(epochs)]) for seed in SEEDS]
        accuracies = [measures["accuracy"] for measures, _ in results]
        mean = statistics.mean(accuracies)
        holds = mean >= mean_at_least and min(accuracies) >= each_at_least
        seeds = " ".join(f"{100 * accuracy:.2f}" for accuracy in accuracies)
        return holds, (f"test accuracy {100 * mean:.3f} % (seeds {seeds}), at least {100 * mean_at_least:.1f}, "
                       f"{statistics.mean(seconds for _, seconds in results):.0f} s a training")
    return check


def text_check(example, nats_at_most, seconds_at_most):
    def check(nnc, directory):
        measures, seconds = train_and_test(nnc, example, 1, directory)
        return (measures["loss"] <= nats_at_most and seconds <= seconds_at_most,
                f"{measures['loss']:.4f} nats a character on the held-out last tenth, at most {nats_at_most}; "
                f"{seconds:.0f} s of training, at most {seconds_at_most}")
    return check


def checks():
    return {
        "mnist-mlp": accuracy_check("mnist-mlp", 10, 0.98, 0.98),
        "mnist-lenet": accuracy_check("mnist", 5, 0.99, 0.989),
        "shakespeare": text_check("shakespeare", 1.52, 600),
    }
