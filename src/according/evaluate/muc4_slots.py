"""Slots of the full MUC-4 keys: victims' numbers and effects, and how sure an attribution is, with partial credit.

A key's fill is one or more values that would do, and the mentions they are about: ``POSSIBLE / ACQUITTED: "ELN"``. As
in 1992, a fill with the value and the mention right is worth 1, and one with the value right about something else ½.
Every key fill is possible and every response actual; a fill marked optional ("?") counts only when it is met. A number
is right when it is the key's, with its openness ("5-", "-26"), and ½ right when the two ranges meet. Templates pair one
to one by type so that most credit is given.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import numpy as np
from scipy.optimize import linear_sum_assignment

from according.export.muc4_form import CONFIDENCE, EFFECT, NUMBER, Fill, Response, normalise

SCORED = (CONFIDENCE, NUMBER, EFFECT)
HALF = 0.5
_FILL = re.compile(r'^(?P<optional>\?\s*)?\(?(?P<values>[^":()]*)\)?\s*(?::(?P<mentions>.*))?$', re.DOTALL)
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_NUMBER_APART = re.compile(r"^(\d+) -$")
"""Some keys write "6 -" for "6-"."""
_NUMBER = re.compile(r"(?P<below>-)?(?P<about>~)?(?P<number>\d+)(?P<above>-)?")


class Credit(msgspec.Struct):
    """Credit given, out of what is possible (the key) and what is actual (the response)."""

    points: float = 0.0
    possible: float = 0
    actual: float = 0

    def add(self, other: Credit) -> None:
        """Count another credit into this one."""
        self.points += other.points
        self.possible += other.possible
        self.actual += other.actual

    @property
    def f1(self) -> float:
        """Harmonic mean of recall (points of possible) and precision (points of actual)."""
        return 2 * self.points / (self.possible + self.actual) if self.points else 0.0


def key_of(raw: Mapping[str, Any]) -> Response:
    """A template of the full keys."""
    kind = " / ".join(raw["INCIDENT: TYPE"]).lower()
    return Response(kind, {slot: tuple(read_fills(raw.get(slot, ()))) for slot in SCORED})


def read_fills(lines: Sequence[str]) -> list[Fill]:
    """The fills of one slot; "-" and "*" say that there is none."""
    fills = [_read_fill(line) for line in lines]
    return [fill for fill in fills if fill.values]


def _read_fill(line: str) -> Fill:
    found = _FILL.match(line.strip())
    if found is None:
        return Fill(())
    values = tuple(_NUMBER_APART.sub(r"\1-", value.strip()) for value in found["values"].split("/"))
    mentions = tuple(normalise(one.replace("\\", "")) for one in _QUOTED.findall(found["mentions"] or ""))
    return Fill(tuple(one for one in values if one not in {"", "-", "*"}), mentions, found["optional"] is not None)


def credit(response: Fill, key: Fill, slot: str) -> float:
    """What a response is worth against a key's fill: 1, ½ or 0."""
    value = max((_value_credit(response.values[0], other, slot) for other in key.values), default=0.0)
    about = not key.mentions or any(one in key.mentions for one in response.mentions)
    return value if about else (HALF if value == 1.0 else 0.0)


def _value_credit(response: str, key: str, slot: str) -> float:
    if response == key:
        return 1.0
    if slot != NUMBER:
        return 0.0
    ours, theirs = _range(response), _range(key)
    if ours is None or theirs is None:
        return 0.0
    return HALF if ours[0] <= theirs[1] and theirs[0] <= ours[1] else 0.0


def _range(value: str) -> tuple[float, float] | None:
    """The least and the greatest number a value allows: "5-" is 5 or more, "-26" up to 26, "~100" within a tenth."""
    if value == "PLURAL":
        return 2, np.inf
    found = _NUMBER.fullmatch(value)
    if found is None:
        return None
    number = float(found["number"])
    if found["about"]:
        return number * 0.9, number * 1.1
    return (0 if found["below"] else number), (np.inf if found["above"] else number)


def score_slots(responses: Sequence[Response], keys: Sequence[Response]) -> dict[str, Credit]:
    """A document's credit by slot, templates paired one to one for the most credit."""
    given = {slot: Credit() for slot in SCORED}
    paired = _pair(responses, keys)
    for i, response in enumerate(responses):
        for slot in SCORED:
            theirs = keys[paired[i]].slots[slot] if i in paired else ()
            given[slot].add(slot_credit(response.slots.get(slot, ()), theirs, slot))
    for j, key in enumerate(keys):
        if j not in paired.values():
            for slot in SCORED:
                given[slot].add(slot_credit((), key.slots[slot], slot))
    return given


def slot_credit(responses: Sequence[Fill], keys: Sequence[Fill], slot: str) -> Credit:
    """The credit of one slot of one template, its fills paired one to one."""
    unmet = Credit(0.0, sum(not key.optional for key in keys), len(responses))
    if not responses or not keys:
        return unmet
    worth = np.array([[credit(one, other, slot) for other in keys] for one in responses])
    rows, columns = linear_sum_assignment(-worth)
    met = sum(bool(keys[j].optional and worth[i, j] > 0) for i, j in zip(rows, columns, strict=True))
    return Credit(float(worth[rows, columns].sum()), unmet.possible + met, unmet.actual)


def _pair(responses: Sequence[Response], keys: Sequence[Response]) -> dict[int, int]:
    """Which response stands for which key; only those of a type that the key names."""
    if not responses or not keys:
        return {}
    worth = np.full((len(responses), len(keys)), -1.0)
    for i, response in enumerate(responses):
        for j, key in enumerate(keys):
            if response.incident_type in key.incident_type:
                worth[i, j] = 0.01 + sum(
                    slot_credit(response.slots.get(slot, ()), key.slots[slot], slot).points for slot in SCORED
                )
    rows, columns = linear_sum_assignment(-worth)
    return {int(i): int(j) for i, j in zip(rows, columns, strict=True) if worth[i, j] > 0}
