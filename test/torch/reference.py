#!/usr/bin/env python3
"""Prints what PyTorch computes for one of the nets, in float32 and float64: the loss of each of the 50 first steps on
batches of 64 in file order, then the running statistics, and loss and accuracy on the test records.
Usage: reference.py NET DATA > expected/NET.json, with the system's Python and python3-torch."""
import json
import sys

import torch
import torch.nn.functional as F

import nets


class Net:
    """The net in nets.py's layout: images [b, 28, 28, 1], filters [kh, kw, in, out], dense weights [in, out]."""

    def __init__(self, name, dtype):
        self.name = name
        self.tensors = {key: torch.tensor(list(values), dtype=dtype).reshape(shape)
                        for key, (shape, values) in nets.initial_weights(name).items()}
        self.state = [key for key in self.tensors if key.endswith((".mean", ".variance"))]
        self.parameters = [value.requires_grad_() for key, value in self.tensors.items() if key not in self.state]

    def dense(self, x, layer):
        return x @ self.tensors[layer + ".W"] + self.tensors[layer + ".c"]

    def block(self, x, index, training):
        get = lambda key: self.tensors[f"LeNet.{key}"]
        x = F.conv2d(x, get(f"Conv_{index}.W").permute(3, 2, 0, 1).contiguous(), get(f"Conv_{index}.c"), padding=1)
        norm = f"BatchNorm_{index}"
        x = F.batch_norm(x, get(norm + ".mean"), get(norm + ".variance"), get(norm + ".scale"), get(norm + ".shift"),
                         training, 0.1, 1e-5)
        return F.max_pool2d(F.relu(x), 2)

    def __call__(self, image, training):
        if self.name != "lenet-momentum":
            return self.dense(F.relu(self.dense(image.flatten(1), "Mlp.Dense_1")), "Mlp.Dense_2")
        x = self.block(self.block(image.reshape(-1, 1, 28, 28), 1, training), 2, training)
        return self.dense(F.relu(self.dense(x.permute(0, 2, 3, 1).flatten(1), "LeNet.Dense_1")), "LeNet.Dense_2")


def load(data, kind, records, dtype):
    _, pixels = nets.read_idx(f"{data}/mnist/{kind}-images-idx3-ubyte.gz", records)
    _, labels = nets.read_idx(f"{data}/mnist/{kind}-labels-idx1-ubyte.gz", records)
    images = torch.frombuffer(bytearray(pixels), dtype=torch.uint8).reshape(records, 28, 28, 1)
    return images.to(torch.float64).mul(1 / 255), torch.frombuffer(bytearray(labels), dtype=torch.uint8).long()


def run(name, data, dtype):
    torch.set_default_dtype(dtype)
    images, labels = load(data, "train", nets.TRAIN_RECORDS, dtype)
    test_images, test_labels = load(data, "t10k", nets.TEST_RECORDS, dtype)
    mean, deviation = images.mean(), images.std(unbiased=False)
    prepare = lambda x: ((x - mean) / deviation).to(dtype)
    net = Net(name, dtype)
    optimizer = {"mlp-sgd": lambda p: torch.optim.SGD(p, 0.1), "mlp-adam": lambda p: torch.optim.Adam(p, 3e-4),
                 "lenet-momentum": lambda p: torch.optim.SGD(p, 0.001, momentum=0.9)}[name](net.parameters)
    losses = []
    for begin in range(0, nets.TRAIN_RECORDS, nets.BATCH):
        optimizer.zero_grad()
        part = slice(begin, begin + nets.BATCH)
        loss = F.cross_entropy(net(prepare(images[part]), True), labels[part])
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    with torch.no_grad():
        logits = net(prepare(test_images), False)
        test_loss = F.cross_entropy(logits, test_labels).item()
        accuracy = (logits.argmax(1) == test_labels).double().mean().item()
    return {"losses": losses, "test_loss": test_loss, "test_accuracy": accuracy,
            "state": {key: net.tensors[key].tolist() for key in net.state}}


if __name__ == "__main__":
    torch.set_num_threads(1)
    print(json.dumps({"f32": run(sys.argv[1], sys.argv[2], torch.float32),
                      "f64": run(sys.argv[1], sys.argv[2], torch.float64)}, indent=1))
