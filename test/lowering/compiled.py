"""Compiles a module of the nn dialect with the lowering phases and calls its entries from Python.

The oracle side (PyTorch) is in the scripts that use it. Needs nn-opt, mlir-translate, clang of LLVM 22.
"""
import ctypes
import os
import re
import subprocess
import sys
import tempfile

import numpy as np

LLVM = os.environ.get("NN_LLVM_BIN", "/usr/lib/llvm-22/bin")
NN_OPT = os.environ.get("NN_OPT", "nn-opt")
# NN_PRECISION=f64 compiles the same programs in double.
PRECISION = os.environ.get("NN_PRECISION", "f32")
PHASES = ["--nn-linalg-phase", "--nn-vector-phase", "--nn-memref-phase", "--nn-llvm-phase"]
RUNTIME = """
#include <cmath>
#include <cstdint>
extern "C" int64_t firstBad; int64_t firstBad = -1;
extern "C" int64_t parallelCalls; int64_t parallelCalls = 0;
extern "C" void nnrt_parallel_for(void (*body)(void *, int64_t), void *context, int64_t chunks) {
  ++parallelCalls;
  for (int64_t i = chunks - 1; i >= 0; --i) body(context, i); // backwards: chunks must not depend on each other
}
extern "C" void nnrt_check(int64_t index, const void *values, int64_t count) {
  for (int64_t i = 0; i < count; ++i)
    if (firstBad < 0 && !std::isfinite(static_cast<const float *>(values)[i])) firstBad = index;
}
"""
DTYPES = {"f32": np.float32, "f64": np.float64, "i32": np.int32, "i64": np.int64, "i1": np.uint8}


def run(command, **options):
    done = subprocess.run(command, capture_output=True, text=True, **options)
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stderr[:4000]}")
    return done.stdout


class Tensor:
    def __init__(self, role, name, entry, text, offset, batch):
        parts = re.fullmatch(r"tensor<(.*)>", text).group(1).split("x")
        self.role, self.name, self.entry, self.offset = role, name, entry, offset
        self.dtype = np.dtype(DTYPES[parts[-1]])
        self.dynamic = "?" in parts
        self.shape = [batch if p == "?" else int(p) for p in parts[:-1]]


class Compiled:
    def __init__(self, text, batch=64, before=()):
        self.batch = batch
        folder = tempfile.mkdtemp()
        source = os.path.join(folder, "in.mlir")
        text = text.replace("f32", PRECISION)
        if "nn.program" not in text:
            text = f'module attributes {{nn.program = {{batch = {batch} : i64}}}} {{\n{text}\n}}'
        open(source, "w").write(text)
        lowered = run([NN_OPT, source, *before, *PHASES])
        arena = re.search(r"nn\.arena = \{bytes = (\d+) : i64, persistent = \d+ : i64, tensors = \[(.*?)\]\}, nn", lowered, re.S)
        self.bytes = int(arena.group(1))
        self.tensors = {}
        fields = r'entry = "(.*?)", name = "(.*?)", offset = (\d+) : i64, role = "(.*?)", type = (tensor<.*?>)\}'
        for entry, name, offset, role, kind in re.findall(fields, arena.group(2)):
            self.tensors[(role, name, entry)] = Tensor(role, name, entry, kind, int(offset), batch)
        lowered = re.sub(r"^module attributes \{.*\} \{$", "module {", lowered, count=1, flags=re.M)
        ir = run([f"{LLVM}/mlir-translate", "--mlir-to-llvmir", "--allow-unregistered-dialect"], input=lowered)
        open(os.path.join(folder, "k.ll"), "w").write(ir)
        open(os.path.join(folder, "rt.cpp"), "w").write(RUNTIME)
        library = os.path.join(folder, "k.so")
        run([f"{LLVM}/clang++", "-O3", "-march=native", "-mprefer-vector-width=512", "-ffp-contract=off", "-fPIC", "-shared",
             "-Wno-override-module", os.path.join(folder, "k.ll"), os.path.join(folder, "rt.cpp"), "-lm", "-o", library])
        self.folder = folder
        self.library = ctypes.CDLL(library)
        raw = np.zeros(self.bytes + 64, np.uint8)
        start = -raw.ctypes.data % 64
        self.arena = raw[start:start + self.bytes]
        self.arena[:] = 0xAB  # nothing may rely on fresh memory

    def view(self, role, name, entry=""):
        tensor = self.tensors[(role, name, entry)]
        count = int(np.prod(tensor.shape, dtype=np.int64))
        flat = self.arena[tensor.offset:tensor.offset + count * tensor.dtype.itemsize].view(tensor.dtype)
        return flat.reshape(tensor.shape)

    def call(self, entry, rows, checks=0):
        function = getattr(self.library, entry)
        function.restype = None
        function.argtypes = [ctypes.c_void_p, ctypes.c_int64, ctypes.c_int32]
        function(self.arena.ctypes.data, rows, checks)


def one_op(operands, results, body, rows, batch=64):
    """Runs one entry `@t`: operands [(type, array)], results [type], body in terms of %a0, %a1, … and %r0, …"""
    arguments = ["%rows: index {nn.role = \"rows\"}"]
    for k, (kind, _) in enumerate(operands):
        arguments.append(f'%a{k}: {kind} {{nn.role = "field", nn.name = "a{k}"}}')
    outs = ", ".join(f'({kind} {{nn.role = "output", nn.name = "r{k}"}})'[1:-1] for k, kind in enumerate(results))
    returned = ", ".join(f"%r{k}" for k in range(len(results)))
    text = f"""func.func @t({', '.join(arguments)}) -> ({outs}) attributes {{nn.entry}} {{
{body}
return {returned} : {', '.join(results)}
}}"""
    program = Compiled(text, batch)
    for k, (kind, array) in enumerate(operands):
        view = program.view("field", f"a{k}")
        if "?" in kind:
            view[:len(array)] = array
        else:
            view[...] = array
    program.call("t", rows)
    values = []
    for k, kind in enumerate(results):
        view = program.view("output", f"r{k}", "t")
        values.append(np.array(view[:rows] if "?" in kind else view))
    return values
