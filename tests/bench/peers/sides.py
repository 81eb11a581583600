"""What the sides written in Python share: the questions, and the loop that answers compare.py.

A side is a program `side FOLDER FILE SYNC`: it opens FILE with that durability, prints a line that
says what it is, then answers each line `workload milliseconds` with how many operations it did and
the seconds they took: by the wall clock, or with PEERS_CLOCK=cpu of the process's processor time.
"""

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time
from typing import Callable

BUYERS = 16  # each with a cart
STOCK = 1_000_000_000  # of everything; nothing sells out

now = process_time if os.environ.get("PEERS_CLOCK") == "cpu" else perf_counter


@dataclass
class Work:
    """`op(turn)` is measured; before each batch of turns `prepare(first, count)` is not."""

    op: Callable
    batch: int = 4 * BUYERS
    prepare: Callable = lambda first, count: None


@dataclass
class Questions:
    """What every side is asked, in the same order."""

    slugs: list
    categories: list
    baskets: list  # of three (number of the product, quantity) each

    @classmethod
    def read(cls, folder):
        def lines(name):
            return (Path(folder) / name).read_text().splitlines()

        numbers = [[int(each) for each in line.split()] for line in lines("baskets.txt")]
        return cls(lines("slugs.txt"), lines("categories.txt"),
                   [list(zip(line[::2], line[1::2])) for line in numbers])


def serve(about, works):
    print(about, flush=True)
    turns = dict.fromkeys(works, 0)
    for line in sys.stdin:
        name, limit_ms = line.split()
        work, first = works[name], turns[name]
        seconds = 0.0
        while seconds * 1000 < int(limit_ms):
            batch = range(turns[name], turns[name] + work.batch)
            work.prepare(batch.start, work.batch)
            start = now()
            for turn in batch:
                work.op(turn)
            seconds += now() - start
            turns[name] = batch.stop
        print(turns[name] - first, seconds, flush=True)
