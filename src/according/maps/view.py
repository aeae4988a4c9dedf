"""Which part of the world a map shows, and where on the picture a place falls (Web Mercator, as the renderers draw)."""

from __future__ import annotations

import math
from collections.abc import Sequence

import msgspec

from according.maps.basemap import Bounds

WORLD_PX = 512  # the width of the world at zoom 0
MOST_ZOOM = 6.6  # a single town still shows its region
EARTH_KM = 40075.017
WHOLE_WORLD: Bounds = (-170.0, -56.0, 180.0, 75.0)


class View(msgspec.Struct, frozen=True):
    """A centre, a zoom and the size of the picture in logical pixels."""

    longitude: float
    latitude: float
    zoom: float
    width: float
    height: float

    def pixel(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Where a place falls, in logical pixels from the top left."""
        x, y = _mercator(longitude, latitude)
        middle_x, middle_y = _mercator(self.longitude, self.latitude)
        world = WORLD_PX * 2**self.zoom
        return (x - middle_x) * world + self.width / 2, (y - middle_y) * world + self.height / 2

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Longitude and latitude of a point of the picture, in logical pixels from the top left."""
        world = WORLD_PX * 2**self.zoom
        middle_x, middle_y = _mercator(self.longitude, self.latitude)
        return _inverse(middle_x + (x - self.width / 2) / world, middle_y + (y - self.height / 2) / world)

    def bounds(self) -> Bounds:
        """West, south, east and north of the picture."""
        world = WORLD_PX * 2**self.zoom
        x, y = _mercator(self.longitude, self.latitude)
        half_x, half_y = self.width / 2 / world, self.height / 2 / world
        west, north = _inverse(x - half_x, y - half_y)
        east, south = _inverse(x + half_x, y + half_y)
        return max(west, -180.0), south, min(east, 180.0), north

    def frame(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of the picture on the map of the whole world, in logical pixels."""
        x, y = ground(self.longitude, self.latitude, self.zoom)
        return x - self.width / 2, y - self.height / 2, x + self.width / 2, y + self.height / 2

    def km_per_pixel(self) -> float:
        """Kilometres that one logical pixel stands for in the middle of the picture."""
        return EARTH_KM * math.cos(math.radians(self.latitude)) / (WORLD_PX * 2**self.zoom)


def fit(points: Sequence[tuple[float, float]], width: float, height: float, padding: float) -> View:
    """The view that shows all points with some room around, never closer than a region, the world without any."""
    if not points:
        west, south, east, north = WHOLE_WORLD
        points, padding = [(west, south), (east, north)], 0
    places = [_mercator(*point) for point in points]
    left, right = min(x for x, _ in places), max(x for x, _ in places)
    top, bottom = min(y for _, y in places), max(y for _, y in places)
    across = (width - 2 * padding) / WORLD_PX / max(right - left, 1e-9)
    down = (height - 2 * padding) / WORLD_PX / max(bottom - top, 1e-9)
    zoom = max(0.0, min(MOST_ZOOM, math.log2(max(min(across, down), 1e-9))))
    longitude, latitude = _inverse((left + right) / 2, (top + bottom) / 2)
    return View(longitude, latitude, round(zoom, 3), width, height)


def widened(bounds: Bounds, zoom: int, pixels: float) -> Bounds:
    """The bounds with so many pixels of that zoom around them."""
    west, south, east, north = bounds
    left, top = _mercator(west, north)
    right, bottom = _mercator(east, south)
    margin = pixels / (WORLD_PX * 2**zoom)
    west, north = _inverse(max(0.0, left - margin), max(0.0, top - margin))
    east, south = _inverse(min(1.0, right + margin), min(1.0, bottom + margin))
    return west, south, east, north


def ground(longitude: float, latitude: float, zoom: float) -> tuple[float, float]:
    """Where a place falls on the map of the whole world at a zoom, in logical pixels."""
    x, y = _mercator(longitude, latitude)
    return x * WORLD_PX * 2**zoom, y * WORLD_PX * 2**zoom


def scale_bar(view: View, most_px: float) -> tuple[int, float]:
    """A round number of kilometres and its length in logical pixels, at most ``most_px``."""
    most_km = view.km_per_pixel() * most_px
    power = 10 ** math.floor(math.log10(max(most_km, 1)))
    km = max(step * power for step in (1, 2, 5) if step * power <= max(most_km, 1))
    return int(km), km / view.km_per_pixel()


def _mercator(longitude: float, latitude: float) -> tuple[float, float]:
    latitude = math.radians(max(-85.05, min(85.05, latitude)))
    return (longitude + 180) / 360, (1 - math.asinh(math.tan(latitude)) / math.pi) / 2


def _inverse(x: float, y: float) -> tuple[float, float]:
    return x * 360 - 180, math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y))))
