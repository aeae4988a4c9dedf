"""Words that show who is behind a report: several sources or one, verdicts, doers nobody names."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

import msgspec

from according.vocabulary.written import openers, written


class SourcingWords(msgspec.Struct, frozen=True, kw_only=True):
    """Word lists of ``sourcing.yaml``."""

    plural: tuple[str, ...]
    alone: tuple[str, ...]
    sole: tuple[str, ...]
    rejected: tuple[str, ...]
    accepted: tuple[str, ...]
    harm_accepted: tuple[str, ...]
    unknown: tuple[str, ...]
    nobody: tuple[str, ...]
    doers: tuple[str, ...]
    spoken_for: tuple[str, ...]
    anybody: tuple[str, ...]
    earlier: tuple[str, ...]
    later: tuple[str, ...]
    first_count: tuple[str, ...]
    admitting: tuple[str, ...]
    doubting: tuple[str, ...]
    inquiring: tuple[str, ...]
    other_event: tuple[str, ...]
    military_targets: tuple[str, ...]


@cache
def load_sourcing() -> SourcingWords:
    """Load and validate ``sourcing.yaml``."""
    content = resources.files("according.vocabulary").joinpath("sourcing.yaml").read_bytes()
    return msgspec.yaml.decode(content, type=SourcingWords)


@cache
def _pattern(which: str) -> re.Pattern[str]:
    words = sorted(getattr(load_sourcing(), which), key=lambda word: (-len(word), word))
    return re.compile(
        r"\b(?:" + "|".join(r"\s+".join(map(re.escape, word.split())) for word in words) + r")\b", re.IGNORECASE
    )


@cache
def _openers(which: str) -> frozenset[str]:
    return openers(getattr(load_sourcing(), which))


def says(text: str, which: str) -> bool:
    """Whether a text has a word of the list, which goes by its name in ``sourcing.yaml`` ("plural", "doers")."""
    return find(text, which) is not None


def opens(text: str, which: str) -> bool:
    """Whether a text begins with a word of the list."""
    return _pattern(which).match(text) is not None


def last(text: str, which: str) -> int:
    """Where a text last has a word of the list, or -1."""
    return max((found.start() for found in _pattern(which).finditer(text)), default=-1)


def find(text: str, which: str) -> tuple[int, int] | None:
    """Where a text first has a word of the list."""
    if _openers(which).isdisjoint(written(text)):
        return None
    found = _pattern(which).search(text)
    return found.span() if found else None


_ONE_PLACE_ALONE = re.compile(
    r"\b(?:in|of|at|from)\s+(?:the\s+)?[A-Z][\w'’-]+(?:[\s-][A-Z][\w'’-]+)*\s+alone\b|"
    r"\b(?:in|of|at|from) (?:that|this|one) (?:village|town|street|camp|building|house|place|hospital) alone\b"
)


def of_one_place_alone(text: str) -> str | None:
    """The words that set a number for one place apart from the whole ("in Osk alone"), where there are any."""
    found = _ONE_PLACE_ALONE.search(text)
    return found[0] if found else None
