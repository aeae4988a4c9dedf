"""Accusations told in the same breath as their denial: "denied residents' charges that it had shelled the town"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from according.extract.arguments import is_time
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
        accuser = _accuser(mention.token) if mention.claim.polarity == "denied" else None
        if accuser is not None:
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


def _accuser(deed: Token) -> Token | None:
    """Who is behind the charge that a denial is of, if a charge governs the deed and says whose it is."""
    above = [step.above for step in governors(deed)]
    noun = next((t for t in above if t.lemma_.lower() in load_charges().charges and t.pos_ == "NOUN"), None)
    if noun is None or noun.head.lemma_ not in load_charges().refusing:
        return None
    behind = [g for c in noun.children if c.lower_ in FROM for g in c.children if g.dep_ == "pobj"]
    named = [c for c in noun.children if c.dep_ in ("poss", "compound", "amod")]
    return next((t for t in (*behind, *named) if not is_time(t) and _can_speak(t)), None)


def _can_speak(word: Token) -> bool:
    """Whether a word before or behind a charge names somebody: a name, a people, or a kind of voice."""
    name = word.text[:1].isupper() and word.tag_ in ("NNP", "NNPS", "JJ")
    return name or load_wording().voice_class(word.text) is not None or word.lower_ == "opposition"
