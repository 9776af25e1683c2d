"""Checks the measures of language.nn, read from stdin."""
import json
import sys

result = json.load(sys.stdin)
assert abs(result.pop("control") - 1) < 1e-6
names = {"shared", "defaults", "unrolled", "joined", "named", "rows", "units", "sizes", "passed", "powers", "losses", "smooth",
         "weighted", "expanded"}
assert names <= result.keys(), names - result.keys()
wrong = {name: result[name] for name in names if not abs(result[name]) < 1e-5}
assert not wrong, wrong
