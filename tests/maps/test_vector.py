"""Vector tiles written and read back."""

from __future__ import annotations

import gzip

from according.maps import basemap
from according.maps.vector import Point, Value, encode, read_tile


def test_points_come_back_with_all_that_is_said_of_them() -> None:
    said: dict[str, Value | None] = {"name": "درنة", "count": 3, "share": 0.5, "open": False, "least": None}
    layers = read_tile(encode({"towns": [Point(-5, 4100, said)], "empty": []}))
    (feature,) = layers["towns"].features
    assert list(layers) == ["towns"]
    assert feature.lines == (((-5, 4100),),)
    assert feature.properties == {"name": "درنة", "count": 3, "share": 0.5, "open": False}


def test_land_of_the_basemap_is_closed_rings() -> None:
    tile = basemap.tiles().get(0, 0, 0)
    assert tile is not None
    land = read_tile(gzip.decompress(tile))["land"]
    rings = [line for feature in land.features for line in feature.lines]
    assert len(rings) > 50
    assert all(len(ring) > 3 and ring[0] == ring[-1] for ring in rings)
    assert all(-1000 < x < land.extent + 1000 and -1000 < y < land.extent + 1000 for ring in rings for x, y in ring)
