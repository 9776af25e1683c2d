"""Kernels alone on one thread, as fractions of the FMA peak that is measured beside them, and the cost of a parallel
region."""
import json
import os
import subprocess

GROUPS = ("gemm", "conv")


def measure(builder, groups):
    """{"peak_gflops": …, group: {kernel: {"milliseconds": …, "fraction": …}}}."""
    asked = [*groups, *(["conv_other"] if "conv" in groups else [])]
    core = str(min(os.sched_getaffinity(0)))
    done = subprocess.run(["taskset", "-c", core, builder.build / "bin/bench-kernels", *asked], check=True,
                          stdout=subprocess.PIPE)
    return json.loads(done.stdout)


def measure_pool(builder):
    """{"chunk_us": …, "region_us": …}: a chunk's work, and what a region of two such chunks takes beyond one of them."""
    done = subprocess.run([builder.build / "bin/bench-pool"], check=True, stdout=subprocess.PIPE)
    return json.loads(done.stdout)
