"""The map's data, its one style, the full-size picture and the offline page."""

from according.maps.data import MapData, map_data
from according.maps.draw import draw_map

__all__ = ["MapData", "draw_map", "map_data"]
