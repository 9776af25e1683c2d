"""Prediction by a compiled program and by ONNX Runtime, with the same weights and records. Both must compute what PyTorch
computes before they are timed."""
import array
import math
import subprocess
import sys

import onnx_runtime
from programs import HERE, PYTHON, THREADS
from sides import Side, take_turns

BATCHES = (1, 64)
TOLERANCE = 1e-4


def export(builder, workload):
    """Weights, models and records in a directory; the shape of a record and the width of an output."""
    directory = builder.directory / f"{workload}-model"
    directory.mkdir(exist_ok=True)
    done = subprocess.run([PYTHON, HERE / "torch_export.py", workload, directory], check=True, capture_output=True, text=True)
    shape, width = done.stdout.split()
    return directory, shape, int(width)


def numbers(path, count):
    values = array.array("f")
    with path.open("rb") as file:
        values.fromfile(file, count)
    return values


def check_agreement(directory, side, output, count):
    """The first answer of a side comes after its output."""
    side.ask(1)
    difference = max(abs(a - b) if math.isfinite(a) else math.inf
                     for a, b in zip(numbers(directory / output, count), numbers(directory / "expected", count)))
    if difference > TOLERANCE:
        sys.exit(f"bench: {' '.join(side.command)} differs from PyTorch by {difference}")


def open_sides(program, runtime, directory, batch, shape, width):
    """For each number of threads the compiled program, ONNX Runtime, and the same through its C API."""
    model, input_shape, output_shape = directory / f"b{batch}.onnx", f"{batch}x{shape}", f"{batch}x{width}"
    sides = []
    for threads in THREADS:
        commands = {
            "nnc": [program, "predict", threads, batch, directory / "weights.safetensors", directory / "input",
                    directory / "output-nnc"],
            "ort": ["node", HERE / "ort_session.js", runtime.package, model, threads, directory / "input-torch",
                    directory / "output-ort", input_shape],
            "ort_c_api": [runtime.timer, runtime.library, model, threads, directory / "input-torch",
                          directory / "output-ort_c_api", input_shape, output_shape],
        }
        for name, command in commands.items():
            side = Side(command, threads)
            check_agreement(directory, side, f"output-{name}", batch * width)
            sides.append(side)
    return list(commands), sides


def measure(builder, workload):
    """Times in ms: {batch: {"nnc": {threads: ms}, "ort": …, "ort_c_api": …}}."""
    program = builder.program(workload, rows=max(BATCHES))
    runtime = onnx_runtime.install(builder)
    directory, shape, width = export(builder, workload)
    result = {}
    for batch in BATCHES:
        names, sides = open_sides(program, runtime, directory, batch, shape, width)
        times = iter(take_turns(sides))
        result[batch] = {name: {} for name in names}
        for threads in THREADS:
            for name in names:
                result[batch][name][threads] = next(times)
    return result
