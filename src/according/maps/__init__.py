"""The map's data, its one style, the full-size picture and the offline page."""

from according.maps.data import MapData, Told, map_data
from according.maps.draw import draw_map

__all__ = ["MapData", "Told", "draw_map", "map_data"]
