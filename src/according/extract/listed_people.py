"""People listed one by one before those counted with them: "a bride, two of his brothers, a sister and 45 others"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from according.extract.arguments import is_time
from according.extract.crowds import Crowd
from according.extract.parties import Party

if TYPE_CHECKING:
    from collections.abc import Sequence

    from according.extract.parse import Sentence

OTHERS = frozenset(["other", "others"])
NAMING = frozenset(["identified", "named", "known", "called", "aged"])
"""Participles that only tell who somebody listed is ("the village head, identified as Idris Walan, and two others")."""
NOUNS = frozenset(["NN", "NNP"])
DETERMINERS = frozenset(["DT", "PRP$"])
OF_A_PHRASE = frozenset(["JJ", "HYPH", "POS", "NN", "NNP", "NNPS", "VBN", "CD"])
JOINTS = frozenset(["and", "with", ","])
MOST_LISTED = 12


def with_listed(sentence: Sentence, crowds: Sequence[Crowd]) -> list[Crowd]:
    """The crowds, with those listed before "and two others" as members of theirs."""
    words = [token.lower_ for token in sentence.doc]
    found: list[Crowd] = []
    for crowd in crowds:
        first = crowd.members[0]
        others = any(one.counted and not OTHERS.isdisjoint(words[one.first : one.last]) for one in crowd.members)
        if not others or first.first < 2 or words[first.first - 1] not in JOINTS:
            found.append(crowd)
            continue
        listed = _listed(sentence, words, first.first - 1, found)
        taken = listed[0].first if listed else first.first
        while found and found[-1].first >= taken:
            found.pop()
        found.append(Crowd((*listed, *crowd.members), crowd.parts, crowd.is_part))
    return found


def _listed(sentence: Sentence, words: Sequence[str], joint: int, before: Sequence[Crowd]) -> list[Party]:
    """Those listed before a joining word, the first of them first."""
    listed: list[Party] = []
    end = joint
    while end > 0 and len(listed) < MOST_LISTED:
        end -= words[end - 1] == ","
        aside = _aside(words, end)
        if aside is not None:
            end = aside
            continue
        if any(crowd.last == end and (crowd.parts or crowd.is_part) for crowd in before):
            break  # "nine villagers, including a priest, and three others"
        parties = _counted_at(before, end) or _one_at(sentence, end)
        if not parties:
            break
        listed = [*parties, *listed]
        if words[parties[0].first - 1] != ",":
            break
        end = parties[0].first - 1
    return listed


def _counted_at(before: Sequence[Crowd], end: int) -> list[Party]:
    """The people already found who end there."""
    return next((list(crowd.members) for crowd in before if crowd.last == end and crowd.members[0].counted), [])


def _one_at(sentence: Sentence, end: int) -> list[Party]:
    """One person by the noun or name that ends there; no place and no age."""
    head = sentence.doc[end - 1]
    known = sentence.place_at(head) is not None or sentence.actor_at(head) is not None
    if head.tag_ not in NOUNS or known or is_time(head):
        return []
    first = end - 1
    while first > 0 and sentence.doc[first - 1].tag_ in OF_A_PHRASE:
        first -= 1
    determined = first > 0 and sentence.doc[first - 1].tag_ in DETERMINERS
    first -= determined
    named = head.tag_ == "NNP"
    if not (determined or named):
        return []
    return [Party(first, end, end - 1, "people", "open", 1, 1, "named", (first, end), named=True)]


def _aside(words: Sequence[str], end: int) -> int | None:
    """Where an aside about the last of those listed begins, at its comma."""
    comma = next((at for at in reversed(range(max(0, end - 8), end)) if words[at] == ","), None)
    if comma is None or end - comma < 2:
        return None
    aside = words[comma + 1 : end]
    return comma if aside[0] in NAMING or (len(aside) == 1 and aside[0].isdecimal()) else None
