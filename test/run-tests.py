#!/usr/bin/env python3
"""Runs every test of a build directory: the GoogleTest programs, then lit over test/. Prints what failed and what was
skipped, by name, and as its last line `N passed, N failed`. Usage: run-tests.py BUILD"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

LLVM = pathlib.Path("/usr/lib/llvm-22")


class Tally:
    def __init__(self):
        self.passed, self.failed, self.skipped = 0, [], []

    def add(self, name, outcome, text=""):
        if outcome == "passed":
            self.passed += 1
        elif outcome == "skipped":
            self.skipped.append(name)
        else:
            self.failed.append(name)
            print(f"FAILED {name}\n{text}", flush=True)


def run_googletest(program, tally):
    print(f"-- {program.name}", flush=True)
    with tempfile.TemporaryDirectory() as directory:
        report = pathlib.Path(directory, "report.json")
        done = subprocess.run([program, f"--gtest_output=json:{report}", "--gtest_brief=1"], capture_output=True,
                              text=True, errors="replace", stdin=subprocess.DEVNULL)
        if not report.exists():
            tally.add(program.name, "failed", f"exit {done.returncode}\n{done.stdout[-4000:]}{done.stderr[-4000:]}")
            return
        for suite in json.loads(report.read_text())["testsuites"]:
            for test in suite["testsuite"]:
                failures = "\n".join(failure["failure"] for failure in test.get("failures", []))
                outcome = "failed" if failures else "skipped" if test["result"] == "SKIPPED" else "passed"
                tally.add(f"{program.name}: {suite['name']}.{test['name']}", outcome, failures)
        if done.returncode != 0 and not tally.failed:
            tally.add(program.name, "failed", f"exit {done.returncode}\n{done.stderr[-4000:]}")


def run_lit(build, tally):
    print("-- lit", flush=True)
    with tempfile.TemporaryDirectory() as directory:
        report = pathlib.Path(directory, "report.json")
        done = subprocess.run([sys.executable, LLVM / "bin/lit", "-q", f"-j{os.cpu_count()}", "-o", report, build / "test"],
                              capture_output=True, text=True, errors="replace", stdin=subprocess.DEVNULL)
        if not report.exists():
            tally.add("lit", "failed", done.stdout[-4000:] + done.stderr[-4000:])
            return
        outcomes = {"PASS": "passed", "XFAIL": "passed", "UNSUPPORTED": "skipped"}
        for test in json.loads(report.read_text())["tests"]:
            tally.add(test["name"], outcomes.get(test["code"], "failed"), test.get("output", "")[-6000:])


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    tally = Tally()
    for program in sorted((build / "bin").glob("*-tests")):
        run_googletest(program, tally)
    run_lit(build, tally)
    for name in tally.skipped:
        print(f"skipped {name}")
    if "NN_DATA" not in os.environ:
        print("NN_DATA is not set: the tests that need real data were skipped")
    print(f"{tally.passed} passed, {len(tally.failed)} failed")
    return 1 if tally.failed or not tally.passed else 0


if __name__ == "__main__":
    sys.exit(main())
