"""Who bears out what was told before: "a hospital source confirmed the toll", "prosecutors gave the same figures"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from according.extract.arguments import coordinated
from according.extract.build import claim_of
from according.extract.clauses import read_clause
from according.extract.doers import is_inanimate, is_nobody
from according.extract.roles import is_passive, is_verb, surface_subjects
from according.extract.voices import voice_headed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from according.extract.parse import Sentence
    from according.extract.tokens import Token
    from according.records import Claim

BEARING_OUT = frozenset("confirm corroborate verify repeat echo back support endorse".split())
GIVING = frozenset(
    "give have carry report put publish say tell cite quote run tally list count add write broadcast post hold".split()
)
TOLD = frozenset(
    "toll figure number count death killing casualty account report story version news tally total detail loss".split()
)
SAME = frozenset(["same", "similar", "identical"])
LOOK_BACK = 3
"""Sentences back in which the deaths were told that somebody bears out."""


def extract_echoes(sentences: Sequence[Sentence], harm: Sequence[Claim]) -> Iterator[Claim]:
    """The deaths last told once more, without a number, for everybody who only says that it is so."""
    for position, sentence in enumerate(sentences):
        for verb in sentence.doc:
            if is_verb(verb) and _bears_out(verb) and (told := _told(sentences, position, harm)):
                yield from _claims(sentence, verb, told)


def _bears_out(verb: Token) -> bool:
    """Whether a verb's object is an account or figure told before; nobody who cannot or did not confirm it says so."""
    if is_passive(verb) or any(c.dep_ == "neg" or c.tag_ == "MD" for c in verb.children) or verb.dep_ == "xcomp":
        return False
    objects = [c for c in verb.children if c.dep_ == "dobj" or (c.dep_ == "npadvmod" and c.lower_ in SAME)]
    if verb.lemma_ in BEARING_OUT:
        return any(c.lemma_.lower() in TOLD and not any(g.dep_ == "nummod" for g in c.children) for c in objects)
    alike = (c for c in objects if c.lower_ in SAME or any(g.lower_ in SAME for g in c.children))
    return verb.lemma_ in GIVING and any(True for _ in alike)


def _told(sentences: Sequence[Sentence], position: int, harm: Sequence[Claim]) -> Claim | None:
    """The deaths or injuries last told in sentences just before, in the same kind of block."""
    block = sentences[position].passage.block
    near = {s.passage.span for s in sentences[max(0, position - LOOK_BACK) : position] if s.passage.block == block}
    told = [one for one in harm if one.evidence in near and one.part_of is None and one.polarity == "affirmed"]
    return next((one for one in reversed(told) if one.realis == "happened" and one.quantity is not None), None)


def _claims(sentence: Sentence, verb: Token, told: Claim) -> Iterator[Claim]:
    clause = read_clause(sentence, verb)
    heads = [head for first in surface_subjects(verb)[:1] for head in coordinated(first)]
    for head in heads:
        if is_inanimate(head) or is_nobody(head) or head.pos_ == "PRON":
            continue
        yield claim_of(
            sentence,
            clause,
            told.predicate,
            subject=None,
            object=None,
            group=told.group,
            place=None,
            time=None,
            realis="happened",
            polarity="affirmed",
            voices=(voice_headed(sentence, head),),
            event=told.event,
        )
