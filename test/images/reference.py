#!/usr/bin/env python3
"""Writes the pictures that the runtime's image tests read, and expected.json: what Pillow and OpenCV make of them.
Usage: reference.py, with the system's Python, python3-pil, python3-opencv and python3-numpy. Everything is
deterministic; the PNG files are packed here, so that each colour type, depth and interlacing occurs."""
import json
import os
import struct
import zlib

import cv2
import numpy
from PIL import Image

HERE = os.path.dirname(os.path.abspath(__file__))
WIDTH, HEIGHT = 13, 10
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
ADAM7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def packed_rows(samples, depth):
    """Filter byte 0 and the samples of each row [h, w, c], most significant bit first."""
    rows = b""
    for row in samples:
        bits = "".join(format(int(sample), f"0{depth}b") for sample in row.reshape(-1))
        bits += "0" * (-len(bits) % 8)
        rows += b"\0" + int(bits, 2).to_bytes(len(bits) // 8, "big")
    return rows


def png(samples, colour, depth, palette=None, transparent=None, interlaced=False):
    height, width = samples.shape[:2]
    if interlaced:
        passes = [samples[y::dy, x::dx] for x, y, dx, dy in ADAM7]
        rows = b"".join(packed_rows(part, depth) for part in passes if part.size)
    else:
        rows = packed_rows(samples, depth)
    data = b"\x89PNG\r\n\x1a\n"
    data += chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, int(interlaced)))
    if palette is not None:
        data += chunk(b"PLTE", palette.astype(numpy.uint8).tobytes())
    if transparent is not None:
        data += chunk(b"tRNS", transparent)
    return data + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")


def as_bytes(samples, depth):
    """Rounded to 8 bits."""
    most = 2 ** depth - 1
    return (samples.astype(numpy.int64) * 255 * 2 + most) // (2 * most)


def picture(array):
    """The pixels as hexadecimal digits, two a byte."""
    height, width, channels = array.shape
    return {"shape": [height, width, channels], "pixels": array.astype(numpy.uint8).tobytes().hex()}


def write(name, data):
    with open(os.path.join(HERE, name), "wb") as file:
        file.write(data)


def pngs(random):
    """Name -> expected picture, for each colour type and depth that PNG has, both ways of interlacing."""
    expected = {}
    depths = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
    names = {0: "grey", 2: "colour", 3: "palette", 4: "grey-alpha", 6: "colour-alpha"}
    for colour, its_depths in depths.items():
        for depth in its_depths:
            for interlaced in (False, True):
                samples = random.integers(0, 2 ** depth, (HEIGHT, WIDTH, CHANNELS[colour]))
                palette = random.integers(0, 256, (2 ** depth, 3)) if colour == 3 else None
                # Transparency of a palette is dropped as well.
                transparent = b"\0\x80" if colour == 3 else None
                data = png(samples, colour, depth, palette, transparent, interlaced)
                name = f"{names[colour]}-{depth}{'-interlaced' if interlaced else ''}.png"
                if colour == 3:
                    result = palette[samples[:, :, 0]]
                else:
                    opaque = samples[:, :, :1] if colour in (0, 4) else samples[:, :, :3]
                    result = as_bytes(opaque, depth)
                write(name, data)
                expected[name] = picture(result)
                if depth <= 8:
                    with Image.open(os.path.join(HERE, name)) as opened:
                        judged = numpy.array(opened.convert("L" if colour in (0, 4) else "RGB"))
                    assert (judged.reshape(result.shape) == result).all(), name
    return expected


def smooth(random, height, width, channels):
    """A picture like a photograph: waves and a little noise."""
    y, x = numpy.mgrid[0:height, 0:width]
    layers = [127 + 90 * numpy.sin(x / (5 + k) + k) * numpy.cos(y / (7 - k)) for k in range(channels)]
    noisy = numpy.stack(layers, 2) + random.normal(0, 8, (height, width, channels))
    return numpy.clip(numpy.rint(noisy), 0, 255).astype(numpy.uint8)


def jpegs(random):
    expected = {}
    colour, grey = smooth(random, 30, 37, 3), smooth(random, 30, 37, 1)[:, :, 0]
    options = {"colour.jpg": ("RGB", {}), "colour-444.jpg": ("RGB", {"subsampling": 0}),
               "progressive.jpg": ("RGB", {"progressive": True}), "grey.jpg": ("L", {}),
               "cmyk.jpg": ("CMYK", {})}
    for name, (mode, more) in options.items():
        source = Image.fromarray(grey if mode == "L" else colour).convert(mode)
        path = os.path.join(HERE, name)
        source.save(path, quality=88, **more)
        with Image.open(path) as opened:
            judged = numpy.array(opened.convert("L" if mode == "L" else "RGB"))
        expected[name] = picture(judged.reshape(30, 37, -1))
    return expected


def resizes(random):
    cases = []
    for channels in (1, 3):
        for (h, w), (to_h, to_w) in [((20, 31), (8, 8)), ((9, 7), (28, 30)), ((16, 40), (16, 11)), ((33, 5), (4, 5)),
                                     ((64, 64), (63, 65)), ((1, 1), (3, 2)), ((50, 47), (1, 1))]:
            array = smooth(random, h, w, channels) if h > 1 else random.integers(0, 256, (h, w, channels), numpy.uint8)
            shaped = array[:, :, 0] if channels == 1 else array
            result = numpy.array(Image.fromarray(shaped).resize((to_w, to_h), Image.BILINEAR))
            cases.append({"from": picture(array), "to": picture(result.reshape(to_h, to_w, channels))})
    return cases


def equalisations(random):
    equal, adaptive = [], []
    for h, w in [(28, 28), (40, 32), (33, 50), (5, 9), (64, 64)]:
        array = smooth(random, h, w, 1) // 2 + 20
        grey = array[:, :, 0]
        equal.append({"from": picture(array), "to": picture(cv2.equalizeHist(grey).reshape(h, w, 1))})
        cases = []
        for tiles, limit in [(8, 2.0), (4, 3.5), (2, 40.0), (3, 0.0)]:
            result = cv2.createCLAHE(limit, (tiles, tiles)).apply(grey)
            cases.append({"tiles": tiles, "limit": limit, "to": picture(result.reshape(h, w, 1))})
        adaptive.append({"from": picture(array), "cases": cases})
    flat = numpy.full((6, 6, 1), 90, numpy.uint8)
    equal.append({"from": picture(flat), "to": picture(cv2.equalizeHist(flat[:, :, 0]).reshape(6, 6, 1))})
    return equal, adaptive


def numbers(array):
    return [float(f"{value:.9g}") for value in array.reshape(-1)]


def affine_cases(random):
    """Pillow's AFFINE with BILINEAR on pictures of float, where nothing is rounded to bytes; `rotate` through its
    own function."""
    groups = []
    for h, w in [(28, 28), (17, 23)]:
        cases = []
        array = random.normal(0, 1, (h, w)).astype(numpy.float32)
        source = Image.fromarray(array, "F")
        maps = [(1, 0, 0.25, 0, 1, -1.5), (-1, 0, w, 0, 1, 0), (0.9, 0.2, 1.5, -0.1, 1.2, -2.25),
                (1 / 3, 0, 4, 0, 1 / 3, 5), (2.5, 0.3, -9, 0.7, 2, -8), (1, 0, 3, 0, 1, -4)]
        for coefficients in maps:
            result = numpy.array(source.transform((w, h), Image.AFFINE, coefficients, Image.BILINEAR))
            cases.append({"map": coefficients, "to": numbers(result)})
        for degrees in (10, -33, 90):
            result = numpy.array(source.rotate(degrees, Image.BILINEAR))
            cases.append({"degrees": degrees, "to": numbers(result)})
        groups.append({"shape": [h, w], "from": numbers(array), "cases": cases})
    return groups


def main():
    random = numpy.random.Generator(numpy.random.PCG64(5))
    decoded = {**pngs(random), **jpegs(random)}
    luma = random.integers(0, 256, (16, 16, 3), numpy.uint8)
    grey = numpy.array(Image.fromarray(luma).convert("L")).reshape(16, 16, 1)
    equal, adaptive = equalisations(random)
    result = {"pillow": Image.__version__, "opencv": cv2.__version__, "decoded": decoded,
              "luma": {"from": picture(luma), "to": picture(grey)}, "resized": resizes(random),
              "equalized": equal, "clahe": adaptive, "affine": affine_cases(random)}
    with open(os.path.join(HERE, "expected.json"), "w") as file:
        json.dump(result, file, separators=(",", ":"))
        file.write("\n")


main()
