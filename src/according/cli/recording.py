"""Recording what a run changed in the ledger."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from according.pipeline import Linked
from according.store.history import Change, History, known_of


def record_changes(ledger: Path, linked: Linked, since: str | None = None) -> tuple[int, list[Change]]:
    """Keep what is linked now as a run's outcome; how much that changed, and every change since a day or a run."""
    at = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    known = known_of(linked.incidents, linked.spells, linked.ties)
    with History(ledger) as history:
        new = history.record(f"run-{len(history.runs()) + 1}", at, len(linked.readings), known)
        return len(new), list(history.changes(since))
