"""Whether a reading depends on whose names stand in a text: opponents change places, and all else must stay.

Every text of ``swaps.yaml`` is read with each pair's sides one way and the other. A claim counts as changed when the
other reading has no claim of the same predicate, polarity, realis, hedge, quantity, and roles in the same words once
the names are set aside; an actor counts as changed when a role no longer resolves to the side that its words name.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from according.evaluate.scores import Scores
from according.issues import Issues
from according.pipeline import read_report
from according.records import Claim, Reading, Report, Resolution, Role, Span, report_id
from according.vocabulary import Vocabulary, load_vocabulary
from according.vocabulary.swaps import Pair, Side, filled, load_swaps

Told = tuple[str, ...]
Roles = dict[tuple[Role, int], Resolution]


def score(gold: Path | None = None) -> Scores:
    """Read all texts with all pairs both ways; ``gold`` is not needed, since the texts are our own."""
    del gold
    vocabulary, swaps = load_vocabulary(), load_swaps()
    changed = claims = 0
    errors: list[str] = []
    for pair in swaps.pairs:
        for text in swaps.texts:
            lost, total = changed_claims(text, pair, vocabulary)
            changed, claims = changed + lost.total(), claims + total
            errors += [f"{_label(pair)}: {text}: {' | '.join(told)}" for told in lost]
    share = changed / claims if claims else 0.0
    return Scores(
        set="fairness", measures={"unchanged": 1 - share}, support={"unchanged": claims}, errors=tuple(errors)
    )


def changed_claims(text: str, pair: Pair, vocabulary: Vocabulary) -> tuple[Counter[Told], int]:
    """The claims of a text that only one way of putting a pair in gives, and how many claims both ways give."""
    one = _read(text, pair.left, pair.right, vocabulary)
    other = _read(text, pair.right, pair.left, vocabulary)
    return (one - other) + (other - one), one.total() + other.total()


def _label(pair: Pair) -> str:
    return f"{pair.left.noun} / {pair.right.noun}"


def _read(text: str, a: Side, b: Side, vocabulary: Vocabulary) -> Counter[Told]:
    """What is read of a text with the sides put in, the names set aside."""
    told = filled(text, a, b)
    reading = read_report(Report(id=report_id(None, told), text=told, language="en"), vocabulary, Issues())
    return Counter(_claims(reading, a, b, vocabulary))


def _claims(reading: Reading, a: Side, b: Side, vocabulary: Vocabulary) -> Iterator[Told]:
    resolved: defaultdict[str, Roles] = defaultdict(dict)
    for one in reading.resolutions:
        resolved[one.claim][one.role, one.index] = one
    for claim in reading.claims:
        quantity = claim.quantity.span.text if claim.quantity else ""
        said = (claim.predicate, claim.polarity, claim.realis, claim.hedge, quantity)
        yield (*said, *_parties(claim, resolved[claim.id], a, b, vocabulary))


def _parties(claim: Claim, roles: Roles, a: Side, b: Side, vocabulary: Vocabulary) -> Iterator[str]:
    spans: list[tuple[Role, int, Span | None]] = [("subject", 0, claim.subject), ("object", 0, claim.object)]
    spans += [("voice", index, voice.span) for index, voice in enumerate(claim.voices)]
    for role, index, span in spans:
        found = roles.get((role, index))
        side = _side(found.referent if found else None, a, b, vocabulary)
        yield f"{role}: {_without_names(span.text if span else '-', a, b)} = {side}"


def _side(actor: str | None, a: Side, b: Side, vocabulary: Vocabulary) -> str:
    if actor is None:
        return "nobody"
    return next((name for name, one in (("A", a), ("B", b)) if vocabulary.actors.akin(actor, one.actor)), "another")


def _without_names(words: str, a: Side, b: Side) -> str:
    """Words with A and B for the sides' names, longest first, articles dropped."""
    names = sorted(((n, k) for k, s in (("A", a), ("B", b)) for n in (s.noun, s.before)), key=lambda one: -len(one[0]))
    for name, key in names:
        words = re.sub(rf"(?i)\b{re.escape(name)}\b", key, words)
    return re.sub(r"(?i)\bthe ", "", words).lower()
