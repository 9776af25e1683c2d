#!/usr/bin/env python3
"""Reads what `nnc doc` writes: each declaration has a doc comment; its signature or its comment gives the shapes, and where
somebody has published it, the comment says who and when. Usage: documented.py NNC. Exit 1 and the names if one lacks it."""
import re
import subprocess
import sys

# What is its own definition, or a part of something that names its source.
PLAIN = set("""relu sigmoid softmax log_softmax zeros ones constant small_random large_random identity mse mae log_cosh bce
cross_entropy poisson l1 l2 Adagrad clip_value decay cosine_distance GlobalAvgPool GlobalMaxPool MaxPool AvgPool Upsample linear_weights Dense
Flatten Reshape Embedding GaussianNoise Conv gru_step last_step relu6 MLP""".split())
OF_PAPERS = re.compile(r"std/(activations|initializers|layers|losses|models|optimizers|schedules)")
ENTRY = re.compile(r"^## (\w+)\n\n```nn\n(.*?)\n```\n\n(.*?)(?=^#|\Z)", re.M | re.S)
YEAR = re.compile(r"\b(1[89]|20)\d\d\b")


def lacks(title, about, name, signature, doc):
    if not doc.strip():
        return "a doc comment"
    takes_tensors = not signature.startswith(("optimizer", "initializer"))
    result = signature.partition(" -> ")[2]
    if takes_tensors and not result and not re.search(r"`(\w+: )?\[", doc):
        return "shapes"
    # A source at the head of the file is that of what stands in it.
    if OF_PAPERS.match(title) and name not in PLAIN and not YEAR.search(doc + about):
        return "a source"
    return None


def main():
    text = subprocess.run([sys.argv[1], "doc"], check=True, capture_output=True, text=True).stdout
    count, missing = 0, []
    for section in re.split(r"^(?=# )", text, flags=re.M)[1:]:
        title = section.split("\n")[0][2:]
        about = section[:section.find("\n## ")]
        if len(about.strip().split("\n")) < 2 and section.count("\n## ") > 1:
            missing.append(f"{title}: a word about the file")
        for name, signature, doc in ENTRY.findall(section):
            count += 1
            if lack := lacks(title, about, name, signature, doc):
                missing.append(f"{title}: {name}: {lack}")
    built_in = text.partition("# Built in")[2].partition("\n# ")[0]
    if not all(f"\n## {name}\n" in built_in for name in ("tanh", "uniform", "normal", "conv")):
        missing.append("the functions that are built in")
    print("\n".join(missing) or f"{count} declarations are documented")
    return 1 if missing or count < 150 else 0


if __name__ == "__main__":
    sys.exit(main())
