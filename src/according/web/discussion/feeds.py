"""The thread of a report as an Atom feed, the newest comments first."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from lxml import etree

from according.records import Report
from according.store.people import discussion_comments as comments
from according.store.people import discussion_reading as reading_comments
from according.store.people.discussion_comments import Comment
from according.web.discussion.veiled import hidden_of, veiled
from according.web.pages import words
from according.web.pages.answers import text_answer
from according.web.pages.described import answers_as
from according.web.pages.ledger import Shelf, shelf_of
from according.web.pages.report import showable
from according.web.room import Room, room_of

router = APIRouter()
ATOM = "http://www.w3.org/2005/Atom"
THREADS = "http://purl.org/syndication/thread/1.0"
MEDIA_TYPE = "application/atom+xml"


@router.get("/report/{report}/discussion.atom", responses=answers_as(MEDIA_TYPE, "The newest comments on a report"))
def discussion_feed(request: Request, report: str, shelf: Annotated[Shelf, Depends(shelf_of)]) -> Response:
    """The newest comments on a report, as Atom."""
    reading, _ = showable(request, shelf, report)
    room = room_of(request)
    with room.people.read() as connection:
        thread = comments.thread_for(connection, reading.report)
        hidden = hidden_of(connection, reading.report.id)
        newest = [veiled(one, hidden) for one in reading_comments.latest(connection, thread)]
        version = reading_comments.version(connection, thread)
    return text_answer(
        request, f"{version} {reading.report.id} {hidden}", lambda: _feed(room, reading.report, newest), MEDIA_TYPE
    )


def _feed(room: Room, report: Report, newest: list[Comment]) -> bytes:
    page = f"{room.address}/report/{report.id}/discussion"
    feed = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM, "thr": THREADS})  # type: ignore[dict-item]  # its default
    _add(feed, "id", page)
    _add(feed, "title", f"Comments on “{words.headline(report)}”")
    _add(feed, "updated", max((_changed(one) for one in newest), default="1970-01-01T00:00:00Z"))
    _link(feed, "self", f"{page}.atom")
    _link(feed, "alternate", page)
    for comment in newest:
        _entry(feed, room, comment)
    return etree.tostring(feed, xml_declaration=True, encoding="utf-8")


def _entry(feed: etree._Element, room: Room, comment: Comment) -> None:
    address = f"{room.address}/comment/{comment.id}"
    entry = etree.SubElement(feed, f"{{{ATOM}}}entry")
    _add(entry, "id", address)
    _add(entry, "title", f"{comment.name} {'answers' if comment.parent else 'writes'}")
    _add(entry, "published", comment.written)
    _add(entry, "updated", _changed(comment))
    _add(etree.SubElement(entry, f"{{{ATOM}}}author"), "name", comment.name)
    _link(entry, "alternate", f"{address}#comment-{comment.id}")
    _add(entry, "content", comment.html).set("type", "html")
    if comment.parent:
        answered = f"{room.address}/comment/{comment.parent}"
        etree.SubElement(entry, f"{{{THREADS}}}in-reply-to", {"ref": answered, "href": answered})


def _changed(comment: Comment) -> str:
    return comment.edited or comment.written


def _add(parent: etree._Element, name: str, said: str) -> etree._Element:
    made = etree.SubElement(parent, f"{{{ATOM}}}{name}")
    made.text = said
    return made


def _link(parent: etree._Element, relation: str, address: str) -> None:
    etree.SubElement(parent, f"{{{ATOM}}}link", {"rel": relation, "href": address})
