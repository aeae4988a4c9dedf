"""How the places of two claims or incidents compare, given how precisely each is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from math import asin, cos, radians, sin, sqrt

from rapidfuzz.fuzz import ratio

from according.records import COARSE, PlaceReading, Resolution
from according.vocabulary.linking import fold_words

EARTH_KM = 6371.0
BORDER_KM = 15.0
"""How far apart two places may be told across a border and still be one."""

# How far the stated point may lie from where something happened, by the precision of the place.
REACH_KM = {"exact": 3.0, "neighbourhood": 6.0, "town": 12.0, "district": 35.0, "province": 120.0, "country": 600.0}


def distance_km(left: PlaceReading, right: PlaceReading) -> float | None:
    """Kilometres between two places, or ``None`` when either has no coordinates."""
    if left.latitude is None or left.longitude is None or right.latitude is None or right.longitude is None:
        return None
    phi, psi = radians(left.latitude), radians(right.latitude)
    chord = sin((psi - phi) / 2) ** 2
    chord += cos(phi) * cos(psi) * sin(radians(right.longitude - left.longitude) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(chord)))


def fit(left: Resolution, right: Resolution) -> float:
    """How well two resolved places can be one: 1 the same, 0 certainly apart, between them by reach.

    A province and a town within it fit, but say less than the same town twice.
    """
    if left.referent is not None and left.referent == right.referent:
        return 1.0 if left.place is None else _SAME.get(left.place.precision, 1.0)
    if left.place is None or right.place is None:
        return 0.5
    apart = distance_km(left.place, right.place)
    if left.referent is None or right.referent is None:
        named = _by_name(left.place, right.place, apart)
        if named is not None:
            return named
    if left.place.country and right.place.country and left.place.country != right.place.country:
        return 0.4 if apart is not None and apart <= BORDER_KM else 0.0
    value = _in_country(left.place, right.place, apart)
    if (
        value <= 0.0
        and (left.referent is None) != (right.referent is None)
        and _are_round_a_seat(left.place, right.place)
    ):
        return _SEAT
    return value


def _by_name(left: PlaceReading, right: PlaceReading, apart: float | None) -> float | None:
    """Places that no gazetteer knows: one name in one part of a country is one place, in whatever spelling."""
    alike = ratio(_folded(left.name), _folded(right.name)) >= _SAME_NAME
    reach = REACH_KM["country"] if {left.precision, right.precision} & COARSE else _PROVINCE_NEAR_KM
    near = apart is None or apart <= reach
    return _SAID_ALIKE if alike and near and left.country == right.country else None


def _in_country(left: PlaceReading, right: PlaceReading, apart: float | None) -> float:
    """Two places of one country, as far as their precision lets them be one."""
    if "country" in {left.precision, right.precision}:
        return 0.5
    if "province" in {left.precision, right.precision}:
        return _in_province(left, right, apart)
    if apart is None:
        return 0.5
    reach = REACH_KM[left.precision] + REACH_KM[right.precision]
    return max(0.0, 0.9 - 0.5 * apart / reach) if apart <= reach else 0.0


def is_coarse(place: Resolution) -> bool:
    """Whether a place is a province or country and no name that lies somewhere in one."""
    return place.referent is not None and place.place is not None and place.place.precision in COARSE


def may_hold(wide: Resolution, place: Resolution) -> bool:
    """Whether a place may lie in a province or country."""
    if wide.place is None or place.place is None or wide.place.country != place.place.country:
        return False
    names = [_folded(name) for name in (wide.place.province, wide.place.name) if name]
    inside = _folded(place.place.province)
    if wide.place.precision == "country" or any(ratio(inside, name) >= _SPELLING for name in names):
        return True
    apart = distance_km(wide.place, place.place)
    return apart is None or apart <= REACH_KM["province"]


def main_place(acts: Sequence[Resolution], others: Sequence[Resolution]) -> Resolution | None:
    """Where an incident was, of the places its claims tell: the finest named, that of an act before that of harm.

    The hurt may be counted where they were taken to. A name nobody knows is mostly a village's: it is what was hit, and
    the towns named beside it say where it lies.
    """
    said = [*((0, one) for one in acts), *((1, one) for one in others)]
    counts = Counter((one.referent, one.name) for one in acts or others)

    def rank(pair: tuple[int, Resolution]) -> tuple[float, int, bool, int]:
        one = pair[1]
        return _tier(one), pair[0], one.referent is not None, -counts[one.referent, one.name]

    ranked = sorted(said, key=rank)
    return ranked[0][1] if ranked else None


def _tier(resolution: Resolution) -> float:
    if resolution.place is None:
        return max(REACH_KM.values())
    fine = REACH_KM["town"]
    if resolution.place.latitude is None:
        return fine + 1.0  # a name that nothing locates may be none of a place
    return fine if resolution.referent is None else max(fine, REACH_KM[resolution.place.precision])


def seat_fit(left: Resolution, right: Resolution) -> float:
    """``fit`` within one report, where a town's name may as well stand for the province around it."""
    value = fit(left, right)
    if _are_other_villages(left, right):
        return min(value, _OTHER_NAME)
    if _are_other_provinces(left, right):
        return 0.0
    if value > 0 or left.place is None or right.place is None:
        return value
    return _OTHER_NAME if _are_round_a_seat(left.place, right.place) else value


def seats_fit(place: Resolution | None, where: Sequence[Resolution]) -> float:
    """How well the place of a claim fits those that an event of its report is told to have been in."""
    if place and not is_coarse(place):
        where = [other for other in where if not is_coarse(other)] or where
    if place and is_known_town(place):
        where = [other for other in where if is_known_town(other)] or where
    fits = [seat_fit(place, other) for other in where] if place else []
    return (max(fits) if max(fits) > _FAR else 0.0) if fits else 0.5


def is_known_town(place: Resolution) -> bool:
    """Whether a place is a known town, or what lies near one."""
    return place.referent is not None and place.place is not None and place.place.precision in {"town", "district"}


def is_finer(place: Resolution, where: Sequence[Resolution]) -> bool:
    """Whether a finer place lies in the province or country that is all that is told so far."""
    if is_coarse(place) or not where:
        return False
    return all(is_coarse(one) and may_hold(one, place) for one in where)


def is_around(place: Resolution, where: Sequence[Resolution]) -> bool:
    """Whether all that is told so far is "near" a town which a finer place may well be said to be near."""
    return bool(where) and all(_is_around(one, place) for one in where)


def _is_around(wide: Resolution, place: Resolution) -> bool:
    """Whether "near" a town may mean a finer place of its province."""
    if wide.referent is None or wide.place is None or place.place is None or wide.place.precision != "district":
        return False
    apart = distance_km(wide.place, place.place)
    same = _folded(wide.place.province) == _folded(place.place.province) != ""
    return same and place.place.precision != "district" and apart is not None and apart <= _AROUND_KM


def _are_other_provinces(left: Resolution, right: Resolution) -> bool:
    """Whether a province is told, and a place that lies in another one and not at its border."""
    if left.referent is None or right.referent is None or left.place is None or right.place is None:
        return False
    kinds = {left.place.precision, right.place.precision}
    if "province" not in kinds or "country" in kinds:
        return False
    names = [_folded(one.name if one.precision == "province" else one.province) for one in (left.place, right.place)]
    apart = distance_km(left.place, right.place)
    other = all(names) and ratio(names[0], names[1]) < _SPELLING and not (names[0] in names[1] or names[1] in names[0])
    return other and apart is not None and apart > REACH_KM["province"]


def _are_other_villages(left: Resolution, right: Resolution) -> bool:
    """Whether two places that nobody knows bear names nothing like each other; a district may hold the other."""
    if left.referent or right.referent or left.place is None or right.place is None:
        return False
    wide = "district" in {left.place.precision, right.place.precision}
    return not wide and ratio(_folded(left.place.name), _folded(right.place.name)) < _SPELLING


def _are_round_a_seat(left: PlaceReading, right: PlaceReading) -> bool:
    """Whether one of two places of a province is the town that it is named after."""
    provinces = _folded(left.province), _folded(right.province)
    return provinces[0] == provinces[1] != "" and any(_is_seat(one) for one in (left, right))


def _is_seat(place: PlaceReading) -> bool:
    """Whether a town bears the name of its province, in whatever spelling."""
    return place.precision == "town" and ratio(_folded(place.name), _folded(place.province)) >= _SPELLING


# What is told to lie "near" a town may lie some way off.
_AROUND_KM = 80.0
_FAR = 0.12
_SPELLING = 60.0
_SAME_NAME = 80.0
_SAID_ALIKE = 0.9
# Two names that nobody knows and that are nothing like each other are mostly two villages'.
_OTHER_NAME = 0.3
# A village that nobody knows, and the town that the province around it is named after.
_SEAT = 0.2
# The same province twice is less of a coincidence than the same town twice.
_SAME = {"province": 0.75, "country": 0.55}
# Beyond these a province's centre and a place are no longer likely to have to do with one another, or not at all.
_PROVINCE_NEAR_KM, _PROVINCE_FAR_KM = 150.0, 350.0


def _in_province(left: PlaceReading, right: PlaceReading, apart: float | None) -> float:
    """Whether a province may hold a place, or overlap another: by name, else by the distance of its centre."""
    names = [_folded(p.province or (p.name if p.precision == "province" else None)) for p in (left, right)]
    if names[0] and names[1] and (names[0] in names[1] or names[1] in names[0]):
        return 0.7
    if apart is None:
        return 0.5
    return 0.45 if apart <= _PROVINCE_NEAR_KM else 0.2 if apart <= _PROVINCE_FAR_KM else 0.0


@lru_cache(maxsize=16_384)
def _folded(name: str | None) -> str:
    words = fold_words(name or "")
    return " ".join(word for word in words if word not in _PROVINCE_WORDS)


_PROVINCE_WORDS = frozenset(
    {"province", "governorate", "state", "oblast", "region", "district", "department", "al", "the"}
)
