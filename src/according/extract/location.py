"""Where an event was: which of the places a sentence names belongs to it, or that none does.

Every name that may be a place is a candidate, known to the gazetteer or not (``place_candidates``). Its words and its
way through the parse to the event (``location_features``) are weighed by a logistic model trained on sentences in which
people marked the place of one event; the best candidate is the place, unless it falls under the model's threshold.
"""

from __future__ import annotations

import re
from itertools import pairwise
from math import exp
from typing import TYPE_CHECKING

from according.extract.location_features import features
from according.extract.place_candidates import PlaceCandidate, kind_word, place_candidates
from according.extract.roles import is_verb
from according.extract.worth import telling_words
from according.vocabulary.actors.phrases import load_actor_phrases
from according.vocabulary.gazetteer.words import load_place_words
from according.vocabulary.location import load_location_weights
from according.vocabulary.wording import load_wording

if TYPE_CHECKING:
    from according.extract.parse import Sentence
    from according.extract.tokens import Token
    from according.records import Span


DOING = frozenset(["nsubj", "nsubjpass"])
"""An event named by a noun that does something ("Fighting broke out in X") is where that was done."""
LIKELY_ENOUGH = 0.2
"""From here a known place behind a preposition of place counts, though the model alone would not be sure."""
MEASURED = re.compile(
    r"(?: [a-z]+)?, (?:an? (?:[\w-]+ ){0,4}?)?(?:just |about |some |around |roughly )*"
    r"(?:[\d.,]+ ?(?:km|kilomet(?:re|er)s?|miles?)(?: \([^)]*\))? )?(?:to the )?"
    r"(?:(?:north|south|east|west)[\w-]*(?: of)?|from|near|close to|not far from|outside|off) "
    r"(?:the )?(?:(?:[\w-]+ ){0,4}of )?",
    re.IGNORECASE,
)
"""Between two names: how far, and which way, the first lies from the second."""
SETTLEMENTS = frozenset(["town", "city", "village", "port", "hamlet", "cities", "towns", "villages"])
MOST_NESTED = 4
"""Places in places: a village in a district of a province."""
BORDERS = frozenset(["border", "borders", "frontier", "frontiers"])
LOCATING = frozenset(["in", "at", "on", "near", "outside", "inside", "around", "across", "over", "between"])
LIES_IN = re.compile(
    r"(?: [a-z]+)?, in (?:the )?(?:(?:[a-z]+-)?[a-z]+(?:ern|al) )?(?:province of |state of )?(?:[A-Z]\w+['’]s )?"
)
"""Between two names: the first lies in the second."""
OF_A_SPEAKER = 0.1
"""What is left of the likelihood of the place that a speaker is in ("an official in Osk said") beside another place."""


def place_of_event(sentence: Sentence, token: Token) -> Span | None:
    """The words that name where the event of a trigger word was, or ``None`` when its sentence does not say."""
    best = best_candidate(sentence, token)
    if best is None or best[1] < _least(best[0]):
        return None
    return sentence.span_of((_described_by(sentence, best[0]) or best[0]).tokens)


def _described_by(sentence: Sentence, wider: PlaceCandidate) -> PlaceCandidate | None:
    """As in "Hit Barsa, a village in Osk province": the place that another one is only named to tell the lie of."""
    noun = _settlement_above(wider.head)
    if noun is None:
        return None
    if noun.dep_ == "appos":
        told = noun.head.i
    else:  # "the Osk town of Barsa"
        told = next((g.i for c in noun.children if c.lower_ == "of" for g in c.children if g.dep_ == "pobj"), -1)
    named = [one for one in place_candidates(sentence) if any(token.i == told for token in one.tokens)]
    return named[0] if named and not named[0].actor else None


def _settlement_above(head: Token) -> Token | None:
    """The settlement that a name tells the lie of: "a village in the Gim district of Osk", "the Osk town"."""
    noun = head
    for _ in range(MOST_NESTED):
        if noun.dep_ == "pobj":
            noun = noun.head.head
        elif noun.dep_ in ("compound", "nmod", "poss", "amod"):
            noun = noun.head
        else:
            return None
        kind = kind_word(noun)
        if kind is None:
            return None
        if kind not in {"province", "country", "region"} and (noun.dep_ == "appos" or _is_settlement_of(noun)):
            return noun
    return None


def _is_settlement_of(noun: Token) -> bool:
    """As in "the Osk town of Barsa": the name stands behind."""
    told = noun.lower_ in SETTLEMENTS and any(c.dep_ == "det" for c in noun.children)
    return told and any(c.lower_ == "of" and c.dep_ == "prep" for c in noun.children)


def _is_measured(place: PlaceCandidate, farther: PlaceCandidate) -> bool:
    """As in "Osk, just east of Barsa, was hit": the second is only named to tell the lie of the first."""
    text = place.tokens[0].doc.text
    return MEASURED.fullmatch(text, place.tokens[-1].end, farther.tokens[0].idx) is not None


def _least(candidate: PlaceCandidate) -> float:
    """The probability from which a candidate counts."""
    head = candidate.head
    told_kind = head.dep_ in ("compound", "nmod") and kind_word(head.head) is not None
    noun = head.head if told_kind else head
    stands_in = noun.dep_ == "pobj" and noun.head.lower_ in LOCATING
    if candidate.known and not candidate.actor and stands_in:
        return LIKELY_ENOUGH
    if told_kind and not candidate.actor and stands_in:
        return LIKELY_ENOUGH / 2  # "in the Osk region": certainly a place
    return load_location_weights().threshold


def best_candidate(sentence: Sentence, token: Token) -> tuple[PlaceCandidate, float] | None:
    """The likeliest place of an event with its probability, however low; ``None`` when nothing is named at all."""
    candidates = place_candidates(sentence)
    named = [index for index, candidate in enumerate(candidates) if _may_be_place(candidate)]
    if not named:
        return None
    triggers = [token, token.head] if token.dep_ in DOING and token.head.pos_ == "VERB" else [token]
    scored = {
        index: max(probability(features(sentence, trigger, candidates, index)) for trigger in triggers)
        for index in named
    }
    for nearer, farther in reversed(list(pairwise(named))):
        if _is_measured(candidates[nearer], candidates[farther]):
            scored[nearer] += scored.pop(farther)  # whatever speaks for the one speaks for the other
    if len(scored) > 1:
        for index in scored:
            scored[index] *= OF_A_SPEAKER if _is_of_speaker(candidates[index], token) else 1.0
    for index in scored:
        kind = candidates[index].head.head
        if kind.head.i == token.i and kind.dep_ in ("dobj", "nsubjpass") and _is_settlement(candidates[index], kind):
            scored[index] += 1.0  # "bombed Osk village": where else
    best = max(scored, key=lambda index: scored[index])
    inside = [index for index in scored if _lies_in(candidates[index], candidates[best])]
    return candidates[inside[0] if inside else best], min(scored[best], 1.0)


def _lies_in(place: PlaceCandidate, wider: PlaceCandidate) -> bool:
    """As in "Barsa, in the Osk district": the second only says where the first is."""
    if not place.known or place.actor:
        return False
    return LIES_IN.fullmatch(place.tokens[0].doc.text, place.tokens[-1].end, wider.tokens[0].idx) is not None


def _is_of_speaker(candidate: PlaceCandidate, event: Token) -> bool:
    """As in "An official in Osk said": where somebody sits who speaks of what was elsewhere."""
    preposition = candidate.head.head
    if candidate.head.dep_ != "pobj" or preposition.lower_ not in ("in", "at"):
        return False
    speaker = preposition.head
    if speaker.i == event.i or not (speaker.pos_ == "PROPN" or speaker.lemma_ in load_actor_phrases().deputies):
        return False
    return speaker.dep_ == "nsubj" and speaker.head.lemma_ in load_wording().speech_kind and is_verb(speaker.head)


def _may_be_place(candidate: PlaceCandidate) -> bool:
    """An unknown name is none when it is a word of conflict with a headline's capital, or somebody's."""
    words = load_place_words()
    if _is_at_a_border(candidate):
        return False
    if candidate.known:
        return True
    if candidate.actor or candidate.tokens[-1].lower_ in words.never_alone:
        return False
    person = candidate.tokens[0].lower_ in words.person_names and candidate.head.dep_ != "pobj"
    first = candidate.tokens[0].lower_
    headline_word = len(candidate.tokens) == 1 and first in telling_words()
    return not person and not headline_word and first not in words.titles


def _is_settlement(candidate: PlaceCandidate, noun: Token) -> bool:
    return candidate.head.dep_ in ("compound", "nmod") and kind_word(noun) in ("town", "neighbourhood", "district")


def _is_at_a_border(candidate: PlaceCandidate) -> bool:
    """As in "near the Orlesian border", "Orlesia's border with Nordland": of those two, which side is not said."""
    last = candidate.tokens[-1]
    behind = last.doc[last.i + 1 : last.i + 3]
    follows = [t for t in behind if t.lower_ not in ("'s", "’s", "-")][:1]
    shared = candidate.head.dep_ == "pobj" and candidate.head.head.lower_ in ("with", "between")
    between = [t for t in candidate.head.head.head.subtree if t.lower_ in BORDERS] if shared else []
    return bool(between) or any(t.lower_ in BORDERS and not _is_crossing(t) for t in follows)


def _is_crossing(border: Token) -> bool:
    """As in "the Osk border crossing": a place of its own."""
    return border.dep_ in ("compound", "nmod", "amod")


def probability(found: dict[str, float]) -> float:
    """How likely a candidate with these features is where the event was."""
    model = load_location_weights()
    total = model.intercept + sum(model.weights.get(name, 0.0) * value for name, value in found.items())
    return 1.0 / (1.0 + exp(-total))
