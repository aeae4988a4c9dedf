"""Who holds, takes, loses, besieges a place: claims against ``reports/control.jsonl``.

A predicted claim matches a gold item of the same relation when their places and their holders match: the place by its
words or the name it resolves to, the holder by registry id (a part or parent counts) or by shared words. A gold item
without a holder takes any. Factuality is scored on the matches.

Relations: take and hand_over's receiver → gains, hold → controls, lose → loses, withdraw and hand_over's giver →
withdraws, besiege → besieges, contest → contests. ``lose … to`` and ``take … from`` say one thing from two sides: the
implied side is a match when gold has it, and no error when it has not.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from pathlib import Path
from typing import Literal, NamedTuple, NotRequired, TypedDict

from according.evaluate.gold import read_item, read_items
from according.evaluate.scores import Scores, f1
from according.records import Claim, Reading, Report, Resolution, Role, Span, report_id
from according.vocabulary import Vocabulary, load_vocabulary

RELATIONS = {
    "take": "gains",
    "hold": "controls",
    "lose": "loses",
    "withdraw": "withdraws",
    "besiege": "besieges",
    "contest": "contests",
}
PLURAL = re.compile(r"(?<=\w{4})s$")
CONCEDING = re.compile(r"^(?:admi|conced|acknowledg|confirm|recogni)", re.IGNORECASE)
EMPTY = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "in",
        "and",
        "its",
        "his",
        "their",
        "forces",
        "force",
        "troops",
        "army",
        "fighters",
        "rebels",
        "militants",
        "group",
        "government",
        "local",
        "town",
        "city",
        "village",
        "some",
        "other",
        "most",
        "parts",
        "area",
        "areas",
        "by",
        "to",
        "outside",
    ]
)


Roles = dict[tuple[str, Role, int], Resolution]


class Said(NamedTuple):
    """One side of a predicted claim, in the gold's terms; ``implied`` when the words put the other side first."""

    relation: str
    holders: tuple[str, ...]
    holder_id: str | None
    places: tuple[str, ...]
    factuality: str
    implied: bool = False


class Fact(TypedDict):
    """What people read of control in a text."""

    relation: str
    place: str
    place_surface: NotRequired[list[str]]
    holder: str | None
    factuality: str


class Text(TypedDict):
    """A line of the gold file."""

    id: str
    url: str
    doc_date: str | None
    text: str
    gold: list[Fact]


def score(gold: Path) -> Scores:
    """Read every item of the gold file and compare the claims of control with its list."""
    vocabulary = load_vocabulary()
    hits = predicted = expected = right = 0
    errors: list[str] = []
    for item in read_items(gold, Text):
        said = said_in(read_item(report_of(item), vocabulary, errors))
        pairs, missed, extra = match(said, item["gold"], vocabulary)
        agreed = [(s, g) for s, g in pairs if s.factuality == g["factuality"]]
        hits, right = hits + len(pairs), right + len(agreed)
        predicted, expected = predicted + len(pairs) + len(extra), expected + len(item["gold"])
        errors += _errors(item["id"], pairs, missed, extra)
    return Scores(
        set="control",
        measures={
            "f1": f1(hits, predicted, expected),
            "precision": hits / predicted if predicted else 0.0,
            "recall": hits / expected if expected else 0.0,
            "factuality": right / hits if hits else 0.0,
        },
        support={"f1": expected, "precision": predicted, "recall": expected, "factuality": hits},
        errors=tuple(errors),
    )


def report_of(item: Text) -> Report:
    """The report of a gold item, dated as the item says."""
    text, published = item["text"], item["doc_date"]
    return Report(id=report_id(item["url"], text), input_id=item["id"], text=text, published=published, language="en")


def match(
    said: list[Said], gold: list[Fact], vocabulary: Vocabulary
) -> tuple[list[tuple[Said, Fact]], list[Fact], list[Said]]:
    """Pair what was said with gold, one to one, same factuality first; give the pairs, the missed and the extra."""
    left, missed, pairs = list(said), list(gold), []
    for strict in (True, False):
        for item in list(missed):
            fits = [
                s for s in left if _fits(s, item, vocabulary) and (not strict or s.factuality == item["factuality"])
            ]
            if fits:
                pairs.append((fits[0], item))
                left.remove(fits[0])
                missed.remove(item)
    used = [s for s, _ in pairs]
    joint = [s for s, item in pairs if item["holder"] is None or " and " in item["holder"]]
    extra = [s for s in left if not s.implied and not _repeats(s, used) and not any(_is_beside(s, j) for j in joint)]
    return pairs, missed, extra


def _repeats(said: Said, used: list[Said]) -> bool:
    """Whether a claim only says again what a matched one said."""
    return any(_is_beside(said, one) and set(said.holders) & set(one.holders) for one in used)


def _is_beside(said: Said, one: Said) -> bool:
    """Whether two claims are of one relation and place; of a joint holder, each part is a claim of its own."""
    return said.relation == one.relation and bool(set(said.places) & set(one.places))


def said_in(reading: Reading) -> list[Said]:
    """The claims of control of one reading, in the gold's terms, each once."""
    roles = {(r.claim, r.role, r.index): r for r in reading.resolutions}
    found = [side for claim in reading.claims for side in _sides(claim, roles)]
    return list(dict.fromkeys(found))


def factuality(claim: Claim, roles: Roles) -> str:
    """The gold's one word for polarity, realis, extent and voices, in that order of weight.

    What a party admits against itself is as good as asserted; so is what the outlet says on its own.
    """
    if claim.polarity == "denied":
        return "denied"
    if claim.realis in {"planned", "hypothetical"}:
        return "planned"
    if claim.realis in {"attempted", "failed"}:
        return "planned" if claim.realis == "attempted" else "failed"
    if claim.extent is not None:
        return "partial"
    return "claimed" if claim.voices and not _is_admission(claim, roles) else "asserted"


def _is_admission(claim: Claim, roles: Roles) -> bool:
    """Whether what is said is conceded or confirmed, or a party tells of a loss of its own, or two sides agree."""
    if any(CONCEDING.match(cue.text) for cue in claim.cues) or _agreed(claim):
        return True
    subject = roles.get((claim.id, "subject", 0))
    voices = [roles.get((claim.id, "voice", index)) for index in range(len(claim.voices))]
    same = any(v and subject and v.referent and v.referent == subject.referent for v in voices)
    return same and claim.predicate in {"lose", "withdraw"}


def _agreed(claim: Claim) -> bool:
    """“As both X and Y report”: two voices side by side."""
    spans = [voice.span for voice in claim.voices if voice.span]
    between = [
        claim.evidence.text[a.end - claim.evidence.start : b.start - claim.evidence.start] for a, b in pairwise(spans)
    ]
    return any(words.strip() in ("and", "and the") for words in between)


def _sides(claim: Claim, roles: Roles) -> list[Said]:
    if claim.predicate not in {*RELATIONS, "hand_over"} or claim.place is None:
        return []
    places = _names(claim.place, roles.get((claim.id, "place", 0)))
    factual = factuality(claim, roles)
    sides = [
        Said(relation, _names(span, resolution), resolution.referent if resolution else None, places, factual, implied)
        for relation, role, implied in _relations(claim)
        for span, resolution in [(getattr(claim, role), roles.get((claim.id, role, 0)))]
    ]
    return [side for side in sides if not side.implied or side.holders]


def _relations(claim: Claim) -> list[tuple[str, Literal["subject", "object"], bool]]:
    if claim.predicate == "hand_over":
        return [("withdraws", "subject", False), ("gains", "object", False)]
    sides: list[tuple[str, Literal["subject", "object"], bool]] = [(RELATIONS[claim.predicate], "subject", False)]
    if claim.predicate == "take":
        sides.append(("loses", "object", True))
    if claim.predicate == "lose":
        sides.append(("gains", "object", True))
    return sides


def _names(span: Span | None, resolution: Resolution | None) -> tuple[str, ...]:
    names = [span.text if span else None, resolution.name if resolution else None]
    if resolution is not None and resolution.place is not None:
        names.append(resolution.place.name)
    return tuple(dict.fromkeys(fold(name) for name in names if name and fold(name)))


def fold(name: str) -> str:
    """A name without case, accents, apostrophes, articles and hyphens, for comparison."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    plain = re.sub(r"['’`]s\b|['’`]", "", plain)
    return re.sub(r"\b(?:the|al|el)\b", " ", re.sub(r"[^a-z0-9]+", " ", plain)).strip()


def _fits(said: Said, item: Fact, vocabulary: Vocabulary) -> bool:
    return said.relation == item["relation"] and _place_fits(said, item) and _holder_fits(said, item, vocabulary)


def _place_fits(said: Said, item: Fact) -> bool:
    surfaces = [item["place"], *item.get("place_surface", [])]
    surfaces += [part for part in re.split(r"[(:,)]", item["place"]) if part.strip()]
    return any(_alike(name, fold(surface)) for name in said.places for surface in surfaces)


def _alike(left: str, right: str) -> bool:
    """Whether two folded names are one: equal, or one's telling words within the other's."""
    if left == right:
        return True
    a, b = ({PLURAL.sub("", word) for word in set(name.split()) - EMPTY} for name in (left, right))
    return bool(a and b and (a <= b or b <= a))


def _holder_fits(said: Said, item: Fact, vocabulary: Vocabulary) -> bool:
    holder = item["holder"]
    if holder is None:
        return True
    wanted = {i for mention in vocabulary.actors.spot(holder) for i in mention.ids[:1]}
    own = {said.holder_id} if said.holder_id else set()
    if any(vocabulary.actors.akin(one, other) for one in own for other in wanted):
        return True
    wanted_name = fold(re.sub(r"\(.*?\)", "", holder))
    return any(_alike(name, wanted_name) or _is_kind_of(name, wanted_name) for name in said.holders)


def _is_kind_of(name: str, holder: str) -> bool:
    """Whether a bare common noun ("the army") may stand for a holder whose name has it ("Congolese army")."""
    words = set(name.split())
    return words <= EMPTY and bool(words & set(holder.split()))


def _errors(item_id: str, pairs: list[tuple[Said, Fact]], missed: list[Fact], extra: list[Said]) -> list[str]:
    wrong = [
        f"{item_id}: {g['relation']} {g['place']} by {g['holder']}: {g['factuality']} read as {s.factuality}"
        for s, g in pairs
        if s.factuality != g["factuality"]
    ]
    wrong += [f"{item_id}: missed {g['relation']} {g['place']} by {g['holder']} ({g['factuality']})" for g in missed]
    return wrong + [f"{item_id}: extra {s.relation} {s.places} by {s.holders} ({s.factuality})" for s in extra]
