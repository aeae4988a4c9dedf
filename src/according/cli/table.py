"""A reading as a person reads it on a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from rich.console import Console
from rich.table import Table
from rich.text import Text

from according.records import Claim, Incident, Reading, Resolution, Span, Spell, Tally, Tie, TimeReading
from according.store.tolls import shown_bounds
from according.vocabulary.dates import partial
from according.vocabulary.groups import load_groups

HEDGES = {
    "none": "",
    "reported": "reported",
    "probable": "probably",
    "possible": "possibly",
    "unverified": "unverified",
}
COLOURS = {"denied": "red", "planned": "cyan", "attempted": "cyan", "failed": "magenta", "hypothetical": "cyan"}
COLUMNS = {"": 0, "what": 4, "who": 5, "whom, how many": 5, "where": 4, "when": 4, "according to": 5}
LEAST = {"what": len("responsibility"), "when": len("2019-06-26")}
"""Columns of a terminal that the longest word of a predicate and a date take, so that none is cut in two."""
Roles = dict[tuple[str, str, int], Resolution]


def print_reading(reading: Reading, console: Console | None = None) -> None:
    """Print one reading: its claims with quotes and speakers, then incidents, holders, ties and issues."""
    console = console or Console()
    report = reading.report
    title = report.title or report.input_id or report.id
    console.print(Text(f"{title}", style="bold"), Text(" · ".join(filter(None, (report.source, report.published)))))
    roles: Roles = {(r.claim, r.role, r.index): r for r in reading.resolutions}
    if reading.claims:
        header = Table.grid(expand=True, padding=(0, 2, 0, 0))
        _add_columns(header)
        header.add_row(*COLUMNS, style="bold")
        console.print(header)
        _print_claims(console, reading, roles)
    elif not any(issue.level == "error" for issue in reading.issues):
        console.print("Nothing about armed conflict was found in this report.")
    for incident in reading.incidents:
        console.print(Text("● ") + incident_line(incident))
    for spell in reading.spells:
        console.print(Text("■ ") + spell_line(spell))
    for tie in reading.ties:
        console.print(Text("↔ ") + tie_line(tie))
    for issue in reading.issues:
        console.print(Text(f"! {issue.level}: {issue.message}", style="yellow"))
    console.print()


def _print_claims(console: Console, reading: Reading, roles: Roles) -> None:
    for quote, claims in groupby(reading.claims, key=lambda claim: claim.evidence):
        table = Table.grid(expand=True, padding=(0, 2, 0, 0))
        _add_columns(table)
        for claim in claims:
            cells = [what(claim), *(words(claim, roles) for words in (subject, whom, where, when, voices))]
            table.add_row(Text(""), *cells, style=_style(claim))
        console.print(Text(f"“{' '.join(quote.text.split())}”", style="italic"))
        console.print(table)


def _add_columns(table: Table) -> None:
    for name, ratio in COLUMNS.items():
        table.add_column(ratio=ratio, overflow="fold", width=LEAST.get(name))


def _style(claim: Claim) -> str:
    if claim.block == "comment":
        return "dim"
    return COLOURS.get(claim.polarity) or COLOURS.get(claim.realis) or "green"


def what(claim: Claim) -> Text:
    """The predicate with its polarity, realis and hedge, where they are not the plain ones."""
    marks = [
        "denied" if claim.polarity == "denied" else "",
        claim.realis if claim.realis != "happened" else "",
        HEDGES[claim.hedge],
    ]
    extra = ", ".join(filter(None, marks))
    return Text(claim.predicate.replace("_", " ") + (f" ({extra})" if extra else ""))


def subject(claim: Claim, roles: Roles) -> Text:
    """The words for who did it, with what they were resolved to when that says more."""
    return _resolved(claim.subject, roles.get((claim.id, "subject", 0)))


def whom(claim: Claim, roles: Roles) -> Text:
    """The object, with its number, bounds and group when it has a number."""
    if claim.quantity is None:
        return _resolved(claim.object, roles.get((claim.id, "object", 0)))
    low, high = claim.quantity.low, claim.quantity.high
    group = f" {load_groups().called(claim.group, low, high)}" if claim.group else ""
    return Text(f"{bounds(low, high)}{group} (“{claim.quantity.span.text}”)")


def _resolved(span: Span | None, resolution: Resolution | None) -> Text:
    if span is None:
        return Text("")
    name = resolution.name if resolution else None
    return Text(span.text if not name or name == span.text else f"{span.text} → {name}")


def bounds(low: int | None, high: int | None) -> str:
    """A range in words: "17", "17 or more", "up to 12", "12 to 15", "unknown"."""
    if low is None and high is None:
        return "unknown"
    if low is None:
        return f"up to {high:,}"
    if high is None:
        return f"{low:,} or more"
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def where(claim: Claim, roles: Roles) -> Text:
    """The place as said, what it was resolved to, and the words that limit it."""
    resolution = roles.get((claim.id, "place", 0))
    said = claim.place.text if claim.place else ""
    name = resolution.place.name if resolution and resolution.place else None
    words = said if not name or name == said else f"{said} → {name}" if said else f"({name})"
    return Text(f"{claim.extent.text} {words}" if claim.extent else words)


def when(claim: Claim, roles: Roles) -> Text:
    """The interval read, or the words when there is none."""
    resolution = roles.get((claim.id, "time", 0))
    said = claim.time.text if claim.time else ""
    read = interval(resolution.time) if resolution and resolution.time else ""
    return Text(f"{said} → {read}" if said and read and read != said else read or said)


def interval(time: TimeReading | None) -> str:
    """A time reading as dates: "2017-10-31", "2014-01-01 to 2014-12-31", "--10-31", "until 2017-11-01"."""
    if time is None:
        return ""
    if time.earliest and time.latest:
        return time.earliest if time.earliest == time.latest else f"{time.earliest} to {time.latest}"
    if time.earliest or time.latest:
        return f"from {time.earliest}" if time.earliest else f"until {time.latest}"
    return partial(time.partial or "")


def voices(claim: Claim, roles: Roles) -> Text:
    """Who says so, outermost first; the outlet when nobody else does."""
    names = []
    for index, voice in enumerate(claim.voices):
        resolution = roles.get((claim.id, "voice", index))
        said = voice.span.text if voice.span else voice.name or voice.voice_class
        name = resolution.name if resolution and resolution.name and resolution.name != said else None
        names.append(f"{said} → {name}" if name else said)
    return Text(" ‹ ".join(names) or "the report itself")


def incident_line(incident: Incident, place_said: str = "place unknown") -> Text:
    """One incident in one line: kind, place (else what is said of it), time, tolls, who is named, grade."""
    place = incident.place.place.name if incident.place and incident.place.place else place_said
    parts = [incident.predicate.replace("_", " "), place, interval(incident.time) or "date unknown"]
    parts += [tally_words(tally, incident.tallies) for tally in incident.tallies]
    parts += [f"{attribution.name}: {attribution.status}" for attribution in incident.attribution]
    parts.append(f"graded {incident.grade}")
    return Text(" · ".join(parts))


def tally_words(tally: Tally, among: Sequence[Tally] = ()) -> str:
    """One tally: "17 to 31 civilians killed", or "of them 6 children" where one ``among`` others holds it already."""
    low, high = shown_bounds(tally)
    number, group = bounds(low, high), load_groups().called(tally.group, low, high)
    part = any(_holds(wider, tally) for wider in among)
    return f"of them {number} {group}" if part else f"{number} {group} {tally.effect}"


def _holds(wider: Tally, tally: Tally) -> bool:
    """Whether a tally is a breakdown of a wider one; a kind of people counted higher than the whole is none."""
    whole = wider.group in ("people", "civilians") and tally.group not in ("people", "civilians")
    if not whole or wider.effect != tally.effect or not load_groups().contains(wider.group, tally.group):
        return False
    return wider.high is None or tally.high is None or tally.high <= wider.high


def spell_line(spell: Spell) -> Text:
    """One spell of control: place, state, holder, from and to."""
    ends = f"{spell.start or '?'} – {'now' if spell.ongoing else spell.end or '?'}"
    holder = f" by {spell.holder_name}" if spell.holder_name else ""
    return Text(f"{spell.place_name}: {spell.state}{holder}, {ends}")


def tie_line(tie: Tie) -> Text:
    """One tie between two actors."""
    dates = f" ({tie.since or '?'} – {tie.until or ''})" if tie.since or tie.until else ""
    disputed = " (disputed)" if tie.claims_against else ""
    return Text(f"{tie.source_name} {tie.kind.replace('_', ' ')} {tie.target_name}{dates}{disputed}")
