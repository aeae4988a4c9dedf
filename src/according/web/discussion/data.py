"""Comments as JSON tells them: nothing in it that tells one reader from another."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import sqlalchemy as sa

from according.records import Reading
from according.store.people.discussion_anchors import anchors_of, find_anchor
from according.store.people.discussion_comments import Comment
from according.store.people.discussion_reading import ThreadPage
from according.store.people.discussion_suggestions import suggestions_of
from according.web.discussion.veiled import hidden_of, veiled, veiled_anchor
from according.web.pages.answers import Json


def page_data(connection: sa.Connection, page: ThreadPage, reading: Reading) -> Json:
    """A page of a thread."""
    everyone = [public(comment) for one in page.conversations for comment in (one.first, *one.replies)]
    told = {one["id"]: one for one in comment_data(connection, everyone, reading)}
    return {
        "report": reading.report.id,
        "total": page.total,
        "next": page.next,
        "conversations": [
            {"first": told[one.first.id], "replies": [told[reply.id] for reply in one.replies], "more": one.more}
            for one in page.conversations
        ],
    }


def public(comment: Comment) -> Comment:
    """A comment as anybody may see it: one that is not shown keeps its place and nothing else."""
    if comment.state == "shown":
        return comment
    return msgspec.structs.replace(comment, state="removed", name="", text="", html="")


def comment_data(connection: sa.Connection, some: Sequence[Comment], reading: Reading) -> list[Json]:
    """Comments with what they are on and what came of them."""
    ids = [one.id for one in some]
    hidden = hidden_of(connection, reading.report.id)
    anchors, came = anchors_of(connection, ids), suggestions_of(connection, ids)
    told: list[Json] = []
    for one in (veiled(each, hidden) for each in some):
        suggested = [
            {"claim": each.claim, "state": each.state, "judgement": each.judgement} for each in came.get(one.id, ())
        ]
        told.append(
            {
                "id": one.id, "address": f"/comment/{one.id}", "in_answer_to": one.parent, "state": one.state,
                "name": one.name, "written": one.written, "edited": one.edited, "text": one.text, "html": one.html,
                "votes": one.votes, "target": None, "suggestions": suggested,
            }
        )  # fmt: skip
        if one.id in anchors and one.state != "removed":
            anchor = anchors[one.id]
            found = find_anchor(reading.report.text, anchor)
            anchor = veiled_anchor(anchor, found, hidden)
            told[-1]["target"] = {
                "type": "TextQuoteSelector", "exact": anchor.exact, "prefix": anchor.prefix, "suffix": anchor.suffix,
                "claim": anchor.claim, "state": found.state, "start": found.start, "end": found.end,
            }  # fmt: skip
    return told
