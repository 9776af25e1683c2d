"""A full training step (forward, backward, Adam) of a compiled program and of PyTorch, and what memory the training took."""
import math
import sys

from programs import HERE, PYTHON, THREADS
from sides import Side, take_turns


def open_sides(builder, workload):
    program = builder.program(workload)
    ours = [Side([program, "train", threads], threads) for threads in THREADS]
    theirs = [Side([PYTHON, HERE / "torch_step.py", workload, threads], threads) for threads in THREADS]
    counts = {int(side.read()[0]) for side in ours + theirs}
    if len(counts) > 1:
        sys.exit(f"bench: {workload} does not have as many parameters as PyTorch's: {counts}")
    return ours, theirs


def measure(builder, workload):
    """Times in ms and peak memory in KiB: {"nnc": {threads: ms}, "pytorch": …, "memory": {"nnc": KiB, "pytorch": KiB}}."""
    ours, theirs = open_sides(builder, workload)
    times = take_turns(ours + theirs)
    for side in ours + theirs:
        if not math.isfinite(side.answer[1]):
            sys.exit(f"bench: the loss of {workload} is {side.answer[1]} in {' '.join(side.command)}")
    half = len(THREADS)
    return {"nnc": dict(zip(THREADS, times[:half])), "pytorch": dict(zip(THREADS, times[half:])),
            "memory": {"nnc": ours[0].answer[2], "pytorch": theirs[0].answer[2]}}
