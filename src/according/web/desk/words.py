"""The desk's words for what it shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from according.maps.policy import Policy, read_policy

STATES = {
    "read": "not judged yet",
    "accepted": "accepted",
    "rejected": "rejected",
    "corrected": "corrected",
    "added": "told by a person",
}
ACTS = {
    "accept": "accepting",
    "reject": "rejecting",
    "correct": "correcting",
    "add": "adding",
    "same": "merging",
    "different": "keeping apart",
    "split": "splitting",
    "move": "moving",
}
"""What a judgement does, as it goes behind "undo"."""
DONE = {
    "accept": "accepted",
    "reject": "rejected",
    "correct": "corrected",
    "add": "added",
    "same": "said to be one",
    "different": "said to be different ones",
    "split": "split off",
    "move": "moved",
    "undo": "taken back",
    "begin": "brought to the desk",
    "save": "edited",
    "publish": "published",
    "schedule": "scheduled",
    "unschedule": "taken off the schedule",
    "retract": "retracted",
    "reinstate": "reinstated",
    "replace": "replaced by a new text",
    "drop": "dropped",
    "restore": "taken up again",
}
"""What was done, as the record says it."""
RIGHTS = {"quotes": "quotes and the link", "whole": "the whole text"}
STATUSES = {
    "draft": "draft",
    "scheduled": "scheduled",
    "published": "published",
    "retracted": "retracted",
    "replaced": "replaced",
    "dropped": "dropped",
}


def moment(said: str | None) -> str:
    """A time as people read it: 2026-01-31 09:08 UTC; empty when there is none."""
    return f"{said[:10]} {said[11:16]} UTC" if said else ""


def publication_value(field: str, value: str | None) -> str:
    """A value of a publication as its record says it; empty when there is none."""
    if not value:
        return ""
    if field == "policy":
        return policy_in_words(read_policy(value))
    if field == "at":
        return moment(value)
    return RIGHTS.get(value, value) if field == "rights" else value


def policy_in_words(policy: Policy) -> str:
    """What a policy holds back, in one line; empty when it is nothing."""
    told = [
        f"places finer than the {policy.place_as}" if policy.place_as else "",
        f"everything until {moment(policy.not_before)}" if policy.not_before else "",
        f"the names {', '.join(policy.names)}" if policy.names else "",
    ]
    return "; ".join(filter(None, told))


def kappa(value: float | None) -> str:
    """Cohen's kappa to two places; a dash where it is not defined."""
    return "–" if value is None else f"{value:.2f}"


def percent(value: float | None) -> str:
    """A share in percent; a dash where there is nothing to compare."""
    return "–" if value is None else f"{value:.0f} %"


def for_templates() -> dict[str, Any]:
    """What templates may use."""
    given: tuple[Callable[..., str], ...] = (moment, kappa, percent)
    return {
        "acts": ACTS,
        "done": DONE,
        "states": STATES,
        "statuses": STATUSES,
        **{each.__name__: each for each in given},
    }
