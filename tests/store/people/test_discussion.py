"""The discussion's store, the same in SQLite and in PostgreSQL."""

from __future__ import annotations

import itertools
import threading

import pytest
import sqlalchemy as sa

from according.errors import UsageError
from according.store.people import People
from according.store.people import discussion_comments as comments
from according.store.people import discussion_moderation as moderation
from according.store.people import discussion_my_data as my_data
from according.store.people import discussion_reading as reading
from according.store.people import discussion_subscriptions as subscriptions
from according.store.people import discussion_votes as votes
from according.store.people.discussion_anchors import Anchor, keep_anchor
from according.store.people.discussion_comments import Author, Comment, Draft

LEILA = Author(name="Leila", reader="reader-leila", net="net-1", mail="mail-leila")
OMAR = Author(name="Omar", reader="reader-omar", net="net-2", mail="mail-omar")


def written(
    connection: sa.Connection,
    text: str,
    author: Author = LEILA,
    parent: Comment | None = None,
    held_for: tuple[str, ...] = (),
) -> Comment:
    answered = parent.id if parent else None
    draft = Draft(thread="t", report="r", text=text, html=f"<p>{text}</p>", parent=answered)
    return comments.post(connection, draft, author, held_for)


def texts(page: reading.ThreadPage) -> list[str]:
    return [one.first.text for one in page.conversations]


def test_pages_hold_every_comment_once_in_every_order(either_people: People) -> None:
    with either_people.write() as connection:
        all_of_them = [written(connection, str(number)) for number in range(13)]
        for number, comment in enumerate(all_of_them):
            for voter in range(number % 4):
                votes.vote(connection, comment, f"voter-{voter}", up=True)
    expected = {
        "newest": list(reversed(range(13))),
        "oldest": list(range(13)),
        "most-voted": sorted(range(13), key=lambda number: (-(number % 4), -number)),
    }
    for order, numbers in expected.items():
        found: list[str] = []
        after = None
        with either_people.read() as connection:
            while True:
                page = reading.page_of(connection, "t", order, after, limit=5)  # type: ignore[arg-type]
                found += texts(page)
                after = page.next
                if after is None:
                    break
        assert [int(text) for text in found] == numbers, order
        assert page.total == 13


def test_a_page_of_another_order_is_refused(either_people: People) -> None:
    with either_people.read() as connection, pytest.raises(UsageError, match="start from its beginning"):
        reading.page_of(connection, "t", "most-voted", "12")


def test_conversations_show_their_first_replies_and_page_through_the_rest(either_people: People) -> None:
    with either_people.write() as connection:
        first = written(connection, "first")
        replies = [written(connection, f"reply {number}", OMAR, parent=first) for number in range(7)]
        nested = written(connection, "to a reply", LEILA, parent=replies[6])
        written(connection, "another", OMAR)
    assert nested.root == first.id
    with either_people.read() as connection:
        page = reading.page_of(connection, "t", "oldest")
        talk = page.conversations[0]
        assert [len(talk.replies), talk.more, page.total] == [5, 3, 10]
        whole = reading.conversation(connection, talk.first, after=0, limit=4)
        rest = reading.conversation(connection, talk.first, after=whole.replies[-1].number, limit=4)
        assert [one.text for one in (*whole.replies, *rest.replies)] == [*(one.text for one in replies), "to a reply"]
        assert reading.page_start(connection, nested, limit=4) == whole.replies[-1].number


def test_held_comments_are_seen_by_their_author_only_until_shown(either_people: People) -> None:
    with either_people.write() as connection:
        first = written(connection, "shown")
        held = written(connection, "waits", OMAR, parent=first, held_for=("links", "words"))
    with either_people.read() as connection:
        page = reading.page_of(connection, "t")
        assert page.conversations[0].replies == ()
        assert page.total == 1
        assert [one.text for one in reading.held_of(connection, "t", OMAR.reader)] == ["waits"]
        assert reading.held_of(connection, "t", LEILA.reader) == []
        assert moderation.waiting(connection)[0].held_for == ("links", "words")
    with either_people.write() as connection:
        comments.set_state(connection, held, "shown")
    with either_people.read() as connection:
        talk = reading.page_of(connection, "t").conversations[0]
        assert [one.text for one in talk.replies] == ["waits"]
        assert talk.first.replies == 1
        assert moderation.waiting_count(connection) == 0


def test_a_removed_comment_leaves_its_place_only_while_it_has_replies(either_people: People) -> None:
    with either_people.write() as connection:
        first = written(connection, "gone")
        answer = written(connection, "answer", OMAR, parent=first)
        comments.remove(connection, first)
    with either_people.read() as connection:
        talk = reading.page_of(connection, "t").conversations[0]
        assert [talk.first.state, talk.first.text, talk.first.name, talk.first.mail] == ["removed", "", "", None]
        assert talk.replies[0].text == "answer"
    with either_people.write() as connection:
        comments.remove(connection, answer)
    with either_people.read() as connection:
        assert reading.page_of(connection, "t").conversations == ()


def test_nobody_answers_what_is_not_there_or_writes_on_a_closed_thread(either_people: People) -> None:
    with either_people.write() as connection:
        hidden = written(connection, "held", held_for=("first",))
        with pytest.raises(UsageError, match="not there any more"):
            written(connection, "answer", parent=hidden)
        moderation.set_thread(connection, "t", closed=True, moderation=None)
        with pytest.raises(UsageError, match="closed"):
            written(connection, "late")
        moderation.set_thread(connection, "t", closed=False, moderation="before")
        written(connection, "in time")
        assert moderation.thread_rules(connection, "t").moderation == "before"


def test_a_reader_votes_once_and_may_take_it_back(either_people: People) -> None:
    with either_people.write() as connection:
        comment = written(connection, "good point")
        assert [votes.vote(connection, comment, voter, up=True) for voter in ("a", "a", "b")] == [1, 1, 2]
        assert votes.voted(connection, {comment.id: "a"}) == {comment.id}
        assert votes.vote(connection, comment, "a", up=False) == 1
        assert votes.vote(connection, comment, "a", up=False) == 1
        assert votes.voted(connection, {comment.id: "a"}) == set()


def test_votes_sent_at_the_same_moment_are_all_counted_once(either_people: People) -> None:
    with either_people.write() as connection:
        comment = written(connection, "popular")

    def send(voter: str) -> None:
        with either_people.write() as connection:
            locked = comments.find(connection, comment.id, lock=True)
            assert locked
            votes.vote(connection, locked, voter, up=True)

    senders = [threading.Thread(target=send, args=(f"voter-{number % 6}",)) for number in range(12)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    with either_people.read() as connection:
        found = comments.find(connection, comment.id)
        assert found
        assert found.votes == 6


def test_flags_wait_until_a_moderator_settles_them(either_people: People) -> None:
    with either_people.write() as connection:
        comment = written(connection, "rude")
        assert votes.flag(connection, comment, "x", "abuse", "names a family") == 1
        assert votes.flag(connection, comment, "x", "spam", "again") == 1
        assert votes.flag(connection, comment, "y", "spam", "") == 2
        assert [one.id for one in moderation.flagged(connection)] == [comment.id]
        with pytest.raises(UsageError, match="reason is one of"):
            votes.flag(connection, comment, "z", "dislike", "")
        votes.settle_flags(connection, comment)
        assert moderation.flagged(connection) == []
        assert votes.flag(connection, comment, "x", "abuse", "") == 0


@pytest.mark.parametrize(
    ("words", "html", "reasons"),
    [
        ("quiet", "<p>quiet</p>", ()),
        ("see", '<p><a href="https://example.org">see</a></p>', ("links",)),
        ("an ONLINE\ncasino, really", "", ("words",)),
        ("an online casinos", "", ()),
    ],
)
def test_links_and_words_hold_a_known_author(
    either_people: People, words: str, html: str, reasons: tuple[str, ...]
) -> None:
    with either_people.write() as connection:
        assert moderation.reasons_to_hold(connection, "t", LEILA, "quiet", "") == ("first",)
        written(connection, "known from here on")
        assert moderation.reasons_to_hold(connection, "t", LEILA, words, html) == reasons


def test_policy_and_thread_decide_what_waits(either_people: People) -> None:
    with either_people.write() as connection:
        moderation.set_policy(connection, moderation.Policy(moderation="before", hold_first=False))
        assert moderation.reasons_to_hold(connection, "t", OMAR, "x", "") == ("before",)
        moderation.set_thread(connection, "t", closed=False, moderation="after")
        assert moderation.reasons_to_hold(connection, "t", OMAR, "x", "") == ()
        assert moderation.policy(connection).hold_first is False
        with pytest.raises(UsageError, match="0 and 1440"):
            moderation.set_policy(connection, moderation.Policy(edit_minutes=-1))


def test_blocked_mailboxes_nets_and_words_are_refused(either_people: People) -> None:
    with either_people.write() as connection:
        moderation.refuse_blocked(connection, OMAR, "hello")
        for kind, value in (("mail", "mail-omar"), ("net", "net-2")):
            moderation.block(connection, kind, value, "mod", "")  # type: ignore[arg-type]
            with pytest.raises(UsageError, match="not taken"):
                moderation.refuse_blocked(connection, OMAR, "hello")
            moderation.unblock(connection, kind, value)  # type: ignore[arg-type]
        moderation.set_words(connection, "refused", ["Buy  this", "other"], "mod")
        with pytest.raises(UsageError, match="list"):
            moderation.refuse_blocked(connection, OMAR, "do buy this now")
        moderation.refuse_blocked(connection, OMAR, "buy backlinks")
        held = [one for one in moderation.blocks(connection) if one.kind == "held"]
        assert {one.by for one in held} == {"according"}


def test_letters_go_to_who_confirmed_and_never_to_the_author(either_people: People) -> None:
    with either_people.write() as connection:
        first = written(connection, "first")
        asked = [
            subscriptions.ask(connection, "t", kind, mail, f"{mail}@example.org")
            for kind, mail in (("replies", "mail-leila"), ("all", "mail-omar"), ("all", "mail-noor"))
        ]
        assert all(asked)
        assert subscriptions.to_tell(connection, first) == []
        for one in asked:
            assert one
            assert subscriptions.ask(connection, "t", one.kind, one.mail, one.address) is None
            subscriptions.confirm(connection, one.id)
        answer = written(connection, "answer", OMAR, parent=first)
        aside = written(connection, "aside", OMAR)
        told = [sorted(one.mail for one in subscriptions.to_tell(connection, comment)) for comment in (answer, aside)]
        assert told == [["mail-leila", "mail-noor"], ["mail-noor"]]
        assert asked[2]
        subscriptions.end(connection, asked[2].id)
        assert subscriptions.to_tell(connection, aside) == []


def test_nobody_floods_a_mailbox_with_letters(either_people: People) -> None:
    with either_people.write() as connection:
        sent = [subscriptions.ask(connection, f"t{number}", "all", "m", "m@example.org") for number in range(9)]
    assert sum(one is not None for one in sent) == 5


def test_everything_of_one_person_comes_out_and_goes(either_people: People) -> None:
    with either_people.write() as connection:
        first = written(connection, "mine")
        keep_anchor(connection, first.id, Anchor(exact="the words"))
        written(connection, "not mine", OMAR, parent=first)
        asked = subscriptions.ask(connection, "t", "all", "mail-leila", "leila@example.org")
        assert asked
        person = my_data.Person(mail="mail-leila")
        told = my_data.export_of(connection, person)
        assert [(one["text"], one["quote"]) for one in told["comments"]] == [("mine", "the words")]
        assert told["subscriptions"][0]["address"] == "leila@example.org"
        assert my_data.erase(connection, person) == 1
        assert my_data.export_of(connection, person) == {"comments": [], "subscriptions": [], "suggestions": []}
        talk = reading.page_of(connection, "t").conversations[0]
        assert [talk.first.name, talk.replies[0].text] == ["", "not mine"]
        assert my_data.erase(connection, my_data.Person()) == 0


def test_the_version_grows_with_every_change_of_a_thread(either_people: People) -> None:
    with either_people.write() as connection:
        seen = [reading.version(connection, "t")]
        first = written(connection, "one")
        seen.append(reading.version(connection, "t"))
        votes.vote(connection, first, "v", up=True)
        seen.append(reading.version(connection, "t"))
        comments.edit(connection, first, "two", "<p>two</p>")
        seen.append(reading.version(connection, "t"))
        moderation.set_thread(connection, "t", closed=True, moderation=None)
        seen.append(reading.version(connection, "t"))
    assert all(one < other for one, other in itertools.pairwise(seen))
