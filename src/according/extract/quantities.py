"""Counts in a sentence: numbers, number words and vague words, read as inclusive bounds by a named rule.

Rules: ``exact``, ``at_least``, ``more_than``, ``up_to``, ``fewer_than``, ``about`` (a tenth either way), ``nearly`` (up
to a tenth less), ``range``, ``none``, and for vague words the word itself ("dozens", "several"). "Up to 12" is open
below: it promises no floor.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import msgspec

from according.vocabulary.quantities import CountWords, load_count_words

_DIGITS = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?$")
_JOINED_RANGE = re.compile(r"(\d+)[-–—](\d+)$")
_LONGEST_PHRASE = 5
_YEARS = range(1900, 2100)
AGED = frozenset(["aged", "ages", "age"])
_DASHES = frozenset("-–—")
_PERHAPS = frozenset(["possibly", "perhaps", "maybe", "probably"])


class Count(msgspec.Struct, frozen=True):
    """A count at tokens ``[first, last)`` of a sentence; ``core`` is where its number begins, behind its modifiers."""

    first: int
    last: int
    core: int
    low: int | None
    high: int | None
    rule: str

    @property
    def vague(self) -> bool:
        """Whether the words give no number ("dozens", "several")."""
        return load_count_words().acled_figure(self.rule) is not None


class _Number(msgspec.Struct, frozen=True):
    """A bare number at tokens ``[first, last)``: a value, or for vague words a floor."""

    first: int
    last: int
    low: int
    high: int | None
    rule: str = "exact"


def read_counts(words: Sequence[str]) -> list[Count]:
    """All counts in a sentence's words, in order; dates, hours, distances, ages and the like are left out."""
    reader = _Reader(words, load_count_words())
    return list(reader.counts())


def bounds(rule: str, value: int) -> tuple[int | None, int | None]:
    """Inclusive bounds of a value under a rule."""
    slack = max(1, round(value / 10))
    by_rule: dict[str, tuple[int | None, int | None]] = {
        "at_least": (value, None),
        "more_than": (value + 1, None),
        "up_to": (None, value),
        "fewer_than": (None, value - 1),
        "nearly": (max(value - slack, 0), value),
        "about": (max(value - slack, 0), value + slack),
    }
    return by_rule.get(rule, (value, value))


@cache
def _openings() -> frozenset[str]:
    """Every word that a count may begin with, numbers in digits aside: most words are passed over at once."""
    known = load_count_words()
    phrases = [*known.rules_before, *known.vague_phrases, *known.none_phrases, *known.fixed_phrases]
    return frozenset(["a", "an", "(", *known.vague_units, *known.numbers, *(phrase[0] for phrase in phrases)])


class _Reader:
    """Reads the counts of one sentence's lower-cased words."""

    def __init__(self, words: Sequence[str], known: CountWords) -> None:
        self.written = words
        self.words = [word.lower() for word in words]
        self.known = known

    def counts(self) -> Iterator[Count]:
        at, openings = 0, _openings()
        while at < len(self.words):
            opens = self.words[at] in openings or self.words[at][:1].isdecimal()
            count = self._count_at(at) if opens else None
            if count is None:
                at += 1
            else:
                yield (count := self._bounded(count))
                at = count.last

    def _bounded(self, count: Count) -> Count:
        """As in "No fewer than 13 and up to 46": two one-sided counts that bound one number."""
        joined = self._word(count.last) in ("and", "but", "to", "or")
        other = self._count_at(count.last + 1) if joined and count.rule in ("at_least", "more_than") else None
        if other is None or other.rule != "up_to" or (other.high or 0) < (count.low or 0):
            return count
        return Count(count.first, other.last, count.core, count.low, other.high, "range")

    def _count_at(self, at: int) -> Count | None:
        first, core, rule = at, *self._modifier(at)
        number = self._number(core) or (self._none(at) if core == at else None)
        if number is None:
            core, rule, number = at, None, self._number(at)
        if number is None or not self._is_count(number) or self._is_range_of_units(number, first):
            return None
        if rule == "up_to" and self._word(first - 1) in self.known.rising:
            rule = None
        number = self._range(number, first)
        if number.rule == "range" and first > 0 and self.words[first - 1] in ("between", "from"):
            first -= 1
        last, after = self._suffix(number.last)
        low, high, name = self._read(number, rule, after)
        return Count(first, last, number.first, low, high, name)

    def _read(self, number: _Number, before: str | None, after: str | None) -> tuple[int | None, int | None, str]:
        if number.rule != "exact":
            return number.low, number.high, number.rule
        rule = after or before or "exact"
        low, high = bounds(rule, number.low)
        return low, high, rule

    def _modifier(self, at: int) -> tuple[int, str | None]:
        """Where the number behind the modifiers at ``at`` begins, and the rule that the strongest of them makes."""
        rule: str | None = None
        start = at
        while (found := self._match(self.known.rules_before, start)) is not None:
            length, new = found
            rule = new if rule in (None, "exact") else rule
            start += length
        return start, rule

    def _suffix(self, at: int) -> tuple[int, str | None]:
        found = self._match(self.known.rules_after, at)
        return (at, None) if found is None else (at + found[0], found[1])

    def _match(self, phrases: Mapping[tuple[str, ...], str], at: int) -> tuple[int, str] | None:
        for length in range(min(_LONGEST_PHRASE, len(self.words) - at), 0, -1):
            rule = phrases.get(tuple(self.words[at : at + length]))
            if rule is not None:
                return length, rule
        return None

    def _none(self, at: int) -> _Number | None:
        for length in range(min(3, len(self.words) - at), 0, -1):
            if tuple(self.words[at : at + length]) in self.known.none_phrases:
                return _Number(at, at + length, 0, 0, "none")
        return None

    def _number(self, at: int) -> _Number | None:
        return self._vague(at) or self._fixed(at) or self._joined(at) or self._cardinal(at)

    def _vague(self, at: int) -> _Number | None:
        for length in range(min(_LONGEST_PHRASE, len(self.words) - at), 0, -1):
            phrase = tuple(self.words[at : at + length])
            if phrase in self.known.vague_phrases and self._word(at - 1) != "how":
                return self._vague_number(at, length, self.known.vague_phrases[phrase].low, " ".join(phrase))
        return self._vague_unit(at)

    def _vague_number(self, at: int, length: int, low: int, rule: str) -> _Number:
        """A vague word, perhaps before a unit: "several dozen" is that many dozens or more."""
        unit = self._word(at + length)
        if unit in self.known.multipliers:
            return _Number(at, at + length + 1, low * self.known.multipliers[unit], None, rule)
        return _Number(at, at + length, low, None, rule)

    def _vague_unit(self, at: int) -> _Number | None:
        floor = self.known.vague_units.get(self._word(at))
        if floor is None:
            return None
        scale = self.known.vague_units.get(self._word(at + 2)) if self._word(at + 1) == "of" else None
        if scale is None:
            return _Number(at, at + 1, floor.low, None, self.words[at])
        return _Number(at, at + 3, floor.low * scale.low // 2, None, self.words[at + 2])

    def _fixed(self, at: int) -> _Number | None:
        for length in range(min(3, len(self.words) - at), 0, -1):
            value = self.known.fixed_phrases.get(tuple(self.words[at : at + length]))
            if value is not None:
                return _Number(at, at + length, value, value)
        return None

    def _joined(self, at: int) -> _Number | None:
        match = _JOINED_RANGE.match(self._word(at))
        if match is None or int(match[1]) >= int(match[2]):
            return None
        return _Number(at, at + 1, int(match[1]), int(match[2]), "range")

    def _cardinal(self, at: int) -> _Number | None:
        """A number in digits or words: "17,000", "1.2 million", "twenty-five", "two hundred and six", "a dozen"."""
        bracketed = self._bracketed(at)
        if bracketed is not None:
            return bracketed
        total, end = 0.0, at
        if self._word(at) in ("a", "an") and self._word(at + 1) in self.known.multipliers:
            total, end = 1.0, at + 1
        while end < len(self.words):
            step = self._step(end, total, started=end > at)
            if step is None:
                break
            total, end = step
        if end == at:
            return None
        return _Number(at, end, int(total), int(total))

    def _bracketed(self, at: int) -> _Number | None:
        """As in "Rose to (31) people", "killed 1 400 people": digits set off in ways that tokens part."""
        one, two, three = (self._word(at + n) for n in range(3))
        if one == "(" and three == ")" and two.isdecimal() and self._word(at - 1).isalpha():
            named = at > 0 and self.written[at - 1][:1].isupper()
            return None if named or not self._word(at + 3).isalpha() else _Number(at, at + 3, int(two), int(two))
        grouped = one.isdecimal() and len(one) <= 3 and one[0] != "0" and len(two) == 3 and two.isdecimal()
        return _Number(at, at + 2, int(one + two), int(one + two)) if grouped and three.isalpha() else None

    def _step(self, at: int, total: float, *, started: bool) -> tuple[float, int] | None:
        word = self._word(at)
        if started and word in self.known.multipliers:
            return _scaled(total, self.known.multipliers[word]), at + 1
        if started and (word in _DASHES or word == "and"):
            unit = self.known.numbers.get(self._word(at + 1))
            joins = (total % 100 == 0 if word == "and" else total % 10 == 0) and total >= 20
            return (total + unit, at + 2) if unit and joins else None
        if word in self.known.numbers:
            value = self.known.numbers[word]
            fits = not started or (total >= 20 and total % 10 == 0 and 0 < value < 10) or total % 100 == 0
            return (total + value, at + 1) if fits else None
        if not started and _DIGITS.match(word):
            whole = "." not in word or self._word(at + 1) in self.known.multipliers  # "left at 8.40"
            return (float(word.replace(",", "")), at + 1) if whole else None
        return None

    def _range(self, number: _Number, first: int) -> _Number:
        """Widen a number into a range: "12 to 15", "between 12 and 15", "two or three", "one, possibly two"."""
        joiner = self._word(number.last)
        doubted = self._word(number.last + 1) in _PERHAPS
        between = (first > 0 and self.words[first - 1] == "between") or doubted
        joins = (
            joiner in ("to", "or") or joiner in _DASHES or (joiner == "and" and between) or (joiner == "," and doubted)
        )
        if number.rule != "exact" or not joins:
            return number
        skipped, _ = self._modifier(number.last + 1 + doubted)
        other = self._number(skipped)
        if other is None or other.rule != "exact" or other.low <= number.low or self._unit_follows(other):
            return number
        return _Number(number.first, other.last, number.low, other.low, "range")

    def _unit_follows(self, number: _Number) -> bool:
        after = self._word(number.last)
        if after == "may" and self.written[number.last] == "May":
            return True
        glued = self._word(number.last + 1) if after in _DASHES else ""
        return after.lstrip("-") in self.known.not_counts_after or glued in self.known.not_counts_after

    def _is_range_of_units(self, number: _Number, first: int) -> bool:
        """As in "The dead were between 2 and 78 years old": both numbers are of years."""
        joiner, before = self._word(number.last), self._word(first - 1) if first else ""
        joins = joiner == "to" or joiner in _DASHES or (joiner == "and" and before in ("between", "from"))
        other = self._cardinal(number.last + 1) if joins else None
        return other is not None and self._unit_follows(other) and self._word(other.last) != "may"

    def _is_count(self, number: _Number) -> bool:
        if self._unit_follows(number):
            return False
        before = self._word(number.first - 1).rstrip(".") if number.first else ""
        if before == "and" and self._word(number.first - 3) in AGED:
            return False  # "two brothers, aged 17 and 19"
        if before == "of" and self._word(number.first - 2) in AGED:
            return False  # "under the age of ten"
        return before not in self.known.not_counts_before and not self._is_date_or_name(number)

    def _is_date_or_name(self, number: _Number) -> bool:
        word = self.words[number.first]
        if number.rule == "range":
            return False
        year = len(word) == 4 and word.isdigit() and int(word) in _YEARS
        name = number.first > 0 and self.words[number.first - 1] in _DASHES and word.isdigit()
        return year or name

    def _word(self, at: int) -> str:
        return self.words[at] if 0 <= at < len(self.words) else ""


def _scaled(total: float, multiplier: int) -> float:
    """``total`` with its last group multiplied: 2 hundred, 200 thousand, 1.2 million."""
    whole = total - total % 1000 if multiplier == 100 and total >= 1000 else 0.0
    return whole + (total - whole) * multiplier
