# Three folders of grey pictures to train on, dark, middling and bright, and two of them to test on.
import os
import struct
import sys
import zlib


def png(value, step):
    rows = b"".join(b"\0" + bytes((value + step * (x + y)) % 256 for x in range(4)) for y in range(4))
    chunk = lambda kind, data: struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    head = struct.pack(">IIBBBBB", 4, 4, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def write(part, name, value, count):
    folder = os.path.join(sys.argv[1], part, name)
    os.makedirs(folder)
    for i in range(count):
        with open(os.path.join(folder, f"{i}.png"), "wb") as file:
            file.write(png(value + i, i % 3))


for name, value in [("ant", 20), ("bee", 110), ("cow", 200)]:
    write("train", name, value, 20)
    if name != "ant":
        write("test", name, value + 3, 10)
