"""Tiles as a map asks for them."""

from __future__ import annotations

import io

import httpx2
import pytest
from PIL import Image
from tests.maps.tiles import read
from tests.web.conftest import Visitor

from according.ingest import ingest_text
from according.scale.generate import coverage
from according.store.linked_filter import Filter
from according.web.newsroom import Newsroom
from according.web.room import Room

READINGS = [made.reading for made in coverage(30, seed=3)]
TEXTS = {
    "2014-04-12": "Army troops captured Derna on April 10, 2014.",
    "2014-06-02": "Rebels captured Derna from the army on June 1, 2014. They still hold Derna.",
}


@pytest.fixture
def newsroom(room: Room) -> Newsroom:
    return Newsroom(room.ledger)


def counts(answer: httpx2.Response) -> int:
    assert answer.status_code == 200
    return sum(one["count"] for one in read(answer.content).get("incidents", []))


def test_a_tile_has_every_incident_and_is_told_by_its_mark(visitor: Visitor, newsroom: Newsroom) -> None:
    newsroom.keep(READINGS)
    answer = visitor.get("/tiles/0/0/0.mvt")
    assert answer.headers["content-encoding"] == "gzip"
    assert counts(answer) == newsroom.linked.count()
    again = visitor.get("/tiles/0/0/0.mvt", headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    newsroom.keep([made.reading for made in coverage(31, seed=4)])
    later = visitor.get("/tiles/0/0/0.mvt", headers={"If-None-Match": answer.headers["etag"]})
    assert counts(later) == newsroom.linked.count()


def test_a_single_incident_has_its_id_and_several_at_a_place_the_places(visitor: Visitor, newsroom: Newsroom) -> None:
    newsroom.keep(READINGS)
    marks = read(visitor.get("/tiles/6/33/31.mvt").content).get("incidents", [])
    marks += [
        one
        for x in range(30, 37)
        for y in range(24, 33)
        for one in read(visitor.get(f"/tiles/6/{x}/{y}.mvt").content).get("incidents", [])
    ]
    single = [one for one in marks if one["count"] == 1]
    several = [one for one in marks if one["count"] > 1 and one["one_spot"]]
    assert single
    assert several
    assert all(newsroom.linked.incident(one["id"]) for one in single)
    assert all(newsroom.linked.place(one["place"]) for one in several)


def test_choices_are_those_of_the_list(visitor: Visitor, newsroom: Newsroom) -> None:
    newsroom.keep(READINGS)
    asked = {
        "kind=air": Filter(predicates=("airstrike", "drone_strike")),
        "grade=weak&status=alleged": Filter(grades=("weak",), statuses=("alleged",)),
        "country=x1": Filter(countries=("X1",)),
        "toll=10&q=shell": Filter(toll_least=10, words="shell"),
        "since=2020-01-02&day=2020-01": Filter(since="2020-01-02", until="2020-01"),
    }
    for query, filtered in asked.items():
        assert counts(visitor.get(f"/tiles/0/0/0.mvt?{query}")) == newsroom.linked.count(filtered) > 0, query
    assert 0 < counts(visitor.get("/tiles/0/0/0.mvt?kind=air")) < newsroom.linked.count()


def test_a_town_is_its_holders_of_the_day_as_known_on_the_day(visitor: Visitor, newsroom: Newsroom) -> None:
    for published, text in TEXTS.items():
        newsroom.take(ingest_text(text, published=published, source="The Lantern"))

    def holders(query: str) -> str | None:
        towns = read(visitor.get(f"/tiles/0/0/0.mvt?{query}").content).get("towns", [])
        return towns[0]["holders"] if towns else None

    now, before = holders("day=2014-06-02"), holders("day=2014-05-01")
    assert now
    assert before
    assert "rebels" in now.lower()
    assert "army" in before.lower()
    assert holders("day=2014-06-02&known=2014-05-01") == before
    assert holders("day=2014-05-01&known=2014-04-01") is None
    assert set(visitor.get("/tiles.json").json()["actors"]) == {now, before}


@pytest.mark.parametrize(
    "address",
    ["0/0/1.mvt", "15/0/0.mvt", "1/2/0.mvt", "0/0/0.mvt?kind=love", "0/0/0.mvt?day=soon", "0/0/0.mvt?toll=x",
     "a/0/0.mvt", "0/-1/0.mvt", "0/0/0.mvt?since=2020-02-31", f"0/0/0.mvt?q={'x' * 300}"],
)  # fmt: skip
def test_what_is_no_tile_is_refused_in_the_shape_of_errors(visitor: Visitor, address: str) -> None:
    answer = visitor.get(f"/tiles/{address}", headers={"Accept": "application/json"})
    assert answer.status_code in {400, 404, 422}
    assert answer.json()["error"]["message"]


def test_an_empty_ledger_has_empty_tiles(visitor: Visitor) -> None:
    answer = visitor.get("/tiles/0/0/0.mvt", headers={"Accept-Encoding": "identity"})
    assert (answer.status_code, answer.content) == (200, b"")
    assert "content-encoding" not in answer.headers
    assert visitor.get("/tiles.json").json()["vector_layers"]


def test_symbols_are_drawn_as_a_map_asks_for_them(visitor: Visitor, newsroom: Newsroom) -> None:
    for published, text in TEXTS.items():
        newsroom.take(ingest_text(text, published=published, source="The Lantern"))
    (town,) = read(visitor.get("/tiles/0/0/0.mvt").content)["towns"]
    painted = f"town:{town['holders']}|{town['besiegers']}|{town['claimed']}|0"
    asked = [
        "mark:air:13:alleged:1:0",
        "mark:none:26:unclear:3:1",
        painted,
        "town:nobody known||nobody known|0",
        "town:a|b|",
    ]
    index = visitor.get("/tiles/looks.json", params={"look": asked}).json()
    sheet = Image.open(io.BytesIO(visitor.get("/tiles/looks.png", params={"look": asked}).content)).convert("RGB")
    assert list(index) == asked

    def colours(name: str) -> set[object]:
        x, y, width, height = (index[name][key] for key in ("x", "y", "width", "height"))
        return {colour for _, colour in sheet.crop((x, y, x + width, y + height)).getcolors(100_000) or []}

    red, pale = (0xB3, 0x26, 0x1E), (0xC9, 0x6F, 0x68)
    assert red in colours(asked[0])
    assert pale in colours(asked[1])
    paint = visitor.get("/tiles.json").json()["actors"][town["holders"]]["colour"]
    assert tuple(bytes.fromhex(paint[1:])) in colours(painted)


@pytest.mark.parametrize(
    "look", ["mark:love:13:alleged:1:0", "mark:air:900:alleged:1:0", "mark:air:13:x:1:0", "mark:air:nan:alleged:1:0",
             "mark:air:13:alleged:99:0", "x:air:13:alleged:1:0", "mark", ""],
)  # fmt: skip
def test_symbols_that_no_map_has_are_refused(visitor: Visitor, look: str) -> None:
    for kind in ("json", "png"):
        answer = visitor.get(f"/tiles/looks.{kind}", params={"look": look}, headers={"Accept": "application/json"})
        assert answer.status_code == 400
    too_many = visitor.get("/tiles/looks.json", params={"look": ["mark:air:13:alleged:1:0"] * 100})
    assert too_many.status_code == 422
