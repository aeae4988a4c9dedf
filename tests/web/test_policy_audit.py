"""The audit of publication policies: every address of the site is asked, and none tells what a policy hides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit

import httpx2
import numpy as np
import pytest
from tests.maps.tiles import read
from tests.web.conftest import ADDRESS, Visitor

from according.ingest import ingest_text
from according.maps.policy import Policies, Policy
from according.maps.tiles import FINEST, world
from according.records import Reading
from according.store.linked_filter import Filter
from according.store.shown_history import changes_about
from according.web.newsroom import Newsroom
from according.web.pages import pictures
from according.web.room import Room

HIDDEN = (
    "Rebels captured Tobruk, in eastern Libya, on 3 May 2019, the mayor Salim Haddad said. At least 17 people were "
    "killed in an air strike on Tobruk the same day, according to Haddad. Turkey backs the rebels."
)
HELD = "Gunmen shot dead four people in Zuwara, Libya, on 5 May 2019, the Zawraq Brigade said."
OPEN_TEXT = "At least 17 people were killed in an air strike on Tripoli, Libya, on 3 May 2019, medics said."
SECRETS = re.compile(
    r"tobruk|طبرق|haddad|salim|(?<!:)(?:32\.0\d|23\.9[56]|12\.08)|81302|zuwara|zawraq|2208425", re.IGNORECASE
)
"""Names, numbers and places of what is hidden; what stands after a colon is the second of a time."""
OF_PEOPLE = re.compile(r"account|audit|csrf|comment|subscri|moderation|suggestion|my-data|/desk")
"""Addresses that answer to whoever is signed in or holds a token, with what people wrote themselves."""
TOWN = (23.95385, 32.08963)


class Audit:
    """A site with a report under a policy, one that is held back, and one that is open."""

    def __init__(self, room: Room) -> None:
        policies: dict[str, Policy] = {}
        self.newsroom = Newsroom(room.ledger, policies=lambda: policies)
        self.hidden = self._take(HIDDEN, "Tobruk falls", policies, Policy(place_as="country", names=("Salim Haddad",)))
        self.held = self._take(HELD, "Zuwara", policies, Policy(not_before="2999-01-01T00:00:00Z"))
        self.open = self._take(OPEN_TEXT, "Strike on Tripoli", policies, None)
        self.visitor = Visitor(room)

    def _take(self, text: str, title: str, policies: dict[str, Policy] | Policies, policy: Policy | None) -> Reading:
        report = ingest_text(text, title=title, published="2019-05-06", source=title, url=f"https://{title[:6]}.org/1")
        if policy and isinstance(policies, dict):
            policies[report.id] = policy
        return self.newsroom.take(report)

    def get(self, address: str) -> httpx2.Response:
        return self.visitor.get(address)


@pytest.fixture
def audit(room: Room) -> Audit:
    return Audit(room)


def links(answer: httpx2.Response, address: str) -> Iterator[str]:
    """Where a page, a feed or a JSON answer leads on this site."""
    for found in re.findall(r"""(?:href|src|action)=["']([^"' ]+)|(https?://[^\s"'<>\\]+)""", answer.text):
        whole = urljoin(f"{ADDRESS}{address}", next(filter(None, found)).replace("&amp;", "&"))
        if whole.startswith(ADDRESS) and "{" not in whole:
            parts = urlsplit(whole)
            yield parts.path + (f"?{parts.query}" if parts.query else "")


def addresses_of(reading: Reading) -> Iterator[str]:
    """Addresses under the ids that a reading has where nothing is hidden."""
    yield from (
        f"/report/{reading.report.id}{end}" for end in ("", ".json", "/discussion", "/discussion.json", "/map.png")
    )
    report = f"/report/{reading.report.id}"
    yield from (f"{report}/claim/{claim.id}{end}" for claim in reading.claims for end in ("", ".json"))
    for one in reading.incidents:
        yield from (f"/incident/{one.id.removeprefix('incident:')}{end}" for end in ("", ".json", "/map.png"))
    for referent in {one.referent for one in reading.resolutions if one.referent}:
        kind, _, name = referent.partition(":")
        yield from (f"/{kind}/{quote(name)}{end}" for end in ("", ".json"))


def unasked(described: dict[str, dict[str, object]], pages: list[str]) -> list[str]:
    """The addresses for readers that the site describes and that no page was found at."""
    found = []
    for template, methods in described.items():
        pattern = re.compile(re.sub(r"\\{[^}]*\\}", "[^?]+", re.escape(template)) + r"(\?.*)?")
        if "get" in methods and not any(pattern.fullmatch(page) for page in pages):
            found.append(template)
    return found


def test_no_address_tells_what_is_hidden(audit: Audit, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []

    def draw(told: bytes, _: str, path: Path) -> None:
        drawn.append(told.decode())
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"a picture")

    monkeypatch.setattr(pictures, "_drawn", draw)
    waiting = [
        "/",
        "/sitemap.xml",
        "/robots.txt",
        "/incidents.json",
        "/incidents.geojson",
        "/openapi.json",
        "/tiles.json",
    ]
    waiting += [*addresses_of(audit.hidden), *addresses_of(audit.held), "/map-front.webp", "/reports.json", "/feed.xml"]
    shown = audit.newsroom.linked.incidents().items
    waiting += [f"/incident/{one.id.removeprefix('incident:')}.geojson" for one in (*shown, *audit.hidden.incidents)]
    waiting += [
        "/search.json?q=killed",
        "/map-front-dark.webp",
        "/tiles/0/0/0.mvt",
        "/tiles/looks.json?look=mark:air:9:alleged:1:0",
    ]
    asked: dict[str, int] = {}
    while waiting:
        address = waiting.pop()
        if address in asked or address.startswith("/static/") or len(asked) > 600:
            continue
        answer = audit.get(address)
        asked[address] = answer.status_code
        if answer.headers.get("content-type", "").startswith(("text", "application")):
            echoed = answer.text.replace(address, "").replace(quote(address), "")
            leak = SECRETS.search(echoed)
            assert leak is None, f"{address}: …{echoed[max(0, leak.start() - 80) : leak.end() + 40]}…"
            waiting += [one for one in links(answer, address) if not SECRETS.search(one)]
    assert [one for one in drawn if SECRETS.search(one)] == []
    pages = [address for address, status in asked.items() if status == 200]
    assert f"/report/{audit.hidden.report.id}" in pages
    assert asked[f"/report/{audit.held.report.id}"] == 404
    assert len(pages) > 25, sorted(asked.items())
    assert drawn
    described = audit.get("/openapi.json").json()["paths"]
    assert [one for one in unasked(described, pages) if not OF_PEOPLE.search(one)] == []


@pytest.mark.parametrize("words", ["Tobruk", "tobr", "Haddad", "Zuwara", "Zawraq", '"on Tobruk"'])
def test_words_that_are_hidden_find_as_little_as_words_that_are_not_there(audit: Audit, words: str) -> None:
    for address in ("/search?q=", "/search.json?q=", "/incidents.json?q=", "/?q="):
        found, nothing = (audit.get(f"{address}{quote(typed)}") for typed in (words, "qwertz"))
        assert found.status_code == nothing.status_code
        if address.endswith("json?q="):
            kept = [one.json().get("hits", one.json().get("incidents")) for one in (found, nothing)]
            assert kept == [[], []]
    assert audit.newsroom.linked.search(words).items == ()
    assert audit.newsroom.linked.search("killed").items


def test_no_tile_has_a_mark_at_the_place(audit: Audit) -> None:
    for zoom in range(15):
        x, y = tile_of(*TOWN, zoom)
        layers = read(audit.get(f"/tiles/{zoom}/{x}/{y}.mvt").content)
        marks = [one for points in layers.values() for one in points]
        assert not SECRETS.search(str(marks))
        if zoom > 6:
            assert marks == []
    (mark,) = read(audit.get("/tiles/0/0/0.mvt").content)["incidents"]
    assert audit.newsroom.linked.incident(mark["id"])


def tile_of(longitude: float, latitude: float, zoom: int) -> tuple[int, int]:
    x, y = world(np.array([longitude]), np.array([latitude]))
    return int(x[0]) >> (FINEST - zoom), int(y[0]) >> (FINEST - zoom)


def test_boxes_places_and_lists_do_not_tell_either(audit: Audit) -> None:
    linked = audit.newsroom.linked
    assert linked.incidents(Filter(box=(23.5, 31.5, 24.5, 32.5))).items == ()
    assert linked.incidents(Filter(places=("place:geonames/81302",))).items == ()
    assert linked.place("place:geonames/81302") is None
    assert linked.spells("place:geonames/81302") == ()
    assert linked.spells() == ()
    assert linked.count() == 2


def noted_of(room: Room, incident: str) -> str:
    """What is noted of an incident's changes, but for when they were noted."""
    return " ".join(f"{one.name} {one.old} {one.new}" for one in changes_about(room.ledger, incident))


def test_what_names_the_place_is_not_linked_with_what_hides_it(room: Room) -> None:
    policies: dict[str, Policy] = {}
    newsroom = Newsroom(room.ledger, policies=lambda: policies)
    strike = "At least {} people were killed in an air strike on Tobruk, Libya, on 3 May 2019, medics said."
    one, other = (
        newsroom.take(ingest_text(strike.format(n), source=f"S{n}", published="2019-05-04")) for n in (17, 19)
    )
    assert newsroom.linked.count() == 1
    policies[one.report.id] = Policy(place_as="country")
    newsroom.follow()
    assert newsroom.linked.count() == 2
    (hidden,) = newsroom.linked.incidents_of(one.report.id)
    (told,) = newsroom.linked.incidents_of(other.report.id)
    assert {tally.low for tally in hidden.tallies} == {17}
    assert {tally.low for tally in told.tallies} == {19}
    assert "Tobruk" not in noted_of(room, hidden.id)
    assert "17" not in noted_of(room, told.id)
    policies.clear()
    newsroom.follow()
    assert newsroom.linked.count() == 1
