#!/usr/bin/env python3
"""`cosine` against its formula, by the losses of a training that has one weight w: with the loss w^2 a step multiplies w
by 1 - 2 rate. Usage: schedules.py NNC. Exit 1 if a loss is off."""
import math
import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "torch"))
import nets
import programs

RECORDS, EPOCHS, RATE = 10, 3, 0.2
PROGRAM = f"""import std
data d {{ train = idx("x", "y"); field x: f32[1]; field y: f32[1] }}
network Net(x: f32[b, 1]) {{
  param w: f32[1] = ones
  w * x
}}
train t on d {{ batch = 1; epochs = {EPOCHS}; minimize mse(Net(x), y) with SGD(cosine({RATE})) }}
"""


def main():
    with tempfile.TemporaryDirectory() as name:
        compiled = programs.Program(sys.argv[1], PROGRAM, "f64", name)
        nets.write_idx(compiled.directory / "x", (1,), b"\1" * RECORDS, RECORDS)
        nets.write_idx(compiled.directory / "y", (1,), b"\0" * RECORDS, RECORDS)
        losses = compiled.train("t")[1]
    steps, w, worst = RECORDS * EPOCHS, 1.0, 0.0
    for step in range(1, steps + 1):
        worst = max(worst, abs(losses[step] - w * w))
        w *= 1 - RATE * (1 + math.cos(math.pi * step / steps))
    print(f"{len(losses)} steps, the largest difference is {worst:.1e}")
    return 0 if len(losses) == steps and worst < 1e-12 else 1


if __name__ == "__main__":
    sys.exit(main())
