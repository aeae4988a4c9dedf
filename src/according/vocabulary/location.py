"""Weights for deciding where an event was, as ``tools/train_location.py`` left them."""

from __future__ import annotations

import importlib.resources
from functools import cache

import msgspec


class LocationWeights(msgspec.Struct, frozen=True):
    """A logistic model: each feature's weight, what is always added, and the probability from which a place counts.

    ``trained_on`` names the data and what they were held out on, for people to read.
    """

    weights: dict[str, float]
    intercept: float
    threshold: float
    trained_on: str


@cache
def load_location_weights() -> LocationWeights:
    """Read the weights, once a process."""
    data = (importlib.resources.files("according.vocabulary") / "location_weights.json").read_bytes()
    return msgspec.json.decode(data, type=LocationWeights)
