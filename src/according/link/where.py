"""How the places of two claims or incidents compare, given how precisely each is known."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

from according.records import PlaceReading, Resolution

_EARTH_KM = 6371.0

# How far the stated point may lie from where something happened, by the precision of the place.
REACH_KM = {"exact": 3.0, "neighbourhood": 6.0, "town": 12.0, "district": 35.0, "province": 120.0, "country": 600.0}


def distance_km(left: PlaceReading, right: PlaceReading) -> float | None:
    """Kilometres between two places, or ``None`` when either has no coordinates."""
    if left.latitude is None or left.longitude is None or right.latitude is None or right.longitude is None:
        return None
    phi, psi = radians(left.latitude), radians(right.latitude)
    chord = sin((psi - phi) / 2) ** 2
    chord += cos(phi) * cos(psi) * sin(radians(right.longitude - left.longitude) / 2) ** 2
    return 2 * _EARTH_KM * asin(min(1.0, sqrt(chord)))


def fit(left: Resolution, right: Resolution) -> float:
    """How well two resolved places can be one: 1 the same, 0 certainly apart, between them by reach.

    A province and a town within it fit, but say less than the same town twice.
    """
    if left.referent is not None and left.referent == right.referent:
        return 1.0 if left.place is None else _SAME.get(left.place.precision, 1.0)
    if left.place is None or right.place is None:
        return 0.5
    if left.place.country and right.place.country and left.place.country != right.place.country:
        return 0.0
    return _near(left.place, right.place)


# The same province twice is less of a coincidence than the same town twice.
_SAME = {"province": 0.75, "country": 0.55}


def _near(left: PlaceReading, right: PlaceReading) -> float:
    if "country" in {left.precision, right.precision}:
        return 0.5
    apart = distance_km(left, right)
    if apart is None:
        return 0.5
    if left.precision == right.precision == "province":
        return 0.1
    reach = REACH_KM[left.precision] + REACH_KM[right.precision]
    return max(0.0, 0.9 - 0.5 * apart / reach) if apart <= reach else 0.0
