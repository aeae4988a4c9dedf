"""The ratchet: floors under the scores, each with a digest of the gold it was taken on.

``floors.yaml`` holds for each set where its gold lies, the digest, and floors for the full gold and for a fixed sample
of it (every so many lines) that tests can afford. A measure that ends in ``_km`` has a ceiling instead. A reader that
crashes on an item misses it; gold that is not in the scorer's form scores nothing, and so undercuts all its floors.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Literal

import msgspec

from according.errors import UsageError
from according.evaluate.scores import Scorer, Scores

FLOORS = Path(__file__).with_name("floors.yaml")
HEADER = """\
# Floors under the scores: `tools/evaluate.py --raise` lifts them, `--lower` is the only way to lower one.
# `every`: the sample that tests read is every so many lines of the gold; `beside`: files that belong to it.
"""
DECIMALS = 1000
Extent = Literal["full", "sample"]


class Floors(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The floors of one set; ``gold`` and ``beside`` are paths within the folder of gold.

    A set without ``gold`` is measured on texts of our own, in full only.
    """

    gold: str | None = None
    beside: tuple[str, ...] = ()
    digest: str = ""
    every: int = 1
    measures: tuple[str, ...]
    full: dict[str, float] = {}
    sample: dict[str, float] = {}


class Undercut(msgspec.Struct, frozen=True):
    """A measure that is worse than its floor (or ceiling)."""

    set: str
    measure: str
    floor: float
    value: float

    def __str__(self) -> str:
        return f"{self.set}: {self.measure} is {self.value:.3f}, its floor is {self.floor:.3f}"


def load_floors(path: Path = FLOORS) -> dict[str, Floors]:
    """The floors by set."""
    return msgspec.yaml.decode(path.read_bytes(), type=dict[str, Floors])


def write_floors(floors: Mapping[str, Floors], path: Path = FLOORS) -> None:
    """Write the floors, so that a change shows as one line a measure in the diff."""
    path.write_text(HEADER + msgspec.yaml.encode(dict(floors)).decode("utf-8"), encoding="utf-8")


def digest_of(floors: Floors, folder: Path) -> str:
    """The digest of a set's gold as it lies in ``folder``."""
    digest = hashlib.sha256()
    for name in filter(None, (floors.gold, *floors.beside)):
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()


def check_gold(name: str, floors: Floors, folder: Path) -> None:
    """Refuse to compare with floors that were taken on other gold."""
    if floors.digest and digest_of(floors, folder) != floors.digest:
        raise UsageError(
            f"{name}: {floors.gold} in {folder} is not the gold its floors were taken on; "
            "look at the difference, then take the floors anew with tools/evaluate.py --lower"
        )


def measure(name: str, gold: Path) -> Scores:
    """The scores of a set; gold that is not in the scorer's form scores nothing, and the error says why."""
    scorer: Scorer = import_module(f"according.evaluate.{name}").score
    try:
        return scorer(gold)
    except UsageError as error:
        return Scores(set=name, measures={}, support={}, errors=(str(error),))


def measure_sample(name: str, floors: Floors, folder: Path, work: Path) -> Scores:
    """The scores on every so many lines of a set's gold, written with the files beside it to ``work``."""
    return measure(name, write_sample(floors, folder, work))


def write_sample(floors: Floors, folder: Path, work: Path) -> Path:
    """Write the sample of a set's gold, and link the files that belong to it; give its path."""
    gold = folder / (floors.gold or "")
    lines = [line for line in gold.read_bytes().splitlines() if line.strip()]
    sample = work / gold.name
    sample.write_bytes(b"\n".join(lines[:: floors.every]) + b"\n")
    for name in floors.beside:
        (work / Path(name).name).symlink_to((folder / name).resolve())
    return sample


def undercuts(scores: Scores, floors: Mapping[str, float]) -> Iterator[Undercut]:
    """Every floor that the scores lie under; a measure that is not there counts as the worst there is."""
    for name, floor in floors.items():
        value = value_of(scores, name)
        if _is_worse(name, value, floor):
            yield Undercut(scores.set, name, floor, value)


def value_of(scores: Scores, name: str) -> float:
    """A measure's value, or the worst there is."""
    return scores.measures.get(name, math.inf if is_distance(name) else 0.0)


def is_distance(name: str) -> bool:
    """Whether less is better."""
    return name.endswith("_km")


def _is_worse(name: str, value: float, than: float) -> bool:
    return value > than if is_distance(name) else value < than


def moved(floors: Floors, scores: Scores, extent: Extent, *, lower: bool) -> dict[str, float]:
    """The floors of one extent after a run: lifted to what was reached, and lowered only when asked to."""
    old: dict[str, float] = getattr(floors, extent)
    new = {}
    for name in floors.measures:
        reached = _cut(name, value_of(scores, name))
        kept = old.get(name)
        new[name] = reached if lower or kept is None or _is_worse(name, kept, reached) else kept
    return new


def _cut(name: str, value: float) -> float:
    """A value to three decimals, on the safe side."""
    if math.isinf(value):
        return value
    return (math.ceil(value * DECIMALS) if is_distance(name) else math.floor(value * DECIMALS)) / DECIMALS
