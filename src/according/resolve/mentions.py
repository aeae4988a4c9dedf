"""Whom a mention that leans on earlier text stands for: a small salience model whose every part can be said in words.

The likeliest antecedent of "it", "the group", "his troops" is the one that

1. agrees: a person for "he", one body for "it", several people for "they", a movement for "the group";
2. was told last: each sentence in between takes a quarter off;
3. was told prominently: who acts counts more than who speaks, and that more than who is acted on;
4. is not already in the same clause on the other side: nobody attacks themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

import msgspec

from according.records import Candidate
from according.vocabulary.actors.phrases import Pronoun, load_actor_phrases

BYSTANDERS = "bystanders"
UNNAMED = "unnamed"
OPENING = "opening"
"""The part of words that open a sentence and that no claim speaks of: mostly its subject."""
_FADING = 0.75
_PROMINENCE = {"subject": 1.0, "voice": 0.9, OPENING: 0.9, "object": 0.8, "": 0.6}
_BEHIND = 0.35
_CLOSEST = 0.02
_OUTSPOKEN = 1.3
_BY_OFFICE = 0.8
_BODIES = frozenset(
    ["state", "government", "armed_forces", "police", "armed_group", "coalition", "mission", "organisation", "monitor",
     "media", "party", "criminal_group", "group"]
)  # fmt: skip
_FIGHTING = frozenset(
    ["armed_forces", "armed_group", "coalition", "police", "criminal_group", "party", "group", UNNAMED]
)
_WITH_MEMBERS = _FIGHTING | {"state", "government", BYSTANDERS}
_GROUPS = frozenset(["armed_group", "coalition", "organisation", "criminal_group", "party", "group"])


class Mention(msgspec.Struct):
    """Words that denote an actor, what they denote, and why.

    ``kind`` is the actor's kind, or "group" and "person" for actors the registry lacks, "bystanders" for people who are
    no actor, "unnamed" for fighters nobody knows. ``passage`` is the index of the sentence, ``role`` the grammatical
    role claims give the words.
    """

    start: int
    end: int
    text: str
    actor: str | None
    name: str | None
    kind: str
    basis: str
    passage: int
    how: str = "name"
    role: str = ""
    score: float = 1.0
    plural: bool = False
    candidates: tuple[Candidate, ...] = ()

    def covers(self, start: int, end: int) -> bool:
        """Whether the mention and some other words overlap."""
        return self.start < end and start < self.end


class Discourse:
    """The mentions of a report so far, in text order."""

    def __init__(self) -> None:
        self.mentions: list[Mention] = []

    def add(self, mention: Mention) -> None:
        """Remember a mention."""
        self.mentions.append(mention)

    def antecedents(
        self, at: Mention, fits: Callable[[Mention], float], excluded: Collection[str] = ()
    ) -> list[tuple[Mention, float]]:
        """The earlier mentions that fit, each actor once, likeliest first, with their salience (0 to 1)."""
        best: dict[str, tuple[Mention, float]] = {}
        for rank, mention in enumerate(reversed(self.mentions)):
            weight = _salience(mention, at, rank) * fits(mention) if mention.end <= at.start else 0.0
            key = mention.actor or mention.name or ""
            if weight > 0.0 and key not in excluded and weight > best.get(key, (mention, 0.0))[1]:
                best[key] = (mention, weight)
        return sorted(best.values(), key=lambda found: (-found[1], -found[0].start))


def _salience(mention: Mention, at: Mention, rank: int) -> float:
    """Rules 2 and 3; of two that are level the one told last."""
    prominence = _PROMINENCE.get(mention.role, _PROMINENCE[""])
    if mention.role == OPENING and mention.kind not in _FIGHTING:
        prominence = _PROMINENCE[""]  # officials who open a sentence mostly speak
    if mention.how in {"backer", "opponent", "holder", "led"}:
        prominence = _BEHIND
    return prominence * _FADING ** max(0, at.passage - mention.passage) * (1.0 - _CLOSEST) ** rank


def agreeing(pronoun: Pronoun) -> Callable[[Mention], float]:
    """Rule 1 for pronouns."""
    return {"person": _as_person, "thing": _as_thing, "several": _as_several}[pronoun]


def _as_person(mention: Mention) -> float:
    if mention.kind == "person" and mention.how != "possessive":
        return 1.0
    last = mention.text.lower().split()[-1] if mention.text else ""
    return _BY_OFFICE if last in load_actor_phrases().deputies and not mention.plural else 0.0


def _as_thing(mention: Mention) -> float:
    if mention.kind not in _BODIES:
        return 0.0
    return 0.4 if mention.plural else 1.0


def _as_several(mention: Mention) -> float:
    if mention.kind not in _WITH_MEMBERS:
        return 0.0
    weight = 1.0 if mention.plural else 0.75
    return weight * (0.7 if mention.kind in {"state", "government"} else 1.0)


def as_group(mention: Mention) -> float:
    """Rule 1 for "the group", "the militia"."""
    return 1.0 if mention.kind in _GROUPS else 0.0


def as_speaking(mention: Mention) -> float:
    """Rule 1 for "the group" that says something: a group, and whoever else spoke as a body ("the Observatory")."""
    if mention.kind in {"monitor", "mission"}:
        return _OUTSPOKEN if mention.role in {"voice", OPENING} else _BEHIND
    return (_OUTSPOKEN if mention.role == "voice" else 1.0) * as_group(mention)


def as_civil(mention: Mention) -> float:
    """Rule 1 for "the charity", "the aid group", "the rights organisation"."""
    return 1.0 if mention.kind in {"monitor", "organisation", "mission"} else 0.0


def as_rebels(mention: Mention) -> float:
    """Rule 1 for "the rebels", "the militants", "the insurgents"."""
    return {"armed_group": 1.0, "group": 1.0, "criminal_group": 0.8, "coalition": 0.6}.get(mention.kind, 0.0)


def as_forces(mention: Mention) -> float:
    """Rule 1 for "the troops", "the fighters", "the planes"."""
    return 1.0 if mention.kind in _FIGHTING else 0.0


def as_coalition(mention: Mention) -> float:
    """Rule 1 for "the coalition", "the alliance"."""
    return {"coalition": 1.0, "mission": 0.5}.get(mention.kind, 0.0)


def as_country(mention: Mention) -> float:
    """Rule 1 for "the country", "the kingdom"."""
    return 1.0 if mention.kind == "state" else 0.0


def candidates_of(found: Sequence[tuple[Mention, float]]) -> tuple[Candidate, ...]:
    """What an antecedent was chosen from, with the salience of each."""
    return tuple(_listed(found))


def _listed(found: Sequence[tuple[Mention, float]]) -> Iterator[Candidate]:
    for mention, weight in found[:4]:
        if mention.actor is not None:
            where = f"“{mention.text}” as {mention.role or 'aside'}"
            yield Candidate(
                referent=mention.actor, name=mention.name or mention.text, score=round(weight, 2), because=where
            )


def is_plural(text: str) -> bool:
    """Whether words for an actor are a plural ("Turkish planes", "the Houthis", "Amhara militiamen")."""
    last = text.rsplit(maxsplit=1)[-1].lower() if text.split() else ""
    return not text.isupper() and (last.endswith(("s", "men")) and not last.endswith(("ss", "us", "is", "'s", "’s")))
