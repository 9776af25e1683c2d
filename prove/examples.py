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


def sound_check(variant, at_least, settings=((),)):
    """The mean over seeds and settings; one of the settings may leave out a speaker."""
    def check(nnc, directory):
        seeds = training.SEEDS if len(settings) == 1 else training.SEEDS[:1]
        results = [training.train_and_test(nnc, "spoken-digits", seed, directory, words, variant)
                   for words in settings for seed in seeds]
        accuracies = [measures["accuracy"] for measures, _ in results]
        seconds = max(seconds for _, seconds in results)
        return (statistics.mean(accuracies) >= at_least and seconds <= 360,
                f"accuracy {statistics.mean(accuracies):.4f} ({' '.join(f'{each:.3f}' for each in accuracies)}), "
                f"at least {at_least}; {seconds:.0f} s the longest training, at most 360")
    return check


def picture_check(example, variant, at_least, seconds_at_most):
    """The mean over three seeds on the published test part."""
    def check(nnc, directory):
        results = [training.train_and_test(nnc, example, seed, directory, (), variant) for seed in training.SEEDS]
        accuracies = [measures["accuracy"] for measures, _ in results]
        seconds = max(seconds for _, seconds in results)
        return (statistics.mean(accuracies) >= at_least and seconds <= seconds_at_most,
                f"accuracy {statistics.mean(accuracies):.4f} ({' '.join(f'{each:.4f}' for each in accuracies)}), "
                f"at least {at_least}; {seconds:.0f} s the longest training, at most {seconds_at_most}")
    return check


def photos(nnc, directory):
    """Augmentation against none, fold by fold and seed by seed, in equal steps."""
    pairs, memorized = [], []
    for seed in training.SEEDS:
        for fold in range(5):
            words = ("--set", f"fold={fold}")
            augmented, _ = training.train_and_test(nnc, "photos", seed, directory, words)
            plain, _ = training.train_and_test(nnc, "photos", seed, directory, words, "plain")
            pairs.append((augmented["accuracy"], plain["accuracy"]))
            runs = directory / "-".join(["runs", "photos", "plain", str(seed), *words])
            memorized.append(training.evaluate(directory / "photos-plain", runs, "train")["accuracy"])
    gains = [augmented - plain for augmented, plain in pairs]
    mean, gain = statistics.mean(augmented for augmented, _ in pairs), statistics.mean(gains)
    error = statistics.stdev(gains) / len(gains) ** 0.5
    return (mean >= 0.52 and gain >= 0.03 and min(memorized) >= 0.99,
            f"accuracy {mean:.4f}, at least 0.52; {100 * gain:.1f} points above none (paired standard error "
            f"{100 * error:.1f}), at least 3; none reaches {min(memorized):.3f} of its own part, at least 0.99")


def checks():
    made = {example: table_check(example, *bound) for example, bound in TABLES.items()}
    return {**made, "weather": weather, "airline": airline, "stocks": stocks, "photos": photos,
            "fashion": picture_check("fashion", "model", 0.92, 360),
            "fashion-resnet20": picture_check("fashion", "resnet20", 0.933, 1200),
            "spoken-digits": sound_check("model", 0.97), "spoken-digits-raw": sound_check("raw", 0.90),
            "spoken-digits-speaker": sound_check("speaker", 0.80, [("--set", f"fold={fold}") for fold in range(6)])}
