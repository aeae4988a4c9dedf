"""A reading back from the machine interface: what ``according link`` and ``according map`` are given."""

from __future__ import annotations

from typing import Any

import msgspec

from according.records import (
    Attribution,
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
    """The reading behind one line of the interface; raises KeyError, TypeError or ValueError on another shape."""
    report = data["report"]
    claims, resolutions = [], []
    for item in data["claims"]:
        claims.append(_claim_from(item, report["id"]))
        resolutions.extend(_resolutions_from(item))
    return Reading(
        report=_report_from(report, data.get("blocks", [])),
        claims=tuple(claims),
        resolutions=tuple(resolutions),
        incidents=tuple(incident_from_json(item) for item in data.get("incidents", [])),
        spells=tuple(_spell_from(item) for item in data.get("spells", [])),
        ties=tuple(_tie_from(item) for item in data.get("ties", [])),
        issues=tuple(Issue(**item) for item in data.get("issues", [])),
    )


def _report_from(report: Json, blocks: list[Json]) -> Report:
    return msgspec.convert({**report, "text": report.get("text") or "", "blocks": blocks}, Report)


def _span_from(item: Json | None) -> Span | None:
    if item is None or item.get("start") is None:
        return None
    return Span(item["start"], item["end"], item["text"])


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
        voices=tuple(
            Voice(voice_class=voice["class"], span=_span_from(voice), name=voice["name"]) for voice in item["voices"]
        ),
        subject=_span_from(item["subject"]),
        object=_span_from(item["object"]),
        group=(item["object"] or {}).get("group"),
        place=_span_from(item["place"]),
        time=_span_from(item["time"]),
        quantity=_quantity_from(quantity) if quantity else None,
        extent=_span_from(item["extent"]),
        part_of=item["part_of"],
        method=item["method"],
        confidence=item["confidence"],
    )


def _quantity_from(item: Json) -> Quantity:
    return Quantity(
        span=Span(item["start"], item["end"], item["text"]), low=item["low"], high=item["high"], rule=item["rule"]
    )


def _resolutions_from(item: Json) -> list[Resolution]:
    found: list[Resolution] = []
    claim: str = item["id"]
    if item["subject"]:
        found.append(_actor_resolution(claim, "subject", item["subject"]))
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


def _place_resolution(claim: str, item: Json) -> Resolution:
    reading = None
    if item["name"] is not None:
        known = ("name", "country", "latitude", "longitude", "precision")
        reading = PlaceReading(**{name: item[name] for name in known})
    return Resolution(
        claim=claim,
        role="place",
        referent=item["referent"],
        name=item["name"],
        basis=item["basis"],
        span=_span_from(item),
        place=reading,
    )


def _time_resolution(claim: str, item: Json) -> Resolution:
    known = ("earliest", "latest", "partial", "precision")
    return Resolution(
        claim=claim,
        role="time",
        referent=None,
        basis=item["basis"],
        span=_span_from(item),
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
