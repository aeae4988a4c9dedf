"""Place names in running text: which n-grams are known, and which of those stand where a place may stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from according.vocabulary.gazetteer.compile import EXACT, LIGHT, SOUND
from according.vocabulary.gazetteer.words import PlaceWords, load_place_words
from according.vocabulary.names import NameMention

if TYPE_CHECKING:
    from according.vocabulary.gazetteer.index import Gazetteer, Hit

_TOKEN = re.compile(r"(?:[A-Z]\.){2,}|[^\W\d_]+(?:[’'ʻ‘`´\-–][^\W\d_]+)*(?:[’'](?=\s|$))?|\d+(?:[.,]\d+)*|[^\w\s]|\n+")
_POSSESSIVE = re.compile(r"['’]s?$")
# "Misrata-based", "US-led": the capitalised part of a compound whose end is an ordinary word.
_COMPOUND = re.compile(r"^(.+?)[-–](?:[a-z]{3,})$")
# "Dasht-i Archi", which is also written "Dasht-e Archi".
_JOINED = re.compile(r"-(?:i|ye|yi) ")
# "ez-Zor", "al-Bab": an article written small before the name it belongs to.
_INNER_CAPITAL = re.compile(r"^[a-z]{1,3}[-–][A-Z]")
_LONGEST = 6
_LONGEST_GAP = 2
_MOST_IDS = 15
_CONNECTORS = frozenset(
    {"of", "the", "de", "del", "la", "el", "al", "and", "au", "aux", "du", "y", "e", "ez", "es", "upon"}
)
_JOINING = frozenset({"de", "des", "du", "del"})
_SETTLEMENTS = frozenset({"village", "villages", "hamlet", "hamlets", "settlement", "settlements"})
THRESHOLD = 0.5
# So short a name is mostly the first word of a longer one that nobody knows ("Pa Zi Gyi").
_SHORT = 3
# The rank of a place of some 300,000 people.
_WELL_KNOWN = 5.5


class Token(msgspec.Struct):
    """A word or mark of the text; ``word`` is its text without a possessive or a compound's tail."""

    start: int
    end: int
    word: str
    low: str
    capital: bool
    opens: bool


class Spotted(msgspec.Struct):
    """A known name at tokens ``first`` to ``last`` (inclusive), and how likely it is a place here."""

    first: int
    last: int
    hit: Hit
    score: float
    kind: str | None = None


def spot(text: str, gazetteer: Gazetteer) -> list[NameMention]:
    """Known place names that stand where a place may stand: longest first, never overlapping, in text order."""
    tokens = tokenise(text)
    return [mention(text, tokens, each, gazetteer) for each in spotted(tokens, gazetteer) if each.score >= THRESHOLD]


def mention(text: str, tokens: list[Token], found: Spotted, gazetteer: Gazetteer) -> NameMention:
    """The spotted name as a mention, with what it may mean by the kind of place that the words around it say."""
    start, end = tokens[found.first].start, tokens[found.last].end
    rows = found.hit.rows
    if found.kind:
        rows = tuple(sorted(rows, key=lambda row: gazetteer.kind(row) != found.kind))
    ids = tuple(place.id for place in gazetteer.places(rows[:_MOST_IDS]))
    return NameMention(start, end, text[start:end], ids, "folded" if found.hit.tier in {LIGHT, SOUND} else "name")


def tokenise(text: str) -> list[Token]:
    """Words and marks, possessives cut off, with what each says about its place in the sentence."""
    tokens: list[Token] = []
    opens = True
    for match in _TOKEN.finditer(text):
        raw = match.group()
        word = raw if raw.isalnum() else _bare(raw)
        start = match.start()
        capital = word[0].isupper() or (not word.isalnum() and _INNER_CAPITAL.search(word) is not None)
        tokens.append(Token(start, start + len(word), word, word.casefold(), capital, opens))
        opens = raw[0] in '.!?:;\n"“”•|' or (opens and not raw[0].isalnum())
    return tokens


def _bare(raw: str) -> str:
    """A word without its possessive and, of "US-led", what is ordinary."""
    word = _POSSESSIVE.sub("", raw) or raw
    compound = _COMPOUND.match(word) if word[0].isupper() else None
    return compound[1] if compound else word


def spotted(tokens: list[Token], gazetteer: Gazetteer) -> list[Spotted]:
    """Every known name, longest first where they overlap, each judged by its context."""
    words = load_place_words()
    lower = _all_lower(tokens)
    found = []
    position = 0
    while position < len(tokens):
        best = None
        if _may_start(tokens, position, lower, words):
            best = _longest(tokens, position, gazetteer, lower=lower)
        if best is None:
            position += 1
            continue
        best = _with_kind(tokens, best, gazetteer, words)
        found.append(best)
        position = best.last + 1
    _judge_all(tokens, found, gazetteer, words)
    return found


def _all_lower(tokens: list[Token]) -> bool:
    """Whether the text gives no capitals to go by."""
    letters = [token for token in tokens if token.word[0].isalpha()]
    return len(letters) > 8 and sum(token.capital for token in letters) <= 0.02 * len(letters)


def _may_start(tokens: list[Token], position: int, lower: bool, words: PlaceWords) -> bool:  # noqa: FBT001
    token = tokens[position]
    if not token.word[0].isalpha():
        return False
    if lower:
        before = tokens[position - 1].low if position else ""
        return token.low not in words.function_words and (
            before in words.prepositions
            or before in words.weak_prepositions
            or before in {",", "the"}
            or len(token.low) > 4
        )
    return token.capital


def _longest(tokens: list[Token], position: int, gazetteer: Gazetteer, *, lower: bool) -> Spotted | None:
    best: Spotted | None = None
    for last in _ends(tokens, position, lower=lower):
        name = _text_of(tokens, position, last)
        hit = gazetteer.find(name)
        if hit is None and _JOINED.search(name):
            hit = gazetteer.find(_JOINED.sub("-e ", name))
        if hit and hit.tier > EXACT and tokens[position].low in {"the", "a"}:
            continue
        if hit and not (hit.tier == SOUND and (best is not None or len(name) < 5)):
            best = Spotted(position, last, hit, 0.0)
    return best


def _ends(tokens: list[Token], position: int, *, lower: bool) -> Iterator[int]:
    """Where a name that starts here may end: after capitalised words, across connectors and hyphens."""
    yield position
    for last in range(position + 1, min(position + _LONGEST, len(tokens))):
        token = tokens[last]
        if token.start - tokens[last - 1].end > 1 or not token.word[0].isalpha():
            if token.word not in {".", "-"} or tokens[last - 1].low not in {"st", "ft", "mt"}:
                return
            continue
        if token.capital or lower:
            yield last
        elif token.low not in _CONNECTORS:
            return


def _text_of(tokens: list[Token], first: int, last: int) -> str:
    return " ".join(token.word for token in tokens[first : last + 1])


def _with_kind(tokens: list[Token], found: Spotted, gazetteer: Gazetteer, words: PlaceWords) -> Spotted:
    """Take in a capitalised word of kind after the name ("Nyanza Province"), and note the kind said before or after."""
    after = tokens[found.last + 1] if found.last + 1 < len(tokens) else None
    kind = words.kind_of.get(after.low) if after else None
    if after and kind in {"province", "district"} and after.low not in {"state", "states", "area", "division"}:
        found.kind = kind
        if after.capital:
            found.last += 1
    elif found.first >= 2 and tokens[found.first - 1].low == "of":
        found.kind = words.kind_of.get(tokens[found.first - 2].low)
    if found.kind and not any(gazetteer.kind(row) == found.kind for row in found.hit.rows):
        found.kind = None if found.kind not in {"province", "district"} else found.kind
    return found


def _judge_all(tokens: list[Token], found: list[Spotted], gazetteer: Gazetteer, words: PlaceWords) -> None:
    starts = {each.first: each for each in found}
    ends = {each.last: each for each in found}
    for each in found:
        each.score = _prior(tokens, each, gazetteer, words) + _context(tokens, each, (starts, ends), words)


def _prior(tokens: list[Token], found: Spotted, gazetteer: Gazetteer, words: PlaceWords) -> float:
    """How often this name means a place, before looking around: by what it may name and what else it may be."""
    name = tokens[found.first].low if found.first == found.last else ""
    kind, rank = gazetteer.kind(found.hit.rows[0]), found.hit.ranks[0]
    score = {"country": 1.0, "region": 0.8, "province": 0.75, "water": 0.7}.get(kind, min(0.3 + 0.07 * rank, 0.75))
    score -= {LIGHT: 0.05, SOUND: 0.3}.get(found.hit.tier, 0.0)
    if found.first < found.last:
        return score + 0.2
    if name in words.never_alone and not found.kind:
        return -1.0
    if name in words.directions and found.first and tokens[found.first - 1].capital:
        return -1.0  # "Osk East County" is not the East
    acronym = tokens[found.first].word.isupper() and kind == "country"
    if not acronym and (name in words.ordinary_words or name in words.function_words):
        score -= 0.5
    if name in words.person_names:
        score -= 0.35
    if len(name) <= 3 and kind != "country":
        score -= 0.3
    if tokens[found.first].word.isupper() and len(name) <= 4 and kind != "country" and rank < _WELL_KNOWN:
        score -= 0.4
    return score


def _context(
    tokens: list[Token], found: Spotted, others: tuple[dict[int, Spotted], dict[int, Spotted]], words: PlaceWords
) -> float:
    starts, ends = others
    before = _before(tokens, found.first, words)
    score = _evidence_before(tokens, before, words)
    score += _evidence_after(tokens, found, starts, words)
    if found.kind:
        score += 0.35
    if found.first - 2 in ends and tokens[found.first - 1].word == ",":
        score += 0.15
    if tokens[found.first].opens and found.first == found.last:
        score -= 0.1
    return score


def _evidence_after(tokens: list[Token], found: Spotted, starts: dict[int, Spotted], words: PlaceWords) -> float:
    score = 0.0
    after = tokens[found.last + 1] if found.last + 1 < len(tokens) else None
    if after and words.kind_of.get(after.low):
        score += 0.2
    elif after and after.low in words.kin and not after.capital:
        score -= 0.6
    elif after and after.capital and after.low not in words.function_words:
        word = tokens[found.first].word
        short = found.first == found.last and len(word) <= _SHORT and not word.isupper()
        unknown = found.last + 1 not in starts
        begins = found.first == found.last and tokens[found.first].low in words.name_beginnings
        if after.word[0].isalpha() and (begins or (short and unknown) or _is_settlement(tokens, found.last + 2)):
            score -= 1.5 if begins else 0.9
        elif unknown:
            score -= 0.3
    if after and after.low in _JOINING and found.last + 2 < len(tokens) and tokens[found.last + 2].capital:
        score -= 0.9  # "Osk de Mar" is not Osk
    if after and after.word == "," and found.last + 2 in starts:
        score += 0.3
    return score


def _is_settlement(tokens: list[Token], position: int) -> bool:
    """“Osk Ma village”: the two words are the name of the village, which is not Osk."""
    return position < len(tokens) and tokens[position].low in _SETTLEMENTS


def _before(tokens: list[Token], first: int, words: PlaceWords) -> int:
    """The token that governs the name: past articles and directions ("in the southern X")."""
    position = first - 1
    while position >= 0 and (tokens[position].low == "the" or tokens[position].low in words.directions):
        position -= 1
    return position


def _evidence_before(tokens: list[Token], position: int, words: PlaceWords) -> float:
    if position < 0:
        return 0.0
    token = tokens[position]
    if token.low in words.prepositions:
        return 0.25
    if token.low in words.weak_prepositions:
        return 0.1
    if token.low in words.titles or (token.word == "." and position and tokens[position - 1].low in words.titles):
        return -0.5
    if _begins_name(tokens, position, words):
        kind = words.kind_of.get(token.low)
        return 0.2 if kind else -0.35
    return 0.0


def _begins_name(tokens: list[Token], position: int, words: PlaceWords) -> bool:
    """Whether a word may be the first of a longer name; "Houthi-held X" and "Yemen's X" are not one name."""
    token = tokens[position]
    apart = tokens[position + 1].start - token.end > _LONGEST_GAP
    return token.capital and not apart and token.word[0].isalpha() and token.low not in words.function_words
