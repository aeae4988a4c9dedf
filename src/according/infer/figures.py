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

from according.infer.partials import with_partials
from according.infer.recasts import conceded, gainsaid, is_of_all, is_of_another_voice, surely
from according.infer.stated import Stated, as_printed, stated, still_stands
from according.infer.voices import Sayings
from according.records import Claim, Effect, Quantity, Span
from according.vocabulary.casualties import Standing, load_casualty_words
from according.vocabulary.groups import load_groups

EFFECTS: Mapping[str, Effect] = {"kill": "killed", "injure": "injured", "missing": "missing", "displace": "displaced"}
_MONTH_OR_YEAR = re.compile(
    r"(?:in|last|back in) (?:(?:early|mid|late)[- ])?(?:[A-Z][a-z]+|year|month)?(?: ?\d{4})?$", re.IGNORECASE
)


def tolls(claims: Iterable[Claim], effect: Effect) -> list[Claim]:
    """The claims that give a figure or a kind of people for one effect, in text order."""
    befell = [claim for claim in claims if EFFECTS.get(claim.predicate) == effect]
    given_up = {c.id for c in befell if "superseded" in standings(c) and not _is_left_standing(c, befell)}
    harmed = [c for c in befell if _is_told(c) and c.id not in given_up and c.part_of not in given_up]
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
    return told and not standings(claim) & {"running_total", "since"}


def _is_left_standing(claim: Claim, others: Sequence[Claim]) -> bool:
    """As in "As many as 15 died; the agency had earlier given ten": an earlier count by a voice of its own."""
    since = [
        other.quantity
        for other in others
        if other.quantity is not None and other.part_of is None and "superseded" not in standings(other)
        if other.report == claim.report and other.evidence.start <= claim.evidence.start and other.id != claim.id
        if claim.quantity is not None and other.quantity.span.start < claim.quantity.span.start
    ]
    own = claim.quantity
    known = load_casualty_words()
    replaced = (cue for cue in claim.cues if known.standing(cue.text) == "superseded")
    if own is None or not claim.voices or any(cue.start > own.span.start for cue in replaced):
        return False  # "listed 17 … its count stood at 24": whoever gave it has replaced it since
    return still_stands(own, since)


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
    figures = [stated(claim, claim.quantity, sayings) for claim in counted if claim.id in whole]
    marked = [
        msgspec.structs.replace(figure, partial=figure.partial or figure.claim.part_of in whole) for figure in figures
    ]
    return with_partials(marked) if group == "people" else marked


def _is_sum(claim: Claim, others: Sequence[Claim]) -> bool:
    """Whether a number adds up kinds of people that its group does not all contain ("7 soldiers and 30 nurses")."""
    parts = [other.group for other in others if other.part_of == claim.id and other.quantity is not None]
    combined = claim.quantity is not None and claim.quantity.rule == "combined"
    return combined and any(not load_groups().contains(str(claim.group), str(part)) for part in parts)


def mixed_company(claims: Iterable[Claim]) -> set[Span]:
    """Sentences that count people of whom they call only some civilians."""
    listed = list(claims)
    sums = _mixed_sums(listed)
    people = {c.id for c in listed if c.group == "people" and c.quantity is not None and c.id not in sums}
    return {claim.evidence for claim in listed if claim.part_of in people and _called_civilian(claim)}


def _mixed_sums(claims: Sequence[Claim]) -> set[str]:
    """Sums of fighters and others told of in one breath ("Nine soldiers and a farmer")."""
    fighters = {claim.part_of for claim in claims if load_groups().status(claim.group) == "fighter"}
    sums = (claim for claim in claims if claim.quantity is not None and claim.quantity.rule == "sum")
    return {claim.id for claim in sums if claim.group == "people" and claim.id in fighters}


def civilian_figures(claims: Sequence[Claim], sayings: Sayings, mixed: AbstractSet[Span] = frozenset()) -> list[Stated]:
    """The figures for civilians: those said of them, and those of people as far as fighters are not among them.

    In the sentences ``mixed`` people of no stated kind need not be civilians.
    """
    sums = _mixed_sums(claims)  # the kinds that such a sum adds up are told apart already
    claims = [
        msgspec.structs.replace(claim, part_of=None) if claim.part_of in sums else claim
        for claim in claims
        if claim.id not in sums
    ]
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
    told = {(c.report, c.group, c.quantity.low) for of in parts.values() for c in of if c.quantity is not None}
    wider = max((_low(claim) for claim in wholes), default=0)
    wholes = [c for c in wholes if c.voices or _low(c) in (1, wider) or (c.report, c.group, _low(c)) not in told]
    of_all = [claim for claim in claims if claim.quantity is None and is_of_all(claim)]
    said = [_civilian(claim, [*parts.get(claim.id, []), *of_all], sayings) for claim in wholes]
    figures = [_doubted(figure, parts.get(figure.claim.id, []), mixed) for figure in said if figure is not None]
    figures = [msgspec.structs.replace(f, sure=0) if f.claim.id in gone else f for f in figures]
    figures = [_gainsaid(figure, claims, figures, sayings) for figure in figures]
    return with_partials(figures)


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
        return _if_known(stated(civilians[0], civilians[0].quantity, sayings))
    figure = surely(stated(claim, claim.quantity, sayings), parts, sayings)
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
