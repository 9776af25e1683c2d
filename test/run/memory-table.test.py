"""Writes the rows of memory-table.nn, or trains on them and measures: memory-table.test.py data|measure FOLDER."""
import json
import pathlib
import random
import struct
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from memory_program import peak  # noqa: E402

MANY, FEW, LIMIT = 520_000, 1000, 8_000_000
folder = pathlib.Path(sys.argv[2])


def write(name, count):
    """Rows out of some thousands, so that values come several times; the label hangs on the first column."""
    random.seed(1)
    names = [f"x{i}" for i in range(12)] + [f"y{i}" for i in range(8)]
    rows = []
    for _ in range(5000):
        values = [random.gauss(0, 1) * 10 ** random.randrange(3) for _ in names]
        rows.append(",".join(f"{value:.5g}" for value in values) + f",{0 if values[0] < -1 else 2 if values[0] > 1 else 1}\n")
    (folder / name).mkdir()
    with (folder / name / "table.csv").open("w") as file:
        file.write(",".join(names) + ",label\n")
        file.writelines(random.choice(rows) for _ in range(count))


def fitted(run):
    """The preprocessing in a run's weights."""
    raw = (folder / run / "learn-0001/last.safetensors").read_bytes()
    size = struct.unpack("<Q", raw[:8])[0]
    header = json.loads(raw[8 : 8 + size])
    return {name: raw[8 + size + entry["data_offsets"][0] : 8 + size + entry["data_offsets"][1]]
            for name, entry in header.items() if name.startswith("data.")}


def train(data, out, *words):
    return peak(folder, "train", "--data", folder / data, "--out", folder / out, *words)


if sys.argv[1] == "data":
    write("many", MANY)
    write("few", FEW)
    (folder / "spill").mkdir()
    sys.exit()

limited = ("--memory", f"{LIMIT}B")
own = train("few", "own", *limited)
taken = train("many", "stream", *limited) - own
print(f"{taken / LIMIT:.2f} of the limit, beside {own} bytes of the program's own")
assert taken <= LIMIT, (taken, own)
assert MANY * 21 * 8 >= 10 * LIMIT
train("many", "free")
assert fitted("stream") == fitted("free")
assert len(fitted("stream")) >= 4, fitted("stream").keys()
