"""MUC-4 templates from a reading's own claims: the rule-only baseline, one template a type of incident.

A claim's predicate gives the incident type (its MUC-4 code); harm belongs to the type of the event it is told of. Who
does it fills PerpOrg where the registry knows an organisation in the words, and PerpInd where they describe people;
persons by name among those harmed are victims, things among them targets; weapons stand in the claims' sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from according.evaluate.muc4_slots import CONFIDENCE, EFFECT, NUMBER, Fill, Response
from according.evaluate.muc4_templates import ROLES, Template, normalise
from according.records import Claim, Reading, Span
from according.vocabulary import Vocabulary
from according.vocabulary.muc4 import Muc4Words, load_muc4

NOT_TOLD_OF = frozenset(["habitual", "hypothetical", "planned"])
UNNAMED_KINDS = frozenset(["clash", "protest", "riot"])
"""Fighting between forces and crowds in the street are no incidents by the keys' definition."""
WORD = re.compile(r"[\w'.-]*\w")
ARTICLE = re.compile(r"^(?:the|a|an|some|several|his|her|its|their|this|that|these|those|other|another)\s+")
CUT = re.compile(r"\s*(?:,|--|\(|\bwho\b|\bwhich\b|\bthat\b|\bwhere\b|\bin\b|\bat\b|\bon\b|\bnear\b|\bfrom\b)")
OFFICIAL = frozenset(["official", "military"])


class Found(msgspec.Struct):
    """What the claims of one incident type say, in the order told, each mention once."""

    incident_type: str
    claims: list[Claim] = []
    roles: dict[str, dict[str, Claim]] = {}


def read_templates(reading: Reading, vocabulary: Vocabulary) -> list[tuple[Template, Response]]:
    """The templates of a report, each with the fills of the full keys that can be told."""
    words = load_muc4()
    found = [_found(kind, claims, vocabulary, words) for kind, claims in _by_type(reading, vocabulary).items()]
    return [(_template(one), _response(one)) for one in found if _is_told(one)]


def _is_told(found: Found) -> bool:
    """Whether anything but a type is known: a bare mention of violence is no incident."""
    return any(found.roles[role] for role in ("Target", "Victim", "PerpInd", "PerpOrg"))


def _by_type(reading: Reading, vocabulary: Vocabulary) -> dict[str, list[Claim]]:
    """The claims of violence by incident type, harm under the type of its event."""
    claims = {claim.id: claim for claim in reading.claims}
    types: dict[str, list[Claim]] = {}
    for claim in reading.claims:
        if claim.polarity == "denied" or claim.realis in NOT_TOLD_OF:
            continue
        event = claims.get(claim.event or "", claim)
        kind = _code(event, vocabulary) or _code(claim, vocabulary)
        if kind is not None:
            types.setdefault(kind, []).append(claim)
    return types


def _code(claim: Claim, vocabulary: Vocabulary) -> str | None:
    predicate = vocabulary.predicates.get(claim.predicate)
    return None if predicate is None or claim.predicate in UNNAMED_KINDS else predicate.codes.muc4


def _found(kind: str, claims: Sequence[Claim], vocabulary: Vocabulary, words: Muc4Words) -> Found:
    found = Found(kind, list(claims), {role: {} for role in ROLES})
    for claim in claims:
        for mention in _organisations(claim.subject, vocabulary):
            found.roles["PerpOrg"].setdefault(mention, claim)
        for mention in _people(claim.subject, words):
            found.roles["PerpInd"].setdefault(mention, claim)
        for mention in _persons(claim.object, words):
            found.roles["Victim"].setdefault(mention, claim)
        for mention in _things(claim.object, words):
            found.roles["Target"].setdefault(mention, claim)
        for mention in _weapons(claim.evidence.text, words):
            found.roles["Weapon"].setdefault(mention, claim)
    return found


def _organisations(span: Span | None, vocabulary: Vocabulary) -> Iterator[str]:
    if span is None:
        return
    for mention in vocabulary.actors.spot(span.text):
        if mention.how not in {"demonym", "seat", "leader"}:
            yield _bare(mention.text)


def _people(span: Span | None, words: Muc4Words) -> Iterator[str]:
    if span is not None:
        bare = _bare(span.text)
        last = bare.split(" of ")[0].split()
        if last and last[-1] in words.people:
            yield bare


def _persons(span: Span | None, words: Muc4Words) -> Iterator[str]:
    """A person's name in the words: from a given name on, as far as no other kind of word stands in it."""
    tokens = WORD.findall(span.text.lower()) if span else []
    start = next((i for i, token in enumerate(tokens) if token in words.given_names), None)
    if start is not None and len(tokens) > start + 1 and "and" not in tokens:
        yield " ".join(tokens[start:])


def _things(span: Span | None, words: Muc4Words) -> Iterator[str]:
    if span is not None:
        bare = _bare(span.text)
        last = bare.split(" of ")[0].split()
        if last and last[-1] in words.targets:
            yield bare


def _weapons(text: str, words: Muc4Words) -> Iterator[str]:
    tokens = WORD.findall(text.lower())
    for i, token in enumerate(tokens):
        two = " ".join(tokens[i : i + 2])
        if two in words.weapons:
            yield two
        elif token in words.weapons and " ".join(tokens[max(0, i - 1) : i + 1]) not in words.weapons:
            yield token


def _bare(text: str) -> str:
    """A mention without article, possessive and what is told of it after its head."""
    lowered = ARTICLE.sub("", " ".join(text.lower().split()))
    return CUT.split(lowered, maxsplit=1)[0].strip()


def _template(found: Found) -> Template:
    return Template(
        found.incident_type,
        {role: tuple((normalise(mention),) for mention in _apart(found.roles[role])) for role in ROLES},
    )


def _apart(mentions: Iterable[str]) -> list[str]:
    """The mentions that lie in no other one."""
    each = list(mentions)
    return [one for one in each if not any(one != other and one in other for other in each)]


def _response(found: Found) -> Response:
    organisations = [Fill((_confidence(claim),), (normalise(m),)) for m, claim in found.roles["PerpOrg"].items()]
    return Response(found.incident_type, {CONFIDENCE: tuple(organisations), NUMBER: (), EFFECT: ()})


def _confidence(claim: Claim) -> str:
    if claim.hedge in {"possible", "unverified"}:
        return "POSSIBLE"
    if not claim.voices and claim.hedge == "none":
        return "REPORTED AS FACT"
    official = any(voice.voice_class in OFFICIAL for voice in claim.voices)
    return "SUSPECTED OR ACCUSED BY AUTHORITIES" if official else "SUSPECTED OR ACCUSED"
