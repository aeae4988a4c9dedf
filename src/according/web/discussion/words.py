"""The discussion's words for what its records keep."""

from __future__ import annotations

from datetime import datetime
from typing import Any

REASONS = {
    "before": "every comment waits here",
    "links": "it has a link",
    "first": "it is the first from this reader",
    "words": "it has a word on the list",
    "flags": "readers flagged it",
}
FLAGS = {
    "abuse": "Abuse or hatred",
    "spam": "Spam or advertising",
    "false": "Says something false as fact",
    "dangerous": "Could put somebody in danger",
    "private": "Gives away somebody’s private matters",
    "off-topic": "Has nothing to do with the report",
}
STATES = {
    "moved": "The report has changed; these words stand elsewhere in it now.",
    "reworded": "The report has changed; these words now read:",
    "orphaned": "The report has changed; these words are not in it any more.",
    "here": "",
}
FOLLOWED = {
    "moved": "The report has changed since; what this is about stands elsewhere in it now. It was:",
    "reworded": "The report has changed since; what this is about now reads otherwise. It was:",
    "orphaned": "The report has changed since; what this is about is not in it any more. It was:",
    "here": "",
}
"""How a suggestion stands on the report as it is."""
FIELDS = {
    "polarity": "Whether it is affirmed or denied",
    "realis": "Whether it happened",
    "quantity": "How many",
    "subject": "Who did it",
    "object": "To whom or what",
    "place": "Where",
    "time": "When",
    "voice": "Who says so",
}


def moment(said: str) -> str:
    """A time as the people's database keeps it, in words: "3 May 2031, 09:08 UTC"."""
    time = datetime.fromisoformat(said)
    return f"{time.day} {time:%B %Y, %H:%M} UTC"


def for_templates() -> dict[str, Any]:
    """What templates may use under the name ``discussion``."""
    return {
        "reasons": REASONS,
        "flags": FLAGS,
        "states": STATES,
        "followed": FOLLOWED,
        "fields": FIELDS,
        "moment": moment,
    }
