"""Comments as templates show them: what a page of a thread is made of, the part that is alike for all readers kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec
import sqlalchemy as sa
from fastapi import Request
from markupsafe import Markup

from according.maps.masked import Hidden, blotted
from according.records import Reading
from according.store.people import discussion_comments as comments
from according.store.people import discussion_moderation as moderation
from according.store.people import discussion_reading as reading_comments
from according.store.people.clock import now
from according.store.people.discussion_anchors import Anchor, AnchorState, anchors_of, find_anchor
from according.store.people.discussion_comments import Comment
from according.store.people.discussion_reading import Conversation, Order
from according.store.people.discussion_suggestions import Suggestion, suggestions_of
from according.store.people.discussion_votes import voted
from according.web.discussion.identity import known_reader, voter
from according.web.discussion.veiled import hidden_of, veiled, veiled_anchor
from according.web.pages import words
from according.web.pages.fragments import FRAGMENTS
from according.web.pages.ledger import Shelf
from according.web.rendering import fragment
from according.web.room import room_of

ORDERS: dict[Order, str] = {"newest": "Newest", "oldest": "Oldest", "most-voted": "Most Voted"}
ON_REPORT, ON_PAGE = 10, 20


class Quote(msgspec.Struct, frozen=True):
    """What a comment is on: the words as they were, how they stand now, and where to see them."""

    said: str
    state: AnchorState
    address: str
    claim: str
    now: str = ""
    start: int | None = None


class Seen(msgspec.Struct, frozen=True):
    """One comment as a page shows it. ``editable`` and ``voted`` are the reader's own."""

    id: str
    address: str
    name: str
    gone: bool
    held: bool
    written: str
    edited: bool
    html: Markup
    votes: int
    answers: str
    answers_id: str
    quote: Quote | None
    credits: tuple[Suggestion, ...]
    mine: bool
    editable: bool
    voted: bool


class Talk(msgspec.Struct, frozen=True):
    """A comment and the replies that the page shows; ``more`` replies are at ``address``."""

    first: Seen
    replies: tuple[Seen, ...]
    more: int
    address: str


class Own(msgspec.Struct, frozen=True):
    """What is a reader's own among some comments."""

    mine: frozenset[str] = frozenset()
    editable: frozenset[str] = frozenset()
    voted: frozenset[str] = frozenset()


class Asked(msgspec.Struct, frozen=True):
    """Which part of a thread is asked for."""

    order: Order = "newest"
    after: str | None = None
    limit: int = ON_PAGE


class ThreadView(msgspec.Struct, frozen=True):
    """A thread as a template needs it; ``talks`` is its rendered conversations."""

    report: str
    title: str
    thread: str
    order: Order
    total: int
    closed: bool
    moderation: str
    talks: Markup
    next: str | None
    held: tuple[Seen, ...]


def thread_view(request: Request, shelf: Shelf, reading: Reading, asked: Asked) -> ThreadView:
    """A page of a report's thread for this reader."""
    people = room_of(request).people
    with people.read() as connection:
        thread = comments.thread_for(connection, reading.report)
        rules = moderation.thread_rules(connection, thread)
        page, rendered, own_held = _talks(request, connection, shelf, reading, (thread, rules.version, asked))
    if rules.version and rules.report != reading.report.id:
        with people.write() as connection:
            moderation.note_report(connection, thread, reading.report.id)
    return ThreadView(
        report=reading.report.id,
        title=words.headline(reading.report),
        thread=thread,
        order=asked.order,
        total=page.total,
        closed=rules.closed is not None,
        moderation=rules.moderation or "site",
        talks=rendered,
        next=page.next,
        held=own_held,
    )


Asking = tuple[str, int, Asked]


def _talks(
    request: Request, connection: sa.Connection, shelf: Shelf, reading: Reading, asking: Asking
) -> tuple[reading_comments.ThreadPage, Markup, tuple[Seen, ...]]:
    """The page, its conversations rendered, and what this reader wrote there that nobody else sees."""
    thread, version, asked = asking
    if version == 0:
        return reading_comments.ThreadPage(conversations=(), next=None, total=0), Markup(), ()
    key = ("talks", thread, version, msgspec.structs.astuple(asked), reading.report.id, *shelf.key)
    page = _PAGES.get(key)
    if page is None:
        page = reading_comments.page_of(connection, thread, asked.order, asked.after, asked.limit)
        _PAGES.keep(key, page)
    held = _held(request, connection, thread, reading)
    own = own_of(request, connection, _all(page.conversations))
    if own != Own():
        return page, render_talks(connection, page.conversations, reading, own), held
    made = FRAGMENTS.of(key, lambda: render_talks(connection, page.conversations, reading, own))
    return page, made, held


class _Pages:
    """The pages of threads read last."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: dict[object, reading_comments.ThreadPage] = {}

    def get(self, key: object) -> reading_comments.ThreadPage | None:
        return self._kept.get(key)

    def keep(self, key: object, page: reading_comments.ThreadPage) -> None:
        while len(self._kept) >= self._most:
            self._kept.pop(next(iter(self._kept)), None)
        self._kept[key] = page


_PAGES = _Pages(2_000)


def render_talks(
    connection: sa.Connection, conversations: Sequence[Conversation], reading: Reading, own: Own
) -> Markup:
    """Conversations as HTML."""
    seen = {one.id: one for one in see(connection, _all(conversations), reading, own)}
    talks = [
        Talk(
            first=seen[one.first.id],
            replies=tuple(seen[reply.id] for reply in one.replies),
            more=one.more,
            address=f"/comment/{one.first.id}",
        )
        for one in conversations
    ]
    return fragment("discussion/talks.html", talks=talks)


def own_of(request: Request, connection: sa.Connection, among: Sequence[Comment]) -> Own:
    """What is this reader's own; nothing for a browser that was never here."""
    who = known_reader(request)
    if who is None or not among:
        return Own()
    mine = [one for one in among if one.reader == who]
    earliest = now(-60 * moderation.policy(connection).edit_minutes) if mine else ""
    voters = {one.id: voter(room_of(request), who, one.id) for one in among if one.votes}
    return Own(
        mine=frozenset(one.id for one in mine),
        editable=frozenset(one.id for one in mine if one.written >= earliest),
        voted=frozenset(voted(connection, voters)) if voters else frozenset(),
    )


def see(connection: sa.Connection, some: Sequence[Comment], reading: Reading, own: Own) -> list[Seen]:
    """Comments with what they are on, whom they answer and what came of them."""
    ids = [one.id for one in some]
    hidden = hidden_of(connection, reading.report.id)
    some = [veiled(one, hidden) for one in some]
    anchors = anchors_of(connection, ids)
    came = suggestions_of(connection, ids)
    answered = {one.parent for one in some if one.parent and one.parent != one.root}
    names = comments.names_of(connection, answered) if answered else {}
    return [
        Seen(
            id=one.id,
            address=f"/comment/{one.id}",
            name=one.name,
            gone=one.state != "shown" and one.id not in own.mine,
            held=one.state == "held",
            written=one.written,
            edited=one.edited is not None,
            html=Markup(one.html),  # noqa: S704 - cleaned by nh3 when it was written
            votes=one.votes,
            answers=blotted(names.get(one.parent or "", ""), hidden),
            answers_id=one.parent or "",
            quote=quote_of(anchors[one.id], reading, hidden) if one.id in anchors else None,
            credits=tuple(came.get(one.id, ())),
            mine=one.id in own.mine,
            editable=one.id in own.editable,
            voted=one.id in own.voted,
        )
        for one in some
    ]


def quote_of(anchor: Anchor, reading: Reading, hidden: Hidden = ()) -> Quote:
    """What an anchor is on, in the report as it is now."""
    text, page = reading.report.text, f"/report/{reading.report.id}"
    found = find_anchor(text, anchor)
    claim = _claim_at(anchor, found.start, reading)
    address = f"{page}#claim-{claim}" if claim else page
    now_said = text[found.start : found.end] if found.start is not None and found.state == "reworded" else ""
    said = " ".join(veiled_anchor(anchor, found, hidden).exact.split())
    return Quote(said=said, state=found.state, address=address, claim=claim, now=now_said, start=found.start)


def _claim_at(anchor: Anchor, start: int | None, reading: Reading) -> str:
    """The claim that a comment was on, else one read from the words it was on, when it was on a claim; else none."""
    if anchor.claim is None:
        return ""
    if any(one.id == anchor.claim for one in reading.claims):
        return anchor.claim
    same = [one.id for one in reading.claims if start is not None and one.evidence.start <= start < one.evidence.end]
    return same[0] if same else ""


def _held(request: Request, connection: sa.Connection, thread: str, reading: Reading) -> tuple[Seen, ...]:
    who = known_reader(request)
    waiting = reading_comments.held_of(connection, thread, who) if who else []
    if not waiting:
        return ()
    return tuple(see(connection, waiting, reading, own_of(request, connection, waiting)))


def _all(conversations: Iterable[Conversation]) -> list[Comment]:
    return [comment for one in conversations for comment in (one.first, *one.replies)]
