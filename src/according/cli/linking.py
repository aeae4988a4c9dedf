"""What a run linked, kept beside the ledger so that later commands and runs go on from it."""

from __future__ import annotations

from pathlib import Path

from according.cli.output import replace_atomically
from according.errors import BrokenAssumptionError
from according.pipeline import METHOD
from according.scale.incremental import Linker

SUFFIX = ".linking"
"""The file has the ledger's name with this ending; it can be deleted at any time."""


def linker_of(ledger: Path) -> Linker:
    """What was linked last beside a ledger; nothing when there is no such file, or none that can be read."""
    path = ledger.with_suffix(SUFFIX)
    try:
        return Linker.load(path, METHOD) if path.is_file() else Linker()
    except BrokenAssumptionError:
        return Linker()


def keep_linker(linker: Linker, ledger: Path) -> None:
    """Keep what is linked now for the next time."""
    with replace_atomically(ledger.with_suffix(SUFFIX)) as path:
        linker.save(path, METHOD)
