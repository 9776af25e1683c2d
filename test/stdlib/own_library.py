#!/usr/bin/env python3
"""Compiles a program with the standard library, and again with a copy of the library's source in the program itself, under
other names: the machine code is the same but for the random keys, which are hashes of names.
Usage: own_library.py NNC STDLIB. Exit 1 and the first lines that differ."""
import pathlib
import re
import subprocess
import sys
import tempfile

PROGRAM = """
data d { train = digits(640); test = digits(100); field image: f32[28, 28, 1] |> scale(1/255); field label: class(10) }
network Net(image: f32[b, 28, 28, 1]) -> f32[b, 10] {
  image |> Conv(8, kernel: 3) |> BatchNorm() |> relu |> MaxPool(2) |> Flatten() |> Dense(32, init: he_normal) |> gelu
    |> Dropout(0.2) |> Dense(10)
}
train t on d { batch = 32; epochs = 2
  minimize cross_entropy(Net(image), label) + l2(Net, 1e-4) with clip_norm(1) |> Adam(cosine(1e-3))
  measure accuracy(Net(image), label); measure top_k(3)(Net(image), label)
}
predict softmax(Net(image))
"""
KINDS = "layer|fn|loss|metric|optimizer|initializer|network"


def copied(stdlib):
    """The library's source and the program, every declared name spelled backwards behind letters that change the order."""
    text = "".join(line for file in sorted(stdlib.rglob("*.nn")) for line in file.read_text().splitlines(True)
                   if not line.startswith("import ")) + PROGRAM
    names = sorted(set(re.findall(rf"^(?:{KINDS}) (\w+)", text, re.M)) - {"Net"})
    for number, name in enumerate(names):
        text = re.sub(rf"\b{name}\b", ("zz" if number % 2 else "aa") + name[::-1], text)
    assert len(names) > 50 and "import" not in text and "Dense" not in text
    return text


def emit(nnc, phase, text):
    with tempfile.TemporaryDirectory() as name:
        source = pathlib.Path(name) / "net.nn"
        source.write_text(text)
        return subprocess.run([nnc, f"--emit={phase}", source], check=True, capture_output=True, text=True).stdout


def code(nnc, text):
    """The lines before the descriptor, each random key as its number in the order of the program; a lane's key is the key
    combined with the lane's number."""
    keys = list(dict.fromkeys(int(key) for key in re.findall(r"random .* (\d+) \"", emit(nnc, "typed-ast", text))))
    assembly, descriptor, _ = emit(nnc, "asm", text).partition("\t.type\t.Lnn_data")
    assert keys and descriptor

    def name(match):
        number = int(match[2]) % 2**32
        return match[1] + next((f"key{place}^{number ^ key}" for place, key in enumerate(keys) if number ^ key < 4096), match[2])

    return re.sub(r"(\.long\t|\$)(-?\d+)", name, assembly).splitlines()


def main():
    nnc, stdlib = sys.argv[1:]
    library, own = code(nnc, "import std\n" + PROGRAM), code(nnc, copied(pathlib.Path(stdlib) / "std"))
    different = [(x, y) for x, y in zip(library, own) if x != y]
    for pair in different[:5]:
        print(*pair, sep="\n")
    print(f"{len(library)} and {len(own)} lines of machine code, {len(different)} differ")
    return 1 if different or len(library) != len(own) else 0


if __name__ == "__main__":
    sys.exit(main())
