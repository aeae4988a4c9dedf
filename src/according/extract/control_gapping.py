"""Verbs left out: "the rebels hold the market, the army the airport" says two things with one verb."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from according.extract.arguments import is_time
from according.extract.control_finding import Finding, after, is_party, of_places
from according.extract.control_places import PlaceArgument
from according.extract.roles import is_verb
from according.vocabulary.control import load_control_words

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
    if finding.predicate in SHARED | {"withdraw"} and finding.holders:
        yield from _by_days(sentence, verb, finding)
        yield from _stranded(sentence, verb, finding)
        yield from _including(sentence, verb, finding)
    if finding.predicate not in SHARED or not finding.holders:
        return
    yield from _beside(sentence, verb, finding)
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
        controls = load_control_words().control_nouns  # "took Y, and with it control of the border"
        nouns = [p for n in nouns for p in (after(n, "of", "over") if n.lemma_.lower() in controls else [n])]
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
    named = [m for d in days for m in d.conjuncts if not is_time(m) and m.text[:1].isupper()]
    named += [c for c in verb.children if c.dep_ == "conj" and not is_verb(c) and c.text[:1].isupper() and _is_dated(c)]
    named += [c for c in verb.children if c.dep_ == "npadvmod" and c.pos_ == "PROPN" and _is_later(c)]
    for name in named:
        loosely = name.pos_ == "PROPN" and name.i > verb.i
        places = of_places(sentence, [name], loosely=loosely) or _by_its_name(sentence, name)
        if places:
            yield replace(finding, places=places)


def _is_later(name: Token) -> bool:
    """“Y fell on Thursday, Z hours later"."""
    behind = {t.lower_ for t in name.doc[name.i + 1 : name.i + 4]}
    return name.i > 0 and name.nbor(-1).text == "," and bool(behind & {"later", "after", "next", "then"})


def _including(sentence: Sentence, verb: Token, finding: Finding) -> Iterator[Finding]:
    """“Left Y along with Z", "took ten villages in three days, among them Z": Z too."""
    last = max((p.span.end - sentence.offset for p in finding.places), default=0)
    for word in verb.doc[verb.i + 2 :]:
        if word.idx < last or word.head.i > word.i or not (verb.i == word.head.i or verb in word.ancestors):
            continue
        heads: list[Token] = []
        if word.lower_ == "including" or (word.lower_ == "with" and word.nbor(-1).lower_ in ("along", "together")):
            heads = [g for g in word.children if g.dep_ == "pobj"]
        elif word.lower_ == "them" and word.nbor(-1).lower_ == "among" and word.i + 1 < len(word.doc):
            heads = [t for t in word.doc[word.i + 1 : word.i + 4] if t.pos_ == "PROPN"][-1:]
        if places := of_places(sentence, heads, loosely=any(h.pos_ == "PROPN" for h in heads)):
            yield replace(finding, places=places)


def _stranded(sentence: Sentence, verb: Token, finding: Finding) -> Iterator[Finding]:
    """“Holds X and, since May, Y", "drove them from X and two villages": places that parsers hang on the verb."""
    last = max((p.span.end - sentence.offset for p in finding.places), default=0)
    joined = [c.i for c in verb.children if c.dep_ == "cc" and c.idx >= last]
    for word in (c for c in verb.children if joined and c.i > joined[0] and c.dep_ in ("conj", "npadvmod", "appos")):
        apart = is_verb(word) or is_time(word) or any(g.dep_ in ("nsubj", "nsubjpass") for g in word.children)
        if apart or word.pos_ not in ("NOUN", "PROPN") or is_party(sentence, word):
            continue
        if places := of_places(sentence, [word], loosely=False):
            yield replace(finding, places=places)


def _is_dated(name: Token) -> bool:
    return any(is_time(g) for c in name.children if c.dep_ == "prep" for g in c.children)


def _by_its_name(sentence: Sentence, name: Token) -> tuple[PlaceArgument, ...]:
    """A capitalised name that the parser takes for a common noun."""
    plain = sentence.actor_at(name) is None and not any(c.dep_ in ("det", "amod") for c in name.children)
    return (PlaceArgument(sentence.span_of([name])),) if plain and _is_dated(name) else ()


def _beside(sentence: Sentence, verb: Token, finding: Finding) -> Iterator[Finding]:
    """“The rebels hold X and the army Y", which parsers take for an army that is called Y."""
    for name in (m for o in verb.children if o.dep_ == "dobj" for m in o.conjuncts):
        parties = [
            c for c in name.lefts if c.dep_ in ("compound", "nmod") and c.lemma_.lower() in load_control_words().forces
        ]
        if parties and any(c.lower_ == "the" for c in name.lefts) and name.text[:1].isupper():
            yield replace(finding, holders=(parties[0],), places=(PlaceArgument(sentence.span_of([name])),), others=())
