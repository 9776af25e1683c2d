"""Writes the records of several.nn, or checks its run: several.test.py data|check FOLDER."""
import csv
import json
import pathlib
import struct
import sys

some = [1, 1, 1, 1, 1, 1]
more = [1, 2, 3, 4]
folder = pathlib.Path(sys.argv[2])

if sys.argv[1] == "data":
    for name, values in [("some", some), ("more", more)]:
        header = bytes([0, 0, 0x0D, 2]) + struct.pack(">II", len(values), 1)
        (folder / name).write_bytes(header + struct.pack(f">{len(values)}f", *values))
    sys.exit()

a, c, d = 0.5, 1.0, 0.0
speedA = speedC = 0.0
losses = []
for epoch in range(4):
    first = sum((a * x - 1) ** 2 for x in some) / 6
    speedA = 0.9 * speedA + sum(2 * (a * x - 1) * x for x in some) / 6
    a -= 0.1 * speedA
    rows = [more[(6 * epoch + i) % 4] for i in range(6)]
    misses = [c * a * x + d - 2 for x in rows]
    second = sum(miss**2 for miss in misses) / 6
    ofA = sum(2 * miss * c * x for miss, x in zip(misses, rows)) / 6
    ofC = sum(2 * miss * a * x for miss, x in zip(misses, rows)) / 6
    ofD = sum(2 * miss for miss in misses) / 6
    speedC = 0.9 * speedC + ofC
    a, c, d = a - 0.01 * ofA, c - 0.02 * speedC, d - 0.01 * ofD
    losses.append({"loss": first + second, "first": first, "second": second})

raw = (folder / "runs/t-0001/last.safetensors").read_bytes()
size = struct.unpack("<Q", raw[:8])[0]
header = json.loads(raw[8 : 8 + size])
for name, value in [("P.a", a), ("Q.c", c), ("Q.d", d)]:
    begin, end = header[name]["data_offsets"]
    (found,) = struct.unpack("<d", raw[8 + size + begin : 8 + size + end])
    assert abs(found - value) < 1e-12, (name, found, value)

for row in csv.DictReader((folder / "runs/t-0001/metrics.csv").open()):
    value = losses[int(row["epoch"]) - 1][row["name"]]
    assert abs(float(row["value"]) - value) < 1e-12, (row, value)
