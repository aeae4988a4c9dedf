"""The map's data, its one style, the full-size picture and the offline page."""

from according.maps.data import MapData, Told, map_data
from according.maps.draw import FORMATS, THUMBNAILS, Period, draw_map, draw_thumbnail

__all__ = ["FORMATS", "THUMBNAILS", "MapData", "Period", "Told", "draw_map", "draw_thumbnail", "map_data"]
