"""What both sides of the comparison with PyTorch share, without PyTorch: the nets' parameters with their initial
values from a linear congruential generator, the shortened data, and the safetensors format."""
import array
import gzip
import json
import struct

TRAIN_RECORDS, TEST_RECORDS, BATCH = 3200, 1000, 64  # 50 steps

# name: (shape, fan in); fan in 0 is a constant: scale and variance are 1, the rest 0.
MLP = {
    "Mlp.Dense_1.W": ((784, 256), 784), "Mlp.Dense_1.c": ((256,), 784),
    "Mlp.Dense_2.W": ((256, 10), 256), "Mlp.Dense_2.c": ((10,), 256),
}
LENET = {
    "LeNet.Conv_1.W": ((3, 3, 1, 32), 9), "LeNet.Conv_1.c": ((32,), 9),
    "LeNet.BatchNorm_1.scale": ((32,), 0), "LeNet.BatchNorm_1.shift": ((32,), 0),
    "LeNet.BatchNorm_1.mean": ((32,), 0), "LeNet.BatchNorm_1.variance": ((32,), 0),
    "LeNet.Conv_2.W": ((3, 3, 32, 64), 288), "LeNet.Conv_2.c": ((64,), 288),
    "LeNet.BatchNorm_2.scale": ((64,), 0), "LeNet.BatchNorm_2.shift": ((64,), 0),
    "LeNet.BatchNorm_2.mean": ((64,), 0), "LeNet.BatchNorm_2.variance": ((64,), 0),
    "LeNet.Dense_1.W": ((3136, 128), 3136), "LeNet.Dense_1.c": ((128,), 3136),
    "LeNet.Dense_2.W": ((128, 10), 128), "LeNet.Dense_2.c": ((10,), 128),
}
NETS = {"mlp-sgd": MLP, "mlp-adam": MLP, "lenet-momentum": LENET}


def initial_weights(net):
    """name -> (shape, float32 values); uniform in +-1/sqrt(fan in)."""
    weights, state = {}, 12345
    for name, (shape, fan_in) in NETS[net].items():
        count = 1
        for size in shape:
            count *= size
        values = array.array("f")
        for _ in range(count):
            state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
            unit = (state >> 40) / 2**24 * 2 - 1
            values.append(unit / fan_in**0.5 if fan_in else float(name.endswith((".scale", ".variance"))))
        weights[name] = (shape, values)
    return weights


KINDS = {"f": "F32", "d": "F64", "i": "I32", "q": "I64"}


def write_safetensors(path, weights):
    header, offset = {}, 0
    for name, (shape, values) in weights.items():
        size = len(values) * values.itemsize
        header[name] = {"dtype": KINDS[values.typecode], "shape": list(shape), "data_offsets": [offset, offset + size]}
        offset += size
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for _, values in weights.values():
            file.write(values.tobytes())


def read_safetensors(path):
    with open(path, "rb") as file:
        data = file.read()
    size = struct.unpack("<Q", data[:8])[0]
    tensors = {}
    for name, entry in json.loads(data[8:8 + size]).items():
        if name == "__metadata__":
            continue
        begin, end = entry["data_offsets"]
        kind = next(code for code, dtype in KINDS.items() if dtype == entry["dtype"])
        tensors[name] = (entry["shape"], array.array(kind, data[8 + size + begin:8 + size + end]))
    return tensors


def read_idx(path, records):
    """The first records of an IDX file with unsigned bytes: (bytes of one record, all bytes)."""
    with gzip.open(path) as file:
        magic = struct.unpack(">I", file.read(4))[0]
        sizes = struct.unpack(f">{magic & 255}I", file.read(4 * (magic & 255)))
        length = 1
        for size in sizes[1:]:
            length *= size
        return sizes[1:], file.read(length * records)


def write_idx(path, shape, data, records):
    with open(path, "wb") as file:
        file.write(struct.pack(f">I{1 + len(shape)}I", 0x0800 + 1 + len(shape), records, *shape) + data)


def write_short_mnist(source, target):
    """The first records of MNIST as uncompressed IDX files, under the names the programs use."""
    for kind, records in (("train", TRAIN_RECORDS), ("t10k", TEST_RECORDS)):
        for part in ("images-idx3-ubyte", "labels-idx1-ubyte"):
            shape, data = read_idx(f"{source}/mnist/{kind}-{part}.gz", records)
            write_idx(f"{target}/{kind}-{part}", shape, data, records)
