"""Made-up coverage of an invented war, with the truth known: readings of reports, each of one strike."""

from __future__ import annotations

from typing import NamedTuple

from according.link import incidents_of
from according.records import Claim, PlaceReading, Quantity, Reading, Report, Resolution, Span, TimeReading, with_id

LANDS = {"Orlesia": (12.0, 22.0)}
TOWNS = {"Karsun": (10.0, 20.0), "Bethran": (10.4, 20.9), "Mirgrad": (14.0, 25.0)}


class Strike(NamedTuple):
    """What a report tells: where, when (none when it does not say), how many dead, and when it came out."""

    town: str
    day: str | None
    dead: int
    published: str | None = None
    kind: str = "airstrike"
    words: str = "Planes struck a market in the town"


def reading(name: str, *strikes: Strike) -> Reading:
    """A reading of a report that tells of some strikes, a sentence each."""
    claims: list[Claim] = []
    resolutions: list[Resolution] = []
    at = 0
    for strike in strikes:
        sentence = f"{strike.words} of {strike.town} {strike.day or ''} and killed {strike.dead} people."
        for predicate in (strike.kind, "kill"):
            claims.append(_claim(name, strike, sentence, at, predicate))
            resolutions += _resolutions(claims[-1], strike)
        at += len(sentence) + 1
    report = Report(id=name, text="", published=strikes[0].published)
    incidents = tuple(incidents_of(claims, resolutions))
    return Reading(report=report, claims=tuple(claims), resolutions=tuple(resolutions), incidents=incidents)


def _claim(name: str, strike: Strike, sentence: str, at: int, predicate: str) -> Claim:
    def span(words: str) -> Span:
        start = at + sentence.index(words)
        return Span(start, start + len(words), words)

    count = str(strike.dead)
    quantity = Quantity(span=span(count), low=strike.dead, high=strike.dead, rule="exact")
    return with_id(
        Claim(
            id="",
            report=name,
            evidence=Span(at, at + len(sentence), sentence),
            predicate=predicate,
            place=span(strike.town),
            time=span(strike.day) if strike.day else None,
            group="people" if predicate == "kill" else None,
            quantity=quantity if predicate == "kill" else None,
        )
    )


def _resolutions(claim: Claim, strike: Strike) -> list[Resolution]:
    latitude, longitude = LANDS.get(strike.town) or TOWNS[strike.town]
    place = PlaceReading(
        name=strike.town, country="XX", latitude=latitude, longitude=longitude,
        precision="country" if strike.town in LANDS else "town", province=None,
    )  # fmt: skip
    found = [
        Resolution(
            claim=claim.id, role="place", referent=f"place:{strike.town}", basis="stated", name=strike.town, place=place
        )
    ]
    if strike.day:
        time = TimeReading(earliest=strike.day, latest=strike.day, partial=strike.day, precision="day")
        found.append(Resolution(claim=claim.id, role="time", referent=f"time:{strike.day}", basis="stated", time=time))
    return found
