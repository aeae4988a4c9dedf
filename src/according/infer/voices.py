"""Who speaks in a claim and whom it says it of, by the actors that words resolve to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from itertools import pairwise

import msgspec

from according.infer.kin import kind
from according.infer.outlet_voices import is_one_voice, outlet_named
from according.records import Claim, Report, Resolution, Span, Voice
from according.vocabulary import load_vocabulary
from according.vocabulary.outlets import load_outlets
from according.vocabulary.sourcing import opens, says
from according.vocabulary.wording import load_wording

OUTLET = "outlet"
UNKNOWN = "unknown"
"""A doer of whom somebody says that nobody knows who it was."""
HEARSAY = "reports"
"""What the outlet tells as reported, by nobody in particular."""

_TELLERS = frozenset({"media", "monitor"})
"""Kinds of actors that tell of violence and never do it."""
_STRIKING = frozenset({"armed_forces", "coalition"})
"""Kinds of actors that make known what their own forces did."""
_RULING = frozenset({"state", "government", "armed_forces"})
"""Kinds of actors that outlets are named for and that do not speak through them: "Syria News Desk"."""
_NOT_ACTING = frozenset({"backer", "opponent", "holder", "led"})
_BY_NAME = frozenset({"name", "alias", "acronym"})
_STANDS_BEHIND = re.compile(r"\s(?:of|in|on|at|near|from|with|who|that|to|around|by)\s", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:the|a|an|its|their|his|her)\s+", re.IGNORECASE)


class Speaker(msgspec.Struct, frozen=True):
    """Whoever makes a statement: a name for people, and the actor spoken for, when known."""

    name: str
    actor: str | None


class Sayings:
    """The speakers and doers of claims."""

    def __init__(
        self,
        resolutions: Iterable[Resolution],
        reports: Mapping[str, Report] | None = None,
        copies: Mapping[str, str] | None = None,
    ) -> None:
        self._reports = reports or {}
        self._copies = copies or {}
        self._roles: dict[tuple[str, str, int], Resolution] = {}
        self._doers: dict[str, list[Resolution]] = {}
        self._countries: dict[str, str | None] = {}
        for resolution in resolutions:
            if resolution.role == "voice":
                self._roles.setdefault((resolution.claim, resolution.role, resolution.index), resolution)
            elif resolution.role == "subject":
                self._doers.setdefault(resolution.claim, []).append(resolution)
            elif resolution.role == "place" and resolution.place is not None:
                self._countries[resolution.claim] = resolution.place.country

    def in_order(self, claims: Iterable[Claim]) -> list[Claim]:
        """Claims in the order they were told: by publication, then by place in the text."""
        return sorted(claims, key=lambda claim: (self.published(claim), claim.report, claim.evidence.start, claim.id))

    def published(self, claim: Claim) -> str:
        """When the report of a claim came out, empty when that is not known."""
        report = self._reports.get(claim.report)
        return (report.published or "") if report else ""

    def report_name(self, report: str) -> str:
        """What a report goes by outside: the id it was given on the way in, else its own."""
        known = self._reports.get(report)
        return (known.input_id if known else None) or report

    def speaker(self, claim: Claim) -> Speaker:
        """Who says it: the innermost voice that is somebody, or the outlet."""
        for index in reversed(range(len(claim.voices))):
            voice = claim.voices[index]
            if voice.voice_class == "outlet" and voice.span is None:
                return self._outlet(claim)
            if not _is_nobody(voice):
                return self._spoken(claim, index)
        return self._outlet(claim)

    def is_outlet(self, claim: Claim) -> bool:
        """Whether the outlet itself says it."""
        return self.speaker(claim) == self._outlet(claim)

    def doers(self, claim: Claim) -> list[tuple[str | None, str]]:
        """Whom the claim says it of: actors, armed people the registry does not know, or ``UNKNOWN``.

        Weapons, vehicles, events and papers act in sentences, and did nothing.
        """
        resolved = self._doers.get(claim.id, [])
        found = [one for one in resolved if one.referent and kind(one.referent) not in _TELLERS]
        if found:
            return [(one.referent, one.name or str(one.referent)) for one in found]
        either = [c for one in resolved if one.basis == "alternatives" for c in one.candidates]
        if either:
            return [(one.referent, one.name) for one in either]
        if claim.subject is None:
            return [(None, UNKNOWN)] if leaves_open(claim) else self._of_itself(claim)
        said = claim.subject.text
        if says(said, "unknown") or _OF_NOBODY_KNOWN.match(
            claim.evidence.text, claim.subject.end - claim.evidence.start
        ):
            return [(None, UNKNOWN)]
        named = [_described(name) for name in (*(one.name for one in resolved if one.name), said)]
        described = next((name for name in named if name), None)
        return [(None, described)] if described else self._of_itself(claim)

    def voices(self, claims: Iterable[Claim]) -> tuple[str, ...]:
        """Who tells it and does not merely deny it, each once: hearsay as one more.

        Outlets count where nobody else is named, or where several of them tell it in words of their own.
        """
        said: list[Speaker] = []
        outlets: dict[str, Speaker] = {}
        hearsay = False
        for claim in self.in_order(one for one in claims if one.polarity == "affirmed" and not leaves_open(one)):
            if self.is_outlet(claim):
                hearsay = hearsay or claim.hedge == "reported"
                outlets.setdefault(self._copies.get(claim.report, claim.report), self.speaker(claim))
            else:
                _add(said, self._together(claim), _is_known)
        tellers = _add([], outlets.values(), _is_same_outlet)
        if len(tellers) > 1:
            return tuple(speaker.name for speaker in _add(said, tellers, _is_same_outlet))
        heard = (HEARSAY,) if hearsay else ()
        return (*(speaker.name for speaker in said), *heard) or tuple(speaker.name for speaker in tellers)

    def _together(self, claim: Claim) -> Iterator[Speaker]:
        """Who says it, and whoever says it with them: "residents and a doctor said"."""
        spoken = [(index, voice.span) for index, voice in enumerate(claim.voices) if voice.span is not None]
        for (index, span), (_, following) in pairwise(spoken):
            if _is_beside(claim, span, following):
                yield self._spoken(claim, index)
        yield self.speaker(claim)

    def _of_itself(self, claim: Claim) -> list[tuple[str | None, str]]:
        """Who speaks for a side, of nobody else, speaks of that side: "a spokesman for the rebels denied any part"."""
        speaker = self.speaker(claim)
        owns = claim.polarity == "denied" or any(says(cue.text, "admitting") for cue in claim.cues) or takes(claim)
        owns = owns or (kind(speaker.actor or "") in _STRIKING and (announces(claim) or _counts_enemies(claim)))
        if not owns or speaker.actor is None or kind(speaker.actor) in _TELLERS | {"organisation"}:
            return []
        spoken = claim.voices[-1].span
        themselves = claim.subject is not None and claim.subject.text.lower() in ("we", "i")
        apart = claim.subject is not None and spoken is not None and not _overlap(claim, spoken.start, spoken.end)
        known = load_vocabulary().actors.actors.get(speaker.actor)
        return [] if apart and not themselves else [(speaker.actor, known.name if known else speaker.name)]

    def _spoken(self, claim: Claim, index: int) -> Speaker:
        voice = claim.voices[index]
        found = self._roles.get((claim.id, "voice", index))
        said = voice.name or (voice.span.text if voice.span else voice.voice_class)
        outlet = outlet_named(said, voice.voice_class, found.referent if found else None, self._countries.get(claim.id))
        if outlet is not None:
            return Speaker(outlet, None)
        official = voice.voice_class in {"official", "military"}
        actor = (found.referent if found else None) or _spoken_for(said, official=official)
        if voice.voice_class == "media" and kind(actor or "") in _RULING:
            return Speaker(said, None)
        return Speaker((found.name if found and found.referent else None) or said, actor)

    def _outlet(self, claim: Claim) -> Speaker:
        report = self._reports.get(claim.report)
        source = report.source if report else None
        return Speaker(load_outlets().named(source or "") or source or OUTLET, None)


def count(voices: Iterable[str]) -> int:
    """How many independent voices some names are: unnamed ones in the plural as two."""
    return sum(2 if _are_several(name) else 1 for name in voices)


def _are_several(name: str) -> bool:
    return says(name, "plural") and name[1:] == name[1:].lower() and _OF_THE_STATE.search(name) is None


# A state's media speak with one voice.
_OF_THE_STATE = re.compile(
    r"\b(?:state|state-run|official|government)\s+(?:media|tv|television|radio)\b", re.IGNORECASE
)


def takes(claim: Claim) -> bool:
    """Whether a deed is claimed as one's own ("claimed a bombing"), and not merely told ("claimed that")."""
    known = load_vocabulary().predicates.get(claim.predicate)
    said = [cue for cue in claim.cues if cue.text.lower().startswith("claim")]
    ends = [cue.end - claim.evidence.start for cue in said if not _is_negated(claim, cue)]
    deed = known is not None and known.family == "violence" and claim.subject is None
    return deed and any(_OF_A_DEED.match(claim.evidence.text[end:]) is not None for end in ends)


def _is_negated(claim: Claim, cue: Span) -> bool:
    """As in "Who have not claimed the raid", "no group has claimed it"."""
    return _NOT.search(claim.evidence.text[: max(0, cue.start - claim.evidence.start)]) is not None


_NOT = re.compile(r"(?:\b(?:not|never|no|nobody|none|neither|nor|yet to)\b|n't\b|n’t\b)[^,;.]{0,30}$", re.IGNORECASE)


def announces(claim: Claim) -> bool:
    """Whether a deed is made known as one's own: "announced an air strike", "confirmed the strike"."""
    known = load_vocabulary().predicates.get(claim.predicate)
    said = [cue.end - claim.evidence.start for cue in claim.cues if cue.text.lower().startswith(("announc", "confirm"))]
    deed = known is not None and known.family == "violence" and claim.subject is None
    return deed and any(_OF_A_DEED.match(claim.evidence.text[end:]) is not None for end in said)


def _counts_enemies(claim: Claim) -> bool:
    """Whether an army counts fighters killed, not saying by whom: "the army said that a strike killed nine rebels"."""
    counted = claim.quantity is not None and claim.quantity.high != 0
    return claim.predicate == "kill" and claim.group == "fighters" and counted and claim.subject is None


_OF_A_DEED = re.compile(r"\s+(?!that\b|it\b|they\b|to\b|he\b|she\b)\w", re.IGNORECASE)


# "A drone of unknown nationality", "jets from an unidentified country": whose a weapon is stands behind it.
_OF_NOBODY_KNOWN = re.compile(
    r"\s+(?:of|from)\s+(?:an?\s+)?(?:as yet\s+)?(?:unknown|unidentified|unclear|uncertain|undetermined|unspecified)\b",
    re.IGNORECASE,
)


def leaves_open(claim: Claim) -> bool:
    """Whether a claim's own words say that nobody knows who did it."""
    phrases = load_wording().hedges.unknown_author
    cues = [" ".join(cue.text.lower().split()) for cue in claim.cues]
    asked = any(phrase in cue for cue in cues for phrase in phrases)
    return asked or any(_OPEN.search(cue) is not None for cue in cues)


_OPEN = re.compile(r"\b(?:clear|known|unclear|unknown)\b.*\b(?:which|who)\b|\b(?:which|who)\b.*\b(?:unclear|unknown)\b")


def _is_nobody(voice: Voice) -> bool:
    """Words at a voice's place that are nobody's: "no group"."""
    return voice.span is not None and opens(voice.span.text, "nobody")


def _is_beside(claim: Claim, one: Span, other: Span) -> bool:
    """Whether two voices are joined as equals, and not the one told of by the other."""
    first, last = sorted((one, other), key=lambda span: span.start)
    between = claim.evidence.text[first.end - claim.evidence.start : last.start - claim.evidence.start]
    return _JOINED.fullmatch(between) is not None


_JOINED = re.compile(r"\s*(?:,|&|,?\s*and(?:\s+also)?|as well as)(?:\s+(?:the|an?))?\s*", re.IGNORECASE)


def _overlap(claim: Claim, start: int, end: int) -> bool:
    return claim.subject is not None and claim.subject.start < end and start < claim.subject.end


def _described(said: str) -> str | None:
    """A doer's description where its head is somebody who can act, without its article."""
    head = _STANDS_BEHIND.split(_GROUP_OF.sub("", said), maxsplit=1)[0]
    last = (re.findall(r"[\w-]+", head.lower()) or [""])[-1]
    tool = not load_wording().modality.inanimate.isdisjoint((last, last.removesuffix("s"))) or _is_vehicle(last)
    if opens(said, "nobody") or tool or not says(head, "doers"):
        return None
    return _ARTICLE.sub("", said)


# "A group of Muslim rebels", "dozens of gunmen": who acts is told behind "of".
_GROUP_OF = re.compile(
    r"^(?:(?:a|an|the|some|one)\s+)?(?:\w+\s+)?(?:group|band|gang|number|dozens|scores|hundreds|members?|fighters?)\s+of\s+",
    re.IGNORECASE,
)


def _is_vehicle(word: str) -> bool:
    """As in "a fighter jet", "a police car": what doers use is no doer."""
    return any(
        word in names or word.removesuffix("s") in names for names in load_wording().modality.instruments.values()
    )


def _add(
    known: list[Speaker], speakers: Iterable[Speaker], is_one: Callable[[Speaker, Speaker], bool]
) -> list[Speaker]:
    """The voices known so far with those of the speakers that are none of them."""
    for speaker in speakers:
        if not any(is_one(speaker, other) for other in known):
            known.append(speaker)
    return known


def _is_known(speaker: Speaker, other: Speaker) -> bool:
    """Whether a speaker is one told of already: "the minister" is "the interior minister", whose words hold its own."""
    words = frozenset(re.findall(r"\w+", _ARTICLE.sub("", speaker.name).lower()))
    others = frozenset(re.findall(r"\w+", _ARTICLE.sub("", other.name).lower()))
    return (bool(words) and (words <= others or others <= words)) or _is_one_voice(speaker, other)


def _is_one_voice(speaker: Speaker, other: Speaker) -> bool:
    return is_one_voice(speaker.name, other.name, speaker.actor, other.actor)


def _is_same_outlet(speaker: Speaker, other: Speaker) -> bool:
    """Whether two reports' outlets are one voice; of reports that name none, nobody can say so."""
    return speaker.name != OUTLET and _is_one_voice(speaker, other)


@cache
def _spoken_for(said: str, *, official: bool) -> str | None:
    """Whom words for a voice name: anybody by name, a nation only where an official or its army speaks."""
    for mention in load_vocabulary().actors.spot(said):
        if mention.how in _BY_NAME or (official and mention.how not in _NOT_ACTING):
            return mention.ids[0]
    return None
