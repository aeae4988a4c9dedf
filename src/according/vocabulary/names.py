"""Mentions of known names in running text."""

from __future__ import annotations

import msgspec


class NameMention(msgspec.Struct, frozen=True):
    """A known name found in a text: its span and the ids of everything it may name, most likely first.

    ``how`` says by what kind of name it was found: name, alias, acronym, leader, demonym, seat, folded …
    """

    start: int
    end: int
    text: str
    ids: tuple[str, ...]
    how: str = "name"
