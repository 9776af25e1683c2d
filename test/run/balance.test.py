"""Writes the rows of rare.nn, or checks what was predicted: balance.test.py data|check FOLDER."""
import pathlib
import random
import sys

folder = pathlib.Path(sys.argv[2])

if sys.argv[1] == "data":
    draw = random.Random(3)
    rows = [(draw.gauss(1.5, 1), 1) if i % 20 == 0 else (draw.gauss(0, 1), 0) for i in range(6000)]
    (folder / "patients.csv").write_text("x,sick\n" + "".join(f"{x:.6f},{sick}\n" for x, sick in rows))
    sys.exit()


def found(name):
    """The shares of the rare and of the frequent records that are taken for rare ones."""
    rows = [[float(cell) for cell in line.split(",")] for line in (folder / name).read_text().split()]
    assert len(rows) == 1800, len(rows)
    shares = []
    for column in (3, 2):
        of = [row for row in rows if row[column] == 1]
        shares.append(sum(row[1] > 0.5 for row in of) / len(of))
    return shares


balanced, plain = found("balanced.txt"), found("plain.txt")
assert 0.68 < balanced[0] < 0.88 and 0.16 < balanced[1] < 0.32, balanced
assert plain[0] < 0.3 and plain[1] < 0.03, plain
