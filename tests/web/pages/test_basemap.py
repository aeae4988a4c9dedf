"""The map of the front page: everything that it is made of is served from here, and nothing else is."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

import pytest
from tests.web.conftest import Visitor


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_style_asks_for_nothing_from_elsewhere(visitor: Visitor, theme: str) -> None:
    style = visitor.get(f"/map/{theme}.json").json()
    asked = [style["sprite"], style["glyphs"], *style["sources"]["world"]["tiles"]]
    assert {urlsplit(one).netloc for one in asked} == {urlsplit(visitor.room.address).netloc}
    assert not [
        one for one in json.dumps(style).split('"') if "://" in one and not one.startswith(visitor.room.address)
    ]
    assert {layer.get("source", "world") for layer in style["layers"]} == {"world"}
    assert visitor.get(f"/map/sprite-{theme}.json").json()["place"]["pixelRatio"] == 1
    assert visitor.get(f"/map/sprite-{theme}@2x.json").json()["place"]["pixelRatio"] == 2
    assert visitor.get(f"/map/sprite-{theme}@2x.png").content.startswith(b"\x89PNG")


def test_tiles_of_land_have_content_and_others_none(visitor: Visitor) -> None:
    assert b"land" in visitor.get("/map/world/0/0/0.pbf").content
    assert b"land" in visitor.get("/map/world/0/0/0.pbf", headers={"Accept-Encoding": "identity"}).content
    assert visitor.get("/map/world/7/0/64.pbf").status_code == 204
    assert visitor.get("/map/world/2/4/0.pbf").status_code == 204
    assert visitor.get("/map/world/9/0/0.pbf").status_code == 204
    assert visitor.get("/map/glyphs/Noto Sans Regular/0-255.pbf").content


@pytest.mark.parametrize("name", ["..%2fpage.html", "maplibre-gl.js.map", "ipywidget.js"])
def test_no_other_file_of_a_package_can_be_had(visitor: Visitor, name: str) -> None:
    assert visitor.get(f"/map/{name}").status_code == 404


def test_the_library_comes_packed_to_whoever_takes_it_so(visitor: Visitor) -> None:
    packed = visitor.get("/map/maplibre-gl.js")
    plain = visitor.get("/map/maplibre-gl.js", headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.text == plain.text


def test_only_the_front_page_may_run_webassembly(visitor: Visitor) -> None:
    assert "'wasm-unsafe-eval'" in visitor.get("/").headers["content-security-policy"]
    for path in ("/about", "/reports", "/nothing"):
        assert "wasm" not in visitor.get(path).headers["content-security-policy"]
