"""The words of ``times.yaml``, with the patterns built from them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from importlib import resources
from typing import Literal, cast

import yaml

Bound = Literal["at", "around", "by", "until", "before", "since", "after"]

_WORD = re.compile(r"(?<![\w@#/])(?:\d|[A-Za-z]+)")
_DAY = r"[0-3]?\d"
_YEAR = r"(?:19|20)\d\d"
_OPENERS = "the these last past previous recent at around by in during after before overnight".split()
"""First words that the core pattern names itself."""
_WHICH = {"last": -1, "past": -1, "previous": -1, "this": 0, "the current": 0, "next": 1, "the coming": 1, "coming": 1}


class TimeWords:
    """Lookups and compiled patterns over the words of time."""

    def __init__(self, data: dict[str, dict[object, object]]) -> None:
        self._months = _index(data["months"])
        self._weekdays = _index(data["weekdays"])
        self._numbers = {str(word): int(str(value)) for word, value in data["numbers"].items()}
        self._vague = [str(word) for word in cast("list[str]", data["vague_numbers"])]
        self._units = {str(word): str(unit) for word, unit in data["units"].items()}
        self.seasons = {str(name): cast("list[int]", ends) for name, ends in data["seasons"].items()}
        self.deictic = _offsets(data["deictic"])
        self.anaphoric = _offsets(data["anaphoric"])
        self.dayparts = {str(word): bool(late) for word, late in data["dayparts"].items()}
        self.phases = {str(word): cast("list[int]", ends) for word, ends in data["phases"].items()}
        self._bounds = {
            word: str(bound) for bound, listed in data["bounds"].items() for word in cast("list[str]", listed)
        }
        self._now = [str(word) for word in cast("list[str]", data["now"])]
        self._compile()

    def month(self, said: str, *, beside_number: bool = False) -> int | None:
        """The month of a name that is capitalised as months are, or that stands beside the number of a day or year."""
        return self._months.get(said.lower().rstrip(".")) if beside_number or said[:1].isupper() else None

    def weekday(self, said: str) -> int:
        """The weekday of a name, Monday being 0."""
        return self._weekdays[said.lower()]

    def which(self, said: str | None) -> int | None:
        """-1 for "last", 0 for "this", 1 for "next"."""
        return _WHICH[" ".join(said.lower().split())] if said else None

    def unit(self, said: str) -> str:
        """The unit of a word, plural or not."""
        return self._units[said.lower().removesuffix("s")]

    def number(self, said: str) -> int | None:
        """A number in words or digits; ``None`` for a vague one."""
        word = said.lower()
        if word.isdigit():
            return int(word)
        tens, _, ones = word.partition("-")
        known = self._numbers.get(tens)
        return known + self._numbers[ones] if known is not None and ones else known

    def part_in(self, said: str) -> str | None:
        """The part of the day that an expression names, if any."""
        return next((part for part in self.dayparts if said.endswith(part)), None)

    def phase_of(self, said: str) -> str | None:
        """The part of a month or year that a modifier names."""
        word = said.removeprefix("very ").rstrip("-")
        return word if word in self.phases else None

    def bound(self, said: str | None, *, near: bool) -> Bound:
        """What a preposition makes of the time after it."""
        bound = self._bounds.get(said or "", "at")
        return cast("Bound", "around" if near and bound == "at" else bound)

    def runs_past_midnight(self, part: str | None) -> bool:
        """Whether a part of the day may end on the next day."""
        return self.dayparts.get(part or "", False)

    def _compile(self) -> None:
        month = rf"(?:{_any(self._months)}(?:(?<=\b\w\w\w)\.|(?<=\bSept)\.)?)"
        weekday = _any(self._weekdays)
        part = _any(self.dayparts)
        which = _any(_WHICH)
        unit = _any(self._units) + "s?"
        tens = _any(word for word, value in self._numbers.items() if value >= 20)
        ones = _any(word for word, value in self._numbers.items() if value < 10 and word not in {"a", "an"})
        number = rf"(?:\d{{1,3}}|{tens}-{ones}|{_any([*self._numbers, *self._vague])})"
        season = _any(self.seasons)
        th = r"(?:st|nd|rd|th)?"
        to = r"\s*(?:-|–|—|/|\bto\b|\band\b|\bor\b)\s*"
        alternatives = (
            rf"(?P<iso>{_YEAR}-\d\d-\d\d(?:T[\d:.]+Z?)?)(?!\d)",
            rf"(?P<numeric>\d{{1,2}}[/.]\d{{1,2}}[/.]{_YEAR})(?!\d)",
            (
                rf"(?P<dm>(?P<dm_day>{_DAY}){th}(?:{to}(?P<dm_to>{_DAY}){th})?\s+(?:of\s+)?(?P<dm_month>{month})"
                rf"(?![A-Za-z])(?:,?\s+(?P<dm_year>{_YEAR})(?!\d))?)"
            ),
            (
                rf"(?P<md>(?P<md_month>{month})\s+(?P<md_day>{_DAY}){th}(?!\d|:\d)(?:{to}(?P<md_to>{_DAY}){th}(?!\d|:\d))?"
                rf"(?:,?\s+(?P<md_year>{_YEAR})(?!\d))?)"
            ),
            rf"(?P<my>(?P<my_month>{month}),?\s+(?:of\s+)?(?P<my_year>{_YEAR})(?!\d))",
            rf"(?P<se>(?:(?P<se_which>{which})\s+)?(?P<se_name>{season})\b(?:,?\s+(?:of\s+)?(?P<se_year>{_YEAR}))?)",
            rf"(?P<deictic>{_any(self.deictic)})\b",
            rf"(?P<anaphoric>{_any(self.anaphoric)})\b",
            (
                rf"(?P<wd>(?:(?P<wd_which>{which})\s+)?(?P<wd_name>{weekday})(?![A-Za-z])"
                rf"(?:[’']s)?(?:\s+(?:late\s+|early\s+)?(?P<wd_part>{part}))?"
                rf"(?:\s+of\s+(?:the\s+)?(?P<wd_week>{which})\s+week\b)?)"
            ),
            rf"(?P<pa>(?:(?:the|these)\s+)?(?:last|past|previous)\s+(?P<pa_number>{number})\s+(?P<pa_unit>{unit})\b)",
            rf"(?P<re>recent\s+(?P<re_unit>{unit})\b)",
            rf"(?P<wh>(?:the\s+)?(?P<wh_which>{which})\s+(?P<wh_unit>{unit})\b)",
            (
                rf"(?P<di>(?:(?P<di_number>{number})\s+)?(?P<di_unit>{unit})\s+(?P<di_mid>(?:today|to\s+the\s+day)\s+)?"
                rf"(?P<di_way>ago|earlier|before|previously|later|afterwards|after|since)\b"
                r"(?P<di_day>\s+(?:today|on\s+this\s+day|to\s+the\s+day))?"
                rf"(?:(?<=\bago)\s+(?:on\s+|this\s+|last\s+)?(?P<di_weekday>{weekday})(?![A-Za-z]|,?\s+(?:\d|{month})))?)"
            ),
            rf"(?P<now>{_any(self._now)})\b",
            rf"(?P<mo>(?:(?P<mo_which>{which})\s+)?(?P<mo_name>{month})(?![A-Za-z]))",
            (
                rf"(?P<daypart>(?:(?:at|around|by|in\s+the|during\s+the|after|before)\s+(?:early\s+|late\s+)?(?:{part}))"
                r"|overnight)\b"
            ),
            rf"(?P<year>{_YEAR})(?![\w]|[,.]\d|\s*%)",
        )
        self.core = re.compile(r"(?<![\w@#/])(?:" + "|".join(alternatives) + ")", re.IGNORECASE)
        self.gap = re.compile(
            r"\s*(?P<join>-|–|—|to|and|until|till|through)\s*(?:around\s+|about\s+|late\s+|early\s+)?(?:the\s+)?",
            re.IGNORECASE,
        )
        self.opening = re.compile(
            r"\b(?P<open>between|from)\s+(?:around\s+|about\s+|late\s+|early\s+|mid-?\s*)?(?:the\s+)?$", re.IGNORECASE
        )
        self.apposition = re.compile(r"[\s,]*\(?\s*(?:the\s+)?", re.IGNORECASE)
        self.lead = self._lead(part)
        self.trail = re.compile(rf"\s+(?:late\s+|early\s+)?(?P<part>{part})\b", re.IGNORECASE)

    def cores(self, text: str) -> Iterator[re.Match[str]]:
        """Where the core pattern matches, tried only at numbers and at words that may open it: most words do not."""
        end = 0
        for word in _WORD.finditer(text):
            match = self.core.match(text, word.start()) if word.start() >= end and self._may_open(text, word) else None
            if match:
                end = match.end()
                yield match

    def _may_open(self, text: str, word: re.Match[str]) -> bool:
        said = word[0].lower()
        if said == "the":
            return self._behind_the.match(text, word.end()) is not None
        return said in self._openers or said.isdigit()

    @cached_property
    def _openers(self) -> frozenset[str]:
        """The first words of what the core pattern matches, numbers in digits left out."""
        listed = (
            *self._months, *self._weekdays, *_WHICH, *self._units, *(f"{unit}s" for unit in self._units),
            *self._numbers, *self._vague, *self.seasons, *self.deictic, *self.anaphoric, *self._now, *_OPENERS,
        )  # fmt: skip
        return frozenset(re.split(r"[^A-Za-z]", said.lower(), maxsplit=1)[0] for said in listed)

    @cached_property
    def _behind_the(self) -> re.Pattern[str]:
        behind = {said.split()[1] for said in (*self.deictic, *self.anaphoric) if said.startswith("the ")}
        return re.compile(r"\s+" + _any(behind.union(*(said.split() for said in _WHICH))), re.IGNORECASE)

    def _lead(self, part: str) -> re.Pattern[str]:
        """What may stand before a date: preposition, "around", "the night of", "late"."""
        phase = _any(self.phases)
        pieces = (
            rf"(?:\b(?P<bound>{_any([*self._bounds, 'between'])})\s+)?",
            r"(?:\b(?P<near>around|about|approximately|circa)\s+)?(?:(?:the|a)\s+)?",
            rf"(?:\b(?:(?P<phase_of>(?:very\s+)?{phase})|(?:late\s+)?(?P<part>{part}))\s+(?:of|on)\s+(?:the\s+)?)?",
            rf"(?:\b(?P<phase>{phase})(?:\s+(?:on|in))?(?:\s+|-|\s*-\s*))?(?:\bthe\s+)?$",
        )
        return re.compile("".join(pieces), re.IGNORECASE)


@cache
def load_time_words() -> TimeWords:
    """Load ``times.yaml`` once."""
    text = resources.files("according.vocabulary").joinpath("times.yaml").read_text(encoding="utf-8")
    return TimeWords(yaml.safe_load(text))


def _index(table: dict[object, object]) -> dict[str, int]:
    return {str(word).lower(): int(str(key)) for key, words in table.items() for word in cast("list[str]", words)}


def _offsets(table: dict[object, object]) -> dict[str, tuple[str, int]]:
    return {str(said): (str(pair[0]), int(pair[1])) for said, pair in cast("dict[object, list[str]]", table).items()}


def _any(words: Iterable[object]) -> str:
    """An alternation of literal words, longest first, any white space between the words of a phrase."""
    ordered = sorted((str(word) for word in words), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(r"\s+".join(re.escape(piece) for piece in word.split()) for word in ordered) + ")"
