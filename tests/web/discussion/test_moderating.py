"""Moderators: what waits for them, what they decide, who may do it; suggestions and what comes of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.web.conftest import Visitor
from tests.web.discussion.conftest import thread, write, written

from according.records import Reading
from according.store.judgements import JudgementLog
from according.store.linked import LinkedLedger
from according.store.people import audit
from according.store.people import discussion_moderation as moderation
from according.store.people.discussion_suggestions import suggestions_for
from according.web.room import Room

Another = Callable[[], Visitor]


@pytest.fixture
def moderator(another: Another) -> Visitor:
    signed_in = another()
    signed_in.sign_in("moderator")
    return signed_in


def test_a_held_comment_is_seen_by_its_author_and_by_moderators_only(
    visitor: Visitor, another: Another, moderator: Visitor, reading: Reading
) -> None:
    held = written(visitor, reading, "see https://example.org")
    page = f"/report/{reading.report.id}"
    assert "Only you see this" in visitor.get(page).text
    assert "example.org" not in another().get(page).text
    assert another().get(f"/comment/{held}").status_code == 404
    assert thread(another(), reading)["total"] == 0
    queue = moderator.get("/moderation.json").json()
    assert [(one["id"], one["held_for"]) for one in queue["held"]] == [(held, ["links"])]
    assert "it has a link" in moderator.get("/moderation").text
    assert moderator.post(f"/moderation/comment/{held}", {"act": "show"}).status_code == 303
    assert "example.org" in another().get(page).text
    assert moderator.get("/moderation.json").json()["held"] == []


def test_first_comments_wait_until_a_moderator_knows_the_reader(
    room: Room, visitor: Visitor, moderator: Visitor, reading: Reading
) -> None:
    with room.people.write() as connection:
        moderation.set_policy(connection, moderation.Policy())
    first = written(visitor, reading, "hello")
    assert thread(visitor, reading)["total"] == 0
    moderator.post(f"/moderation/comment/{first}", {"act": "show"})
    written(visitor, reading, "hello again")
    assert thread(visitor, reading)["total"] == 2


def test_readers_cannot_moderate(visitor: Visitor, another: Another, reading: Reading) -> None:
    comment = written(visitor, reading, "hello")
    signed_in = another()
    signed_in.sign_in("reader")
    for path, form in (
        (f"/moderation/comment/{comment}", {"act": "remove"}),
        ("/moderation/words", {"held": "hello"}),
        ("/moderation/rules", {"moderation": "before"}),
        (f"/report/{reading.report.id}/discussion/rules", {"closed": "true"}),
        (f"/comment/{comment}/suggestion", {"claim": reading.claims[0].id, "kind": "reject"}),
    ):
        assert visitor.post(path, form).status_code in (303, 401)
        assert signed_in.post(path, form).status_code == 403
    assert thread(visitor, reading)["total"] == 1
    assert thread(visitor, reading)["closed"] is False


def test_flags_reach_moderators_and_enough_of_them_hold_a_comment(
    room: Room, visitor: Visitor, another: Another, moderator: Visitor, reading: Reading
) -> None:
    with room.people.write() as connection:
        moderation.set_policy(connection, moderation.Policy(hold_first=False, flags_to_hold=2))
    comment = written(visitor, reading, "a rude thing")
    flagger = another()
    for _ in range(2):
        flagger.post(f"/comment/{comment}/flag", {"reason": "abuse", "note": "names a family"})
    assert thread(visitor, reading)["total"] == 1
    assert "names a family" in moderator.get("/moderation").text
    another().post(f"/comment/{comment}/flag", {"reason": "spam"})
    assert thread(visitor, reading)["total"] == 0
    moderator.post(f"/moderation/comment/{comment}", {"act": "show"})
    assert thread(visitor, reading)["total"] == 1
    assert moderator.get("/moderation.json").json()["flagged"] == []
    assert visitor.post(f"/comment/{comment}/flag", {"reason": "dislike"}).status_code == 400


def test_blocked_readers_and_words_are_refused_and_what_was_done_is_kept(
    room: Room, visitor: Visitor, moderator: Visitor, reading: Reading
) -> None:
    comment = written(visitor, reading, "hello", mail="a@example.org")
    form = {"act": "refuse", "block_mail": "true", "reason": "threats"}
    moderator.post(f"/moderation/comment/{comment}", form)
    assert write(visitor, reading, "again", mail="A@example.org").status_code == 400
    assert write(visitor, reading, "again").status_code == 303
    assert "threats" in moderator.get("/moderation/rules").text
    moderator.post("/moderation/words", {"held": "", "refused": "Forbidden\nWORDS here"})
    assert write(visitor, reading, "these words  HERE").status_code == 400
    with room.people.read() as connection:
        done = {one.what for one in audit.entries(connection, what="discussion.")}
    assert done == {"discussion.refuse", "discussion.words"}


def test_a_closed_thread_takes_no_more(visitor: Visitor, moderator: Visitor, reading: Reading) -> None:
    comment = written(visitor, reading, "in time")
    moderator.post(f"/report/{reading.report.id}/discussion/rules", {"closed": "true"})
    assert write(visitor, reading, "late").status_code == 400
    page = visitor.get(f"/report/{reading.report.id}").text
    assert "This discussion is closed" in page
    assert 'id="write"' not in page
    assert 'id="write"' not in visitor.get(f"/comment/{comment}").text
    moderator.post(f"/report/{reading.report.id}/discussion/rules", {"moderation": "before"})
    written(visitor, reading, "waits")
    assert thread(visitor, reading)["total"] == 1


def test_an_accepted_suggestion_changes_the_record_and_credits_its_author(
    room: Room, visitor: Visitor, another: Another, reading: Reading
) -> None:
    claim = next(one for one in reading.claims if one.predicate == "kill")
    comment = written(visitor, reading, "It was ten and the report says so below.", name="Salma")
    editor = another()
    editor.sign_in("editor")
    page = editor.get(f"/comment/{comment}/suggestion").text
    assert claim.id in page
    form = {"claim": claim.id, "kind": "correct", "field": "quantity", "value": "nine", "low": "10", "high": "10"}
    assert editor.post(f"/comment/{comment}/suggestion", {**form, "value": "ninety"}).status_code == 400
    assert editor.post(f"/comment/{comment}/suggestion", form).status_code == 303
    assert "The desk is looking into this comment" in visitor.get(f"/report/{reading.report.id}").text
    assert JudgementLog(room.people).judgements() == []
    with room.people.read() as connection:
        found = suggestions_for(connection, reading.report.id)[0]
    assert editor.post(f"/desk/suggestions/{found.id}/accept", {"reason": "right"}).status_code == 303
    made = JudgementLog(room.people).judgements()
    assert [(one.kind, one.author) for one in made] == [("correct", "Salma")]
    assert made[0].told
    assert made[0].told.claim.quantity
    assert made[0].told.claim.quantity.low == 10
    shown = visitor.get(f"/report/{reading.report.id}").text
    assert "led to a correction of the record, credited to <bdi>Salma</bdi>" in shown
    incidents = LinkedLedger(room.ledger).incidents().items
    assert [figure.low for one in incidents for tally in one.tallies for figure in tally.figures] == [10]
