"""Who holds a town on a day, as known on a day: one rule for the picture, the page and the animation.

What was told by when is inferred elsewhere (`according.infer.control_history`); here it becomes what a square shows. A
spell counts on the days it covers as precisely as it is told: one "since 2014" covers all of 2014, one whose end is not
told covers no day after it. Nothing is carried over to days of which nobody tells.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import msgspec

from according.link.when import month_end
from according.maps import words
from according.maps.sayings import Sayings

Json = dict[str, Any]


class State(msgspec.Struct, frozen=True):
    """Who holds a place, who besieges or contests it. ``holders`` empty is not known.

    ``claimed`` are those of the holders whose holding rests on their own side's word alone; ``denied`` says that
    somebody says otherwise of a place that one side is said to hold.
    """

    state: str
    holders: tuple[str, ...] = ()
    besiegers: tuple[str, ...] = ()
    claimed: tuple[str, ...] = ()
    denied: bool = False


class Epoch(msgspec.Struct, frozen=True):
    """What was known of a town from a day of publication on; ``published`` None: from all reports, also undated ones.

    ``states`` are the state from each day on which it changed, the first one (day "") before all of them; None is a day
    of which nothing is told. ``now`` is the state last told of, ``lines`` every spell in words.
    """

    published: str | None
    states: tuple[tuple[str, State | None], ...]
    now: State
    lines: tuple[str, ...]

    def on(self, day: str | None) -> State | None:
        """The state on a day, or the one last told of."""
        if day is None:
            return self.now
        return self.states[bisect_right(self.states, day, key=lambda each: each[0]) - 1][1]


def epochs_of(known: Iterable[Json], sayings: Sayings) -> tuple[Epoch, ...]:
    """The epochs of a town."""
    return tuple(_epoch(each, sayings) for each in known)


def known_of_spells(spells: Sequence[Json], sayings: Sayings) -> Iterator[Json]:
    """What spells alone tell of when they were known: from the day of the newest report that each rests on.

    A spell whose beginning is not told counts from that day on.
    """
    out = [(spell["as_of"] or sayings.newest(spell["claims_for"]), spell) for spell in spells]
    for known in (*sorted({day for day, _ in out if day}), None):
        told = [(day, spell) for day, spell in out if known is None or (day and day <= known)]
        begun = [(first_day(spell["from"]) if spell["from"] else day, spell) for day, spell in told]
        yield {
            "published": known,
            "days": [
                [first, [spell for day, spell in begun if day and day <= first]]
                for first in sorted({day for day, _ in begun if day})
            ],
            "whole": [spell for _, spell in told],
        }


def epoch_on(epochs: Sequence[Epoch], known: str | None) -> Epoch | None:
    """The epoch that a reader was in at the end of a day; None before the first report, the last for today's reader."""
    if known is None:
        return epochs[-1] if epochs else None
    return next((epoch for epoch in reversed(epochs) if epoch.published and epoch.published <= known), None)


def state_on(spells: Sequence[Json], day: str | None, sayings: Sayings) -> State | None:
    """What spells make of a town on a day, or last; None when there are none."""
    if not spells:
        return None
    there = _without_leavers([spell for spell in spells if _covers(spell, day)], day)
    held, fought = _named(there, "held", sayings), _named(there, "contested", sayings)
    holders = _names(held)
    contesters = [name for name in _names(fought) if name not in holders]
    state = "contested" if contesters or len(holders) > 1 else "held" if holders else "unknown"
    return State(
        state,
        (*holders, *contesters),
        tuple(name for name in _names(_named(there, "besieged", sayings)) if name not in holders),
        tuple(name for name in holders if _is_claimed(name, held, sayings)),
        denied=state == "held" and any(spell["claims_against"] for spell in held),
    )


def _is_claimed(name: str, held: Iterable[Json], sayings: Sayings) -> bool:
    """Whether all that is told of a holder is its own side's word."""
    own = [spell for spell in held if words.holder(spell) == name]
    claims = [claim for spell in own for claim in spell["claims_for"]]
    return sayings.is_own_word(claims, (own[0]["holder"] or {}).get("referent"), name)


def _epoch(known: Json, sayings: Sayings) -> Epoch:
    days = [*known["days"], ("9999", [])]
    found: list[tuple[str, State | None]] = [("", None)]
    for (start, spells), (end, _) in pairwise(days):
        for day in sorted({start, *(turn for turn in _turns(spells) if start < turn < end)}):
            state = state_on(spells, day, sayings)
            if state != found[-1][1]:
                found.append((day, state))
    lines = tuple(dict.fromkeys(words.spell(spell) for spell in known["whole"]))
    now = state_on(known["whole"], None, sayings) or State("unknown")
    return Epoch(known["published"], tuple(found), now, lines)


def _turns(spells: Iterable[Json]) -> Iterator[str]:
    """The days on which a spell begins or has ended."""
    for spell in spells:
        if spell["from"]:
            yield first_day(spell["from"])
        last = month_end(spell["to"]) if spell["to"] else None
        if last:
            yield (last + timedelta(days=1)).isoformat()


def first_day(said: str) -> str:
    """The first day that an ISO date, possibly partial, may mean."""
    return f"{said}{'-01-01'[len(said) - 4 :]}" if len(said) < len("2014-01-01") else said[:10]


def last_day(said: str | None) -> str | None:
    """The last day that an ISO date, possibly partial, may mean; None for what is no date of a year."""
    try:
        found = month_end(said) if said else None
    except ValueError:
        return None
    return found.isoformat() if isinstance(found, date) else None


def _covers(spell: Json, day: str | None) -> bool:
    start, end = spell["from"], spell["to"]
    if day is None:
        return bool(spell["ongoing"])
    if start and day[: len(start)] < start:
        return False
    return bool(spell["ongoing"]) or bool(end and day[: len(end)] <= end)


def _without_leavers(spells: list[Json], day: str | None) -> list[Json]:
    """On the day of a change the town is the new holder's."""
    if day is None:
        return spells
    leaving = [s for s in spells if s["state"] == "held" and not s["ongoing"] and s["to"] == day[: len(s["to"])]]
    stays = any(spell["state"] == "held" and spell not in leaving for spell in spells)
    return [spell for spell in spells if spell not in leaving] if stays else spells


def _named(spells: Iterable[Json], state: str, sayings: Sayings) -> list[Json]:
    """The spells by which the newest reports name somebody in this state; of undated reports none is newer."""
    told = [(spell["as_of"] or sayings.newest(spell["claims_for"]), spell) for spell in spells]
    named = [(day, spell) for day, spell in told if spell["state"] == state and words.holder(spell)]
    last = max((day for day, _ in named if day), default=None)
    kept = [spell for day, spell in named if not day or day == last]
    # "Militants" beside a named group says no more than the name does; it does not make two parties of one.
    return [spell for spell in kept if (spell["holder"] or {}).get("referent")] or kept


def _names(spells: Iterable[Json]) -> list[str]:
    return list(dict.fromkeys(map(words.holder, spells)))
