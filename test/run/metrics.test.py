"""Compares what `eval --json` printed with scikit-learn: metrics.test.py EXPECTED JSON…"""
import json
import sys

expected = json.load(open(sys.argv[1]))
counted = {"accuracy", "top_k", "top_k_of_equal", "precision", "recall", "f1", "precision_2", "recall_2", "f1_2", "roc_auc", "confusion"}
first = None
for path in sys.argv[2:]:
    found = json.load(open(path))
    for name, value in expected.items():
        if name == "confusion":
            assert found[name] == value, (path, name, found[name], value)
        else:
            tolerance = 1e-15 if name in counted else 1e-7
            assert abs(found[name] - value) <= tolerance * abs(value), (path, name, found[name], value)
    measures = {name: found[name] for name in expected}
    first = first or measures
    assert measures == first, (path, measures, first)
