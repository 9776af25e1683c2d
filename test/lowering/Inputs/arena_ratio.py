"""Fails if the arena of `nnc --emit=memory`, on stdin, is more than so many times the largest sum of what is in use at one time."""
import re
import sys

text = sys.stdin.read()
arena = int(re.match(r"arena (\d+) bytes", text).group(1))
least = int(re.search(r"largest sum of what is in use at one time is (\d+) bytes", text).group(1))
print(arena, least)
sys.exit(arena > float(sys.argv[1]) * least)
