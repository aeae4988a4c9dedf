"""Which actors a report names: ambiguous names settled by country and year, acronyms it introduces itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from according.records import Passage, Report
from according.resolve.context import Scene, is_common, settle
from according.resolve.mentions import Mention, is_plural
from according.vocabulary.names import NameMention
from according.vocabulary.outlets import load_outlets

_INTRODUCED = re.compile(r"\s*[(\[]\s*(?:the |or |“|\"|'|‘)*([A-Z][A-Za-z&.-]{1,9})(?:”|\"|'|’)?\s*[)\]]")
_NATION = re.compile(r"([A-Z][\w-]+) $")
_SMALL_WORDS = frozenset(["of", "the", "and", "for", "in", "to", "de", "del", "la", "el", "al", "on"])


def named_mentions(
    report: Report, passages: Sequence[Passage], names: Sequence[NameMention], scene: Scene
) -> list[Mention]:
    """The names of a report as mentions, those in furniture left out, with what the report itself abbreviates."""
    read = [passage for passage in passages if passage.block != "furniture"]
    mentions, likely = [], frozenset(scene.likely())
    for passage in read:
        start, end = passage.span.start, passage.span.end
        inside = (name for name in names if start <= name.start < end and not _is_anothers(report.text, name, scene))
        mentions += [_mention(name, passage.index, scene) for name in inside if _is_meant(name, scene, likely)]
    return _with_introduced(report.text, mentions, read, scene)


def _is_meant(name: NameMention, scene: Scene, likely: frozenset[str]) -> bool:
    """Whether a name means an actor here: no outlet's initials, and common words only in the actor's own country."""
    if not is_common(name):
        return not _is_outlet(name, scene)
    known = (scene.registry.get(one) for one in name.ids)
    return any(actor is not None and not likely.isdisjoint(actor.countries) for actor in known)


def _is_anothers(text: str, name: NameMention, scene: Scene) -> bool:
    """Whether another nation's name before makes it a body of that nation ("Orlesian National Liberation Army")."""
    before = _NATION.search(text, max(0, name.start - 24), name.start) if " " in name.text else None
    nations = scene.registry.named(before[1]) if before and name.how in {"name", "alias"} else []
    known = [actor for one in name.ids if (actor := scene.registry.get(one))]
    theirs = {code for nation in nations for code in nation.countries}
    return bool(nations) and not any(theirs.intersection(actor.countries) or not actor.countries for actor in known)


def _is_outlet(name: NameMention, scene: Scene) -> bool:
    """Whether initials are an outlet's, and an actor's only in countries that the report does not tell of ("AFP")."""
    if name.how != "acronym" or load_outlets().named(name.text) is None:
        return False
    known = (scene.registry.get(one) for one in name.ids)
    return not any(actor is not None and scene.country in actor.countries for actor in known)


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


_SHORTENED = frozenset({"armed_group", "criminal_group", "coalition", "mission", "monitor", "organisation", "party"})
_TOO_COMMON = frozenset(
    "army force forces state government republic police fighters rebels group militia troops militants people nations "
    "guard party arab islamic".split()
)
_BASES = {
    "acronym": "acronym", "possessive": "possessive", "demonym": "demonym", "force": "stated", "seat": "seat",
    "people": "demonym",
}  # fmt: skip


def _with_introduced(text: str, mentions: list[Mention], passages: Sequence[Passage], scene: Scene) -> list[Mention]:
    """Add the places where an acronym stands that the text gives a named actor ("the Valley Front (VF)")."""
    introduced = {acronym: (re.escape(acronym), mention) for acronym, mention in _introductions(text, mentions)}
    introduced |= dict(_shortened(mentions))
    known = {m.text for m in mentions if m.how == "acronym"}
    added = []
    for acronym, (pattern, mention) in introduced.items():
        if acronym in known:
            continue
        for found in re.finditer(rf"(?<!\w){pattern}(?!\w)", text):
            if any(m.covers(*found.span()) for m in mentions):
                continue
            passage = next((p.index for p in passages if p.span.start <= found.start() < p.span.end), None)
            if passage is not None:
                added.append(_abbreviated(mention, found, passage))
    del scene
    return sorted([*mentions, *added], key=lambda m: m.start)


def _shortened(mentions: Iterable[Mention]) -> Iterator[tuple[str, tuple[str, Mention]]]:
    """The last word of a group's name, which stands for it behind an article: "the Valley Tigers … the Tigers"."""
    whole = [m for m in mentions if m.how in {"name", "alias"} and m.actor and m.kind in _SHORTENED and " " in m.text]
    for last in {m.text.split()[-1] for m in whole}:
        bearers = [m for m in whole if m.text.endswith(f" {last}")]
        one = len({m.actor for m in bearers}) == 1 and last[:1].isupper() and not last.isupper()
        if one and last.lower() not in _TOO_COMMON:
            yield last, (rf"(?<=[Tt]he ){re.escape(last)}(?! [A-Z])", bearers[0])


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
