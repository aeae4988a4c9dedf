"""A claim in a person's words, made a record: the quote and the words of each role found in the report, and resolved.

What a correction leaves as it was keeps its span and what it referred to; everything else is resolved by the reader's
own rules, unless the person names the place.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal, get_args

import msgspec

from according.errors import UsageError
from according.extract.quantities import read_counts
from according.issues import Issues
from according.records import (
    BlockKind,
    Claim,
    Hedge,
    PlaceReading,
    Polarity,
    Quantity,
    Reading,
    Realis,
    Record,
    Report,
    Resolution,
    Span,
    Voice,
    VoiceClass,
    with_id,
)
from according.resolve import resolve
from according.segment import segment
from according.store.judgements import Told
from according.vocabulary import Vocabulary
from according.vocabulary.groups import load_groups

METHOD = "person"
WordRole = Literal["subject", "object", "place", "time", "extent"]
WORD_ROLES: tuple[WordRole, ...] = get_args(WordRole)
VOICES_BETWEEN = " ‹ "
_WORDS = re.compile(r"\w+|[^\w\s]")
_QUOTES = dict.fromkeys('"“”„«»', '["“”„«»]') | dict.fromkeys("'’‘`", "['’‘`]")


class Wanted(Record, frozen=True):
    """What a person says a report says: words of it for every role, empty where there is none.

    ``quote_start`` tells apart a quote that stands more than once; ``voice`` are the words for who says so, outermost
    first; ``referent`` is a place of the gazetteer, when the person names it; ``low`` and ``high`` are bounds as typed,
    empty where the words themselves give them.
    """

    predicate: str
    quote: str
    quote_start: int | None = None
    polarity: Polarity = "affirmed"
    realis: Realis = "happened"
    hedge: Hedge = "none"
    subject: str = ""
    object: str = ""
    group: str = ""
    place: str = ""
    referent: str = ""
    time: str = ""
    extent: str = ""
    voice: str = ""
    voice_class: VoiceClass = "unnamed"
    quantity: str = ""
    low: str = ""
    high: str = ""


def wanted_of(claim: Claim) -> Wanted:
    """A claim as a person would have to say it; saying just this changes nothing."""
    quantity = claim.quantity
    words = {role: span.text if (span := getattr(claim, role)) else "" for role in WORD_ROLES}
    return Wanted(
        predicate=claim.predicate,
        quote=claim.evidence.text,
        quote_start=claim.evidence.start,
        polarity=claim.polarity,
        realis=claim.realis,
        hedge=claim.hedge,
        group=claim.group or "",
        voice=_voices_in_words(claim.voices),
        voice_class=claim.voices[-1].voice_class if claim.voices else "unnamed",
        quantity=quantity.span.text if quantity else "",
        low="" if quantity is None or quantity.low is None else str(quantity.low),
        high="" if quantity is None or quantity.high is None else str(quantity.high),
        **words,
    )


def tell(reading: Reading, wanted: Wanted, vocabulary: Vocabulary, known: Claim | None = None) -> Told:
    """The claim that a person wants told of a report, in the place of a ``known`` one when it is a correction.

    Raises UsageError when a value is unknown or words are not in the report.
    """
    if wanted.predicate not in vocabulary.predicates:
        raise UsageError(f"there is no predicate {wanted.predicate or 'without a name'}")
    if wanted.group and wanted.group not in load_groups().groups:
        raise UsageError(f"there is no kind of people {wanted.group}")
    text = reading.report.text
    evidence = _kept(known.evidence if known else None, wanted.quote) or find_words(
        text, wanted.quote, start=wanted.quote_start
    )
    spans = {
        role: _kept(getattr(known, role, None), getattr(wanted, role)) or _found(text, getattr(wanted, role), evidence)
        for role in WORD_ROLES
    }
    claim = Claim(
        id="",
        report=reading.report.id,
        evidence=evidence,
        predicate=wanted.predicate,
        polarity=wanted.polarity,
        realis=wanted.realis,
        hedge=wanted.hedge,
        block=_block_of(reading.report, evidence),
        voices=_voices(text, wanted, evidence, known),
        group=wanted.group or None,
        quantity=_quantity(text, wanted, evidence, known),
        cues=known.cues if known and known.evidence == evidence else (),
        part_of=known.part_of if known else None,
        event=known.event if known else None,
        method=METHOD,
        subject=spans["subject"],
        object=spans["object"],
        place=spans["place"],
        time=spans["time"],
        extent=spans["extent"],
    )
    told = with_id(claim)
    return Told(claim=told, resolutions=_resolutions(reading, told, known, wanted.referent, vocabulary))


def find_words(text: str, words: str, within: Span | None = None, start: int | None = None) -> Span:
    """Where words stand in a text, whatever its line breaks and quotation marks; ``start`` picks one of several.

    Raises UsageError when they stand nowhere, or more than once and nothing picks one.
    """
    pattern = _pattern(words)
    if pattern is None:
        raise UsageError("quote the words of the report that say so")
    first, last = (within.start, within.end) if within else (0, len(text))
    found = [Span.cut(text, *match.span()) for match in pattern.finditer(text, first, last)]
    if not found and within is not None:
        return find_words(text, words, start=start)
    if not found:
        raise UsageError(f"the report does not have the words “{_short(words)}”")
    if start is not None:
        return min(found, key=lambda span: abs(span.start - start))
    if len(found) > 1 and within is None:
        raise UsageError(f"the report has the words “{_short(words)}” {len(found)} times; quote more of the sentence")
    return found[0]


def _pattern(words: str) -> re.Pattern[str] | None:
    parts = [
        r"\s*".join(_QUOTES.get(token, re.escape(token)) for token in _WORDS.findall(part)) for part in words.split()
    ]
    return re.compile(r"\s+".join(parts), re.IGNORECASE) if parts else None


def _found(text: str, words: str, evidence: Span) -> Span | None:
    return find_words(text, words, evidence) if words.strip() else None


def _kept(span: Span | None, words: str) -> Span | None:
    """The span that a claim has already for these words."""
    return span if span and _flat(span.text) == _flat(words) else None


def _voices_in_words(voices: Sequence[Voice]) -> str:
    return VOICES_BETWEEN.join(voice.span.text for voice in voices if voice.span)


def _voices(text: str, wanted: Wanted, evidence: Span, known: Claim | None) -> tuple[Voice, ...]:
    said = _voices_in_words(known.voices) if known else ""
    unchanged = known is not None and _flat(said) == _flat(wanted.voice)
    if known and unchanged and wanted.voice_class == wanted_of(known).voice_class:
        return known.voices
    words = [one for one in wanted.voice.split(VOICES_BETWEEN.strip()) if one.strip()]
    return tuple(Voice(voice_class=wanted.voice_class, span=_found(text, one, evidence)) for one in words)


def _quantity(text: str, wanted: Wanted, evidence: Span, known: Claim | None) -> Quantity | None:
    if not wanted.quantity.strip():
        if wanted.low or wanted.high:
            raise UsageError("quote the words that give the number")
        return None
    before = wanted_of(known) if known else None
    if known and before and (before.quantity, before.low, before.high) == (wanted.quantity, wanted.low, wanted.high):
        return known.quantity
    span = _kept(known.quantity.span if known and known.quantity else None, wanted.quantity)
    span = span or find_words(text, wanted.quantity, evidence)
    low, high = _bound(wanted.low), _bound(wanted.high)
    if low is None and high is None:
        counts = read_counts(_WORDS.findall(span.text))
        if not counts:
            raise UsageError(f"no number is read from “{_short(span.text)}”; give its bounds")
        return Quantity(span=span, low=counts[0].low, high=counts[0].high, rule=counts[0].rule)
    if low is not None and high is not None and low > high:
        raise UsageError("the lower bound is above the upper one")
    return Quantity(span=span, low=low, high=high, rule=METHOD)


def _bound(typed: str) -> int | None:
    if not typed.strip():
        return None
    if not typed.strip().isdecimal() or len(typed.strip()) > 9:
        raise UsageError("a bound is a whole number, or empty when it is open")
    return int(typed)


def _block_of(report: Report, evidence: Span) -> BlockKind:
    return next((block.kind for block in report.blocks if block.start <= evidence.start < block.end), "body")


def _resolutions(
    reading: Reading, told: Claim, known: Claim | None, referent: str, vocabulary: Vocabulary
) -> tuple[Resolution, ...]:
    """What the roles refer to: as before where the words are the same, else as the reader resolves them."""
    report, passages = segment(reading.report, vocabulary, Issues())
    others = [claim for claim in reading.claims if claim.id not in {told.id, known.id if known else ""}]
    claims = sorted([*others, told], key=lambda claim: (claim.evidence.start, claim.id))
    fresh = [one for one in resolve(report, passages, claims, vocabulary, Issues()) if one.claim == told.id]
    before = _unchanged(reading.resolutions, told, known)
    found = {(one.role, one.index): one for one in fresh} | dict(before)
    if referent:
        found["place", 0] = _placed(told, referent, vocabulary)
    return tuple(found.values())


def _unchanged(
    resolutions: Sequence[Resolution], told: Claim, known: Claim | None
) -> Mapping[tuple[str, int], Resolution]:
    if known is None:
        return {}
    same = {role for role in ("subject", "object", "place", "time") if getattr(told, role) == getattr(known, role)}
    same |= {"voice"} if told.voices == known.voices else set()
    return {
        (one.role, one.index): msgspec.structs.replace(one, claim=told.id)
        for one in resolutions
        if one.claim == known.id and one.role in same
    }


def _placed(told: Claim, referent: str, vocabulary: Vocabulary) -> Resolution:
    place = vocabulary.gazetteer.get(referent)
    if place is None:
        raise UsageError(f"the gazetteer has no {referent}")
    where = PlaceReading(
        name=place.name,
        country=place.country,
        latitude=place.latitude,
        longitude=place.longitude,
        precision=place.precision,
        province=place.name if place.kind == "province" else place.province,
        source=place.source,
    )
    return Resolution(
        claim=told.id, role="place", referent=place.id, basis="stated", name=place.name, place=where, method=METHOD
    )


def _flat(text: str) -> str:
    return " ".join(text.split())


def _short(words: str) -> str:
    flat = _flat(words)
    return flat if len(flat) <= 80 else f"{flat[:79]}…"
