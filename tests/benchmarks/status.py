"""How long the status rule takes: ``python -m tests.benchmarks.status [EVENTS ITEMS MEETINGS]``.

Times are of the machine that runs it. 'copy' is the time to copy the result once: a floor to compare with.
"""

from __future__ import annotations

import resource
import sys
import time

import numpy as np

from components.ledger.rule import status_grid
from tests.benchmarks.synthetic import synthetic_ledger

SIZES = (1_000_000, 100_000, 50)


def main() -> None:
    """Print the seconds for the first call (codes and dates are worked out), a later one, and a copy of the result."""
    events, items, meetings = map(int, sys.argv[1:4]) if len(sys.argv) == 4 else SIZES
    ledger = synthetic_ledger(items, meetings, events)
    day = np.datetime64("2026-11-22", "D")
    print(f"{events:,} events, {items:,} items, {meetings} meetings")
    for name in ("first call", "later call", "one voice"):
        start = time.perf_counter()
        grid = status_grid(ledger, day, "independent" if name == "one voice" else "all")
        print(f"{name:>12}: {time.perf_counter() - start:6.2f} s")
    start = time.perf_counter()
    for array in (grid.level, grid.side, grid.since, grid.event, grid.link, grid.by_rule, grid.named):
        array.copy()
    print(f"{'copy':>12}: {time.perf_counter() - start:6.2f} s")
    print(f"{'peak memory':>12}: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:6.0f} MB")


if __name__ == "__main__":
    main()
