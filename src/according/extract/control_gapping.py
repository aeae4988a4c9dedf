"""Verbs left out: "the rebels hold the market, the army the airport" says two things with one verb."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from according.extract.arguments import is_time
from according.extract.control_finding import Finding, is_party, of_places

if TYPE_CHECKING:
    from according.extract.parse import Sentence
    from according.extract.tokens import Token

SHARED = frozenset(["hold", "take", "lose"])
"""What may be said of several parties and places with one verb."""


def gapped(sentence: Sentence, verb: Token, finding: Finding) -> Iterator[Finding]:
    """The further pairs of a party and its place behind the object of a verb.

    Parsers set the place beside the party as if it explained it.
    """
    if finding.predicate in SHARED:
        yield from _with_it(sentence, verb, finding)
    if finding.predicate not in SHARED or not finding.holders:
        return
    yield from _by_days(sentence, verb, finding)
    for party in verb.subtree:
        if party.i < verb.i or party.pos_ not in ("NOUN", "PROPN") or not is_party(sentence, party):
            continue
        beside = [c for c in party.children if c.dep_ == "appos" and c.i > party.i]
        if beside and _follows_a_pause(party) and not _is_paused(party, beside[0]):
            places = of_places(sentence, beside[:1], loosely=True)
            if places:
                yield replace(finding, holders=(party,), places=places, others=())


def _with_it(sentence: Sentence, verb: Token, finding: Finding) -> Iterator[Finding]:
    """“Took Y, and with it the headquarters of the brigade"."""
    its = [t for t in verb.doc[verb.i + 2 :] if t.lower_ == "it" and t.nbor(-1).lower_ == "with"]
    for it in its[:1]:
        behind = (t for t in verb.doc[it.i + 1 :] if t.pos_ in ("NOUN", "PROPN") and not t.head.i > t.i)
        nouns = [t for t in behind if t.dep_ not in ("poss", "compound")][:1]
        places = of_places(sentence, nouns, loosely=True)
        if places:
            yield replace(finding, places=places)


def _follows_a_pause(party: Token) -> bool:
    first = party.left_edge.i
    return first > 0 and party.doc[first - 1].lower_ in (",", ";", "and", "while", "but")


def _is_paused(party: Token, beside: Token) -> bool:
    """Whether a comma stands between: then the one does explain the other."""
    return any(t.text in (",", "(", "-", "–") for t in party.doc[party.i : beside.i])


def _by_days(sentence: Sentence, verb: Token, finding: Finding) -> Iterator[Finding]:
    """“Y fell on Saturday and Z on Sunday": Z, which parsers coordinate with the day."""
    days = [d for c in verb.children if c.dep_ == "prep" for d in c.children if d.dep_ == "pobj" and is_time(d)]
    for name in (m for d in days for m in d.conjuncts if sentence.place_at(m) is not None and not is_time(m)):
        yield replace(finding, places=of_places(sentence, [name], loosely=False))
