"""Runs a compiled program and takes the most memory that it had of its own."""
import os
import pathlib
import subprocess
import time


def memory(process):
    """Bytes at most so far, or None at the end. Less the pages of the executable and of libc, of which the system maps
    more or fewer as they happen to be cached; a program maps no other files. (`ru_maxrss` would count those of this
    script as well, from before the exec.)"""
    try:
        status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
    except ProcessLookupError:
        return None
    kilobytes = {name: int(value.split()[0]) for name, _, value in (line.partition(":") for line in status.splitlines())
                 if name in ("VmHWM", "RssFile", "RssAnon")}
    return max(kilobytes["VmHWM"] - kilobytes["RssFile"], kilobytes["RssAnon"]) * 1024 if kilobytes else None


def peak(folder, *words, model="model", **options):
    """In bytes; temporary files go to the folder's `spill`."""
    environment = dict(os.environ, TMPDIR=str(folder / "spill"))
    with open(folder / "errors", "wb") as errors:
        process = subprocess.Popen([folder / model, *words], stderr=errors, env=environment, **options)
        most, start = 0, time.monotonic()
        while process.poll() is None:
            most = max(most, memory(process) or 0)
            time.sleep(min(0.002, (time.monotonic() - start) / 100))
    assert process.returncode == 0, (folder / "errors").read_text()
    return most
