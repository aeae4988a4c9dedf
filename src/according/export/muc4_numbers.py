"""How many a victim's wording stands for, as the keys of MUC-4 write it: "1", "5-" (five or more), "~100", "PLURAL"."""

from __future__ import annotations

import re

from according.extract.quantities import Count, read_counts

WORD = re.compile(r"[\w.,-]*\w|[^\w\s]")
REACH = 90
"""How many characters before a mention its number may begin."""
BETWEEN = 2
"""How many words may stand between a number and what it counts: "six young priests"."""
MANY = re.compile(r"(?:[^s]s|people|men|women|children|police|personnel|others)$")


def number_of(text: str, start: int, end: int, *, is_name: bool) -> str:
    """The number of what stands at ``[start, end)``: the count before it, or what its grammar says."""
    before = text[max(0, start - REACH) : start].lower()
    sentence = before[max(before.rfind(mark) for mark in (". ", "; ", ", ", "  ")) + 1 :]
    words = WORD.findall(sentence)
    whole = words + WORD.findall(text[start:end].lower())
    for count in reversed(read_counts(whole)):
        if count.first <= len(words) and len(words) - count.last <= BETWEEN:
            return _written(count)
    return "PLURAL" if not is_name and is_many(text[start:end].lower()) else "1"


def _written(count: Count) -> str:
    if count.vague:
        return "PLURAL"
    low, high = count.low, count.high
    if low is None:
        return f"-{high}"
    if high is None:
        return f"{low}-"
    return str(low) if low == high else f"~{(low + high) // 2}"


def is_many(wording: str) -> bool:
    """Whether the grammar of a wording in lower case says that it stands for several."""
    head = re.split(r"\s(?:of|in|from|at|and|who)\s", wording, maxsplit=1)[0]
    return MANY.search(head) is not None
