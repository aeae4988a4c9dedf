"""The map's data, its one style, the full-size picture and the offline page."""
