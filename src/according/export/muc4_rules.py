"""MUC-4 templates from a reading's own claims, by rules alone: one template a type of incident.

A claim's predicate gives the incident type (its MUC-4 code); harm belongs to the type of the event it is told of. Who
does it fills PerpOrg where the registry knows an organisation in the words, and PerpInd where they describe people;
persons by name among those harmed are victims, things among them targets; weapons stand in the claims' sentences.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from according.export.muc4_form import CONFIDENCE, EFFECT, NUMBER, ROLES, Fill, Response, Template, normalise
from according.records import Claim, Reading, Span
from according.vocabulary import Vocabulary
from according.vocabulary.gazetteer.words import load_place_words
from according.vocabulary.muc4 import Muc4Words, load_muc4

FIRE = re.compile(r"\b(?:burn|fire|arson|torch|ablaze|alight|flames)")
QUALIFIERS = frozenset(["terrorist", "guerrilla", "rebel", "military", "police", "insurgent", "criminal", "officer"])
"""Words that alone before a noun say of what kind an act is, and name nobody."""
GUERRILLAS = re.compile(r"guerr?illas?|rebels?|insurgents?|terrorists?")
SEIZED = re.compile(r"\b(?:seiz|confiscat|captured weapons|found|cache)")
BLAME = re.compile(r"\b(?:claim|responsib|blam|accus|attribut|suspect|credit|belong)")
CLAIMED = re.compile(r"\b(?:claim|admit|accept|assum)\w* (?:credit|responsibility)|\badmitted\b")
NAMED = frozenset(["name", "acronym", "alias", "force"])
NAMING_VICTIMS = frozenset(["kill", "abduct", "execute"])
LONGEST_NAME = 5
ENDING = re.compile(r"(?:ed|ing|ly|tion|ment)$")
DEADLY = re.compile(r"murder|assassinat|kill|massacre|slain|slay")
LEADING_NUMBER = re.compile(
    r"^(?:at least |more than |about |approximately )?(?:\d[\d,]*|two|three|four|five|six|seven|eight|nine|ten|one) "
)
NOT_TOLD_OF = frozenset(["habitual", "hypothetical", "planned"])
UNNAMED_KINDS = frozenset(["clash", "protest", "riot"])
"""Fighting between forces and crowds in the street are no incidents by the keys' definition."""
WORD = re.compile(r"[\w'.-]*\w")
ARTICLE = re.compile(r"^(?:the|a|an|some|several|his|her|its|their|this|that|these|those|other|another)\s+")
CUT = re.compile(r"\s*(?:,|--|\(|\bwho\b|\bwhich\b|\bthat\b|\bwhere\b|\bin\b|\bat\b|\bon\b|\bnear\b|\bfrom\b)")
OFFICIAL = frozenset(["official", "military"])


class Name(msgspec.Struct, frozen=True):
    """A person's name where it stands in a text, in lower case."""

    start: int
    end: int
    text: str


class Found(msgspec.Struct):
    """What the claims of one incident type say, in the order told, each mention once."""

    incident_type: str
    claims: list[Claim] = []
    roles: dict[str, dict[str, Claim]] = {}


def read_rule_templates(reading: Reading, vocabulary: Vocabulary) -> list[tuple[Template, Response]]:
    """The templates of a report, each with the fills of the full keys that can be told."""
    words = load_muc4()
    names = list(_names(reading.report.text, words))
    groups = _groups(reading.report.text, vocabulary)
    found = [_found(kind, claims, names, groups, vocabulary) for kind, claims in _by_type(reading, vocabulary).items()]
    return [(_template(one), _response(one)) for one in found if _is_told(one)]


def _is_told(found: Found) -> bool:
    """Whether anything but a type is known: a bare mention of violence is no incident."""
    return any(found.roles[role] for role in ROLES)


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
            types.setdefault(_kind_told(kind, claim, load_muc4()), []).append(claim)
    return types


def _kind_told(kind: str, claim: Claim, words: Muc4Words) -> str:
    """An attack with explosives is a bombing, and destruction without fire no arson."""
    explosives = any(weapon in words.explosives for weapon in _weapons(claim.evidence.text, words))
    if kind == "attack" and explosives:
        return "bombing"
    if kind == "arson" and not FIRE.search(claim.evidence.text.lower()):
        return "bombing" if explosives else "attack"
    return kind


def _code(claim: Claim, vocabulary: Vocabulary) -> str | None:
    predicate = vocabulary.predicates.get(claim.predicate)
    return None if predicate is None or claim.predicate in UNNAMED_KINDS else predicate.codes.muc4


def _found(
    kind: str, claims: Sequence[Claim], names: Sequence[Name], groups: Sequence[str], vocabulary: Vocabulary
) -> Found:
    words = load_muc4()
    found = Found(kind, list(claims), {role: {} for role in ROLES})
    for claim in claims:
        mentions = {
            "PerpOrg": _organisations(claim, vocabulary),
            "PerpInd": _people(claim.subject, words),
            "Victim": _victims(claim, names),
            "Target": _things(claim.object, words),
            "Weapon": _weapons(claim.evidence.text, words),
        }
        for role, each in mentions.items():
            for mention in each:
                found.roles[role].setdefault(mention, claim)
    _presume(found, groups)
    return found


def _presume(found: Found, groups: Sequence[str]) -> None:
    """Guerrillas in a report that names one armed group are that group's, unless the report says whose they are."""
    for mention, claim in found.roles["PerpInd"].items():
        if groups and not found.roles["PerpOrg"] and GUERRILLAS.search(mention):
            found.roles["PerpOrg"][groups[0]] = claim


def _groups(text: str, vocabulary: Vocabulary) -> list[str]:
    """The armed groups and gangs a report names, by the words for them, most often named first."""
    counts: Counter[str] = Counter()
    first: dict[str, str] = {}
    for mention in vocabulary.actors.spot(text):
        actor = vocabulary.actors.get(mention.ids[0])
        if mention.how in NAMED and actor is not None and actor.kind in {"armed_group", "criminal_group"}:
            counts[actor.id] += 1
            first.setdefault(actor.id, _bare(mention.text))
    return [first[actor] for actor, _ in counts.most_common()]


def _organisations(claim: Claim, vocabulary: Vocabulary) -> Iterator[str]:
    """Organisations that do it, and armed groups in a sentence about blame or responsibility."""
    text = claim.evidence.text
    blamed = BLAME.search(text.lower())
    for mention in vocabulary.actors.spot(text):
        actor = vocabulary.actors.get(mention.ids[0])
        if actor is None or mention.how not in NAMED:
            continue
        inside = claim.subject is not None and mention.text in claim.subject.text
        if inside or (blamed and actor.kind in {"armed_group", "criminal_group"}):
            yield _bare(mention.text)


def _people(span: Span | None, words: Muc4Words) -> Iterator[str]:
    if span is not None:
        bare = _bare(span.text)
        last = bare.split(" of ")[0].split()
        if last and last[-1] in words.people and bare not in QUALIFIERS:
            yield bare


def _names(text: str, words: Muc4Words) -> Iterator[Name]:
    """Persons' names: a given name and what follows it, as far as no other kind of word stands there."""
    tokens = list(WORD.finditer(text.lower()))
    position = 0
    while position < len(tokens):
        end = _name_end(tokens, position, words) if tokens[position].group() in words.given_names else position
        if end - position > 1:
            start, stop = tokens[position].start(), tokens[end - 1].end()
            yield Name(start, stop, text[start:stop].lower())
        position = max(end, position + 1)


def _name_end(tokens: Sequence[re.Match[str]], start: int, words: Muc4Words) -> int:
    """The position after a name's last word; a particle ("de la") goes on only to another word of the name."""
    end = last = start + 1
    while end < min(len(tokens), start + LONGEST_NAME) and tokens[end].start() == tokens[end - 1].end() + 1:
        word = tokens[end].group()
        end += 1
        if word in words.name_particles:
            continue
        if len(word) < 3 or not word.isalpha() or ENDING.search(word) or _is_common(word, words):
            break
        last = end
    return last


def _is_common(word: str, words: Muc4Words) -> bool:
    kinds = (load_place_words().function_words, words.people, words.targets, words.titles, words.weapons)
    return any(word in kind for kind in kinds)


def _victims(claim: Claim, names: Sequence[Name]) -> Iterator[str]:
    """The persons by name in the object, or the one whose surname it is; in a harm's sentence, those named after it."""
    spans = [claim.object] if claim.object else []
    own = [name for span in spans for name in names if span.start <= name.start and name.end <= span.end]
    if not own and claim.object is not None:
        surname = _bare(claim.object.text).split(" ")[-1]
        own = [name for name in names if surname in name.text.split()[1:]][:1]
    if claim.predicate in NAMING_VICTIMS and claim.cues:
        told = [voice.span for voice in claim.voices if voice.span] + ([claim.subject] if claim.subject else [])
        after = (name for name in names if claim.cues[0].end <= name.start and name.end <= claim.evidence.end)
        own += [name for name in after if not any(one.start <= name.start < one.end for one in told)]
    yield from dict.fromkeys(name.text for name in own)


def _things(span: Span | None, words: Muc4Words) -> Iterator[str]:
    if span is not None:
        bare = _bare(span.text)
        last = bare.split(" of ")[0].split()
        if last and last[-1] in words.targets:
            yield bare


def _weapons(text: str, words: Muc4Words) -> Iterator[str]:
    """The weapons in a sentence, unless it tells of weapons found or seized."""
    tokens = [] if SEIZED.search(text.lower()) else WORD.findall(text.lower())
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
    numbers: dict[str, str] = {}
    effects: dict[str, str] = {}
    for mention, value, effect in _harmed(found):
        numbers.setdefault(mention, value)
        if effect is not None:
            effects[mention] = effect
    fills = {NUMBER: numbers, EFFECT: effects}
    slots = {slot: tuple(Fill((value,), (m,)) for m, value in told.items()) for slot, told in fills.items()}
    return Response(found.incident_type, {CONFIDENCE: tuple(organisations), **slots})


def _harmed(found: Found) -> Iterator[tuple[str, str, str | None]]:
    """Those harmed: the words for them, how many, and what became of them."""
    words = load_muc4()
    for mention, claim in found.roles["Victim"].items():
        yield normalise(mention), "1", _effect(claim)
    for claim in found.claims:
        if claim.object is None or any(name in claim.object.text.lower() for name in found.roles["Victim"]):
            continue
        mention = LEADING_NUMBER.sub("", _bare(claim.object.text))
        last = mention.split(" of ")[0].split(" ")[-1]
        if claim.group is not None or last in words.people:
            yield normalise(mention), _number(claim, last), _effect(claim)


def _number(claim: Claim, noun: str) -> str:
    """A number as the keys write it: "5-" is five or more, "-26" up to 26."""
    if claim.quantity is None:
        return "PLURAL" if noun.endswith(("s", "people", "men", "police", "children")) else "1"
    low, high = claim.quantity.low, claim.quantity.high
    if low is not None and high is not None:
        return str(low) if low == high else f"~{(low + high) // 2}"
    if claim.quantity.span.text.lower() in {"several", "some", "many", "dozens", "hundreds"}:
        return "PLURAL"
    return f"{low}-" if low is not None else f"-{high}"


def _effect(claim: Claim) -> str | None:
    if claim.predicate in {"kill", "execute"} or (claim.cues and DEADLY.search(claim.cues[0].text.lower())):
        return "DEATH"
    return "INJURY" if claim.predicate == "injure" else None


def _confidence(claim: Claim) -> str:
    """How sure an attribution is, in the keys' words."""
    if CLAIMED.search(claim.evidence.text.lower()):
        return "CLAIMED OR ADMITTED"
    if claim.hedge in {"possible", "unverified"}:
        return "POSSIBLE"
    if not claim.voices and claim.hedge == "none":
        return "REPORTED AS FACT"
    official = any(voice.voice_class in OFFICIAL for voice in claim.voices)
    return "SUSPECTED OR ACCUSED BY AUTHORITIES" if official else "SUSPECTED OR ACCUSED"
