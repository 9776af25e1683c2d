# Three folders of grey pictures to train on, dark, middling and bright, and two of them to test on.
import os
import struct
import sys
import zlib


def png(rows, size):
    chunk = lambda kind, data: struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    head = struct.pack(">IIBBBBB", size, size, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def small(value, step):
    rows = b"".join(b"\0" + bytes((value + step * (x + y)) % 256 for x in range(4)) for y in range(4))
    return png(zlib.compress(rows), 4)


def large(size):
    packer = zlib.compressobj()
    rows = b"".join(packer.compress(bytes(size + 1)) for _ in range(size)) + packer.flush()
    return png(rows, size)


def write(part, name, value, count):
    folder = os.path.join(sys.argv[1], part, name)
    os.makedirs(folder)
    for i in range(count):
        with open(os.path.join(folder, f"{i}.png"), "wb") as file:
            file.write(small(value + i, i % 3))


if sys.argv[2:] == ["bomb"]:
    with open(os.path.join(sys.argv[1], "bomb.png"), "wb") as file:
        file.write(large(16384))
    sys.exit()
for name, value in [("ant", 20), ("bee", 110), ("cow", 200)]:
    write("train", name, value, 20)
    if name != "ant":
        write("test", name, value + 3, 10)
