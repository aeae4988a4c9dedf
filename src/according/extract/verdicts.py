"""Verdicts on a report of harm: an accused or an inquiry accepts it, or finds it not credible."""

from __future__ import annotations

from typing import TYPE_CHECKING

from according.extract.build import METHOD
from according.records import Claim, with_id
from according.vocabulary.sourcing import find

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from according.extract.parse import Sentence
    from according.records import Polarity, Span


def extract_verdicts(sentences: Iterable[Sentence]) -> Iterator[Claim]:
    """One claim for each sentence that tells a verdict; acceptance counts only from somebody who is named."""
    for sentence in sentences:
        if sentence.passage.block == "comment":
            continue
        for which, polarity in _VERDICTS:
            found = find(sentence.text, which)
            subject = _assessor(sentence, found[0]) if found else None
            if found and (subject or polarity == "denied"):
                yield _claim(sentence, subject, polarity, sentence.span(*found))
                break


_VERDICTS: tuple[tuple[str, Polarity], ...] = (("rejected", "denied"), ("accepted", "affirmed"))


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
