"""The map's words: dates, tolls, states and attributions as a reader sees them, claiming no more than the records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlsplit

from according.store.tolls import shown_bounds_of_json
from according.vocabulary.dates import date, partial

Json = dict[str, Any]
PARTIES = {
    "acknowledged": "admitted by {}",
    "claimed": "claimed by {}",
    "alleged": "{} blamed",
    "disputed": "{} blamed, disputed",
    "denied": "denied by {}",
}
EFFECTS = ("killed", "injured", "missing", "displaced")
MOST_NAMED = 12
EVERYBODY = ("people", "persons")  # the widest group: a tally of it covers the others


def when(time: Json) -> str:
    """The time of an incident, as an interval when it is one."""
    earliest, latest = time.get("earliest"), time.get("latest")
    if not earliest and not latest:
        return partial(time.get("partial") or "") or "date not given"
    if earliest and latest:
        return interval(earliest, latest)
    return f"after {date(earliest)}" if earliest else f"before {date(latest)}"


def period(earliest: Iterable[str | None], latest: Iterable[str | None]) -> str:
    """From the first to the last date of all incidents; empty when none is dated."""
    first = min(filter(None, earliest), default=None)
    last = max(filter(None, latest), default=None)
    if first and last:
        return interval(first, last)
    return date(first or last)


def known_from(published: Sequence[str | None]) -> str:
    """How recent the reports are, by their dates of publication; says so when some have none."""
    dated = sorted(filter(None, published))
    if not dated:
        return ""
    if len(dated) == len(published):
        return f"as known from reports up to {date(dated[-1])}"
    return f"{len(dated)} of {len(published)} reports are dated, the latest {date(dated[-1])}"


def interval(first: str, last: str) -> str:
    """Two ISO dates as one stretch, what they share said once: "26–27 October 2017"."""
    if first == last:
        return date(first)
    if len(first) == len(last) == len("2017-10-31") and first[:7] == last[:7]:
        return f"{int(first[8:])}–{date(last)}"
    if len(first) > len("2017") and first[:4] == last[:4]:
        return f"{date(first).removesuffix(' ' + first[:4])} – {date(last)}"
    return f"{date(first)} – {date(last)}"


def figures(tallies: Sequence[Json], sources: dict[str, str]) -> tuple[str, ...]:
    """Every source's figures, a line for each effect and group; ``sources`` are the outlets by claim."""
    lines = []
    for tally in tallies:
        said = list(dict.fromkeys(_figure(each, sources) for each in tally["figures"]))
        if len(said) > 1:
            lines.append(f"{tally['effect']}{_group(tally)}: {'; '.join(said)}")
    return tuple(lines)


def _figure(each: Json, sources: dict[str, str]) -> str:
    source = sources.get(each["claim"], "")
    voice = _voice(each["voice"] or "outlet")
    who = source if voice in (source, _voice("outlet")) and source else f"{voice}, {source}".removesuffix(", ")
    return f"{_range(each['low'], each['high'])} ({who})"


def tolls(bounds: Iterable[tuple[int | None, int | None]], count: int) -> str:
    """What several incidents have cost, from the lowest figure of any to the highest: "3 incidents, toll 2–53 each".

    ``bounds`` are as :func:`toll_bounds` gives them; figures of several incidents are never added up.
    """
    known = [(low, high) for low, high in bounds if low is not None]
    if not known:
        return f"{count} incidents, no toll given"
    least, most = min(low for low, _ in known), max(low if high is None else high for low, high in known)
    spread = str(least) if least == most else f"{least}–{most}"
    open_ended = " or more" if any(high is None for _, high in known) else ""
    missing = f", not given for {count - len(known)}" if count > len(known) else ""
    return f"{count} incidents, toll {spread}{open_ended} each{missing}"


def toll_span(bounds: Iterable[tuple[int | None, int | None]]) -> str:
    """The same in the least room, for a mark: "2–53", "17+", "?" when no toll is given."""
    known = [(low, high) for low, high in bounds if low is not None]
    if not known:
        return "?"
    least, most = min(low for low, _ in known), max(low if high is None else high for low, high in known)
    open_ended = "+" if any(high is None for _, high in known) else ""
    return (str(least) if least == most else f"{least}–{most}") + open_ended


def toll_bounds(tallies: Sequence[Json]) -> tuple[int | None, int | None]:
    """The lowest and highest figure of the group that the mark's area shows: of killed, else of injured.

    A lowest figure without a highest has an open end; without both nothing is told.
    """
    for effect in ("killed", "injured"):
        told = [each for each in tallies if each["effect"] == effect and _best(each) is not None]
        if told:
            widest = max(told, key=lambda each: _best(each) or 0)
            low, high = shown_bounds_of_json(widest)
            return low if low is not None else high if high is not None else _best(widest), high
    return None, None


def _best(tally: Json) -> int | None:
    best: int | None = tally["best"] if tally["best"] is not None else tally["low"]
    return best


def _range(low: int | None, high: int | None) -> str:
    if low is None and high is None:
        return "an unknown number"
    if low is None:
        return f"up to {high}"
    if high is None:
        return f"{low} or more"
    return str(low) if low == high else f"{low}–{high}"


def toll(tallies: Sequence[Json]) -> str:
    """The tolls in words, the widest group first; groups are never added up."""
    said = []
    for effect in EFFECTS:
        groups = [each for each in tallies if each["effect"] == effect]
        groups.sort(key=lambda each: (each["group"] not in EVERYBODY, each["group"]))
        named = [f"{_range(*shown_bounds_of_json(each))}{_group(each)}" for each in groups]
        if named:
            said.append(f"{effect}: {', '.join(named)}")
    return "; ".join(said) or "no toll given"


def _group(tally: Json) -> str:
    return "" if tally["group"] in EVERYBODY else f" {tally['group']}"


def toll_size(tallies: Sequence[Json]) -> int | None:
    """The number the mark's area shows: the largest group's best or lowest figure of killed, else of injured."""
    for effect in ("killed", "injured"):
        known = [best for each in tallies if each["effect"] == effect and (best := _best(each)) is not None]
        if known:
            return max(known)
    return None


def attribution(each: Json) -> str:
    """One actor's part in words: who claims it, blames it or denies it, else its status."""
    parts = [
        f"{word} {', '.join(_voice(name) for name in each[key])}"
        for key, word in (("claimed_by", "claimed by"), ("blamed_by", "blamed by"), ("denied_by", "denied by"))
        if each[key]
    ]
    return f"{each['name']}: {'; '.join(parts) or each['status']}"


def parties(attributions: Iterable[Json]) -> tuple[str, ...]:
    """Who is said to have done it, in the fewest words: "Egypt blamed, disputed"."""
    return tuple(PARTIES[each["status"]].format(each["name"]) for each in attributions if each["status"] in PARTIES)


def _voice(name: str) -> str:
    return {"outlet": "the report itself", "commenter": "a reader's comment"}.get(name, name)


def holder(spell: Json) -> str:
    """Who holds, besieges or contests; empty when the reports do not say."""
    named = spell["holder"]
    if isinstance(named, dict):
        return named.get("name") or ""
    return spell.get("holder_name") or named or ""


def spell(each: Json) -> str:
    """One spell in words: "held by X, 2011 – 2014"."""
    verb = {"held": "held by", "besieged": "besieged by", "contested": "contested by"}.get(
        each["state"], "state unknown"
    )
    start, end = date(each["from"]), date(each["to"])
    if each["ongoing"]:
        span = f"since {start}" if start else "at the time of the report"
    elif start and end:
        span = f"{start}–{end}" if " " not in start + end else f"{start} – {end}"
    elif start or end:
        span = f"from {start}, its end not told" if start else f"until {end}"
    else:
        span = "earlier, dates not given"
    return f"{verb} {holder(each) or 'somebody not named'}, {span}".replace(
        "state unknown somebody not named", "state unknown"
    )


def title_of(places: Sequence[str]) -> str:
    """A title when none is given: the places most marked."""
    common = [name for name, _ in Counter(places).most_common(3)]
    if not common:
        return "What the reports say"
    rest = " and elsewhere" if len(set(places)) > len(common) else ""
    head = (
        common[0]
        if len(common) == 1
        else f"{', '.join(common[:-1])}" + (f", {common[-1]}" if rest else f" and {common[-1]}")
    )
    return f"{head}{rest}: what the reports say"


def few(names: Sequence[str]) -> str:
    """A list of names; of many the first and how many more there are."""
    if len(names) <= MOST_NAMED:
        return ", ".join(names)
    return f"{', '.join(names[:MOST_NAMED])} and {len(names) - MOST_NAMED} more"


def source_name(report: Json) -> str:
    """The outlet, else the host of the address, else the report's title, else its file."""
    host = urlsplit(report.get("url") or "").hostname
    file = (report.get("input_id") or "").rstrip("/").rpartition("/")[2]
    return report.get("source") or host or report.get("title") or file or "unnamed report"


def web_address(url: str | None) -> str | None:
    """The address when it is one a page may link to (http or https), else None."""
    return url if url and urlsplit(url).scheme in ("http", "https") else None
