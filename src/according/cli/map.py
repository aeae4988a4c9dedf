"""``according map``: readings as a picture or a page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from according.cli.output import replace_atomically
from according.cli.people import out_by
from according.cli.policies import Publishing, audit_option, link_apart, load_policies, policies_option
from according.cli.readings import load_readings, read_back
from according.errors import UsageError
from according.export.reading import incident_json, place_resolutions, spell_json, to_json
from according.infer.control_history import Known, histories
from according.infer.incident_history import Version, versions
from according.link import copies_of
from according.maps.holding import last_day
from according.pipeline import Linked, link_readings
from according.records import Resolution, Spell

if TYPE_CHECKING:
    from according.maps import Told

Json = dict[str, Any]


@click.command("map")
@click.argument("readings", nargs=-1, required=True, type=click.Path())
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    help="FILE.png, .pdf or .svg: a picture; .webp or .mp4: a film; .html: a page.",
)
@click.option("--title", help="The map's title.")
@click.option("--size", help="Width and height in pixels; 4000x3000 for a picture, 1600x1200 for a film if not given.")
@click.option("--as-of", metavar="DATE", help="Leave out reports published later, or on no known day.")
@click.option("--from", "first", metavar="DAY", help="Leave out what was over before that day.")
@click.option("--to", "last", metavar="DAY", help="Leave out what came later; towns as they stood on that day.")
@click.option("--step", type=click.IntRange(1), metavar="DAYS", help="How many days a frame of a film shows.")
@click.option(
    "--areas",
    "areas_km",
    type=click.FloatRange(1, 200),
    metavar="KM",
    help="Hatch the surroundings of towns that are held, no farther than that: inferred, nobody reported them.",
)
@click.option("--thumbnail", type=click.Path(path_type=Path), help="Also a small picture that leads to OUTPUT.")
@policies_option
@audit_option
def draw(  # noqa: PLR0913 - one parameter an option
    readings: tuple[str, ...],
    output: Path,
    *,
    title: str | None,
    size: str | None,
    as_of: str | None,
    first: str | None,
    last: str | None,
    step: int | None,
    thumbnail: Path | None,
    areas_km: float | None,
    policies_path: Path | None,
    audit_path: Path | None,
) -> None:
    """Draw readings (JSON lines of `according read`) as a full-size picture, a film of a period or an offline page."""
    from according.maps import FORMATS, THUMBNAILS, Period, draw_map, draw_thumbnail  # noqa: PLC0415 - loads only to draw

    if output.suffix.lower() not in FORMATS:
        raise UsageError(f"{output} is no file of {', '.join(FORMATS)}")
    if thumbnail is not None and thumbnail.suffix.lower() not in THUMBNAILS:
        raise UsageError(f"a thumbnail is written as {', '.join(THUMBNAILS)}, not {thumbnail.name}")
    publishing = Publishing(load_policies(policies_path), "map")
    lines = showable([line for path in readings for line in load_readings(path)], publishing)
    content = msgspec.structs.replace(tell(lines if as_of is None else known_on(lines, as_of)), areas_km=areas_km)
    period = Period(first, last, step)
    publishing.tell(audit_path)
    with replace_atomically(output) as temporary:
        draw_map(content, temporary, title=title, size=parse_size(size) if size else None, period=period)
    if thumbnail is not None:
        with replace_atomically(thumbnail) as temporary:
            draw_thumbnail(content, output, temporary, title=title, period=period)


def showable(lines: list[Json], publishing: Publishing) -> list[Json]:
    """The readings as their policies let them be shown; raises UsageError when there are none, or nothing may be."""
    if not lines:
        raise UsageError("there is no reading to draw: what was given is empty")
    if not publishing:
        return lines
    found = [to_json(reading) for reading in publishing.shown(read_back(line) for line in lines)]
    if not found:
        raise UsageError(f"the policies let nothing of the {len(lines)} reports be shown")
    return found


def known_on(lines: list[Json], day: str) -> list[Json]:
    """The readings of reports that were published by that day; raises UsageError when there are none."""
    was_out = out_by(day)
    found = [line for line in lines if was_out(line["report"].get("published"))]
    if not found:
        raise UsageError(f"none of the {len(lines)} reports is dated {day} or earlier")
    return found


def tell(lines: list[Json]) -> Told:
    """The readings with what follows from all of them together, and what did from those that were out on each day."""
    from according.maps import Told  # noqa: PLC0415 - see draw

    linked = link_readings([read_back(line) for line in lines], linking=link_apart)
    places = place_resolutions(resolution for reading in linked.readings for resolution in reading.resolutions)
    known, courses = through_time(linked)
    return Told(
        readings=tuple(lines),
        incidents=tuple(incident_json(incident) for incident in linked.incidents),
        spells=tuple(spell_json(spell, places) for spell in linked.spells),
        versions={
            incident: tuple((day, incident_json(each)) for day, each in told) for incident, told in known.items()
        },
        courses={place: tuple(_course_json(each, places) for each in told) for place, told in courses.items()},
    )


def through_time(linked: Linked) -> tuple[dict[str, tuple[Version, ...]], dict[str, tuple[Known, ...]]]:
    """What was known of every incident and of every place after each day of publication."""
    reports = {reading.report.id: reading.report for reading in linked.readings}
    out = {name: last_day(report.published) for name, report in reports.items()}
    claims = [claim for reading in linked.readings for claim in reading.claims]
    resolutions = [resolution for reading in linked.readings for resolution in reading.resolutions]
    copies = copies_of(linked.readings)
    known = versions(linked.incidents, claims, resolutions, reports=reports, published=out, copies=copies)
    return known, histories(claims, resolutions, out)


def _course_json(known: Known, places: dict[str, Resolution]) -> Json:
    """What was known of a place; on a day only what is told with a date counts."""

    def written(spells: tuple[Spell, ...], *, dated: bool) -> list[Json]:
        told = (spell for spell in spells if not dated or not known.dateless.issuperset(spell.claims_for))
        return [spell_json(spell, places) for spell in told]

    return {
        "published": known.published,
        "days": [[day, written(spells, dated=True)] for day, spells in known.days],
        "whole": written(known.whole, dated=False),
    }


def parse_size(size: str) -> tuple[int, int]:
    """Width and height from "4000x3000"; raises UsageError on anything else."""
    width, _, height = size.partition("x")
    if not (width.isdecimal() and height.isdecimal() and 200 <= int(width) <= 12000 and 200 <= int(height) <= 12000):
        raise UsageError(f"{size} is not a size such as 4000x3000 (200 to 12000 pixels a side)")
    return int(width), int(height)
