"""The page's file: nothing of a report becomes markup, and nothing is fetched."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest
from lxml import html
from tests.maps import sample
from tests.maps.pages import page_data

from according.maps import draw_map


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("page") / "hostile.html"
    draw_map(sample.told(sample.hostile_reading()), path, title="<b onclick=x>Title</b>")
    return path.read_text(encoding="utf-8")


def test_hostile_text_makes_no_element(page: str) -> None:
    tree: Any = html.document_fromstring(page)
    assert len(tree.xpath("//script")) == 4
    assert not tree.xpath("//img[@src='x'] | //b | //*[@onclick] | //*[@onerror]")
    assert tree.xpath("string(//h1)") == "<b onclick=x>Title</b>"
    assert "javascript:" not in "".join(tree.xpath("//@href | //@src"))


def test_the_policy_allows_the_pages_own_scripts_by_digest_and_no_other(page: str) -> None:
    tree: Any = html.document_fromstring(page)
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.startswith("default-src 'none'")
    assert "unsafe-inline" not in policy
    for text in re.findall(r"<script>(.*?)</script>|<style>(.*?)</style>", page, re.DOTALL):
        digest = base64.b64encode(hashlib.sha256("".join(text).encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy


def test_nothing_is_loaded_from_anywhere(page: str) -> None:
    tree: Any = html.document_fromstring(page)
    assert all(source.startswith("data:") for source in tree.xpath("//@src | //link/@href"))
    assert len(page.encode()) < 4_500_000


@pytest.mark.parametrize("areas_km", [None, 30.0])
def test_towns_carry_their_surroundings_only_when_asked_for(tmp_path: Path, areas_km: float | None) -> None:
    draw_map(msgspec.structs.replace(sample.coast(), areas_km=areas_km), tmp_path / "coast.html")
    towns = [mark for mark in page_data(tmp_path / "coast.html")["marks"] if mark["kind"] == "town"]
    assert len(towns) == 5
    assert all(("area" in town) == (areas_km is not None) for town in towns)
