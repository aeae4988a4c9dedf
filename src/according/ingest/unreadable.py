"""Why one input could not be read."""

from __future__ import annotations

from according.errors import InputError

_MAX_CHARACTERS = 1_000_000


class UnreadableError(InputError):
    """One input cannot be read; ``code`` is the stable code of the issue it becomes."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def refuse_long(characters: int) -> None:
    """Refuse what is too long to be one report: reading it would hold up the batch for minutes."""
    if characters > _MAX_CHARACTERS:
        words = f"The input holds {characters:,} characters of text, more than the {_MAX_CHARACTERS:,} of one report"
        raise UnreadableError("too_large", f"{words}: split it, for example into JSON lines.")
