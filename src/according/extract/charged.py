"""Accusations told in the same breath as their denial: "denied residents' charges that it had shelled the town"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from according.extract.arguments import coordinated, is_time
from according.extract.governors import governors
from according.extract.voices import voice_headed
from according.records import with_id
from according.vocabulary.charges import load_charges
from according.vocabulary.wording import load_wording

if TYPE_CHECKING:
    from according.extract.events import EventMention
    from according.extract.tokens import Token
    from according.records import Claim, Span

PRONOUNS = frozenset(["it", "its", "they", "their"])
FROM = frozenset(["by", "from", "of"])


def extract_charged(mentions: Sequence[EventMention]) -> Iterator[Claim]:
    """A claim for whoever charges somebody with a deed that those deny in the same sentence."""
    for mention in mentions:
        for accuser in _accusers(mention.token) if mention.claim.polarity == "denied" else []:
            voice = voice_headed(mention.sentence, accuser)
            denied = mention.claim
            charged = msgspec.structs.replace(
                denied, polarity="affirmed", voices=(voice,), subject=_charged(denied), event=denied.event or denied.id
            )
            yield with_id(charged)


def _charged(denied: Claim) -> Span | None:
    """Who is charged: "it" in a charge is whoever denies it."""
    points = denied.subject is not None and denied.subject.text.lower() in PRONOUNS
    return denied.voices[-1].span if points and denied.voices else denied.subject


def _accusers(deed: Token) -> list[Token]:
    """Who is behind the charge that a denial is of, if a charge governs the deed and says whose it is."""
    noun = _charge(deed)
    if noun is None or noun.head.lemma_ not in load_charges().refusing:
        return []
    held = [c for t in (noun, noun.head) for c in t.children if c.lower_ in FROM and (t is noun or c.dep_ == "agent")]
    by = [g for c in held for g in c.children if g.dep_ == "pobj" and (c.lower_ == "by" or _can_speak(g))]
    named = [c for c in noun.children if c.dep_ in ("poss", "compound", "amod") and _can_speak(c)]
    accuser = next((t for t in (*by, *named) if not is_time(t) and t.pos_ != "PRON"), None)
    return list(coordinated(accuser)) if accuser is not None else []


def _charge(deed: Token) -> Token | None:
    """The charge that a deed stands in; parsers hang it on the verb too: "denied charges by X, a group, that it …"."""
    charges = load_charges()
    steps = list(governors(deed))
    noun = next((s.above for s in steps if s.above.lemma_.lower() in charges.charges and s.above.pos_ == "NOUN"), None)
    if noun is not None:
        return noun
    clause = next((s for s in steps if s.above.lemma_ in charges.refusing and s.below.dep_ == "ccomp"), None)
    if clause is None or not any(c.dep_ == "mark" and c.lower_ == "that" for c in clause.below.children):
        return None
    told = (c for c in clause.above.children if c.dep_ == "dobj" and c.pos_ == "NOUN")
    return next((c for c in told if c.lemma_.lower() in charges.charges), None)


def _can_speak(word: Token) -> bool:
    """Whether a word before or behind a charge names somebody: a name, a people, or a kind of voice."""
    name = word.text[:1].isupper() and word.tag_ in ("NNP", "NNPS", "JJ")
    return name or load_wording().voice_class(word.text) is not None or word.lower_ == "opposition"
