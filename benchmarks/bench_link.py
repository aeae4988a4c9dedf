"""Linking at scale, on made-up coverage whose truth is known: time, memory, how right it is, and what a day more costs.

Each amount is linked in a process of its own, so that its peak memory is its own. Making the coverage is not timed.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from according.link import link_incidents
from according.records import Incident, Reading
from according.scale.generate import coverage
from according.scale.incremental import Linker

CLAIMS_PER_INCIDENT = 17.5
AMOUNTS = (10_000, 100_000, 1_000_000)
BEFORE_DAY, DAY, DAY_INCIDENTS = 30_000, 10_000, 9_000


def main(amounts: Iterable[int] = AMOUNTS) -> None:
    """Print one line an amount, and what ten times as much costs."""
    before: tuple[int, float] | None = None
    for claims in amounts:
        done = _alone("--one", str(claims))
        print(
            f"linking {done['claims']:,} claims of {done['reports']:,} reports into {done['incidents']:,} incidents: "
            f"{done['seconds']:.1f} s ({done['cpu_seconds']:.1f} s of one core), {done['peak_mib']:,.0f} MiB at most; "
            f"B3 precision {done['precision']:.3f}, recall {done['recall']:.3f}, F1 {done['f1']:.3f}"
        )
        if before:
            print(
                f"{done['claims'] / before[0]:.1f} times the claims, "
                f"{done['cpu_seconds'] / before[1]:.1f} times the work"
            )
        before = done["claims"], done["cpu_seconds"]
    day = _alone("--day")
    print(
        f"a day of {day['reports']:,} reports added to {day['before']:,}: {day['seconds']:.1f} s "
        f"({day['cpu_seconds']:.1f} s of one core) with loading and keeping what is known; "
        f"{day['changed']:,} incidents new or changed"
    )


def _alone(*arguments: str) -> dict[str, Any]:
    """The figures of one measurement, in a process of its own."""
    done = subprocess.run([sys.executable, __file__, *arguments], check=True, capture_output=True, text=True)
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


def day() -> None:
    """Link what there is and keep it; then load it, add a day's reports and keep that, as another process would."""
    made = iter(Made(DAY_INCIDENTS))
    linker = Linker()
    linker.add(islice(made, BEFORE_DAY))
    with tempfile.TemporaryDirectory() as folder:
        linker.save(Path(folder) / "state")
        reports = list(islice(made, DAY))
        began, cpu_began = time.perf_counter(), time.process_time()
        linker = Linker.load(Path(folder) / "state")
        update = linker.add(reports)
        linker.save(Path(folder) / "state")
        seconds, cpu_seconds = time.perf_counter() - began, time.process_time() - cpu_began
    figures = {"before": BEFORE_DAY, "reports": len(reports), "changed": len(update.made)}
    print(json.dumps({**figures, "seconds": seconds, "cpu_seconds": cpu_seconds}))


def one(claims: int) -> None:
    """Link so many claims and print the figures as JSON."""
    made = Made(round(claims / CLAIMS_PER_INCIDENT))
    began, cpu_began = time.perf_counter(), time.process_time()
    linked = link_incidents(made)
    seconds = time.perf_counter() - began - made.seconds
    cpu_seconds = time.process_time() - cpu_began - made.cpu_seconds
    precision, recall = b_cubed(linked, made.truth)
    figures = {
        "claims": len(made.truth),
        "reports": made.reports,
        "incidents": len(linked),
        "seconds": seconds,
        "cpu_seconds": cpu_seconds,
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / (precision + recall),
    }
    print(json.dumps(figures))


class Made:
    """Readings made one by one as they are asked for, with the time that takes and the truth about them."""

    def __init__(self, incidents: int) -> None:
        """Prepare the coverage of so many incidents."""
        self.truth: dict[str, int] = {}
        self.seconds, self.cpu_seconds = 0.0, 0.0
        self.reports = 0
        self._incidents = incidents

    def __iter__(self) -> Iterator[Reading]:
        """Give the readings."""
        made = coverage(self._incidents)
        while True:
            began, cpu_began = time.perf_counter(), time.process_time()
            told = next(made, None)
            if told is not None:
                self.truth |= told.truth
                self.reports += 1
            self.seconds += time.perf_counter() - began
            self.cpu_seconds += time.process_time() - cpu_began
            if told is None:
                return
            yield told.reading


def b_cubed(incidents: Iterable[Incident], truth: dict[str, int]) -> tuple[float, float]:
    """B3 precision and recall over the claims that were linked."""
    pairs = Counter((index, truth[claim]) for index, one in enumerate(incidents) for claim in one.claims)
    found: Counter[int] = Counter()
    real: Counter[int] = Counter()
    for (index, event), number in pairs.items():
        found[index] += number
        real[event] += number
    total = sum(pairs.values())
    precision = sum(number * number / found[index] for (index, _), number in pairs.items()) / total
    recall = sum(number * number / real[event] for (_, event), number in pairs.items()) / total
    return precision, recall


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(int(sys.argv[2]))
    elif sys.argv[1:] == ["--day"]:
        day()
    else:
        main([int(amount) for amount in sys.argv[1:]] or AMOUNTS)
