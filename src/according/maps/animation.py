"""An animated picture of a period: a frame a day or a stretch of days, each as the full-size picture would show it.

The maps, their scale and every mark's place stay the same throughout; what comes and goes is what was told of by then.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

import msgspec
from PIL import Image

from according.errors import UsageError
from according.maps.crowding import share_of
from according.maps.data import IncidentMark, MapData, TownMark
from according.maps.marks import Layout, Symbol, crowd_look, hatches_of, incident_look, town_look
from according.maps.moment import at, dates_of, with_room_for_all_states, without_history
from according.maps.picture import Frame, maps_of, picture_of
from according.maps.surface import Panel
from according.maps.symbols import IncidentLook, TownLook
from according.vocabulary import dates

USUAL_FRAMES, MOST_FRAMES = 40, 400
FRAME_MS, LAST_FRAME_MS = 450, 3000
Marks = dict[str, IncidentMark | TownMark]


def render_animation(data: MapData, path: Path, size: tuple[int, int], days: Sequence[str]) -> None:
    """Write the animation of these days as WebP, or as MP4 where ffmpeg is installed.

    Raises UsageError where it is not.
    """
    if path.suffix.lower() == ".mp4":
        _write_mp4(frames(data, size, days), path, size)
        return
    first, *others = frames(data, size, days)
    durations = [FRAME_MS] * len(others) + [LAST_FRAME_MS]
    first.save(path, "WEBP", save_all=True, append_images=others, duration=durations, loop=0, quality=80, method=2)


def frames(data: MapData, size: tuple[int, int], days: Sequence[str]) -> Iterator[Image.Image]:
    """The picture of each day."""
    frame = Frame(size)
    maps = maps_of(with_room_for_all_states(data), frame)
    for day in days:
        shown = without_history(at(data, day))
        here = [msgspec.structs.replace(panel, layout=on_day(panel, shown, share_of(data))) for panel in maps]
        so_far = f"{len(shown.incidents)} of {len(data.incidents)} incidents so far"
        yield picture_of(shown, frame, here, about=f"{dates.date(day)}  ·  {so_far}, towns as told of for that day")


def days_of(data: MapData, first: str | None, last: str | None, step_days: int | None) -> list[str]:
    """The days of the frames, from the first to the last that the data tell of unless others are given.

    Raises UsageError when there are none, or too many to be of use.
    """
    told = dates_of(data)
    start, end = first or min(told, default=None), last or max(told, default=None)
    if start is None or end is None:
        raise UsageError("nothing on this map is dated, so there is no period to show; give --from and --to")
    begin, finish = date.fromisoformat(start), date.fromisoformat(end)
    if finish < begin:
        raise UsageError(f"the period ends ({end}) before it begins ({start})")
    length = (finish - begin).days
    step = step_days or max(1, -(-length // USUAL_FRAMES))
    if length // step >= MOST_FRAMES:
        least = -(-length // (MOST_FRAMES - 1))
        count = length // step + 1
        count = length // step + 1
        raise UsageError(f"a frame every {step} days from {start} to {end} makes {count}; --step {least} or more")
    found = [begin + timedelta(days=passed) for passed in range(0, length + 1, step)]
    return [day.isoformat() for day in dict.fromkeys([*found, finish])]


def on_day(panel: Panel, shown: MapData, share: float) -> Layout:
    """The layout of all days with what one day shows, everything in its place."""
    marks: Marks = {mark.id: mark for mark in shown.incidents}
    marks |= {town.id: town for town in shown.towns}
    given = panel.layout
    symbols = [found for symbol in given.symbols if (found := _symbol(symbol, marks, shown, share))]
    return msgspec.structs.replace(
        given,
        symbols=tuple(symbols),
        hatches=tuple(hatch for hatch in hatches_of(shown) if hatch.id in marks),
        leaders=tuple(leader for leader in given.leaders if any(name in marks for name in leader.ids)),
        labels=tuple(label for label in given.labels if any(name in marks for name in label.ids)),
        dots=tuple(dot for dot in given.dots if dot.id in marks and not any(name in marks for name in dot.under)),
    )


def _symbol(symbol: Symbol, marks: Marks, shown: MapData, share: float) -> Symbol | None:
    """The symbol of what is left of its marks."""
    ids = tuple(name for name in symbol.ids if name in marks)
    if not ids:
        return None
    look = symbol.look
    incidents = [mark for name in ids if isinstance(mark := marks[name], IncidentMark)]
    towns = [mark for name in ids if isinstance(mark := marks[name], TownMark)]
    if isinstance(look, IncidentLook):
        alone = len(incidents) == 1
        drawn = incident_look(incidents[0], share) if alone else crowd_look(incidents, look.radius)
        look = msgspec.structs.replace(drawn, number=look.number)
    elif isinstance(look, TownLook):
        look = town_look(towns[0], shown) if len(towns) == 1 else msgspec.structs.replace(look, count=len(towns))
    return msgspec.structs.replace(symbol, ids=ids, look=look)


def _write_mp4(pictures: Iterator[Image.Image], path: Path, size: tuple[int, int]) -> None:
    ffmpeg = shutil.which("ffmpeg")
    if ffmpeg is None:
        raise UsageError("MP4 needs ffmpeg, which is not installed; a .webp needs nothing")
    shape = f"{size[0] // 2 * 2}x{size[1] // 2 * 2}"  # the encoder takes even sides only
    given = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{size[0]}x{size[1]}", "-r", f"1000/{FRAME_MS}", "-i", "-"]
    made = ["-s", shape, "-c:v", "libx264", "-pix_fmt", "yuv420p", "-movflags", "+faststart", "-f", "mp4", str(path)]
    command = [ffmpeg, "-y", "-loglevel", "error", *given, *made]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as encoder:  # noqa: S603
        _, complaint = encoder.communicate(b"".join(picture.tobytes() for picture in pictures))
    if encoder.returncode:
        raise UsageError(f"ffmpeg could not write the film: {complaint.decode(errors='replace').strip()[-200:]}")
