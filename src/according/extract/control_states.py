"""States of control behind a preposition: "in X's hands", "under X's control", "under siege", "in control"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from according.extract.arguments import is_time
from according.extract.control_finding import Finding, after, is_party, surface_subjects
from according.extract.control_places import PlaceArgument, places_in
from according.extract.roles import is_passive, is_verb
from according.extract.targets import objects_of

if TYPE_CHECKING:
    from according.extract.parse import Sentence
    from according.extract.tokens import Token

REMNANTS = frozenset(["pocket", "part", "corner", "quarter", "district", "area", "street", "block"])
"""Parts of a place that some unknown name may stand behind."""
SPANS = frozenset(["hour", "day", "week", "month", "year", "decade"])
AGAIN = frozenset(["back", "again", "once"])
PLACERS = frozenset(
    ["bring", "put", "place", "keep", "hold", "have", "get", "declare", "leave", "remain", "take", "maintain"]
)
BECOMING = frozenset(["come", "fall", "pass", "return", "bring", "slip", "go", "revert", "shift", "transfer"])


def known_places(sentence: Sentence, heads: Iterable[Token], *, loosely: bool = False) -> tuple[PlaceArgument, ...]:
    """The places that some head words stand for, in a finding's form."""
    return tuple(places_in(sentence, heads, loosely=loosely))


def owners_of(sentence: Sentence, noun: Token) -> tuple[Token, ...]:
    """Whose control, hands or siege it is: "the army's control", "Houthi control", "control of the rebels"."""
    owners = [c for c in noun.children if c.dep_ == "poss"]
    owners += [
        c
        for c in noun.children
        if c.dep_ in ("compound", "amod", "nmod")
        and (is_party(sentence, c) or c.pos_ == "PROPN" or c.lower_ in ("state", "official", "federal"))
    ]
    owners += [p for p in after(noun, "of", "by") if _may_own(sentence, p)]
    owners += [m for owner in owners for m in owner.conjuncts if m.i > owner.i and m.dep_ == "conj"]
    return tuple(owners)


def _may_own(sentence: Sentence, head: Token) -> bool:
    """Whether whose control it is can be meant: an armed party, or a name that is not only a place's."""
    return (is_party(sentence, head) or head.pos_ == "PROPN") and not is_placelike(sentence, head)


def is_placelike(sentence: Sentence, head: Token) -> bool:
    """Whether a head word names a place and no actor."""
    return sentence.place_at(head) is not None and sentence.actor_at(head) is None


def state_findings(sentence: Sentence, noun: Token, preposition: Token, predicate: str = "hold") -> Iterator[Finding]:
    """“Y is in X's hands”, "Y came under X's control", "X brought Y under its control", "areas under siege by X"."""
    above = preposition.head
    while above.dep_ in ("prep", "advmod", "prt") and not is_verb(above):
        above = above.head
    if above.dep_ == "attr" and above.lower_ in ("cent", "percent", "%"):  # "is a hundred per cent in X's hands"
        above = above.head
    owners = owners_of(sentence, noun)
    if not is_verb(above):
        keepers = _keepers(sentence, above)
        part = bool(owners) and above.lemma_.lower() in REMNANTS  # "the last pocket of Y in X's hands"
        places = known_places(sentence, lasting_subject(above) or [above], loosely=part or bool(keepers))
        if places:
            doers = owners or tuple(after(above, "by"))
            yield Finding(predicate, noun, _own(doers, keepers) or keepers, places)
        return
    if preposition.lower_ == "from":
        return
    if any(p.lower_ == "out" for p in (preposition, preposition.head)):
        yield from _kept_out(sentence, noun, above)
        return
    subjects, objects = surface_subjects(above), [] if is_passive(above) else objects_of(above)
    placed = objects if above.lemma_ in PLACERS | BECOMING and objects else subjects
    places = known_places(sentence, placed, loosely=True)
    if placed is objects and not places and above.lemma_ == "declare":
        places = known_places(sentence, subjects, loosely=True)
    foes = [p for p in after(noun, "from") if is_party(sentence, p)] if predicate == "besiege" else []
    doers = owners or tuple(after(above, "by")) or tuple(foes) or (tuple(subjects) if placed is objects else ())
    doers = _own(doers, subjects if placed is objects else ())
    if places and not (predicate == "hold" and not doers):
        yield Finding(change_of(predicate, above, preposition), above, doers, places)
    elif predicate == "hold" and not doers and noun.lemma_ == "control":
        yield from _under_control(above, subjects, places)


def _keepers(sentence: Sentence, kept: Token) -> tuple[Token, ...]:
    """“X has had Y under siege" parsed as a Y that is under siege: X."""
    verb = kept.head
    if kept.dep_ != "dobj" or verb.lemma_ not in PLACERS or is_passive(verb):
        return ()
    return tuple(s for s in surface_subjects(verb) if is_party(sentence, s))


def _under_control(verb: Token, subjects: list[Token], places: tuple[PlaceArgument, ...]) -> Iterator[Finding]:
    """“Y is fully under control, the army said", "things there are under control": whoever says so has it."""
    state = all(s.lemma_.lower() in ("situation", "thing", "everything", "all") for s in subjects)
    if verb.lemma_ in ("be", "remain", "stay", "keep") and (places or (subjects and state)):
        yield Finding("hold", verb, (), places, by_voice=True)


def lasting_subject(noun: Token) -> list[Token]:
    """“After two years in X's hands, Y …": Y."""
    verb = noun.head.head
    lasted = noun.lemma_.lower() in SPANS and noun.dep_ == "pobj" and is_verb(verb)
    return surface_subjects(verb) if lasted else []


def _kept_out(sentence: Sentence, noun: Token, verb: Token) -> Iterator[Finding]:
    """“X kept Y out of Z's hands”: X holds Y against Z."""
    places = known_places(sentence, objects_of(verb), loosely=True)
    if places and verb.lemma_ in ("keep", "hold"):
        yield Finding("hold", verb, tuple(surface_subjects(verb)), places, owners_of(sentence, noun))


def _own(doers: tuple[Token, ...], subjects: Iterable[Token]) -> tuple[Token, ...]:
    """“X brought Y under its control”: "its" is X."""
    subjects = tuple(subjects)
    return subjects if subjects and all(d.lower_ in ("its", "their", "his") for d in doers) else doers


def change_of(predicate: str, verb: Token, preposition: Token) -> str:
    """Whether a state is said to have come about: "back in", "again in", "fell into", "by nightfall … was in"."""
    if predicate != "hold":
        return predicate
    near = {t.lower_ for w in (verb, preposition) for c in w.children for t in (c, *c.children)} | {
        preposition.nbor(-1).lower_ if preposition.i else ""
    }
    arrives = verb.lemma_ in BECOMING or preposition.lower_ == "into" or comes_to_be(verb)
    return "take" if arrives or near & AGAIN else "hold"


def comes_to_be(verb: Token) -> bool:
    """“By nightfall the city was in their hands” tells of a change; "have come to control" does too."""
    return any(
        c.lower_ == "by" and c.dep_ == "prep" and (c.i < verb.i or any(is_time(g) for g in c.children))
        for c in verb.children
    )


def in_control_here(sentence: Sentence, preposition: Token) -> Iterator[Finding]:
    """“With X now in full control”, "X is in charge there": of the place spoken of."""
    verb = preposition.head
    beside = [c for c in preposition.children if c.dep_ == "nsubj"]
    if not beside and not (is_verb(verb) and verb.lemma_ in ("be", "remain", "stay")):
        return
    doers = beside or surface_subjects(verb)
    there = [c for c in verb.children if c.lower_ == "there"] or after(verb, "in") if not beside else []
    if doers and all(is_party(sentence, d) for d in doers):
        places = known_places(
            sentence, [t for t in there if t.i > preposition.i and t.head.i != preposition.i], loosely=True
        )
        again = {t.lower_ for w in (verb, preposition) for c in w.children for t in (c, *c.children)} & AGAIN
        yield Finding("take" if again else "hold", preposition, tuple(doers), places)
