"""Letters about comments: asked for twice, sent once, ended with one click; and what is kept of a reader."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import sqlalchemy as sa
from tests.web.conftest import Visitor
from tests.web.discussion.conftest import thread, written

from according.records import Reading
from according.store.people.outbox import LETTER
from according.web.room import Room

Another = Callable[[], Visitor]


def letters(room: Room, kind: str) -> list[sa.Row[tuple[object, ...]]]:
    with room.people.read() as connection:
        return list(connection.execute(sa.select(LETTER).where(LETTER.c.kind == kind).order_by(LETTER.c.number)))


def link(letter: sa.Row[tuple[object, ...]], path: str) -> str:
    found = re.search(rf"http://testserver({path}\S+)", letter.text)
    assert found, letter.text
    return found[1]


def test_letters_begin_after_a_yes_and_end_with_one_click(
    room: Room, visitor: Visitor, another: Another, reading: Reading
) -> None:
    first = written(visitor, reading, "first", mail="leila@example.org", notify="replies")
    other = another()
    written(other, reading, "too early", parent=first, name="Omar")
    assert letters(room, "discussion-comment") == []
    asked = letters(room, "discussion-confirm")
    assert [one.recipient for one in asked] == ["leila@example.org"]
    path = link(asked[0], "/subscription/")
    assert "Yes, write to me" in visitor.get(path).text
    written(other, reading, "still too early", parent=first)
    assert letters(room, "discussion-comment") == []
    assert visitor.post(path).status_code == 200
    written(other, reading, "an answer", parent=first, name="Omar")
    written(other, reading, "to nobody")
    told = letters(room, "discussion-comment")
    assert [one.recipient for one in told] == ["leila@example.org"]
    assert "> an answer" in told[0].text
    headers = json.loads(told[0].headers)
    leave = link(told[0], "/unsubscribe/")
    assert headers == {
        "List-Unsubscribe": f"<http://testserver{leave}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    clicked = other.client.post(leave, data={"List-Unsubscribe": "One-Click"}, headers={"Origin": "null"})
    assert clicked.status_code == 200
    written(other, reading, "another answer", parent=first)
    assert len(letters(room, "discussion-comment")) == 1


def test_letters_wait_until_a_comment_is_shown_and_are_sent_once(
    room: Room, visitor: Visitor, another: Another, reading: Reading
) -> None:
    visitor.post(f"/report/{reading.report.id}/subscribe", {"mail": "noor@example.org"})
    visitor.post(link(letters(room, "discussion-confirm")[0], "/subscription/"))
    held = written(another(), reading, "see https://example.org")
    assert letters(room, "discussion-comment") == []
    moderator = another()
    moderator.sign_in("moderator")
    for act in ("show", "hold", "show"):
        moderator.post(f"/moderation/comment/{held}", {"act": act})
    assert [one.recipient for one in letters(room, "discussion-comment")] == ["noor@example.org"]


def test_a_token_opens_nothing_but_what_it_was_made_for(room: Room, visitor: Visitor, reading: Reading) -> None:
    visitor.post(f"/report/{reading.report.id}/subscribe", {"mail": "noor@example.org"})
    path = link(letters(room, "discussion-confirm")[0], "/subscription/")
    assert visitor.get(path.replace("/subscription/", "/my-data/")).status_code == 400
    # not the last letter, of which a signature of 160 bits fills only a part
    other = "a" if path[-9] != "a" else "b"
    assert visitor.get(path[:-9] + other + path[-8:]).status_code == 400


def test_a_reader_takes_their_data_out_and_away(visitor: Visitor, another: Another, reading: Reading) -> None:
    mine = written(visitor, reading, "mine", name="Noor")
    written(another(), reading, "not mine", parent=mine)
    told = visitor.get("/my-data.json").json()
    assert [one["text"] for one in told["comments"]] == ["mine"]
    assert another().get("/my-data.json").json()["comments"] == []
    assert visitor.post("/my-data/delete").status_code == 400
    assert visitor.post("/my-data/delete", {"agreed": "yes"}).status_code == 200
    first = thread(visitor, reading)["conversations"][0]
    assert [first["first"]["text"], first["first"]["name"], first["replies"][0]["text"]] == ["", "", "not mine"]


def test_the_reader_of_a_mailbox_reaches_what_was_written_with_it(
    room: Room, visitor: Visitor, another: Another, reading: Reading
) -> None:
    written(visitor, reading, "mine", mail="Noor@example.org")
    elsewhere = another()
    assert elsewhere.post("/my-data/letter", {"mail": "noor@EXAMPLE.org"}).status_code == 200
    assert elsewhere.post("/my-data/letter", {"mail": "nobody@example.org"}).status_code == 200
    first, second = (link(one, "/my-data/") for one in letters(room, "discussion-my-data"))
    assert [one["text"] for one in elsewhere.get(f"{first}.json").json()["comments"]] == ["mine"]
    assert elsewhere.get(f"{second}.json").json()["comments"] == []
    assert elsewhere.post(f"{first}/delete", {"agreed": "yes"}).status_code == 200
    assert thread(visitor, reading)["total"] == 0
