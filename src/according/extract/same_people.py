"""Parties that are the same people: a number and the noun that says who is counted ("four of them were children")."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from according.extract.parties import HARM_STATES, VICTIMS, Party
from according.vocabulary.casualties import load_casualty_words
from according.vocabulary.groups import load_groups

LINKING = frozenset(
    [
        "was",
        "were",
        "is",
        "are",
        "be",
        "been",
        "said",
        "to",
        "described",
        "as",
        "believed",
        "thought",
        "a",
        "an",
        "the",
        "reportedly",
        "possibly",
        "being",
    ]
)
WHO_DIED = frozenset(["who", "had", "died", "perished"])
"""Words between "those" and what they were ("three of those who died were minors")."""
BODIES = frozenset(["police", "soldiers", "guards"])
"""Forces whose people may go by their trade ("two experts of the police")."""
MAYBE = frozenset(["may", "might", "could", "have", "all", "were", "had", "people"])
AUXILIARY = frozenset("was were is are had have has been being also all shot".split())
OF_A_BODY = (["of"], ["of", "the"], ["from", "the"])
"""Words between members and the body of people that they are of."""


def same_people(words: Sequence[str], parties: Sequence[Party]) -> list[Party]:
    """Parties with a bare number joined to the noun that says who is counted ("four of them children")."""
    merged: list[Party] = []
    for party in parties:
        last = merged[-1] if merged else None
        if len(merged) > 1 and _names_part(words, merged[-2], merged[-1], party):
            merged[-2] = msgspec.structs.replace(merged[-2], group=party.group, status=party.status)
            continue
        if last is not None and (kind := _instead(words, last, party)) is not None:
            merged[-1] = msgspec.structs.replace(last, last=party.last, group=kind, status="civilian")
        elif last is not None and _are_of(words, last, party):
            merged[-1] = msgspec.structs.replace(last, last=party.last, group=party.group, status=party.status)
        elif last is not None and _names(words, last, party):
            merged[-1] = msgspec.structs.replace(
                last, last=party.last, head=party.head, group=party.group, status=party.status
            )
        else:
            merged.append(party)
    return merged


def _instead(words: Sequence[str], number: Party, kind: Party) -> str | None:
    """As in "The two were not fighters but engineers": no fighters, so civilians."""
    denied = kind.status == "fighter" and not kind.counted and number.group is None and number.counted
    gap = [word for word in words[number.last : kind.first] if word not in LINKING]
    return "civilians" if denied and gap in (["not"], ["n't"], ["not", "any"]) else None


def _are_of(words: Sequence[str], members: Party, body: Party) -> bool:
    """As in "Three members of the Village Guards": a number of a body of people, who are of its kind."""
    gap = list(words[members.last : body.first])
    counted = members.counted and members.group is not None and not body.counted
    of_force = body.group in BODIES and words[body.first : body.last] != [] and members.status != "fighter"
    return counted and gap in OF_A_BODY and (words[members.last - 1] in load_groups().members or of_force)


def _names_part(words: Sequence[str], part: Party, whole: Party, noun: Party) -> bool:
    """As in "One of the five dead may have been a civilian": what the part of a number is said to be."""
    gap = [word for word in words[whole.last : noun.first] if word not in HARM_STATES | MAYBE]
    named = (
        part.group is None
        and whole.group in (None, "people", "civilians")
        and noun.rule in (None, "one")
        and noun.group not in (None, "people")
    )
    return named and is_of(words, part, whole) and len(gap) <= 4 and all(word in LINKING for word in gap)


def is_of(words: Sequence[str], part: Party, whole: Party) -> bool:
    """As in "Three of the seven people killed": whether one number is taken of another."""
    gap = list(words[part.last : whole.first])
    least = part.high if part.high is not None else part.low
    fewer = least is not None and whole.low is not None and least <= whole.low
    return fewer and whole.counted and gap in (["of", "the"], ["of"], ["of", "those"], ["out", "of"], ["among"])


def befell_the_part(words: Sequence[str], part: Party, whole: Party) -> bool:
    """As in "52 of its 300 people died", "killed two of the five men": whether only the part of a whole was harmed."""
    known = load_casualty_words()
    inside = words[whole.first : whole.last]
    if not VICTIMS.isdisjoint(inside):
        return False
    before = words[part.first - 1] if part.first else ""
    after = [word for word in words[whole.last : whole.last + 4] if word not in AUXILIARY]
    done_to = before in known.transitive and words[whole.last : whole.last + 1] != ["killed"]
    return (
        done_to
        or (after[:1] != words[whole.last : whole.last + 1] and after[:1] != [] and after[0] in known.transitive)
        or (bool(after) and after[0] in known.intransitive)
    )


def _names(words: Sequence[str], number: Party, noun: Party) -> bool:
    gap = words[number.last : noun.first]
    of_those = words[number.last - 1] == "those"  # "four of those killed were said to be militants"
    return (
        number.group is None
        and noun.rule in (None, "one", "definite")
        and len(gap) <= 5
        and all(word in LINKING or (of_those and word in HARM_STATES | WHO_DIED) for word in gap)
    )
