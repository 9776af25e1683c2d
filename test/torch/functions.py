"""The activations and losses that are compared with PyTorch: what both sides share, without PyTorch. Each case is a network
with its arguments as parameters, row i of them read by record i, which is the i-th unit vector; a step leaves the
gradients in the parameters, and the value in a state. The last row of `P` is far out: +-1000."""
import math
import struct

import nets

ROWS, WIDTH = 8, 5
FAR = [-1000.0, -30.0, 0.0, 30.0, 1000.0]
LABELS = [0, 1, 2, 3, 4, 1, 3, 2]

ACTIVATIONS = ["relu", "leaky_relu", "elu", "selu", "gelu", "silu", "mish", "softplus", "softsign", "hard_sigmoid", "sigmoid",
               "tanh", "softmax", "log_softmax"]
ACTIVATION_VARIANTS = {"leaky_relu_steep": "leaky_relu(x @ P, slope: 0.2)", "elu_small": "elu(x @ P, alpha: 0.5)"}

# name: (expression, parameters beside P). What is not a parameter is a constant of `Given`, named in constants().
LOSSES = {
    "cross_entropy": ("cross_entropy(x @ P, y)", ""),
    "cross_entropy_smooth": ("cross_entropy(x @ P, y, smoothing: 0.1)", ""),
    "cross_entropy_weighted": ("cross_entropy(x @ P, y, weights: [1, 2, 0.5, 1, 3])", ""),
    "cross_entropy_both": ("cross_entropy(x @ P, y, smoothing: 0.2, weights: [1, 2, 0.5, 1, 3])", ""),
    "cross_entropy_masked": ("cross_entropy(x @ P, y, smoothing: 0.1, mask: y != 1)", ""),
    "cross_entropy_by_tensor": ("cross_entropy(x @ P, y, weights: 1 + arange(5), mask: y != 3)", ""),
    "focal": ("focal()(x @ P, y)", ""),
    "focal_soft": ("focal(1.5)(x @ P, y)", ""),
    "bce": ("bce(x @ P, given(x, \"B\"))", ""),
    "bce_probabilities": ("bce(sigmoid(0.5 * (x @ N)), given(x, \"B\"), logits: false)", "N"),
    "hinge": ("hinge(x @ P, given(x, \"S\"))", ""),
    "mse": ("mse(x @ P, x @ T)", "T"),
    "mae": ("mae(x @ P, x @ T)", "T"),
    "huber": ("huber(x @ P, x @ T)", "T"),
    "huber_wide": ("huber(x @ P, x @ T, delta: 2.5)", "T"),
    "log_cosh": ("log_cosh(x @ P, x @ T)", "T"),
    "poisson": ("poisson(x @ N, given(x, \"K\"))", "N"),
    "kl_divergence": ("kl_divergence(x @ P, given(x, \"Q\"))", ""),
    "entropy": ("entropy(softmax(x @ N))", "N"),
    "cosine_distance": ("cosine_distance(x @ P, x @ T)", "T"),
    "triplet": ("triplet(x @ N, x @ T, x @ M)", "NTM"),
    "triplet_wide": ("triplet(x @ N, x @ T, x @ M, margin: 4)", "NTM"),
    "l1": ("l1(L1, 0.5)", "N"),
    "l2": ("l2(L2, 0.25)", "N"),
    "elastic_net": ("elastic_net(ElasticNet, l1: 0.5, l2: 0.25)", "N"),
}
PENALTIES = ("l1", "l2", "elastic_net")


def network_name(case):
    return "".join(part.capitalize() for part in case.split("_"))


def random(seed, low, high):
    """ROWS x WIDTH numbers that are exact in float32."""
    values, state = [], seed
    for _ in range(ROWS * WIDTH):
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        values.append(low + (high - low) * (state >> 44) / 2**20)
    return values


def parameters(case):
    """name -> values: `P` ends far out, `N`, `T` and `M` stay near."""
    seed = sum(ord(letter) * (7 + place) for place, letter in enumerate(case))
    names = LOSSES[case][1] if case in LOSSES else ""
    near = {name: random(seed + ord(name), -3, 3) for name in names}
    uses_p = case not in LOSSES or "@ P" in LOSSES[case][0]
    return {**({"P": random(seed, -4, 4)[:-WIDTH] + FAR} if uses_p else {}), **near}


def constants():
    signs = [1.0 if value > 0 else -1.0 for value in random(5, -1, 1)]
    rows = []
    for row in range(ROWS):
        weights = [math.floor(value) for value in random(9, 0, 4)[row * WIDTH:(row + 1) * WIDTH]]
        total = sum(weights) or 1
        rows += [weight / total for weight in weights]  # some are 0
    return {"C": random(3, -2, 2), "B": random(4, 0, 1), "S": signs, "K": [math.floor(v) for v in random(6, 0, 6)], "Q": rows}


def network(case, expression, names, is_loss):
    lines = [f"network {network_name(case)}(x: f32[b, {ROWS}]{', y: class(5)[b]' if '(x @ P, y' in expression else ''}) {{"]
    lines += [f"  param {name}: f32[{ROWS}, {WIDTH}] = zeros" for name in names]
    lines += [f"  state _Y: f32{'[]' if is_loss else f'[{ROWS}, {WIDTH}]'} = 0", f"  let result = {expression}",
              f"  if training {{ _Y = {'result' if is_loss else 'transpose(x) @ result'} }}", "  result", "}"]
    return "\n".join(lines)


def program():
    """One program with all cases; each is a term of its own."""
    text = ["import std", "optimizer take()(w, g) { w = g }",
            f'data d {{ train = idx("rows", "labels"); field x: f32[{ROWS}]; field y: class({WIDTH}) }}',
            "network Given(x: f32[b, 8]) {"]
    text += [f"  state {name}: f32[{ROWS}, {WIDTH}] = zeros" for name in constants()]
    text += ["  (" + ", ".join(f"x @ {name}" for name in constants()) + ")", "}"]
    places = {name: place for place, name in enumerate(constants())}
    terms = []
    for case, expression in {**{name: f"{name}(x @ P)" for name in ACTIVATIONS}, **ACTIVATION_VARIANTS}.items():
        text.append(network(case, expression, "P", False))
        terms.append(f"sum({network_name(case)}(x) * Given(x)[{places['C']}])")
    for case, (expression, _) in LOSSES.items():
        for name, place in places.items():
            expression = expression.replace(f'given(x, "{name}")', f"Given(x)[{place}]")
        if case in PENALTIES:
            text.append(f"network {network_name(case)}(x: f32[b, {ROWS}]) {{\n  param N: f32[{ROWS}, {WIDTH}] = zeros\n  x @ N\n}}")
            text.append(f"network {network_name(case)}Value(x: f32[b, {ROWS}]) {{\n  state _Y: f32[] = 0\n  let result = {expression}"
                        f" + 0 * sum({network_name(case)}(x))\n  if training {{ _Y = result }}\n  result\n}}")
            terms.append(f"{network_name(case)}Value(x)")
            continue
        text.append(network(case, expression, parameters(case), True))
        terms.append(f"{network_name(case)}(x{', y' if '(x @ P, y' in expression else ''})")
    text.append(f"train all on d {{ batch = {ROWS}; epochs = 1\n  minimize " + " +\n    ".join(terms) + " with take()\n}")
    return "\n".join(text) + "\n"


def cases():
    return ACTIVATIONS + list(ACTIVATION_VARIANTS) + list(LOSSES)


def start(shifts=None, step=0.0):
    """Weights before the step; `shifts` is a direction by parameter, of which `step` is added."""
    shape = (ROWS, WIDTH)
    tensors = {f"Given.{name}": (shape, values) for name, values in constants().items()}
    for case in cases():
        value = network_name(case) + ("Value" if case in PENALTIES else "")
        tensors[f"{value}._Y"] = ((), [0.0]) if case in LOSSES else (shape, [0.0] * ROWS * WIDTH)
        for name, values in parameters(case).items():
            path = f"{network_name(case)}.{name}"
            if shifts:
                values = [v + step * s for v, s in zip(values, shifts[path])]
            tensors[path] = (shape, values)
    return tensors


def write_data(directory):
    numbers = [float(row == column) for row in range(ROWS) for column in range(ROWS)]
    (directory / "rows").write_bytes(struct.pack(">IIII", 0x0E02, ROWS, ROWS, 0)[:12] + struct.pack(f">{len(numbers)}d", *numbers))
    nets.write_idx(directory / "labels", (), bytes(LABELS), ROWS)
