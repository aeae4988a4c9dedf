"""The tables of the discussion. Addresses of mail and of the net are kept as keyed hashes only, but for subscribers'.

Times are UTC in ISO form with milliseconds, so that they sort as text. Comments are numbered in the order they came.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import sqlalchemy as sa
import yaml
from sqlalchemy.dialects import postgresql, sqlite

from according.store.people.clock import now
from according.store.people.engine import STEPS, TABLES, creates

WORDS = Path(__file__).parent / "discussion_words.yaml"

THREAD = sa.Table(
    "discussion_thread",
    TABLES,
    sa.Column("thread", sa.String, primary_key=True),
    sa.Column("report", sa.String),
    sa.Column("closed", sa.String),
    sa.Column("moderation", sa.String),
    sa.Column("version", sa.Integer, nullable=False, default=0),
)
"""A thread that anything happened to: the newest version of its report, the time it was closed, its own moderation when
it has one, and a number that grows with every change of what it shows."""

COMMENT = sa.Table(
    "discussion_comment",
    TABLES,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("id", sa.String, nullable=False, unique=True),
    sa.Column("thread", sa.String, nullable=False),
    sa.Column("report", sa.String, nullable=False),
    sa.Column("parent", sa.String),
    sa.Column("root", sa.String, nullable=False),
    sa.Column("name", sa.String, nullable=False),
    sa.Column("account", sa.String),
    sa.Column("mail", sa.String),
    sa.Column("reader", sa.String, nullable=False),
    sa.Column("net", sa.String, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("html", sa.Text, nullable=False),
    sa.Column("state", sa.String, nullable=False),
    sa.Column("held_for", sa.String, nullable=False, default=""),
    sa.Column("votes", sa.Integer, nullable=False, default=0),
    sa.Column("replies", sa.Integer, nullable=False, default=0),
    sa.Column("written", sa.String, nullable=False),
    sa.Column("edited", sa.String),
    sa.Column("announced", sa.String),
    sa.Index("discussion_comment_thread", "thread", "state", "number"),
    sa.Index("discussion_comment_root", "root", "state", "number"),
    sa.Index("discussion_comment_state", "state", "number"),
    sa.Index("discussion_comment_reader", "reader", "thread"),
    sa.Index("discussion_comment_mail", "mail"),
    sa.Index("discussion_comment_account", "account"),
)
sa.Index(
    "discussion_comment_top",
    COMMENT.c.thread, COMMENT.c.votes, COMMENT.c.number,
    sqlite_where=COMMENT.c.parent.is_(None), postgresql_where=COMMENT.c.parent.is_(None),
)  # fmt: skip

ANCHOR = sa.Table(
    "discussion_anchor",
    TABLES,
    sa.Column("comment", sa.ForeignKey("discussion_comment.id"), primary_key=True),
    sa.Column("claim", sa.String),
    sa.Column("exact", sa.Text, nullable=False),
    sa.Column("prefix", sa.Text, nullable=False),
    sa.Column("suffix", sa.Text, nullable=False),
    sa.Column("start", sa.Integer, nullable=False),
)
"""What a comment is on: words of the report as they stood when it was written."""

VOTE = sa.Table(
    "discussion_vote",
    TABLES,
    sa.Column("comment", sa.ForeignKey("discussion_comment.id"), primary_key=True),
    sa.Column("voter", sa.String, primary_key=True),
)
FLAG = sa.Table(
    "discussion_flag",
    TABLES,
    sa.Column("comment", sa.ForeignKey("discussion_comment.id"), primary_key=True),
    sa.Column("flagger", sa.String, primary_key=True),
    sa.Column("reason", sa.String, nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("raised", sa.String, nullable=False),
    sa.Column("settled", sa.String),
    sa.Index("discussion_flag_open", "settled", "comment"),
)
BLOCK = sa.Table(
    "discussion_block",
    TABLES,
    sa.Column("kind", sa.String, primary_key=True),
    sa.Column("value", sa.String, primary_key=True),
    sa.Column("reason", sa.String, nullable=False),
    sa.Column("by", sa.String, nullable=False),
    sa.Column("since", sa.String, nullable=False),
)
POLICY = sa.Table(
    "discussion_policy",
    TABLES,
    sa.Column("name", sa.String, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)
SUBSCRIPTION = sa.Table(
    "discussion_subscription",
    TABLES,
    sa.Column("id", sa.String, primary_key=True),
    sa.Column("thread", sa.String, nullable=False),
    sa.Column("kind", sa.String, nullable=False),
    sa.Column("mail", sa.String, nullable=False),
    sa.Column("address", sa.String, nullable=False),
    sa.Column("asked", sa.String, nullable=False),
    sa.Column("confirmed", sa.String),
    sa.UniqueConstraint("thread", "mail", "kind"),
    sa.Index("discussion_subscription_mail", "mail"),
)
"""``mail`` is the hash that comments carry too, ``address`` where to write to; unconfirmed ones get no news."""

SUGGESTION = sa.Table(
    "discussion_suggestion",
    TABLES,
    sa.Column("id", sa.String, primary_key=True),
    sa.Column("comment", sa.ForeignKey("discussion_comment.id"), nullable=False),
    sa.Column("thread", sa.String, nullable=False),
    sa.Column("report", sa.String, nullable=False),
    sa.Column("claim", sa.String, nullable=False),
    sa.Column("change", sa.Text, nullable=False),
    sa.Column("credit", sa.String, nullable=False),
    sa.Column("state", sa.String, nullable=False),
    sa.Column("promoted_by", sa.String, nullable=False),
    sa.Column("promoted", sa.String, nullable=False),
    sa.Column("decided_by", sa.String),
    sa.Column("decided", sa.String),
    sa.Column("reason", sa.Text, nullable=False, default=""),
    sa.Column("judgement", sa.String),
    sa.Index("discussion_suggestion_thread", "thread", "state"),
    sa.Index("discussion_suggestion_comment", "comment"),
    sa.Index("discussion_suggestion_report", "report"),
)
SUGGESTED_CLAIM = sa.Table(
    "discussion_suggestion_claim",
    TABLES,
    sa.Column("suggestion", sa.ForeignKey("discussion_suggestion.id"), primary_key=True),
    sa.Column("told", sa.Text, nullable=False),
    sa.Column("prefix", sa.Text, nullable=False),
    sa.Column("suffix", sa.Text, nullable=False),
)
"""The claim that a suggestion is about as it stood then, and what stood around its quote."""
ALL = (THREAD, COMMENT, ANCHOR, VOTE, FLAG, BLOCK, POLICY, SUBSCRIPTION, SUGGESTION)


def insert_new(connection: sa.Connection, table: sa.Table, values: Mapping[str, object]) -> bool:
    """Insert a row; False when there is one with its key already."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    insert = dialect.insert(table).values(dict(values)).on_conflict_do_nothing()
    return connection.execute(insert.returning(*table.primary_key)).first() is not None


def _create(connection: sa.Connection) -> None:
    TABLES.create_all(connection, tables=list(ALL))
    shipped: dict[str, list[str]] = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    rows = [
        {"kind": kind, "value": word.casefold(), "reason": "shipped", "by": "according", "since": now()}
        for kind, words in shipped.items()
        for word in words
    ]
    connection.execute(BLOCK.insert(), rows)


STEPS["0400_discussion"] = _create
creates("0401_suggestion_claims", SUGGESTED_CLAIM)
