"""Maps as pictures: drawn once for each content, kept, and never for more readers at once than can be drawn for."""

from __future__ import annotations

import io
import os
from pathlib import Path
from threading import BoundedSemaphore

import pytest
from PIL import Image
from tests.web.pages.conftest import Desk, readings

from according.web.pages import pictures, words
from according.web.pages.hooks import Publication


def _kept(desk: Desk) -> dict[Path, float]:
    return {one: one.stat().st_mtime_ns for one in (desk.room.ledger.parent / "pictures").iterdir()}


def test_a_picture_is_drawn_once_for_each_content(desk: Desk, shown_as: dict[str, Publication]) -> None:
    path = f"/incident/{words.short(desk.strike().id)}/map-small.webp"
    answer = desk.get(path)
    assert answer.status_code == 200
    assert Image.open(io.BytesIO(answer.content)).size == (960, 640)
    first = _kept(desk)
    assert desk.get(path).content == answer.content
    assert _kept(desk) == first
    assert desk.get(path, headers={"If-None-Match": answer.headers["etag"]}).status_code == 304
    desk.link(readings()[:2])
    assert desk.get(path).status_code == 200
    assert _kept(desk) == first, "nothing of this incident changed"
    name = desk.reports["Coast Wire"]
    share = desk.get(f"/report/{name}/map-share.jpg")
    assert Image.open(io.BytesIO(share.content)).size == (1200, 630)
    shown_as[name] = Publication(status="draft")
    assert desk.get(f"/report/{name}/map-share.jpg").status_code == 404


def test_who_comes_when_too_many_wait_is_asked_to_come_back(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    full = BoundedSemaphore(1)
    full.acquire()
    monkeypatch.setattr(pictures, "_waiting", full)
    answer = desk.get("/map-front.webp")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "60")


def test_the_oldest_pictures_go_when_there_are_too_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MOST_KEPT_BYTES", 25)
    for number in range(3):
        (tmp_path / f"{number}.png").write_bytes(b"0123456789")
    pictures._make_room(tmp_path)
    assert len(list(tmp_path.iterdir())) == 2


def test_there_are_no_other_shapes(desk: Desk) -> None:
    name = desk.reports["Coast Wire"]
    for shape in ("map.exe", "..%2f..%2fledger.db", "map-front.webp"):
        assert desk.get(f"/report/{name}/{shape}").status_code in {404, 422}


def _breaks_off_once(_content: bytes, _shape: str, path: Path) -> None:
    been = path.with_name("been")
    if been.exists():
        path.write_bytes(b"drawn")
        return
    been.touch()
    os._exit(9)


def test_a_picture_is_drawn_although_the_process_that_draws_broke_off(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "draw", _breaks_off_once)
    answer = desk.get("/map-front.webp")
    assert (answer.status_code, answer.content) == (200, b"drawn")
