"""Verdicts on a report of harm: an accused or an inquiry accepts it, or finds it not credible."""

from __future__ import annotations

from typing import TYPE_CHECKING

from according.extract.arguments import phrase
from according.extract.build import METHOD
from according.extract.roles import is_verb, surface_subjects
from according.records import Claim, with_id
from according.vocabulary.sourcing import find, says
from according.vocabulary.wording import load_wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from according.extract.parse import Sentence
    from according.extract.tokens import Token
    from according.records import Polarity, Span
    from according.vocabulary.names import NameMention


VERDICT = 24
"""Characters of a verdict's own words, which may name the harm themselves ("confirmed that civilians")."""


def extract_verdicts(sentences: Iterable[Sentence]) -> Iterator[Claim]:
    """One claim for each sentence that tells a verdict; acceptance counts only from somebody who is named."""
    for sentence in sentences:
        if sentence.passage.block == "comment":
            continue
        for which, polarity in _VERDICTS:
            found = find(sentence.text, which)
            subject = _assessor(sentence, found[0]) if found else None
            if found and polarity == "affirmed" and not _is_of_harm(sentence, found[1]):
                continue
            if found and says(sentence.text[found[1] :], "other_event"):
                break
            if found and (subject or polarity == "denied" or _is_of_it(sentence, found[0])):
                yield _claim(sentence, subject, polarity, sentence.span(*found))
                break


_VERDICTS: tuple[tuple[str, Polarity], ...] = (("rejected", "denied"), ("accepted", "affirmed"))


def _is_of_it(sentence: Sentence, before: int) -> bool:
    """As in "It announced that it was more likely than not …": whoever spoke last gives the verdict."""
    first = next((t for t in sentence.doc if t.dep_ == "nsubj"), None)
    named = any(one.end - sentence.offset <= before for one in sentence.actors)
    return first is not None and first.idx < before and first.lower_ in ("it", "they") and not named


def _is_of_harm(sentence: Sentence, after: int) -> bool:
    """Whether what is accepted is that people were harmed, or the report of it, and not a loss or a deed alone."""
    return says(sentence.text[max(0, after - VERDICT) :], "harm_accepted")


def _assessor(sentence: Sentence, before: int) -> Span | None:
    """The actor that gives the verdict, "it" being whoever acts before: "the coalition accepted that …".

    Where the grammar names nobody, the actor named last before the verdict.
    """
    verb = next((t for t in sentence.doc if t.idx >= before and is_verb(t)), None)
    subjects = surface_subjects(verb) if verb is not None else []
    acting = [
        one for t in (subjects if not _is_pronoun(subjects) else _acting(sentence, before)) for one in _in(sentence, t)
    ]
    named = acting[-1:] or [one for one in sentence.actors if one.end - sentence.offset <= before]
    if named:
        return sentence.span(named[-1].start - sentence.offset, named[-1].end - sentence.offset)
    armed = [t for t in _acting(sentence, before) if load_wording().voice_class(t.text) == "military"]
    return sentence.span_of(phrase(armed[-1])) if armed else None


def _is_pronoun(subjects: Sequence[Token]) -> bool:
    return bool(subjects) and subjects[0].lower_ in ("it", "they", "he", "she")


def _acting(sentence: Sentence, before: int) -> list[Token]:
    return [t for t in sentence.doc if t.idx < before and t.dep_ == "nsubj" and t.pos_ != "PRON"]


def _in(sentence: Sentence, head: Token) -> list[NameMention]:
    """The actors in the words of a noun phrase."""
    words = phrase(head)
    first, end = words[0].idx + sentence.offset, words[-1].end + sentence.offset
    return [one for one in sentence.actors if first <= one.start and one.end <= end]


def _claim(sentence: Sentence, subject: Span | None, polarity: Polarity, cue: Span) -> Claim:
    return with_id(
        Claim(
            id="",
            report=sentence.passage.report,
            evidence=sentence.passage.span,
            predicate="assess",
            polarity=polarity,
            block=sentence.passage.block,
            subject=subject,
            cues=(cue,),
            method=METHOD,
        )
    )
