"""Claims of ties between actors: who backs, leads, belongs to, sides with, fights, leaves, joins or becomes whom.

A tie has an actor on both sides: a known name, a word for an armed party, a proper name where a group may stand, or a
pronoun. Lists are taken apart, so that "backed by X, Y and Z" is three claims.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from according.extract.arguments import argument, coordinated
from according.extract.build import claim_of
from according.extract.clauses import read_clause
from according.extract.control_places import whole_name
from according.extract.roles import is_verb
from according.extract.tie_denials import Denial, trailing_denial, with_denial
from according.extract.tie_nouns import name_words, noun_ties
from according.extract.tie_verbs import Bond, verb_ties

if TYPE_CHECKING:
    from according.extract.build import Roles
    from according.extract.parse import Sentence
    from according.extract.tokens import Token
    from according.records import Claim, Span
    from according.vocabulary import Vocabulary


def extract_ties(sentences: Iterable[Sentence], vocabulary: Vocabulary) -> Iterator[Claim]:
    """The claims of ties of a report's sentences, in text order."""
    del vocabulary
    for sentence in sentences:
        seen: set[tuple[object, ...]] = set()
        denial: Denial | None = None
        for number, bond in enumerate(_bonds(sentence)):
            denial = trailing_denial(sentence) if number == 0 else denial
            for claim in _claims_of(sentence, bond):
                key = (claim.predicate, claim.subject, claim.object)
                if key not in seen:
                    seen.add(key)
                    yield from _with_denial(sentence, bond, claim, denial)


def _with_denial(sentence: Sentence, bond: Bond, claim: Claim, denial: Denial | None) -> tuple[Claim, ...]:
    if denial is None or bond.presupposed or bond.trigger.i >= denial.first:
        return (claim,)
    return with_denial(claim, denial, sentence.offset + sentence.doc[denial.first].idx)


def _bonds(sentence: Sentence) -> Iterator[Bond]:
    for token in sentence.doc:
        if is_verb(token):
            yield from verb_ties(sentence, token)
        yield from noun_ties(sentence, token)


def _claims_of(sentence: Sentence, bond: Bond) -> Iterator[Claim]:
    clause = read_clause(sentence, bond.trigger)
    roles: Roles = {"place": None}
    if bond.presupposed:
        # "the UN-backed government" is the writer's own background, whatever the sentence says of it
        roles |= {"polarity": "affirmed", "realis": "ongoing", "hedge": "none", "voices": (), "time": None}
    sources, targets = (_spans(sentence, heads, bond) for heads in (bond.sources, bond.targets))
    for source in sources:
        for target in targets:
            if source != target:
                sided: Roles = {**roles, "subject": source, "object": target}
                yield claim_of(sentence, clause, bond.predicate, **sided)


def _spans(sentence: Sentence, heads: Iterable[Token], bond: Bond) -> list[Span]:
    """The words of each side: a known name as it stands, else the whole phrase."""
    found: dict[tuple[int, int], Span] = {}
    for head in heads:
        for member in coordinated(head) if not bond.presupposed else (head,):
            span = _span(sentence, member, bond)
            found.setdefault((span.start, span.end), span)
    return list(found.values())


def _span(sentence: Sentence, head: Token, bond: Bond) -> Span:
    if bond.presupposed and head.i < bond.trigger.i:
        return sentence.span_of([head])
    mention = sentence.actor_at(head)
    if mention is not None and mention.end >= sentence.offset + head.end:
        tokens = sentence.tokens_in(mention)
        article = tokens[0].i > 0 and tokens[0].nbor(-1).lower_ == "the"
        return sentence.span_of([tokens[0].nbor(-1) if article else tokens[0], *tokens])
    if bond.predicate == "lead" and head.pos_ == "PROPN":
        return sentence.span_of(name_words(head, after=bond.trigger))
    return whole_name(sentence, argument(sentence, head).span)
