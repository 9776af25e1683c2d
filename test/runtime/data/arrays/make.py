#!/usr/bin/env python3
"""Writes the arrays that the tests of NPY and NPZ read: as NumPy itself writes them, one for each type, byte order,
order of axes and version. Run in this folder; the tests read what is stored."""
import numpy as np
from numpy.lib import format

values = np.arange(6).reshape(3, 2) - 2

for name in ["<i1", "<i2", ">i2", "<i4", ">i4", "<i8", ">i8", "<f2", ">f2", "<f4", ">f4", "<f8", ">f8"]:
    np.save(f"{'big' if name[0] == '>' else 'little'}-{name[1:]}.npy", values.astype(name))
for name in ["<u1", "<u2", ">u2", "<u4", ">u4", "<u8", ">u8"]:
    np.save(f"{'big' if name[0] == '>' else 'little'}-{name[1:]}.npy", (values + 2).astype(name))
np.save("bool.npy", values > 0)
np.save("fortran.npy", np.asfortranarray(np.arange(24, dtype="<f4").reshape(2, 3, 4)))
for version in [(1, 0), (2, 0), (3, 0)]:
    with open(f"version-{version[0]}.npy", "wb") as file:
        format.write_array(file, values.astype("<f4"), version)
with open("special-f2.npy", "wb") as file:
    format.write_array(file, np.array([0.1, -0.0, 65504, 6e-8, np.inf, -np.inf, np.nan], dtype="<f2"))
np.savez("stored.npz", x=values.astype("<f4"), label=np.array([0, 1, 2]))
np.savez_compressed("packed.npz", x=values.astype("<f4"), label=np.array([0, 1, 2]))
np.save("text.npy", np.array(["a", "b"]))
np.save("objects.npy", np.array([None, 1], dtype=object), allow_pickle=True)
np.save("complex.npy", np.array([1j]))
np.save("records.npy", np.zeros(2, dtype=[("a", "<f4"), ("b", "<i4")]))
np.save("scalar.npy", np.float64(3))
np.save("wide.npy", np.array([2**53 + 1]))
