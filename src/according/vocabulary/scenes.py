"""Weights for choosing, among the places that a report's opening names, the scene of the event it opens with."""

from __future__ import annotations

from functools import cache
from importlib import resources

import msgspec


class SceneWeights(msgspec.Struct, frozen=True):
    """What each trait of a mention adds to its place's score, and by how much one place must lead another.

    ``least`` is the score from which a place is put where a report's event has none or a country or province only,
    ``over_dateline`` where it has only the town that a report is filed from; ``lead`` is the lead over a place that an
    event took over from another sentence, ``lead_over_own`` the one over what its own words of place say.
    """

    traits: dict[str, float]
    each_further_mention: float
    least: float
    lead: float
    lead_over_own: float
    over_dateline: float


@cache
def load_scene_weights() -> SceneWeights:
    """Read the weights, once a process."""
    content = resources.files("according.vocabulary").joinpath("scene_weights.yaml").read_bytes()
    return msgspec.yaml.decode(content, type=SceneWeights)
