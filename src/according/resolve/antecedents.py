"""Whom pointers stand for: by the same noun told before, by salience, or by the country told of."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence

from according.records import Candidate
from according.resolve.context import Scene
from according.resolve.mentions import (
    BYSTANDERS,
    UNNAMED,
    Discourse,
    Mention,
    agreeing,
    as_civil,
    as_coalition,
    as_country,
    as_forces,
    as_group,
    as_rebels,
    as_speaking,
    candidates_of,
    is_plural,
)
from according.resolve.pointers import OWNER, Pointer
from according.vocabulary.actors import Actor
from according.vocabulary.actors.phrases import Noun, load_actor_phrases
from according.vocabulary.charges import finite_forms, load_charges

_RELATIVE = re.compile(r"\s+(?:who|that|which)\b[^.;\n]*")
_IN_A_TOWN = re.compile(r"\s+in\s+([A-Z][\w'’-]+)")
_OF_REBELS = re.compile(
    r"\s+of\s+(?:[\w-]+\s+){0,3}(?:rebel|armed|militia|opposition|insurgent|jihadist)", re.IGNORECASE
)
_NATION = re.compile(r"\b([A-Z][\w-]+)\s+(?:[\w-]+\s+)?$")
_PEOPLE = re.compile(r"[A-Z][\w-]+(?:an|en|ish|ese|ic|i)")
"""How the names of peoples end in English."""
_SAID = re.compile(r"\s+[a-z]+(?:\s+that)?\s+")
_FARTHEST_NATION = 40
_NEXT = 8
_SURE = 0.9
_FROM_CONTEXT = 0.7
_LIKELY = 0.4
_LEAST_SALIENCE = 0.12
_SPEAKER = 1.4
_TOLD_OF, _ACCUSER = 2.5, 0.4
_ACCUSES, _REFUSES = finite_forms(load_charges().accusing), finite_forms(load_charges().refusing)
_UNARMED = 0.1
"""Outlets tell of acts and hardly ever do them."""
_CHARITIES = frozenset(["charity", "agency", "watchdog", "monitor"])
_WATCHING = frozenset(["monitor", "organisation", "mission"])


class PointerReader:
    """Decides whom pointers stand for, one after the other, in the light of what was told before."""

    def __init__(self, text: str, scene: Scene, named: Sequence[Mention]) -> None:
        self._text = text
        self._scene = scene
        self._named = named
        self._voices: Sequence[tuple[int, int]] = ()
        self.discourse = Discourse()

    def read(
        self, pointer: Pointer, role: str, excluded: Collection[str], voices: Sequence[tuple[int, int]] = ()
    ) -> Mention:
        """The mention that a pointer is; ``voices`` are where those stand who say what it is said of."""
        self._voices = voices
        mention = Mention(
            start=pointer.start, end=pointer.end, text=pointer.text, actor=None, name=None, kind="", basis="",
            passage=pointer.passage, how=pointer.how, role=role, plural=is_plural(pointer.text),
        )  # fmt: skip
        if pointer.bystanders:
            mention.kind, mention.name = BYSTANDERS, pointer.text
        elif pointer.unknown:
            mention.kind, mention.basis, mention.name = UNNAMED, "unknown", pointer.text
        elif pointer.pronoun is not None:
            self._by_pronoun(pointer, mention, excluded)
        elif (joined := self._joined(pointer)) is not None:
            self._take(mention, joined, "joined", joined.score)
        elif pointer.noun is not None:
            self._by_noun(pointer, pointer.noun, mention, excluded)
        else:
            self._by_acting(pointer, mention, excluded)
        if not mention.kind and pointer.noun is not None and pointer.noun.noun_class == "rebels":
            mention.kind, mention.name = "group", pointer.text
        return mention

    def _joined(self, pointer: Pointer) -> Mention | None:
        """Whom those became part of that a pointer denotes: "jihadists who left the front and joined the emirate"."""
        clause = _RELATIVE.match(self._text, pointer.end)
        if clause is None:
            return None
        phrases = load_actor_phrases().joining
        ends = [pointer.end + found.end() for found in re.finditer("|".join(phrases), clause[0])]
        near = (m for end in ends for m in self._named if m.actor and end <= m.start <= end + _NEXT)
        return next(near, None)

    def _by_acting(self, pointer: Pointer, mention: Mention, excluded: Collection[str]) -> None:
        """Take "the planes" for those told of before, and "troops" that are nobody's for the country's own."""
        if pointer.definite:
            self._by_salience(mention, as_forces, excluded)
        if mention.actor is None and not self._same_noun(pointer, mention, excluded) and not self._is_divided():
            self._by_context(pointer.word, mention, excluded)

    def _is_divided(self) -> bool:
        """Whether the country told of has rival governments or armies, so that its troops may be either's."""
        rivals = [*self._called("army")[0], *self._called("government")[0]]
        return any(not is_state_part(actor) for actor in rivals)

    def _by_pronoun(self, pointer: Pointer, mention: Mention, excluded: Collection[str]) -> None:
        if pointer.owned in load_actor_phrases().apart_after or pointer.pronoun is None:
            return
        if pointer.pronoun == "speaker":
            self._by_speech(mention)
            return
        if (pointer.owned or pointer.how == OWNER) and self._is_speakers(mention):
            return
        own = () if pointer.owned else excluded
        agrees = agreeing(pointer.pronoun)

        said = self._said_by(mention)

        def fits(earlier: Mention) -> float:
            if earlier.kind == "media" and mention.role == "subject":
                return agrees(earlier) * _UNARMED
            return agrees(earlier) * said(earlier) * self._speaking(earlier, pointer)

        self._by_salience(mention, fits, own, basis="pronoun")
        if pointer.owned and mention.actor:
            self._owned(mention)

    def _is_speakers(self, mention: Mention) -> bool:
        """Whether "its pilots" are those of a speaker nobody knows: "the alliance said its pilots …"."""
        if not any(_SAID.fullmatch(self._text, end, mention.start) for _, end in self._voices):
            return False
        return not any(m.actor and self._speaks(m) for m in (*self._named, *self.discourse.mentions))

    def _by_speech(self, mention: Mention) -> None:
        """Take "we" and "our forces" for the side of whoever says it."""
        found = [m for m in self._named if m.actor and self._speaks(m)] or [
            m for m in self.discourse.mentions if m.actor and self._speaks(m)
        ]
        if not found:
            return
        self._take(mention, found[-1], "pronoun", found[-1].score)
        self._owned(mention)

    def _speaking(self, earlier: Mention, pointer: Pointer) -> float:
        return _SPEAKER if self._speaks(earlier) and pointer.pronoun != "several" else 1.0

    def _said_by(self, mention: Mention) -> Callable[[Mention], float]:
        """How what is said weighs speaker and others: who accuses speaks of the accused, who denies of themselves."""
        spoken = max((end for _, end in self._voices if end <= mention.start), default=mention.start)
        between = self._text[spoken : mention.start]
        accusing, denying = _ACCUSES.search(between), _REFUSES.search(between)

        def weight(earlier: Mention) -> float:
            if accusing is not None and earlier.start >= spoken + accusing.end():
                return _TOLD_OF
            if accusing is not None and self._speaks(earlier):
                return _ACCUSER
            return _TOLD_OF if denying is not None and self._speaks(earlier) else 1.0

        return weight

    def _accusing(self, mention: Mention) -> set[str]:
        """Who accuses the one pointed at: "the council accused the group" is not of itself."""
        spoken = max((end for _, end in self._voices if end <= mention.start), default=mention.start)
        accusing = _ACCUSES.search(self._text, spoken, mention.start)
        return {m.actor for m in self.discourse.mentions if m.actor and self._speaks(m)} if accusing else set()

    def _speaks(self, earlier: Mention) -> bool:
        """Whether somebody speaks of themselves: "Ankara said that its planes …"."""
        return any(earlier.covers(start, end) for start, end in self._voices)

    def _owned(self, mention: Mention) -> None:
        """From the owner to the owned: "his troops" are those of the group he leads, "its army" is the state's."""
        actor = self._scene.registry.get(mention.actor or "")
        if actor is None:
            return
        group = self._scene.registry.acting_for(actor)
        self._set(mention, group or actor, "possessive", mention.score)

    def _by_noun(self, pointer: Pointer, noun: Noun, mention: Mention, excluded: Collection[str]) -> None:
        if pointer.state:
            self._state_forces(mention)
            return
        if self._by_seat(pointer, noun, mention) or self._by_errand(pointer, noun, mention, excluded):
            return
        if self._is_of_others(pointer) or is_many_states(pointer.text, noun):
            mention.kind, mention.name = "group", pointer.text
            return
        if not self._same_noun(pointer, mention, excluded):
            self._by_class(pointer, noun, mention, excluded)

    def _by_class(self, pointer: Pointer, noun: Noun, mention: Mention, excluded: Collection[str]) -> None:
        """Whom a noun of its class points at: the most salient that fits, else what the country told of has of it."""
        salient = {
            "rebels": as_rebels, "group": as_speaking if mention.role == "voice" else as_group,
            "coalition": as_coalition, "country": as_country, "person": agreeing("person"),
        }.get(noun.noun_class)  # fmt: skip
        if salient is not None and pointer.definite:
            self._by_salience(mention, salient, {*excluded, *self._accusing(mention)})
        if mention.actor is None and noun.noun_class == "body" and pointer.definite:
            self._by_own_name(pointer, mention)
            if mention.actor is None and mention.role == "voice" and noun.bare in _CHARITIES:
                self._by_salience(mention, as_civil, excluded)
        elif mention.actor is None and noun.noun_class == "group" and pointer.definite:
            self._by_the_one_group(mention)
        elif mention.actor is None and noun.noun_class not in {"group", "person"} and not self._told(pointer, mention):
            self._by_context(
                noun.bare, mention, excluded, named_only=noun.noun_class == "rebels" and not pointer.definite
            )

    def _by_errand(self, pointer: Pointer, noun: Noun, mention: Mention, excluded: Collection[str]) -> bool:
        """Take "the aid group" for one that helps or watches; whether the noun is such."""
        if noun.noun_class == "coalition" and _OF_REBELS.match(self._text, pointer.end):
            return True  # "the coalition of armed groups" is none that keeps the peace
        if noun.noun_class != "group" or self._word_before(pointer) not in load_actor_phrases().civil:
            return False
        if pointer.definite:
            self._by_salience(mention, as_civil, excluded)
        return True

    def _word_before(self, pointer: Pointer) -> str:
        """The word that stands before a pointer, in lower case."""
        return "".join(self._text[max(0, pointer.start - _FARTHEST_NATION) : pointer.start].split()[-1:]).lower()

    def _told(self, pointer: Pointer, mention: Mention) -> bool:
        """Whether the report says whose rebels they are, so that they are not those of the country it tells of."""
        if pointer.noun is None or pointer.noun.noun_class != "rebels":
            return False
        return mention.name is not None or self._is_foreign(pointer)

    def _is_foreign(self, pointer: Pointer) -> bool:
        """Whether rebels are called another nation's: "Orlesian Islamist rebels"."""
        before = _NATION.search(self._text[max(0, pointer.start - _FARTHEST_NATION) : pointer.start])
        named = self._scene.registry.named(before[1]) if before else []
        return bool(named) and not any(self._scene.country in actor.countries for actor in named)

    def _is_of_others(self, pointer: Pointer) -> bool:
        """Whether a people that the registry lacks is named before, not the country told of ("Osken fighters")."""
        before = "".join(self._text[max(0, pointer.start - _FARTHEST_NATION) : pointer.start].split(" ")[-2:-1])
        phrases = load_actor_phrases()
        if pointer.noun is not None and pointer.noun.noun_class == "government" and phrases.is_rival(before):
            return True
        if not _PEOPLE.fullmatch(before) or before in phrases.creeds:
            return False
        return not self._scene.registry.named(before)

    def _by_seat(self, pointer: Pointer, noun: Noun, mention: Mention) -> bool:
        """Take "the army in Kigali" for that of the country which is governed from there."""
        seat = _IN_A_TOWN.match(self._text, pointer.end)
        if seat is None or noun.noun_class in {"rebels", "group", "person", "body"}:
            return False
        registry = self._scene.registry
        state = next((a for a in registry.actors.values() if a.kind == "state" and seat[1] in a.seats), None)
        called = registry.called(noun.bare, [state.country or ""], self._scene.year) if state else []
        if len(called) == 1:
            self._set(mention, called[0], "country_context", _SURE)
        return len(called) == 1

    def _by_the_one_group(self, mention: Mention) -> None:
        """Take "the group" that nothing before explains for the one that a country's insurgents are, if it is one."""
        nouns = load_actor_phrases().nouns["rebels"]
        country = self._scene.country
        found = {
            a.id: a for noun in nouns for a in self._scene.registry.called(noun, [country or ""], self._scene.year)
        }
        if len(found) == 1:
            self._set(mention, next(iter(found.values())), "country_context", _LIKELY)

    def _by_own_name(self, pointer: Pointer, mention: Mention) -> None:
        """Take "the Observatory" for the one body of that word in its name that watches the country told of."""
        if self._word_before(pointer) not in load_actor_phrases().definite:
            return  # "the civil defence agency" is told apart from others by more than its noun
        country = self._scene.country
        named = [
            actor
            for actor in self._scene.registry.actors.values()
            if country in actor.countries and actor.kind in _WATCHING and pointer.word in actor.name.lower().split()
        ]
        if len(named) == 1:
            self._set(mention, named[0], "country_context", _FROM_CONTEXT)

    def _same_noun(self, pointer: Pointer, mention: Mention, excluded: Collection[str]) -> bool:
        """Take "the army" for "the Sudanese army" told before, or else told after, as a headline may have it."""
        if pointer.counted and pointer.noun is not None and pointer.noun.noun_class != "rebels":
            return False
        whole = pointer.noun is not None and " " in pointer.noun.bare
        # Those who merely act are the same only in the same number: "main forces" are no "rebel force".
        as_told = _stem if pointer.noun is not None else str
        stem = as_told(pointer.word)
        earlier = [m for m in self.discourse.mentions if m.actor and m.end <= mention.start]
        later = [m for m in self._named if m.actor and m.start >= mention.end]
        for found in [*reversed(earlier), *later]:
            told = found.text.lower()
            # "Security forces" are not the next force that is named, only one called security forces.
            same = pointer.noun.bare in told if whole and pointer.noun else stem in map(as_told, told.split()[1:])
            if found.actor not in excluded and same:
                self._take(mention, found, "earlier_sentence", _SURE)
                return True
        return False

    def _by_salience(
        self,
        mention: Mention,
        fits: Callable[[Mention], float],
        excluded: Collection[str],
        basis: str = "earlier_sentence",
    ) -> None:
        found = self.discourse.antecedents(mention, fits, excluded)
        if not found or found[0][1] < _LEAST_SALIENCE:
            return
        best, weight = found[0]
        rival = found[1][1] if len(found) > 1 else 0.0
        self._take(mention, best, basis, round(max(0.5, weight / (weight + rival)) * best.score, 2))
        mention.candidates = candidates_of(found)

    def _by_context(self, noun: str, mention: Mention, excluded: Collection[str], *, named_only: bool = False) -> None:
        """Whom the noun means in the country the report tells of: those it names first, or those ``named_only``."""
        called, country = self._called(noun)
        named = {m.actor for m in self._named}
        called = [actor for actor in called if actor.id not in excluded and (actor.id in named or not named_only)]
        special = [a for a in called if not is_state_part(a)]
        chosen = [a for a in called if a.id in named] or special or called
        mention.candidates = tuple(
            Candidate(referent=a.id, name=a.name, score=round(1 / len(chosen), 2), because=f"“{noun}” in {country}")
            for a in chosen[:4]
        )
        if len(chosen) == 1:
            self._set(mention, chosen[0], "country_context", _FROM_CONTEXT)

    def _called(self, noun: str) -> tuple[list[Actor], str]:
        """Whom a noun means in the likeliest country where it means anybody."""
        for country in self._scene.likely():
            for written in (noun, noun.capitalize()):
                called = self._scene.registry.called(written, [country], self._scene.year)
                if called:
                    return called, country
        return [], ""

    def _state_forces(self, mention: Mention) -> None:
        """Forces called the government's are those of the state the report tells of, or of its special government."""
        country = self._scene.country
        if country is None:
            return
        registry = self._scene.registry
        governments = [a for a in registry.called("government", [country], self._scene.year) if not is_state_part(a)]
        named = {m.actor for m in self._named}
        rival = [a for a in governments if a.id in named] or (governments if len(governments) == 1 else [])
        forces = rival[0] if rival else registry.get(f"actor:{country}/armed-forces")
        if forces is not None:
            self._set(mention, forces, "country_context", _FROM_CONTEXT)

    def _take(self, mention: Mention, found: Mention, basis: str, score: float) -> None:
        mention.actor, mention.name, mention.kind = found.actor, found.name, found.kind
        mention.basis, mention.score = basis, score

    def _set(self, mention: Mention, actor: Actor, basis: str, score: float) -> None:
        mention.actor, mention.name, mention.kind = actor.id, actor.name, actor.kind
        mention.basis, mention.score = basis, score


def is_state_part(actor: Actor) -> bool:
    """Whether an actor is one of the parts every state has."""
    return actor.id.rsplit("/", 1)[1] in {"government", "armed-forces", "air-force", "police", "security-forces"}


def is_many_states(text: str, noun: Noun) -> bool:
    """Whether a noun speaks of several states at once ("Western governments", "regional armies")."""
    plural = text.lower().rsplit(maxsplit=1)[-1] in (
        "governments",
        "armies",
        "militaries",
        "regimes",
        "cabinets",
        "juntas",
    )
    return plural and noun.noun_class in {"government", "armed_forces"}


def _stem(word: str) -> str:
    """A noun without its plural, for comparison: "militias" and "militia", "rebels" and "rebel"."""
    for ending, instead in (("ies", "y"), ("men", "man"), ("s", "")):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return word.removesuffix(ending) + instead
    return word
