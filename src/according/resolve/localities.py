"""What the words of place of a claim say besides known names: what they lean on, and what nobody can resolve."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from according.resolve.place_phrases import SITE_IN_NAME
from according.vocabulary.gazetteer.words import load_place_words

if TYPE_CHECKING:
    from according.records import Span

Kind = Literal["town", "district", "province", "country"]

_LEANING: dict[Kind, re.Pattern[str]] = {
    "town": re.compile(r"\b(?:city|town|village|capital|port|camp|hamlet|settlement)\b", re.IGNORECASE),
    "district": re.compile(r"\b(?:district|county|area|locality|municipality|enclave|suburb)\b", re.IGNORECASE),
    "province": re.compile(r"\b(?:province|governorate|oblast|state|region)\b", re.IGNORECASE),
    "country": re.compile(r"\b(?:country|nation)\b", re.IGNORECASE),
}
# "Umm Qarnab", "Al Jabal al Aswad", "Kani Masi": capitals, small articles between them.
_NAME = re.compile(
    r"(?<![\w’'-])(?:al|el|ad|ar|as|ash|at|az|an|ez|es)?-?[A-Z][\w’'ʻ‘-]*"
    r"(?:(?:\s(?:al|el|ad|ar|as|ash|at|az|an|ez|es|de|du|of)(?=[\s-][A-Z]))?[\s-][A-Z][\w’'ʻ‘-]*)*"
)
# "On vehicles crossing the western border", "at a camp": where something was, in words that name no place.
_LOCALITY = re.compile(
    r"\b(?:in|at|on|near|along|across|crossing|inside|outside|around|over|into|towards?|by)\s+"
    r"(?P<which>the|an?|another|some|two|three|several|their|its)\s+(?P<of>(?:[\w’'-]+\s+){0,4}?)"
    r"(?P<what>borders?|frontiers?|desert|mountains?|coast|sea|waters|islands?|strait|villages?|"
    r"hamlets?|settlements?|towns?|cities|camps?)\b",
    re.IGNORECASE,
)
_STRETCHES = re.compile(r"borders?|frontiers?|desert|mountains?|coast|sea|waters|islands?|strait", re.IGNORECASE)
# "Near the town", "the nearby city": only what stands alone behind "the" leans on what was told.
_PLAIN = re.compile(r"(?:same|besieged|embattled|nearby)?\s*", re.IGNORECASE)
# "Officials in X said", "told X", "based in X", "from X": places of those who speak or come, not of what happened.
_UNRELATED_BEFORE = re.compile(
    r"\b(?:based\s+in|sa(?:id|ys)\s+in|told(?:\s+\w+){0,2}(?:\s+in)?|seated\s+in|seat\s+in|speaking\s+(?:in|from)|arrived\s+in|fled\s+to|"
    r"fl(?:ew|own)\s+(?:\w+\s+)?to|travelled\s+to|visit(?:ed)?\s+(?:to\s+)?|talks\s+in|met\s+in|native\s+of|born\s+in|backed\s+by|ally\s+of|"
    r"allies?\s+(?:in|of)|(?:borders?|frontiers?)\s+(?:with|of)|exiled?\s+(?:in|to)|(?:officials?|officers?|diplomats?|spokes\w+|ministry|staff|leaders?|authorities|rulers)\s+in|reporting\s+from|announced\s+in|flights?\s+(?:from|to|for)|"
    r"(?:taken|rushed|brought|transferred|evacuated|airlifted|admitted|months|weeks|treated)\s+(?:to|in|at)(?:\s+[\w-]+){0,4}\s+(?:in|of)|"
    r"(?:wounded|injured|survivors|hurt|bodies)\s+(?:are|were|lay|lie)(?:\s+[\w-]+){0,4}\s+in|"
    r"(?:lies|lay|lying|recovering)\s+(?:in|at)|"
    r"(?:doctors?|medics?|nurses?|surgeons?)(?:\s+(?:at|of|from)(?:\s+[\w-]+){1,4})?\s+in)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_ACTS_AFTER = re.compile(
    r"\s*(?:,[^,.]{0,40},)?\s*(?:said|says|has\s+said|had\s+said|told|claims?|claimed|denie[sd]|announced|accuse[sd]|"
    r"puts?|gives|gave|counts|speaks|spoke|insist(?:s|ed)|warned|blame[sd]|wants|considers|backs|supports|condemned|vowed|called\s+on)\b",
    re.IGNORECASE,
)
# "In Osk the foreign minister called it a crime".
_IN = re.compile(r"(?:^|[.!?\s])In $")
_SPEAKER_AFTER = re.compile(
    r",? (?:the |a |its |an )?(?:[\w-]+ ){0,3}(?:minister|ministry|government|spokes\w+|president|officials?)\b"
)
_FORMER_ROLE_CHARS = 45
# "The strike", "these raids", "100% certain": what a comment says of the event it stands under.
_SPEAKS_OF_EVENT = re.compile(
    r"\b(?:th(?:e|is|ese|ose|at)\s+(?:air\s*)?(?:strikes?|airstrikes?|attacks?|raids?|bombings?|shelling|massacres?|"
    r"clash(?:es)?|fight(?:ing)?|killings?)|did\s+(?:it|this|that)|behind\s+(?:it|this)|100\s*%|certain|responsible)",
    re.IGNORECASE,
)


def kind_leant_on(words: str) -> Kind | None:
    """The kind of place that words such as "the city" or "the province" mean."""
    return next((kind for kind, pattern in _LEANING.items() if pattern.search(words)), None)


def leans(words: str) -> bool:
    """Whether words name nothing themselves: no capital behind the first word."""
    return not any(word[0].isupper() for word in words.split()[1:])


def unknown_name(span: Span, known_from: int | None) -> str | None:
    """The name that a span gives before any known one ("Qarnab" of "Qarnab village in Homs"), if it gives one."""
    words = load_place_words()
    limit = (known_from - span.start) if known_from is not None else len(span.text)
    for match in _NAME.finditer(span.text[: max(limit, 0)]):
        said = match.group().split()
        site = SITE_IN_NAME.search(said[-1]) is not None and len(said) > 1
        site_of = len(said) > 2 and said[1] == "of" and SITE_IN_NAME.fullmatch(said[0]) is not None
        kept = said if site_of else [w for w in said if not _says_where(w) or (site and w is said[-1])]
        if site and kept == said[-1:]:
            kept = [w for w in said if w.lower() not in _ARTICLES]  # "the Central Prison": nothing else names it
        if not kept or (len(kept) == 1 and (len(kept[0]) < 3 or kept[0].lower() in words.function_words)):
            continue
        return " ".join(kept)
    return None


def _says_where(word: str) -> bool:
    words = load_place_words()
    low = word.lower()
    return low in words.directions or low in words.kind_of or low in _ARTICLES


_ARTICLES = frozenset(["the", "a", "an"])


class Locality:
    """Words of place that name nothing known: a border, a coast, a village among others.

    ``stretch`` marks what lies along many places (a border, a coast); ``owner`` are the words that may say whose.
    ``either_side`` marks a border of which only one country is named ("the Orlesian border"): seen from the other.
    """

    __slots__ = ("either_side", "owner", "stretch")

    def __init__(self, owner: str, *, stretch: bool, either_side: bool = False) -> None:
        self.owner = owner
        self.stretch = stretch
        self.either_side = either_side


def locality_near(sentence: str, at: int) -> Locality | None:
    """The locality that the words around an event tell, when they name no place and lean on none told before."""
    first = max(sentence.rfind(";", 0, at), sentence.rfind(":", 0, at)) + 1
    for match in _LOCALITY.finditer(sentence, first):
        if match.start() < at and at - match.start() > _FORMER_ROLE_CHARS:
            continue
        stretch = _STRETCHES.fullmatch(match["what"]) is not None
        definite = match["which"].lower() == "the"
        if definite and not stretch and (_PLAIN.fullmatch(match["of"]) or not match["what"].endswith("s")):
            return None
        return Locality(match["of"].strip(), stretch=stretch, either_side=_is_either_side(match))
    return None


def _is_either_side(match: re.Match[str]) -> bool:
    """Whether a border is told by one country alone, without a direction or whom it is shared with."""
    if not match["what"].lower().startswith(("border", "frontier")):
        return False
    directed = any(word.lower() in load_place_words().directions for word in match["of"].split())
    return not directed and not match.string.startswith(" with ", match.end())


def plays_no_part(text: str, span: Span) -> bool:
    """Whether a place is named for somebody who speaks, is based there or comes from there."""
    if _UNRELATED_BEFORE.search(text[max(0, span.start - 40) : span.start]):
        return True
    if _IN.search(text[max(0, span.start - 5) : span.start]) and _SPEAKER_AFTER.match(text, span.end):
        return True
    opens = span.start == 0 or text[: span.start].rstrip()[-1:] in {"", ".", "!", "?", "\n", "“", '"', ",", ";", ":"}
    return opens and _ACTS_AFTER.match(text, span.end) is not None


def speaks_of_event(words: str) -> bool:
    """Whether a comment speaks of the event of the report it stands under."""
    return _SPEAKS_OF_EVENT.search(words) is not None
