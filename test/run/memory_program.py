"""Runs a compiled program and takes its peak resident memory."""
import os
import pathlib
import subprocess
import time


def high_water(process):
    """Peak so far (VmHWM), or None at the end. `ru_maxrss` would count the pages of this script, from before the exec."""
    try:
        status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
    except ProcessLookupError:
        return None
    lines = [line for line in status.splitlines() if line.startswith("VmHWM:")]
    return int(lines[0].split()[1]) * 1024 if lines else None


def peak(folder, *words, model="model", **options):
    """In bytes; temporary files go to the folder's `spill`."""
    environment = dict(os.environ, TMPDIR=str(folder / "spill"))
    with open(folder / "errors", "wb") as errors:
        process = subprocess.Popen([folder / model, *words], stderr=errors, env=environment, **options)
        most = 0
        while process.poll() is None:
            most = high_water(process) or most
            time.sleep(0.002)
    assert process.returncode == 0, (folder / "errors").read_text()
    return most
