"""Comments through the site: written, answered, found by their address, edited, removed, and never counted."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from lxml import etree, html
from tests.web.conftest import Visitor, found
from tests.web.discussion.conftest import TEXT, thread, told, write, written

from according.records import Reading
from according.store.people import discussion_moderation as moderation
from according.store.people.accounts import Role
from according.web.discussion import writing
from according.web.newsroom import Newsroom
from according.web.room import Room

Another = Callable[[], Visitor]


def test_a_comment_is_shown_under_its_report_and_at_its_own_address(visitor: Visitor, reading: Reading) -> None:
    comment = written(visitor, reading, "I heard **two** blasts.")
    for page in (f"/report/{reading.report.id}", f"/report/{reading.report.id}/discussion", f"/comment/{comment}"):
        assert "I heard <strong>two</strong> blasts." in visitor.get(page).text
    assert thread(visitor, reading)["conversations"][0]["first"]["text"] == "I heard **two** blasts."
    assert visitor.get("/comment/ffffffffffff").status_code == 404


def test_replies_stand_with_what_they_answer_in_every_order(
    visitor: Visitor, another: Another, reading: Reading
) -> None:
    first = written(visitor, reading, "first")
    reply = written(another(), reading, "a reply", parent=first, name="Omar")
    written(visitor, reading, "to the reply", parent=reply)
    second = written(visitor, reading, "second")
    visitor.post(f"/comment/{first}/vote", {"way": "up"})
    expected = {"newest": [second, first], "oldest": [first, second], "most-voted": [first, second]}
    for order, ids in expected.items():
        found = thread(visitor, reading, order=order)["conversations"]
        assert [one["first"]["id"] for one in found] == ids
    talk = visitor.get(f"/comment/{reply}.json").json()
    assert [one["text"] for one in talk["replies"]] == ["a reply", "to the reply"]
    assert write(visitor, reading, "to nothing", parent="ffffffffffff").status_code == 400


def test_a_refused_form_keeps_what_was_typed(visitor: Visitor, reading: Reading) -> None:
    answer = write(visitor, reading, "my <long> words", name=" ")
    assert answer.status_code == 400
    assert "my &lt;long&gt; words</textarea>" in answer.text
    assert 'role="alert"' in answer.text
    assert thread(visitor, reading)["total"] == 0


def test_what_readers_send_is_escaped(visitor: Visitor, reading: Reading) -> None:
    bad = "<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror=alert(1)>"
    comment = written(visitor, reading, bad, name='"><script>alert(2)</script>')
    page = visitor.get(f"/comment/{comment}").text
    assert "<script>alert" not in page
    assert 'href="javascript' not in page
    assert "<img src=x" not in page


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"website": "http://x.example"}, "trap for machines"),
        ({"text": "  "}, "comment is empty"),
        ({"text": "x" * 5001}, "at most 5,000"),
        ({"name": "x" * 61}, "at most 60"),
        ({"mail": "nobody"}, "no address of mail"),
        ({"notify": "all"}, "give an address"),
        ({"claim": "0" * 20}, "no such claim"),
        ({"exact": "words that are not there"}, "not in the report"),
    ],
)
def test_what_cannot_be_taken_is_refused_in_words(
    visitor: Visitor, reading: Reading, form: dict[str, str], said: str
) -> None:
    answer = visitor.post(
        f"/report/{reading.report.id}/discussion",
        {"name": "Leila", "text": "hello", **form},
        headers={"Accept": "application/json"},
    )
    assert answer.status_code == 400
    assert said in answer.json()["error"]["message"]


def test_who_posts_at_once_is_asked_to_wait(
    visitor: Visitor, reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "FASTEST_SECONDS", 3.0)
    answer = write(visitor, reading, "hello")
    assert answer.status_code == 400
    assert "That was quick" in answer.text


def test_too_many_comments_from_one_network_have_to_wait(
    visitor: Visitor, reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    monkeypatch.setattr(writing, "FASTEST_SECONDS", 0.0)
    path, form = f"/report/{reading.report.id}/discussion", {"name": "Leila", "text": "again"}
    assert [visitor.post(path, form).status_code for _ in range(7)] == [303] * 6 + [429]


def test_a_comment_is_on_a_claim_or_on_exact_words(visitor: Visitor, reading: Reading) -> None:
    claim = next(one for one in reading.claims if one.predicate == "airstrike")
    page = visitor.get(f"/report/{reading.report.id}/discussion").text
    assert f"/report/{reading.report.id}/discussion?claim={claim.id}#write" in page
    assert f"discussion?claim={claim.id}#write" in visitor.get(f"/report/{reading.report.id}").text
    chosen = visitor.get(f"/report/{reading.report.id}/discussion", params={"claim": claim.id}).text
    assert f'name="claim" value="{claim.id}"' in chosen
    on_claim = written(visitor, reading, "not a strike", claim=claim.id)
    on_words = written(visitor, reading, "three houses", exact="Two  houses near the harbour")
    targets = [visitor.get(f"/comment/{one}.json").json()["first"]["target"] for one in (on_claim, on_words)]
    assert [one["state"] for one in targets] == ["here", "here"]
    assert targets[0]["claim"] == claim.id
    assert targets[1]["exact"] == "Two houses near the harbour"
    assert TEXT[: targets[1]["start"]].endswith("bombing Derna.\n\n") or targets[1]["prefix"].endswith("Derna.\n\n")


def test_comments_stay_with_a_report_that_changes_and_say_what_became_of_their_words(
    room: Room, visitor: Visitor, reading: Reading
) -> None:
    moved = written(visitor, reading, "on the denial", exact="The army denied bombing Derna")
    reworded = written(visitor, reading, "too few", exact="At least nine people were killed in an air strike")
    gone = written(visitor, reading, "which houses?", exact="Two houses near the harbour were destroyed")
    newsroom = Newsroom(room.ledger)
    later = newsroom.take(
        told(
            "Correction: an earlier version gave another number.\n\nAt least eleven people were killed in an air "
            "strike on the Libyan town of Derna on 3 May 2019, residents said. The army denied bombing Derna."
        )
    )
    newsroom.close()
    assert later.report.id != reading.report.id
    found = {one["first"]["id"]: one["first"]["target"]["state"] for one in thread(visitor, later)["conversations"]}
    assert found == {moved: "moved", reworded: "reworded", gone: "orphaned"}
    page = visitor.get(f"/report/{later.report.id}").text
    assert "these words now read" in page
    assert "these words are not in it any more" in page
    assert f"/report/{later.report.id}/discussion" in visitor.get(f"/comment/{gone}").text


def test_mentions_of_claims_become_links(visitor: Visitor, reading: Reading) -> None:
    claim = reading.claims[0].id
    comment = written(visitor, reading, f"See #claim-{claim[:10]} and #claim-00000000.")
    made = visitor.get(f"/comment/{comment}.json").json()["first"]["html"]
    assert f'<a href="/report/{reading.report.id}#claim-{claim}"' in made
    assert made.count("<a ") == 1


def test_only_its_author_edits_a_comment_and_only_for_some_minutes(
    room: Room, visitor: Visitor, another: Another, reading: Reading
) -> None:
    comment = written(visitor, reading, "frist")
    assert another().get(f"/comment/{comment}/edit").status_code == 403
    assert another().post(f"/comment/{comment}/edit", {"text": "mine"}).status_code == 403
    assert visitor.post(f"/comment/{comment}/edit", {"text": "first"}).status_code == 303
    assert "edited" in visitor.get(f"/comment/{comment}").text
    with room.people.write() as connection:
        moderation.set_policy(connection, moderation.Policy(edit_minutes=0, hold_first=False))
    assert visitor.post(f"/comment/{comment}/edit", {"text": "third"}).status_code == 400
    assert thread(visitor, reading)["conversations"][0]["first"]["text"] == "first"


def test_its_author_removes_a_comment_at_any_time(visitor: Visitor, another: Another, reading: Reading) -> None:
    comment = written(visitor, reading, "a secret", name="Noor")
    written(another(), reading, "an answer", parent=comment)
    assert another().post(f"/comment/{comment}/remove").status_code == 403
    assert visitor.post(f"/comment/{comment}/remove").status_code == 200
    page = visitor.get(f"/report/{reading.report.id}").text
    assert "a secret" not in page
    assert "Noor" not in page
    assert "an answer" in page


def test_votes_count_once_a_reader_without_accounts(visitor: Visitor, another: Another, reading: Reading) -> None:
    comment = written(visitor, reading, "well said")
    for reader in (visitor, visitor, another()):
        assert reader.post(f"/comment/{comment}/vote", {"way": "up"}).status_code == 303
    assert thread(visitor, reading)["conversations"][0]["first"]["votes"] == 2
    assert 'aria-pressed="true"' in visitor.get(f"/report/{reading.report.id}").text
    assert 'aria-pressed="true"' not in another().get(f"/report/{reading.report.id}").text
    asked = {"headers": {"Accept": "application/json"}}
    answer = visitor.post(f"/comment/{comment}/vote", {"way": "back"}, **asked)
    assert answer.json() == {"comment": comment, "votes": 1, "voted": False}


def test_a_forged_cookie_gives_no_further_vote(visitor: Visitor, reading: Reading) -> None:
    comment = written(visitor, reading, "well said")
    visitor.post(f"/comment/{comment}/vote", {"way": "up"})
    visitor.have_cookie("visitor", "made-up.by.myself")
    assert 'aria-pressed="true"' not in visitor.get(f"/comment/{comment}").text
    assert visitor.client.post(f"/comment/{comment}/vote", data={"way": "up", "csrf": "x"}).status_code == 403


def test_a_long_thread_is_read_page_by_page(room: Room, visitor: Visitor, reading: Reading) -> None:
    ids = [written(visitor, reading, str(number)) for number in range(23)]
    page = visitor.get(f"/report/{reading.report.id}/discussion")
    assert page.text.count('class="talk"') == 20
    more = html.fromstring(page.text).find(".//a[@rel='next']")
    assert more is not None
    assert visitor.get(str(more.get("href"))).text.count('class="talk"') == 3
    assert visitor.get(f"/report/{reading.report.id}").text.count('class="talk"') == 10
    first = thread(visitor, reading)
    second = thread(visitor, reading, after=first["next"])
    found = [one["first"]["id"] for one in (*first["conversations"], *second["conversations"])]
    assert found == ids[::-1]
    assert second["next"] is None


def test_the_feed_tells_of_comments_and_of_replies(visitor: Visitor, reading: Reading) -> None:
    first = written(visitor, reading, "first <b>")
    written(visitor, reading, "second", parent=first)
    feed = visitor.get(f"/report/{reading.report.id}/discussion.atom")
    assert feed.headers["content-type"].startswith("application/atom+xml")
    names = {"a": "http://www.w3.org/2005/Atom", "t": "http://purl.org/syndication/thread/1.0"}
    tree = etree.fromstring(feed.content)
    assert [one.text for one in tree.findall("a:entry/a:content", names)] == [
        "<p>second</p>",
        "<p>first &lt;b&gt;</p>",
    ]
    reply = tree.find("a:entry/t:in-reply-to", names)
    assert reply is not None
    assert str(reply.get("href")).endswith(f"/comment/{first}")
    known = visitor.get(feed.url.path, headers={"If-None-Match": feed.headers["etag"]})
    assert known.status_code == 304


def test_comments_never_enter_a_tally(room: Room, visitor: Visitor, reading: Reading) -> None:
    newsroom = Newsroom(room.ledger)
    before = newsroom.linked.incidents().items
    assert [figure.low for one in before for tally in one.tallies for figure in tally.figures] == [9]
    for words in ("At least 500 people were killed in an air strike on Derna on 3 May 2019.", "Nobody was killed."):
        written(visitor, reading, words, claim=reading.claims[0].id)
    newsroom.rebuild()
    assert newsroom.linked.incidents().items == before
    newsroom.close()
    assert "500" not in visitor.get(f"/report/{reading.report.id}.json").text


@pytest.mark.parametrize("role", ["reader", "moderator"])
def test_an_account_writes_under_its_own_name(visitor: Visitor, reading: Reading, role: Role) -> None:
    visitor.sign_in(role, name="Mina")
    comment = written(visitor, reading, "hello", name="Somebody else")
    assert visitor.get(f"/comment/{comment}.json").json()["first"]["name"] == "Mina"


@pytest.mark.parametrize(
    "path",
    [
        "/comment/%00",
        "/report/%00/discussion",
        "/report/none/discussion",
        "/report/none/discussion.json",
        "/report/none/discussion.atom",
        "/subscription/abc",
        "/unsubscribe/a.b.c",
        "/my-data/abc",
        "/moderation",
        "/suggestions",
    ],
)
def test_addresses_that_lead_nowhere_never_break_the_site(visitor: Visitor, reading: Reading, path: str) -> None:
    assert visitor.get(path).status_code in (303, 400, 404, 422)


def test_a_comment_on_a_claim_becomes_a_suggestion_of_who_said_it(visitor: Visitor, reading: Reading) -> None:
    claim = next(one for one in reading.claims if one.evidence.text.startswith("Two houses"))
    comment = written(visitor, reading, "The harbour master said it.", claim=claim.id)
    visitor.sign_in("editor", name="Mina")
    path = f"/comment/{comment}/suggestion"
    [chosen] = found(visitor.get(path).text, "//input[@name='claim'][@checked]/@value")
    assert chosen == claim.id
    asked = {"claim": chosen, "kind": "correct", "field": "voice", "value": "residents"}
    assert "quote the words" in visitor.post(path, {**asked, "value": "the harbour master"}).text.lower()
    where = visitor.post(path, asked).headers["location"]
    [accept] = found(visitor.get(where).text, "//form[@class='decide']/@action")
    assert visitor.post(accept).status_code == 303
    told_by = [one["voices"] for one in visitor.get(f"/report/{reading.report.id}.json").json()["claims"]]
    assert ["residents"] in [[voice["text"] for voice in voices] for voices in told_by]
