#!/usr/bin/env python3
"""Writes scaling.json, which test/runtime/data/image/Scaling.cpp compares with: what scikit-learn makes of the values of one
picture, of all its channels together. Made with scikit-learn 1.2.1, NumPy 1.24.2. The test reads what is stored."""
import json
import os

import numpy as np
from sklearn.preprocessing import MinMaxScaler, StandardScaler

random = np.random.default_rng(11)
pictures = [
    ([5, 7, 3], random.integers(20, 231, (5, 7, 3))),
    ([4, 6, 1], random.integers(0, 256, (4, 6, 1))),
    ([3, 3, 3], np.full((3, 3, 3), 77)),
]
cases = []
for shape, picture in pictures:
    column = picture.astype(float).reshape(-1, 1)
    fitted = lambda scaler: scaler.fit_transform(column).ravel().tolist()
    cases.append({"shape": shape, "from": picture.ravel().tolist(), "standardize": fitted(StandardScaler()),
                  "minmax": fitted(MinMaxScaler()), "minmax_both_ways": fitted(MinMaxScaler((-1, 1)))})
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "scaling.json"), "w") as file:
    json.dump({"cases": cases}, file, separators=(",", ":"))
