"""Letters of the discussion: asking whether somebody wants them, telling of a comment, opening one's own data."""

from __future__ import annotations

import sqlalchemy as sa

from according.store.people import discussion_comments as comments
from according.store.people.discussion_comments import Comment
from according.store.people.discussion_subscriptions import Subscription, to_tell
from according.store.people.outbox import queue
from according.web.discussion.identity import sign
from according.web.discussion.veiled import hidden_of, veiled
from according.web.room import Room

DATA_HOURS = 24.0


def announce(connection: sa.Connection, room: Room, comment: Comment, title: str) -> None:
    """Tell subscribers of a comment once it is shown, and never twice."""
    if comment.state != "shown" or not comments.announced(connection, comment):
        return
    told = veiled(comment, hidden_of(connection, comment.report))
    for one in to_tell(connection, comment):
        _tell(connection, room, one, told, title)


def _tell(connection: sa.Connection, room: Room, to: Subscription, comment: Comment, title: str) -> None:
    leave = f"{room.address}/unsubscribe/{sign(room, 'subscription', to.id)}"
    what = "answered you" if to.kind == "replies" else "wrote"
    text = (
        f"{comment.name} {what} on “{title}”:\n\n{_quoted(comment.text)}\n\n"
        f"Read and answer: {room.address}/comment/{comment.id}#comment-{comment.id}\n\n"
        f"--\nYou asked {room.name} for these letters. No more of them: {leave}\n"
    )
    headers = {"List-Unsubscribe": f"<{leave}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    queue(connection, to.address, f"{comment.name} on “{title}”", text, "discussion-comment", headers)


def ask_to_confirm(connection: sa.Connection, room: Room, one: Subscription, title: str) -> None:
    """Ask the reader of a mailbox whether they want letters."""
    what = "new comments" if one.kind == "all" else "replies to your comments"
    text = (
        f"Somebody, you we hope, asked {room.name} to write here of {what} on “{title}”.\n\n"
        f"Yes, write to me: {room.address}/subscription/{sign(room, 'subscription', one.id)}\n\n"
        "If it was not you, do nothing: nothing more will come, and the address is forgotten in a week.\n"
    )
    queue(connection, one.address, f"Letters about “{title}”?", text, "discussion-confirm")


def open_my_data(connection: sa.Connection, room: Room, address: str, mail: str) -> None:
    """Send the reader of a mailbox the way to what is kept of them."""
    text = (
        f"Here is what {room.name} keeps of comments written with this address. You can download and delete it:\n\n"
        f"{room.address}/my-data/{sign(room, 'my data', mail)}\n\n"
        f"The link holds for {DATA_HOURS:.0f} hours. If you did not ask for it, do nothing.\n"
    )
    queue(connection, address, f"Your data at {room.name}", text, "discussion-my-data")


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}" for line in text.splitlines())
