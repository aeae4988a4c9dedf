"""Claims made by pointing back: "that is not true", "called it untrue", "its own men had done so"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from according.extract.arguments import arguments
from according.extract.build import claim_of
from according.extract.clauses import read_clause
from according.extract.control_finding import surface_subjects
from according.extract.roles import is_verb
from according.extract.voices import voice_of
from according.vocabulary.control import load_control_words

if TYPE_CHECKING:
    from according.extract.parse import Sentence
    from according.extract.tokens import Token
    from according.records import Claim, Span, Voice

POINTERS = frozenset(
    "this that it these claim report assertion statement announcement both news allegation".split(),
)
REPLYING = frozenset(["reply", "retort", "answer", "respond", "counter", "say"])
"""Verbs behind one word that rejects what was said before ("Nonsense, replied the ministry")."""
NAMING_VERBS = frozenset(["call", "describe", "label", "brand", "term", "dub"])
CARRYING = frozenset(
    ["oprd", "ccomp", "xcomp", "dobj", "pobj", "prep", "conj", "appos", "pcomp", "nsubj", "nsubjpass", "acl"]
)
"""Links through which what is called untrue above also concerns a word below."""


def answers_in(sentence: Sentence, earlier: list[Claim]) -> Iterator[Claim]:
    """What a sentence says of earlier claims: that one is untrue, or that somebody else did the same."""
    for token in sentence.doc:
        if token.lemma_ == "do" and token.i + 1 < len(token.doc) and token.nbor().lower_ == "so":
            yield from _repeated(sentence, token, earlier[-1:])
        voice = _denier(sentence, token)
        if voice is not None:
            before = [c for c in earlier if c.cues and c.cues[0].start < sentence.offset + token.idx]
            yield from _denied(sentence, token, voice, _last_of_a_kind(before))


def is_retracted(trigger: Token) -> Token | None:
    """The word that takes back or calls untrue what a trigger says ("took back what …", "called it untrue")."""
    words = load_control_words()
    below = trigger
    for above in trigger.ancestors:
        if above.lemma_.lower() in words.grounds and any(c.lower_ == "no" for c in above.children):
            return above
        is_content = below.dep_ in ("dobj", "ccomp", "advcl", "appos")
        has_object = any(c.dep_ == "ccomp" or c.lemma_.lower() in POINTERS for c in above.children)
        ahead = below.i > above.i  # and not "having lost Y, they took it back"
        taken_back = (
            ahead and above.lemma_ in ("take", "walk", "draw") and any(c.lower_ == "back" for c in above.children)
        )
        if is_verb(above) and is_content and has_object and (taken_back or above.lemma_ in ("retract", "disavow")):
            return above
        untrue = any(t.lower_ in words.untrue for t in above.subtree if t.i > trigger.i)
        if (
            above.lemma_ in NAMING_VERBS
            and below.dep_ in ("dobj", "ccomp", "nsubj", "nsubjpass", "prep", "oprd")
            and untrue
        ):
            return above
        if below.dep_ not in CARRYING:
            return None
        below = above
    return None


def _last_of_a_kind(claims: list[Claim]) -> list[Claim]:
    """The last claim of gain or holding, with those made in the same breath ("took X and Y")."""
    gains = [c for c in claims if c.predicate in {"take", "hold", "lose", "besiege", "withdraw"}]
    takes = [c for c in gains if c.predicate == "take"] or gains
    return [c for c in takes if c.cues[:1] == takes[-1].cues[:1]] if takes else []


def _denier(sentence: Sentence, token: Token) -> Span | None:
    """Who says that what was just said is untrue, when that is all this clause says."""
    words = load_control_words()
    if token.lemma_ in words.denying_verbs and is_verb(token):
        objects = [c for c in token.children if c.dep_ == "dobj"]
        pointing = objects and objects[0].lemma_.lower() in POINTERS and not list(objects[0].rights)
        if pointing:
            return _first(sentence, surface_subjects(token))
        return None
    denial = token.lemma_ == "denial" and token.dep_ == "dobj" and not list(token.rights)  # "put out a denial"
    if denial or (token.lemma_ in NAMING_VERBS and is_verb(token) and _is_called_untrue(token)):
        return _first(sentence, surface_subjects(token.head if denial else token))
    if token.lower_ in words.untrue and is_verb(token.head) and token.head.lemma_ in REPLYING:
        return _first(sentence, [c for c in token.head.rights if c.dep_ in ("nsubj", "dobj") and c.pos_ != "VERB"])
    denies = token.lower_ in words.untrue or (
        token.lower_ in ("true", "so", "correct", "accurate") and _is_negated(token.head)
    )
    if not denies or token.head.lemma_ != "be" or not _points_back(token.head):
        return None
    speech = token.head.head if token.head.dep_ in ("ccomp", "parataxis") else None
    return _first(sentence, surface_subjects(speech)) if speech is not None and is_verb(speech) else None


def _is_called_untrue(verb: Token) -> bool:
    """“Calls that propaganda", "called both statements lies": the object points back, what it is called denies it."""
    behind = [t for t in verb.subtree if t.i > verb.i]
    pointing = any(t.lemma_.lower() in POINTERS and t.dep_ != "mark" and not _has_content(t) for t in behind[:4])
    named = any(c.dep_ == "dobj" and c.pos_ == "PROPN" for c in verb.children)
    return pointing and not named and any(t.lemma_.lower() in load_control_words().untrue for t in behind)


def _has_content(noun: Token) -> bool:
    """“Called reports of the capture untrue": that capture, and nothing said before."""
    return any(c.lower_ == "of" or c.dep_ in ("acl", "relcl") for c in noun.children)


def _points_back(verb: Token) -> bool:
    return any(s.lemma_.lower() in POINTERS for s in verb.children if s.dep_ == "nsubj")


def _is_negated(verb: Token) -> bool:
    return any(c.dep_ == "neg" for c in verb.children)


def _first(sentence: Sentence, heads: list[Token]) -> Span | None:
    found = arguments(sentence, heads[:1])
    return found[0].span if found else None


def _denied(sentence: Sentence, token: Token, who: Span, claims: list[Claim]) -> Iterator[Claim]:
    voices: tuple[Voice, ...] = (voice_of(who),)
    for claim in claims:
        if claim.subject == who and claim.predicate != "lose" and not claim.voices:
            continue  # "the rebels, who hold Y, denied it": something else
        yield claim_of(
            sentence,
            read_clause(sentence, token),
            claim.predicate,
            subject=claim.subject,
            object=claim.object,
            place=claim.place,
            time=claim.time,
            extent=claim.extent,
            polarity="denied",
            realis=claim.realis,
            hedge="none",
            voices=voices,
        )


def _repeated(sentence: Sentence, verb: Token, claims: list[Claim]) -> Iterator[Claim]:
    clause = read_clause(sentence, verb)
    for claim in claims:
        for doer in clause.subjects:
            yield claim_of(sentence, clause, claim.predicate, subject=doer.span, place=claim.place, extent=claim.extent)
