#!/usr/bin/env python3
"""Writes the table and the numbers that test/runtime/data/table/Fitted.cpp compares with: what scikit-learn and NumPy make
of each column when they are fitted on the first 40 of 60 rows. Made with scikit-learn 1.2.1, NumPy 1.24.2. Run in this
folder; the test reads what is stored."""
import csv
import numpy as np
from sklearn.impute import SimpleImputer
from sklearn.preprocessing import MinMaxScaler, OneHotEncoder, RobustScaler, StandardScaler

random = np.random.default_rng(5)
rows, train = 60, 40
whole = random.normal(1000, 37, rows)
skewed = random.lognormal(2, 1.5, rows)
holes = random.normal(-3, 2, rows).round(1)
holes[random.choice(rows, 15, replace=False)] = np.nan
constant = np.full(rows, 7.25)
city = np.array(["Wien", "Graz", "Zürich", "Aarau"])[random.integers(0, 4, rows)]
city[:8] = "Graz"  # the mode, with some to spare
town = city.astype(object)
town[[3, 17, 44]] = None
level = random.integers(8, 12, rows).astype(str)  # 10 and 11 come behind 8 and 9

with open("table.csv", "w", newline="") as file:
    out = csv.writer(file, lineterminator="\n")
    out.writerow(["whole", "skewed", "holes", "constant", "city", "town", "level"])
    for i in range(rows):
        out.writerow([repr(whole[i]), repr(skewed[i]), "" if np.isnan(holes[i]) else repr(holes[i]), constant[i], city[i],
                      "" if town[i] is None else town[i], level[i]])


def fitted(transformer, values):
    column = np.asarray(values).reshape(-1, 1)
    return transformer.fit(column[:train]).transform(column)


def clipped(values, low, high):
    return np.clip(values, low, high).reshape(-1, 1)


def quartiles(values):
    low, high = np.percentile(values[:train], [25, 75])
    return low - 1.5 * (high - low), high + 1.5 * (high - low)


def spread(values, times):
    return values[:train].mean() - times * values[:train].std(), values[:train].mean() + times * values[:train].std()


expected = {
    "zscore": fitted(StandardScaler(), whole),
    "zscore_constant": fitted(StandardScaler(), constant),
    "minmax": fitted(MinMaxScaler(), whole),
    "minmax_symmetric": fitted(MinMaxScaler((-1, 1)), whole),
    "minmax_constant": fitted(MinMaxScaler(), constant),
    "robust": fitted(RobustScaler(), skewed),
    "log1p_zscore": fitted(StandardScaler(), np.log1p(skewed)),
    "missing_mean": fitted(SimpleImputer(strategy="mean"), holes),
    "missing_median": fitted(SimpleImputer(strategy="median"), holes),
    "missing_mode": fitted(SimpleImputer(strategy="most_frequent"), holes),
    "missing_constant": fitted(SimpleImputer(strategy="constant", fill_value=-1), holes),
    "missing_indicator": fitted(SimpleImputer(strategy="median", add_indicator=True), holes),
    "missing_zscore": fitted(StandardScaler(), fitted(SimpleImputer(strategy="median"), holes)),
    "clip_sd": clipped(skewed, *spread(skewed, 1)),
    "clip_iqr": clipped(skewed, *quartiles(skewed)),
    "one_hot": fitted(OneHotEncoder(sparse_output=False), city),
    "one_hot_mode": fitted(OneHotEncoder(sparse_output=False), fitted(SimpleImputer(strategy="most_frequent", missing_values=None), town)),
    "one_hot_numbers": fitted(OneHotEncoder(sparse_output=False), level.astype(int)),
}
with open("expected.csv", "w", newline="") as file:
    out = csv.writer(file, lineterminator="\n")
    out.writerow([f"{name}_{k}" for name, values in expected.items() for k in range(values.shape[1])])
    for i in range(rows):
        out.writerow([repr(float(v)) for values in expected.values() for v in values[i]])
