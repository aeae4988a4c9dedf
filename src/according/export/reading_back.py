"""A reading back from the machine interface: what ``according link`` and ``according map`` are given."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from according.export.reading import ALTERNATIVES
from according.records import (
    Attribution,
    Candidate,
    Claim,
    Figure,
    Incident,
    Issue,
    PlaceReading,
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


def from_json(data: Json) -> Reading:
    """The reading behind one line of the interface; raises KeyError, TypeError or ValueError on another shape.

    Readings may come from anywhere: every value is checked for its kind, every date for being one, and every claim
    that something rests on for being there.
    """
    report = data["report"]
    claims, resolutions = [], []
    for item in data["claims"]:
        claims.append(_claim_from(item, report["id"]))
        resolutions.extend(_resolutions_from(item))
    reading = Reading(
        report=_report_from(report, data.get("blocks", [])),
        claims=tuple(claims),
        resolutions=tuple(resolutions),
        incidents=tuple(incident_from_json(item) for item in data.get("incidents", [])),
        spells=tuple(_spell_from(item) for item in data.get("spells", [])),
        ties=tuple(_tie_from(item) for item in data.get("ties", [])),
        issues=tuple(Issue(**item) for item in data.get("issues", [])),
    )
    return _checked(reading)


_READING = msgspec.msgpack.Decoder(Reading)


def _checked(reading: Reading) -> Reading:
    """The reading, all of it as its records say; raises ValueError, in words, when it is not."""
    whole = _READING.decode(msgspec.msgpack.encode(reading))
    known = {claim.id for claim in whole.claims}
    for incident in whole.incidents:
        if not incident.claims or not known.issuperset(incident.claims):
            raise ValueError(f"the incident {incident.id} rests on claims that are not there")
    times = [*(one.time for one in whole.resolutions), *(one.time for one in whole.incidents)]
    for day in (end for time in times if time for end in (time.earliest, time.latest) if end is not None):
        date.fromisoformat(day)
    return whole


def _report_from(report: Json, blocks: list[Json]) -> Report:
    return msgspec.convert({**report, "text": report.get("text") or "", "blocks": blocks}, Report)


def _span_from(item: Json | None) -> Span | None:
    if item is None or item.get("start") is None:
        return None
    return Span(item["start"], item["end"], item["text"])


def _own_span(item: Json | None) -> Span | None:
    """The claim's own words for a role; what settled it from elsewhere is not among them."""
    span, elsewhere = _span_from(item), _span_from((item or {}).get("settled_by"))
    return None if span == elsewhere else span


def _claim_from(item: Json, report: str) -> Claim:
    quantity = item["quantity"]
    evidence = item["evidence"]
    return Claim(
        id=item["id"],
        report=report,
        evidence=Span(evidence["start"], evidence["end"], evidence["text"]),
        predicate=item["predicate"],
        polarity=item["polarity"],
        realis=item["realis"],
        hedge=item["hedge"],
        block=item["block"],
        voices=tuple(map(_voice_from, item["voices"])),
        subject=_span_from(item["subject"]),
        object=_span_from(item["object"]),
        group=(item["object"] or {}).get("group"),
        place=_own_span(item["place"]),
        time=_own_span(item["time"]),
        quantity=_quantity_from(quantity) if quantity else None,
        extent=_span_from(item["extent"]),
        cues=tuple(Span(**cue) for cue in item.get("cues", ())),
        part_of=item["part_of"],
        event=item.get("event"),
        method=item["method"],
        confidence=item["confidence"],
    )


def _voice_from(item: Json) -> Voice:
    """Who says so: by the words for them, else by name; what words resolve to is kept beside."""
    span = _span_from(item)
    return Voice(voice_class=item["class"], span=span, name=None if span else item["name"])


def _quantity_from(item: Json) -> Quantity:
    return Quantity(
        span=Span(item["start"], item["end"], item["text"]), low=item["low"], high=item["high"], rule=item["rule"]
    )


def _resolutions_from(item: Json) -> list[Resolution]:
    found: list[Resolution] = []
    claim: str = item["id"]
    if item["subject"]:
        found.append(_subject_resolution(claim, item["subject"]))
    if item["object"]:
        found.append(_actor_resolution(claim, "object", item["object"]))
    found.extend(_actor_resolution(claim, "voice", voice, index) for index, voice in enumerate(item["voices"]))
    if item["place"]:
        found.append(_place_resolution(claim, item["place"]))
    if item["time"]:
        found.append(_time_resolution(claim, item["time"]))
    return found


def _actor_resolution(claim: str, role: Any, item: Json, index: int = 0) -> Resolution:
    return Resolution(claim=claim, role=role, referent=item["referent"], name=item["name"], basis="read", index=index)


def _subject_resolution(claim: str, item: Json) -> Resolution:
    found = _actor_resolution(claim, "subject", item)
    either = tuple(Candidate(referent=one["referent"], name=one["name"], score=0.0) for one in item.get("either", ()))
    return msgspec.structs.replace(found, basis=ALTERNATIVES, candidates=either) if either else found


def _place_resolution(claim: str, item: Json) -> Resolution:
    reading = None
    if item["name"] is not None:
        known = ("name", "country", "latitude", "longitude", "precision")
        reading = PlaceReading(**{name: item[name] for name in known}, province=item.get("province"))
    return Resolution(
        claim=claim,
        role="place",
        referent=item["referent"],
        name=item["name"],
        basis=item["basis"],
        span=_settled_by(item),
        place=reading,
    )


def _settled_by(item: Json) -> Span | None:
    return _span_from(item.get("settled_by", item))


def _time_resolution(claim: str, item: Json) -> Resolution:
    known = ("earliest", "latest", "partial", "precision")
    return Resolution(
        claim=claim,
        role="time",
        referent=None,
        basis=item["basis"],
        span=_settled_by(item),
        time=TimeReading(**{name: item[name] for name in known}),
    )


def incident_from_json(item: Json) -> Incident:
    """The incident behind one line of ``according link``."""
    time = item["time"]
    return Incident(
        id=item["id"],
        predicate=item["predicate"],
        reports=tuple(item["reports"]),
        claims=tuple(item["claims"]),
        place=_place_resolution("", item["place"]) if item["place"] else None,
        time=TimeReading(
            earliest=time["earliest"],
            latest=time["latest"],
            partial=time.get("partial"),
            precision=time["precision"],
        )
        if time
        else None,
        tallies=tuple(_tally_from(tally) for tally in item["tallies"]),
        attribution=tuple(_attribution_from(attribution) for attribution in item["attribution"]),
        grade=item["grade"],
        independent_voices=item["independent_voices"],
        because=tuple(item["because"]),
    )


def _tally_from(item: Json) -> Tally:
    figures = tuple(Figure(**figure) for figure in item["figures"])
    return Tally(**{**item, "figures": figures})


def _attribution_from(item: Json) -> Attribution:
    voices = {name: tuple(item[name]) for name in ("blamed_by", "claimed_by", "denied_by")}
    return Attribution(actor=item["actor"], name=item["name"], status=item["status"], **voices)


def _spell_from(item: Json) -> Spell:
    place, holder = item["place"], item["holder"] or {}
    return Spell(
        place=place["referent"] or place["name"],
        place_name=place["name"],
        holder=holder.get("referent"),
        holder_name=holder.get("name"),
        state=item["state"],
        start=item["from"],
        end=item["to"],
        ongoing=item["ongoing"],
        claims_for=tuple(item["claims_for"]),
        claims_against=tuple(item["claims_against"]),
        as_of=item["as_of"],
    )


def _tie_from(item: Json) -> Tie:
    return Tie(
        source=item["from"]["referent"],
        source_name=item["from"]["name"],
        target=item["to"]["referent"],
        target_name=item["to"]["name"],
        kind=item["kind"],
        since=item["since"],
        until=item["until"],
        claims_for=tuple(item["claims_for"]),
        claims_against=tuple(item["claims_against"]),
    )
