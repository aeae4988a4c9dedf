"""How holders are told apart: a colour that colour-blind readers can tell apart, and a pattern besides."""

from __future__ import annotations

from collections.abc import Iterable

from according.plots.scene import Fill, Pattern

# Okabe and Ito's scheme without yellow, which is too faint on paper; light and dark in turn, for black and white.
COLOURS = ("#0072b2", "#e69f00", "#5a3d7a", "#56b4e9", "#8a3800", "#009e73", "#cc79a7")
PATTERNS: tuple[Pattern, ...] = ("solid", "dots", "level", "crossed", "upright")  # slanted lines are for contests
UNKNOWN = Fill("#8a8780", "empty")


def fills_of(names: Iterable[str | None]) -> dict[str | None, Fill]:
    """A fill for each name, in the order given, no two alike among the first 35; the unknown has its own."""
    named = [name for name in dict.fromkeys(names) if name is not None]
    fills: dict[str | None, Fill] = {
        name: Fill(COLOURS[index % len(COLOURS)], PATTERNS[index % len(PATTERNS)]) for index, name in enumerate(named)
    }
    return {None: UNKNOWN, **fills}
