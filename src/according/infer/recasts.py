"""Dead whom one source calls fighters and another civilians: how many are civilians beyond that dispute."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from according.vocabulary.groups import load_groups

if TYPE_CHECKING:
    from according.infer.stated import Stated
    from according.infer.voices import Sayings, Speaker
    from according.records import Claim

_OF_ALL = re.compile(
    r"(?:they|he|she|(?:the|those|all|both|everyone|everybody)\b.*)\s"
    r"(?:(?:was|were|had been)\s|belonged|fought|affiliated|linked|tied)",
    re.IGNORECASE,
)
"""The words of a claim that says what kind of people all of those counted before were."""


def gainsaid(claims: Sequence[Claim], known: Mapping[str, Claim], sayings: Sayings) -> Iterator[Claim]:
    """The claims that those counted as fighters by somebody else were civilians, each with a number.

    As in "The army said that it killed seven fighters; residents said that the dead were farmers".
    """
    groups = load_groups()
    for claim in claims:
        whole = known.get(claim.part_of or "")
        if whole is None or groups.status(whole.group) != "fighter" or groups.status(claim.group) != "civilian":
            continue
        if not is_of_another_voice(claim, whole, sayings):
            continue
        if claim.quantity is not None:
            yield claim
        elif whole.quantity is not None and is_of_all(claim):
            yield msgspec.structs.replace(claim, quantity=whole.quantity)


def surely(figure: Stated, parts: Sequence[Claim], sayings: Sayings) -> Stated:
    """A figure with how many of it nobody else calls fighters, unless it says itself that they were civilians."""
    groups = load_groups()
    if groups.status(figure.claim.group) != "open":
        return figure
    taken = 0
    for part in parts:
        if groups.status(part.group) == "fighter" and is_of_another_voice(part, figure.claim, sayings):
            counted = part.quantity.low or 0 if part.quantity is not None else 0
            taken = max(taken, figure.low or 0 if is_of_all(part) and not counted else counted)
    return msgspec.structs.replace(figure, sure=max((figure.low or 0) - taken, 0)) if taken else figure


def is_of_another_voice(claim: Claim, other: Claim, sayings: Sayings) -> bool:
    """Whether somebody else says it; the outlet's own words go on with what it told from others."""
    return not sayings.is_outlet(claim) and not _is_one(sayings.speaker(claim), sayings.speaker(other))


def conceded(figures: Sequence[Stated], fighters: Sequence[Claim], sayings: Sayings) -> bool:
    """Whether a source that called the dead fighters counts civilians as well, as in "later it admitted two"."""
    calling = [sayings.speaker(claim) for claim in fighters]
    return any(f.top and _is_one(sayings.speaker(f.claim), one) for f in figures for one in calling)


def _is_one(speaker: Speaker, other: Speaker) -> bool:
    return speaker.name == other.name or (speaker.actor is not None and speaker.actor == other.actor)


def is_of_all(claim: Claim) -> bool:
    """Whether a claim says what all of those counted before were ("the dead were farmers")."""
    return claim.object is not None and _OF_ALL.match(claim.object.text) is not None
