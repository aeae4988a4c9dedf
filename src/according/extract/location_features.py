"""What speaks for and against a place name being where an event was: its words, its grammar, its way to the event."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from according.extract.place_candidates import PlaceCandidate, kind_word
from according.vocabulary.gazetteer.words import load_place_words

if TYPE_CHECKING:
    from according.extract.parse import Sentence
    from according.extract.tokens import Token

_CLAUSAL = frozenset({"ccomp", "advcl", "relcl", "acl", "conj", "xcomp", "parataxis", "csubj", "pcomp", "ROOT"})
_FAR = 12
# The climb when the parser made two sentences of one and no way joins event and name.
_APART = 9


def features(sentence: Sentence, trigger: Token, candidates: Sequence[PlaceCandidate], index: int) -> dict[str, float]:
    """The features of one candidate for one event, by name; those left out are 0."""
    candidate = candidates[index]
    found = dict.fromkeys(_trigger_marks(trigger), 1.0)
    found.update(dict.fromkeys(_name_marks(sentence, candidate), 1.0))
    found.update(dict.fromkeys(_context_marks(candidate), 1.0))
    found.update(dict.fromkeys(_way_marks(trigger, candidate), 1.0))
    found.update(_order(trigger, candidates, index))
    return found


def _trigger_marks(trigger: Token) -> Iterator[str]:
    yield f"lemma={trigger.lemma_.lower()}"
    yield f"trigger_dep={trigger.dep_}"
    yield f"trigger_tag={trigger.tag_}"
    if trigger.dep_ == "ROOT":
        yield "main"
    for child in trigger.children:
        if child.dep_ in {"nsubj", "nsubjpass", "dobj", "ccomp", "neg", "aux", "auxpass", "prep", "agent", "prt"}:
            yield f"has_{child.dep_}"
        if child.dep_ == "aux" and child.lower_ in {"will", "would", "could", "may", "might", "should", "can", "to"}:
            yield "modal"


def _name_marks(sentence: Sentence, candidate: PlaceCandidate) -> Iterator[str]:
    if candidate.known:
        yield "known"
        mention = next((m for t in candidate.tokens if (m := sentence.place_at(t))), None)
        if mention and mention.how == "folded":
            yield "folded"
    if candidate.actor:
        yield "actor"
        if candidate.known:
            yield "known_actor"
    if len(candidate.tokens) == 1:
        yield "one_word"
    if all(token.text.isupper() for token in candidate.tokens):
        yield "capitals"
    kind = next((k for t in reversed(candidate.tokens) if (k := kind_word(t))), None)
    if kind:
        yield f"named_{kind}"
    if candidate.tokens[0].lower_ in load_place_words().person_names:
        yield "person_name"
    yield f"pos={candidate.head.pos_}"
    yield f"dep={candidate.head.dep_}"


def _context_marks(candidate: PlaceCandidate) -> Iterator[str]:
    words = load_place_words()
    first, last = candidate.tokens[0], candidate.tokens[-1]
    before = first.i - 1
    doc = first.doc
    while before >= 0 and (doc[before].lower_ == "the" or doc[before].lower_ in words.directions):
        if doc[before].lower_ != "the":
            yield "direction"
        before -= 1
    if before >= 0:
        yield f"before={_class_of(doc[before])}"
        if doc[before].lower_ == "of" and before > 0 and (kind := kind_word(doc[before - 1])):
            yield f"kind_of={kind}"
        if doc[before].lower_ in words.titles:
            yield "title"
        if kind := kind_word(doc[before]):
            yield f"kind_before={kind}"
    if last.i + 1 < len(doc):
        after = doc[last.i + 1]
        yield f"after={_class_of(after)}"
        if kind := kind_word(after):
            yield f"kind_after={kind}"


def _class_of(token: Token) -> str:
    """A word of the closed classes as it is, any other by its part of speech."""
    closed = token.pos_ in {"ADP", "CCONJ", "SCONJ", "PUNCT", "DET", "PART", "AUX"}
    return token.lower_ if closed else token.pos_


def _way_marks(trigger: Token, candidate: PlaceCandidate) -> Iterator[str]:
    """The way through the parse from the event up and then down to the name."""
    up = [trigger, *trigger.ancestors]
    above = {token.i: index for index, token in enumerate(up)}
    down: list[Token] = []
    for node in [candidate.head, *candidate.head.ancestors]:
        if node.i in above:
            break
        down.append(node)
    climb = above.get(down[-1].head.i if down else candidate.head.i, _APART)
    yield f"climb={min(climb, 4)}"
    yield f"descent={min(len(down), 5)}"
    yield f"way={min(climb, 2)}|" + ">".join(token.dep_ for token in reversed(down[-3:]))
    if down:
        top = down[-1]
        yield f"way_top={min(climb, 1)}|{top.dep_}|{top.lower_ if top.dep_ in {'prep', 'agent'} else ''}"
        if down[0].head.dep_ == "prep" or (len(down) > 1 and down[1].dep_ == "prep"):
            yield f"way_prep={down[1].lower_ if len(down) > 1 else ''}"
    crossed = sum(token.dep_ in _CLAUSAL for token in down)
    yield f"clauses_down={min(crossed, 3)}"
    crossed = sum(token.dep_ in _CLAUSAL for token in up[:climb])
    yield f"clauses_up={min(crossed, 3)}"
    if climb == 0 and len(down) == 2 and down[1].dep_ == "prep":
        yield "own_prep"


def _order(trigger: Token, candidates: Sequence[PlaceCandidate], index: int) -> dict[str, float]:
    candidate = candidates[index]
    start, end = candidate.tokens[0].i, candidate.tokens[-1].i
    after = start > trigger.i
    between = sum(
        min(trigger.i, start) < c.tokens[0].i < max(trigger.i, start) for c in candidates if c is not candidate
    )
    known_between = sum(
        min(trigger.i, start) < c.tokens[0].i < max(trigger.i, start) and c.known and not c.actor
        for c in candidates
        if c is not candidate
    )
    gap = start - trigger.i if after else trigger.i - end
    known = [c for c in candidates if c.known and not c.actor]
    found = {
        "after": float(after),
        "gap": min(gap, _FAR) / _FAR,
        f"{'after' if after else 'before'}_between={min(between, 3)}": 1.0,
        f"known_between={min(known_between, 3)}": 1.0,
        f"known_in_sentence={min(len(known), 4)}": 1.0,
        "only_known": float(known == [candidate]),
        "first": float(index == 0),
        "last": float(index == len(candidates) - 1),
    }
    if index + 1 < len(candidates):
        found[f"next={_link(candidate, candidates[index + 1])}"] = 1.0
    if index:
        found[f"previous={_link(candidates[index - 1], candidate)}"] = 1.0
    return found


def _link(left: PlaceCandidate, right: PlaceCandidate) -> str:
    """How two names side by side are joined: ",", "in", "and", "of" …; nothing if they are further apart."""
    between = left.tokens[0].doc[left.tokens[-1].i + 1 : right.tokens[0].i]
    words = [t.lower_ for t in between if t.lower_ != "the" and t.lower_ not in load_place_words().directions]
    return words[0] if len(words) == 1 else ("" if words else "next")
