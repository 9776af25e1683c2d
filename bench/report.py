"""What was measured, as a table for people and as one object for programs."""
import dataclasses

from programs import THREADS

GROUPS = ("gemm", "conv", "conv_other")


@dataclasses.dataclass
class Result:
    training: dict = dataclasses.field(default_factory=dict)   # of training.measure, by workload
    inference: dict = dataclasses.field(default_factory=dict)  # of inference.measure
    loader: dict = dataclasses.field(default_factory=dict)     # of loader.measure
    decoding: dict = dataclasses.field(default_factory=dict)   # of loader.measure_decoding
    table: dict = dataclasses.field(default_factory=dict)      # of loader.measure_table
    kernels: dict = dataclasses.field(default_factory=dict)    # of kernels.measure
    pool: dict = dataclasses.field(default_factory=dict)       # of kernels.measure_pool

    def runs(self):
        """Names of inference runs and their times by side."""
        return {f"{workload}_b{batch}": sides for workload, batches in self.inference.items() for batch, sides in batches.items()}


def ratios(sides, other):
    """How many times as fast as the other side."""
    return {f"threads{threads}": round(sides[other][threads] / sides["nnc"][threads], 3) for threads in THREADS}


def times(sides, names):
    return {name: {f"threads{threads}": round(sides[name][threads], 5) for threads in THREADS} for name in names}


def speed_up(sides):
    return round(sides["nnc"][1] / sides["nnc"][2], 3)


def memory_fraction(sides):
    return round(sides["memory"]["nnc"] / sides["memory"]["pytorch"], 3)


def loader_fractions(result):
    """Images a second with augmentation, in parts of those without."""
    return {threads: result.loader["augmented"][threads] / result.loader["plain"][threads] for threads in THREADS if result.loader}


def as_object(result):
    runs = result.runs()
    return {
        "training": {name: ratios(sides, "pytorch") for name, sides in result.training.items()},
        "inference": {name: ratios(sides, "ort") for name, sides in runs.items()},
        "inference_c_api": {name: ratios(sides, "ort_c_api") for name, sides in runs.items()},
        **{group: {name: round(kernel["fraction"], 4) for name, kernel in result.kernels.get(group, {}).items()}
           for group in GROUPS},
        "scaling": {name: speed_up(sides) for name, sides in result.training.items()},
        "memory": {name: memory_fraction(sides) for name, sides in result.training.items()},
        "loader": {f"threads{threads}": round(fraction, 4) for threads, fraction in loader_fractions(result).items()},
        "decoding": {name: fraction for name, (_ours, _library, fraction) in result.decoding.items()},
        "table": {"megabytes_a_second": result.table["table"], "peak_bytes": result.table["peak"]} if result.table else {},
        "pool": result.pool,
        "peak_gflops": round(result.kernels.get("peak_gflops", 0), 2) or None,
        "milliseconds": {
            "training": {name: times(sides, ("nnc", "pytorch")) for name, sides in result.training.items()},
            "inference": {name: times(sides, ("nnc", "ort", "ort_c_api")) for name, sides in runs.items()},
        },
    }


def training_table(result):
    lines = ["training step, ms       threads       nnc   PyTorch     ratio"]
    for name, sides in result.training.items():
        for threads in THREADS:
            ratio = sides["pytorch"][threads] / sides["nnc"][threads]
            lines.append(f"{name:23} {threads:7} {sides['nnc'][threads]:9.4f} {sides['pytorch'][threads]:9.4f} {ratio:9.2f}")
    lines += ["", "                        two threads, times one    peak memory, of PyTorch's"]
    lines += [f"{name:23} {speed_up(sides):23} {memory_fraction(sides):28}" for name, sides in result.training.items()]
    return lines


def inference_table(result):
    lines = ["inference, ms           threads       nnc       ORT     ratio   its C API     ratio"]
    for name, sides in result.runs().items():
        for threads in THREADS:
            ours, ort, bare = (sides[side][threads] for side in ("nnc", "ort", "ort_c_api"))
            lines.append(f"{name:23} {threads:7} {ours:9.4f} {ort:9.4f} {ort / ours:9.2f} {bare:11.4f} {bare / ours:9.2f}")
    return lines


def loader_table(result):
    lines = ["images a second         threads     plain augmented  fraction"]
    for threads, fraction in loader_fractions(result).items():
        rates = (result.loader[side][threads] for side in ("plain", "augmented"))
        lines.append(f"{'lenet on MNIST':23} {threads:7} {next(rates):9.0f} {next(rates):9.0f} {fraction:9.3f}")
    return lines


def decoding_table(result):
    lines = ["decoding, MB of pixels a second          nnc   library  fraction"]
    for name, (ours, library, fraction) in result.decoding.items():
        lines.append(f"{name:31} {ours:12.1f} {library:9.1f} {fraction:9.3f}")
    return lines


def csv_table(result):
    table = result.table
    return ["a CSV of 1 GB, one thread",
            f"{'records alone':31} {table['records']:12.0f} MB/s",
            f"{'into a table in memory':31} {table['table']:12.0f} MB/s",
            f"{'trained with --memory 100MB':31} {table['seconds']:12.1f} s, peak {table['peak'] / 1e6:.0f} MB"]


def kernel_table(result):
    lines = [f"one thread              of the peak, {result.kernels['peak_gflops']:.1f} GFLOP/s            ms"]
    for group in GROUPS:
        for name, kernel in result.kernels.get(group, {}).items():
            lines.append(f"{group + ' ' + name:52} {100 * kernel['fraction']:5.1f} % {kernel['milliseconds']:9.4f}")
    return lines


def pool_table(result):
    return ["a parallel region       us beyond its work", f"{'two threads':23} {result.pool['region_us']:18.3f}"]


def as_table(result):
    tables = []
    if result.training:
        tables += [training_table(result), inference_table(result)]
    if result.loader:
        tables += [loader_table(result), decoding_table(result), csv_table(result)]
    if result.kernels:
        tables.append(kernel_table(result))
    if result.pool:
        tables.append(pool_table(result))
    return "\n\n".join("\n".join(lines) for lines in tables)
