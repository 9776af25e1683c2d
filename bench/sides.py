"""Programs that are timed against each other: all stay open and take turns, so that what slows the machine for a while slows
them all."""
import os
import statistics
import subprocess
import time

TURNS, FEWEST_TURNS = 15, 5
MOST_SECONDS = 40  # of turns, if the fewest are done
TURN_MILLISECONDS = 60
MOST_CALLS = 1000  # a training of more steps on one batch would reach numbers that nobody trains with


class Side:
    """A program that answers each line, a number of calls, with a line that begins with the median time of a call in ms."""

    def __init__(self, command, threads):
        cores = sorted(os.sched_getaffinity(0))[:threads]
        environment = dict(os.environ, OMP_NUM_THREADS=str(threads), OPENBLAS_NUM_THREADS=str(threads))
        self.command = ["taskset", "-c", ",".join(map(str, cores)), *map(str, command)]
        self.process = subprocess.Popen(self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)
        self.times, self.calls = [], 1

    def read(self):
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"bench: {' '.join(self.command)} ended without an answer")
        return [float(word) for word in line.split()]

    def ask(self, calls):
        self.process.stdin.write(f"{calls}\n")
        self.process.stdin.flush()
        self.answer = self.read()
        return self.answer[0]

    def warm_up(self):
        self.ask(2)
        self.calls = min(MOST_CALLS, max(1, round(TURN_MILLISECONDS / max(self.ask(3), 1e-6))))

    def take_turn(self):
        time.sleep(0.05)  # threads of the side before may still spin
        self.times.append(self.ask(self.calls))

    def median(self):
        return statistics.median(self.times)

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def take_turns(sides):
    """The median time of a call of each side, in ms."""
    for side in sides:
        side.warm_up()
    start = time.monotonic()
    for turn in range(TURNS):
        if turn >= FEWEST_TURNS and time.monotonic() - start > MOST_SECONDS:
            break
        for side in sides:
            side.take_turn()
    for side in sides:
        side.close()
    return [side.median() for side in sides]
