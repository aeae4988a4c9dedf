"""Verbs that put a deed down to somebody without naming it: "blamed the army", "said it was their men", "denied it"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from according.extract.arguments import coordinated
from according.extract.doers import is_inanimate, is_nobody, owners
from according.extract.roles import antecedent, ascribed_to, is_passive, is_verb, laid_on, subjects_of, surface_subjects
from according.extract.tokens import text_of
from according.extract.whose import COMING, FIRING, RECOGNISING, is_fired, is_nation, whose
from according.vocabulary.charges import load_charges
from according.vocabulary.control import load_control_words
from according.vocabulary.sourcing import says
from according.vocabulary.wording import load_wording

if TYPE_CHECKING:
    from according.extract.parse import Sentence
    from according.extract.tokens import Token
    from according.records import Polarity

PRONOUNS = frozenset(["it", "this", "that", "them", "these", "both"])
DIRECTIONS = frozenset(["east", "west", "north", "south", "centre", "center"])
HARDSHIP = frozenset(["fire", "gunfire", "deaths", "killings", "casualties", "carnage", "destruction"])
"""What may be put down to somebody that is no deed by its own word."""
NAMING = frozenset(["name", "suspect"])
OUTRAGES = frozenset(
    ["atrocity", "crime", "incident", "tragedy", "carnage", "bloodshed", "outrage", "event", "disaster"]
)
LAYING = frozenset(["put", "lay", "place", "pin", "cast"])
TELLING = {"point": ("to", "at"), "speak": ("of",), "talk": ("of",), "tell": ("of",), "write": ("of",)}
"""Verbs that name a doer behind a preposition; behind "of" it must be aircraft ("spoke of unknown planes")."""


PAIR = ((0, 1), (1, 0))


@dataclass(frozen=True, slots=True, eq=False)
class Blame:
    """A verb that puts a deed down to somebody: the doers, who says so, whether it is denied, the deed named beside."""

    verb: Token
    doers: list[Token]
    speakers: list[Token]
    polarity: Polarity | None = None
    beside: bool = False
    in_turn: bool = False
    """Whether each of two blames the other, so that neither speaks or acts with the other."""


def blames(sentence: Sentence) -> Iterator[Blame]:
    """Every verb of a sentence that puts what was told before down to somebody, or denies it for them."""
    blaming = _verbs()
    for verb in sentence.doc:
        if verb.lemma_ in blaming and is_verb(verb):
            in_turn = _accused_in_turn(sentence, verb)
            yield from in_turn
            found = not in_turn and (
                _named(sentence, verb)
                or _denied_it(verb)
                or _had_nothing_to_do(verb)
                or _held(verb)
                or _blamed(verb)
                or _accused(verb)
                or _put_down(verb)
                or _laid_at(verb)
                or _owned(verb)
                or _was_behind(verb)
                or _did_it(verb)
                or _it_was(sentence, verb)
                or _called_false(verb)
                or _theirs(sentence, verb)
            )
            if found and found.doers:
                yield found


@cache
def _verbs() -> frozenset[str]:
    """Every verb by which any of the rules below reads a blame: most verbs are passed over at a glance."""
    words = load_charges()
    told = RECOGNISING | COMING | FIRING | NAMING | LAYING | words.refusing | words.owning | words.calling
    told |= load_wording().modality.ascribing | TELLING.keys()
    others = "be belong cause have involve hold find deem consider blame accuse do commit perpetrate carry"
    return told | frozenset(others.split())


def _theirs(sentence: Sentence, verb: Token) -> Blame | None:
    """As in "The radio said the aircraft were Orlesian": whose weapons they were is who did it."""
    owners = whose(sentence, verb)
    speaking = verb.lemma_ in RECOGNISING and not is_passive(verb)
    return Blame(verb, owners, surface_subjects(verb) if speaking else []) if owners else None


def _held(verb: Token) -> Blame | None:
    """As in "Every source held the army responsible."""
    if verb.lemma_ not in ("hold", "find", "deem", "consider"):
        return None
    judged = [t for t in verb.subtree if t.lower_ in load_charges().accountable and verb in (t.head, t.head.head)]
    if not judged or _names_deed(judged[0]):
        return None
    named = [c for c in verb.children if c.dep_ == "dobj"] or [c for c in judged[0].children if c.dep_ == "nsubj"]
    return Blame(
        verb, surface_subjects(verb) if is_passive(verb) else named, [] if is_passive(verb) else subjects_of(verb)
    )


def _named(sentence: Sentence, verb: Token) -> Blame | None:
    """As in "Both named the coalition", "activists pointed to Orlesian jets": somebody armed, as who did it."""
    if verb.lemma_ in NAMING and (is_passive(verb) or verb.dep_ == "pcomp"):
        named = (
            []
            if any(c.lower_ in ("as", "after", "by") or c.dep_ == "oprd" for c in verb.children)
            else surface_subjects(verb)
        )
        armed = [d for d in named if _is_able(sentence, d, acting=True)]
        return Blame(verb, armed, []) if armed else None
    named = [c for c in verb.children if c.dep_ in ("dobj", "oprd")] if verb.lemma_ in NAMING else []
    told = TELLING.get(verb.lemma_, ())
    pointed = [g for c in verb.children if c.lower_ in told for g in c.children if g.dep_ == "pobj"]
    if is_passive(verb) or _names_deed(verb, "of" if "of" in told else "") or len(named) > 1:
        return None
    able = [d for d in named or pointed if _is_able(sentence, d, acting="of" not in told)]
    return Blame(verb, able, subjects_of(verb)) if able else None


def _is_able(sentence: Sentence, doer: Token, *, acting: bool) -> bool:
    """Whether somebody named can be named as who did it: aircraft, or, where ``acting``, somebody armed or known."""
    words = load_wording().modality
    if doer.lemma_.lower() in words.instruments["airstrike"] | words.instruments["drone_strike"]:
        return True
    return acting and (sentence.actor_at(doer) is not None or doer.lemma_.lower() in words.armed_modifiers)


def _denied_it(verb: Token) -> Blame | None:
    """As in "The army denied it", "its spokesman rejected the accusation", "…, charges that the group denies"."""
    words = load_charges()
    refused = verb.lemma_ in words.refusing and not is_passive(verb)
    if not refused or any(c.dep_ == "neg" for c in verb.children) or _neither_nor(verb):
        return None
    objects = [c for c in verb.children if c.dep_ == "dobj"]
    aided = any(t.lemma_ in words.aiding for t in verb.doc[: verb.i])
    misread = verb.dep_ == "ccomp" and verb.head.lower_ in ("allegations", "accusations")  # taken for a verb
    trailing = (verb.dep_ == "relcl" or misread) and verb.head.lemma_.lower() in words.charges and not aided
    charged = [c for c in objects[:1] if c.lemma_.lower() in words.charges and not any(map(_says_what, c.children))]
    told = charged or [c for c in objects[:1] if c.lower_ in ("it", "this", "which")] or (trailing and not objects)
    deniers = surface_subjects(verb)
    return Blame(verb, deniers, deniers, "denied") if told else None


def _neither_nor(verb: Token) -> bool:
    """As in "Neither confirmed nor denied it"."""
    return "nor" in [t.lower_ for t in verb.doc[max(0, verb.i - 2) : verb.i]]


def _says_what(child: Token) -> bool:
    """Whether words behind a charge say what it is of; "in a statement" does not."""
    return child.dep_ == "acl" or (child.dep_ == "prep" and child.lower_ in ("of", "about", "against", "over", "that"))


def _had_nothing_to_do(verb: Token) -> Blame | None:
    """As in "The rebels said that they had nothing to do with it", "that they had not been involved"."""
    part = [c for c in verb.children if c.lower_ == "involved" and c.dep_ in ("acomp", "attr", "oprd")]
    negated = any(c.dep_ == "neg" for c in verb.children)
    if verb.lower_ == "involved" or part:
        named = any(c.lower_ in ("in", "with") for t in (verb, *part) for c in t.children if _names_deed(t))
        return Blame(verb, surface_subjects(verb), [], "denied") if negated and not named else None
    nothing = [c for c in verb.children if c.dep_ == "dobj" and c.lower_ in ("nothing", "something", "anything")]
    if verb.lemma_ != "have" or not nothing or not any(t.lower_ == "with" for t in nothing[0].subtree):
        return None
    return Blame(verb, surface_subjects(verb), [], "denied" if nothing[0].lower_ == "nothing" else None)


def _blamed(verb: Token) -> Blame | None:
    """As in "The radio blamed regime forces"; with "for the attack" the deed itself is read."""
    if verb.lemma_ != "blame" or _names_deed(verb):
        return None
    target = [c for c in verb.children if c.dep_ == "dobj" and c.lower_ not in PRONOUNS]
    target = [antecedent(c) for c in target]
    laid = [on for c in target if (on := laid_on(c)) is not None]
    pointed = [g for c in (*verb.children, *laid) if c.lower_ == "on" for g in c.children if g.dep_ == "pobj"]
    if is_passive(verb):
        return None if pointed else Blame(verb, surface_subjects(verb), subjects_of(verb))
    return Blame(verb, pointed or target, subjects_of(verb))


def _accused(verb: Token) -> Blame | None:
    """As in "The council accused the army" and no more; with "of" and a deed it is the deed that is read."""
    if (
        verb.lemma_ != "accuse"
        or _names_deed(verb)
        or any(c.dep_ in ("xcomp", "ccomp", "pcomp") for c in verb.children)
    ):
        return None
    if is_passive(verb):
        accused, beside = surface_subjects(verb), subjects_of(verb)
    else:
        accused = [c for c in verb.children if c.dep_ == "dobj" and c.lower_ not in PRONOUNS | {"other"}]
        beside = accused
    charges = [g for who in beside for c in who.children if c.lower_ == "of" for g in c.children]
    return None if any(g.pos_ != "PROPN" for g in charges) else Blame(verb, accused, subjects_of(verb))


def _accused_in_turn(sentence: Sentence, verb: Token) -> list[Blame]:
    """As in "The army and the rebels blamed each other", "each accused the other": both are accused, by one another."""
    if verb.lemma_ not in ("blame", "accuse"):
        return []
    told = text_of(sentence.doc[verb.i + 1 : verb.i + 3]).lower()
    if told not in ("each other", "one another", "the other"):
        return []
    subjects = [t for first in surface_subjects(verb)[:1] for t in coordinated(first)]
    if len(subjects) == 1 and subjects[0].lower_ in ("each", "both", "side", "sides"):
        before = [t for t in sentence.doc[: verb.i] if t.dep_ == "conj" and _is_able(sentence, t, acting=True)]
        subjects = [t for last in before[-1:] for t in (last.head, last)]
    able = [t for t in subjects if _is_able(sentence, t, acting=True)]
    beside = _names_deed(verb)
    if len(able) != len(PAIR):
        return [Blame(verb, able, [], beside=beside)] if len(able) > 1 else []
    return [Blame(verb, [able[accused]], [able[accuser]], beside=beside, in_turn=True) for accused, accuser in PAIR]


def _put_down(verb: Token) -> Blame | None:
    """As in "Most put it down to Orlesian planes", "activists attributed it to the army"."""
    words = load_wording().modality.ascribing
    theme = surface_subjects(verb) if is_passive(verb) else [c for c in verb.children if c.dep_ == "dobj"]
    if verb.lemma_ not in words or not any(t.lower_ in PRONOUNS | HARDSHIP or t.tag_ == "WDT" for t in theme):
        return None
    return Blame(verb, ascribed_to(verb), subjects_of(verb))


def _laid_at(verb: Token) -> Blame | None:
    """As in "The governor put the blame on the rebels", "laid responsibility at the army's door"."""
    laid = next(
        (c for c in verb.children if c.dep_ == "dobj" and c.lemma_ in ("blame", "responsibility", "guilt")), None
    )
    if laid is None or verb.lemma_ not in LAYING or is_passive(verb):
        return None
    doers = [g for t in (verb, laid) for c in t.children if c.lower_ in ("on", "with") for g in c.children]
    return Blame(verb, doers, subjects_of(verb), beside=_names_deed(laid) or _names_deed(verb))


def _owned(verb: Token) -> Blame | None:
    """As in "The group claimed responsibility", "the army denied any involvement", with nothing after it."""
    words = load_charges()
    share = next((c for c in verb.children if c.dep_ == "dobj" and c.lemma_ in words.share), None)
    if share is None or verb.lemma_ not in words.owning | words.refusing or _names_deed(share) or _names_deed(verb):
        return None
    doers = surface_subjects(verb)
    denied = verb.lemma_ in words.refusing
    negated = any(c.dep_ == "neg" for c in verb.children) or any(is_nobody(doer) for doer in doers)
    if negated:
        return None  # who has not claimed it has not denied it either
    return Blame(verb, doers, doers, "denied" if denied else None)


def _was_behind(verb: Token) -> Blame | None:
    """As in "The army was behind it", "the coalition was responsible", "the rebels are to blame"."""
    if verb.lemma_ != "be" or any(c.dep_ == "expl" for c in verb.children):
        return None
    responsible = [
        c
        for c in verb.children
        if c.dep_ in ("acomp", "attr") and c.lower_ in load_charges().accountable and not _names_deed(c)
    ]
    blame = [c for c in verb.children if c.lemma_ == "blame" and c.dep_ == "xcomp"]
    behind = [c for c in verb.children if c.lower_ == "behind" and any(g.lower_ in PRONOUNS for g in c.children)]
    return Blame(verb, surface_subjects(verb), []) if responsible or blame or behind else None


def _did_it(verb: Token) -> Blame | None:
    """As in "A warplane did it", "the army carried it out"."""
    objects = [c for c in verb.children if c.dep_ == "dobj"]
    fired = verb.lemma_ in FIRING and verb.dep_ != "pcomp" and not any(c.dep_ == "neg" for c in verb.children)
    deeds = (
        fired
        or verb.lemma_ in ("do", "commit", "perpetrate")
        or (verb.lemma_ == "carry" and any(c.dep_ == "prt" for c in verb.children))
    )
    told = ("it", "them") if fired else ("it", "this", "that")
    if not deeds or not objects or objects[0].lower_ not in told or is_passive(verb):
        return None
    doers = [t for t in surface_subjects(verb) if t.tag_ not in ("WP", "WDT")]
    unsaid = verb.dep_ == "ccomp" and any(is_nobody(t) for t in surface_subjects(verb.head))
    return Blame(verb, [] if unsaid else doers, [])  # "no one has said that he did it"


def _it_was(sentence: Sentence, verb: Token) -> Blame | None:
    """As in "The radio said it was the coalition": who did what was told before, where somebody says so."""
    subjects = [c for c in verb.children if c.dep_ == "nsubj"]
    told = verb.dep_ == "ccomp" and verb.head.lemma_ in load_wording().speech_kind
    if verb.lemma_ != "be" or not told or not subjects or subjects[0].lower_ not in PRONOUNS | {"they"}:
        return None
    named = [c for c in verb.children if c.dep_ == "attr" and not any(g.dep_ == "relcl" for g in c.children)]
    named += [c for c in verb.children if c.dep_ == "acomp" and is_nation(c) and _flew_before(verb)]
    denied: Polarity | None = "denied" if any(c.dep_ == "neg" for c in verb.children) else None
    fired = [one.head for d in named if is_inanimate(d) for one in owners(sentence, d)]
    if fired:
        return Blame(verb, fired, [], denied)
    able = [
        d
        for d in named
        if d.dep_ == "acomp"
        or (subjects[0].lower_ == "it" and says(d.text, "doers"))
        or _is_able(sentence, d, acting=subjects[0].lower_ != "they")
    ]
    return Blame(verb, able, [], denied) if able else None


def _flew_before(verb: Token) -> bool:
    """As in "The plane was the army's, a trader said; a miner thought that it was Orlesian"."""
    return any(is_fired(t) for t in verb.doc[: verb.i])


def _called_false(verb: Token) -> Blame | None:
    """As in "The army called the account baseless", "its spokesman described the report as a lie"."""
    objects = [c for c in verb.children if c.dep_ == "dobj" or (c.dep_ == "nsubj" and c.i > verb.i)]
    objects += [g for c in verb.children if c.dep_ == "ccomp" for g in c.children if g.dep_ == "nsubj"]
    charged = [c for c in objects if c.lemma_.lower() in load_charges().charges or c.lower_ in ("it", "this")]
    if (
        verb.lemma_ not in load_charges().calling
        or not charged
        or not any(t.lower_ in load_charges().untrue for t in verb.subtree)
    ):
        return None
    deniers = surface_subjects(verb)
    return None if is_passive(verb) else Blame(verb, deniers, deniers, "denied")


def _is_where(preposition: Token, noun: Token) -> bool:
    """As in "Blamed armed groups in the east of the city"."""
    places = load_control_words().place_nouns
    return preposition.lower_ == "in" and (noun.lower_ in DIRECTIONS or noun.lower_ in places)


def _done_to_it(verb: Token) -> bool:
    """As in "Blamed the rebels for having laid it", "for planting the bomb": what was done is told before."""
    done = [c for c in verb.children if c.dep_ == "dobj"] if verb.dep_ == "pcomp" else []
    weapons = load_wording().modality.weapons
    return any(c.lower_ in PRONOUNS or (c.lemma_ in weapons and _is_the(c)) for c in done)


def _is_told(noun: Token) -> bool:
    """As in "Blamed the army for it", "responsible for this atrocity": what was told before, by no name of its own."""
    return noun.lower_ in PRONOUNS or (noun.lemma_.lower() in OUTRAGES and _is_the(noun))


def _is_the(noun: Token) -> bool:
    return any(c.lower_ in ("the", "this", "that", "these", "those") for c in noun.lefts)


def _names_deed(word: Token, told: str = "") -> bool:
    """Whether "for", "in" or "over" and a noun follow, which is then the deed; not behind a verb's own ``told``."""
    return any(
        g.dep_ in ("pobj", "pcomp") and not _is_told(g) and not _done_to_it(g) and not _is_where(c, g)
        for c in word.children
        if c.lower_ in ("for", "in", "over", "of") and c.lower_ != told and c.i > word.i
        for g in c.children
    )
