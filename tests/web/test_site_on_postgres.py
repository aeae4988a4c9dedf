"""The whole site with its people in PostgreSQL: in, judged, out, discussed, corrected by a reader, and taken back."""

from __future__ import annotations

import pytest
from tests.web.conftest import Visitor, found

from according.store.people.accounts import hash_password
from according.store.people.passwords import set_password
from according.web.discussion import writing
from according.web.room import Room

TEXT = (
    "Shells hit the market in Gharyan\n\n"
    "At least four people were killed on 3 May 2019 when shells hit the market in Gharyan, a doctor said. "
    "Two children were wounded."
)
PASSWORD = "a long enough sentence"
STAFF_PAGES = (
    "/desk", "/desk.json", "/desk/changes", "/desk/new", "/moderation", "/moderation/rules", "/suggestions",
    "/account", "/accounts", "/audit", "/my-data",
)  # fmt: skip


def test_a_report_goes_through_the_whole_site(room_on_postgres: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "FASTEST_SECONDS", 0.0)
    editor, reader = Visitor(room_on_postgres), Visitor(room_on_postgres)
    account = editor.sign_in("admin", "Ada")
    with room_on_postgres.people.write() as connection:
        set_password(connection, account.id, hash_password(PASSWORD))
    editor.client.cookies.clear()
    assert editor.post("/sign-in", {"name": "Ada", "password": PASSWORD}).status_code == 303

    written = editor.post("/desk/new", {"text": TEXT, "kind": "written", "published": "2019-05-04"})
    desk = written.headers["location"]
    page = desk.replace("/desk/reports/", "/report/")
    assert reader.get(page).status_code == 404
    [dead] = [one["claim"] for one in editor.get(f"{desk}.json").json()["standings"]][:1]
    assert editor.post(f"{desk}/accept", {"claim": dead}).status_code == 303
    assert editor.post(f"{desk}/publish", {"version": "1"}).status_code == 303
    assert "At least four people" in reader.get(page).text

    said = {"name": "Leila", "text": "It was the mayor who said so.", "mail": "leila@example.org", "notify": "replies"}
    comment = reader.post(f"{page}/discussion", said).headers["location"].partition("#comment-")[2]
    assert "the mayor" not in Visitor(room_on_postgres).get(page).text
    assert editor.post(f"/moderation/comment/{comment}", {"act": "show"}).status_code == 303
    assert "the mayor" in Visitor(room_on_postgres).get(page).text

    claim = next(
        one["id"] for one in reader.get(f"{page}.json").json()["claims"] if "Two children" in str(one["evidence"])
    )
    asked = {"claim": claim, "kind": "correct", "field": "voice", "value": "a doctor"}
    where = editor.post(f"/comment/{comment}/suggestion", asked).headers["location"]
    [accept] = found(editor.get(where).text, "//form[@class='decide']/@action")
    assert editor.post(accept).status_code == 303
    assert "credited to" in reader.get(f"/comment/{comment}").text

    assert {path: editor.get(path).status_code for path in STAFF_PAGES} == dict.fromkeys(STAFF_PAGES, 200)
    assert editor.post(f"{desk}/retract", {"version": "2", "notice": "The doctor was misheard."}).status_code == 303
    gone = reader.get(page)
    assert (gone.status_code, "misheard" in gone.text, "At least four" in gone.text) == (410, True, False)
