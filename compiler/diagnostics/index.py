"""Joins the entries of the error index and their examples into C++ initializers: index.py ENTRIES CASES OUT."""
import pathlib
import sys

entries, cases, out = map(pathlib.Path, sys.argv[1:])


def example(kind):
    case = cases / f"{kind}.nn"
    if not case.exists():
        return ""
    lines = case.read_text().split("\n")
    program = "\n".join(line for line in lines if not line.startswith("//~")).strip("\n")
    said = "".join(f"{line[4:]}\n" for line in lines if line.startswith("//~ ") and f": {kind}: " in line)
    return f"\nAn example:\n\n```nn\n{program}\n```\n\n{said}"


files = sorted(path for path in entries.glob("*.md") if path.stem != "README")
out.write_text("".join(f'{{"{path.stem}", R"nn({path.read_text()}{example(path.stem)})nn"}},\n' for path in files))
