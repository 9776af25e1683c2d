#!/usr/bin/env python3
"""Counts what the inner loops of x86 assembly (AT&T) consist of.

Usage: inner_loops.py [--vector ymm|zmm [--fmas N --accumulators N --loads-per-fma X] [--every N]] < FILE.s
Without options prints the counts of each innermost loop with multiply-adds into accumulators. With options looks at the one
with the most accumulators, which must have at least N of them and N multiply-adds, all on whole vectors, at most X reads of
memory for each of these, no access to the stack (a spill) and no store at all. With --every looks at all innermost loops, of
which N at least must be products: these use whole vectors and leave the stack alone, and no loop computes with scalars
alone. Exit 1 if not."""
import argparse
import dataclasses
import re
import sys

LABEL = re.compile(r"^([\w.$]+):")
FMA = re.compile(r"vfn?m(add|sub)231[ps][sd] ")
ANY_FMA = re.compile(r"vfn?m(add|sub)\d+[ps][sd] ")
ARITHMETIC = r"v(fn?m(add|sub)\d+|add|sub|mul|div|max|min|sqrt)"
PACKED, SCALAR = re.compile(ARITHMETIC + "p[sd] "), re.compile(ARITHMETIC + "s[sd] ")
JUMP = re.compile(r"^\tj\w+\t([\w.$]+)$")


@dataclasses.dataclass
class Loop:
    function: str
    label: str
    instructions: list

    def accumulators(self):
        """Registers that multiply-adds add to and nothing else writes: they live from one turn to the next."""
        added, written = set(), set()
        for text in self.instructions:
            register = re.search(r"(%[xyz]mm\d+)(\s*\{%k\d\})?$", text)
            if register:
                (added if FMA.match(text) else written).add(register.group(1))
        return added - written

    def fmas(self):
        """Those into accumulators."""
        accumulators = self.accumulators()
        return [text for text in self.instructions if FMA.match(text) and text.split(", ")[-1].split()[0] in accumulators]

    def narrow(self, vector):
        """Multiply-adds, into accumulators or not, on less than a whole vector."""
        return [text for text in self.instructions if ANY_FMA.match(text) and f"%{vector}" not in text]

    def is_product(self):
        """It adds to accumulators, or consists of multiply-adds to two fifths: a reduction written out in full."""
        added = [text for text in self.instructions if ANY_FMA.match(text)]
        return bool(self.fmas()) or 5 * len(added) >= 2 * len(self.instructions)

    def is_scalar(self):
        return any(map(SCALAR.match, self.instructions)) and not any(map(PACKED.match, self.instructions))

    def vector_stack(self):
        return [text for text in self.stack() if text.startswith("v")]

    def stack(self):
        return [text for text in self.instructions if "(%rsp" in text]

    def stores(self):
        """The destination is last, with a mask or without."""
        return [text for text in self.instructions
                if text.startswith("v") and re.sub(r"\s*\{%k\d\}$", "", text).endswith(")")]

    def loads(self):
        return [text for text in self.instructions
                if text.startswith("v") and "(" in text and text not in self.stores()]

    def counts(self):
        return {"fmas": len(self.fmas()), "accumulators": len(self.accumulators()), "loads": len(self.loads()),
                "stores": len(self.stores()), "stack": len(self.stack())}


def functions(text):
    """The lines of each function."""
    name, lines = None, []
    for line in text.splitlines():
        found = LABEL.match(line)
        if found and not found.group(1).startswith("."):
            name, lines = found.group(1), []
        elif line.startswith(".Lfunc_end") and name:
            yield name, lines
            name = None
        elif name:
            lines.append(line)


def loops_of(function, lines):
    """Innermost: from a label to the jump back to it, with no such pair in between."""
    places = {found.group(1): at for at, line in enumerate(lines) if (found := LABEL.match(line))}
    spans = [(places[found.group(1)], at) for at, line in enumerate(lines)
             if (found := JUMP.match(line)) and places.get(found.group(1), at + 1) <= at]
    for begin, end in spans:
        if not any(begin <= b and e <= end and (b, e) != (begin, end) for b, e in spans):
            instructions = [line.strip().replace("\t", " ") for line in lines[begin + 1:end + 1]
                            if line.startswith("\t") and not line.startswith("\t.")]
            yield Loop(function, LABEL.match(lines[begin]).group(1), instructions)


def all_loops(text):
    return [loop for name, lines in functions(text) for loop in loops_of(name, lines)]


def faults(loop, wanted):
    """Of the main loop."""
    counts = loop.counts()
    for what in ("fmas", "accumulators"):
        if counts[what] < getattr(wanted, what):
            yield f"{counts[what]} {what}, fewer than {getattr(wanted, what)}"
    if counts["loads"] > wanted.loads_per_fma * counts["fmas"]:
        yield f"{counts['loads']} loads for {counts['fmas']} fmas, more than {wanted.loads_per_fma} each"
    for what in ("stores", "stack"):
        if counts[what]:
            yield f"{counts[what]} instructions of the kind {what}: {getattr(loop, what)()[0]}"
    if narrow := loop.narrow(wanted.vector):
        yield f"not on whole vectors: {narrow[0]}"


def faults_of_any(loop, vector):
    where = f"{loop.function} {loop.label}"
    if loop.is_scalar():
        yield f"{where} computes with scalars alone: {next(filter(SCALAR.match, loop.instructions))}"
    if not loop.is_product():
        return
    if narrow := loop.narrow(vector):
        yield f"{where} is not on whole vectors: {narrow[0]}"
    if spilled := loop.vector_stack():
        yield f"{where} has {len(spilled)} instructions of the kind stack: {spilled[0]}"


def check_main(loops, wanted):
    main_loop = max(loops, key=lambda loop: (len(loop.accumulators()), len(loop.fmas())))
    print(main_loop.function, main_loop.label, main_loop.counts())
    return list(faults(main_loop, wanted))


def check_every(loops, wanted):
    products = sum(loop.is_product() for loop in loops)
    print(f"{products} loops of products among {len(loops)}")
    found = [fault for loop in loops for fault in faults_of_any(loop, wanted.vector)]
    return found + ([f"fewer than {wanted.every}"] if products < wanted.every else [])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--vector", choices=("ymm", "zmm"))
    parser.add_argument("--fmas", type=int, default=0)
    parser.add_argument("--accumulators", type=int, default=0)
    parser.add_argument("--loads-per-fma", type=float)
    parser.add_argument("--every", type=int)
    wanted = parser.parse_args()
    loops = all_loops(sys.stdin.read())
    with_sums = [loop for loop in loops if loop.fmas()]
    if not wanted.vector:
        for loop in with_sums:
            print(loop.function, loop.label, loop.counts())
        return
    found = []
    if wanted.loads_per_fma is not None:
        if not with_sums:
            sys.exit("no loop with multiply-adds into accumulators")
        found += check_main(with_sums, wanted)
    found += check_every(loops, wanted) if wanted.every is not None else []
    for fault in found:
        print(fault, file=sys.stderr)
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
