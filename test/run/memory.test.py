"""Writes the images of memory.nn, or trains on them and measures: memory.test.py data|measure FOLDER."""
import pathlib
import random
import struct
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from memory_program import peak  # noqa: E402

MANY, FEW, LIMIT = 51_000, 200, 4_000_000
folder = pathlib.Path(sys.argv[2])


def write(name, count):
    """Noise, with a bright row that tells the label."""
    random.seed(1)
    noise = random.randbytes(1 << 20)
    (folder / name).mkdir()
    images, labels = bytearray(), bytearray()
    for i in range(count):
        label = random.randrange(10)
        start = random.randrange(len(noise) - 784)
        image = bytearray(noise[start : start + 784])
        image[label * 28 : label * 28 + 28] = b"\xff" * 28
        images += image
        labels.append(label)
    (folder / name / "images").write_bytes(bytes([0, 0, 8, 3]) + struct.pack(">III", count, 28, 28) + images)
    (folder / name / "labels").write_bytes(bytes([0, 0, 8, 1]) + struct.pack(">I", count) + labels)


def train(data, out, *words):
    return peak(folder, "train", "--data", folder / data, "--out", folder / out, "--seed", "3", *words)


def evaluate(out, *words):
    with open(folder / f"{out}.json", "wb") as file:
        weights = folder / "one/learn-0001/best.safetensors"
        return peak(folder, "eval", "--data", folder / "many", "--weights", weights, "--json", *words, stdout=file)


if sys.argv[1] == "data":
    write("many", MANY)
    write("few", FEW)
    (folder / "spill").mkdir()
    sys.exit()

limited = ("--memory", str(LIMIT) + "B")
own = train("few", "own", *limited)
for threads in ("1", "2"):
    taken = train("many", {"1": "one", "2": "two"}[threads], "--threads", threads, *limited) - own
    print(f"{threads} threads: {taken / LIMIT:.2f} of the limit, beside {own} bytes of the program's own")
    assert taken <= LIMIT, (taken, own)
assert MANY * 785 >= 10 * LIMIT
free = train("many", "free") - own
assert free > 8 * LIMIT, free  # in memory it would be as much
train("many", "large", "--memory", "64MB")
assert evaluate("one", *limited) - own <= LIMIT
evaluate("free")
