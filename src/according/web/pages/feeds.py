"""The latest incidents as feeds (Atom, RSS, GeoJSON), and the map of the site for search engines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Annotated

import msgspec
from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import PlainTextResponse, Response

from according.export.reading import incident_json
from according.maps import words as map_words
from according.records import Incident
from according.store.shown_history import last_changed
from according.web.pages import words
from according.web.pages.answers import Json, data_answer, text_answer
from according.web.pages.asked import Asked, asked
from according.web.pages.described import answers_as, answers_with
from according.web.pages.ledger import OnShelf, Shelf
from according.web.rendering import ENVIRONMENT
from according.web.room import room_of

router = APIRouter(tags=["feeds"])
Choices = Annotated[Asked, Depends(asked)]
IN_A_FEED = 50
ON_THE_MAP = 1000
IN_A_SITEMAP = 20_000
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Entry(msgspec.Struct, frozen=True):
    """One incident in a feed."""

    incident: Incident
    address: str
    updated: datetime

    @property
    def iso(self) -> str:
        """When it last changed, as Atom writes it."""
        return self.updated.strftime("%Y-%m-%dT%H:%M:%SZ")

    @property
    def mail(self) -> str:
        """When it last changed, as RSS writes it."""
        return format_datetime(self.updated)


@router.get("/feed.atom", responses=answers_as("application/atom+xml", "The latest incidents that fit."))
def atom(request: Request, shelf: OnShelf, choices: Choices) -> Response:
    """The latest incidents that fit, as Atom."""
    return text_answer(request, shelf.version, lambda: _feed(request, shelf, choices, "atom"), "application/atom+xml")


@router.get("/feed.rss", responses=answers_as("application/rss+xml", "The latest incidents that fit."))
def rss(request: Request, shelf: OnShelf, choices: Choices) -> Response:
    """The latest incidents that fit, as RSS."""
    return text_answer(request, shelf.version, lambda: _feed(request, shelf, choices, "rss"), "application/rss+xml")


@router.get("/feed.geojson", responses=answers_with("Features", "application/geo+json"))
def geojson(request: Request, shelf: OnShelf, choices: Choices) -> Response:
    """The latest incidents that fit, each a point where it is known to better than a country."""
    address = room_of(request).address
    return data_answer(request, shelf.version, lambda: _features(shelf, choices, address), "application/geo+json")


@router.get("/incident/{incident}.geojson", responses=answers_with("Feature", "application/geo+json"))
def incident_geojson(request: Request, incident: str, shelf: OnShelf) -> Response:
    """One incident in a few words, as a feature."""
    found = shelf.ledger.incident(f"incident:{incident}")
    if found is None:
        raise HTTPException(404, "There is no incident at this address.")
    address = room_of(request).address
    return data_answer(request, shelf.version, lambda: _feature(found, address), "application/geo+json")


@router.get("/sitemap.xml", responses=answers_as("application/xml", "The site's maps."))
def sitemap(request: Request, shelf: OnShelf) -> Response:
    """The maps of the site."""
    address = room_of(request).address
    parts = [f"{address}/sitemap-{part}.xml" for part in ("reports", "incidents")]
    return text_answer(request, shelf.version, lambda: _xml("feeds/sitemaps.xml", parts=parts), "application/xml")


@router.get("/sitemap-reports.xml", responses=answers_as("application/xml", "The pages of reports."))
def sitemap_reports(request: Request, shelf: OnShelf) -> Response:
    """The pages of the newest reports."""
    address = room_of(request).address

    def pages() -> str:
        found = shelf.ledger.reports(None, IN_A_SITEMAP).items
        return _xml("feeds/sitemap.xml", pages=[f"{address}/report/{line.id}" for line in found])

    return text_answer(request, shelf.version, pages, "application/xml")


@router.get("/sitemap-incidents.xml", responses=answers_as("application/xml", "The pages of incidents."))
def sitemap_incidents(request: Request, shelf: OnShelf) -> Response:
    """The pages of the newest incidents."""
    address = room_of(request).address

    def pages() -> str:
        found = shelf.ledger.incidents(None, None, IN_A_SITEMAP).items
        return _xml("feeds/sitemap.xml", pages=[f"{address}/incident/{words.short(one.id)}" for one in found])

    return text_answer(request, shelf.version, pages, "application/xml")


@router.get("/robots.txt", response_class=PlainTextResponse, responses=answers_as("text/plain", "For robots."))
def robots(request: Request) -> Response:
    """What robots may go through."""
    address = room_of(request).address
    closed = "".join(f"Disallow: {path}\n" for path in ("/search", "/account", "/sign-in", "/desk"))
    return PlainTextResponse(f"User-agent: *\n{closed}\nSitemap: {address}/sitemap.xml\n")


def _feed(request: Request, shelf: Shelf, choices: Asked, kind: str) -> str:
    room = room_of(request)
    incidents = shelf.ledger.incidents(choices.filter(), choices.after or None, IN_A_FEED).items
    entries = _entries(shelf, incidents, room.address)
    newest = max((entry.updated for entry in entries), default=datetime(1970, 1, 1, tzinfo=UTC))
    whole = Entry(incident=incidents[0], address=room.address, updated=newest) if incidents else None
    return _xml(f"feeds/{kind}.xml", room=room, entries=entries, whole=whole, query=choices.query())


def _entries(shelf: Shelf, incidents: Sequence[Incident], address: str) -> list[Entry]:
    changed = last_changed(shelf.path, [one.id for one in incidents])
    return [
        Entry(one, f"{address}/incident/{words.short(one.id)}", _updated(shelf, one, changed.get(one.id)))
        for one in incidents
    ]


def _updated(shelf: Shelf, incident: Incident, changed: str | None) -> datetime:
    """When the record last changed, else when the newest report of it came out."""
    if changed:
        return datetime.fromisoformat(changed)
    out = max((line.published for line in shelf.ledger.reports_of(incident.id)), default="")
    day = f"{out}{'0001-01-01'[len(out) :]}" if len(out) in (4, 7, 10) else "1970-01-01"
    return datetime.fromisoformat(day).replace(tzinfo=UTC)


def _features(shelf: Shelf, choices: Asked, address: str) -> Json:
    found = shelf.ledger.incidents(choices.filter(), choices.after or None, ON_THE_MAP)
    features = [_feature(one, address) for one in found.items]
    following = f"{address}/feed.geojson?{choices.query(after=found.after)}" if found.after else None
    return {"type": "FeatureCollection", "features": features, "next": following}


def _feature(incident: Incident, address: str) -> Json:
    where = incident.place.place if incident.place else None
    placed = where is not None and where.latitude is not None and where.precision != "country"
    point = {"type": "Point", "coordinates": [where.longitude, where.latitude]} if placed and where else None
    told = incident_json(incident)
    properties = {name: told[name] for name in ("predicate", "time", "attribution", "grade", "place")}
    tallies = [{name: value for name, value in one.items() if name != "figures"} for one in told["tallies"]]
    named = {
        "title": words.title(incident),
        "address": f"{address}/incident/{words.short(incident.id)}",
        "when": words.when(incident.time),
        "toll": words.toll(incident),
        "killed": map_words.toll_size([one for one in told["tallies"] if one["effect"] == "killed"]),
    }
    return {
        "type": "Feature",
        "id": incident.id,
        "geometry": point,
        "properties": {**named, **properties, "tallies": tallies},
    }


def _xml(template: str, **values: object) -> str:
    return _NOT_XML.sub("", ENVIRONMENT.get_template(template).render(values))
