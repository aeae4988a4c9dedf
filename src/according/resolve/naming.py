"""Which actors a report names: ambiguous names settled by country and year, acronyms it introduces itself."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from according.records import Candidate, Passage, Report, Resolution
from according.resolve.mentions import Mention, is_plural
from according.vocabulary import Vocabulary
from according.vocabulary.actors import Actor, ActorRegistry, active_in
from according.vocabulary.names import NameMention

_STATE_WEIGHT = 0.5
_GROUP_WEIGHT = 1.0
_ABROAD_WEIGHT = 0.1
_NAMESAKES = 3
_ENOUGH_PLACES = 4
_NAMESAKE_WEIGHT = 0.4
_INTRODUCED = re.compile(r"\s*[(\[]\s*(?:the |or |“|\"|'|‘)*([A-Z][A-Za-z&.-]{1,9})(?:”|\"|'|’)?\s*[)\]]")
_SMALL_WORDS = frozenset(["of", "the", "and", "for", "in", "to", "de", "del", "la", "el", "al", "on"])


class Scene(msgspec.Struct, frozen=True):
    """What a report is about, as far as it decides between actors: countries by weight, and its year."""

    registry: ActorRegistry
    countries: Mapping[str, float]
    year: int | None

    @property
    def country(self) -> str | None:
        """The country most is told of."""
        return max(self.countries, key=lambda code: self.countries[code]) if self.countries else None

    def fit(self, actor: Actor) -> float:
        """How well an actor fits the countries told of, from 0 to 1, and its years the report's."""
        total = sum(self.countries.values())
        share = sum(self.countries.get(code, 0.0) for code in actor.countries) / total if total else 0.0
        return (min(share, 1.0) + 0.01) * (1.0 if active_in(actor, self.year) else 0.3)


def country_context(
    report: Report, names: Iterable[NameMention], vocabulary: Vocabulary, places: Iterable[Resolution] = ()
) -> Scene:
    """The countries a report tells of, by the places it names and the actors that act in one country only.

    States and their forces count for less than armed groups: they also act abroad.
    """
    votes: defaultdict[str, float] = defaultdict(float)
    settled = [one.place.country for one in places if one.place and one.place.country]
    unsettled = () if len(settled) >= _ENOUGH_PLACES else _place_votes(report, vocabulary)
    for country, weight in (*((code, 1.0) for code in settled), *unsettled):
        votes[country] += weight
    for mention in names:
        for country, weight in _actor_votes(mention, vocabulary.actors):
            votes[country] += weight
    year = int(report.published[:4]) if report.published and report.published[:4].isdigit() else None
    return Scene(vocabulary.actors, dict(votes), year)


def _place_votes(report: Report, vocabulary: Vocabulary) -> Iterator[tuple[str, float]]:
    """Countries of the places named, namesakes speaking softly and only for the likeliest two."""
    gazetteer = vocabulary.gazetteer
    for mention in gazetteer.spot(report.text):
        places = [place for place_id in mention.ids[:_NAMESAKES] if (place := gazetteer.get(place_id))]
        countries = list(dict.fromkeys(place.country for place in places if place.country))
        for rank, country in enumerate(countries):
            yield country, 1.0 if len(countries) == 1 else _NAMESAKE_WEIGHT / (rank + 1)


def _actor_votes(mention: NameMention, registry: ActorRegistry) -> Iterator[tuple[str, float]]:
    actors = [actor for actor_id in mention.ids if (actor := registry.get(actor_id))]
    countries = {actor.country for actor in actors if actor.country}
    if len(actors) > 1:
        yield from ((code, _NAMESAKE_WEIGHT) for actor in actors for code in actor.countries[:2])
    if len(countries) != 1 or len(actors) != 1:
        return
    country = countries.pop()
    if actors[0].kind in {"state", "government", "armed_forces", "police"}:
        yield country, _STATE_WEIGHT if mention.how in {"force", "name"} else _ABROAD_WEIGHT
    elif actors[0].kind not in {"media", "monitor", "organisation"}:
        yield country, _GROUP_WEIGHT


def settle(ids: Sequence[str], scene: Scene) -> tuple[str | None, float, tuple[Candidate, ...]]:
    """Which of the actors that share a name is meant: the one that fits the countries told of, and the year."""
    actors = [actor for actor_id in ids if (actor := scene.registry.get(actor_id))]
    if len(actors) < 2:
        return (actors[0].id if actors else None), 1.0, ()
    fits = [scene.fit(actor) for actor in actors]
    total = sum(fits)
    order = sorted(range(len(actors)), key=lambda index: (-fits[index], index))
    listed = tuple(
        Candidate(
            referent=actors[index].id,
            name=actors[index].name,
            score=round(fits[index] / total, 2),
            because=f"acts in {', '.join(actors[index].countries) or 'no country known'}",
        )
        for index in order
    )
    return actors[order[0]].id, listed[0].score, listed


def named_mentions(
    report: Report, passages: Sequence[Passage], names: Sequence[NameMention], scene: Scene
) -> list[Mention]:
    """The names of a report as mentions, those in furniture left out, with what the report itself abbreviates."""
    read = [passage for passage in passages if passage.block != "furniture"]
    mentions = []
    for passage in read:
        start, end = passage.span.start, passage.span.end
        mentions += [_mention(name, passage.index, scene) for name in names if start <= name.start < end]
    return _with_introduced(report.text, mentions, read, scene)


def _mention(name: NameMention, passage: int, scene: Scene) -> Mention:
    actor_id, score, candidates = settle(name.ids, scene)
    actor = scene.registry.get(actor_id) if actor_id else None
    return Mention(
        start=name.start,
        end=name.end,
        text=name.text,
        actor=actor_id,
        name=actor.name if actor else name.text,
        kind=actor.kind if actor else "group",
        basis=_BASES.get(name.how, "stated"),
        passage=passage,
        how=name.how,
        score=score,
        plural=is_plural(name.text),
        candidates=candidates,
    )


_BASES = {
    "acronym": "acronym", "possessive": "possessive", "demonym": "demonym", "force": "stated", "seat": "seat",
    "people": "demonym",
}  # fmt: skip


def _with_introduced(text: str, mentions: list[Mention], passages: Sequence[Passage], scene: Scene) -> list[Mention]:
    """Add the places where an acronym stands that the text gives a named actor ("the Valley Front (VF)")."""
    introduced = dict(_introductions(text, mentions))
    known = {m.text for m in mentions if m.how == "acronym"}
    added = []
    for acronym, mention in introduced.items():
        if acronym in known:
            continue
        for found in re.finditer(rf"(?<!\w){re.escape(acronym)}(?!\w)", text):
            if any(m.covers(*found.span()) for m in mentions):
                continue
            passage = next((p.index for p in passages if p.span.start <= found.start() < p.span.end), None)
            if passage is not None:
                added.append(_abbreviated(mention, found, passage))
    del scene
    return sorted([*mentions, *added], key=lambda m: m.start)


def _abbreviated(mention: Mention, found: re.Match[str], passage: int) -> Mention:
    return msgspec.structs.replace(
        mention, start=found.start(), end=found.end(), text=found[0], basis="acronym", how="acronym", passage=passage,
        plural=False,
    )  # fmt: skip


def _introductions(text: str, mentions: Iterable[Mention]) -> Iterator[tuple[str, Mention]]:
    for mention in mentions:
        bracket = _INTRODUCED.match(text, mention.end)
        if bracket is not None and mention.kind != "person" and abbreviates(bracket[1], mention.text):
            yield bracket[1], mention


def abbreviates(acronym: str, name: str) -> bool:
    """Whether an acronym's letters are initials of a name, in order; an article or two may be missing."""
    letters = [c.lower() for c in acronym if c.isalpha()]
    initials = [word[0].lower() for word in re.split(r"[\s-]+", name) if word]
    telling = [word[0].lower() for word in re.split(r"[\s-]+", name) if word and word.lower() not in _SMALL_WORDS]
    return len(letters) >= 2 and (_in_order(letters, initials) or _in_order(telling, letters))


def _in_order(wanted: Sequence[str], given: Sequence[str]) -> bool:
    rest = iter(given)
    return all(letter in rest for letter in wanted)
