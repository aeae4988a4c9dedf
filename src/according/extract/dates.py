"""Time expressions of a passage, for the ``time`` role of its claims."""

from __future__ import annotations

from according.vocabulary.times import TimeMention, spot_times

__all__ = ["TimeMention", "spot_times"]
