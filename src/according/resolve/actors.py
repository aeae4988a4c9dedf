"""Which actor a claim's subject, object or voice denotes.

1. Names: those of the registry, settled between namesakes by country and year, and what the report abbreviates itself.
2. Words that point at names: nouns ("the army"), pronouns ("them"), possession ("his troops"); see ``pointers``.
3. A person who acts stands for the group they lead or speak for; a person who is hurt or arrested for themselves.
4. Whoever is said to be unknown stays unknown, and whoever merely supports, fights or once left an actor is not it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence

from according.issues import Issues
from according.records import Candidate, Claim, Passage, Report, Resolution, Role, Span
from according.resolve.antecedents import PointerReader
from according.resolve.context import Scene, country_context, settle
from according.resolve.mentions import BYSTANDERS, OPENING, UNNAMED, Mention
from according.resolve.naming import named_mentions
from according.resolve.pointers import Pointer, find_pointers
from according.resolve.unregistered import Unregistered, apposition
from according.vocabulary import Vocabulary
from according.vocabulary.actors import BEHIND
from according.vocabulary.actors.phrases import load_actor_phrases
from according.vocabulary.groups import load_groups

__all__ = ["resolve_actors"]

_METHOD = "actors-1"
_HARM = frozenset(["kill", "injure", "missing", "displace", "detain", "abduct", "arrest", "execute", "torture",
                   "sexual_violence"])  # fmt: skip
_PERSON_STAYS = frozenset(["lead"])
_INANIMATE_OBJECT = frozenset(["it", "its"])
_ABOUT_ACTORS = frozenset(["back", "lead", "part_of", "ally", "oppose", "break_away", "join", "rename", "lose", "take",
                           "hand_over", "clash", "agree", "ceasefire", "condemn"])  # fmt: skip
_TWO_NATIONS = re.compile(r"(?:[Tt]he\s+)?([A-Z][\w-]+)\s+(?:or|and/or)\s+([A-Z][\w-]+)\s+[a-z]")
_BASED = re.compile(r"[-‑‐ ]based\b")
"""As in "the UK-based Observatory": where somebody sits is not who they are."""
_OWNS = re.compile(
    r"['’‘]s?\s+(?:(?!(?:on|of|in|at|by|to|with|from|against|and|or|for|over|near)\b)(?:[a-z][\w-]*|[A-Z]\w+-[a-z]+)\s+){0,3}"
)
_DESCRIBING = re.compile(
    r"[\s\"“‘']*(?:(?!(?:in|on|at|from|after|as|when|with|for|by|of|to|if|since|near|while|before|under|against|and|or)\b)"
    r"[\w’'-]+\s+){0,3}",
    re.IGNORECASE,
)
_ROLES: tuple[Role, ...] = ("subject", "object")
_TELLING = {"subject": 0, "voice": 1, "object": 2}


def resolve_actors(
    report: Report,
    passages: Sequence[Passage],
    claims: Sequence[Claim],
    vocabulary: Vocabulary,
    issues: Issues,
    places: Sequence[Resolution] = (),
) -> Iterator[Resolution]:
    """One resolution for each role of each claim that denotes an actor, known or not."""
    if not claims:
        return
    names = vocabulary.actors.spot(report.text)
    scene = country_context(report, names, vocabulary, places)
    named = named_mentions(report, passages, names, scene)
    toponyms = {one.span.text.lower() for one in places if one.span} | {c.place.text.lower() for c in claims if c.place}
    unknown = Unregistered(report.text, scene, named, toponyms).find(passages, claims, issues)
    cast = _Cast(report, scene, read_mentions(report, passages, claims, scene, [*named, *unknown]))
    for claim in claims:
        for role in _ROLES:
            span: Span | None = getattr(claim, role)
            if span is not None and (found := cast.denoted(span, role, claim)) is not None:
                yield _resolution(claim, role, span, found)
        for index, voice in enumerate(claim.voices):
            if voice.span is not None and (found := cast.denoted(voice.span, "voice", claim)) is not None:
                yield _resolution(claim, "voice", voice.span, found, index)


def _resolution(claim: Claim, role: Role, span: Span, found: Mention, index: int = 0) -> Resolution:
    inside = found.start < span.end and span.start < found.end
    return Resolution(
        claim=claim.id,
        role=role,
        referent=found.actor,
        basis=found.basis or "unresolved",
        name=found.name,
        score=found.score,
        span=None if inside else Span(found.start, found.end, found.text),
        index=index,
        candidates=found.candidates,
        method=_METHOD,
    )


def read_mentions(
    report: Report, passages: Sequence[Passage], claims: Sequence[Claim], scene: Scene, named: Sequence[Mention]
) -> list[Mention]:
    """Every mention of a report, names and pointers, in text order, with whom each stands for."""
    roles = _Roles(claims, _Openings(report.text, passages))
    named = sorted(named, key=lambda m: m.start)
    for mention in named:
        mention.role = roles.of(mention.start, mention.end)
    introductions = _Introductions(report.text, named)
    reader = PointerReader(report.text, scene, named)
    waiting: list[Mention | Pointer] = sorted([*named, *find_pointers(passages, named)], key=lambda m: m.start)
    for item in waiting:
        if isinstance(item, Mention):
            reader.discourse.add(item)
            introductions.hear(item)
            continue
        role = roles.of(item.start, item.end)
        opposed = roles.opposite(item.start, item.end)
        excluded = {m.actor for m in reader.discourse.mentions if m.actor and any(m.covers(*one) for one in opposed)}
        mention = reader.read(item, role, excluded, roles.voices(item.start, item.end))
        reader.discourse.add(mention)
        introductions.hear(mention)
    return reader.discourse.mentions


class _Introductions:
    """People the registry lacks, made somebody's by the words after their name: "Nabil Karim, an army spokesman"."""

    def __init__(self, text: str, named: Sequence[Mention]) -> None:
        people = [m for m in named if m.kind == "person" and m.actor is None]
        self._people = people
        self._waiting = [(person, window) for person in people if (window := apposition(text, person.end))]

    def hear(self, mention: Mention) -> None:
        """Take a mention that stands in the words that introduce somebody for whom they speak for."""
        for person, (start, end) in self._waiting:
            if mention.actor and mention is not person and start <= mention.start < end and person.actor is None:
                for same in self._people:
                    if same.name == person.name:
                        same.actor, same.basis, same.candidates = mention.actor, "spokesman", mention.candidates


class _Openings:
    """Which words open their sentence, but for what describes them ("Hard-line rebel groups entered")."""

    def __init__(self, text: str, passages: Sequence[Passage]) -> None:
        self._text = text
        self._starts = [passage.span.start for passage in passages if passage.block != "furniture"]

    def has(self, start: int) -> bool:
        """Whether nothing but describing words stands between the start of a sentence and ``start``."""
        at = bisect_right(self._starts, start) - 1
        before = self._text[self._starts[at] : start] if at >= 0 else ","
        return _DESCRIBING.fullmatch(before) is not None


class _Roles:
    """Which words have which role in the claims, and which stand on the other side of them."""

    def __init__(self, claims: Sequence[Claim], openings: _Openings) -> None:
        self._openings = openings
        self._spans: dict[tuple[int, int], str] = {}
        self._opposite: dict[tuple[int, int], set[tuple[int, int]]] = defaultdict(set)
        self._voices: dict[tuple[int, int], set[tuple[int, int]]] = defaultdict(set)
        for claim in claims:
            told = [(role, span) for role in _ROLES if (span := getattr(claim, role)) is not None]
            told += [("voice", voice.span) for voice in claim.voices if voice.span is not None]
            for role, span in told:
                key = (span.start, span.end)
                if _TELLING[role] < _TELLING.get(self._spans.get(key, ""), 9):
                    self._spans[key] = role
            spoken = {(voice.span.start, voice.span.end) for voice in claim.voices if voice.span is not None}
            for _role, span in told:
                self._voices[span.start, span.end] |= spoken - {(span.start, span.end)}
            if claim.subject and claim.object:
                one, other = (claim.subject.start, claim.subject.end), (claim.object.start, claim.object.end)
                self._opposite[one].add(other)
                self._opposite[other].add(one)

    def of(self, start: int, end: int) -> str:
        """The most telling role that covers some words, else whether they open a sentence."""
        held = [role for (first, last), role in self._spans.items() if first < end and start < last]
        if not held:
            return OPENING if self._openings.has(start) else ""
        return min(held, key=lambda role: _TELLING[role])

    def voices(self, start: int, end: int) -> list[tuple[int, int]]:
        """The words that name the voices of claims about some words."""
        return [v for (first, last), said in self._voices.items() if first < end and start < last for v in said]

    def opposite(self, start: int, end: int) -> list[tuple[int, int]]:
        """The words that stand on the other side of claims about some words."""
        return [o for (first, last), others in self._opposite.items() if first < end and start < last for o in others]


class _Cast:
    """The mentions of one report, and which of them a role means."""

    def __init__(self, report: Report, scene: Scene, mentions: list[Mention]) -> None:
        self._text = report.text
        self._scene = scene
        self._mentions = mentions
        self._starts = [mention.start for mention in mentions]
        self._phrases = load_actor_phrases()

    def denoted(self, span: Span, role: Role, claim: Claim) -> Mention | None:
        """What a role's words denote; ``None`` where they denote no actor."""
        if self._is_no_actor(span, role, claim):
            return None
        inside = self._inside(span)
        compounded = self._text[span.end : span.end + 1] in {"-", "‑", "‐"}
        found = self._demonym(span, acts=False) if compounded else None
        found = found or self._unknown(inside) or self._two_nations(span, role)
        found = found or self._chosen(span, inside, role) or self._demonym(span)
        if found is None or found.kind in {"", BYSTANDERS}:
            return self._said(span, role)
        return self._acting(found, role, claim, span)

    def _is_no_actor(self, span: Span, role: Role, claim: Claim) -> bool:
        if role != "object":
            return False
        if load_groups().status(claim.group) == "civilian":
            return True
        if claim.predicate in _HARM and load_actor_phrases().pronoun_of.keys() & set(span.text.lower().split()):
            return True
        return span.text.lower() in _INANIMATE_OBJECT and claim.predicate not in _ABOUT_ACTORS

    def _inside(self, span: Span) -> list[Mention]:
        first = max(0, bisect_left(self._starts, span.start) - 1)
        last = bisect_left(self._starts, span.end)
        return [m for m in self._mentions[first:last] if m.covers(span.start, span.end)]

    def _unknown(self, inside: Sequence[Mention]) -> Mention | None:
        """Whoever the words themselves call unknown, unless they also give a suspect."""
        unknown = next((m for m in inside if m.kind == UNNAMED), None)
        if unknown is None or any(m.actor for m in inside if m.start < unknown.start or self._suspects(unknown, m)):
            return None
        return unknown

    def _suspects(self, unknown: Mention, named: Mention) -> bool:
        between = self._text[unknown.end : named.start].lower()
        return any(phrase in between for phrase in (*self._phrases.suspecting, *self._phrases.loyal, " from ", " of "))

    def _chosen(self, span: Span, inside: Sequence[Mention], role: Role) -> Mention | None:
        """The mention that some words come down to: the first that is neither behind nor apart from who acts."""
        if role == "voice" and self._speaks_for_nobody(span, inside):
            return None
        fitting = [m for m in inside if self._fits(span, m, role)]
        known = [m for m in fitting if m.actor]
        if not known:
            return next((m for m in fitting if m.kind), None)
        chosen = self._owned_by(next((m for m in known if m.how != "pointer"), known[0]), known)
        if (bystander := fitting[0]).kind == BYSTANDERS and bystander.end < chosen.start:
            return None
        if role != "voice" and len(known) > 1 and self._alternative(known[0], known[1]):
            return self._either(known)
        return self._with_relation(span, chosen)

    def _owned_by(self, owner: Mention, known: Sequence[Mention]) -> Mention:
        """The force that a state is only the owner of: "Orlesia's paramilitary Border Guard" is the guard."""
        if owner.kind != "state":
            return owner
        later = (m for m in known if m.start >= owner.end and m.how != "pointer")
        return next((m for m in later if _OWNS.fullmatch(self._text[owner.end : m.start])), owner)

    def _speaks_for_nobody(self, span: Span, inside: Sequence[Mention]) -> bool:
        """No side speaks in "residents of Gaza", "the governor", "a doctor at the army hospital"."""
        head = span.text.lower()
        words = re.findall(r"[\w-]+", head)
        bystander = next((i for i, word in enumerate(words) if word in self._phrases.bystanders), None)
        deputy = next((i for i, word in enumerate(words) if word in self._phrases.deputies), None)
        if bystander is None:
            return False
        named = any(m.actor and m.kind in {"media", "monitor", "organisation", "mission"} for m in inside)
        return not named and (deputy is None or bystander < deputy)

    def _fits(self, span: Span, mention: Mention, role: Role) -> bool:
        whole = mention.start <= span.start and span.end <= mention.end
        if whole:
            return True
        if mention.how in BEHIND or self._is_apart(span, mention) or self._is_foreign(span, mention, role):
            return False
        return mention.how != "owner" or mention.end == span.end

    def _is_foreign(self, span: Span, mention: Mention, role: Role) -> bool:
        """Whether a state is only where a voice comes from: "Russia's Sputnik"."""
        after = self._text[mention.end : span.end]
        return role == "voice" and mention.kind == "state" and re.match(r"['’]s?\s+[A-Z]", after) is not None

    def _is_apart(self, span: Span, mention: Mention) -> bool:
        lead = self._text[span.start : mention.start].lower()
        if any(f"{phrase} " in lead for phrase in self._phrases.apart):
            return True
        if _BASED.match(self._text, mention.end):
            return True
        after = re.match(r"(?:['’]s?)?\s+([\w-]+)", self._text[mention.end : span.end])
        return after is not None and after[1].lower() in self._phrases.apart_after

    def _alternative(self, one: Mention, other: Mention) -> bool:
        return one.actor != other.actor and self._text[one.end : other.start].strip().lower() in {"or", "or the"}

    def _either(self, known: Sequence[Mention]) -> Mention:
        """One of several, nobody says which: "Turkish or Russian jets"."""
        first, last = known[0], known[-1]
        listed = tuple(
            Candidate(
                referent=m.actor, name=m.name or m.text, score=round(1 / len(known), 2), because="one of several named"
            )
            for m in known
            if m.actor
        )
        text = self._text[first.start : last.end]
        return Mention(
            start=first.start, end=last.end, text=text, actor=None, name=text, kind=first.kind, basis="alternatives",
            passage=first.passage, score=listed[0].score, candidates=listed,
        )  # fmt: skip

    def _two_nations(self, span: Span, role: Role) -> Mention | None:
        """As in "Syrian or Russian aircraft": the first of two nations is no mention without its noun."""
        said = _TWO_NATIONS.match(span.text) if role == "subject" else None
        parts = [(span.start + said.start(i), span.start + said.end(i), said[i]) for i in (1, 2)] if said else []
        pair = [self._demonym(Span(*part)) for part in parts]
        known = [one for one in pair if one is not None and one.actor]
        return self._either(known) if len(known) == 2 else None

    def _with_relation(self, span: Span, mention: Mention) -> Mention:
        lead = self._text[span.start : mention.start].lower()
        if any(phrase in lead for phrase in self._phrases.loyal):
            return _changed(mention, basis="loyal_to")
        return mention

    def _demonym(self, span: Span, *, acts: bool = True) -> Mention | None:
        """A demonym that is the whole role: the state's forces in "Turkish and Syrian shelling", else the state."""
        ids = [actor.id for actor in self._scene.registry.named(span.text)]
        if not ids:
            return None
        actor_id, score, candidates = settle(ids, self._scene)
        actor = self._scene.registry.get(actor_id or "")
        if actor is None:
            return None
        acting = (self._scene.registry.acting_for(actor) or actor) if acts else actor
        return Mention(
            start=span.start, end=span.end, text=span.text, actor=acting.id, name=acting.name, kind=acting.kind,
            basis="demonym", passage=0, score=score, candidates=candidates,
        )  # fmt: skip

    def _said(self, span: Span, role: Role) -> Mention | None:
        """A voice that is nobody in the registry keeps the words that name it."""
        if role != "voice":
            return None
        return Mention(
            start=span.start, end=span.end, text=span.text, actor=None, name=span.text, kind="", basis="said", passage=0
        )

    def _acting(self, found: Mention, role: Role, claim: Claim, span: Span) -> Mention:
        """Rule 3, and names as said for voices."""
        actor = self._scene.registry.get(found.actor) if found.actor else None
        stays = (claim.predicate in _PERSON_STAYS and role == "subject") or (
            role == "object" and claim.predicate in _HARM
        )
        if actor is not None and actor.kind == "person" and not stays:
            group = self._scene.registry.acting_for(actor)
            if group is not None:
                basis = found.basis if found.basis == "loyal_to" else ("spokesman" if actor.speaks_for else "leader")
                person = Candidate(referent=actor.id, name=actor.name, score=found.score, because=f"“{found.text}”")
                found = _changed(
                    found, basis=basis, actor=group.id, name=group.name, candidates=(person, *found.candidates)
                )
        if role == "voice":
            found = _changed(found, name=span.text if found.how != "pointer" or not found.name else found.name)
        return found


def _changed(mention: Mention, **changes: object) -> Mention:
    fields = {name: getattr(mention, name) for name in mention.__struct_fields__}
    return Mention(**{**fields, **changes})
