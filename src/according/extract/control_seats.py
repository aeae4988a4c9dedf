"""Nouns that say what a place is to somebody: "X's last foothold", "the X stronghold of Y", "Y, their base"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from according.extract.control_finding import Finding, after, is_party, surface_subjects
from according.extract.control_states import is_placelike, known_places
from according.extract.roles import is_verb, subjects_of
from according.vocabulary.control import load_control_words

if TYPE_CHECKING:
    from according.extract.parse import Sentence
    from according.extract.tokens import Token


GAINING = frozenset(["gain", "win", "secure", "establish", "seize", "create"])


def foothold(sentence: Sentence, noun: Token) -> Iterator[Finding]:
    """A foothold or an armed party's presence in a place: a part of it held, no more."""
    verb = noun.head if is_verb(noun.head) else None
    last = known_places(sentence, _equated(noun), loosely=noun.dep_ == "appos") if noun.lower_ != "present" else ()
    owned = [c for c in noun.children if c.dep_ == "poss"]
    owners = tuple(c for c in owned if is_party(sentence, c) or c.lower_ in ("its", "their", "his"))
    if last and owners:  # "Y is the army's last foothold in the province"
        yield Finding("hold", noun, owners, last)
        return
    places = known_places(sentence, after(noun, "in", "inside", "at", "into", "on"), loosely=True)
    if not places and verb is not None:
        places = known_places(
            sentence,
            [*after(verb, "in", "inside", "at"), *(c for c in verb.children if c.lower_ == "there")],
            loosely=True,
        )
    doers = [c for c in noun.children if c.dep_ == "poss"]
    if verb is not None and (noun.lower_ != "present" or noun.dep_ == "acomp"):
        doers = doers or subjects_of(verb)
    elif noun.head.lower_ == "with" and noun.head.dep_ == "prep":
        doers = doers or ([noun.head.head] if not is_verb(noun.head.head) else surface_subjects(noun.head.head))
    parties = tuple(d for d in doers if is_party(sentence, d))
    if places and parties:
        gained = verb is not None and noun.dep_ == "dobj" and verb.lemma_ in GAINING
        change = "take" if gained else "hold"
        yield Finding(change, verb or noun, parties, places, extent=sentence.span_of([noun]))


def masters(sentence: Sentence, noun: Token) -> Iterator[Finding]:
    """“The militias remain the real masters of Y"."""
    lords = tuple(t for t in _equated(noun) if is_party(sentence, t))
    places = known_places(sentence, after(noun, "of"), loosely=True)
    made = noun.head if noun.dep_ in ("ccomp", "oprd", "attr") and noun.head.lemma_ == "make" else None
    if made is not None and any(
        c.lower_ in ("themselves", "itself", "himself") for w in (made, noun) for c in w.children
    ):
        lords = tuple(s for s in surface_subjects(made) if is_party(sentence, s))
        if lords and places:
            yield Finding("take", noun, lords, places)
        return
    if lords and places:
        yield Finding("hold", noun, lords, places)


def stronghold(sentence: Sentence, noun: Token) -> Iterator[Finding]:
    """“Y, a stronghold of X”, "the X stronghold of Y", "their Y stronghold": X holds Y, presupposed."""
    if noun.lemma_.lower() in (
        "base",
        "territory",
        "enclave",
        "headquarters",
        "domain",
        "outpost",
        "fortress",
        "seat",
    ) and not _equated(noun):
        return
    owners = [c for c in noun.children if c.dep_ in ("poss", "compound", "amod", "nmod") and is_party(sentence, c)]
    owners += [c for c in noun.children if c.dep_ == "poss" and c.lower_ in ("its", "their", "his")]
    owners += [p for p in after(noun, "of", "for") if is_party(sentence, p) and not is_placelike(sentence, p)]
    if noun.lemma_ == "seat":  # "the seat of the government" tells where it sits, not who holds the town
        owners = [o for o in owners if o.lemma_.lower() not in load_control_words().regulars]
    own = {o.i for o in owners}
    heads = [c for c in noun.children if c.dep_ in ("compound", "appos", "nmod") and c.i not in own]
    heads += [p for p in after(noun, "of") if p.i not in own] + _equated(noun)
    heads = [h for h in heads if sentence.place_at(h) is not None or h.pos_ in ("PROPN", "NOUN")]
    places = known_places(sentence, heads)
    if owners and not places:  # by a name that no gazetteer knows
        places = known_places(sentence, [h for h in heads if _is_named(h)], loosely=True)
    if owners and not places and noun.dep_ == "attr":  # "X, which had been their base"
        places = known_places(sentence, [h for h in _equated(noun) if h.pos_ == "PROPN"], loosely=True)
    if owners and places:
        yield Finding("hold", noun, tuple(owners), places, presupposed=True)


def _is_named(head: Token) -> bool:
    """A bare name in the singular, which is a town's sooner than a party's."""
    return head.tag_ == "NNP" and not any(c.dep_ in ("det", "amod") for c in head.children)


def _equated(noun: Token) -> list[Token]:
    """What a noun is said to be: the subject of its copula, or what it is set beside."""
    if noun.dep_ == "attr" and is_verb(noun.head):
        return surface_subjects(noun.head)
    return [noun.head] if noun.dep_ == "appos" else []


def home_to(sentence: Sentence, word: Token) -> Iterator[Finding]:
    """“Y, home to the rebels' headquarters": they hold Y, presupposed."""
    words = load_control_words()
    what = [p for p in after(word, "to") if p.lemma_.lower() in words.stronghold_nouns | words.sites]
    owners = tuple(
        c for w in what for c in w.children if c.dep_ in ("poss", "compound", "amod") and is_party(sentence, c)
    )
    verb = word.head
    heads = surface_subjects(verb) if verb.lemma_ in ("be", "remain", "become") else [verb] if not is_verb(verb) else []
    places = known_places(sentence, heads, loosely=any(h.tag_ == "NNP" for h in heads)) if owners else ()
    if places:
        yield Finding("hold", word, owners, places, presupposed=True)


def last_of_theirs(sentence: Sentence, noun: Token) -> Iterator[Finding]:
    """“Y was the rebels' last port": they held Y, presupposed; a country's last port is in it."""
    singled = any(c.lower_ in ("last", "only") for c in noun.children)
    owners = tuple(c for c in noun.children if c.dep_ == "poss" and is_party(sentence, c))
    owners = tuple(o for o in owners if sentence.place_at(o) is None)
    equated = [e for e in _equated(noun) if e.pos_ == "PROPN"] if singled and owners else []
    places = known_places(sentence, equated, loosely=True)
    if places:
        yield Finding("hold", noun, owners, places, presupposed=True)
