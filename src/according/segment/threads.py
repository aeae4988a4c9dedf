"""Comment threads in flat text: whose words each comment is, and whom it answers."""

from __future__ import annotations

import re

import msgspec

from according.records import Block

_AFTER_NAME = re.compile(
    r"\s*(?:\bfrom:|\b(?:says?|said|wrote|writes|commented|replied)\b|\bon \w+ \d|\bat \d|[|•·—–-]\s"
    r"|\d{1,2}[/.:]\d|\b\d+ \w+ ago\b"
    r"|,?\s*\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b).*$",
    re.IGNORECASE,
)
_LIST_NUMBER = re.compile(r"^(?:#?\d{1,4}[.):]?|[•*-]|by:)\s+", re.IGNORECASE)
_ANSWERS = re.compile(r"^@|\b(?:in reply to|reply to|replying to|replied to)\s+@?", re.IGNORECASE)
_ANSWER_REACH = 80


def attach_authors(text: str, blocks: list[Block], states: list[str]) -> list[Block]:
    """Give each comment the name above it, and the first block of the comment it says it answers."""
    attached: list[Block] = []
    author: str | None = None
    first_of: dict[str, int] = {}
    answered: int | None = None
    for index, (block, state) in enumerate(zip(blocks, states, strict=True)):
        if block.kind != "comment":
            attached.append(block)
            continue
        line = text[block.start : block.end]
        if state == "comments_name":
            author = author_name(line)
            answered = _answered(line, first_of)
            first_of.setdefault(author.casefold(), index)
        parent = answered if state == "comments_name" else _answered(line, first_of) or answered
        attached.append(msgspec.structs.replace(block, author=author, parent=parent if parent != index else None))
    return attached


def author_name(line: str) -> str:
    """The name in a line that introduces a comment, without the date and the "says" after it."""
    name = _AFTER_NAME.sub("", _LIST_NUMBER.sub("", line)).strip(" :,")
    return name or line


def _answered(line: str, first_of: dict[str, int]) -> int | None:
    """The first block of the commenter whom a line addresses; the longest name that fits is meant."""
    match = _ANSWERS.search(line[:_ANSWER_REACH])
    if match is None:
        return None
    addressed = line[match.end() :].casefold()
    fitting = [name for name in first_of if addressed.startswith(name)]
    return first_of[max(fitting, key=len)] if fitting else None
