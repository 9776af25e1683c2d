"""Writes the records and what scikit-learn says of them: reference.py, with numpy and scikit-learn.

203 records: no multiple of a batch. Scores are rounded so that many are equal, of which the smaller class comes first, and
class 3 of 4 is never guessed.
"""
import json
import pathlib

import numpy as np
from sklearn import metrics

here = pathlib.Path(__file__).parent
random = np.random.default_rng(7)


def write(name, values):
    """An IDX file of float32 or of bytes."""
    kind = 0x0D if values.dtype == np.float32 else 0x08
    header = bytes([0, 0, kind, values.ndim]) + np.array(values.shape, ">u4").tobytes()
    (here / name).write_bytes(header + values.astype(values.dtype.newbyteorder(">")).tobytes())


def round8(values):
    return (np.round(values * 8) / 8).astype(np.float32)


n = 203
label = random.integers(0, 4, n).astype(np.uint8)
logits = round8(random.normal(size=(n, 4)) + 1.5 * np.eye(4)[label])
logits[:, 3] = -9
side = (random.random(n) < 0.3).astype(np.uint8)
pair = round8(random.normal(size=(n, 2)) + np.eye(2)[side])
truth = random.normal(size=(n, 3)).astype(np.float32) * np.float32([1, 10, 100]) + np.float32([0, 5, 1000])
guess = (truth + random.normal(size=(n, 3)) * [0.5, 4, 90]).astype(np.float32)
for name, values in [("logits", logits), ("label", label), ("pair", pair), ("side", side), ("guess", guess), ("truth", truth)]:
    write(name, values)

given, chosen = logits.argmax(1), pair.argmax(1)
true, said = truth.astype(float), guess.astype(float)
wide = logits.astype(float)
logs = wide - np.log(np.exp(wide).sum(1, keepdims=True))
expected = {
    "accuracy": metrics.accuracy_score(label, given),
    "top_k": metrics.top_k_accuracy_score(label, wide - 1e-9 * np.arange(4), k=2, labels=range(4)),
    "top_k_of_equal": metrics.top_k_accuracy_score(label, np.tile(-1e-9 * np.arange(4), (n, 1)), k=2, labels=range(4)),
    "precision": metrics.precision_score(label, given, average="macro", zero_division=0),
    "recall": metrics.recall_score(label, given, average="macro", zero_division=0),
    "f1": metrics.f1_score(label, given, average="macro", zero_division=0),
    "precision_2": metrics.precision_score(side, chosen),
    "recall_2": metrics.recall_score(side, chosen),
    "f1_2": metrics.f1_score(side, chosen),
    "roc_auc": metrics.roc_auc_score(side, pair[:, 1] - pair[:, 0]),
    "mse": metrics.mean_squared_error(true, said),
    "mae": metrics.mean_absolute_error(true, said),
    "mape": metrics.mean_absolute_percentage_error(true, said),
    "r2": metrics.r2_score(true, said),
    "r2_of_one": metrics.r2_score(true[:, 0], said[:, 0]),
    "perplexity": np.exp(metrics.log_loss(label, np.exp(logs), labels=range(4))),
    "confusion": metrics.confusion_matrix(label, given).tolist(),
}
(here / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")
