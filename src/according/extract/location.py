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
from according.extract.no_place import (
    LOCATING,
    MOST_NESTED,
    is_of_another_tale,
    is_of_speaker,
    is_speakers_house,
    may_be_place,
    names_people,
)
from according.extract.place_candidates import PlaceCandidate, kind_word, place_candidates
from according.extract.roles import is_verb
from according.vocabulary.gazetteer.words import load_place_words
from according.vocabulary.location import load_location_weights

if TYPE_CHECKING:
    from collections.abc import Sequence

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
TOLD_TO_LIE = re.compile(
    r",? (?:in|near|outside|north of|south of|east of|west of) (?:the )?(?:[a-z]+(?:-[a-z]+)? ){0,2}(?:of )?[A-Z]|"
    r", an? (?:[\w-]+ ){0,4}(?:town|city|village|hamlet|port|suburb|settlement|district|county)\b|"
    r", (?:some |about |just |\d)[^,.;]{0,30}\b(?:km|kilomet|miles|north|south|east|west)"
)
"""Behind a name: where it lies, or what kind of place it is."""
SETTLEMENTS = frozenset(["town", "city", "village", "port", "hamlet", "cities", "towns", "villages"])
CARRYING_OUT = frozenset("carry commit stage mount launch perpetrate conduct".split())
SITES = frozenset(["facility", "neighbourhood"])
POINTERS = frozenset(["town", "city", "village", "district"])
"""Settlements that "the" makes one that was named before."""
LIES_IN = re.compile(
    r"(?: [a-z]+){0,2}, in (?:the )?(?:(?:[a-z]+-)?[a-z]+(?:ern|al) )?(?:province of |state of )?(?:[A-Z]\w+['’]s )?"
)
WITHIN = re.compile(
    r"(?:(?! (?:in|of|at|on|near|from|to|by|and|the|an?) ) [A-Za-z-]+){0,4},? (?:of|in) (?:the )?"
    r"(?:[\w-]*(?:north|south|east|west|centr)[\w-]* )?"
    r"(?:(?:province|state|district|governorate|region|county) of )?(?:[A-Z]\w+['’]s )?"
)
"""Between two names: the first lies in the second."""
OWNS = re.compile(
    r"(?: [a-z]+)?['’]s (?:(?:[a-z]+-)?[a-z]+ ){0,3}"
    r"(?:(?:town|city|village|port|district|province|region|suburb) of )?",
    re.IGNORECASE,
)
"""Between two names: the second is a part of the first ("Osk state's Barsa village")."""
NEXT_TO = re.compile(r"(?:,| and|, and) (?:(?:the )?(?:nearby|neighbou?ring) )?")
"""Between two names: both are told of alike."""
NEARLY_AS_LIKELY = 0.3
"""How likely, beside the likeliest, the first of several places told alike must be to stand for them all."""
PARTS_OF_PROVINCES = frozenset(["town", "district", "neighbourhood"])
MILITARY_SITES = frozenset("base airbase airport airfield barracks garrison detachment outpost camp checkpoint".split())
"""Sites that are called after the town they stand by."""
OF_A_SPEAKER = 0.1
"""What is left of the likelihood of the place that a speaker is in ("an official in Osk said") beside another place."""


def place_of_event(sentence: Sentence, token: Token) -> Span | None:
    """The words that name where the event of a trigger word was, or ``None`` when its sentence does not say."""
    best = best_candidate(sentence, token)
    pointer = _pointed_to(token)
    if pointer is not None and not (best and any(t.i == best[0].head.i for t in pointer.subtree)):
        return sentence.span_of([*(c for c in pointer.children if c.dep_ == "det"), pointer])
    if best is None or best[1] < _least(best[0]):
        return None
    return sentence.span_of((_described_by(sentence, best[0]) or best[0]).tokens)


def _pointed_to(event: Token) -> Token | None:
    """As in "Gunmen attacked the town": a settlement without a name that something is done to, named before."""
    if not is_verb(event):
        return None
    for noun in (c for c in event.children if c.dep_ in ("dobj", "nsubjpass") and c.lower_ in POINTERS):
        before = list(noun.lefts)
        if len(before) == 1 and before[0].lower_ in ("the", "this", "that"):
            return noun
    return None


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
    told_kind = told_kind or (len(candidate.tokens) > 1 and kind_word(candidate.tokens[-1]) is not None)
    if candidate.known and not candidate.actor and stands_in:
        return LIKELY_ENOUGH
    if told_kind and not candidate.actor and stands_in:
        return LIKELY_ENOUGH / 2  # "in the Osk region": certainly a place
    opens = candidate.tokens[0].i == 0 and head.dep_ == "nsubj"
    if (stands_in or opens) and not candidate.actor and _is_told_to_lie(candidate):
        return LIKELY_ENOUGH / 2
    return load_location_weights().threshold


def _is_told_to_lie(candidate: PlaceCandidate) -> bool:
    """As in "in Osk, in Orlesia's far north", "at Osk, a village near Barsa": what has a lie is a place."""
    last = candidate.tokens[-1]
    return TOLD_TO_LIE.match(last.doc.text, last.end) is not None


def best_candidate(sentence: Sentence, token: Token) -> tuple[PlaceCandidate, float] | None:
    """The likeliest place of an event with its probability, however low; ``None`` when nothing is named at all."""
    candidates = place_candidates(sentence)
    named = [index for index, candidate in enumerate(candidates) if may_be_place(candidate)]
    if not named:
        return None
    triggers = [token, token.head] if token.dep_ in DOING and token.head.pos_ == "VERB" else [token]
    triggers += _doings(token)
    scored = {
        index: max(probability(features(sentence, trigger, candidates, index)) for trigger in triggers)
        for index in named
    }
    for nearer, farther in reversed(list(pairwise(named))):
        if _is_measured(candidates[nearer], candidates[farther]):
            scored[nearer] += scored.pop(farther)  # whatever speaks for the one speaks for the other
    if len(scored) > 1 or any(names_people(one) for one in candidates):
        for index in scored:
            scored[index] *= OF_A_SPEAKER if is_of_speaker(candidates[index], token) else 1.0
    for index in scored:
        scored[index] *= OF_A_SPEAKER if is_speakers_house(candidates[index], token) else 1.0
        scored[index] *= 0.0 if is_of_another_tale(candidates[index], token) else 1.0
    where = _told_where(token)
    behind = [index for index in scored if where is not None and candidates[index].tokens[-1].i < where]
    if behind:
        scored[max(behind)] += 1.0  # "by Osk junction, where a lorry blew up"
    named_so = _names_of_settlement(token)
    for index in scored:
        scored[index] += 1.0 if named_so & {candidates[index].head.i, candidates[index].tokens[0].i} else 0.0
        kind = candidates[index].head.head
        if kind.head.i == token.i and kind.dep_ in ("dobj", "nsubjpass") and _is_settlement(candidates[index], kind):
            scored[index] += 1.0  # "bombed Osk village": where else
    best = max(scored, key=lambda index: scored[index])
    inside = [index for index in scored if _lies_in(candidates[index], candidates[best])]
    inside += [index for index in scored if index > best and _is_part(candidates[index], candidates[best])]
    found = inside[0] if inside else _first_of_alike(candidates, best, scored)
    settled = [index for index in scored if index > found and _is_site_in(candidates[found], candidates[index])]
    found = settled[0] if settled else found
    return candidates[found], min(scored[best], 1.0)


def _doings(event: Token) -> list[Token]:
    """As in "Nine died in the massacre that rebels carried out at Osk": the doing of an event that a noun names."""
    inside = [g for c in event.children if c.lower_ in ("in", "during") for g in c.children if g.dep_ == "pobj"]
    nouns = [event, *inside] if event.pos_ == "NOUN" else inside
    return [v for noun in nouns for v in noun.children if v.dep_ in ("relcl", "acl") and v.lemma_ in CARRYING_OUT]


def _told_where(event: Token) -> int | None:
    """The place of the word "where" that an event's clause opens with."""
    if event.dep_ != "relcl" and event.head.dep_ != "relcl":
        return None
    verb = event if event.dep_ == "relcl" else event.head
    return next((c.i for c in verb.children if c.lower_ == "where"), None)


def _names_of_settlement(event: Token) -> frozenset[int]:
    """As in "Stormed a remote village, Barsa": the words in apposition to a settlement that something is done to."""
    found: set[int] = set()
    for noun in event.children:
        if noun.dep_ in ("dobj", "nsubjpass", "pobj") and noun.lower_ in SETTLEMENTS:
            found.update(c.i for c in noun.children if c.dep_ == "appos")
            if noun.i + 2 < len(noun.doc) and noun.nbor(1).text == ",":
                found.add(noun.i + 2)
    return frozenset(found)


def _is_site_in(site: PlaceCandidate, town: PlaceCandidate) -> bool:
    """As in "by Osk Checkpoint in Barsa City": the site of a town that nobody knows either, which says more."""
    last = site.tokens[-1]
    said = [last, *last.doc[last.i + 1 : last.i + 2]]
    if site.known or not any(kind_word(token) in SITES for token in said):
        return False
    behind = [town.tokens[-1], *last.doc[town.tokens[-1].i + 1 : town.tokens[-1].i + 2]]
    between = last.doc[last.i + 1 : town.tokens[0].i]
    joined = [t.lower_ for t in between if t.lower_ not in ("the", '"', "”") and kind_word(t) is None]
    return joined in (["in"], ["at"]) and any(kind_word(token) == "town" for token in behind)


def _first_of_alike(candidates: Sequence[PlaceCandidate], best: int, scored: dict[int, float]) -> int:
    """As in "the villages of Osk and Barsa": of places told alike the first stands for all."""
    first = best
    for index in sorted((one for one in scored if one < best), reverse=True):
        earlier, later = candidates[index], candidates[first]
        alike = NEXT_TO.fullmatch(earlier.tokens[0].doc.text, earlier.tokens[-1].end, later.tokens[0].idx)
        if alike is None or earlier.actor or scored[index] < NEARLY_AS_LIKELY * scored[best]:
            break
        first = index
    return first


def _is_part(place: PlaceCandidate, wider: PlaceCandidate) -> bool:
    """As in "Osk state's Barsa village": the first name only says whose the second is."""
    if place.actor or OWNS.fullmatch(place.tokens[0].doc.text, wider.tokens[-1].end, place.tokens[0].idx) is None:
        return False
    last = place.tokens[-1]
    told = [*last.doc[last.i + 1 : last.i + 2], *last.doc[max(0, place.tokens[0].i - 2) : place.tokens[0].i]]
    return place.known or any(kind_word(t) in ("town", "district", "neighbourhood", "province") for t in told)


def _lies_in(place: PlaceCandidate, wider: PlaceCandidate) -> bool:
    """As in "Barsa, in the Osk district": the second only says where the first is."""
    text, first, last = place.tokens[0].doc.text, place.tokens[0], place.tokens[-1]
    located = text[: first.idx].endswith((" in the ", " in ", " at ")) or _is_of_site(first)
    if place.actor:
        return False
    if (place.known or located) and LIES_IN.fullmatch(text, last.end, wider.tokens[0].idx):
        return True
    within = WITHIN.fullmatch(text, last.end, wider.tokens[0].idx)
    said = (
        [*first.doc[max(0, first.i - 2) : first.i], last, *last.doc[last.i + 1 : wider.tokens[0].i]] if within else []
    )
    return any(kind_word(token) in PARTS_OF_PROVINCES for token in said)


def _is_of_site(first: Token) -> bool:
    """As in "in two mosques of Osk": where the site is."""
    before = first.doc[max(0, first.i - 2) : first.i]
    return len(before) == 2 and before[1].lower_ == "of" and load_place_words().kind_of.get(before[0].lemma_) in SITES


def _is_settlement(candidate: PlaceCandidate, noun: Token) -> bool:
    told = kind_word(noun) in ("town", "neighbourhood", "district") or noun.lower_ in MILITARY_SITES
    return candidate.head.dep_ in ("compound", "nmod") and told


def probability(found: dict[str, float]) -> float:
    """How likely a candidate with these features is where the event was."""
    model = load_location_weights()
    total = model.intercept + sum(model.weights.get(name, 0.0) * value for name, value in found.items())
    return 1.0 / (1.0 + exp(-total))
