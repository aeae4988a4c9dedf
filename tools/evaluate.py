"""Every scorer over all its gold, against the floors: `make evaluate`.

Writes docs/quality.md. Exits 1 if a floor is undercut, 2 if the gold is missing or is not what the floors were taken
on. `--raise` lifts the floors to what was reached; `--lower` takes them anew, lower ones included, and is the only way
down.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

from msgspec.structs import replace

from according.errors import UsageError
from according.evaluate.quality import quality_page
from according.evaluate.ratchet import (
    Floors,
    check_gold,
    digest_of,
    load_floors,
    measure,
    measure_sample,
    moved,
    undercuts,
    write_floors,
)
from according.evaluate.scores import Scores

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT.parent / "shared" / "gold"
PAGE = ROOT / "docs" / "quality.md"
NICENESS = 10


def main() -> int:
    """Score the sets one after the other, compare, and write what was asked for."""
    options = parse()
    os.nice(NICENESS)
    floors = load_floors()
    chosen = options.sets or list(floors)
    try:
        for name in chosen if not options.lower else []:
            check_gold(name, floors[name], options.gold)
    except (UsageError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    scores = {name: run(name, floors[name], options.gold) for name in chosen}
    wrong = [each for name in chosen for each in undercuts(scores[name], floors[name].full)]
    if options.lower or options.lift:
        for name in chosen:
            floors[name] = with_floors(name, floors[name], scores[name], options)
        write_floors(floors)
    if not options.sets:
        PAGE.write_text(quality_page(scores, floors), encoding="utf-8")
        print(f"{PAGE.relative_to(ROOT)} written")
    for each in wrong:
        print(f"{'lowered: ' if options.lower else ''}{each}", file=sys.stderr)
    return 1 if wrong and not options.lower else 0


def parse() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", metavar="SET", help="only these sets; the page is then not written")
    parser.add_argument("--gold", type=Path, default=GOLD, help="the folder of gold (default: ../shared/gold)")
    parser.add_argument("--raise", dest="lift", action="store_true", help="lift the floors to what was reached")
    parser.add_argument("--lower", action="store_true", help="take the floors anew, lower ones included")
    return parser.parse_args()


def run(name: str, floors: Floors, gold: Path) -> Scores:
    """Score one set in full and print its pinned measures."""
    began = time.perf_counter()
    scores = measure(name, gold / (floors.gold or ""))
    pinned = ", ".join(f"{each} {scores.measures.get(each, 0.0):.3f}" for each in floors.measures)
    print(f"{name}: {pinned} ({time.perf_counter() - began:.0f} s)", flush=True)
    if not scores.measures:
        print("; ".join(scores.errors), file=sys.stderr)
    return scores


def with_floors(name: str, floors: Floors, scores: Scores, options: argparse.Namespace) -> Floors:
    """The set's floors moved to what was reached, in full and on the sample that tests read."""
    full = moved(floors, scores, "full", lower=options.lower)
    if floors.gold is None:
        return replace(floors, full=full)
    with tempfile.TemporaryDirectory() as work:
        sample = measure_sample(name, floors, options.gold, Path(work))
    return replace(
        floors,
        digest=digest_of(floors, options.gold),
        full=full,
        sample=moved(floors, sample, "sample", lower=options.lower),
    )


if __name__ == "__main__":
    sys.exit(main())
