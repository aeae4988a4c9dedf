"""Time expressions in running text: dates, weekdays, spans and words such as "yesterday" or "a month before"."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Literal

import msgspec

from according.vocabulary.time_words import TimeWords, load_time_words

Kind = Literal["date", "weekday", "shift", "now", "daypart"]
_NIGHT_OF = re.compile(r"\bnights? (?:of|from)\s+(?:the\s+)?$|\bovernight\s+(?:on\s+|from\s+)?$", re.IGNORECASE)
Bound = Literal["at", "around", "by", "until", "before", "since", "after"]
Anchor = Literal["report", "context"]


class Moment(msgspec.Struct, frozen=True, kw_only=True):
    """What a time expression says of one moment; a part it leaves out is ``None`` and is never filled in here.

    ``phase`` is a part of the month, year or season ("late", "end"), ``part`` a part of the day ("night").
    ``which`` is the word that picks one of several ("last November"): -1 last, 0 this, 1 next; ``week`` is the same of
    the week that a weekday lies in ("Monday of last week").
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    season: str | None = None
    part: str | None = None
    phase: str | None = None
    which: int | None = None
    week: int | None = None


class Shift(msgspec.Struct, frozen=True):
    """A distance in time from the day of the report or from the time last spoken of.

    ``amount`` is ``None`` for a vague one ("several weeks ago"), whose ``sign`` is then all that is known.
    ``spread`` says that the expression covers the whole stretch ("over the past three days"), ``to_the_day`` that it
    ends on the very day ("ten years ago today").
    """

    amount: int | None
    unit: str
    sign: int
    anchor: Anchor
    spread: bool = False
    to_the_day: bool = False


class TimeMention(msgspec.Struct, frozen=True, kw_only=True):
    """A time expression: ``text == report.text[start:end]``, preposition included.

    ``last`` is the second end of a span ("between 2011 and 2014"). ``ambiguous`` marks a date whose day and month
    may be swapped ("10/11/2020"); it is read day first. ``when`` says that an event of that very time is told behind
    ("the worst since 3 May, when …"), ``leads`` that the distance is from what is told behind ("a day after the raid").
    """

    start: int
    end: int
    text: str
    kind: Kind
    first: Moment = Moment()
    last: Moment | None = None
    bound: Bound = "at"
    shift: Shift | None = None
    ambiguous: bool = False
    when: bool = False
    leads: bool = False

    @property
    def dated(self) -> bool:
        """Whether the expression places something on the calendar, rather than only in the course of a day."""
        return self.kind != "daypart"


def spot_times(text: str) -> list[TimeMention]:
    """Every time expression of a text, in text order and never overlapping."""
    words = load_time_words()
    cores = [mention for match in words.cores(text) if (mention := _read_core(match))]
    whole = _placed(text, _joined(text, _with_dates(text, cores, words), words))
    wide = [widened for mention in whole if (widened := _widened(text, mention, words))]
    return [mention for mention, after in pairwise([*wide, None]) if mention and not _inside(mention, after)]


def _inside(mention: TimeMention, after: TimeMention | None) -> bool:
    """Whether the next mention has taken this one in: "in the night" of "in the night of 3 May"."""
    return after is not None and after.start < mention.end


def _read_core(match: re.Match[str]) -> TimeMention | None:
    """The reading of one match of the core pattern, by the name of the group that matched."""
    return _READERS[match.lastgroup or ""](match)


def _mention(match: re.Match[str], kind: Kind, first: Moment, **more: object) -> TimeMention:
    mention = TimeMention(start=match.start(), end=match.end(), text=match.group(), kind=kind, first=first)
    return msgspec.structs.replace(mention, **more) if more else mention


def _date(match: re.Match[str], moment: Moment, last: Moment | None = None) -> TimeMention | None:
    for end in (moment, last):
        if end and end.day is not None and not 1 <= end.day <= 31:
            return None
    return _mention(match, "date", moment, last=last)


def _words() -> TimeWords:
    return load_time_words()


def _read_iso(match: re.Match[str]) -> TimeMention | None:
    year, month, day = (int(part) for part in match["iso"][:10].split("-"))
    return _date(match, Moment(year=year, month=month, day=day)) if 1 <= month <= 12 else None


def _read_numeric(match: re.Match[str]) -> TimeMention | None:
    day, month, year = (int(part) for part in re.split(r"[/.]", match["numeric"]))
    if month > 12:
        day, month = month, day
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    moment = Moment(year=year, month=month, day=day)
    return _mention(match, "date", moment, ambiguous=day <= 12 and day != month)


def _read_day_month(match: re.Match[str]) -> TimeMention | None:
    return _days_of(match, "dm")


def _read_month_day(match: re.Match[str]) -> TimeMention | None:
    return _days_of(match, "md")


def _days_of(match: re.Match[str], order: str) -> TimeMention | None:
    month = _words().month(match[f"{order}_month"], beside_number=True)
    year = _number(match[f"{order}_year"])
    first = Moment(year=year, month=month, day=int(match[f"{order}_day"]))
    to = match[f"{order}_to"]
    return _date(match, first, Moment(year=year, month=month, day=int(to)) if to else None) if month else None


def _read_month_year(match: re.Match[str]) -> TimeMention | None:
    month = _words().month(match["my_month"], beside_number=True)
    return _date(match, Moment(year=int(match["my_year"]), month=month)) if month else None


def _read_season(match: re.Match[str]) -> TimeMention | None:
    moment = Moment(
        season=match["se_name"].lower(), year=_number(match["se_year"]), which=_words().which(match["se_which"])
    )
    return _mention(match, "date", moment) if moment.year or match["se_which"] else None


# "The worst since Friday, when …": what is told behind was on that day, and not since.
_WHEN = re.compile(r",? when\b")
_EDGES = frozenset({"after", "before", "since", "by", "until"})
_ARTICLE = re.compile(r"\bthe\s+$", re.IGNORECASE)
_NOUN = re.compile(
    r"\s+(?!(?:and|or|when|as|to|that|which|who|in|on|at|by|for|after|before|until|they|he|she|it)\b)[a-z]+"
)
_OVERNIGHT = re.compile(r"\bovernight $", re.IGNORECASE)
_LEADING = re.compile(r"\b(?:after|before)$", re.IGNORECASE)
_LED_TO = re.compile(r"\s(?!(?:on|in|at|and|or|but|with|by|near|while)\b)[A-Za-z]")
_TODAY = re.compile(r"\b(?:today|this day)(?:,| it| marks| is| was)*(?: it is| it was| is| marks)? $", re.IGNORECASE)
# "25 years since the raid.", "It is 25 years since the raid": an anniversary; "in the 25 years since" is none.
_MARKED = re.compile(r"(?:^|[.!?:\n]\s+|\b(?:is|marks|marked) (?:now |just |exactly )?)$", re.IGNORECASE)
_MARKET = re.compile(r" (?:Market|Bazaar|Mosque|Club)\b")
_OWNERS = ("'s", "’s")


def _read_weekday(match: re.Match[str]) -> TimeMention | None:
    moment = Moment(
        weekday=_words().weekday(match["wd_name"]),
        part=_lower(match["wd_part"]),
        which=_words().which(match["wd_which"]),
        week=_words().which(match["wd_week"]),
    )
    named = _MARKET.match(match.string, match.end()) is not None
    return _mention(match, "weekday", moment) if _is_weekday(match["wd_name"]) and not named else None


def _is_weekday(said: str) -> bool:
    """A short name ("Sun") needs its capital, a whole one does not."""
    return said[0].isupper() or said.endswith("day")


def _read_recent(match: re.Match[str]) -> TimeMention | None:
    """A vague stretch up to the report: "in recent days"."""
    shift = Shift(None, _words().unit(match["re_unit"]), -1, "report", spread=True)
    return _mention(match, "shift", Moment(), shift=shift)


def _read_which(match: re.Match[str]) -> TimeMention | None:
    """A stretch picked out from the day of the report: "last week", "this month", "next year"."""
    sign = _words().which(match["wh_which"]) or 0
    unit = _words().unit(match["wh_unit"])
    return _mention(match, "shift", Moment(), shift=Shift(abs(sign), unit, sign, "report"))


def _read_past(match: re.Match[str]) -> TimeMention | None:
    amount = _words().number(match["pa_number"])
    return _mention(
        match, "shift", Moment(), shift=Shift(amount, _words().unit(match["pa_unit"]), -1, "report", spread=True)
    )


def _read_distance(match: re.Match[str]) -> TimeMention | None:
    """A distance: "two days ago" leans on the report's day, "a month before" on what was told last."""
    way, unit = match["di_way"].lower(), _words().unit(match["di_unit"])
    before = match.string[max(0, match.start() - 40) : match.start()]
    today = bool(match["di_day"] or match["di_mid"] or _TODAY.search(before))
    today = today or (way == "since" and unit == "year" and _MARKED.search(before) is not None)
    if way == "since" and not today:
        return None
    sign = 1 if way.startswith(("later", "after")) else -1
    amount = _words().number(match["di_number"]) if match["di_number"] else None
    anchor: Anchor = "report" if way in {"ago", "since"} else "context"
    weekday = _words().weekday(match["di_weekday"]) if match["di_weekday"] else None
    shift = Shift(amount, unit, sign, anchor, to_the_day=today or weekday is not None)
    return _mention(match, "shift", Moment(weekday=weekday), shift=shift)


def _read_deictic(match: re.Match[str]) -> TimeMention | None:
    said = " ".join(match["deictic"].lower().split())
    unit, amount = _words().deictic[said]
    shift = Shift(abs(amount), unit, (amount > 0) - (amount < 0), "report")
    return _mention(match, "shift", Moment(part=_words().part_in(said)), shift=shift)


def _read_anaphoric(match: re.Match[str]) -> TimeMention | None:
    said = " ".join(match["anaphoric"].lower().split())
    unit, amount = _words().anaphoric[said]
    shift = Shift(abs(amount), unit, (amount > 0) - (amount < 0), "context")
    return _mention(match, "shift", Moment(part=_words().part_in(said)), shift=shift)


def _read_now(match: re.Match[str]) -> TimeMention | None:
    return _mention(match, "now", Moment())


def _read_daypart(match: re.Match[str]) -> TimeMention | None:
    return _mention(match, "daypart", Moment(part=_words().part_in(match["daypart"].lower())))


def _read_month(match: re.Match[str]) -> TimeMention | None:
    said = match["mo_name"]
    month = _words().month(said)
    return _date(match, Moment(month=month, which=_words().which(match["mo_which"]))) if month else None


def _read_year(match: re.Match[str]) -> TimeMention | None:
    return _date(match, Moment(year=int(match["year"])))


_READERS = {
    "iso": _read_iso,
    "numeric": _read_numeric,
    "dm": _read_day_month,
    "md": _read_month_day,
    "my": _read_month_year,
    "se": _read_season,
    "wd": _read_weekday,
    "re": _read_recent,
    "wh": _read_which,
    "pa": _read_past,
    "di": _read_distance,
    "deictic": _read_deictic,
    "anaphoric": _read_anaphoric,
    "now": _read_now,
    "daypart": _read_daypart,
    "mo": _read_month,
    "year": _read_year,
}


def _with_dates(text: str, cores: list[TimeMention], words: TimeWords) -> list[TimeMention]:
    """Appositions made one: "Friday (June 19)" and "Monday March 24, 2025" are one date each, not two."""
    out: list[TimeMention] = []
    for mention in cores:
        before = out[-1] if out else None
        if before and mention.kind == "date" and mention.first.day and _apposed(text, before, mention, words):
            closing = (
                1 if text[before.end : mention.start].rstrip().endswith("(") and text[mention.end :][:1] == ")" else 0
            )
            out[-1] = _cut(
                text,
                msgspec.structs.replace(
                    mention,
                    start=before.start,
                    end=mention.end + closing,
                    first=msgspec.structs.replace(mention.first, weekday=before.first.weekday, part=before.first.part),
                ),
            )
        else:
            out.append(mention)
    return out


# "One Friday in February", "a Friday in 1987", "on this day in 2010".
_WITHIN = re.compile(r"\s+(?:early\s+|late\s+)?(?:in|of)\s+(?:early\s+|late\s+|mid-)?")


def _placed(text: str, mentions: list[TimeMention]) -> list[TimeMention]:
    """A weekday of a month or year told behind is that month or year; a day of the calendar is the day then."""
    out: list[TimeMention] = []
    for mention in mentions:
        before = out[-1] if out else None
        inside = mention.kind == "date" and not mention.first.day and before is not None
        if before is None or not inside or not _WITHIN.fullmatch(text, before.end, mention.start):
            out.append(mention)
            continue
        moment = mention.first
        if before.kind == "weekday" and before.first.which is None:
            out[-1] = _cut(text, msgspec.structs.replace(mention, start=before.start))
        elif moment.year and not moment.month and before.shift and _is_today(before.shift):
            again = Shift(0, "year", -1, "report", to_the_day=True)
            out[-1] = _cut(text, msgspec.structs.replace(before, end=mention.end, first=moment, shift=again))
        else:
            out.append(mention)
    return out


def _is_today(shift: Shift) -> bool:
    return shift.amount == 0 and shift.unit == "day"


def _apposed(text: str, left: TimeMention, right: TimeMention, words: TimeWords) -> bool:
    sayable = left.kind == "weekday" or (left.shift is not None and _is_today(left.shift))
    return sayable and words.apposition.fullmatch(text, left.end, right.start) is not None


def _joined(text: str, mentions: list[TimeMention], words: TimeWords) -> list[TimeMention]:
    """Two dates joined by "between … and", "from … to" or a dash become one span."""
    out: list[TimeMention] = []
    for mention in mentions:
        before = out[-1] if out else None
        if before and _spans(text, before, mention, words):
            out[-1] = _cut(
                text,
                msgspec.structs.replace(
                    before,
                    end=mention.end,
                    first=_sharing(before.first, mention.first),
                    last=mention.last or mention.first,
                ),
            )
        else:
            out.append(mention)
    return out


def _spans(text: str, left: TimeMention, right: TimeMention, words: TimeWords) -> bool:
    if left.kind != right.kind or left.kind not in {"date", "weekday"} or left.last:
        return False
    gap = words.gap.fullmatch(text, left.end, right.start)
    if gap is None:
        return False
    before = text[max(0, left.start - 40) : left.start]
    opening = words.opening.search(before)
    said = (opening["open"].lower() if opening else "", gap["join"].lower())
    alike = bool(left.first.day and right.first.day) or left.kind == "weekday"
    if alike and said[1] in {"to", "and"} and _NIGHT_OF.search(before):
        return True  # "in the night of 30 April to 1 May", "overnight Thursday to Friday"
    return said[1] in {"-", "–", "—"} or said == ("between", "and") or (said[0] == "from" and said[1] != "and")


def _sharing(first: Moment, last: Moment) -> Moment:
    """The year at the end of a span belongs to both ends: "between March and June 2016".

    From one weekday to the next is the night between them: "overnight from Saturday to Sunday".
    """
    if first.weekday is not None and last.weekday == (first.weekday + 1) % 7 and first.part is None:
        return msgspec.structs.replace(first, part="night")
    return msgspec.structs.replace(first, year=last.year) if first.year is None and first.month else first


def _widened(text: str, mention: TimeMention, words: TimeWords) -> TimeMention | None:
    """The mention with its preposition and modifiers: "by the end of 2014", "in mid-April", "late on Wednesday"."""
    left = words.lead.search(text[max(0, mention.start - 60) : mention.start])
    if not _stands(text, mention, led=bool(left and (left["bound"] or left["phase"] or left["phase_of"]))):
        return None
    right = words.trail.match(text, mention.end) if mention.kind in {"date", "weekday"} else None
    start = mention.start - len(left.group()) if left else mention.start
    phase = _lower(left["phase"] or left["phase_of"]) if left else None
    part = (_lower(left["part"]) if left else None) or (_lower(right["part"]) if right else None)
    first = mention.first
    if phase:
        first = msgspec.structs.replace(first, phase=words.phase_of(phase))
    if part and first.part is None:
        first = msgspec.structs.replace(first, part=part)
    bound = words.bound(_lower(left["bound"]) if left else None, near=bool(left and left["near"]))
    if mention.last or (left and left["part"]):  # "after midnight on 3 May" is that day still
        bound = "at"
    if bound in _EDGES and left and _ARTICLE.search(left.group()) and _NOUN.match(text, mention.end):
        bound = "at"  # "after the July 3 bombing" is of that very day
    end = right.end() if right else mention.end
    night = _OVERNIGHT.search(text, 0, start) if bound == "since" and mention.kind in {"date", "weekday"} else None
    if night:
        start, bound, first = night.start(), "at", msgspec.structs.replace(first, part="night")
    if bound == "since" and (text.endswith(_OWNERS, start, end) or text.startswith(_OWNERS, end)):
        bound = "at"
    when = bound == "since" and _WHEN.match(text, end) is not None
    leads = _LEADING.search(text, start, end) is not None and _LED_TO.match(text, end) is not None
    changed = {"start": start, "end": end, "first": first, "bound": bound, "when": when, "leads": leads}
    return _cut(text, msgspec.structs.replace(mention, **changed))


def _stands(text: str, mention: TimeMention, *, led: bool) -> bool:
    """Whether a bare month or year is a time at all: it needs a preposition, a modifier, a partner or brackets."""
    moment = mention.first
    bare_month = moment.month and not moment.year and not moment.day and moment.which is None
    bare_year = moment.year and not moment.month and not moment.season
    if mention.kind != "date" or not (bare_month or bare_year) or mention.last:
        return True
    return led or " " in mention.text or text[mention.start - 1 : mention.start] == "("


def _cut(text: str, mention: TimeMention) -> TimeMention:
    start = mention.start
    while start < mention.end and text[start].isspace():
        start += 1
    return msgspec.structs.replace(mention, start=start, text=text[start : mention.end])


def _number(said: str | None) -> int | None:
    return int(said) if said else None


def _lower(said: str | None) -> str | None:
    return " ".join(said.lower().split()) if said else None
