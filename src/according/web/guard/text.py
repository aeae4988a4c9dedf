"""Text that no database takes: the character of number zero, and halves of characters."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from starlette.types import Scope


def is_sound_address(scope: Scope) -> bool:
    """Whether an address and what it asks for hold no character of number zero."""
    return "\0" not in scope["path"] and b"%00" not in scope["query_string"]


def is_sound(text: str) -> bool:
    """Whether a database takes it."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in text


def is_sound_json(body: bytes) -> bool:
    """Whether a database takes every text in what a script sends; what is no JSON at all is for others to refuse."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return True
    return all(map(is_sound, _texts(said)))


def _texts(said: Any) -> Iterator[str]:
    """Every text in a JSON value, however deep."""
    waiting = [said]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict):
            waiting += [*one.keys(), *one.values()]
        elif isinstance(one, list):
            waiting += one
