"""Kernels alone on one thread, as fractions of the FMA peak that is measured beside them."""
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
