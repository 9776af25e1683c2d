"""Writes each block of a document that begins with `nn` into a file: documentation.test.py ROOT OUT."""
import pathlib
import re
import sys

root, out = map(pathlib.Path, sys.argv[1:])
count = 0
for document in (root / "README.md", root / "docs/language.md"):
    for block in re.findall(r"^```nn\n(.*?)^```", document.read_text(), re.M | re.S):
        count += 1
        (out / f"{document.stem}-{count}.nn").write_text(block)
assert count == 9, count
