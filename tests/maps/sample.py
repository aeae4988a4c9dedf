"""Readings in the shape of the machine interface, about invented events at real places, for the tests of the map."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

from according.maps import Told

Json = dict[str, Any]
PLACES = {
    "Derna": ("place:geonames/87205", 32.76704, 22.63669),
    "Benghazi": ("place:geonames/88319", 32.11486, 20.06859),
    "Ajdabiya": ("place:geonames/89113", 30.75545, 20.22626),
    "Sirte": ("place:geonames/2210554", 31.20892, 16.58866),
    "Misrata": ("place:geonames/2214846", 32.37535, 15.09254),
    "Tobruk": ("place:geonames/81302", 32.08361, 23.97639),
    "Sabha": ("place:geonames/2212775", 27.03766, 14.42832),
}


def place(name: str, precision: str = "town") -> Json:
    """A resolved place."""
    referent, latitude, longitude = PLACES[name]
    where = {"name": name, "country": "LY", "latitude": latitude, "longitude": longitude}
    return {
        "start": 0,
        "end": 5,
        "text": name,
        "referent": referent,
        **where,
        "precision": precision,
        "basis": "stated",
    }


def claim(number: str, sentence: str, voice: str | None = None, **changes: Any) -> Json:
    """One claim by its sentence."""
    voices = (
        [{"start": 0, "end": 1, "text": voice, "class": "unnamed", "referent": None, "name": None}] if voice else []
    )
    plain = {
        "id": number,
        "predicate": "attack",
        "polarity": "affirmed",
        "realis": "happened",
        "hedge": "none",
        "evidence": {"start": 0, "end": len(sentence), "text": sentence},
        "block": "body",
        "voices": voices,
        "place": None,
    }
    return {**plain, **changes}


def tally(effect: str, low: int | None, high: int | None, group: str = "people") -> Json:
    """One tally; an open one has no high."""
    best = low if high is None else high
    return {
        "group": group,
        "effect": effect,
        "low": low,
        "best": best,
        "high": high,
        "open_ended": high is None,
        "figures": [],
        "rules": {},
    }


def attribution(name: str, status: str, **who: list[str]) -> Json:
    """One actor's part."""
    return {"actor": None, "name": name, "blamed_by": [], "claimed_by": [], "denied_by": [], "status": status, **who}


def incident(number: str, predicate: str, where: Json | None, **changes: Any) -> Json:
    """One incident, resting on the claims named in `claims`."""
    plain: Json = {
        "id": number,
        "predicate": predicate,
        "reports": ["r"],
        "claims": [],
        "place": where,
        "time": None,
        "tallies": [],
        "attribution": [],
        "grade": "weak",
        "independent_voices": 1,
        "because": [],
    }
    return {**plain, **changes}


def spell(where: str, holder: str | None, state: str, **changes: Any) -> Json:
    """One spell at a place."""
    plain: Json = {
        "place": place(where),
        "holder": {"referent": None, "name": holder} if holder else None,
        "state": state,
        "from": None,
        "to": None,
        "ongoing": True,
        "claims_for": [],
        "claims_against": [],
        "as_of": None,
    }
    return {**plain, **changes}


def day(text: str, until: str | None = None) -> Json:
    """A day, or the days from one to another."""
    return {"earliest": text, "latest": until or text, "partial": None, "precision": "day"}


def reading(number: str, source: str, published: str, **parts: list[Json]) -> Json:
    """One reading."""
    report = {"id": number, "input_id": number, "source": source, "title": None, "published": published}
    report["url"] = f"https://{number}.example/story"
    return {
        "report": report,
        "blocks": [],
        "claims": [],
        "incidents": [],
        "spells": [],
        "ties": [],
        "issues": [],
        **parts,
    }


def told(*readings: Json) -> Told:
    """What a map of these readings tells of, with nothing linked."""
    return Told.apart(readings)


def coast() -> Told:
    """Two outlets on a stretch of coast: towns held, besieged and contested, seven incidents of several kinds."""
    return told(_courier(), _observer())


def shells(points: Sequence[tuple[float, float]], tolls: Sequence[int | None] = ()) -> Told:
    """Shellings at these longitudes and latitudes; ``tolls`` are the numbers of people killed."""
    incidents = [
        incident(
            f"i{number}",
            "shell",
            {**place("Derna"), "referent": None, "name": f"Village {number}", "longitude": x, "latitude": y},
            tallies=[tally("killed", toll, toll)] if toll is not None else [],
        )
        for number, ((x, y), toll) in enumerate(itertools.zip_longest(points, tolls))
    ]
    return told(reading("r", "Outlet", "2017-01-01", incidents=incidents))


def _courier() -> Json:
    claims = [
        claim("c1", "Jets struck the port quarter of Derna, killing at least 17 people, medics said.", "medics"),
        claim("c2", "The army besieging the town denied that its aircraft had flown.", "the army", polarity="denied"),
        claim("c3", "The Shura Council has held Derna since 2015."),
        claim("c4", "Shells fell on the outskirts of Benghazi on Sunday, wounding four children.", "a hospital"),
        claim("c5", "The national army holds Benghazi and Tobruk."),
        claim("c6", "Gunmen seized two engineers on the road south of Ajdabiya.", "their employer"),
        claim("c7", "A car bomb killed between 5 and 9 guards at the western gate.", "residents"),
    ]
    incidents = [
        incident(
            "i1",
            "airstrike",
            place("Derna"),
            claims=["c1", "c2"],
            time=day("2017-10-30"),
            tallies=[tally("killed", 17, None), tally("killed", 12, 15, "civilians"), tally("injured", 31, None)],
            attribution=[attribution("Egypt", "disputed", blamed_by=["residents"], denied_by=["a spokesman"])],
        ),
        incident(
            "i2",
            "shell",
            place("Benghazi", "neighbourhood"),
            claims=["c4"],
            time=day("2017-10-29"),
            tallies=[tally("injured", 4, 4, "children")],
            attribution=[attribution("Shura Council", "alleged", blamed_by=["the army"])],
        ),
        incident("i3", "abduct", place("Ajdabiya", "district"), claims=["c6"], time=day("2017-10-28")),
        incident(
            "i4",
            "bomb",
            place("Derna"),
            claims=["c7"],
            tallies=[tally("killed", 5, 9, "guards")],
            attribution=[attribution("Islamic State", "claimed", claimed_by=["its news agency"])],
        ),
    ]
    spells = [
        spell("Derna", "Derna Shura Council", "held", **{"from": "2015"}, claims_for=["c3"], as_of="2017-11-01"),
        spell("Derna", "Ansar Brigade", "held", **{"from": "2011", "to": "2014"}, ongoing=False),
        spell("Derna", "Libyan National Army", "besieged", claims_for=["c2"], as_of="2017-11-01"),
        spell("Benghazi", "Libyan National Army", "held", claims_for=["c5"], as_of="2017-11-01"),
        spell("Tobruk", "Libyan National Army", "held", claims_for=["c5"], as_of="2017-11-01"),
    ]
    return reading("courier", "Coast Courier", "2017-11-01", claims=claims, incidents=incidents, spells=spells)


def _observer() -> Json:
    claims = [
        claim("o1", "Sirte is split between the Bunyan force and Islamic State fighters.", "an official"),
        claim("o2", "Clashes in Sirte left 60 fighters dead over two days.", "both sides"),
        claim("o3", "Hundreds marched in Misrata on Friday against the mobilisation."),
        claim("o4", "Misrata's council says its own brigades keep the city.", "the council"),
        claim("o5", "A drone hit a pick-up somewhere in Fezzan, killing three.", "a tribal elder"),
    ]
    incidents = [
        incident(
            "i5",
            "clash",
            place("Sirte"),
            claims=["o2"],
            time=day("2017-10-26", "2017-10-27"),
            tallies=[tally("killed", 60, 60, "fighters")],
            attribution=[attribution("Bunyan force", "acknowledged", claimed_by=["its spokesman"])],
        ),
        incident("i6", "protest", place("Misrata"), claims=["o3"], time=day("2017-10-27")),
        incident(
            "i7",
            "drone_strike",
            place("Sabha", "province"),
            claims=["o5"],
            time={"earliest": None, "latest": None, "partial": "--10-25", "precision": "day"},
            tallies=[tally("killed", 3, 3)],
        ),
        incident("i8", "attack", None, claims=["o5"]),
    ]
    spells = [
        spell("Sirte", "Bunyan force", "contested", claims_for=["o1"], as_of="2017-10-30"),
        spell("Sirte", "Islamic State", "contested", claims_for=["o1"], as_of="2017-10-30"),
        spell("Misrata", "Misrata brigades", "held", claims_for=["o4"], as_of="2017-10-30"),
    ]
    return reading("observer", "Gulf Observer", "2017-10-30", claims=claims, incidents=incidents, spells=spells)


def hostile_reading() -> Json:
    """A reading whose every text tries to break out of the page."""
    attack = "</script><script>window.broken=1</script><img src=x onerror=window.broken=1>"
    claims = [claim("h1", f"Quote {attack}", attack)]
    where = {**place("Derna"), "name": f"Derna {attack}"}
    incidents = [incident("h2", "attack", where, claims=["h1"], attribution=[attribution(attack, "alleged")])]
    given = reading("hostile", attack, "2017-11-01", claims=claims, incidents=incidents)
    given["report"]["url"] = "javascript:window.broken=1"
    return given
