"""Checks a run folder of moons.nn: train-eval-predict.test.py RUNS LOG."""
import csv
import json
import pathlib
import sys

(run,) = pathlib.Path(sys.argv[1]).iterdir()
assert {"metrics.csv", "best.safetensors", "last.safetensors", "config.json"} <= {path.name for path in run.iterdir()}
json.loads((run / "config.json").read_text())
rows = list(csv.DictReader((run / "metrics.csv").open()))
assert list(rows[0]) == ["step", "epoch", "split", "name", "value"], rows[0]
steps = {int(row["step"]) for row in rows if row["split"] == "train" and row["name"] == "loss"}
assert steps == set(range(1, 25)), sorted(steps)  # 4 epochs of 6 steps
validation = [float(row["value"]) for row in rows if row["split"] == "validation" and row["name"] == "loss"]
assert len(validation) == 4 and validation[-1] < validation[0], validation
assert {row["name"] for row in rows} >= {"loss", "cross_entropy", "l2", "accuracy"}
log = pathlib.Path(sys.argv[2]).read_text()
assert "\r" not in log and log.count("epoch") >= 4, log  # plain lines without a terminal
