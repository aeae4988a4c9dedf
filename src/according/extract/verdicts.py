"""Verdicts on a report of harm: an accused or an inquiry accepts it, or finds it not credible."""

from __future__ import annotations

from typing import TYPE_CHECKING

from according.extract.build import METHOD
from according.records import Claim, with_id
from according.vocabulary.sourcing import find, says

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from according.extract.parse import Sentence
    from according.records import Polarity, Span


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
            if found and (subject or polarity == "denied"):
                yield _claim(sentence, subject, polarity, sentence.span(*found))
                break


_VERDICTS: tuple[tuple[str, Polarity], ...] = (("rejected", "denied"), ("accepted", "affirmed"))


def _is_of_harm(sentence: Sentence, after: int) -> bool:
    """Whether what is accepted is that people were harmed, or the report of it, and not a loss or a deed alone."""
    return says(sentence.text[max(0, after - VERDICT) :], "harm_accepted")


def _assessor(sentence: Sentence, before: int) -> Span | None:
    """The actor named last before the verdict: "the coalition accepted that …"."""
    named = [one for one in sentence.actors if one.end - sentence.offset <= before]
    return sentence.span(named[-1].start - sentence.offset, named[-1].end - sentence.offset) if named else None


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
