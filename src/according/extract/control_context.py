"""What a sentence on control leaves to what went before: the place spoken of, the claim it answers or repeats."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from according.extract.control_answers import answers_in
from according.extract.control_entering import entries
from according.extract.control_places import PlaceArgument
from according.extract.control_pointing import (
    is_bare_part,
    is_said_from,
    people_s_place,
    site_before,
    unknown_name_before,
)
from according.vocabulary import load_vocabulary
from according.vocabulary.control import load_control_words
from according.vocabulary.wording import load_wording

if TYPE_CHECKING:
    from according.extract.control_finding import Finding
    from according.extract.parse import Sentence
    from according.records import Claim, Span
    from according.vocabulary.names import NameMention

REACH = 2
"""How many sentences back a left-out place, or the claim that is denied, may lie."""
REGIONS = frozenset(["district", "province", "governorate", "county", "township", "island", "peninsula", "enclave"])
FACILITIES = frozenset(["airport", "base", "airbase", "port", "camp", "barracks", "headquarters", "crossing", "dam"])
BARE_NAME = 3
"""Words at most in a headline that is nothing but a name."""
LEAVING_PLACE_OUT = frozenset(["withdraw", "take", "lose", "contest", "hold"])
GONE_TO = re.compile(
    r"\b(?:went|gone|going|moved|fled|retreated|withdrew|withdrawn|returned|left)(?: back)? (?:to|for|towards?) $"
)
SEAT = re.compile(r" (?:at|in) ((?:al-|el-)?[A-Z].*)$")
STATES_OF_TOWNS = frozenset(
    [
        "port",
        "border",
        "coastal",
        "mining",
        "market",
        "oil",
        "hilltop",
        "empty",
        "deserted",
        "besieged",
        "embattled",
        "abandoned",
        "ruined",
        "strategic",
        "key",
    ]
)
"""Adjectives that tell no town from another."""


class Context:
    """What has been said of control so far in a report."""

    def __init__(self) -> None:
        self.topic: Span | None = None
        self._named: tuple[int, Span] | None = None
        self._last_town: tuple[int, Span] | None = None
        self._last: tuple[int, Span] | None = None
        self._ahead: Span | None = None
        self._is_unknown = False
        self._claims: list[tuple[int, Claim]] = []
        self._at = 0

    def enter(self, sentence: Sentence) -> None:
        """Begin a sentence; a headline's first place is what a report is about until told otherwise."""
        self._at += 1
        if sentence.passage.block == "headline" and self.topic is None:
            self.topic = _headline_place(sentence)

    def look_ahead(self, findings: list[Finding], sentence: Sentence) -> None:
        """See which place the sentence names, for a pronoun that points ahead to it."""
        names = [p.span for f in findings for p in f.places if any(letter.isupper() for letter in p.span.text)]
        self._ahead = names[0] if names else None
        if sentence.doc[0].dep_ in ("mark", "prep", "advmod", "advcl") and self._ahead is None:
            self._ahead = _main_subject(sentence)

    def note(self, claim: Claim, sentence: Sentence) -> None:
        """Remember a claim and the place it names, and whether the gazetteer knows that place."""
        self._claims.append((self._at, claim))
        if claim.place is None or claim.place.text.lower() in ("it", "its", "them", "there"):
            return
        self._last = (self._at, claim.place)
        if any(letter.isupper() for letter in claim.place.text):
            self._named = self._last
            if self._last_town is None or not _is_region(sentence, claim.place):
                self._last_town = _town_of(self._last, sentence)
            start, end = claim.place.start, claim.place.end
            self._is_unknown = (
                not any(m.start < end and start < m.end for m in sentence.places) and start >= sentence.offset
            )

    def place_of(self, sentence: Sentence, finding: Finding) -> list[PlaceArgument]:
        """The place a finding leaves out: the last one spoken of close by, the sentence's only one, or the topic."""
        if finding.predicate not in LEAVING_PLACE_OUT:
            return []
        if (near := people_s_place(sentence, finding.trigger)) is not None:
            return [PlaceArgument(near)]
        town = self._last_town if finding.predicate == "withdraw" else None
        if town is not None and town[0] == self._at:
            return [PlaceArgument(town[1])]
        for remembered in (self._here, self._only(sentence), self._named):
            if remembered is not None and self._at - remembered[0] <= REACH:
                return [PlaceArgument(remembered[1])]
        return [PlaceArgument(self.topic)] if self.topic is not None else []

    def named_places(self, places: Iterable[PlaceArgument], sentence: Sentence) -> Iterator[PlaceArgument]:
        """The places that are meant: "them" stands for those that were named together last."""
        for place in places:
            spoken_of = self._meant_by(sentence, place.span)
            yield from [PlaceArgument(span, place.extent) for span in spoken_of] or [self.named_place(place, sentence)]

    def _meant_by(self, sentence: Sentence, words: Span) -> list[Span]:
        """What "them" or "both towns" stands for."""
        if words.text.lower() == "them":
            return self._together()
        if words.text.lower() in ("both", "either"):
            return self._two_before(sentence, words) or self._together()
        first, _, kind = words.text.lower().partition(" ")
        if first != "both" or kind.removesuffix("s") not in {t.removesuffix("y") for t in load_control_words().towns}:
            return []
        return self._two_before(sentence, words) or self._together()

    def _two_before(self, sentence: Sentence, words: Span) -> list[Span]:
        """The last two towns that the sentence names before some words, if there are two."""
        named = [m for m in sentence.places if m.end <= words.start and _may_be_town(sentence, m)][-2:]
        return [sentence.span(m.start - sentence.offset, m.end - sentence.offset) for m in named if len(named) > 1]

    def _together(self) -> list[Span]:
        """The places of the last claim close by, when there are several or their word is a plural."""
        near = [c for at, c in self._claims if self._at - at <= 1 and c.place is not None]
        if not near or near[-1].place is None:
            return []
        alike = {c.place for c in near if c.place is not None and c.cues[:1] == near[-1].cues[:1]}
        last = near[-1].place.text.split()[-1]
        counted = last.endswith("s") and last.islower()
        return sorted(alike, key=lambda span: span.start) if len(alike) > 1 or counted else []

    def named_place(self, place: PlaceArgument, sentence: Sentence) -> PlaceArgument:
        """The place that "it" or "the town" stands for: the one whose control was spoken of last.

        A pronoun may also point ahead ("days after losing it, the army took Hama").
        """
        if _is_bare_kind(place.span):
            town = self._town_before(sentence, place.span)
            return PlaceArgument(town, place.extent) if town is not None else place
        if (kind := _bare_region(place.span)) is not None:
            region = self._region_before(sentence, place.span, kind)
            return PlaceArgument(region, place.extent) if region is not None else place
        part = place.span if _is_part_of_it(place.span) or is_bare_part(place.span) else None
        if place.span.text.lower() not in ("it", "its", "there") and part is None:
            return place
        if part is not None and part.text.lower().endswith("streets"):
            return self._pointed_at(place, sentence)  # whoever walks a town's streets is in all of it
        whole = self._pointed_at(PlaceArgument(place.span, place.extent or part), sentence)
        return whole if whole.span != place.span else PlaceArgument(place.span, place.extent or part)

    def _pointed_at(self, place: PlaceArgument, sentence: Sentence) -> PlaceArgument:
        """What "it", "there" and the "its" of "its streets" stand for."""
        if self._named is None and self._ahead is not None and self._ahead.start > place.span.end:
            return PlaceArgument(self._ahead, place.extent)
        if place.span.text.lower() == "it" and self._here is not None:
            return PlaceArgument(self._here[1], place.extent)
        near = self._named is not None and self._at - self._named[0] <= (REACH if self._is_unknown else 1)
        if self._named is not None and near:
            return PlaceArgument(self._named[1], place.extent)
        before = self._only(sentence) if place.span.text.lower() != "there" and self._named is None else None
        if before is not None and before[1].end <= place.span.start:
            return PlaceArgument(before[1], place.extent)
        site = site_before(sentence, place.span.start - sentence.offset) if place.span.text.lower() == "it" else None
        return PlaceArgument(site, place.extent) if site is not None else place

    def left_out(self, finding: Finding, place: Span, *, denied: bool) -> Span | None:
        """The party that a finding leaves out: who took other places just before, or held the one that was lost."""
        if denied:
            fallen = finding.trigger.lemma_ == "fall"
            unsaid = not finding.holders and finding.predicate in {"take", "hold", "besiege"}
            who = self._claimant(place, same=not fallen) if fallen or unsaid else None
            return who or (self._besieger(place) if fallen else None)
        if finding.predicate == "lose":
            return self._loser_of(place)
        if finding.predicate == "take" and finding.realis == "failed":
            return self._rival(place, finding)
        if finding.predicate == "take" and finding.trigger.lemma_ in ("fall", "surrender", "yield", "give"):
            return self._receiver(place) or self._taker(place) or self._besieger(place)
        return None

    def _town_before(self, sentence: Sentence, words: Span) -> Span | None:
        """What "the town" means: the place claimed last in the sentence, the last name before it, or an earlier one."""
        last = self._last_town
        if last is not None and last[0] == self._at:
            return last[1]
        named = [m for m in sentence.places if m.end <= words.start and _may_be_town(sentence, m)]
        named = [m for m in named if not _is_gone_to(sentence, m)] or named
        named = [m for m in named if not _speaks(sentence, m) and not is_said_from(sentence, m)]
        if named:
            return sentence.span(named[-1].start - sentence.offset, named[-1].end - sentence.offset)
        if last is not None and self._at - last[0] <= REACH:
            return last[1]
        return unknown_name_before(sentence, words.start - sentence.offset)

    def _region_before(self, sentence: Sentence, words: Span, kind: str) -> Span | None:
        """What "the district", "the airport" means: the last place of that kind claimed, or the last name."""
        near = [c.place for at, c in self._claims if self._at - at <= REACH and c.place is not None]
        same = [p for p in near if kind in p.text.lower().split() and p.text.lower() != words.text.lower()]
        if same or kind in FACILITIES:
            return same[-1] if same else None
        named = [m for m in sentence.places if m.end <= words.start]
        named = [m for m in named if not any(a.start <= m.start < a.end for a in sentence.actors)]
        named = [m for m in named if not _speaks(sentence, m) and not _owns(sentence, m)]
        if named:
            return sentence.span(named[-1].start - sentence.offset, named[-1].end - sentence.offset)
        return self._named[1] if self._named is not None and self._at - self._named[0] <= REACH else None

    def _rival(self, place: Span, finding: Finding) -> Span | None:
        """Who is said close by to be after the place that somebody defends ("X has Y, Z beat off an attack")."""
        own = {head.text for head in finding.others}
        near = [c for at, c in self._claims if self._at - at <= 1 and c.predicate in {"take", "hold", "besiege"}]
        near = [c for c in near if c.subject is not None and not own & set(c.subject.text.split())]
        near = [c for c in near if c.place is not None and _is_one_place(c.place, place)]
        return near[-1].subject if near else None

    def _receiver(self, place: Span) -> Span | None:
        """Who is said in the same sentence to have held the place since ("held by X since May, when it fell")."""
        here = [c for at, c in self._claims if at == self._at and c.predicate == "hold" and c.polarity == "affirmed"]
        same = [c.subject for c in here if c.place is not None and c.place.text == place.text and c.subject]
        return same[-1] if same else None

    def _taker(self, place: Span) -> Span | None:
        """Who is told to be taking places close by ("X took Mosul. Tikrit fell a day later.")."""
        near = [c for at, c in self._claims if self._at - at <= 1 and c.predicate == "take"]
        if any(c.place is not None and c.place.text == place.text for c in near):
            return None  # then it changed hands at another time, too
        real = [c.subject for c in near if c.polarity == "affirmed" and c.realis == "happened" and c.subject]
        return real[-1] if real else None

    def _besieger(self, place: Span) -> Span | None:
        """Who is said in the same sentence to have besieged the place ("was sealed off by X before it fell")."""
        here = [c for at, c in self._claims if at == self._at and c.predicate == "besiege" and c.subject is not None]
        same = [c.subject for c in here if c.place is not None and c.place.text == place.text]
        return same[-1] if same else None

    def _claimant(self, place: Span, *, same: bool) -> Span | None:
        """Who has just claimed a place there ("X said it held the airport; Z replied that Y had not fallen").

        ``same`` asks for who claimed that very place ("X said it held Y; Z saw no sign that Y had been taken").
        """
        if same:
            own = [c for at, c in self._claims if self._at - at <= 1 and c.predicate in {"take", "hold"}]
            own = [c for c in own if c.place is not None and c.place.text == place.text and c.polarity == "affirmed"]
            return own[-1].subject if own else None
        here = [c for at, c in self._claims if at == self._at and c.predicate in {"take", "hold"} and c.voices]
        before = [c for at, c in self._claims if self._at - at == 1 and c.predicate in {"take", "hold"}]
        before = [c for c in before if c.predicate == "take" or c.voices]
        before = [
            c for c in before if c.polarity == "affirmed" and c.place is not None and _is_one_place(c.place, place)
        ]
        if not here and before:
            return before[-1].subject
        if not here or here[-1].polarity == "denied" or here[-1].place is None:
            return None
        defends = here[-1].predicate == "hold" and here[-1].place.text == place.text
        return None if defends else here[-1].subject  # "they hold Y and it has not fallen": not to them

    def _loser_of(self, place: Span) -> Span | None:
        """Who last held or took a place by the same words in the sentence ("only to be lost again")."""
        for at, claim in reversed(self._claims):
            same = claim.place is not None and claim.place.text == place.text
            if at == self._at and same and claim.predicate in {"take", "hold"} and claim.polarity == "affirmed":
                return claim.subject
        return None

    @property
    def _here(self) -> tuple[int, Span] | None:
        """The last place of this very sentence."""
        return self._last if self._last is not None and self._last[0] == self._at else None

    def _only(self, sentence: Sentence) -> tuple[int, Span] | None:
        free = (m for m in sentence.places if not any(a.start <= m.start < a.end for a in sentence.actors))
        free = (m for m in free if not is_said_from(sentence, m) and not _speaks(sentence, m))
        names = {m.text: m for m in free if not _is_gone_to(sentence, m)}
        if len(names) != 1:
            return None
        only = next(iter(names.values()))
        return self._at, sentence.span(only.start - sentence.offset, only.end - sentence.offset)

    def entries(self, sentence: Sentence, findings: list[Finding]) -> Iterator[Finding]:
        """Who comes into a place that others have just left takes it."""
        given_up = (c for at, c in self._claims if self._at - at == 1 and c.predicate in {"withdraw", "lose"})
        return entries(sentence, findings, left=any(c.polarity == "affirmed" for c in given_up))

    def answers(self, sentence: Sentence) -> Iterator[Claim]:
        """Claims that a sentence makes by pointing back: "that is not true", "its own men had done so"."""
        known = [c for at, c in self._claims if self._at - at <= REACH]
        earlier = [c for c in known if c.polarity == "affirmed" and c.realis in {"happened", "ongoing"}]
        yield from answers_in(sentence, earlier)


def _main_subject(sentence: Sentence) -> Span | None:
    """“After its capture by rebels Y was looted": Y, if it is a known place that the sentence is about."""
    root = next(t for t in sentence.doc if t.dep_ == "ROOT")
    named = [m for c in root.children if c.dep_ in ("nsubj", "nsubjpass") and (m := sentence.place_at(c))]
    return sentence.span(named[0].start - sentence.offset, named[0].end - sentence.offset) if named else None


def _is_one_place(left: Span, right: Span) -> bool:
    """Whether two places go by the same words or by a common name ("Sangin's centre", "Sangin")."""
    named = [[w for w in span.text.split() if w[:1].isupper()] for span in (left, right)]
    names = [{w.removesuffix("'s").removesuffix("’s") for w in words} for words in named]
    return left.text == right.text or bool(names[0] & names[1])


def _is_bare_kind(span: Span) -> bool:
    """“The town”, "the city": nothing but a word for a settlement."""
    words = span.text.lower().split()
    plain = len(words) == 2 or (len(words) == 3 and words[1] in STATES_OF_TOWNS)
    return (
        plain and words[0] in ("the", "that", "this") and words[-1] in load_control_words().towns | {"place", "streets"}
    )


def _bare_region(span: Span) -> str | None:
    """The kind in "the district", "that base": nothing but a word for a region or facility."""
    words = span.text.lower().split()
    bare = len(words) == 2 and words[0] in ("the", "that", "this")
    return words[1] if bare and words[1] in REGIONS | FACILITIES else None


def _is_part_of_it(span: Span) -> bool:
    """“Its streets", "its northern outskirts": a part of the place spoken of."""
    words = span.text.lower().split()
    return len(words) in (2, 3) and words[0] == "its" and words[-1] in load_control_words().town_parts


def _may_be_town(sentence: Sentence, name: NameMention) -> bool:
    """Whether a name may be what "the town" takes up: no actor's, and not that of a region ("Kharkiv region")."""
    after = sentence.text[name.end - sentence.offset :].split(maxsplit=1)
    words = load_control_words()
    is_region = bool(after) and after[0].lower().strip(",.;") in words.place_nouns - words.towns
    known = load_vocabulary().gazetteer.get(name.ids[0]) if name.ids else None
    is_region = is_region or (known is not None and known.kind in {"country", "region", "water"})
    return not is_region and not any(a.start <= name.start < a.end for a in sentence.actors)


def _is_region(sentence: Sentence, place: Span) -> bool:
    """Whether a place is a known region, which "the town" does not take up."""
    named = next((m for m in sentence.places if m.start < place.end and place.start < m.end), None)
    known = load_vocabulary().gazetteer.get(named.ids[0]) if named is not None and named.ids else None
    return known is not None and known.kind in {"country", "region", "water"}


def _speaks(sentence: Sentence, name: NameMention) -> bool:
    """“Kyiv denied that the city had fallen": the city is not the capital that speaks for its side."""
    told = load_wording().speech_kind
    tokens = sentence.tokens_in(name)
    return any(t.dep_ == "nsubj" and t.head.lemma_ in told for t in tokens)


def _owns(sentence: Sentence, name: NameMention) -> bool:
    """“Out of Damascus's hands": a capital that stands for its side."""
    return any(t.dep_ == "poss" for t in sentence.tokens_in(name))


def _is_gone_to(sentence: Sentence, name: NameMention) -> bool:
    """“They went back to Y, leaving the town to X": the town is not Y."""
    return GONE_TO.search(sentence.text[: name.start - sentence.offset]) is not None


def _town_of(named: tuple[int, Span], sentence: Sentence) -> tuple[int, Span] | None:
    """The town of a named place: itself, the one that a base is at ("their base at Y"), or none."""
    at, place = named
    if not _is_of_other_kind(place):
        return named
    seated = SEAT.search(place.text)
    first = place.start - sentence.offset
    return (at, sentence.span(first + seated.start(1), first + seated.end(1))) if seated and first >= 0 else None


def _is_of_other_kind(span: Span) -> bool:
    """“Kindi airport”, "Homs province": a name that says that it is no settlement."""
    words = load_control_words()
    kinds = words.place_nouns - words.towns
    return any(word in kinds or word.removesuffix("s") in kinds for word in span.text.lower().split())


def _headline_place(sentence: Sentence) -> Span | None:
    """The place a headline is about: its first known place, or the whole of it when it is a bare name."""
    if sentence.places:
        first = sentence.places[0]
        return sentence.span(first.start - sentence.offset, first.end - sentence.offset)
    words = sentence.text.split()
    return sentence.passage.span if len(words) <= BARE_NAME and all(w[0].isupper() for w in words) else None
