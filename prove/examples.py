"""Checks of the examples on tables and series: the mean over seeds, each with a partition of its own, beside the baselines."""
import statistics

import training

TABLE_SEEDS, TABLE_SECONDS = range(1, 21), 20

# What an example must reach: its measure, how much at least, and the measures it prints beside.
TABLES = {
    "iris": ("accuracy", 0.945),
    "wine": ("accuracy", 0.97),
    "breast-cancer": ("accuracy", 0.965),
    "digits8x8": ("accuracy", 0.97),
    "titanic": ("accuracy", 0.805),
    "pima": ("roc_auc", 0.83),
    "horse-colic": ("accuracy", 0.80),
    "housing": ("r2", 0.80),
    "boston": ("r2", 0.82),
    "diabetes": ("r2", 0.46),
}


def means(nnc, example, seeds, directory):
    """The mean of every measure over the seeds, and the longest training in seconds."""
    results = [training.train_and_test(nnc, example, seed, directory) for seed in seeds]
    measures = {name: statistics.mean(result[name] for result, _ in results)
                for name, value in results[0][0].items() if isinstance(value, (int, float))}
    return measures, max(seconds for _, seconds in results)


def beside(measures, measure):
    """The baselines of a measure, as the example calls them: linear_accuracy, majority_accuracy."""
    return ", ".join(f"{name[:-len(measure) - 1]} {value:.4f}" for name, value in measures.items()
                     if name.endswith("_" + measure))


def table_check(example, measure, at_least):
    def check(nnc, directory):
        measures, seconds = means(nnc, example, TABLE_SEEDS, directory)
        return (measures[measure] >= at_least and seconds <= TABLE_SECONDS,
                f"{measure} {measures[measure]:.4f}, at least {at_least} ({beside(measures, measure)}); "
                f"{seconds:.1f} s the longest training, at most {TABLE_SECONDS}")
    return check


def weather(nnc, directory):
    measures, seconds = means(nnc, "weather", (1, 2, 3), directory)
    gain = 1 - measures["mae"] / measures["persistence_mae"]
    return (gain >= 0.10 and seconds <= TABLE_SECONDS,
            f"mae {measures['mae']:.3f}, {100 * gain:.1f} % below persistence ({beside(measures, 'mae')}), at least 10 %")


def airline(nnc, directory):
    measures, seconds = means(nnc, "airline", (1, 2, 3), directory)
    return (measures["mape"] <= 0.04 and seconds <= TABLE_SECONDS,
            f"mape {100 * measures['mape']:.2f} %, at most 4 ({beside(measures, 'mape')})")


def stocks(nnc, directory):
    measures, seconds = means(nnc, "stocks", (1, 2, 3), directory)
    return (seconds <= TABLE_SECONDS, f"mape {100 * measures['mape']:.2f} % ({beside(measures, 'mape')}); no bound")


def checks():
    made = {example: table_check(example, *bound) for example, bound in TABLES.items()}
    return {**made, "weather": weather, "airline": airline, "stocks": stocks}
