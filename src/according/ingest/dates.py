"""Publication dates as pages and rows give them."""

from __future__ import annotations

import re
from datetime import date

_ISO_DATE = re.compile(r"\s*((?:19|20)\d\d(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?)(?=$|[T\s+:Z])")
_COMPACT_DATE = re.compile(r"\s*((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:$|[T\d])")


def partial_date(value: object) -> str | None:
    """The date at the start of an ISO or compact timestamp, as precise as it is given; None for anything else."""
    if not isinstance(value, str):
        return None
    iso, compact = _ISO_DATE.match(value), _COMPACT_DATE.match(value)
    found = iso.group(1) if iso else "-".join(compact.groups()) if compact else None
    return found if found and _is_in_calendar(found) else None


def _is_in_calendar(written: str) -> bool:
    """Whether a partial date can be: no day is 30 February."""
    try:
        date.fromisoformat(f"{written}-01-01"[: len("2017-11-01")])
    except ValueError:
        return False
    return True
