"""Times in the people's database: UTC, as text that sorts, the same in every database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


def now(later: float = 0) -> str:
    """The present, or so many seconds from it: ``2026-01-31T09:08:36.123Z``."""
    moment = datetime.now(UTC) + timedelta(seconds=later)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
