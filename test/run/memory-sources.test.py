"""Records ten times the size of `--memory`, the same ones in several forms, and trainings on them:
memory-sources.test.py programs|data|train FOLDER."""
import io
import pathlib
import random
import shutil
import struct
import sys
import tarfile
import zipfile
import zlib

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from memory_program import peak  # noqa: E402

LIMIT = 2_000_000
FEW = 40
folder = pathlib.Path(sys.argv[2])

SOURCES = {
    # name: (source, the kind of its records)
    "idx": ('idx("x.idx", "y.idx")', "pictures"),
    "npy": ('npy("x.npy", "y.npy")', "pictures"),
    "npz": ('npz("all.npz")', "pictures"),
    "cifar": ('cifar10("data.bin")', "pictures"),
    "folder": ('images("png")', "pictures"),
    "archive": ('images("png.tar.gz")', "pictures"),
    "waveform": ('npy("sound.npy", "kind.npy")', "sounds"),
    "wav": ('wav("wav", rate: 8000, seconds: 0.1, pattern: "{kind}_{index}.wav")', "sounds"),
    "features": ('wav("wav", rate: 8000, seconds: 0.1, pattern: "{kind}_{index}.wav")', "features"),
    "characters": ('text("book.txt")', "characters"),
    "words": ('text("book.txt", by: words)', "words"),
    "rows": ('csv("rows.csv")', "windows"),
    "generated": ("digits(26000)", "digits"),
    "generated-few": (f"digits({FEW})", "digits"),
}
# Of one kind and one order, so that a stream of them is one too.
SAME = [("idx", "npy"), ("idx", "npz"), ("idx", "cifar"), ("idx", "folder"), ("idx", "archive"), ("waveform", "wav")]

FIELDS = {
    "pictures": "field x: f32[32, 32, 3] |> scale(1 / 255)\n  field y: class(10)",
    "sounds": "field sound: f32[800]\n  field kind: class(10)",
    "features": "field sound: f32[9, 13] |> mfcc(coefficients: 13, window: 20ms, hop: 10ms) |> zscore\n  field kind: class(10)",
    "characters": "field now: class(12)[64]\n  field next: class(12)[64]",
    "words": "field now: class(100)[64]\n  field next: class(100)[64]",
    "windows": "windows(length: 50, stride: 25)\n  column a: number |> robust\n  column b: number |> zscore\n  target c: number |> zscore",
    "digits": "field x: f32[28, 28] |> scale(1 / 255)\n  field y: class(10)",
}
NETS = {
    "pictures": ("x: f32[b, 32, 32, 3]", "f32[b, 10]", "x |> Flatten() |> Dense(10)", "cross_entropy(Net(x), y)"),
    "sounds": ("x: f32[b, 800]", "f32[b, 10]", "x |> Dense(10)", "cross_entropy(Net(sound), kind)"),
    "features": ("x: f32[b, 9, 13]", "f32[b, 10]", "x |> Flatten() |> Dense(10)", "cross_entropy(Net(sound), kind)"),
    "characters": ("x: class(12)[b, t]", "f32[b, t, 12]", "x |> Embedding(4) |> Dense(12)", "cross_entropy(Net(now), next)"),
    "words": ("x: class(100)[b, t]", "f32[b, t, 100]", "x |> Embedding(4) |> Dense(100)", "cross_entropy(Net(now), next)"),
    "windows": ("x: f32[b, 50, 2]", "f32[b, 1]", "x |> Flatten() |> Dense(1)", "mse(Net(features), c)"),
    "digits": ("x: f32[b, 28, 28]", "f32[b, 10]", "x |> Flatten() |> Dense(10)", "cross_entropy(Net(x), y)"),
}


def program(name):
    source, kind = SOURCES[name]
    takes, gives, body, loss = NETS[kind]
    return (f"import std\n\ndata records {{\n  train = {source}\n  {FIELDS[kind]}\n}}\n\n"
            f"network Net({takes}) -> {gives} {{ {body} }}\n\n"
            f"train learn on records {{ batch = 32; epochs = 1; minimize {loss} with SGD(0.01) }}\n")


def npy(kind, shape, values):
    header = f"{{'descr': '{kind}', 'fortran_order': False, 'shape': {shape}, }}".encode()
    header += b" " * (63 - (10 + len(header)) % 64) + b"\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header + values


def png(pixels):
    def chunk(name, content):
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
    rows = b"".join(b"\0" + pixels[i : i + 96] for i in range(0, 3072, 96))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 32, 32, 8, 2, 0, 0, 0)) +
            chunk(b"IDAT", zlib.compress(rows, 1)) + chunk(b"IEND", b""))


def pictures(to, count):
    """Noise that hangs on the label, in the order of the labels: that of the folders."""
    noise = random.randbytes(1 << 16)
    labels = sorted(i % 10 for i in range(count))
    images = []
    for i, label in enumerate(labels):
        start = (i * 37) % (len(noise) - 3072)
        images.append(bytes([25 * label]) * 300 + noise[start : start + 2772])
    all_images, all_labels = b"".join(images), bytes(labels)
    (to / "x.idx").write_bytes(bytes([0, 0, 8, 4]) + struct.pack(">IIII", count, 32, 32, 3) + all_images)
    (to / "y.idx").write_bytes(bytes([0, 0, 8, 1]) + struct.pack(">I", count) + all_labels)
    wide = struct.pack(f"<{count}q", *labels)
    (to / "x.npy").write_bytes(npy("|u1", (count, 32, 32, 3), all_images))
    (to / "y.npy").write_bytes(npy("<i8", f"({count},)", wide))
    with zipfile.ZipFile(to / "all.npz", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(to / "x.npy", "x.npy")
        archive.write(to / "y.npy", "y.npy")
    with (to / "data.bin").open("wb") as file:
        for image, label in zip(images, labels):
            file.write(bytes([label]) + b"".join(image[c::3] for c in range(3)))
    files = [(f"{label}/{i:05}.png", png(image)) for i, (image, label) in enumerate(zip(images, labels))]
    for label in set(labels):
        (to / "png" / str(label)).mkdir(parents=True)
    for name, content in files:
        (to / "png" / name).write_bytes(content)
    random.shuffle(files)
    with tarfile.open(to / "png.tar.gz", "w:gz", compresslevel=1) as archive:
        for name, content in files:
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))


def sounds(to, count):
    (to / "wav").mkdir()
    kinds = sorted(i % 10 for i in range(count))
    waves = b""
    all_waves = []
    for i, kind in enumerate(kinds):
        samples = struct.unpack("<800h", random.randbytes(1600))
        content = struct.pack("<800h", *samples)
        head = struct.pack("<4sI4s4sIHHIIHH4sI", b"RIFF", 36 + len(content), b"WAVE", b"fmt ", 16, 1, 1, 8000, 16000, 2, 16,
                           b"data", len(content))
        (to / "wav" / f"{kind}_{i:05}.wav").write_bytes(head + content)
        all_waves.append(struct.pack("<800f", *(sample / 32768 for sample in samples)))
    waves = b"".join(all_waves)
    (to / "sound.npy").write_bytes(npy("<f4", (count, 800), waves))
    (to / "kind.npy").write_bytes(npy("|u1", f"({count},)", bytes(kinds)))


def book(to, bytes_wanted):
    words = [first + second + "abc" for first in "abcdefghij" for second in "abcdefghij"]
    lines = [" ".join(random.choice(words) for _ in range(16)) for _ in range(500)]
    with (to / "book.txt").open("w") as file:
        written = file.write(" ".join(words) + "\n")
        while written < bytes_wanted:
            written += file.write(random.choice(lines) + "\n")


def series(to, count):
    lines = [f"{random.gauss(0, 1):.5g},{random.gauss(0, 5):.5g},{random.gauss(0, 1):.5g}\n" for _ in range(5000)]
    with (to / "rows.csv").open("w") as file:
        file.write("a,b,c\n")
        file.writelines(random.choice(lines) for _ in range(count))


def data(name, times):
    random.seed(3)
    to = folder / name
    to.mkdir()
    pictures(to, max(FEW, 6600 * times))
    sounds(to, max(FEW, 6300 * times))
    book(to, max(4000, 21_000_000 * times))
    series(to, max(500, 850_000 * times))


def train(name, data, out, *words):
    shutil.rmtree(folder / out, ignore_errors=True)
    return peak(folder, "train", "--data", folder / data, "--out", folder / out, "--seed", "3", *words, model=name)


def measures(out):
    return (folder / out / "learn-0001/metrics.csv").read_text()


def evaluate(name, *words):
    weights = folder / name / "learn-0001/last.safetensors"
    with open(folder / "eval.json", "wb") as file:
        peak(folder, "eval", "--data", folder / "many", "--weights", weights, "--split", "train", "--json", *words,
             model=name.removesuffix("-one"), stdout=file)
    return (folder / "eval.json").read_text()


if sys.argv[1] == "programs":
    for name in SOURCES:
        (folder / f"{name}.nn").write_text(program(name))
if sys.argv[1] == "data":
    (folder / "spill").mkdir()
    data("many", 1)
    data("few", 0)
if sys.argv[1] == "train":
    limited = ["--memory", f"{LIMIT}B", "--threads"]
    for name in SOURCES:
        if name == "generated-few":
            continue
        own = train("generated-few" if name == "generated" else name, "few", "own", *limited, "1")
        taken = train(name, "many", f"{name}-one", *limited, "1") - own
        print(f"{name}: {taken / LIMIT:.2f} of the limit, beside {own} bytes of the program's own", flush=True)
        # What is read of a file at a time comes beside the records.
        assert taken <= 1.1 * LIMIT, name
    for name in ("folder", "characters", "rows"):
        train(name, "many", f"{name}-two", *limited, "2")
        assert measures(f"{name}-one") == measures(f"{name}-two"), name
    for name in ("features", "characters", "words", "rows"):
        assert evaluate(f"{name}-one", *limited, "1") == evaluate(f"{name}-one"), name
    for one, other in SAME:
        assert measures(f"{one}-one") == measures(f"{other}-one"), (one, other)
    train("idx", "many", "idx-free")
    assert measures("idx-free") != measures("idx-one")
