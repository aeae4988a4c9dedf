"""Which words fill a role: the encoder's marks weighed together with what the rules read and where the words stand.

A candidate is one wording in one role of one report. How likely it is right is a logistic function of its features,
with weights by role fitted on gold (``tools/train/fit.py``); an entity is the wordings that name one thing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from importlib import resources
from math import exp, log, log1p

import msgspec

from according.export.muc4_form import normalise
from according.export.muc4_numbers import is_many
from according.extract.encoder import ROLES, TYPES, Mark, Marks
from according.vocabulary.muc4 import load_muc4

FEATURES = (
    "best mark", "mean mark", "marks", "weakest piece", "just beside", "best mark in another role",
    "best mark joined", "report tells", "type told", "first place",
    "share of occurrences marked", "words", "digit", "several", "title first",
    "rules agree", "rules overlap", "rules elsewhere", "best other wording", "constant",
)  # fmt: skip
SMALL_WORDS = frozenset(["of", "de", "la", "los", "for", "and", "y", "del", "the", "in"])
LOOSE_ENDS = frozenset(
    [
        "of",
        "and",
        "or",
        "the",
        "a",
        "an",
        "in",
        "with",
        "by",
        "for",
        "at",
        "to",
        "who",
        "that",
        "from",
        "on",
        "was",
        "were",
        "is",
        "are",
        "some",
        "other",
    ]
)
"""Words that no wording begins or ends with: marks that do are cut."""
WORD = re.compile(r"\w[\w'-]*")
IN_BRACKETS = re.compile(r"""["']?\s*[(\[]\s*["']?(\w[\w-]{1,11})["']?\s*[)\];,]""")
JOINED = re.compile(
    r"""[\s,"'-]*(?:and|or|as well as|along with)?\s*"""
    r"""(?:(?:the|an?|his|her|their|another|\d+|two|three|four|five|six|seven|eight|nine|ten)\b\s*)?"""
)
NEAR = 30
"""So many characters at most stand between two wordings that a list joins."""
BESIDE = re.compile(r"""[\s,"'-]*(?:the|an?)?\s*""")
VICTIMS = frozenset({"Victim", "VictimDescription"})


class Candidate(msgspec.Struct, frozen=True):
    """One wording in one role: its normalised words, its marks, and its features in the order of FEATURES.

    ``aliases`` are wordings that stand for the same thing: initials in brackets after it, a name beside its title.
    """

    role: str
    wording: str
    marks: tuple[Mark, ...]
    features: tuple[float, ...]
    aliases: frozenset[str] = frozenset()

    def type_chance(self, index: int) -> float:
        """How likely what it names belongs to an incident type."""
        return sum(mark.types[index] for mark in self.marks) / len(self.marks)


class Entity(msgspec.Struct, frozen=True):
    """Wordings of one thing in one role, the likeliest first, and how likely each is right."""

    role: str
    candidates: tuple[Candidate, ...]
    chances: tuple[float, ...]

    @property
    def wording(self) -> str:
        """The likeliest wording."""
        return self.candidates[0].wording

    def type_chance(self, index: int) -> float:
        """How likely it belongs to an incident type."""
        return max(one.type_chance(index) for one in self.candidates)


class Apart(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When two things are of different incidents: a weight a feature by pair of roles, and the least chance by role."""

    weights: dict[str, tuple[float, ...]]
    least: dict[str, float]


class Weights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was fitted: a weight a feature by role, the least chance by role, and the least chance of a type."""

    weights: dict[str, tuple[float, ...]]
    least: dict[str, float]
    least_report: float
    least_type: float
    apart: Apart
    confidence: dict[str, tuple[float, ...]]


@cache
def load_weights() -> Weights:
    """The weights that ship with the package."""
    raw = resources.files("according.export").joinpath("muc4_weights.yaml").read_bytes()
    return msgspec.yaml.decode(raw, type=Weights)


def candidates_of(text: str, marks: Marks, rules: Mapping[str, Iterable[str]]) -> list[Candidate]:
    """Every wording that was marked, by role; ``rules`` are the normalised wordings that rules read, by role."""
    by_wording = _by_wording(text, marks)
    aliases = _aliases(text, by_wording)
    best: dict[str, dict[str, float]] = defaultdict(dict)
    for (role, wording), own in by_wording.items():
        best[wording][role] = max(mark.score for mark in own)
    plain = normalise(text)
    joined = _joined(text, by_wording)
    read = {role: frozenset(rules.get(role, ())) for role in ROLES}
    found = []
    for (role, wording), own in by_wording.items():
        others = max((score for other, score in best[wording].items() if other != role), default=0.0)
        together = logit(joined.get((role, wording), 0.0))
        told = (
            *_of_marks(own, others),
            together,
            *_of_report(own, marks, len(text)),
            *_of_words(wording, len(own), plain),
        )
        features = (*told, float(wording.split()[0] in load_muc4().titles), *_of_rules(role, wording, read))
        found.append(Candidate(role, wording, tuple(own), features, frozenset(aliases[wording])))
    return [_beside_others(one, found) for one in found]


def _by_wording(text: str, marks: Marks) -> dict[tuple[str, str], list[Mark]]:
    """Marks without loose ends by role and normalised wording; of two that are then alike, the likelier."""
    places: dict[tuple[str, int, int], Mark] = {}
    for mark in sorted(marks.mentions, key=lambda one: one.score):
        start, end = _without_loose_ends(text, mark)
        places[mark.role, start, end] = msgspec.structs.replace(mark, start=start, end=end)
    found: dict[tuple[str, str], list[Mark]] = defaultdict(list)
    for mark in sorted(places.values(), key=lambda one: (one.start, one.end)):
        wording = normalise(text[mark.start : mark.end])
        if wording:
            found[mark.role, wording].append(mark)
    return found


def _without_loose_ends(text: str, mark: Mark) -> tuple[int, int]:
    words = [
        (mark.start + word.start(), mark.start + word.end()) for word in WORD.finditer(text[mark.start : mark.end])
    ]
    while words and text[slice(*words[0])].lower() in LOOSE_ENDS:
        words.pop(0)
    while words and text[slice(*words[-1])].lower() in LOOSE_ENDS:
        words.pop()
    return (words[0][0], words[-1][1]) if words else (mark.start, mark.start)


def _aliases(text: str, by_wording: Mapping[tuple[str, str], Sequence[Mark]]) -> dict[str, set[str]]:
    """What stands for the same as a wording, as the text shows it."""
    aliases: dict[str, set[str]] = defaultdict(set)
    named = [(mark, wording) for (role, wording), own in by_wording.items() if role == "Victim" for mark in own]
    for (role, wording), own in by_wording.items():
        for mark in own:
            if short := IN_BRACKETS.match(text, mark.end):
                aliases[wording].add(normalise(short[1]))
            if role == "VictimDescription":
                aliases[wording] |= {name for other, name in named if _are_beside(text, mark, other)}
    return aliases


def _joined(text: str, by_wording: Mapping[tuple[str, str], Sequence[Mark]]) -> dict[tuple[str, str], float]:
    """By role and wording, how likely the likeliest is that a list joins it to: "the mayor and his driver"."""
    found: dict[tuple[str, str], float] = {}
    told = sorted((mark.start, mark.end, key, mark.score) for key, own in by_wording.items() for mark in own)
    starts = [start for start, *_ in told]
    for _, end, key, score in told:
        for later, _, other, other_score in told[bisect_left(starts, end) : bisect_left(starts, end + NEAR)]:
            if _side(key[0]) == _side(other[0]) and JOINED.fullmatch(text, end, later):
                found[key] = max(found.get(key, 0.0), other_score)
                found[other] = max(found.get(other, 0.0), score)
    return found


def _side(role: str) -> str:
    return "Victim" if role in VICTIMS else role


def _are_beside(text: str, one: Mark, other: Mark) -> bool:
    """Whether nothing but a comma or an article stands between two marks, in either order."""
    first, second = sorted((one, other), key=lambda mark: mark.start)
    return first.end <= second.start and BESIDE.fullmatch(text, first.end, second.start) is not None


def _beside_others(candidate: Candidate, candidates: Sequence[Candidate]) -> Candidate:
    """With the last features: how likely the likeliest other wording of the same thing is."""
    best = max(
        (
            one.features[0]
            for one in candidates
            if one.role == candidate.role and one is not candidate and is_one(one, candidate)
        ),
        default=logit(0),
    )
    return msgspec.structs.replace(candidate, features=(*candidate.features, best, 1.0))


def logit(chance: float) -> float:
    """The logarithm of a chance's odds, held between those of 1 and of 99 in 100."""
    held = min(max(chance, 0.01), 0.99)
    return log(held / (1 - held))


def _of_marks(own: Sequence[Mark], others: float) -> tuple[float, ...]:
    best = max(own, key=lambda mark: mark.score)
    mean = sum(mark.score for mark in own) / len(own)
    around = logit(best.weakest), logit(best.beside)
    return (logit(best.score), logit(mean), log1p(len(own)), *around, logit(others))


def _of_report(own: Sequence[Mark], marks: Marks, length: int) -> tuple[float, ...]:
    told = max(max(mark.types) for mark in own)
    return logit(max(marks.reported)), logit(told), own[0].start / length


def _of_words(wording: str, marked: int, plain: str) -> tuple[float, ...]:
    occurrences = max(marked, len(re.findall(rf"\b{re.escape(wording)}\b", plain)))
    has_digit = any(letter.isdigit() for letter in wording)
    return marked / occurrences, log1p(len(wording.split())), float(has_digit), float(is_many(wording))


def _of_rules(role: str, wording: str, read: Mapping[str, frozenset[str]]) -> tuple[float, ...]:
    overlaps = any(wording in one or one in wording for one in read[role])
    elsewhere = any(wording in read[other] for other in ROLES if other != role)
    return float(wording in read[role]), float(overlaps), float(elsewhere)


def chance(candidate: Candidate, weights: Weights) -> float:
    """How likely the wording fills its role, 0 to 1."""
    return logistic(candidate.features, weights.weights[candidate.role])


def logistic(features: Sequence[float], weights: Sequence[float]) -> float:
    """The chance that fitted weights give to features."""
    return 1 / (1 + exp(-sum(w * x for w, x in zip(weights, features, strict=True))))


def things_of(candidates: Iterable[Candidate], weights: Weights) -> list[Entity]:
    """Every thing that may fill a role, however unlikely; the likeliest wordings take in the others."""
    found: dict[str, list[list[tuple[float, Candidate]]]] = defaultdict(list)
    ranked = sorted(
        ((chance(one, weights), one) for one in candidates), reverse=True, key=lambda x: (x[0], x[1].wording)
    )
    for likeliness, candidate in ranked:
        own = found[candidate.role]
        same = next((one for one in own if any(is_one(other, candidate) for _, other in one)), None)
        if same is None:
            own.append([(likeliness, candidate)])
        else:
            same.append((likeliness, candidate))
    return [
        Entity(role, tuple(one for _, one in thing), tuple(likeliness for likeliness, _ in thing))
        for role, things in found.items()
        for thing in things
    ]


def likely_ones(things: Iterable[Entity], weights: Weights) -> list[Entity]:
    """The things that are likely enough, each without its unlikely wordings."""
    found = []
    for thing in things:
        least = weights.least[thing.role]
        count = sum(likeliness >= least for likeliness in thing.chances)
        if count:
            found.append(Entity(thing.role, thing.candidates[:count], thing.chances[:count]))
    return found


def _is_one(entity: Entity, candidate: Candidate) -> bool:
    """Whether a wording names what another does."""
    return any(is_one(one, candidate) for one in entity.candidates)


def is_one(one: Candidate, other: Candidate) -> bool:
    """Whether two wordings name one thing: the words of one lie within the other's, or the text shows it."""
    if other.wording in one.aliases or one.wording in other.aliases:
        return True
    return (
        are_within(one.wording, other.wording)
        or _initials(one.wording) == other.wording
        or _initials(other.wording) == one.wording
    )


def are_within(one: str, other: str) -> bool:
    """Whether the words of one wording lie within the other's."""
    words, others = _words(one), _words(other)
    return words <= others or others <= words


def victims_of(entities: Iterable[Entity]) -> list[Entity]:
    """Those harmed, a name and what describes the same person as one, the named first."""
    found: list[Entity] = []
    for entity in sorted((one for one in entities if one.role in VICTIMS), key=lambda one: one.role):
        same = next((one for one in found if any(_is_one(one, candidate) for candidate in entity.candidates)), None)
        if same is None:
            found.append(entity)
        else:
            joined = Entity(same.role, (*same.candidates, *entity.candidates), (*same.chances, *entity.chances))
            found[found.index(same)] = joined
    return found


@lru_cache(maxsize=10_000)
def _words(wording: str) -> frozenset[str]:
    return frozenset(wording.split())


@lru_cache(maxsize=10_000)
def _initials(wording: str) -> str:
    return "".join(word[0] for word in wording.split() if word not in SMALL_WORDS)


def types_told(marks: Marks, weights: Weights) -> list[int]:
    """The incident types that the report tells of, by index in TYPES."""
    return [index for index in range(len(TYPES)) if marks.reported[index] >= weights.least_report]


def types_of(entity: Entity, told: Sequence[int], weights: Weights) -> list[int]:
    """Which of the types told an entity belongs to: the likely ones, or the likeliest."""
    likely = [index for index in told if entity.type_chance(index) >= weights.least_type]
    return likely or sorted(told, key=entity.type_chance, reverse=True)[:1]
