"""Why one input could not be read."""

from __future__ import annotations

from according.errors import InputError


class UnreadableError(InputError):
    """One input cannot be read; ``code`` is the stable code of the issue it becomes."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
