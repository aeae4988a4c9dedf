"""Who speaks in a quotation that runs over several sentences or paragraphs."""

from __future__ import annotations

from according.records import Passage, Report


def attach_speakers(report: Report, passages: list[Passage]) -> list[Passage]:
    """Give each passage that stands wholly inside a longer quotation the mention of who speaks it."""
    return passages
