"""A claim or an incident with its working, as lines of text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from according.cli.said import ID_LETTERS
from according.cli.table import bounds, interval
from according.records import Claim, Incident, Reading, Resolution, Span, Tally
from according.store.tolls import shown_bounds


def explain_claim(claim: Claim, reading: Reading) -> str:
    """The quote, how each part of it was read, and what each role was weighed against."""
    source = reading.report.source or reading.report.title or reading.report.input_id or reading.report.id
    lines = [
        f"claim {claim.id}",
        f"quote: “{claim.evidence.text}” ({source}, characters {claim.evidence.start}–{claim.evidence.end})",
        f"read as: {claim.predicate}, {claim.polarity}, {claim.realis}, hedge {claim.hedge} ({claim.block})",
        f"method: {claim.method}, confidence {claim.confidence:.2f}",
    ]
    lines += [f"cue: “{cue.text}”" for cue in claim.cues]
    lines += _spans({"who": claim.subject, "whom": claim.object, "where": claim.place, "when": claim.time})
    if claim.quantity:
        quantity = claim.quantity
        lines.append(f"how many: “{quantity.span.text}” → {bounds(quantity.low, quantity.high)} (rule {quantity.rule})")
    if claim.extent:
        lines.append(f"limited to: “{claim.extent.text}”")
    for resolution in reading.resolutions:
        if resolution.claim == claim.id:
            lines += _resolution(resolution)
    return "\n".join(lines)


def _spans(named: Mapping[str, Span | None]) -> Iterable[str]:
    return [f"{name}: “{span.text}”" for name, span in named.items() if span]


def _resolution(resolution: Resolution) -> list[str]:
    found = resolution.name or resolution.referent or "not resolved"
    if resolution.time:
        found = interval(resolution.time) or "no date"
    if resolution.place:
        place = resolution.place
        found = f"{place.name}, {place.country or '–'} ({place.latitude}, {place.longitude}; {place.precision})"
    referent = f" {resolution.referent}" if resolution.referent else ""
    lines = [f"{resolution.role} →{referent} {found} (basis {resolution.basis}, score {resolution.score:.2f})"]
    lines += [
        f"    weighed: {candidate.name} {candidate.referent} {candidate.score:.2f} {candidate.because}".rstrip()
        for candidate in resolution.candidates
    ]
    return lines


def explain_incident(incident: Incident, claims: Mapping[str, Claim]) -> str:
    """What each source says of an incident, and how the ranges, statuses and the grade follow."""
    place = incident.place.place.name if incident.place and incident.place.place else "place unknown"
    lines = [
        incident.id,
        f"{incident.predicate}, {place}, {interval(incident.time) or 'date unknown'}",
        f"reports: {', '.join(incident.reports)}",
        f"grade: {incident.grade}; independent voices: {incident.independent_voices}",
    ]
    lines += [f"because: {reason}" for reason in incident.because]
    for tally in incident.tallies:
        lines += _tally(tally)
    for attribution in incident.attribution:
        lines.append(f"{attribution.name}: {attribution.status}")
        for verb, names in (
            ("blamed by", attribution.blamed_by),
            ("claimed by", attribution.claimed_by),
            ("denied by", attribution.denied_by),
        ):
            if names:
                lines.append(f"    {verb}: {', '.join(names)}")
    told = [claims[name] for name in incident.claims if name in claims]
    return "\n".join([*lines, *_sentences(told)])


def _sentences(claims: Iterable[Claim]) -> list[str]:
    """Each sentence once, as reports tell them, with the claims that were read from it."""
    by_sentence: dict[tuple[str, Span], list[Claim]] = {}
    for claim in claims:
        by_sentence.setdefault((claim.report, claim.evidence), []).append(claim)
    ordered = sorted(by_sentence.items(), key=lambda item: (item[0][0], item[0][1].start, item[0][1].end))
    return [f"“{quote.text}” ({', '.join(one.id[:ID_LETTERS] for one in read)})" for (_, quote), read in ordered]


def _tally(tally: Tally) -> list[str]:
    lines = [f"{tally.group} {tally.effect}: {bounds(*shown_bounds(tally))}, best {tally.best}"]
    for figure in tally.figures:
        read = f" ({figure.claim[:ID_LETTERS]})" if figure.claim else ""
        lines.append(f"    {bounds(figure.low, figure.high)} according to {figure.voice or 'the outlet'}{read}")
    return [*lines, *(f"    rule {name}: {_by_rule(value)}" for name, value in tally.rules.items())]


def _by_rule(value: int | Sequence[int | None] | None) -> str:
    """What a rule makes of figures: a number, or several in its order; "nothing" where it makes none of them."""
    if value is None:
        return "nothing"
    numbers = [value] if isinstance(value, int) else value
    return " – ".join("?" if number is None else f"{number:,}" for number in numbers)
