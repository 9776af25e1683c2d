"""A training with augmented images beside the same without: images a second of whole epochs, the loader's threads counted."""
import os
import pathlib
import shutil
import statistics
import subprocess
import time

from programs import HERE, THREADS

TURNS = 5
IMAGES = 12000  # a fifth of MNIST's


def program(builder, name, text):
    """Compiled as a user would: the executable with its own command line."""
    source, path = builder.directory / f"{name}.nn", builder.directory / name
    source.write_text(text)
    subprocess.run([builder.build / "bin/nnc", source, "-o", path], check=True)
    return path


def seconds(path, threads, epochs):
    """Of a training from start to end."""
    cores = ",".join(map(str, sorted(os.sched_getaffinity(0))[:threads]))
    runs = pathlib.Path(f"{path}-runs")
    shutil.rmtree(runs, ignore_errors=True)
    start = time.monotonic()
    subprocess.run(["taskset", "-c", cores, path, "train", "--epochs", str(epochs), "--threads", str(threads), "--out", runs],
                   check=True, stderr=subprocess.DEVNULL)
    return time.monotonic() - start


def measure(builder):
    """{side: {threads: images a second}}, medians of turns that the sides take one after the other."""
    text = (HERE / "augmented.nn").read_text()
    plain = "".join(line for line in text.splitlines(keepends=True) if not line.startswith("  augment "))
    paths = {"plain": program(builder, "loader-plain", plain), "augmented": program(builder, "loader-augmented", text)}
    result = {side: {} for side in paths}
    for threads in THREADS:
        rates = {side: [] for side in paths}
        for _ in range(TURNS):
            for side, path in paths.items():
                # Without the reading of the files, which is the same on both sides.
                epoch = seconds(path, threads, 1) - seconds(path, threads, 0)
                rates[side].append(IMAGES / epoch)
        for side in paths:
            result[side][threads] = statistics.median(rates[side])
    return result
