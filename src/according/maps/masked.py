"""A report's words with names of places and people blotted out, and where everything else in it has moved."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from according.maps.coarse import is_finer
from according.records import PlacePrecision, Reading, Span
from according.vocabulary import load_vocabulary

PLACE, NAME = "[place withheld]", "[name withheld]"
LEAST_PART = 3
"""Letters that a part of a name has at least to be hidden by itself."""
Stretch = tuple[int, int, str]
Hidden = tuple[tuple[str, str], ...]
"""Words that are hidden, each with the mark that stands for them, in the order in which they are looked for."""


class Masked:
    """The masked text of a report."""

    def __init__(
        self, original: str, stretches: Sequence[Stretch], patterns: Sequence[tuple[re.Pattern[str], str]]
    ) -> None:
        """Blot out the stretches of the text, which do not overlap; ``patterns`` also where else these words stand."""
        self._stretches = stretches
        self._patterns = patterns
        pieces: list[str] = []
        self._moves: list[tuple[int, int]] = [(0, 0)]
        done = moved = 0
        for start, end, mark in stretches:
            pieces += [original[done:start], mark]
            moved += len(mark) - (end - start)
            done = end
            self._moves.append((end, moved))
        self.text = "".join([*pieces, original[done:]])

    def moved(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the original now lies, grown over the marks that it touches."""
        for first, last, _ in self._stretches:
            if first < end and start < last:
                start, end = min(start, first), max(end, last)
        return self._at(start), self._at(end)

    def cut(self, span: Span) -> Span:
        """A span of the original, cut out of the masked text."""
        return Span.cut(self.text, *self.moved(span.start, span.end))

    def words(self, said: str | None) -> str | None:
        """Words from beside the text (a title, a name) with the same names blotted out."""
        return None if said is None else _without(said, self._patterns)

    def _at(self, place: int) -> int:
        return place + self._moves[bisect_right(self._moves, place, key=lambda move: move[0]) - 1][1]


def masked(reading: Reading, level: PlacePrecision | None, names: Iterable[str]) -> Masked:
    """A report's text without places finer than a level and without names, each also where it stands once more."""
    text = reading.report.text
    places = [(start, end, PLACE) for start, end in _places(reading, level)] if level else []
    told = [_pattern(word, mark) for word, mark in _hidden(reading, level, names, places)]
    again = [(one.start(), one.end(), mark) for pattern, mark in told for one in pattern.finditer(text)]
    return Masked(text, list(_apart([*places, *again])), told)


def hidden_words(reading: Reading, level: PlacePrecision | None, names: Iterable[str]) -> Hidden:
    """All words that are hidden of a report, to be blotted out of what is written about it."""
    places = [(start, end, PLACE) for start, end in _places(reading, level)] if level else []
    return tuple(_hidden(reading, level, names, places))


def blotted(said: str, hidden: Hidden) -> str:
    """Words written about a report (a headline, a comment) without those that are hidden of it."""
    return _without(said, _patterns(hidden)) if hidden else said


def _hidden(
    reading: Reading, level: PlacePrecision | None, names: Iterable[str], places: Sequence[Stretch]
) -> Iterator[tuple[str, str]]:
    yield from ((name, NAME) for said in names for name in _forms(said))
    if level is not None:
        text = reading.report.text
        beside = [word for _, _, word in _spotted(" \n".join(_beside(reading)), level)]
        words = {text[start:end] for start, end, _ in places} | _named(reading, level) | set(beside)
        yield from ((word, PLACE) for word in sorted(words, key=lambda word: (-len(word), word)) if word.strip())


def _without(said: str, patterns: Iterable[tuple[re.Pattern[str], str]]) -> str:
    for pattern, mark in patterns:
        said = pattern.sub(mark, said)
    return said


@lru_cache(maxsize=256)
def _patterns(hidden: Hidden) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(_pattern(word, mark) for word, mark in hidden)


def _places(reading: Reading, level: PlacePrecision) -> Iterator[tuple[int, int]]:
    """Where a text speaks of places that are finer than a level, or of none that is known."""
    fine = {one.claim: one for one in reading.resolutions if one.role == "place"}
    for one in fine.values():
        if one.span and (one.place is None or is_finer(one.place.precision, level)):
            yield one.span.start, one.span.end
    for claim in reading.claims:
        known = fine.get(claim.id)
        if claim.place and (known is None or known.place is None or is_finer(known.place.precision, level)):
            yield claim.place.start, claim.place.end
    yield from ((start, end) for start, end, _ in _spotted(reading.report.text, level))


def _spotted(text: str, level: PlacePrecision) -> Iterator[tuple[int, int, str]]:
    """Names of the gazetteer that likeliest mean a place finer than a level."""
    gazetteer = load_vocabulary().gazetteer
    for mention in gazetteer.spot(text):
        place = gazetteer.get(mention.ids[0]) if mention.ids else None
        if place is not None and is_finer(place.precision, level):
            yield mention.start, mention.end, mention.text


def _named(reading: Reading, level: PlacePrecision) -> set[str]:
    """What places that are too fine are called, whether or not the text calls them so."""
    fine = [one for one in reading.resolutions if one.place and is_finer(one.place.precision, level)]
    return {name for one in fine for name in (one.name, one.place.name if one.place else None) if name}


def _beside(reading: Reading) -> Iterator[str]:
    """The words of a report that stand beside its text."""
    report = reading.report
    yield from filter(None, (report.title, report.source, report.author))


def _forms(name: str) -> list[str]:
    """A name and its parts, the longest first."""
    parts = [part for part in re.split(r"[\s\-–]+", name) if len(part) >= LEAST_PART]
    return sorted(dict.fromkeys(filter(None, (name.strip(), *parts))), key=len, reverse=True)


def _pattern(words: str, mark: str) -> tuple[re.Pattern[str], str]:
    """Words as a whole, in any case, with any white space between them."""
    inside = r"\s+".join(re.escape(word) for word in words.split())
    return re.compile(rf"(?<!\w){inside}(?!\w)", re.IGNORECASE), mark


def _apart(stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    """Stretches in their order, those that overlap made one under the mark of the first."""
    current: Stretch | None = None
    for start, end, mark in sorted(stretches):
        if current is not None and start < current[1]:
            current = (current[0], max(end, current[1]), current[2])
            continue
        if current is not None:
            yield current
        current = (start, end, mark)
    if current is not None:
        yield current
