"""Joins the entries of the error index into C++ initializers: index.py DIRECTORY OUT."""
import pathlib
import sys

directory, out = map(pathlib.Path, sys.argv[1:])
files = sorted(path for path in directory.glob("*.md") if path.stem != "README")
out.write_text("".join(f'{{"{path.stem}", R"nn({path.read_text()})nn"}},\n' for path in files))
