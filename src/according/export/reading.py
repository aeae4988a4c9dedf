"""The machine interface: a reading as the JSON that other programs rely on, and back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from according.records import (
    Attribution,
    Block,
    Claim,
    Figure,
    Incident,
    Issue,
    Quantity,
    Reading,
    Report,
    Resolution,
    Span,
    Spell,
    Tally,
    Tie,
    TimeReading,
    Voice,
)

Json = dict[str, Any]
ALTERNATIVES = "alternatives"
EMPTY_SPAN: Json = {"start": None, "end": None, "text": None}


def to_json(reading: Reading, *, with_text: bool = False) -> Json:
    """One reading in the shape of the interface; ``with_text`` adds the normalised text that offsets count in."""
    resolutions = _by_role(reading.resolutions)
    places = place_resolutions(reading.resolutions)
    return {
        "report": _report(reading.report, with_text=with_text),
        "blocks": [_block(block) for block in reading.report.blocks],
        "claims": [_claim(claim, resolutions) for claim in reading.claims],
        "incidents": [incident_json(incident) for incident in reading.incidents],
        "spells": [spell_json(spell, places) for spell in reading.spells],
        "ties": [tie_json(tie) for tie in reading.ties],
        "issues": [_issue(issue) for issue in reading.issues],
    }


def incident_json(incident: Incident) -> Json:
    """One incident in the shape of the interface."""
    return {
        "id": incident.id,
        "predicate": incident.predicate,
        "reports": list(incident.reports),
        "claims": list(incident.claims),
        "place": _place(None, incident.place),
        "time": _time_bounds(incident.time),
        "tallies": [_tally(tally) for tally in incident.tallies],
        "attribution": [_attribution(attribution) for attribution in incident.attribution],
        "grade": incident.grade,
        "independent_voices": incident.independent_voices,
        "because": list(incident.because),
    }


def spell_json(spell: Spell, places: dict[str, Resolution]) -> Json:
    """One spell; ``places`` gives the coordinates of a place by its referent."""
    holder = None
    if spell.holder or spell.holder_name:
        holder = {"referent": spell.holder, "name": spell.holder_name}
    return {
        "place": _spell_place(spell, places.get(spell.place)),
        "holder": holder,
        "state": spell.state,
        "from": spell.start,
        "to": spell.end,
        "ongoing": spell.ongoing,
        "claims_for": list(spell.claims_for),
        "claims_against": list(spell.claims_against),
        "as_of": spell.as_of,
    }


def _spell_place(spell: Spell, known: Resolution | None) -> Json:
    """The place of a spell; one that no registry knows has a name and no more."""
    read = _place(None, known) if known else None
    nowhere = dict.fromkeys(("country", "latitude", "longitude", "precision", "province"))
    said = {"referent": spell.place, "name": spell.place_name, **nowhere, "basis": "stated"}
    return {**(read or said), **EMPTY_SPAN, "settled_by": None}


def tie_json(tie: Tie) -> Json:
    """One tie in the shape of the interface."""
    return {
        "from": {"referent": tie.source, "name": tie.source_name},
        "to": {"referent": tie.target, "name": tie.target_name},
        "kind": tie.kind,
        "since": tie.since,
        "until": tie.until,
        "claims_for": list(tie.claims_for),
        "claims_against": list(tie.claims_against),
    }


def _report(report: Report, *, with_text: bool) -> Json:
    shown: Json = {
        "id": report.id,
        "input_id": report.input_id,
        "source": report.source,
        "url": report.url,
        "title": report.title,
        "author": report.author,
        "published": report.published,
        "language": report.language,
    }
    return {**shown, "text": report.text} if with_text else shown


def _block(block: Block) -> Json:
    return {
        "kind": block.kind,
        "start": block.start,
        "end": block.end,
        "author": block.author,
        "parent": block.parent,
    }


def _issue(issue: Issue) -> Json:
    return {
        "level": issue.level,
        "code": issue.code,
        "message": issue.message,
        "start": issue.start,
        "end": issue.end,
    }


Roles = dict[tuple[str, str, int], Resolution]


def _by_role(resolutions: tuple[Resolution, ...]) -> Roles:
    return {(r.claim, r.role, r.index): r for r in resolutions}


def place_resolutions(resolutions: Iterable[Resolution]) -> dict[str, Resolution]:
    """For each place that was resolved, one resolution that carries its coordinates."""
    return {r.referent: r for r in resolutions if r.role == "place" and r.referent and r.place}


def _claim(claim: Claim, resolutions: Roles) -> Json:
    def found(role: str, index: int = 0) -> Resolution | None:
        return resolutions.get((claim.id, role, index))

    agent, patient = _actor(claim.subject, found("subject")), _actor(claim.object, found("object"))
    return {
        "id": claim.id,
        "predicate": claim.predicate,
        "polarity": claim.polarity,
        "realis": claim.realis,
        "hedge": claim.hedge,
        "evidence": _span(claim.evidence),
        "block": claim.block,
        "voices": [_voice(voice, found("voice", index)) for index, voice in enumerate(claim.voices)],
        "subject": {**agent, "either": _either(found("subject"))} if agent else None,
        "object": {**patient, "group": claim.group} if patient else None,
        "place": _place(claim.place, found("place")),
        "time": _time(claim.time, found("time")),
        "quantity": _quantity(claim.quantity),
        "extent": _span(claim.extent) if claim.extent else None,
        "part_of": claim.part_of,
        "event": claim.event,
        "cues": [_span(cue) for cue in claim.cues],
        "method": claim.method,
        "confidence": round(claim.confidence, 3),
    }


def _span(span: Span) -> Json:
    return {"start": span.start, "end": span.end, "text": span.text}


def _actor(span: Span | None, resolution: Resolution | None) -> Json | None:
    if span is None:
        return None
    referent, name = (resolution.referent, resolution.name) if resolution else (None, None)
    return {**_span(span), "referent": referent, "name": name}


def _either(resolution: Resolution | None) -> list[Json]:
    """The actors of whom it was one or the other ("Russian or Syrian jets")."""
    if resolution is None or resolution.basis != ALTERNATIVES:
        return []
    return [{"referent": one.referent, "name": one.name} for one in resolution.candidates]


def _voice(voice: Voice, resolution: Resolution | None) -> Json:
    span = _span(voice.span) if voice.span else EMPTY_SPAN
    return {
        **span,
        "class": voice.voice_class,
        "referent": resolution.referent if resolution else None,
        "name": (resolution.name if resolution else None) or voice.name,
    }


def _place(span: Span | None, resolution: Resolution | None) -> Json | None:
    mention = span or (resolution.span if resolution else None)
    if mention is None and (resolution is None or resolution.place is None):
        return None
    reading = resolution.place if resolution else None
    return {
        **(_span(mention) if mention else EMPTY_SPAN),
        "referent": resolution.referent if resolution else None,
        "name": reading.name if reading else None,
        "country": reading.country if reading else None,
        "latitude": reading.latitude if reading else None,
        "longitude": reading.longitude if reading else None,
        "precision": reading.precision if reading else None,
        "province": reading.province if reading else None,
        "basis": resolution.basis if resolution else "stated",
        "settled_by": _span(resolution.span) if resolution and resolution.span else None,
    }


def _time(span: Span | None, resolution: Resolution | None) -> Json | None:
    mention = span or (resolution.span if resolution else None)
    reading = resolution.time if resolution else None
    if mention is None and reading is None:
        return None
    return {
        **(_span(mention) if mention else EMPTY_SPAN),
        "earliest": reading.earliest if reading else None,
        "latest": reading.latest if reading else None,
        "partial": reading.partial if reading else None,
        "precision": reading.precision if reading else "none",
        "basis": resolution.basis if resolution else "stated",
        "settled_by": _span(resolution.span) if resolution and resolution.span else None,
    }


def _time_bounds(time: TimeReading | None) -> Json | None:
    if time is None:
        return None
    return {
        "earliest": time.earliest,
        "latest": time.latest,
        "partial": time.partial,
        "precision": time.precision,
    }


def _quantity(quantity: Quantity | None) -> Json | None:
    if quantity is None:
        return None
    return {**_span(quantity.span), "low": quantity.low, "high": quantity.high, "rule": quantity.rule}


def _tally(tally: Tally) -> Json:
    return {
        "group": tally.group,
        "effect": tally.effect,
        "low": tally.low,
        "best": tally.best,
        "high": tally.high,
        "open_ended": tally.open_ended,
        "figures": [_figure(figure) for figure in tally.figures],
        "rules": tally.rules,
    }


def _figure(figure: Figure) -> Json:
    return {
        "low": figure.low,
        "high": figure.high,
        "claim": figure.claim,
        "report": figure.report,
        "voice": figure.voice,
    }


def _attribution(attribution: Attribution) -> Json:
    return {
        "actor": attribution.actor,
        "name": attribution.name,
        "blamed_by": list(attribution.blamed_by),
        "claimed_by": list(attribution.claimed_by),
        "denied_by": list(attribution.denied_by),
        "status": attribution.status,
    }
