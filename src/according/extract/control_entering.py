"""Coming into a place that is taken by it, and going out of one that is lost by it, where no other word says so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from according.extract.control_finding import (
    Finding,
    after,
    is_party,
    is_person,
    objects_of,
    particles,
    subjects_of,
    surface_subjects,
)
from according.extract.control_places import places_in
from according.extract.roles import is_verb
from according.extract.wordlists import find_phrases
from according.vocabulary.control import load_control_words

if TYPE_CHECKING:
    from according.extract.control_places import PlaceArgument
    from according.extract.parse import Sentence
    from according.extract.tokens import Token

REACHED = frozenset(["in", "into", "back"])
GONE = frozenset(["withdraw", "lose"])
ENTERING = frozenset(["enter", "re-enter", "be"])


def entries(sentence: Sentence, findings: list[Finding], *, left: bool) -> Iterator[Finding]:
    """Who comes into a place that others have just left, or whom nobody stops there, takes it.

    ``left`` says that somebody has given up a place just before this sentence.
    """
    going = [f for f in findings if f.predicate in GONE]
    entered = list(_entered(sentence, findings, going, left=left))
    yield from _flights(sentence, [*findings, *entered])
    yield from entered


def _entered(sentence: Sentence, findings: list[Finding], going: list[Finding], *, left: bool) -> Iterator[Finding]:
    takers = {h.i for f in findings if f.predicate == "take" for h in f.holders}
    open_to_all = bool(going) or left or _is_unopposed(sentence)
    words = load_control_words()
    goers = words.entering if open_to_all else words.marching
    for verb in sentence.doc:
        if not (verb.lemma_ in goers or verb.lemma_ in ENTERING) or not is_verb(verb):
            continue
        comers = _comers(sentence, verb)
        if not comers or {c.i for c in comers} & takers or _is_taken_there(findings, verb):
            continue
        if _only_they_left(comers, going) and "back" not in particles(verb):
            continue
        if verb.lemma_ == "enter" and (barred := _said_not_to(sentence, verb)):
            yield Finding("take", verb, comers, barred)
        elif verb.lemma_ in ("enter", "re-enter") and (returned := _entered_again(sentence, verb)):
            yield Finding("take", verb, comers, returned)
        elif verb.lemma_ == "be" and (going or left) and (_is_back(verb) or _is_inside(verb)):
            lasts = any(c.lower_ == "still" for c in verb.children)
            yield Finding("hold" if lasts else "take", verb, comers, ())
        elif verb.lemma_ == "be" and going and (inside := _inside(sentence, verb)):
            yield Finding("take", verb, comers, inside)
        elif verb.lemma_ in goers:
            yield from _come_in(sentence, verb, comers, going, left=left)


def _come_in(
    sentence: Sentence, verb: Token, comers: tuple[Token, ...], going: list[Finding], *, left: bool
) -> Iterator[Finding]:
    """“Marched into Y", "moved in" as others left; "were still walking its streets" says that they hold it."""
    free = verb.lemma_ in load_control_words().marching or _is_unopposed(sentence)
    through = after(verb, "through") if free else []
    heads = [*objects_of(verb), *after(verb, "in", "into"), *through]
    goals = tuple(places_in(sentence, heads, loosely=True))
    if verb.lemma_ == "go" and not any(c.lower_ == "back" for c in verb.children):
        return
    alone = verb.lemma_ in ("enter", "re-enter") and not heads  # "tanks entered at dawn"
    arrives = (
        goals
        or (alone and verb.dep_ != "relcl")
        or (bool(going or left) and any(c.lower_ in REACHED for c in verb.children))
    )
    if arrives and any(c.lower_ == "still" for c in verb.children):
        yield Finding("hold", verb, comers, goals or ())  # "they were still walking its streets"
    elif arrives:
        yield Finding("take", verb, comers, goals or (going[0].places if going else ()))


def _flights(sentence: Sentence, findings: list[Finding]) -> Iterator[Finding]:
    """Armed parties that flee, not said from where, as a place is taken by others, give it up."""
    taken = [f for f in findings if f.predicate in ("take", "hold") and f.places and f.realis in (None, "happened")]
    gone = {h.i for f in findings if f.predicate in GONE for h in f.holders}
    if not taken:
        return
    for verb in sentence.doc:
        if _runs(verb) and is_verb(verb) and not objects_of(verb) and not after(verb, "from"):
            leavers = _comers(sentence, verb)
            if leavers and not {h.i for h in leavers} & (gone | {h.i for f in taken for h in f.holders}):
                yield Finding("withdraw", verb, leavers, taken[-1].places)


def _runs(verb: Token) -> bool:
    away = verb.lemma_ in ("run", "drive", "sail") and bool(particles(verb) & {"away", "off"})
    return verb.lemma_ in ("flee", "escape", "vanish") or away


def _only_they_left(comers: tuple[Token, ...], going: list[Finding]) -> bool:
    """Whether those who come in somewhere are those who have left, and nobody else has."""
    who = {c.i for c in comers}
    left = [who & {h.i for h in f.holders} for f in going]
    return any(left) and all(left)


def _is_taken_there(findings: list[Finding], verb: Token) -> bool:
    """Whether another word of the same clause already tells of a taking ("entered and took Y")."""
    return any(f.predicate == "take" and verb.i in (f.trigger.head.i, f.trigger.i) for f in findings)


def _comers(sentence: Sentence, verb: Token) -> tuple[Token, ...]:
    """The armed parties that do it, when all who do it are."""
    who = surface_subjects(verb) if verb.lemma_ == "be" else subjects_of(verb)
    unarmed = load_control_words().offices | {"police"}
    armed = all(is_party(sentence, w) and not is_person(sentence, w) and w.lower_ not in unarmed for w in who)
    return tuple(who) if who and armed else ()


def _entered_again(sentence: Sentence, verb: Token) -> tuple[PlaceArgument, ...]:
    """“On Monday the army entered it again": what they had lost before is theirs."""
    again = any(c.lower_ in ("again", "anew") for c in verb.children)
    return tuple(places_in(sentence, objects_of(verb), loosely=True)) if again else ()


def _said_not_to(sentence: Sentence, verb: Token) -> tuple[PlaceArgument, ...]:
    """“Denied that they had entered Y", "have not entered Y": said not to hold it."""
    denied = any(c.dep_ == "neg" for c in verb.children)
    denied = denied or (verb.dep_ == "ccomp" and verb.head.lemma_ in load_control_words().denying_verbs)
    return tuple(places_in(sentence, objects_of(verb), loosely=False)) if denied else ()


def _is_back(verb: Token) -> bool:
    """“The militants were back", without saying where: in the place spoken of."""
    back = [c for c in verb.children if c.lower_ == "back"]
    return bool(back) and not any(after(word, "in", "at", "on", "under") for word in (*back, verb))


def _is_inside(verb: Token) -> bool:
    """“By dawn the army was inside", without saying of what: of the place just left."""
    inside = [c for c in verb.children if c.lower_ in ("inside", "in") and c.dep_ in ("advmod", "prt", "prep")]
    return bool(inside) and not any(c.children for c in inside)


def _inside(sentence: Sentence, verb: Token) -> tuple[PlaceArgument, ...]:
    """“Were in the town by morning"."""
    inside = after(verb, "in", "inside")
    return tuple(places_in(sentence, inside, loosely=[p.lower_ for p in inside] == ["it"]))


def _is_unopposed(sentence: Sentence) -> bool:
    """“Without a fight", "to cheers": the sentence says that nobody held them up."""
    return bool(find_phrases(sentence.doc[:], load_control_words().unopposed))
