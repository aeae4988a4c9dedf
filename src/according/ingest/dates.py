"""Publication dates as pages and rows give them."""

from __future__ import annotations

import re

_ISO_DATE = re.compile(r"\s*((?:19|20)\d\d(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?)(?=$|[T\s+:Z])")
_COMPACT_DATE = re.compile(r"\s*((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:$|[T\d])")


def partial_date(value: object) -> str | None:
    """The date at the start of an ISO or compact timestamp, as precise as it is given; None for anything else."""
    if not isinstance(value, str):
        return None
    match = _ISO_DATE.match(value)
    if match:
        return match.group(1)
    compact = _COMPACT_DATE.match(value)
    return "-".join(compact.groups()) if compact else None
