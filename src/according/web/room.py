"""What every part of the site works with: settings, the two stores, and the vocabulary."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from fastapi import Request

from according.store.people import People


@dataclass(frozen=True)
class Room:
    """A running site. ``address`` is its public address, without a slash at the end; ``secret`` signs its tokens."""

    name: str
    address: str
    secret: str
    ledger: Path
    people: People


def room_of(request: Request) -> Room:
    """The room a request came to; also used as a FastAPI dependency."""
    room: Room = request.app.state.room
    return room
