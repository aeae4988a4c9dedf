"""Names of a sentence that are not where its event was: of people, of who speaks, of a journey, of what was before."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from according.extract.not_a_place import is_bare_name_of_others, is_named_otherwise
from according.extract.place_candidates import PlaceCandidate
from according.extract.roles import is_verb
from according.extract.when import HARMING
from according.extract.worth import telling_words
from according.vocabulary.actors.phrases import load_actor_phrases
from according.vocabulary.gazetteer.words import load_place_words
from according.vocabulary.wording import load_wording

if TYPE_CHECKING:
    from according.extract.tokens import Token

OF_PEOPLE = re.compile(
    r"(?:(?:,? and |, |-)[A-Z][\w’'-]+)* (?:communities|clans?|tribes?|tribesmen|herders?|herdsmen|pastoralists|"
    r"sections?|youths?|warriors|ethnic)\b"
    r"|(?: (?!and\b|or\b)[a-z]+){0,2} (?:troupe|orchestra|choir|ballet|newspaper|daily|broadcaster|tribunal)\b"
    r"|(?: (?!and\b|or\b)[a-z]+)? (?:news|aid|relief|security|oil|mining|ballet|dance|theatre|shipping) "
    r"(?:compan(?:y|ies)|agenc(?:y|ies)|firms?|groups?)\b"
    r"| of (?:the|its|their) (?:[\w-]+ ){0,3}(?:presidency|ministry|agency|government|party|army|police|council|"
    r"commission|committee|union|office|organi[sz]ation|movement|institute|university|observatory)\b"
    r"|(?:-\w+)? (?:rebels?|militants?|fighters|separatists?|guerrillas?|insurgents?|militia\w*|extremists?|minority)\b"
    r"|['’]s? (?:shop|stall|house|home|car|taxi|field|farm|family|body|funeral|wedding)\b"
    r"|, (?:\d{1,3}(?=[,.;] )|aged \d|who\b|"
    r"whose (?:famil|husband|wife|brother|sister|son|daughter|mother|father|child|home\b|house\b))"
)
"""Behind a name: it is a people's."""
MOVING = frozenset(
    "travel head go drive flee move return bring take rush transport evacuate escape send cross fly airlift".split()
)
"""Verbs whose goal or beginning is not where another event was."""
JOURNEYS = frozenset(["run", "flight", "journey", "trip", "exodus", "way", "refugee", "retreat", "return"])
FLEEING = frozenset(["flee", "escape"])
LAUNCHING = frozenset(["fire", "launch"])
CALLED = re.compile(
    r"\b(?:man|woman|boy|girl|resident|child|villager|driver|teacher|journalist|teenager)s? "
    r"(?:named|called|identified as) $|\bby the name of $|"
    r"\b(?:killing|murder|assassination|death|arrest|abduction|funeral) of $"
)
"""Before a name: it is a person's."""
HOUSES_OF_HURT = frozenset(["hospital", "clinic", "hospitals", "ward", "infirmary"])
TREATED = frozenset("lie treat recover recuperate admit convalesce stay be speak rush".split())
HOLDING_OFFICE = frozenset("chair head lead govern represent run rule command".split())
LONGEST_ACRONYM = 5
PLAIN_SPEECH = frozenset(["say", "tell", "add"])
TELLING = frozenset(["tell", "inform"])
MOST_NESTED = 4
"""Places in places: a village in a district of a province."""
BORDERS = frozenset(["border", "borders", "frontier", "frontiers"])
LOCATING = frozenset(["in", "at", "on", "near", "outside", "inside", "around", "across", "over", "between"])


def may_be_place(candidate: PlaceCandidate) -> bool:
    """An unknown name is none when it is a word of conflict with a headline's capital, or somebody's."""
    words = load_place_words()
    if _is_at_a_border(candidate) or _is_of_people(candidate):
        return False
    if is_named_otherwise(candidate.tokens):
        return False
    if candidate.known:
        return True
    if candidate.actor or candidate.tokens[-1].lower_ in words.never_alone or names_people(candidate):
        return False
    person = candidate.tokens[0].lower_ in words.person_names and candidate.head.dep_ != "pobj"
    if is_bare_name_of_others(candidate) or _is_in_office(candidate):
        return False
    first = candidate.tokens[0].lower_
    headline_word = len(candidate.tokens) == 1 and first in telling_words()
    return not person and not headline_word and first not in words.titles


def names_people(candidate: PlaceCandidate) -> bool:
    """As in "a party of Volunteers", "in mid-May", "the NRC": people, names without a capital, unknown acronyms."""
    if not any(character.isupper() for token in candidate.tokens for character in token.text):
        return candidate.tokens[0].doc.text.lower() != candidate.tokens[0].doc.text
    phrases = load_actor_phrases()
    last = candidate.tokens[-1]
    if len(candidate.tokens) == 1 and last.lower_.endswith(("ist", "ists")):
        return True
    if len(candidate.tokens) == 1 and last.text.isupper() and len(last.text) <= LONGEST_ACRONYM:
        return not last.doc.text.isupper()
    joined = len(candidate.tokens) > 1 or last.tag_ in ("NNPS", "NNS")
    return joined and any(word in phrases.noun_of for word in (last.lower_, last.lemma_.lower()))


def _is_in_office(candidate: PlaceCandidate) -> bool:
    """As in "The mayor of Osk, Zorg Barsan, said": whose name stands beside an office."""
    told = candidate.head.head if candidate.head.dep_ == "appos" else None
    if told is not None and told.dep_ == "pobj" and told.head.lower_ == "of":
        told = told.head.head
    if told is None:
        return False
    return told.lemma_.lower() in load_place_words().titles or told.lemma_ in load_actor_phrases().deputies


def _is_of_people(candidate: PlaceCandidate) -> bool:
    """As in "the Osk and Barsa clans", "clans of the Osk community", "a man named Osk": who is called by a name."""
    text, last = candidate.tokens[0].doc.text, candidate.tokens[-1]
    if OF_PEOPLE.match(text, last.end) or CALLED.search(text[: candidate.tokens[0].idx][-40:]):
        return True
    community = next((t for t in last.doc[last.i + 1 : last.i + 2] if t.lower_ == "community"), None)
    if community is None or candidate.head.head.i != community.i:
        return False
    return community.dep_ == "pobj" and community.head.lower_ not in (*LOCATING, "to", "into")


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


def is_of_speaker(candidate: PlaceCandidate, event: Token) -> bool:
    """As in "An official in Osk said": where somebody sits who speaks of what was elsewhere."""
    preposition = candidate.head.head
    if candidate.head.dep_ != "pobj" or preposition.lower_ not in ("in", "at"):
        return False
    speaker = preposition.head
    plain = speaker.head.lemma_ in PLAIN_SPEECH
    if speaker.i == event.i or not (
        plain or speaker.pos_ == "PROPN" or speaker.lemma_ in load_actor_phrases().deputies
    ):
        return False
    return speaker.dep_ == "nsubj" and speaker.head.lemma_ in load_wording().speech_kind and is_verb(speaker.head)


def is_speakers_house(candidate: PlaceCandidate, event: Token) -> bool:
    """As in "The head of Osk hospital said": an unknown house of somebody who speaks of what was elsewhere."""
    if candidate.known:
        return False
    noun = candidate.head
    for _ in range(MOST_NESTED):
        if noun.dep_ == "nsubj":
            return noun.head.lemma_ in load_wording().speech_kind and event.i != noun.head.i
        if noun.dep_ not in ("compound", "nmod", "amod", "pobj", "prep", "poss"):
            return False
        noun = noun.head
    return False


def is_of_another_tale(candidate: PlaceCandidate, event: Token) -> bool:
    """As in "Ten were killed, but a doctor in Osk said five were", "police told Osk Now": no part of the event."""
    head = candidate.head
    if not candidate.known and head.dep_ in ("dobj", "dative", "iobj") and is_verb(head.head):
        return head.head.lemma_ in TELLING
    if (
        ";" in head.doc.text[event.idx : head.idx]
        or _is_before_or_after(candidate, event)
        or _is_of_a_journey(candidate, event)
    ):
        return True
    if _is_of_an_office(candidate) or _is_where_it_was_said(candidate, event) or _is_where_hurt_lie(candidate, event):
        return True
    if not is_of_speaker(candidate, event):
        return False
    return all(above.i != head.head.head.head.i for above in event.ancestors)


def _is_of_an_office(candidate: PlaceCandidate) -> bool:
    """As in "The health minister of Osk state was killed", "who chairs the Osk council": what somebody rules."""
    noun = candidate.head.head if candidate.head.dep_ in ("compound", "nmod") else candidate.head
    if noun.dep_ == "dobj" and noun.head.dep_ in ("relcl", "acl") and noun.head.lemma_ in HOLDING_OFFICE:
        return True
    if noun.dep_ != "pobj" or noun.head.lower_ != "of":
        return False
    return noun.head.head.lower_ in load_place_words().titles


def _is_where_it_was_said(candidate: PlaceCandidate, event: Token) -> bool:
    """As in "Ten were killed, the army said in Osk": where it was told."""
    preposition = candidate.head.head
    if candidate.head.dep_ != "pobj" or preposition.lower_ not in ("in", "at"):
        return False
    verb = preposition.head
    return verb.lemma_ in PLAIN_SPEECH and is_verb(verb) and verb.i != event.i and preposition.i > verb.i


def _is_where_hurt_lie(candidate: PlaceCandidate, event: Token) -> bool:
    """As in "He lies in Osk hospital, shot in the leg": where somebody is treated."""
    noun = candidate.head.head if candidate.head.dep_ in ("compound", "nmod") else candidate.head
    if noun.dep_ != "pobj" or noun.head.lower_ not in ("in", "at", "to") or noun.head.head.i == event.i:
        return False
    told = {t.lower_ for t in (*candidate.tokens, noun)}
    return bool(told & HOUSES_OF_HURT) and noun.head.head.lemma_ in TREATED


def _is_of_a_journey(candidate: PlaceCandidate, event: Token) -> bool:
    """As in "The bus they stopped was going to Osk from the port of Barsa": the ends of a journey."""
    noun = candidate.head
    for _ in range(MOST_NESTED):
        if noun.dep_ in ("compound", "nmod", "poss", "amod"):
            noun = noun.head
        elif noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.lower_ != "out":
            noun = noun.head.head
    preposition = noun.head
    if preposition.lower_ == "of" and preposition.head.lower_ == "out":
        preposition = preposition.head
    if preposition.lower_ == "across" and preposition.head.lower_ == "from":
        preposition = preposition.head
    if noun.dep_ != "pobj" or preposition.lower_ not in ("to", "from", "towards", "toward", "for", "out"):
        return False
    if preposition.lower_ == "from" and preposition.head.lemma_ in JOURNEYS:
        return True
    verb = preposition.head
    verb = verb.head if verb.dep_ == "prep" or (verb.dep_ == "pobj" and not is_verb(verb)) else verb
    fled = preposition.lower_ in ("to", "towards", "toward") and verb.lemma_ in FLEEING
    launched = preposition.lower_ == "from" and verb.lemma_ in LAUNCHING
    taken_out = preposition.lower_ == "out" and verb.i != event.i and any(c.dep_ == "dobj" for c in verb.children)
    return is_verb(verb) and (taken_out or launched or fled or (verb.lemma_ in MOVING and verb.i != event.i))


def _is_before_or_after(candidate: PlaceCandidate, event: Token) -> bool:
    """As in "The patrol was hit after it had been sent to Osk": told of what went before."""
    if event.lemma_ in HARMING:
        return False  # "ten were killed after rebels overran a post at Osk"
    above = {event.i, *(token.i for token in event.ancestors)}
    for token in candidate.head.ancestors:
        if token.i in above:
            return False
        if token.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ in ("after", "before") for c in token.children):
            return True
    return False
