"""Taking comments: what is asked of a form, what holds or refuses it, and what follows when it is kept."""

from __future__ import annotations

from typing import Annotated

import sqlalchemy as sa
from fastapi import Request
from pydantic import BaseModel, Field

from according.errors import UsageError
from according.records import Reading
from according.store.people import discussion_comments as comments
from according.store.people import discussion_moderation as moderation
from according.store.people import discussion_subscriptions as subscriptions
from according.store.people.clock import now
from according.store.people.discussion_anchors import Anchor, cut_anchor, keep_anchor, quoted
from according.store.people.discussion_comments import Author, Comment, Draft
from according.store.people.discussion_suggestions import claim_in
from according.web.accounts.current import current
from according.web.discussion import identity, letters
from according.web.discussion.markup import clean_name, clean_text, to_html
from according.web.guard.cookies import visitor_seconds
from according.web.pages import words
from according.web.room import room_of

FASTEST_SECONDS = 3.0
"""Nobody reads a page and writes a comment sooner than this after first opening the site."""
Line = Annotated[str, Field(max_length=400)]
Long = Annotated[str, Field(max_length=20_000)]


class Posted(BaseModel):
    """The form for a comment. ``website`` is left empty by people, who cannot see it."""

    text: Long = ""
    name: Line = ""
    mail: Line = ""
    parent: Annotated[str, Field(pattern=r"^([0-9a-f]{12})?$")] = ""
    claim: Annotated[str, Field(pattern=r"^([0-9a-f]{1,64})?$")] = ""
    exact: Annotated[str, Field(max_length=4_000)] = ""
    prefix: Line = ""
    suffix: Line = ""
    notify: Annotated[str, Field(pattern=r"^(all|replies)?$")] = ""
    website: Line = ""


def take_comment(request: Request, reading: Reading, posted: Posted) -> Comment:
    """Keep a comment, shown or held; raises UsageError in words for who wrote it when it cannot be taken."""
    refuse_machines(request, posted.website)
    text = clean_text(posted.text, comments.MAX_TEXT, "the comment")
    author, address = author_of(request, posted)
    anchor = _anchor(reading, posted)
    html = html_of(text, reading)
    room = room_of(request)
    with room.people.write() as connection:
        thread = comments.thread_for(connection, reading.report)
        draft = Draft(thread=thread, report=reading.report.id, text=text, html=html, parent=posted.parent or None)
        reasons = weigh(connection, thread, author, draft)
        comment = comments.post(connection, draft, author, reasons)
        if anchor is not None:
            keep_anchor(connection, comment.id, anchor)
        title = words.headline(reading.report)
        letters.announce(connection, room, comment, title)
        if posted.notify and address:
            asked = subscriptions.ask(connection, thread, posted.notify, author.mail or "", address)
            if asked is not None:
                letters.ask_to_confirm(connection, room, asked, title)
    return comment


def weigh(connection: sa.Connection, thread: str, author: Author, draft: Draft) -> tuple[str, ...]:
    """Why a comment is to be held; raises UsageError when it is not taken at all."""
    said = f"{author.name}\n{draft.text}"
    moderation.refuse_blocked(connection, author, said)
    return moderation.reasons_to_hold(connection, thread, author, said, draft.html)


def refuse_machines(request: Request, website: str) -> None:
    """Raise UsageError for what no person sends: a filled field that nobody sees, or a form sent back at once."""
    if website:
        raise UsageError("the field “website” is a trap for machines; leave it empty and send again")
    if current(request) is None and visitor_seconds(request) < FASTEST_SECONDS:
        raise UsageError("that was quick; wait a few seconds and send it once more")


def author_of(request: Request, posted: Posted) -> tuple[Author, str | None]:
    """Who writes, and the address of mail they gave, or that of their account when they ask for letters."""
    account = current(request)
    room = room_of(request)
    address = identity.mail_address(posted.mail) or (account.email if account else None)
    if posted.notify and address is None:
        raise UsageError("to be told of comments, give an address of mail")
    name = account.name if account else clean_name(posted.name or " ", comments.MAX_NAME)
    author = Author(
        name=name,
        reader=identity.reader(request),
        net=identity.net(request),
        account=account.id if account else None,
        mail=identity.mail_hash(room, address) if address else None,
    )
    return author, address


def html_of(text: str, reading: Reading) -> str:
    """A comment's text as HTML, mentions of the report's claims linked."""

    def address(beginning: str) -> str | None:
        found = [one.id for one in reading.claims if one.id.startswith(beginning)]
        return f"/report/{reading.report.id}#claim-{found[0]}" if len(found) == 1 else None

    return to_html(text, address)


def _anchor(reading: Reading, posted: Posted) -> Anchor | None:
    if posted.claim:
        claim = claim_in(reading, posted.claim)
        return cut_anchor(reading.report.text, claim.evidence.start, claim.evidence.end, claim.id)
    if posted.exact.strip():
        return quoted(reading.report.text, posted.exact, posted.prefix, posted.suffix)
    return None


def may_change(request: Request, comment: Comment) -> bool:
    """Whether this reader wrote a comment."""
    return comment.state in ("shown", "held") and comment.reader == identity.known_reader(request)


def may_edit(connection: sa.Connection, request: Request, comment: Comment) -> bool:
    """Whether this reader wrote a comment just now."""
    minutes = moderation.policy(connection).edit_minutes
    return may_change(request, comment) and comment.written >= now(-60 * minutes)


def change_comment(request: Request, comment: Comment, reading: Reading, text: str) -> Comment:
    """Keep a comment's new words, held anew when they give a reason to."""
    kept = clean_text(text, comments.MAX_TEXT, "the comment")
    html = html_of(kept, reading)
    author = Author(
        name=comment.name, reader=comment.reader, net=identity.net(request), account=comment.account, mail=comment.mail
    )
    draft = Draft(thread=comment.thread, report=comment.report, text=kept, html=html)
    with room_of(request).people.write() as connection:
        locked = comments.find(connection, comment.id, lock=True)
        if locked is None or not may_edit(connection, request, locked):
            raise UsageError("this comment can be changed no more")
        reasons = weigh(connection, comment.thread, author, draft)
        return comments.edit(connection, locked, kept, html, reasons)
