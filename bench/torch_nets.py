"""The nets of the `.nn` files beside this one, in PyTorch. Modules stand in the order in which they are applied, so that the
names of the language (`Kind_n` within the parent) follow from it."""
import torch
from torch import nn
from torch.nn import functional


def dense(*sizes):
    layers = [nn.Flatten()]
    for inputs, outputs in zip(sizes, sizes[1:]):
        layers += [nn.Linear(inputs, outputs), nn.ReLU()]
    return nn.Sequential(*layers[:-1])


def lenet():
    return nn.Sequential(
        nn.Conv2d(1, 32, 3, padding=1), nn.BatchNorm2d(32), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(32, 64, 3, padding=1), nn.BatchNorm2d(64), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(64 * 7 * 7, 128), nn.ReLU(), nn.Dropout(0.5), nn.Linear(128, 10))


class BasicBlock(nn.Module):
    def __init__(self, inputs, width, stride):
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(inputs, width, 3, stride, 1, bias=False), nn.BatchNorm2d(width), nn.ReLU(),
            nn.Conv2d(width, width, 3, 1, 1, bias=False), nn.BatchNorm2d(width))
        self.shortcut = nn.Sequential()
        if stride != 1 or inputs != width:
            self.shortcut = nn.Sequential(nn.Conv2d(inputs, width, 1, stride, bias=False), nn.BatchNorm2d(width))

    def forward(self, x):
        return functional.relu(self.body(x) + self.shortcut(x))


def resnet20():
    layers = [nn.Conv2d(3, 16, 3, padding=1, bias=False), nn.BatchNorm2d(16), nn.ReLU()]
    inputs = 16
    for block in range(9):
        width = 16 * 2 ** (block // 3)
        layers.append(BasicBlock(inputs, width, 2 if block in (3, 6) else 1))
        inputs = width
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 10))


class LastState(nn.Module):
    def __init__(self):
        super().__init__()
        self.states = nn.LSTM(32, 128, batch_first=True)
        self.classes = nn.Linear(128, 10)

    def forward(self, x):
        states, _ = self.states(x)
        return self.classes(states[:, -1])


class Net:
    """What to build, the shape of a record in PyTorch's order, and what the records are trained for: a number of classes,
    or 0 to restore the record."""

    def __init__(self, make, shape, classes, batch):
        self.make, self.shape, self.classes, self.batch = make, shape, classes, batch

    def loss(self, output, x, label):
        if self.classes:
            return functional.cross_entropy(output, label)
        return functional.mse_loss(output, x.flatten(1))


NETS = {
    "tabular": Net(lambda: dense(30, 64, 32, 2), (30,), 2, 32),
    "mlp": Net(lambda: dense(784, 512, 256, 10), (1, 28, 28), 10, 128),
    "autoencoder": Net(lambda: dense(784, 256, 32, 256, 784).append(nn.Sigmoid()), (1, 28, 28), 0, 128),
    "lenet": Net(lenet, (1, 28, 28), 10, 64),
    "resnet20": Net(resnet20, (3, 32, 32), 10, 64),
    "lstm": Net(LastState, (50, 32), 10, 64),
}


def parameter_count(net):
    """PyTorch's LSTM adds two vectors where one does; the second is not counted."""
    return sum(p.numel() for name, p in net.named_parameters() if "bias_hh" not in name)


def to_language(x):
    """A batch with its channels last, as the language has images."""
    return x.movedim(1, -1).contiguous() if x.dim() > 3 else x
