#!/usr/bin/env python3
"""Writes a net with weights of PyTorch for all who predict with it: `weights.safetensors` for the compiled program,
`b1.onnx` and `b64.onnx` for ONNX Runtime, 64 records as `input` (channels last) and `input-torch` (channels first), and
`expected`, what PyTorch computes for them. Usage: torch_export.py NET DIRECTORY"""
import json
import math
import pathlib
import struct
import sys
import warnings

import torch
from torch import nn

from torch_nets import NETS, BasicBlock, to_language

BATCHES = (1, 64)
KINDS = {nn.Linear: "Dense", nn.Conv2d: "Conv", nn.BatchNorm2d: "BatchNorm", nn.LSTM: "LSTM", BasicBlock: "BasicBlock"}


def filter_tensors(layer, _shape):
    tensors = {"W": layer.weight.permute(2, 3, 1, 0)}
    return tensors if layer.bias is None else {**tensors, "c": layer.bias}


def dense_tensors(layer, shape):
    """A flattened image has its channels first in PyTorch, last in the language: the rows of W move."""
    weight = layer.weight
    if len(shape) == 3 and math.prod(shape) == layer.in_features:
        weight = weight.reshape(-1, *shape).permute(0, 2, 3, 1).reshape(len(weight), -1)
    return {"W": weight.T, "c": layer.bias}


def norm_tensors(layer, _shape):
    return {"scale": layer.weight, "shift": layer.bias, "mean": layer.running_mean, "variance": layer.running_var}


def lstm_tensors(layer, _shape):
    """The forget gate of the language is sigmoid(f + 1); the order of the gates is the same."""
    bias = layer.bias_ih_l0 + layer.bias_hh_l0
    units = layer.hidden_size
    bias[units:2 * units] -= 1
    return {"Wx": layer.weight_ih_l0.T, "Wh": layer.weight_hh_l0.T, "c0": bias}


TENSORS = {nn.Linear: dense_tensors, nn.Conv2d: filter_tensors, nn.BatchNorm2d: norm_tensors, nn.LSTM: lstm_tensors}


def layers_of(module):
    """The children that have names in the language: containers that only order theirs are looked through."""
    for child in module.children():
        if type(child) in KINDS or isinstance(child, nn.Flatten):
            yield child
        else:
            yield from layers_of(child)


def named_tensors(module, path, shapes):
    tensors, count, shape = {}, {}, ()
    for layer in layers_of(module):
        if isinstance(layer, nn.Flatten):
            shape = shapes[layer]
            continue
        kind = KINDS[type(layer)]
        count[kind] = count.get(kind, 0) + 1
        name = f"{path}.{kind}_{count[kind]}"
        if type(layer) in TENSORS:
            tensors.update({f"{name}.{key}": value for key, value in TENSORS[type(layer)](layer, shape).items()})
            shape = ()
        else:
            tensors.update(named_tensors(layer, name, shapes))
    return tensors


def write_safetensors(path, tensors):
    header, data = {}, b""
    for name, tensor in tensors.items():
        content = tensor.contiguous().numpy().tobytes()
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(content)]}
        data += content
    text = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


def shapes_before_flatten(net, x):
    shapes = {}
    hooks = [module.register_forward_hook(lambda flatten, inputs, _output: shapes.update({flatten: inputs[0].shape[1:]}))
             for module in net.modules() if isinstance(module, nn.Flatten)]
    net(x)
    for hook in hooks:
        hook.remove()
    return shapes


def main():
    spec, directory = NETS[sys.argv[1]], pathlib.Path(sys.argv[2])
    torch.manual_seed(3)
    net = spec.make()
    x = torch.rand(max(BATCHES), *spec.shape)
    with torch.no_grad():
        net.train()(x)  # statistics of batch norm that are not 0 and 1
        for parameter in net.parameters():
            if parameter.dim() == 1:
                parameter += 0.1 * torch.randn_like(parameter)
        net.eval()
        shapes = shapes_before_flatten(net, x)
        write_safetensors(directory / "weights.safetensors", named_tensors(net, "Net", shapes))
        (directory / "input").write_bytes(to_language(x).numpy().tobytes())
        (directory / "input-torch").write_bytes(x.numpy().tobytes())
        (directory / "expected").write_bytes(net(x).numpy().tobytes())
        for batch in BATCHES:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                torch.onnx.export(net, x[:batch], str(directory / f"b{batch}.onnx"), input_names=["x"], output_names=["y"],
                                  opset_version=13)
    print("x".join(map(str, spec.shape)), net(x[:1]).shape[1])


if __name__ == "__main__":
    main()
