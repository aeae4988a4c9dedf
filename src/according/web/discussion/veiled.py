"""Comments under a report with a publication policy: they tell no word that the report itself may not."""

from __future__ import annotations

import msgspec
import sqlalchemy as sa

from according.maps.masked import Hidden, blotted
from according.store.people.discussion_anchors import Anchor, Placement
from according.store.people.discussion_comments import Comment
from according.store.people.publications import publication

WITHHELD = "[words withheld]"


def hidden_of(connection: sa.Connection, report: str) -> Hidden:
    """The words that are hidden of a report."""
    known = publication(connection, report)
    return known.hidden if known else ()


def veiled(comment: Comment, hidden: Hidden) -> Comment:
    """A comment without the words that are hidden of its report."""
    if not hidden:
        return comment
    told = {name: blotted(getattr(comment, name), hidden) for name in ("name", "text", "html")}
    return msgspec.structs.replace(comment, **told)


def veiled_anchor(anchor: Anchor, found: Placement, hidden: Hidden) -> Anchor:
    """What a comment is on, as far as it still stands in what is shown of the report."""
    if not hidden:
        return anchor
    said = anchor.exact if found.state in ("here", "moved") else WITHHELD
    return msgspec.structs.replace(anchor, exact=said, prefix="", suffix="")
