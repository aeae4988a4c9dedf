"""The desk's words for what it shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

STATES = {
    "read": "not judged yet",
    "accepted": "accepted",
    "rejected": "rejected",
    "corrected": "corrected",
    "added": "told by a person",
}
STATUSES = {
    "draft": "draft",
    "scheduled": "scheduled",
    "published": "published",
    "retracted": "retracted",
    "dropped": "dropped",
}


def moment(said: str | None) -> str:
    """A time as people read it: 2026-01-31 09:08 UTC; empty when there is none."""
    return f"{said[:10]} {said[11:16]} UTC" if said else ""


def kappa(value: float | None) -> str:
    """Cohen's kappa to two places; a dash where it is not defined."""
    return "–" if value is None else f"{value:.2f}"


def percent(value: float | None) -> str:
    """A share in percent; a dash where there is nothing to compare."""
    return "–" if value is None else f"{value:.0f} %"


def for_templates() -> dict[str, Any]:
    """What templates may use."""
    given: tuple[Callable[..., str], ...] = (moment, kappa, percent)
    return {"states": STATES, "statuses": STATUSES, **{each.__name__: each for each in given}}
