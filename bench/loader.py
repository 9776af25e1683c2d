"""What comes before a step: a training with augmented images beside the same without (images a second of whole epochs, the
loader's threads counted), decoding beside the decoders' own libraries, and a table of a gigabyte."""
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import time

from programs import HERE, THREADS

TURNS = 5
IMAGES = 12000  # a fifth of MNIST's
PHOTOS = "cifar10-images/cifar10-images-1000-200.tar.gz"
TABLE_MEGABYTES, TABLE_COLUMNS, TABLE_MEMORY = 1000, 20, 100_000_000
TABLE = f"""import std

data rows {{
  source = csv("table.csv", header: false, separator: ",")
  partition(train: 80%, test: 20%)
  column x: number[{TABLE_COLUMNS - 1}] |> zscore
  target y: number |> robust
}}

network Net(x: f32[b, {TABLE_COLUMNS - 1}]) -> f32[b, 1] {{ x |> Dense(1) }}

train fit on rows {{ batch = 1024; epochs = 1; minimize mse(Net(features), y) with SGD(0.001) }}
"""


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


def measure_decoding(builder):
    """{set: (megabytes of pixels a second by our reader, by the libraries, their ratio)}."""
    photos = pathlib.Path(os.environ["NN_DATA"]) / PHOTOS
    places = [photos] if photos.exists() else []
    lines = subprocess.run([builder.build / "bin/bench-decode", *places], check=True, capture_output=True, text=True).stdout
    rows = [line.split() for line in lines.splitlines()]
    return {"photos" if name == "given" else name: tuple(map(float, numbers)) for name, _count, *numbers in rows}


def peak_bytes(command):
    """Resident memory of a process at its most."""
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return usage.ru_maxrss * 1024


def measure_table(builder):
    """Megabytes a second on one core, of the records alone and into a table in memory, medians of turns; and the peak of a
    training on a table ten times as large as its `--memory`."""
    path, bench = builder.directory / "table.csv", builder.build / "bin/bench-csv"
    subprocess.run([bench, "--write", path, str(TABLE_MEGABYTES)], check=True)
    try:
        rates = []
        for _ in range(3):
            text = subprocess.run([bench, path, str(TABLE_COLUMNS)], check=True, capture_output=True, text=True).stdout
            rates.append([float(number) for number in re.findall(r"([0-9.]+) MB/s", text)])
        model = program(builder, "table", TABLE)
        start = time.monotonic()
        peak = peak_bytes([model, "train", "--data", builder.directory, "--out", builder.directory / "table-runs",
                           "--memory", f"{TABLE_MEMORY}B", "--threads", "1"])
        seconds_taken = time.monotonic() - start
    finally:
        path.unlink()
    records, table = (statistics.median(column) for column in zip(*rates))
    return {"records": records, "table": table, "peak": peak, "seconds": seconds_taken}
