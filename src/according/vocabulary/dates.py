"""Dates as readers see them: ISO dates, whole or partial, in English words."""

from __future__ import annotations

import re

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
NO_YEAR = " (year not given)"
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def date(text: str | None) -> str:
    """An ISO date, possibly partial: "2017-10-31", "2017-10", "2017", "--10-31" (no year), "-W-6" (a Saturday)."""
    if not text:
        return ""
    weekday = re.fullmatch(r"-W-([1-7])", text)
    if weekday:
        return f"{WEEKDAYS[int(weekday[1]) - 1]} (date not given)"
    match = re.fullmatch(r"(\d{4}|-)(?:-(\d{2}))?(?:-(\d{2}))?", text)
    if match is None:
        return text
    year, month, day = match.groups()
    parts = [str(int(day)) if day else "", MONTHS[int(month) - 1] if month else "", "" if year == "-" else year]
    said = " ".join(part for part in parts if part)
    return said + (NO_YEAR if year == "-" else "")


def partial(text: str) -> str:
    """A partial date or a stretch of two: "2014-04-11/2014-04-20", "2014/.." (from), "../2014", "2014~" (about)."""
    first, slash, last = text.partition("/")
    if not slash:
        return f"about {date(text[:-1])}" if text.endswith("~") else date(text)
    if first == "..":
        return f"until {date(last)}"
    return f"from {date(first)}" if last == ".." else f"{date(first)} – {date(last)}".replace(f"{NO_YEAR} –", " –")
