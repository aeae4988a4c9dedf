"""Places said to belong to somebody without a verb of holding: "Y is theirs", "is the army's again", "is with X"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from according.extract.control_finding import (
    Finding,
    after,
    is_party,
    is_person,
    of_places,
    particles,
    parties_in,
    surface_subjects,
)
from according.extract.control_states import AGAIN, SPANS, comes_to_be
from according.extract.roles import is_passive, is_verb
from according.extract.targets import objects_of
from according.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from according.extract.parse import Sentence
    from according.extract.tokens import Token
    from according.vocabulary.control import ControlWords

POSSESSIVES = frozenset(["ours", "theirs", "mine", "his", "hers"])
STAYING = frozenset(["remain", "stay", "become"])
LASTING = frozenset(["still", "again", "now", "once", "fully", "entirely", "completely", "back"])
LEFT_TO = frozenset(["leave", "remain", "go", "pass", "come", "switch", "revert", "return"])
PARTS = frozenset(["half", "part", "most", "rest", "all", "side"])
"""What of a town may be said to be Orlesian, when none of its people can be meant."""
MAKING = frozenset(["turn", "make", "transform", "convert", "declare", "use"])


def belonging(sentence: Sentence, verb: Token, words: ControlWords) -> Iterator[Finding]:
    """“Y is ours", "Y is once more the army's", "Y is with the rebels", "Y remained Orlesian", "Y was allied to X"."""
    if verb.lemma_ in words.siding and is_passive(verb):
        yield from _siding(sentence, verb)
        return
    if verb.lemma_ != "be" and verb.lemma_ not in STAYING:
        return
    out = [p for c in verb.children if c.lower_ == "out" and c.dep_ in ("prep", "advmod") for p in after(c, "of")]
    leavers = surface_subjects(verb) if out else []
    if leavers and all(is_party(sentence, s) for s in leavers):
        left = of_places(sentence, out, loosely=True)
        if left:
            yield Finding("withdraw", verb, tuple(leavers), left)
        return
    own = [c for c in verb.children if c.lower_ in POSSESSIVES and c.dep_ in ("attr", "acomp", "advmod", "dep")]
    own += [c for a in verb.children if a.lower_ == "own" for c in a.children if c.dep_ == "poss"]
    owners = tuple(own) or _owners(sentence, verb, words)
    places = of_places(sentence, surface_subjects(verb), loosely=bool(owners)) if owners else ()
    if places:
        lasts = verb.lemma_ in ("remain", "stay") or any(p.lemma_.lower() in SPANS for p in after(verb, "for"))
        came = not lasts and (
            {t.lower_ for c in verb.children for t in (c, *c.children)} & AGAIN
            or verb.lemma_ == "become"
            or comes_to_be(verb)
        )
        yield Finding("take" if came else "hold", verb, owners, places, by_voice=bool(own))


def _siding(sentence: Sentence, verb: Token) -> Iterator[Finding]:
    """“It had been allied to the government": the government's."""
    owners = parties_in(sentence, after(verb, "to", "with"))
    places = of_places(sentence, objects_of(verb), loosely=bool(owners))
    if owners and places:
        yield Finding("hold", verb, owners, places)


def _owners(sentence: Sentence, verb: Token, words: ControlWords) -> tuple[Token, ...]:
    """Whose the subject of a copula is said to be."""
    found = [c for c in verb.children if c.i > verb.i and any(g.dep_ == "case" for g in c.children)]
    beside = [c for c in verb.children if c.lower_ == "back" and c.dep_ in ("advmod", "prt")]
    found += [w for b in (verb, *beside) for w in after(b, "with")]
    if any(f.lemma_ == "state" for f in found):
        return tuple(f for f in found if f.lemma_ == "state")
    for child in verb.children:
        if child.dep_ in ("acomp", "attr") and child.lower_ in words.siding:
            found += after(child, "to", "with")
        if child.dep_ in ("acomp", "attr", "oprd") and _is_nation(child) and _lasts(verb, child):
            return (child,)
    return tuple(f for f in found if is_party(sentence, f))


def _is_nation(word: Token) -> bool:
    return (
        word.pos_ in ("ADJ", "PROPN")
        and word.text[:1].isupper()
        and bool(load_vocabulary().actors.named(word.text))
        and not any(c.dep_ == "det" for c in word.children)
    )


def _lasts(verb: Token, adjective: Token) -> bool:
    """That a town is Orlesian may tell of its people; that it is so still, again or fully tells who holds it."""
    near = {c.lower_ for t in (verb, adjective) for c in t.children}
    part = any(s.lower_ in PARTS for s in surface_subjects(verb))
    return verb.lemma_ in STAYING or bool(near & LASTING) or part


def left_to(sentence: Sentence, verb: Token, words: ControlWords) -> Iterator[Finding]:
    """“Only the airport is left to X", "X was left with the airport": X holds that; "Y went over to X": X took it."""
    del words
    if verb.lemma_ not in LEFT_TO:
        return
    takers = parties_in(sentence, after(verb, "to"))
    goes_over = verb.lemma_ in ("go", "pass", "come", "switch") and "over" in particles(verb)
    if takers and (goes_over or (verb.lemma_ in ("pass", "revert", "go", "return") and not is_passive(verb))):
        armed = all(is_party(sentence, t) for t in takers) and verb.lemma_ != "go"
        pointing = any(s.lower_ == "it" for s in surface_subjects(verb))  # "before it passed to X"
        armed = armed and (verb.dep_ == "advcl" or not pointing)
        places = of_places(sentence, surface_subjects(verb), loosely=goes_over or armed)
        if places:
            yield Finding("take", verb, takers, places)
        return
    if verb.lemma_ == "leave" and not is_passive(verb):
        keepers = tuple(o for o in objects_of(verb) if is_party(sentence, o))
        places = of_places(sentence, after(verb, "with"), loosely=False) if keepers else ()
        if places:
            yield Finding("hold", verb, keepers, places)
        return
    remains = verb.lemma_ == "remain" and bool(takers)
    if not remains and (verb.lemma_ != "leave" or not is_passive(verb)):
        return
    subjects = surface_subjects(verb)
    predicate = "hold"
    if takers:
        places = of_places(sentence, subjects, loosely=True)
        past = not remains and any(c.lower_ in ("was", "were") for c in verb.children)
        predicate = "hold" if not past or _is_remnant(subjects) else "take"  # "the town was left to the rebels"
    else:
        takers = tuple(s for s in subjects if is_party(sentence, s))
        places = of_places(sentence, after(verb, "with"), loosely=False) if len(takers) == len(subjects) else ()
    if takers and places:
        yield Finding(predicate, verb, takers, places, realis="ongoing" if predicate == "hold" else None)


def _is_remnant(subjects: list[Token]) -> bool:
    """“Only the airport was left to X": what X had all along."""
    near = {t.lower_ for s in subjects for t in s.subtree}
    return bool(near & {"only", "just", "few", "last", "nothing", "little"})


def let_in(sentence: Sentence, verb: Token, words: ControlWords) -> Iterator[Finding]:
    """“Crowds welcomed the army into Y", "a militia let soldiers back in": they have it."""
    del words
    if verb.lemma_ not in ("let", "allow", "admit", "welcome", "invite", "usher"):
        return
    if is_passive(verb):
        yield from _welcomed(sentence, verb)
        return
    # parsers take the troops that are let in for a clause, or for its subject
    below = [c for c in verb.children if c.dep_ == "ccomp"]
    comers = [o for o in (*objects_of(verb), *below) if o.pos_ in ("NOUN", "PROPN") and is_party(sentence, o)]
    comers += [s for c in below if is_verb(c) for s in surface_subjects(c) if is_party(sentence, s)]
    inside = [p for c in (verb, *below, *comers) for p in after(c, "into")]
    back = "back" in particles(verb) and "in" in particles(verb)
    had = [o for c in below if c.lemma_ == "have" and verb.lemma_ in ("let", "allow") for o in objects_of(c)]
    places = of_places(sentence, inside, loosely=True) or of_places(sentence, had, loosely=False)
    if comers and (places or back):
        yield Finding("take", verb, tuple(comers), places)


def _welcomed(sentence: Sentence, verb: Token) -> Iterator[Finding]:
    """“The soldiers were welcomed in by residents", "were let into Y": they have it."""
    comers = objects_of(verb)
    inside = after(verb, "into")
    armed = bool(comers) and all(is_party(sentence, c) and not is_person(sentence, c) for c in comers)
    if verb.lemma_ == "admit" or not armed:
        return
    places = of_places(sentence, inside, loosely=True)
    if places or (not inside and "in" in particles(verb) and not after(verb, "in")):
        yield Finding("take", verb, tuple(comers), places)


def fills(sentence: Sentence, verb: Token, words: ControlWords) -> Iterator[Finding]:
    """“Fighters have filled the vacuum in Y"."""
    del words
    if verb.lemma_ != "fill":
        return
    gaps = [o for o in objects_of(verb) if o.lemma_ in ("vacuum", "void")]
    places = of_places(sentence, [p for w in (verb, *gaps) for p in after(w, "in")], loosely=True) if gaps else ()
    who = surface_subjects(verb)
    if places and who and all(is_party(sentence, w) for w in who):
        yield Finding("take", verb, tuple(who), places)


def made_base(sentence: Sentence, verb: Token, words: ControlWords) -> Iterator[Finding]:
    """“X had turned Y into its base", "X made Y its stronghold": X held Y, presupposed."""
    if verb.lemma_ == "serve":
        yield from _served(sentence, verb, words)
    if verb.lemma_ not in MAKING:
        return
    makers = tuple(s for s in surface_subjects(verb) if is_party(sentence, s) or s.pos_ == "PROPN")
    own = [c for c in verb.children if c.lower_ == "own" and any(g.dep_ == "poss" for g in c.children)]
    if makers and own and verb.lemma_ == "make":  # "made the station their own"
        taken = [g for c in own for g in c.children if g.dep_ == "nsubj"] or objects_of(verb)
        places = of_places(sentence, taken, loosely=True)
        if places:
            yield Finding("take", verb, makers, places)
        return
    small = [c for c in verb.children if c.dep_ in ("ccomp", "oprd", "attr") and _is_seat(c, words)]
    seats = [t for t in after(verb, "into", "as") if _is_seat(t, words)] + small
    made = [g for c in small for g in c.children if g.dep_ == "nsubj"] or objects_of(verb)
    places = of_places(sentence, made, loosely=True) if makers and seats else ()
    if places:
        yield Finding("hold", verb, makers, places, presupposed=True)


def _served(sentence: Sentence, verb: Token, words: ControlWords) -> Iterator[Finding]:
    """“Y, which had served the army as its main base": the army's."""
    seats = [t for t in after(verb, "as") if _is_seat(t, words)]
    served = tuple(o for o in objects_of(verb) if is_party(sentence, o))
    places = of_places(sentence, surface_subjects(verb), loosely=True) if seats and served else ()
    if places:
        yield Finding("hold", verb, served, places, presupposed=True)


def _is_seat(noun: Token, words: ControlWords) -> bool:
    own = any(c.dep_ == "poss" for c in noun.children)
    return own and noun.lemma_.lower() in words.stronghold_nouns | words.seats


def sitting(sentence: Sentence, verb: Token, words: ControlWords) -> Iterator[Finding]:
    """“The rebels have been sitting in Y since June", "are dug in at Y", "were still there": they hold it."""
    there = [c for c in verb.children if c.lower_ == "there" and c.dep_ != "expl"] if verb.lemma_ == "be" else []
    if there and any(c.lower_ == "still" for c in verb.children):
        stayers = surface_subjects(verb)
        if stayers and all(is_party(sentence, s) for s in stayers):
            yield Finding("hold", verb, tuple(stayers), of_places(sentence, there, loosely=True))
        return
    if verb.lemma_ not in words.sitting or not _is_lasting(verb):
        return
    who = objects_of(verb) if is_passive(verb) else surface_subjects(verb)
    armed = bool(who) and all(is_party(sentence, w) for w in who)
    where = after(verb, "in", "inside", "at", "on")
    places = of_places(sentence, where, loosely=armed and verb.lemma_ == "hole")
    there = [c for w in who for c in w.children if c.lower_ == "there"]  # "its units there were dug in"
    places = places or of_places(sentence, there, loosely=True)
    if places and armed:
        yield Finding("hold", verb, tuple(who), places)


def _is_lasting(verb: Token) -> bool:
    helped = any(c.lower_ in ("have", "has", "had", "still") for c in verb.children)
    return verb.tag_ == "VBG" or is_passive(verb) or helped
