"""Who speaks in a quotation that runs over several sentences or paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import msgspec

from according.records import Block, Passage, Report, Span
from according.segment.sentences import split_sentences
from according.vocabulary.quotations import load_quotations

_MARKS = re.compile(r"[“”\"«»„‟]")
_OPENING, _CLOSING = "“«„‟", "”»"
_READ_KINDS = frozenset(("body", "caption"))
_WORD = re.compile(r"[^\W_](?:[\w.'’-]*\w)?")
_CLAUSE_START = re.compile(r".*[;:”“\"»]\s+", re.DOTALL)
_LONGEST_MENTION_WORDS = 9
_REACH = 160


class Quotation(msgspec.Struct, frozen=True):
    """A quotation with its marks; ``opens_block`` and ``closed`` say whether it may carry on over paragraphs."""

    start: int
    end: int
    block: int
    opens_block: bool
    closed: bool


def attach_speakers(report: Report, passages: list[Passage]) -> list[Passage]:
    """Give each passage that stands wholly inside a quotation the mention of who speaks it, when another has it."""
    quotations = list(_quotations(report))
    if not quotations:
        return passages
    speakers = _speakers(report, quotations)
    return [_attach(passage, quotations, speakers) for passage in passages]


def _attach(passage: Passage, quotations: list[Quotation], speakers: list[Span | None]) -> Passage:
    for quotation, speaker in zip(quotations, speakers, strict=True):
        inside = quotation.start <= passage.span.start and passage.span.end <= quotation.end
        if inside and speaker and not passage.span.start <= speaker.start < passage.span.end:
            return msgspec.structs.replace(passage, speaker=speaker)
    return passage


def _quotations(report: Report) -> Iterator[Quotation]:
    """Quotations in the body, in order; one that its paragraph leaves open ends with the paragraph."""
    for index, block in enumerate(report.blocks):
        if block.kind in _READ_KINDS:
            yield from _quotations_of_block(report.text, block, index)


def _quotations_of_block(text: str, block: Block, index: int) -> Iterator[Quotation]:
    start: int | None = None
    for match in _MARKS.finditer(text, block.start, block.end):
        mark, position = match.group(), match.start()
        if start is None and mark not in _CLOSING:
            start = position
        elif start is not None and mark not in _OPENING:
            yield Quotation(start, position + 1, index, opens_block=start == block.start, closed=True)
            start = None
    if start is not None:
        yield Quotation(start, block.end, index, opens_block=start == block.start, closed=False)


def _speakers(report: Report, quotations: list[Quotation]) -> list[Span | None]:
    """The speaker of each quotation: named beside it, or that of the quotation it carries on."""
    stated = [_stated_speaker(report, quotation) for quotation in quotations]
    speakers: list[Span | None] = []
    for index, quotation in enumerate(quotations):
        speaker = stated[index]
        if speaker is None and index + 1 < len(quotations) and _is_interrupted(quotation, quotations[index + 1]):
            speaker = stated[index + 1]
        if speaker is None and index and _carries_on(report, quotations[index - 1], quotation):
            speaker = speakers[-1]
        speakers.append(speaker)
    return speakers


def _carries_on(report: Report, before: Quotation, after: Quotation) -> bool:
    """Whether a quotation goes on from the one before: in the same paragraph, or opening the next one."""
    if before.block == after.block:
        return True
    between = report.blocks[before.block + 1 : after.block]
    adjacent = all(block.kind in ("furniture", "caption") for block in between)
    return adjacent and after.opens_block and (not before.closed or _fills_block(report, after))


def _fills_block(report: Report, quotation: Quotation) -> bool:
    return quotation.opens_block and not report.text[quotation.end : report.blocks[quotation.block].end].strip(" .,")


def _is_interrupted(quotation: Quotation, following: Quotation) -> bool:
    """Whether a quotation left open by its paragraph is taken up by the next."""
    return not quotation.closed and following.opens_block


def _stated_speaker(report: Report, quotation: Quotation) -> Span | None:
    block = report.blocks[quotation.block]
    after = report.text[quotation.end : min(block.end, quotation.end + _REACH)]
    sentences = split_sentences(report.text, max(block.start, quotation.start - _REACH), quotation.start)
    before_start = sentences[-1][0] if sentences else quotation.start
    before = report.text[before_start : quotation.start]
    found = _speaker_after(after, quotation.end) or _speaker_before(before, before_start)
    return Span.cut(report.text, *found) if found else None


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    verb = rf"\b(?:{'|'.join(load_quotations().verbs)})\b"
    return (
        re.compile(rf"[\s,–—-]*{verb}\s+(?P<who>[^.;:!?\n“”\"]{{2,120}})"),  # …," said X, …
        re.compile(rf"[\s,–—-]*(?P<who>[^.;:!?\n“”\"]{{2,90}}?),?\s+{verb}"),  # …," X said
        re.compile(rf"(?P<who>[^;:!?\n“”\"]{{2,120}}?),?\s+{verb}(?:[^.;!?\n“”\"]{{0,80}}?)[\s,:]*$"),  # X told Y: "…
        re.compile(r"\b[Aa]ccording to (?P<who>[^.;:!?\n“”\"]{2,90}?)[\s,:]*$"),  # According to X, "…
    )


def _speaker_after(text: str, offset: int) -> tuple[int, int] | None:
    inverted, plain, _, _ = _patterns()
    for pattern in (inverted, plain):
        match = pattern.match(text)
        if match and (mention := _mention(match.group("who"))):
            start = offset + match.start("who")
            return start + mention[0], start + mention[1]
    return None


def _speaker_before(text: str, offset: int) -> tuple[int, int] | None:
    boundary = _CLAUSE_START.match(text.rstrip(" :,"))
    clause_start = boundary.end() if boundary else 0
    _, _, introduced, credited = _patterns()
    for pattern in (credited, introduced):
        match = pattern.search(text, clause_start)
        if match and (mention := _mention(match.group("who"))):
            start = offset + match.start("who")
            return start + mention[0], start + mention[1]
    return None


def _mention(text: str) -> tuple[int, int] | None:
    """The words of a stretch that name a speaker: up to an apposition, or to when, where and to whom it was said."""
    words = load_quotations()
    start: int | None = None
    end = 0
    count = 0
    for match in _WORD.finditer(text):
        word = match.group().casefold()
        gap = text[end : match.start()]
        if start is not None and (
            "," in gap or "(" in gap or word in words.after_speaker or count >= _LONGEST_MENTION_WORDS
        ):
            break
        if start is None and word in words.before_speaker:
            end = match.end()
            continue
        start = match.start() if start is None else start
        end = match.end()
        count += 1
    return None if start is None else (start, end)
