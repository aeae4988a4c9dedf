"""The likeliest scene of the event that a report opens with: the places it names there, weighed.

Every name of the opening that may be a place is a mention, known or not. Its traits (``named_traits``) are weighed by
``vocabulary/scene_weights.yaml``; of several mentions of one place the likeliest stands for it, and each further one
counts a little.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from according.records import COARSE, Claim, Span
from according.resolve.ground import Ground
from according.resolve.localities import plays_no_part
from according.resolve.naming_traits import named_traits
from according.resolve.place_phrases import NAMED_BEHIND, NEW_CLAUSE, TOLD_APART
from according.resolve.scenes import is_finer, is_open
from according.vocabulary.gazetteer.words import load_place_words
from according.vocabulary.scenes import load_scene_weights

if TYPE_CHECKING:
    from according.resolve.whereabouts import Mentions

    Read = Callable[[Span, Span], Ground | None]
    Key = tuple[str | None, str | None]

OPENING_PASSAGES = 5
_MOST_COUNTED = 4
_OF_OTHERS = frozenset(["apart", "no part"])
_PEOPLES = ("ists", "ians")


class Mention(msgspec.Struct, frozen=True):
    """A place named in the opening: the ground it gives and what is said around it."""

    ground: Ground
    span: Span
    traits: frozenset[str]


class LikelyScenes:
    """The places that a report's opening names, the likeliest first."""

    def __init__(self, mentions: Mentions, claims: Sequence[Claim], read: Read) -> None:
        self._mentions = mentions
        self._read = read
        self._told: dict[int, list[int]] = defaultdict(list)
        happened = [one for one in claims if one.realis == "happened" and one.block != "comment"]
        for claim in happened:
            at = claim.cues[0].start if claim.cues else claim.evidence.start
            self._told[mentions.index(claim.evidence.start)].append(at)
        self._claimed = [one.place for one in happened if one.place]
        self.mentions = [one for number in range(OPENING_PASSAGES) for one in self._in_passage(number)]
        self.scores = self._scored()

    def score(self, ground: Ground) -> float | None:
        """How likely the place of a ground is the scene; ``None`` when the opening does not name it."""
        found = self.scores.get(_key(ground))
        return found[0] if found else None

    def ranked(self) -> list[tuple[float, Ground]]:
        """The places with their scores, the likeliest first."""
        return sorted(self.scores.values(), key=lambda one: -one[0])

    def instead_of(self, ground: Ground | None, *, own: bool) -> Ground | None:
        """The likeliest scene within an open ground, or the one that leads over a fine one by far.

        ``own`` says that the ground is what a claim's own words of place give.
        """
        weights = load_scene_weights()
        if is_open(ground):
            least = weights.over_dateline if ground and ground.basis == "dateline" else weights.least
            inside = (one for score, one in self.ranked() if score >= least and is_finer(one, ground))
            return next(inside, None)
        best = next(iter(self.ranked()), None)
        if best is None or ground is None or _key(best[1]) == _key(ground):
            return None
        lead = weights.lead_over_own if own else weights.lead
        return best[1] if best[0] - (self.score(ground) or 0.0) >= lead else None

    def _scored(self) -> dict[Key, tuple[float, Ground]]:
        weights = load_scene_weights()
        often = Counter(_key(one.ground) for one in self.mentions)
        found: dict[Key, tuple[float, Ground]] = {}
        for one in (mention for mention in self.mentions if mention.traits.isdisjoint(_OF_OTHERS)):
            key = _key(one.ground)
            score = sum(weights.traits.get(trait, 0.0) for trait in one.traits)
            score += weights.each_further_mention * (min(often[key], _MOST_COUNTED) - 1)
            if key not in found or score > found[key][0]:
                found[key] = (score, one.ground)
        return found

    def _in_passage(self, number: int) -> Iterator[Mention]:
        passage = self._mentions.numbered(number)
        if passage is None:
            return
        known = [one.span for one in self._mentions.within(passage) if one.place.precision not in COARSE]
        for span in sorted([*known, *self._unknown(passage)], key=lambda one: one.start):
            ground = self._read(span, passage)
            if ground and (ground.name or (span in known and ground.precision not in COARSE)):
                traits = {"known" if span in known else "unknown", *self._traits(span, passage, number)}
                yield Mention(ground, span, frozenset(traits))

    def _unknown(self, passage: Span) -> list[Span]:
        """The names that no gazetteer has: behind a word of place, or read as some claim's place."""
        text = self._mentions.text
        claimed = [one for one in self._claimed if passage.start <= one.start < passage.end]
        behind = (Span.cut(text, *m.span("where")) for m in NAMED_BEHIND.finditer(text, passage.start, passage.end))
        found: list[Span] = []
        both = (*claimed, *filter(_may_be_place, behind))
        for span in sorted(both, key=lambda one: one.start - one.end):
            if not self._mentions.within(span) and not any(_overlap(one, span) for one in found):
                found.append(span)
        return found

    def _traits(self, span: Span, passage: Span, number: int) -> Iterator[str]:
        text = self._mentions.text
        yield f"sentence {number}"
        yield from named_traits(text[max(passage.start, span.start - 60) : span.start], text[span.end : span.end + 40])
        if any(_overlap(one, span) for one in self._claimed):
            yield "claimed"
        if number and TOLD_APART.search(text, passage.start, span.start):
            yield "apart"
        filed = text[passage.start : span.start].strip() == "("  # "(Osk) Ten people were killed"
        if filed or plays_no_part(text, span):
            yield "no part"
        if told := self._told.get(number):
            yield "told"
            if not all(NEW_CLAUSE.search(text, min(at, span.start), max(at, span.start)) for at in told):
                yield "clause"
        here = self._mentions.passage(span.start)
        if here is not None and here.block == "headline":
            yield "headline"


def _key(ground: Ground) -> Key:
    """What makes two grounds the same place."""
    return (None, ground.name.casefold()) if ground.name else (ground.toponym.place.id, None)


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _may_be_place(span: Span) -> bool:
    """Whether an unknown name can be a place's: no title, feast, operation or people."""
    words = load_place_words()
    said = span.text.lower().split()
    if said[-1] in words.never_alone or said[-1] in words.feasts or said[-1].endswith(_PEOPLES):
        return False
    return not (said[0] in words.titles or said[0] in words.operations or said[0] in words.person_names)
