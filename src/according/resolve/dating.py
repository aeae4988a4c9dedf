"""Every time expression of a report put on the calendar, in text order, each leaning on those before it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from according.issues import Issues
from according.records import BlockKind, Passage, Report, Span, TimeReading
from according.resolve.calendar import (
    Stretch,
    anniversary,
    day,
    month,
    moved,
    narrowed,
    open_partial,
    partial_of,
    published_stretch,
    reading,
    run_up,
    season,
    spanning,
    through_night,
    weekday_by,
    year,
)
from according.vocabulary.time_words import load_time_words
from according.vocabulary.times import Moment, Shift, TimeMention, spot_times

Basis = Literal["stated", "relative", "dateline", "publication_bound"]


_RESUMES = re.compile(r"\s*(?:It|That|This)\s+(?:was|had|happened|took|came|occurred)\b")
"""Opens a sentence that goes on with what was told before, and in its year."""


class Dated(msgspec.Struct, frozen=True, kw_only=True):
    """A time expression with the days it stands for, none when neither the text nor the report's date says."""

    mention: TimeMention
    stretch: Stretch | None
    basis: Basis
    partial: str | None
    score: float = 1.0
    later: Stretch | None = None
    whole: Stretch | None = None

    def vagueness(self) -> tuple[bool, bool, int]:
        """Smaller for a more precise reading: what to choose of several expressions of one claim."""
        if self.stretch is None or self.stretch.first is None or self.stretch.last is None:
            return self.mention.kind == "daypart", True, int(self.stretch is None and self.partial is None)
        return self.mention.kind == "daypart", False, (self.stretch.last - self.stretch.first).days

    def turned(self, *, planned: bool) -> Dated:
        """The same for a plan, which looks ahead where the told looks back."""
        return msgspec.structs.replace(self, stretch=self.later, partial=None) if planned and self.later else self

    def entire(self) -> Dated:
        """The same without its bound: an event told behind "since" was then, who is there by a day is there then."""
        return msgspec.structs.replace(self, stretch=self.whole, partial=None) if self.whole else self

    @property
    def is_hourly(self) -> bool:
        """Whether words tell the hour and not the day ("at dawn", "minutes later")."""
        shift = self.mention.shift
        later = shift is not None and shift.unit in {"hour", "minute"} and shift.anchor == "context"
        return later or (self.mention.kind == "daypart" and self.stretch is None)

    def reading(self) -> TimeReading:
        """As the record says it."""
        if self.stretch is None:
            return TimeReading(earliest=None, latest=None, partial=self.partial, precision="none")
        return reading(self.stretch, self.partial or partial_of(self.stretch))


class _Anchors(msgspec.Struct):
    """What a time expression may lean on: the report's day, and the dates told before it.

    ``told_year`` is the last year told in words; ``just_told`` says that it was told in this sentence or the last.
    ``day_near`` says that ``context`` is a day told there; ``today`` is the last day told in this sentence, and
    ``years_ago`` the year that it tells by how long ago it was.
    """

    published: Stretch | None
    context: Stretch | None = None
    in_sentence: Stretch | None = None
    told_year: int | None = None
    just_told: bool = False
    day_near: bool = False
    today: Stretch | None = None
    years_ago: int | None = None


def date_mentions(report: Report, passages: Sequence[Passage], issues: Issues) -> list[Dated]:
    """The time expressions of the passages, dated in text order; comments neither give nor take a context."""
    published = published_stretch(report.published)
    body = _Anchors(published=_filed_before(report, published) or published or _filed(report))
    ordered = sorted(passages, key=lambda passage: passage.span.start)
    starts = [passage.span.start for passage in ordered]
    out: list[Dated] = []
    here, told_at, day_at = -1, None, -9
    for mention in spot_times(report.text):
        index = bisect_right(starts, mention.start) - 1
        if index < 0 or mention.start >= ordered[index].span.end:
            continue
        if index != here:
            body.in_sentence = body.today = body.years_ago = None
            near = 2 if _RESUMES.match(ordered[index].span.text) else 1
            body.just_told = told_at is not None and index - told_at <= near
            body.day_near = index - day_at <= 1
            here = index
        anchors = body if ordered[index].block != "comment" else _Anchors(published=body.published)
        dated = _date(mention, anchors)
        out.append(dated)
        if anchors is body and dated.stretch and dated.stretch.is_day and not mention.leads:
            body.today = dated.stretch
            if mention.kind in {"date", "weekday"}:
                day_at, body.day_near = index, True
        if _remember(dated, anchors):
            told_at, body.just_told = index, True
        _warn(dated, issues)
    return out


def _moments(report: Report, *kinds: BlockKind) -> Iterator[Moment]:
    """The days that a report's lines of some kinds tell, in text order; those without a year too."""
    for block in report.blocks:
        if block.kind in kinds:
            found = (mention.first for mention in spot_times(report.text[block.start : block.end]))
            yield from (moment for moment in found if moment.month and moment.day)


def _filed(report: Report) -> Stretch | None:
    """The day in a dateline or under the author's name, when it is told with its year."""
    for moment in _moments(report, "dateline", "byline"):
        if moment.year and moment.month and moment.day:
            return day(moment.year, moment.month, moment.day)
    return None


def _filed_before(report: Report, published: Stretch | None) -> Stretch | None:
    """The day of a dateline without a year, when the report came out within days of it: what "today" means."""
    if published is None or not published.is_day or published.last is None:
        return None
    for moment in _moments(report, "dateline"):
        filed = day(published.last.year, moment.month or 0, moment.day or 0)
        if filed and filed.first and 0 <= (published.last - filed.first).days <= _LONGEST_ON_THE_WIRE:
            return filed
    return None


_LONGEST_ON_THE_WIRE = 3


def _remember(dated: Dated, anchors: _Anchors) -> bool:
    """Keep what later expressions may lean on; whether a year was told in words."""
    stretch, moment = dated.stretch, dated.mention.last or dated.mention.first
    if stretch is None or dated.mention.kind in {"now", "daypart"} or dated.mention.bound in {"since", "until"}:
        return False
    if moment.year:
        anchors.told_year = moment.year
    if dated.mention.leads:
        return False
    shift = dated.mention.shift
    if shift and shift.unit == "year" and shift.anchor == "report" and shift.sign < 0 and stretch.first:
        anchors.years_ago = stretch.first.year
    if dated.mention.bound in {"before", "after"} and moment.day:
        edge = stretch.last or stretch.first  # "before 3 May. That evening …" is of 3 May
        anchors.context = msgspec.structs.replace(stretch, first=edge, last=edge)
    elif stretch.is_day or stretch.precision in {"month", "week"}:
        anchors.context = stretch
        if stretch.is_day and moment.year:
            anchors.in_sentence = stretch
    return moment.year is not None


def _warn(dated: Dated, issues: Issues) -> None:
    mention, stretch = dated.mention, dated.stretch
    span = Span(mention.start, mention.end, mention.text)
    if mention.ambiguous:
        issues.warning("ambiguous_date", f'"{mention.text}" may be day first or month first; read day first.', span)
    told = mention.first.weekday
    ends = [end for end in (stretch.first, stretch.last) if end] if stretch and not stretch.yearless else []
    if mention.kind == "date" and told is not None and ends and told not in {end.weekday() for end in ends}:
        issues.warning("weekday_mismatch", f'"{mention.text}": that date is another weekday.', span)


def _date(mention: TimeMention, anchors: _Anchors) -> Dated:
    match mention.kind:
        case "date":
            return _dated_date(mention, anchors)
        case "weekday":
            return _opened(_dated_weekday(mention, anchors))
        case "shift" if mention.shift:
            return _opened(_dated_shift(mention, mention.shift, anchors))
        case "now":
            return Dated(mention=mention, stretch=anchors.published, basis="relative", partial=None)
    return _dated_daypart(mention, anchors)


def _dated_date(mention: TimeMention, anchors: _Anchors) -> Dated:
    # the night between two dates that are both told is no longer than they say
    first = msgspec.structs.replace(mention.first, part=None) if mention.last else mention.first
    said = _stretch(first, None)
    if said is None:
        return Dated(mention=mention, stretch=None, basis="stated", partial=None)
    basis: Basis = "stated"
    stretch, later = said, None
    partial = partial_of(said)
    if said.yearless:
        stretch, basis = _with_year(mention, said, anchors, way=-1)
        later = _with_year(mention, said, anchors, way=1)[0]
    if mention.last:
        last = _stretch(mention.last, stretch.first.year if stretch.first and not stretch.yearless else None)
        stretch = spanning(stretch, last) if last else stretch
        alone = _stretch(mention.last, None) if said.yearless else last
        partial += f"/{partial_of(alone)}" if alone else ""
    return Dated(
        mention=mention,
        stretch=_bounded(stretch, mention.bound),
        basis=basis,
        partial=open_partial(partial, mention.bound),
        score=0.6 if mention.ambiguous else 1.0,
        later=later,
        whole=stretch if mention.when else None,
    )


def _stretch(moment: Moment, told_year: int | None) -> Stretch | None:
    """What a moment says alone; ``told_year`` is that of the other end of a span."""
    words = load_time_words()
    number = moment.year or told_year
    if moment.season:
        return season(number, words.seasons[moment.season]) if number else _whichever(moment)
    if moment.month and moment.day:
        stretch = day(number, moment.month, moment.day)
        return through_night(stretch) if stretch and words.runs_past_midnight(moment.part) else stretch
    whole = month(number, moment.month) if moment.month else year(number) if number else None
    return narrowed(whole, words.phases[moment.phase]) if whole and moment.phase else whole


def _whichever(moment: Moment) -> Stretch | None:
    words = load_time_words()
    stretch = season(2000, words.seasons[moment.season]) if moment.season else None
    return msgspec.structs.replace(stretch, yearless=True) if stretch else None


def _with_year(mention: TimeMention, said: Stretch, anchors: _Anchors, *, way: int) -> tuple[Stretch, Basis]:
    """The year that the day of the report, or a date told before, gives to a date without one."""
    which = mention.first.which
    if anchors.years_ago is not None and way < 0:
        return _in_year(said, anchors.years_ago) or said, "relative"
    if anchors.just_told and anchors.told_year is not None and which is None and way < 0:
        return _in_year(said, anchors.told_year) or said, "stated"
    if anchors.published and anchors.published.first and anchors.published.last:
        if which is not None and which > 0:
            way = 1
        edge = anchors.published.last if way < 0 else anchors.published.first
        number = edge.year
        years = (number, number - 1) if way < 0 else (number, number + 1)
        for one in years:
            stretch = _in_year(said, one)
            if stretch and stretch.first and stretch.last:
                early = stretch.first if which != -1 else stretch.last
                if (early <= edge) if way < 0 else (stretch.last >= edge):
                    return stretch, "relative"
    if anchors.told_year is not None:
        return _in_year(said, anchors.told_year) or said, "stated"
    return said, "stated"


def _in_year(said: Stretch, number: int) -> Stretch | None:
    """A yearless stretch put in a year; ``None`` for a 29 February that year lacks."""
    if said.first is None or said.last is None:
        return said
    turn = said.last.year - said.first.year
    try:
        first, last = said.first.replace(year=number), said.last.replace(year=number + turn)
    except ValueError:
        return None
    return msgspec.structs.replace(said, first=first, last=last, yearless=False)


def _bounded(stretch: Stretch, bound: str) -> Stretch:
    """What a preposition leaves of a stretch: "since" opens its end, "by" and "until" its beginning."""
    match bound:
        case "since" | "after":
            return msgspec.structs.replace(stretch, last=None)
        case "by" | "until":
            return msgspec.structs.replace(stretch, first=None)
        case "before":
            return msgspec.structs.replace(stretch, first=None, last=stretch.first)
    return stretch


def _opened(dated: Dated) -> Dated:
    """As in "since Friday", "until the night before": what began then and goes on, or what was over then."""
    if dated.mention.bound not in {"since", "by", "until"} or dated.stretch is None or dated.stretch.last is None:
        return dated
    opened = _bounded(dated.stretch, dated.mention.bound)
    whole = dated.stretch if opened.last else None
    return msgspec.structs.replace(dated, stretch=opened, partial=dated.partial or partial_of(opened), whole=whole)


def _dated_weekday(mention: TimeMention, anchors: _Anchors) -> Dated:
    number = mention.first.weekday or 0
    partial = f"-W-{number + 1}"
    base, way = _weekday_base(anchors)
    if base is None:
        month_of_report = anchors.published if anchors.published and anchors.published.precision == "month" else None
        return Dated(
            mention=mention, stretch=month_of_report, basis="relative" if month_of_report else "stated", partial=partial
        )
    stretch = weekday_by(base, number, way=way)
    later = weekday_by(base, number, way=1)
    if mention.first.which == -1 and stretch.first == base.last:
        stretch = moved(stretch, -7, "day")
    if mention.first.which == 1:
        stretch = later
    if mention.first.week is not None and base.last is not None:
        whole = moved(base, -base.last.weekday() + 7 * mention.first.week + number, "day")
        stretch = later = msgspec.structs.replace(whole, first=whole.last)
    if load_time_words().runs_past_midnight(mention.first.part):
        stretch, later = through_night(stretch), through_night(later)
    return Dated(mention=mention, stretch=stretch, basis="relative", partial=None, later=later)


def _weekday_base(anchors: _Anchors) -> tuple[Stretch | None, int]:
    """What a weekday counts from, and which way: a full date in its sentence, the report's day, a date told before."""
    if anchors.in_sentence:
        return anchors.in_sentence, -1
    if anchors.published and anchors.published.is_day:
        return anchors.published, -1
    if anchors.context and anchors.context.is_day and not anchors.context.yearless:
        return anchors.context, 0
    return None, 0


def _led(mention: TimeMention, shift: Shift, anchors: _Anchors) -> Dated:
    """As in "on Monday, a day after the raid": the raid was so far from the day of the clause."""
    near = anchors.context if anchors.day_near else None
    base = anchors.today or near or anchors.published
    known = base is not None and base.is_day and shift.amount is not None and shift.unit not in {"hour", "minute"}
    stretch = moved(base, -shift.sign * shift.amount, shift.unit) if known and base and shift.amount else None
    return Dated(mention=mention, stretch=stretch, basis="relative", partial=None)


def _dated_shift(mention: TimeMention, shift: Shift, anchors: _Anchors) -> Dated:
    if mention.leads:
        return _led(mention, shift, anchors)
    base = anchors.published if shift.anchor == "report" else anchors.context or anchors.published
    if shift.anchor != "report" and shift.unit == "year" and anchors.told_year is not None:
        base = year(anchors.told_year) if anchors.just_told else anchors.context or year(anchors.told_year)
    if base is None or (shift.unit in {"day", "hour", "minute"} and not base.is_day):
        return Dated(mention=mention, stretch=None, basis="relative", partial=None)
    if shift.amount is None:
        return Dated(mention=mention, stretch=_vague(base, shift), basis="relative", partial=None)
    if shift.spread:
        return Dated(mention=mention, stretch=run_up(base, shift.amount, shift.unit), basis="relative", partial=None)
    stretch = _far_off(mention.first, shift, base)
    if load_time_words().runs_past_midnight(mention.first.part):
        stretch = through_night(stretch)
    present = shift.amount == 0 and not shift.to_the_day and shift.anchor == "report"
    if present and stretch.first and base.last and stretch.first < base.last:
        stretch = msgspec.structs.replace(stretch, last=base.last)
    return Dated(mention=mention, stretch=stretch, basis="relative", partial=None)


def _far_off(moment: Moment, shift: Shift, base: Stretch) -> Stretch:
    """The day or stretch a known distance away; the very day when the words say so ("ten years ago on Friday")."""
    amount = shift.amount or 0
    if moment.weekday is not None and base.is_day:
        base = weekday_by(base, moment.weekday, way=-1)
        if shift.unit == "week":
            return moved(base, -7 * amount, "day")
    if shift.to_the_day and shift.unit == "year":
        return anniversary(base, base.last.year - moment.year if moment.year and base.last else amount)
    return moved(base, shift.sign * amount, shift.unit)


def _vague(base: Stretch, shift: Shift) -> Stretch:
    if shift.sign < 0:
        return Stretch(first=None, last=base.last, precision="none", yearless=base.yearless)
    return Stretch(first=base.first, last=None, precision="none", yearless=base.yearless)


def _evening(anchors: _Anchors, published: Stretch) -> Stretch:
    """The day whose night is meant: one told just before if it is long past, else the day before the report."""
    latest, told = moved(published, -1, "day"), anchors.context
    if anchors.day_near and told and told.first and latest.first and not told.yearless and told.first < latest.first:
        return told
    return latest


def _dated_daypart(mention: TimeMention, anchors: _Anchors) -> Dated:
    """In a report of a known day "overnight" is the night before it; other hours of the day tell no date."""
    published = anchors.published
    night = load_time_words().runs_past_midnight(mention.first.part)
    if not night or published is None or not published.is_day or anchors.in_sentence:
        return Dated(mention=mention, stretch=None, basis="stated", partial=None)
    stretch = through_night(_evening(anchors, published))
    return Dated(mention=mention, stretch=stretch, basis="relative", partial=None)
