"""What somebody says that people counted before were: "they were militants", "the three belonged to the Dawn Front"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from according.extract.counted_nouns import Harm
from according.extract.crowds import Crowd
from according.extract.parties import HARM_STATES, Party
from according.extract.quantities import Count, read_counts
from according.extract.victims import is_armed

if TYPE_CHECKING:
    from according.extract.parse import Sentence
    from according.extract.tokens import Token
    from according.vocabulary.groups import Status

PRONOUNS = frozenset(["they", "he", "she"])
ONE = PRONOUNS - {"they"}
THOSE = frozenset("dead victims victim men man killed those both all everyone everybody".split())
"""Nouns that stand with "the" for the people counted before."""
BESIDE = frozenset(["the", "all", "of", "who", "were", "hit", "struck", "targeted", "shot"])
_SIDED = re.compile(
    r"(?:belonged to|(?:were|was|been) (?:all |both )?(?:\w+ )?(?:members?|fighters?|commanders?) of|"
    r"(?:affiliated|linked|tied) (?:with|to)|fought (?:for|with)) "
)
"""Words from a verb between people and the side that they are said to be of."""
VERBS = frozenset(["be", "belong", "fight", "affiliate", "link", "tie"])
REACH = 8
NEAR = 4


def recast(sentence: Sentence, crowds: Sequence[Crowd], told: Sequence[Harm | None]) -> Iterator[Harm]:
    """The dead counted last, once more for each clause that says what kind of people they were.

    ``told`` are the dead counted last in the sentences before, and what this one tells.
    """
    before, *here = told
    dead = [harm.token for harm in here if harm is not None and harm.predicate == "kill" and harm.crowd is not None]
    start = -1 if before is not None and before.crowd is not None else min(dead, default=len(sentence.doc))
    for verb in sentence.doc[start + 1 :]:
        subject = _subject(sentence, verb) if verb.lemma_ in VERBS else None
        if subject is not None and sentence.doc[subject[0]].lower_ in ONE and any(map(_are_many, told)):
            continue  # "killing ten; he belonged to the Dawn Front": of whoever did it
        kind = _kind(sentence, crowds, verb) if subject is not None else None
        if subject is None or kind is None:
            continue
        first, count = subject
        end, group, status = kind
        number = (first + count.first, first + count.last) if count is not None else None
        low, high, rule = (count.low, count.high, count.rule) if count is not None else (None, None, None)
        party = Party(first, end, end - 1, group, status, low, high, rule, number)
        yield Harm(verb.i, "kill", Crowd((party,), is_part=True), leaning=True)


def _are_many(harm: Harm | None) -> bool:
    """Whether more than one are counted."""
    members = harm.crowd.members if harm is not None and harm.crowd is not None else ()
    return any((one.low or one.high or 1) > 1 for one in members)


def _subject(sentence: Sentence, verb: Token) -> tuple[int, Count | None] | None:
    """Where a subject begins that stands for the people counted before, and their number where it gives one."""
    head = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass", "csubj") and c.i < verb.i), None)
    if head is None:
        return None
    first = head.left_edge.i
    if sentence.doc[first].lower_ == "that":  # "said that everyone killed was a rebel"
        first += 1
    words = [token.lower_ for token in sentence.doc[first : max(head.right_edge.i, head.i) + 1]]
    if not words:
        return None  # "that" alone: "the shells that killed were theirs"
    counts = read_counts(words)
    if head.lower_ in PRONOUNS and len(words) == 1:
        return first, None
    rest = words[: counts[0].first] + words[counts[0].last :] if counts else words
    known = all(word in BESIDE or word in THOSE or word in HARM_STATES for word in rest)
    definite = words[0] in ("the", "all", "both", "those", "everyone", "everybody")
    return (first, counts[0] if counts else None) if known and definite else None


def _kind(sentence: Sentence, crowds: Sequence[Crowd], verb: Token) -> tuple[int, str, Status] | None:
    """Where the words end that say what kind of people they were, and the kind."""
    words = [token.lower_ for token in sentence.doc[verb.i : verb.i + REACH]]
    sided = _SIDED.match(" ".join(words) + " ")
    if sided is not None:
        start = verb.i + len(sided[0].split())
        side = next((t for t in sentence.doc[start : start + NEAR] if is_armed(sentence, t)), None)
        return (_end_of(sentence, side), "fighters", "fighter") if side is not None else None
    named = [crowd.members[0] for crowd in crowds if sentence.doc[crowd.members[0].head].head.i == verb.i]
    party = next((one for one in named if one.first > verb.i and one.status != "open"), None)
    if party is None or any(child.dep_ == "neg" for child in verb.children):
        return None
    plain = not party.counted or party.rule == "one"
    return (party.last, str(party.group), party.status) if plain else None


def _end_of(sentence: Sentence, side: Token) -> int:
    """The token behind the name of a side."""
    name = sentence.actor_at(side)
    return max((token.i for token in sentence.tokens_in(name)), default=side.i) + 1 if name is not None else side.i + 1
