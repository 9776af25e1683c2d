"""Checks of what compiling takes, on a machine that does nothing else."""
import pathlib
import subprocess
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent


def program_of(network, record, label, result, batch):
    """A program that trains `network`, an expression of `x`."""
    return f"""import std
import std.models
data d {{
  train = idx("x", "y")
  field x: {record}
  field y: {label}
}}
network Net(x: {record.replace("[", "[b, ")}) -> f32[b, {result}] {{ {network} }}
train t on d {{
  batch = {batch}; epochs = 1
  minimize cross_entropy(Net(x), y) with Adam(1e-3)
}}
predict Net(x)
"""


def compile_seconds(nnc, program, directory):
    source = directory / "program.nn"
    source.write_text(program)
    start = time.monotonic()
    subprocess.run([nnc, source, "-o", directory / "program"], check=True)
    return time.monotonic() - start


def compile_check(program, seconds_at_most):
    def check(nnc, directory):
        seconds = compile_seconds(nnc, program, directory)
        return seconds <= seconds_at_most, f"compiles in {seconds:.1f} s, at most {seconds_at_most}"
    return check


def blocks(count):
    """A net of `count` times convolution, batch norm and activation: all on one small image."""
    return program_of(f"""let y = x |> Conv(16, kernel: 3)
  for i in 0..{count} {{ y = y |> Conv(16, kernel: 3, padding: 1) |> BatchNorm() |> relu }}
  y |> GlobalAvgPool() |> Dense(10)""", "f32[18, 18, 3]", "class(10)", "10", 32)


def different_widths(count):
    """A net of `count` dense layers, no two of the same width, so that nothing is shared between them."""
    return program_of(f"""let y = x |> Dense(16)
  for i in 0..{count} {{ y = y |> Dense(16 + i) |> relu }}
  y |> Dense(10)""", "f32[32]", "class(10)", "10", 32)


def dense_blocks(count):
    """DenseNet's kind: each convolution reads all channels that were made before it."""
    return program_of(f"""let y = x |> Conv(8, kernel: 3, padding: 1)
  for i in 0..{count} {{ y = concat([y, y |> BatchNorm() |> relu |> Conv(4, kernel: 3, padding: 1)], axis: 3) }}
  y |> GlobalAvgPool() |> Dense(10)""", "f32[8, 8, 3]", "class(10)", "10", 16)


def growth_check(nnc, directory):
    """Linear: twice the layers take at most twice the time, and a tenth for what the clock of a busy machine adds."""
    half, whole = (compile_seconds(nnc, blocks(count), directory) for count in (100, 200))
    return whole <= 2.2 * half, f"100 layers {half:.1f} s, 200 layers {whole:.1f} s: {whole / half:.2f} times, at most 2.2"


def checks():
    return {
        "compile-lenet": compile_check((ROOT / "examples/mnist/model.nn").read_text(), 5),
        "compile-resnet18": compile_check(
            program_of("x |> ResNet18()", "f32[224, 224, 3]", "class(1000)", "1000", 8), 20),
        "compile-transformer": compile_check(
            program_of("x |> Transformer()", "class(65)[128]", "class(65)[128]", "128, 65", 16), 20),
        "compile-200-layers": compile_check(blocks(200), 60),
        "compile-200-different": compile_check(different_widths(200), 60),
        "compile-200-concatenated": compile_check(dense_blocks(200), 60),
        "compile-growth": growth_check,
    }
