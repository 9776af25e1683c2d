"""Writes 16 pictures, or looks at a sheet of them: augmented.test.py write FOLDER, mirrored|moved SHEET FOLDER, tide SHEET."""
import pathlib
import struct
import sys
import zlib

HEIGHT, WIDTH, TIMES, GAP, ROWS, TILES = 8, 10, 8, 4, 8, 8


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def encode(pixels):
    """[height][width] of (red, green, blue) as a PNG without filters."""
    rows = b"".join(b"\0" + bytes(value for pixel in row for value in pixel) for row in pixels)
    header = struct.pack(">IIBBBBB", len(pixels[0]), len(pixels), 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def paeth(a, b, c):
    p = a + b - c
    return min((abs(p - a), 0, a), (abs(p - b), 1, b), (abs(p - c), 2, c))[2]


def decode(data):
    """[height][width] of tuples of channels; 8 bits, grey or colour, not interlaced."""
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    place, packed = 8, b""
    while place < len(data):
        length, kind = struct.unpack(">I4s", data[place : place + 8])
        body = data[place + 8 : place + 8 + length]
        assert struct.unpack(">I", data[place + 8 + length : place + 12 + length])[0] == zlib.crc32(kind + body)
        if kind == b"IHDR":
            width, height, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", body)
            assert depth == 8 and not interlaced
        packed += body if kind == b"IDAT" else b""
        place += 12 + length
    channels = {0: 1, 2: 3}[colour]
    raw, size = zlib.decompress(packed), width * channels
    above, rows = bytearray(size), []
    for y in range(height):
        kind, row = raw[y * (size + 1)], bytearray(raw[y * (size + 1) + 1 : (y + 1) * (size + 1)])
        for i in range(size):
            left, corner = (row[i - channels], above[i - channels]) if i >= channels else (0, 0)
            guess = [0, left, above[i], (left + above[i]) // 2, paeth(left, above[i], corner)][kind]
            row[i] = (row[i] + guess) % 256
        above = row
        rows.append([tuple(row[x * channels : (x + 1) * channels]) for x in range(width)])
    return rows


def picture(number):
    """No two pixels of a picture are alike."""
    places = [[10 * y + x for x in range(WIDTH)] for y in range(HEIGHT)]
    return [[(3 * place, 255 - 3 * place if number % 2 else 3 * place, 16 * number) for place in row] for row in places]


def grey(pixels):
    return [[((19595 * r + 38470 * g + 7471 * b + 32768) >> 16,) for r, g, b in row] for row in pixels]


def tiles(sheet, name):
    """The sheet's tiles in their own size: [row][tile] of pixels. All else is white, and each pixel a square."""
    high, wide = HEIGHT * TIMES + GAP, WIDTH * TIMES + GAP
    assert (len(sheet), len(sheet[0])) == (ROWS * high + GAP, TILES * wide + GAP), name
    all_tiles = [[[[None] * WIDTH for _ in range(HEIGHT)] for _ in range(TILES)] for _ in range(ROWS)]
    for y, line in enumerate(sheet):
        for x, pixel in enumerate(line):
            row, down, tile, right = y // high, y % high - GAP, x // wide, x % wide - GAP
            if down < 0 or right < 0:
                assert set(pixel) == {255}, (name, y, x)
                continue
            pixels = all_tiles[row][tile][down // TIMES]
            assert pixels[right // TIMES] in (None, pixel), (name, y, x)
            pixels[right // TIMES] = pixel
    return all_tiles


mode = sys.argv[1]
if mode == "write":
    for i in range(16):
        folder = pathlib.Path(sys.argv[2], "ab"[i // 8])
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{i:02}.png").write_bytes(encode(picture(i)))
    sys.exit()

if mode == "tide":
    high, wide, per_value = 64, 128, 127 / 9
    sheet = decode(pathlib.Path(sys.argv[2]).read_bytes())
    assert (len(sheet), len(sheet[0])) == (ROWS * (high + GAP) + GAP, TILES * (wide + GAP) + GAP)
    level = 0
    for row in range(ROWS):
        lines = []
        for tile in range(TILES):
            top, left = GAP + row * (high + GAP), GAP + tile * (wide + GAP)
            ink = [[y for y in range(high) if sheet[top + y][left + x] == (40,)] for x in range(wide)]
            assert all(ink)
            lines.append(ink)
        # The first two values, or the last two, are one.
        shifted = [ink for ink in lines[1:] if ink != lines[0]]
        for ink in shifted:
            few = int(per_value)
            assert len({tuple(at) for at in ink[:few]}) == 1 or len({tuple(at) for at in ink[-few:]}) == 1
        level += len(shifted)
    assert level > 30, level
    sys.exit()

rows = tiles(decode(pathlib.Path(sys.argv[2]).read_bytes()), sys.argv[2])
originals = [decode(path.read_bytes()) for path in sorted(pathlib.Path(sys.argv[3]).glob("*/*.png"))]
assert originals == [picture(i) for i in range(16)]
if mode == "mirrored":
    for row, own in zip(rows, originals[::2]):
        assert row == [own] + [[line[::-1] for line in own]] * 7
else:
    greys = [grey(pixels) for pixels in originals]
    shown = [greys.index(row[0]) for row in rows]
    assert shown == sorted(set(shown))
    moved = 0  # by more than half a pixel, so that black comes in
    for row in rows:
        assert len({str(tile) for tile in row}) == 8
        for form in row[1:]:
            moved += any({(0,)} == set(edge) for edge in (form[0], form[-1], *list(zip(*form))[:: WIDTH - 1]))
    assert moved > 40, moved
