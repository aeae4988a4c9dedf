"""Being in a place in force, which holds it: "troops are still in Y", "have been in Y since May", "are back in Y"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from according.extract.control_finding import (
    Finding,
    after,
    is_party,
    is_person,
    of_places,
    on_helper,
    surface_subjects,
)
from according.extract.control_states import comes_to_be
from according.vocabulary.control import load_control_words

if TYPE_CHECKING:
    from according.extract.parse import Sentence
    from according.extract.tokens import Token
    from according.vocabulary.control import ControlWords


WATCHMEN = frozenset(["guard", "police", "policeman", "officer"])
"""Who is inside a place because it is theirs to watch."""
HEARTS = frozenset(["all", "whole", "centre", "center", "heart", "downtown"])
"""Who is in these of a town is in it."""


def still_inside(sentence: Sentence, verb: Token, words: ControlWords) -> Iterator[Finding]:
    """“Its men were still inside Y", "troops are still in the town": they hold it."""
    del words
    stays = verb.lemma_ in ("remain", "stay") and bool(after(verb, "inside"))  # "soldiers remain inside Y"
    if verb.lemma_ != "be" and not stays and verb.lemma_ not in ("remain", "stay"):
        return
    inside = after(verb, "in", "inside")
    stays = stays or bool(after(verb, "inside")) or _is_kept_up(verb)
    inside += after(verb, "on", "at") if verb.lemma_ in ("remain", "stay") else []
    everywhere = stays or any(p.lower_ in HEARTS for p in inside)  # "his men are in all of Y"
    came = verb.lemma_ == "be" and comes_to_be(verb)
    meant = any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)
    lasts = verb.lemma_ in ("remain", "stay") and not meant  # "its sentries stayed on the hills"
    if _is_inside_it(verb):
        yield Finding("hold", verb, tuple(surface_subjects(verb)))
        return
    if not (
        everywhere
        or came
        or lasts
        or _is_claimed(sentence, verb, inside)
        or any(c.lower_ == "still" for c in verb.children)
    ):
        return
    men = surface_subjects(verb)
    town_parts = load_control_words().town_parts
    inside += [p for p in after(verb, "on", "at") if p.lemma_.lower() in town_parts or p.lower_ in town_parts]
    if any(p.lemma_ == "position" for p in inside):  # "its men in Y were still in their positions"
        inside = [p for m in men for p in after(m, "in", "at")] or inside
    here = [c for c in verb.children if c.lower_ == "there" and c.dep_ != "expl"]
    inside += here if _is_kept_up(verb) else []  # "had been there since May"
    armed = bool(men) and all(is_party(sentence, m) and not is_person(sentence, m) for m in men)
    armed = armed and not any(m.lemma_.lower() in WATCHMEN for m in men)
    if lasts and any(m.pos_ == "PRON" for m in men):
        return
    places = of_places(sentence, inside, loosely=(everywhere or armed) and not lasts)
    if places and armed:
        yield Finding("take" if came else "hold", verb, tuple(men), places)


def _is_claimed(sentence: Sentence, verb: Token, inside: list[Token]) -> bool:
    """“Troops claimed to be in Y", "the rebels say that they are in Y": of a known place, by those who are there."""
    return _is_told_by_them(verb) and any(sentence.place_at(p) is not None or p.lower_ in HEARTS for p in inside)


def _is_inside_it(verb: Token) -> bool:
    """“The troops say that they are inside": inside the place spoken of."""
    inside = [c for c in verb.children if c.lower_ == "inside" and not list(c.children)]
    return bool(inside) and _is_told_by_them(verb) and not after(verb, "in", "inside")


def _is_told_by_them(verb: Token) -> bool:
    """Whether those who are somewhere say so themselves, as an armed party."""
    above = verb.head
    tells = above.lemma_ in ("claim", "say", "report", "announce") and verb.lemma_ == "be"
    own = verb.dep_ == "xcomp" or [s.lower_ for s in surface_subjects(verb)] == ["they"]
    tellers = surface_subjects(above) if tells and own and verb.dep_ in ("xcomp", "ccomp") else []
    forces = load_control_words().forces - load_control_words().offices
    return bool(tellers) and all(t.lemma_.lower() in forces for t in tellers)


def _is_kept_up(verb: Token) -> bool:
    """“Have been in Y since May"."""
    perfect = any(c.lower_ in ("has", "have", "had") for c in verb.children)
    return perfect and any(c.lower_ == "since" for c in verb.children)


def back_in(sentence: Sentence, verb: Token, words: ControlWords) -> Iterator[Finding]:
    """“The army is back in Y”."""
    del words
    if verb.lemma_ != "be" or not all(is_party(sentence, s) for s in surface_subjects(verb)):
        return
    back = [c for c in verb.children if c.lower_ in ("back", "again")]
    heads = [p for w in (*back, verb) if back for p in after(w, "in")]
    streets = [p for w in (*back, verb) if back for p in after(w, "on", "in") if p.lower_ == "streets"]
    heads = [t for s in streets for t in after(s, "of")] or heads
    places = of_places(sentence, heads, loosely=True)
    if (places or streets) and surface_subjects(verb):
        yield Finding("take", verb, tuple(surface_subjects(verb)), places)


def departed(sentence: Sentence, verb: Token, words: ControlWords) -> Iterator[Finding]:
    """“The rebels are gone", "were gone from Y by noon": they have left."""
    del words
    gone = verb if verb.lower_ == "gone" else next((c for c in verb.children if c.lower_ == "gone"), None)
    helped = gone is not None and any(c.lower_ in ("is", "are", "was", "were", "be") for c in (verb, *gone.children))
    if gone is None or not helped or (gone is not verb and verb.lemma_ != "be"):
        return
    who = on_helper(verb) or surface_subjects(verb)
    sources = [p for w in {verb.i: verb, gone.i: gone}.values() for p in after(w, "from")]
    if who and all(is_party(sentence, w) and not is_person(sentence, w) for w in who):
        yield Finding("withdraw", verb, tuple(who), of_places(sentence, sources, loosely=True))
