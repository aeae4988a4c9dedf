"""Named rules that make one toll of several figures. Each takes the figures as stated and gives numbers as printed.

- ``acled``: the most conservative figure; words without a number take the codebook's (several 3, dozens 12).
- ``ucdp``: lowest, best and highest; best is what most voices give at last, the lower one among equals.
- ``two_sources``: the range over all voices, once two independent voices give figures; otherwise nothing.
- ``airwars``: the range over all sources. "Up to N" reaches down to none unless a source gives a firm lower number; a
  denial of any harm counts only where nobody counts any, or where the same dead are fighters to one and civilians to
  another. What a voice adds to its own figure ("another two died later") is added to the highest number.

A person told of alone, a narrower group ("three children"), an addition ("two more") and a first count ("initially
two") make no toll while others do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from according.infer.outlet_voices import told_for
from according.infer.stated import Stated, still_stands
from according.records import Effect
from according.vocabulary.quantities import load_count_words

Range = list[int | None]
UNSPECIFIED: Mapping[Effect, Range] = {"killed": [0, 1], "injured": [1, 1]}
"""What ``airwars`` makes of civilian casualties that nobody counts: somebody hurt, and perhaps somebody killed."""


def weighed(figures: Sequence[Stated]) -> list[Stated]:
    """The figures that can stand for the whole toll; partial, first and vague ones yield to those that say more."""
    whole = [f for f in figures if not f.partial and f.rule != "combined"]
    whole = whole or [f for f in figures if not f.partial] or list(figures)
    settled = [f for f in whole if not f.early]
    whole = [f for f in whole if f in settled or _still_stands(f, settled)] if settled else whole
    numbers = [f for f in whole if not f.vague and f.top]
    return [f for f in whole if not (f.vague and any((n.top or 0) >= (f.low or 0) for n in numbers))]


def _still_stands(early: Stated, settled: Sequence[Stated]) -> bool:
    """Whether a first count by a voice of its own is left standing by the figures told before it."""
    own, before = early.claim.quantity, [f for f in settled if f.report == early.report and _stands_after(early, f)]
    since = [f.claim.quantity for f in before if f.claim.quantity is not None]
    return own is not None and bool(early.claim.voices) and still_stands(own, since)


def acled(figures: Sequence[Stated]) -> int | None:
    """The most conservative figure."""
    lows = [low for f in _positive(figures) if (low := _acled_figure(f)) is not None]
    return min(lows) if lows else None


def _acled_figure(figure: Stated) -> int | None:
    coded = load_count_words().acled_figure(figure.rule)
    if coded is not None:
        return coded
    return figure.low if figure.low is not None else figure.high


def ucdp(figures: Sequence[Stated]) -> Range:
    """Lowest, best and highest."""
    chosen = _positive(figures)
    lows = [f.low for f in chosen if f.low is not None]
    tops = [f.top for f in chosen if f.top is not None]
    return [min(lows, default=None), best(chosen), max(tops, default=None)]


def best(figures: Sequence[Stated]) -> int | None:
    """What most voices give; the lower one among equals. What a headline sums up is no voice beside the body's."""
    body = [f for f in figures if f.claim.block != "headline"] or list(figures)
    votes = Counter(number for _, number in {(told_for(f.voice), _single(f)) for f in body} if number is not None)
    return min(votes, key=lambda number: (-votes[number], number)) if votes else None


def _single(figure: Stated) -> int | None:
    return figure.low if figure.low is not None else figure.high


def two_sources(figures: Sequence[Stated]) -> Range | None:
    """The range over all voices, once there are two of them."""
    chosen = _positive(figures)
    if len({told_for(f.voice) for f in chosen}) < 2:
        return None
    numbers = [n for f in chosen for n in (f.low, f.top) if n is not None]
    return [min(numbers), max(numbers)] if numbers else None


def airwars(figures: Sequence[Stated], fighters: Sequence[Stated] = ()) -> Range | None:
    """The range of civilians over all sources."""
    positive = _without_shares(weighed([f for f in figures if f.top]), figures)
    denials = [f for f in figures if f.top == 0]
    if not positive:
        return [0, 0] if denials else None
    lows = _undisputed(positive, figures)
    firm = [f.low for f in positive if f.low is not None and f.rule not in ("about", "nearly")]
    promised = [f.high for f in positive if f.low is None and f.high is not None]
    reaches_none = bool(promised) and not any(low < max(promised) for low in firm)
    denied = bool(denials) and _same_people(positive, fighters)
    low = 0 if reaches_none or denied else min(lows, default=0)
    highest = max((f.top or 0) for f in positive)
    return [low, max((f.top or 0) + _added_to(f, figures, own=f.top != highest) for f in positive)]


def _undisputed(figures: Sequence[Stated], told: Sequence[Stated]) -> list[int]:
    """The lowest numbers; of people who are fighters to somebody only as many as he leaves, where all may be.

    What the same voice adds to its own figure ("and an eighth died later") is added to it.
    """
    sure = {f.top: f.sure for f in figures if f.sure is not None}
    if all(f.top in sure for f in figures):
        return [low for f in figures if (low := sure.get(f.top)) is not None]
    return [f.low + _added_to(f, told, own=True) for f in figures if f.low is not None]


def _without_shares(whole: Sequence[Stated], figures: Sequence[Stated]) -> list[Stated]:
    """As in "21 died: a missile killed 16; another five died later": what comes to a figure told is a share of it."""
    totals = {bound for f in whole for bound in (f.low, f.top) if bound}
    rest = [f for f in whole if not (added := _added_to(f, figures)) or (f.top or 0) + added not in totals]
    return [f for f in rest if not _is_one_of_several(f, rest)]


def _is_one_of_several(figure: Stated, figures: Sequence[Stated]) -> bool:
    """As in "47 died: 41 in Osk and six in Duvar": what adds up to a number told elsewhere, in one breath."""
    beside = [f for f in figures if f.claim.evidence == figure.claim.evidence]
    places = {f.claim.place.text for f in beside if f.claim.place is not None}
    apart = len(places) > 1 or len({f.voice for f in beside}) == 1
    total = sum(f.top or 0 for f in beside)
    return len(beside) > 1 and apart and any(f.top == total for f in figures if f not in beside)


def _added_to(whole: Stated, figures: Sequence[Stated], *, own: bool = False) -> int:
    """As in "The clinic counted nine dead; another two died later": what its own voice adds to the figure before.

    ``own`` is for what nobody else adds, and not for another place.
    """
    if whole.added or whole.claim.quantity is None:
        return 0
    after = [f for f in figures if f.report == whole.report and _stands_after(f, whole)]
    counting = {f.voice for f in figures if not f.partial}
    added = [f for f in after if f.added and f.partial and _goes_with(f, whole, counting)]
    between = [f for f in after if not f.partial]
    if own:
        added = [f for f in added if f.voice == whole.voice and not _lies_elsewhere(f, whole)]
    nearer = [f for f in added if any(_stands_after(f, o) and _goes_with(f, o, counting) for o in between)]
    return sum(f.low or 0 for f in added if f not in nearer)


def _lies_elsewhere(one: Stated, other: Stated) -> bool:
    places = one.claim.place, other.claim.place
    return places[0] is not None and places[1] is not None and places[0].text != places[1].text


def _goes_with(added: Stated, whole: Stated, counting: AbstractSet[str]) -> bool:
    """What the outlet adds, or somebody who counts nothing else, goes with the figure before it, whoever gave that."""
    return added.voice == whole.voice or not added.claim.voices or added.voice not in counting


def _stands_after(one: Stated, other: Stated) -> bool:
    first, second = other.claim.quantity, one.claim.quantity
    return first is not None and second is not None and first.span.start < second.span.start


def _same_people(civilians: Sequence[Stated], fighters: Sequence[Stated]) -> bool:
    """Whether one source's fighters are another's civilians: as many, and never told of together."""
    counted = {f.top for f in fighters if f.top}
    return all(f.top in counted for f in civilians)


def _positive(figures: Sequence[Stated]) -> list[Stated]:
    """What can stand for the toll where anybody counts any; otherwise the denials."""
    return weighed([f for f in figures if f.top]) or [f for f in figures if f.top == 0]
