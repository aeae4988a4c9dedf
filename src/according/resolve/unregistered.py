"""Names the registry lacks: groups and people only this report knows, and known names spelt wrongly.

A group or person named in a role keeps one name throughout the report, the fullest it is given. A person introduced
as somebody's spokesman or commander ("Nabil Karim, a spokesman for the front") speaks and acts for them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from rapidfuzz.distance import OSA

from according.issues import Issues
from according.records import Candidate, Claim, Passage, Span
from according.resolve.context import Scene
from according.resolve.mentions import Mention, is_plural
from according.resolve.naming import abbreviates
from according.vocabulary.actors import Actor
from according.vocabulary.actors.phrases import load_actor_phrases

_CAPITAL = r"(?:(?:[Aa]l|[Ee]l|[Aa]bu|[Uu]l|[Bb]in|[Ii]bn)[-\s])?[^\W\d_a-zà-öø-ÿ][\w'’-]*"
_LINK = r"(?:(?:of|the|for|al|el|bin|ibn|de|del|la|du|von|van)\s+){0,2}"
_NAME = re.compile(rf"(?<![\w@#-]){_CAPITAL}(?:\s+{_LINK}{_CAPITAL})*")
_BETWEEN_ACTORS = frozenset(
    ["back", "lead", "part_of", "ally", "oppose", "break_away", "join", "clash", "hand_over"]
)  # fmt: skip
_APPOSITION = re.compile(r",\s+[^.;:,]{3,90}")
_ADJECTIVE = re.compile(r"(?:an|ish|ese|ern)$")
_NOUN = re.compile(r"\s([a-z]+)")
_SHORTEST_HERE = 5
_SHORTEST_ANYWHERE = 7
_LONG = 9


class Unregistered:
    """Finds the names of one report that the registry lacks."""

    def __init__(self, text: str, scene: Scene, named: Sequence[Mention], places: Collection[str]) -> None:
        self._text = text
        self._scene = scene
        self._named = named
        self._starts = [mention.start for mention in named]
        self._places = places
        self._surnames: set[str] = set()
        self._known = dict(self._spellings_here())

    def find(self, passages: Sequence[Passage], claims: Sequence[Claim], issues: Issues) -> list[Mention]:
        """Mentions for the unknown names in the roles of claims, each name's other occurrences included."""
        first: dict[str, Mention] = {}
        for mention in self._people_introduced(passages):
            self._add(first, mention)
        for span, passage in dict(_roles(passages, claims)).items():
            for found in _NAME.finditer(self._text, span.start, span.end):
                self._add(first, self._mention(found, passage))
        for mention in first.values():
            if mention.basis == "misspelling":
                _report_misspelling(mention, issues)
        return list(self._occurrences(_with_full_names(first), passages))

    def _add(self, first: dict[str, Mention], mention: Mention | None) -> None:
        if mention is not None:
            first.setdefault(mention.text, mention)
            self._surnames.add(mention.text.split()[-1])

    def _people_introduced(self, passages: Sequence[Passage]) -> Iterator[Mention]:
        """People introduced by their office before they are quoted."""
        for passage in passages:
            if passage.block == "furniture":
                continue
            for found in _NAME.finditer(self._text, passage.span.start, passage.span.end):
                if self._text.startswith(", ", found.end()) and self._introduced(found.end()):
                    mention = self._mention(found, passage)
                    if mention is not None and mention.kind == "person":
                        yield mention

    def _mention(self, found: re.Match[str], passage: Passage) -> Mention | None:
        start, end = self._trimmed(found.start(), found.end())
        text = self._text[start:end]
        if len(text) < 2 or _is_common(text) or self._is_known(start, end) or text.lower() in self._places:
            return None
        if text.split()[-1] in load_actor_phrases().no_groups or self._is_adjective(text, end):
            return None
        misspelt = self._misspelt(text)
        if misspelt is not None:
            return self._known_by(misspelt, start, end, passage)
        at_start = start == passage.span.start or self._text[start - 2 : start].strip() in {".", ":"}
        surname = text in self._surnames
        if at_start and " " not in text and not text.isupper() and not surname:
            return None
        kind = "group" if set(text.split()) & load_actor_phrases().group_words or text.isupper() else "person"
        if kind == "person" and " " not in text and not surname and not self._introduced(end):
            return None
        return Mention(
            start=start, end=end, text=text, actor=None, name=text, kind=kind, basis="unregistered",
            passage=passage.index, plural=is_plural(text) and kind == "group",
        )  # fmt: skip

    def _is_adjective(self, text: str, end: int) -> bool:
        """As in "the West African country's army": capitals before a common noun for those who act name nobody."""
        after, phrases = _NOUN.match(self._text, end), load_actor_phrases()
        people = _ADJECTIVE.search(text) is not None and not phrases.group_words.intersection(text.split())
        return people and after is not None and (after[1] in phrases.noun_of or after[1] in phrases.acting)

    def _is_known(self, start: int, end: int) -> bool:
        first = bisect_right(self._starts, end) - 1
        return first >= 0 and any(m.covers(start, end) for m in self._named[max(0, first - 1) : first + 1])

    def _trimmed(self, start: int, end: int) -> tuple[int, int]:
        """Without a capitalised article, number or title at the front."""
        titles = self._scene.registry.words.titles
        while True:
            rest = self._text[start:end]
            first = rest.split(" ", 1)[0]
            title = next((t for t in titles if rest.startswith(f"{t} ")), None)
            if title is not None:
                start += len(title) + 1
            elif first.lower() in load_actor_phrases().opening and " " in rest:
                start += len(first) + 1
            else:
                return start, end - (2 if rest.endswith(("'s", "’s")) else 0)

    def _introduced(self, end: int) -> bool:
        return apposition(self._text, end) is not None

    def _spellings_here(self) -> Iterator[tuple[str, Mention]]:
        """How the actors of this report are written: as the report writes them, and by their registered names."""
        for mention in self._named:
            actor = self._scene.registry.get(mention.actor or "")
            names = (actor.name, *actor.aliases) if actor and actor.kind == "person" else ()
            for spelling in (mention.text, *names):
                for word in (spelling, *spelling.split()):
                    if len(word) >= _SHORTEST_HERE and word[:1].isupper():
                        yield word, mention

    def _misspelt(self, text: str) -> tuple[str, Actor, float] | None:
        """The known name that a text most likely misspells, with how alike they are: the report's own names first."""
        here = _closest(text, self._known, _SHORTEST_HERE)
        if here is not None:
            actor = self._scene.registry.get(self._known[here[0]].actor or "")
            return (here[0], actor, here[1]) if actor else None
        if len(text) < _SHORTEST_ANYWHERE:
            return None
        found = self._scene.registry.spelt_like(text, 2 if len(text) >= _LONG + 3 else 1)
        fitting = [(name, actor, alike) for name, actor, alike in found if self._scene.tells_of(actor)]
        return fitting[0] if fitting else None

    def _known_by(self, misspelt: tuple[str, Actor, float], start: int, end: int, passage: Passage) -> Mention:
        written, actor, alike = misspelt
        candidate = Candidate(referent=actor.id, name=actor.name, score=alike, because=f"spelt like “{written}”")
        return Mention(
            start=start, end=end, text=self._text[start:end], actor=actor.id, name=actor.name, kind=actor.kind,
            basis="misspelling", passage=passage.index, score=alike, candidates=(candidate,),
        )  # fmt: skip

    def _occurrences(self, first: Mapping[str, Mention], passages: Sequence[Passage]) -> Iterator[Mention]:
        taken: list[tuple[int, int]] = [(m.start, m.end) for m in self._named]
        for text in sorted(first, key=len, reverse=True):
            for found in re.finditer(rf"(?<!\w){re.escape(text)}(?!\w)", self._text):
                passage = _passage_at(passages, found.start())
                free = not any(start < found.end() and found.start() < end for start, end in taken)
                if passage is not None and free:
                    taken.append(found.span())
                    yield _moved(first[text], found, passage.index)


def _is_common(text: str) -> bool:
    """Whether a capitalised phrase is made of common nouns only ("the Coalition", "Government")."""
    phrases = load_actor_phrases()
    words = re.findall(r"\w+", text.lower())
    common = (phrases.noun_of, phrases.acting, phrases.bystanders, phrases.opening, phrases.filling)
    return all(any(word in listed for listed in common) for word in words)


def apposition(text: str, end: int) -> tuple[int, int] | None:
    """Where the words stand that say whom somebody just named speaks for: ", a spokesman for the front,"."""
    found = _APPOSITION.match(text, end)
    if found is None:
        return None
    words = re.findall(r"[\w-]+", found[0].lower())
    return found.span() if load_actor_phrases().deputies.intersection(words[:6]) else None


def _roles(passages: Sequence[Passage], claims: Sequence[Claim]) -> Iterator[tuple[Span, Passage]]:
    """The words of subjects, voices and those objects that are actors, with the passage they stand in."""
    for claim in claims:
        objects = [claim.object] if claim.predicate in _BETWEEN_ACTORS else []
        for span in (claim.subject, *objects, *(voice.span for voice in claim.voices)):
            passage = _passage_at(passages, span.start) if span is not None else None
            if span is not None and passage is not None:
                yield span, passage


def _passage_at(passages: Iterable[Passage], position: int) -> Passage | None:
    return next((p for p in passages if p.span.start <= position < p.span.end and p.block != "furniture"), None)


def _closest(text: str, known: Iterable[str], shortest: int) -> tuple[str, float] | None:
    """The name within one slip of a text (two where it is long), a swap of neighbours being one slip."""
    if len(text) < shortest or (" " in text and len(text) < _LONG):
        return None
    allowed = 2 if len(text) >= _LONG else 1
    best: tuple[int, str] | None = None
    for name in known:
        if abs(len(name) - len(text)) > allowed or name[0].lower() != text[0].lower() or name.lower() == text.lower():
            continue
        if name.rstrip("s") == text.rstrip("s"):
            continue
        slips = OSA.distance(name.lower(), text.lower(), score_cutoff=allowed)
        if slips <= allowed and (best is None or (slips, name) < best):
            best = (slips, name)
    return (best[1], round(1 - best[0] / len(text), 2)) if best else None


def _with_full_names(first: dict[str, Mention]) -> dict[str, Mention]:
    """Give short forms the fullest name told: a surname, a group's last words or its initials."""
    for short, mention in first.items():
        fuller = [other for text, other in first.items() if _shortens(short, text) and other.actor is None]
        if fuller and mention.actor is None:
            full = max(fuller, key=lambda m: len(m.text))
            mention.name, mention.kind = full.name, full.kind
    return first


def _shortens(short: str, full: str) -> bool:
    if short == full:
        return False
    return full.endswith(f" {short}") or full.startswith(f"{short} ") or (short.isupper() and abbreviates(short, full))


def _moved(mention: Mention, found: re.Match[str], passage: int) -> Mention:
    fields = {name: getattr(mention, name) for name in mention.__struct_fields__}
    return Mention(**{**fields, "start": found.start(), "end": found.end(), "passage": passage})


def _report_misspelling(mention: Mention, issues: Issues) -> None:
    issues.warning(
        "misspelt_name",
        f"“{mention.text}” is read as {mention.name}, {mention.candidates[0].because} ({mention.score:.2f}).",
        Span(mention.start, mention.end, mention.text),
    )
