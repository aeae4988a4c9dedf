"""The figures of an incident: which claims give a toll for a group, and what they say as printed.

A figure counts for an incident when it is affirmed, happened, stands outside the comments, and its own words do not
make it a running total, an earlier toll or another event's. People are taken to be civilians unless said otherwise;
fighters are taken off a number of people, and where the words name the civilians among them, those are the figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

import msgspec

from according.infer.recasts import conceded, gainsaid, is_of_all, is_of_another_voice, surely
from according.infer.voices import Sayings
from according.records import Claim, Effect, Quantity, Span
from according.vocabulary.casualties import Standing, load_casualty_words
from according.vocabulary.groups import load_groups
from according.vocabulary.quantities import load_count_words
from according.vocabulary.sourcing import of_one_place_alone, says

EFFECTS: Mapping[str, Effect] = {"kill": "killed", "injure": "injured", "missing": "missing", "displace": "displaced"}
INDIVIDUALS = frozenset(["named", "definite"])
"""Reading rules of people told of one by one: a death among others, not a toll."""


_ANOTHER_SITE = re.compile(
    r"(?: (?:more|others|other people|people))? (?:(?:in|at|inside|outside|near|aboard|on) (?:an?|another)|"
    r"on [A-Z]\w+day)\b"
)
_SUMMING = re.compile(
    r"\b(?:which|that) (?:makes|made|brings the (?:toll|number) to)\s+$|\bmaking (?:it )?$|\bfor a total of\s+$|"
    r"\bso (?:that )?the (?:toll|number|count) (?:is|was|stands at|stood at)\s+$"
)
_MONTH_OR_YEAR = re.compile(
    r"(?:in|last|back in) (?:(?:early|mid|late)[- ])?(?:[A-Z][a-z]+|year|month)?(?: ?\d{4})?$", re.IGNORECASE
)


class Stated(msgspec.Struct, frozen=True):
    """A figure as a claim states it, for the group of one tally. ``low`` and ``high`` are as printed.

    ``report`` is what the claim's report goes by. ``partial`` is whether it can only be a part of the toll: a single
    single person told of, a narrower group, an addition; ``early`` whether its words call it a first count, ``added``
    whether they add it to one told before ("another three"). ``sure`` is how many of it nobody else calls fighters,
    where somebody calls any so.
    """

    claim: Claim
    voice: str
    low: int | None
    high: int | None
    rule: str
    partial: bool = False
    report: str = ""
    early: bool = False
    added: bool = False
    sure: int | None = None

    @property
    def top(self) -> int | None:
        """The highest number printed."""
        return self.high if self.high is not None else self.low

    @property
    def vague(self) -> bool:
        """Whether the words give no number ("dozens")."""
        return load_count_words().acled_figure(self.rule) is not None


def tolls(claims: Iterable[Claim], effect: Effect) -> list[Claim]:
    """The claims that give a figure or a kind of people for one effect, in text order."""
    befell = [claim for claim in claims if EFFECTS.get(claim.predicate) == effect]
    given_up = {claim.id for claim in befell if "superseded" in standings(claim)}
    harmed = [claim for claim in befell if _is_told(claim) and claim.part_of not in given_up]
    other = {claim.id for claim in harmed if "elsewhere" in standings(claim)}
    here = [claim for claim in harmed if claim.id not in other and claim.part_of not in other]
    here = [claim for claim in here if not _is_background(claim, here)]
    counted = any(claim.quantity is not None and not _is_of_a_few(claim) for claim in here)
    chosen = here if counted else harmed
    return sorted(chosen, key=lambda claim: (claim.report, claim.evidence.start, claim.evidence.end, claim.id))


def _is_of_a_few(claim: Claim) -> bool:
    """As in "Thirty died there 37 years ago. … Yavuz lost his wife and two sons": somebody's own, and no toll."""
    own = claim.object is not None and claim.object.text.lower().startswith(("his ", "her ", "their "))
    return own or claim.part_of is not None


def _is_background(claim: Claim, others: Sequence[Claim]) -> bool:
    """Whether a figure dated by month or year alone comes after one that is not ("In January 100 had died")."""
    dated = claim.time is not None and _MONTH_OR_YEAR.match(claim.time.text) is not None
    return dated and any(
        other.evidence.start < claim.evidence.start and other.time != claim.time
        for other in others
        if other.report == claim.report and other.quantity is not None and other.predicate == claim.predicate
    )


def _is_told(claim: Claim) -> bool:
    told = claim.polarity == "affirmed" and claim.realis in ("happened", "ongoing") and claim.block != "comment"
    return told and not standings(claim) & {"running_total", "since", "superseded"}


def standings(claim: Claim) -> set[Standing]:
    """What a claim's cues say about the standing of its figure."""
    words = load_casualty_words()
    return {standing for cue in claim.cues if (standing := words.standing(cue.text)) is not None}


def is_unspecified(claim: Claim) -> bool:
    """Whether a claim tells of casualties among civilians without counting any."""
    casualties = claim.object is not None and claim.object.text.lower() == "casualties"
    return claim.quantity is None and casualties and load_groups().status(claim.group) == "civilian"


def figures_for(group: str, claims: Sequence[Claim], sayings: Sayings) -> list[Stated]:
    """The figures of exactly one group, whether they stand alone or as a part; a part of the same group is partial."""
    counted = [claim for claim in claims if claim.group == group and claim.quantity is not None]
    whole = {claim.id for claim in counted if not _is_sum(claim, claims)}
    figures = [_stated(claim, claim.quantity, sayings) for claim in counted if claim.id in whole]
    return [
        msgspec.structs.replace(figure, partial=figure.partial or figure.claim.part_of in whole) for figure in figures
    ]


def _is_sum(claim: Claim, others: Sequence[Claim]) -> bool:
    """Whether a number adds up kinds of people that its group does not all contain ("7 soldiers and 30 nurses")."""
    parts = [other.group for other in others if other.part_of == claim.id and other.quantity is not None]
    combined = claim.quantity is not None and claim.quantity.rule == "combined"
    return combined and any(not load_groups().contains(str(claim.group), str(part)) for part in parts)


def mixed_company(claims: Iterable[Claim]) -> set[Span]:
    """Sentences that count people of whom they call only some civilians."""
    listed = list(claims)
    people = {claim.id for claim in listed if claim.group == "people" and claim.quantity is not None}
    return {claim.evidence for claim in listed if claim.part_of in people and _called_civilian(claim)}


def civilian_figures(claims: Sequence[Claim], sayings: Sayings, mixed: AbstractSet[Span] = frozenset()) -> list[Stated]:
    """The figures for civilians: those said of them, and those of people as far as fighters are not among them.

    In the sentences ``mixed`` people of no stated kind need not be civilians.
    """
    known = {claim.id: claim for claim in claims}
    denied = {claim.id: claim for claim in gainsaid(claims, known, sayings)}
    gone = set(denied)
    claims = [denied.get(claim.id, claim) for claim in claims]
    denied |= {c.id: c for c in claims if _is_firm_share(c, known.get(c.part_of or ""), sayings)}
    parts: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.id not in denied and claim.part_of in known:
            parts.setdefault(str(claim.part_of), []).append(claim)
    wholes = [c for c in claims if (c.id in denied or c.part_of not in known) and c.quantity is not None]
    wholes = [claim for claim in wholes if not _is_mixed(claim, wholes, sayings)]
    of_all = [claim for claim in claims if claim.quantity is None and is_of_all(claim)]
    said = [_civilian(claim, [*parts.get(claim.id, []), *of_all], sayings) for claim in wholes]
    figures = [_doubted(figure, parts.get(figure.claim.id, []), mixed) for figure in said if figure is not None]
    figures = [msgspec.structs.replace(f, sure=0) if f.claim.id in gone else f for f in figures]
    figures = [_gainsaid(figure, claims, figures, sayings) for figure in figures]
    return _with_partials(figures)


def _is_firm_share(claim: Claim, whole: Claim | None, sayings: Sayings) -> bool:
    """As in "Up to 80 died, residents said; the post named 62 of those killed": somebody else's own number."""
    if whole is None or whole.quantity is None or whole.quantity.low is not None or claim.quantity is None:
        return False
    return claim.group == whole.group and is_of_another_voice(claim, whole, sayings)


def _gainsaid(figure: Stated, claims: Sequence[Claim], figures: Sequence[Stated], sayings: Sayings) -> Stated:
    """A figure of people of whom another source counts as many fighters killed: there may be no civilians."""
    status, own = load_groups().status, [c for c in claims if c.predicate == figure.claim.predicate]
    fighters = [claim for claim in own if status(claim.group) == "fighter"]
    alike = [
        claim
        for claim in fighters
        if claim.group == "fighters" and claim.subject is not None and claim.quantity is not None
        if as_printed(claim.quantity)[0] == figure.top and is_of_another_voice(claim, figure.claim, sayings)
    ]
    if conceded(figures, fighters, sayings):
        return msgspec.structs.replace(figure, sure=None)
    disputed = bool(alike) and status(figure.claim.group) == "open" and figure.top
    return msgspec.structs.replace(figure, sure=0) if disputed else figure


def _is_mixed(claim: Claim, others: Sequence[Claim], sayings: Sayings) -> bool:
    """Whether a number of people is the sum of fighters and civilians counted apart, by one voice or by its own."""
    groups = load_groups()
    if groups.status(claim.group) != "open" or claim.quantity is None:
        return False
    counted = [other for other in others if other.quantity is not None and other.quantity.low]
    fighters = [other for other in counted if groups.status(other.group) == "fighter"]
    civilians = [other for other in counted if groups.status(other.group) == "civilian"]
    return any(
        _low(one) + _low(other) == claim.quantity.low and _are_told_together(claim, (one, other), sayings)
        for one in fighters
        for other in civilians
    )


def _are_told_together(total: Claim, parts: tuple[Claim, Claim], sayings: Sayings) -> bool:
    """Whether one voice counts both kinds apart, or the voice of the total, or the outlet, one of them."""
    one, other = (sayings.speaker(part).name for part in parts)
    return one == other or sayings.is_outlet(total) or sayings.speaker(total).name in (one, other)


def _low(claim: Claim) -> int:
    return (claim.quantity.low or 0) if claim.quantity is not None else 0


def _civilian(claim: Claim, parts: Sequence[Claim], sayings: Sayings) -> Stated | None:
    """What a claim says of civilians: its own figure, or that of the part of it they are."""
    groups = load_groups()
    status = groups.status(claim.group)
    if status == "fighter" or claim.quantity is None:
        return None
    civilians = [part for part in parts if _called_civilian(part)]
    fighters = [part for part in parts if groups.status(part.group) == "fighter" and part.quantity is not None]
    fighters = [part for part in fighters if not is_of_another_voice(part, claim, sayings)]
    if status == "open" and civilians:
        return _if_known(_stated(civilians[0], civilians[0].quantity, sayings))
    figure = surely(_stated(claim, claim.quantity, sayings), parts, sayings)
    shares = [p.quantity.low for p in parts if p.quantity and p.quantity.low and p.group != claim.group]
    if figure.low is None and figure.rule == "up_to" and shares:
        figure = msgspec.structs.replace(figure, low=max(shares))  # "up to 80 died, at least 45 of them children"
    for part in fighters if claim.group == "people" else ():
        figure = _less(figure, part.quantity)
    return _if_known(figure) if status == "open" else figure


def _if_known(figure: Stated) -> Stated:
    """People who may not have been civilians are so many civilians at most."""
    doubtful = "unknown_status" in standings(figure.claim)
    return msgspec.structs.replace(figure, low=None, high=figure.top) if doubtful else figure


def _called_civilian(part: Claim) -> bool:
    """Whether the part's own words set civilians apart ("one of them a civilian"), and not only name a trade or kin."""
    if part.object is None:
        return False
    after = part.evidence.text[part.object.end - part.evidence.start :][:_CALLED_CHARS]
    said = "civilian" in part.object.text.lower() or _CALLED.search(after) is not None
    return said and part.group == "civilians" and part.quantity is not None


_CALLED_CHARS = 70
# "Three of the seven killed were civilians": what a part is called may stand behind the whole.
_CALLED = re.compile(r"^[^,;.]*\b(?:was|were|been|be)\s+(?:all\s+)?(?:a\s+)?civilians?\b", re.IGNORECASE)


def _doubted(figure: Stated, parts: Sequence[Claim], mixed: AbstractSet[Span]) -> Stated:
    if figure.claim.group != "people" or figure.claim.evidence not in mixed:
        return figure
    sure = [
        p.quantity.low or 0 for p in parts if p.quantity is not None and load_groups().status(p.group) == "civilian"
    ]
    return msgspec.structs.replace(figure, low=sum(sure) or None, high=figure.top)


def _less(figure: Stated, fighters: Quantity | None) -> Stated:
    if fighters is None or fighters.low is None:
        return figure
    low = None if figure.low is None else max(figure.low - fighters.low, 0)
    high = None if figure.high is None else max(figure.high - fighters.low, 0)
    return msgspec.structs.replace(figure, low=low, high=high)


def _stated(claim: Claim, quantity: Quantity | None, sayings: Sayings) -> Stated:
    if quantity is None:
        raise ValueError("a figure needs a quantity")
    low, high = as_printed(quantity)
    words, known = _number_words(claim), load_count_words()
    return Stated(
        claim=claim,
        voice=sayings.speaker(claim).name,
        low=low,
        high=high,
        rule=quantity.rule,
        partial=quantity.rule in INDIVIDUALS or known.leans(words) or is_of_a_part(claim, quantity),
        report=sayings.report_name(claim.report),
        early=is_first_count(claim, quantity),
        added=known.adds(words),
    )


def is_of_a_part(claim: Claim, quantity: Quantity) -> bool:
    """As in "In Osk alone 24 died", "residents of Osk alone counted 24"."""
    before = claim.evidence.text[: max(0, quantity.span.start - claim.evidence.start)]
    return of_one_place_alone(before[-_ALONE_WORDS:]) is not None


_FIRST_WORDS = 30
_ALONE_WORDS = 60


def is_first_count(claim: Claim, quantity: Quantity) -> bool:
    """Whether words before a number in its clause call it a first count ("first gave 82", "initially two")."""
    at = quantity.span.start - claim.evidence.start
    before = _HALVES.split(_ASIDE.sub(r" \1 ", claim.evidence.text[: max(0, at)]))[-1]
    said = _FIRST_SAID.search(before)
    since = before[said.end() :] if said else "0"
    return says(before[-_FIRST_WORDS:], "first_count") or _ANOTHER_COUNT.search(since) is None


_ASIDE = re.compile(r", (earlier|initially|at first|originally), ")
_HALVES = re.compile(r"[,;.:]")
_ANOTHER_COUNT = re.compile(r"\d|\b(?:later|then|afterwards)\b", re.IGNORECASE)
# "It was first reported that a raid on the mill had killed ten": what was said at first may stand far from its number.
_FIRST_SAID = re.compile(
    r"\b(?:at first|first|initially|originally|earlier,?|early on,?)\s+(?:reported|said|put|gave|given|counted|"
    r"believed|announced|spoken?|told|wrote|written|tweeted|quoted)\b|"
    r"\b(?:first|earliest|initial) (?:reports?|accounts?|word)\b",
    re.IGNORECASE,
)


def _number_words(claim: Claim) -> str:
    number = claim.quantity.span.text if claim.quantity else ""
    return f"{claim.object.text if claim.object else ''} {number}"


def as_printed(quantity: Quantity) -> tuple[int | None, int | None]:
    """The bounds in the numbers that are printed: "more than 40" prints 40, "about 45" prints 45."""
    low, high = quantity.low, quantity.high
    if quantity.rule == "more_than" and low is not None:
        return low - 1, None
    if quantity.rule == "fewer_than" and high is not None:
        return None, high + 1
    if quantity.rule == "about" and low is not None and high is not None:
        return (low + high) // 2, (low + high) // 2
    if quantity.rule == "nearly":
        return high, high
    return low, high


def _with_partials(figures: Sequence[Stated]) -> list[Stated]:
    """Mark as partial the figures of narrower groups beside a figure of a wider one."""
    groups = load_groups()
    wide = [f for f in figures if not f.partial and (f.top or 0) > 0]
    tellers = {f.voice for f in figures if not f.partial and not _is_slice(f)}
    starts = [(f.claim.report, _printed_at(f)) for f in figures]
    marked = []
    for figure in figures:
        told = (figure.claim.report, _printed_at(figure))
        alone = figure.rule not in INDIVIDUALS and not any(r == told[0] and at < told[1] for r, at in starts)
        group = str(figure.claim.group)
        held = [str(f.claim.group) for f in wide if (f.top or 0) >= (figure.low or 0)]
        narrower = _is_slice(figure) and any(groups.contains(w, group) and w != group for w in held)
        narrower = narrower and not (alone and figure.voice not in tellers)
        elsewhere = _is_told_of_another_place(figure, figures)
        partial = (figure.partial and not alone) or narrower or elsewhere or _is_one_more(figure, figures)
        partial = partial or _is_share_of_own(figure, figures) or _is_summed_up(figure, figures)
        marked.append(msgspec.structs.replace(figure, partial=partial, added=figure.added or elsewhere))
    return marked


def _is_share_of_own(figure: Stated, others: Sequence[Stated]) -> bool:
    """As in "Ten died. … Four were shot in the yard": fewer than a report counted before in its own voice."""
    return not figure.claim.voices and any(
        other.claim.report == figure.claim.report
        and other.claim.evidence != figure.claim.evidence  # "43 by the clinic's count and 39 by the mayor's"
        and not other.claim.voices
        and _printed_at(other) < _printed_at(figure)
        and not other.vague
        and (other.low or 0) > (figure.top or 0) > 0
        for other in others
    )


def _is_summed_up(figure: Stated, others: Sequence[Stated]) -> bool:
    """As in "52 were buried and ten more this morning, which makes 62": what its own sentence goes on to add up."""
    return any(
        other.claim.evidence == figure.claim.evidence
        and _printed_at(other) > _printed_at(figure)
        and (other.low or 0) > (figure.top or 0)
        and _SUMMING.search(figure.claim.evidence.text[: _printed_at(other) - figure.claim.evidence.start]) is not None
        for other in others
    )


def _is_slice(figure: Stated) -> bool:
    """Whether a figure is of a kind of people that a wider group holds; one that names nobody is of none."""
    known = load_groups().groups.get(str(figure.claim.group))
    return known is not None and known.slice


def _is_told_of_another_place(figure: Stated, others: Sequence[Stated]) -> bool:
    """As in "Three died in Osk and two in Duvar", "and two others nearby": a further number, in the same breath."""
    place, said = figure.claim.place, figure.claim.object
    besides = (said is not None and said.text.endswith(" others")) or _is_at_another_site(figure.claim)
    before = [
        other
        for other in others
        if other.claim.evidence == figure.claim.evidence and other.voice == figure.voice
        if _printed_at(other) < _printed_at(figure)
    ]
    moved = (other.claim.place for other in before if other.claim.place is not None)
    return bool(before) and (besides or (place is not None and any(other.text != place.text for other in moved)))


def _is_at_another_site(claim: Claim) -> bool:
    """As in "Killed five in a mosque and two in a school"."""
    if claim.quantity is None:
        return False
    at, text = claim.quantity.span.start - claim.evidence.start, claim.evidence.text
    behind = text[claim.quantity.span.end - claim.evidence.start :]
    return text[:at].endswith(" and ") and _ANOTHER_SITE.match(behind) is not None


def _printed_at(figure: Stated) -> int:
    return figure.claim.quantity.span.start if figure.claim.quantity is not None else figure.claim.evidence.start


def _is_one_more(figure: Stated, others: Sequence[Stated]) -> bool:
    """As in "The ministry raised the toll to four after a miller died": one person told of beside the toll of all."""
    one, beside = figure.claim, (other for other in others if (other.top or 0) > 1 and not other.added)
    return figure.top == 1 and any(
        other.claim.evidence == one.evidence and other.voice == figure.voice and other.claim.realis == one.realis
        for other in beside
    )
