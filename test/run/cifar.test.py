"""Writes CIFAR's files, or looks at rows of pixels: cifar.test.py write FOLDER, pixels FOLDER < ROWS.

A picture is noise but for a bar: class k lights rows 3k to 3k+2 in red, the coarse class g columns 4g to 4g+3 in blue."""
import io
import pathlib
import random
import sys
import tarfile

SIZE = 32


def picture(rng, kind, group=None):
    """Bytes as the format has them: all of red, of green, of blue, each row by row."""
    planes = [[rng.randrange(80) for _ in range(SIZE * SIZE)] for _ in range(3)]
    for place in range(SIZE * SIZE):
        row, column = divmod(place, SIZE)
        if row // 3 == kind:
            planes[0][place] = 255
        if group is not None and column // 4 == group:
            planes[2][place] = 255
    return bytes(value for plane in planes for value in plane)


def records(rng, count, fine):
    """Of CIFAR-100 the coarse class stands before the fine one, which says the row."""
    content = b""
    for i in range(count):
        kind, group = i % 10, i % 5
        content += bytes([group, kind] if fine else [kind]) + picture(rng, kind, group if fine else None)
    return content


def write(folder):
    rng, ten = random.Random(1), folder / "ten"
    ten.mkdir()
    for batch in range(1, 6):
        (ten / f"data_batch_{batch}.bin").write_bytes(records(rng, 40, False))
    (ten / "test_batch.bin").write_bytes(records(rng, 30, False))
    (ten / "batches.meta.txt").write_text("airplane\n")
    with tarfile.open(folder / "hundred.tar.gz", "w:gz") as archive:
        for name, count in (("train.bin", 200), ("test.bin", 30)):
            content = records(rng, count, True)
            about = tarfile.TarInfo("cifar-100-binary/" + name)
            about.size = len(content)
            archive.addfile(about, io.BytesIO(content))


def check_pixels(folder, lines):
    """Channels lie beside one another in a row of `predict`."""
    content = (folder / "ten/test_batch.bin").read_bytes()
    for number, line in enumerate(lines):
        body = content[3073 * number + 1 : 3073 * (number + 1)]
        values = list(map(float, line.split(",")))
        expected = [body[1024 * channel + place] / 255 for place in range(1024) for channel in range(3)]
        assert len(values) == 3072 and all(abs(a - b) < 1e-6 for a, b in zip(values, expected)), number
    assert number == 29


if __name__ == "__main__":
    if sys.argv[1] == "write":
        write(pathlib.Path(sys.argv[2]))
    else:
        check_pixels(pathlib.Path(sys.argv[2]), sys.stdin)
