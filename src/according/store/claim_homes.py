"""Which report a claim stands in."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

MOST_ASKED = 500


def reports_of_claims(ledger: Path, claims: Iterable[str]) -> dict[str, str]:
    """The ids of the reports that claims stand in, by claim, in the order asked; unknown claims are left out."""
    wanted = list(dict.fromkeys(claims))
    found: dict[str, str] = {}
    with closing(sqlite3.connect(ledger, timeout=30)) as connection:
        for start in range(0, len(wanted), MOST_ASKED):
            some = wanted[start : start + MOST_ASKED]
            marks = ",".join("?" * len(some))
            found |= connection.execute(f"SELECT id, report FROM claim WHERE id IN ({marks})", some).fetchall()  # noqa: S608
    return {claim: found[claim] for claim in wanted if claim in found}
