"""Hedges: the words by which a writer keeps a distance from what is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from according.extract.governors import governors
from according.extract.roles import is_verb
from according.extract.tokens import root_of
from according.extract.wordlists import find_phrases
from according.vocabulary.wording import load_wording

if TYPE_CHECKING:
    from according.extract.parse import Sentence
    from according.extract.tokens import Stretch, Token
    from according.records import Hedge, Voice

STRENGTH: dict[str, int] = {"none": 0, "reported": 1, "probable": 2, "possible": 3, "unverified": 4}


def hedge_of(sentence: Sentence, token: Token, voices: tuple[Voice, ...]) -> tuple[Hedge, list[Token]]:
    """The strongest hedge on a word: cue words in its clause, a doubtful verb above it, or a source without a name."""
    lists = load_wording().hedges
    found: list[tuple[Hedge, list[Token]]] = []
    for name in ("reported", "probable", "possible", "unverified"):
        hits = find_phrases(token.sent, getattr(lists, name))
        found += [(name, list(hit)) for hit in hits if _bears_on(hit, token)]
    found += [*_doubtful(token), *_unconfirmed(token)]
    if any(v.voice_class == "unnamed" and v.span and load_wording().voice_class(v.span.text) for v in voices):
        found.append(("reported", []))
    if _is_asked(sentence):
        found.append(("possible", []))
    return max(found, key=lambda pair: STRENGTH[pair[0]], default=("none", []))


def _is_asked(sentence: Sentence) -> bool:
    """A question says nothing; a comment may leave several question marks."""
    return sentence.text.rstrip(" !”\"')").endswith("?")


def _doubtful(token: Token) -> list[tuple[Hedge, list[Token]]]:
    verbs = load_wording().voices.doubtful
    return [
        (verbs[step.above.lemma_], [step.above])
        for step in governors(token)
        if step.relation == "complement" and is_verb(step.above) and step.above.lemma_ in verbs and is_verb(step.below)
    ]


def _unconfirmed(token: Token) -> list[tuple[Hedge, list[Token]]]:
    """As in "Did not explicitly confirm the strike"."""
    confirming = load_wording().voices.speech["confirm"]
    found: list[tuple[Hedge, list[Token]]] = []
    for step in governors(token):
        negation = [c for c in step.above.children if c.dep_ == "neg"]
        if step.relation == "complement" and step.above.lemma_ in confirming and negation:
            found.append(("unverified", [*negation, step.above]))
    return found


def _is_of_target(cue: Token, token: Token) -> bool:
    """As in "Killed several suspected rebels": what is doubted is who they were, not the deed."""
    noun = cue.head
    target = cue.dep_ == "amod" and noun.dep_ in ("dobj", "nsubjpass") and noun.i != token.i
    return target and is_verb(token) and (noun.head.i == token.i or token.dep_ == "conj")


def _bears_on(hit: Stretch, token: Token) -> bool:
    """Whether a cue's governing word is the word itself or lies above it, or the cue stands below the word."""
    root = root_of(hit)
    if root.i == token.i:
        return True
    if _is_of_target(root, token) or root.head.lower_ == "terms":
        return False
    above = {token.i, *(t.i for t in token.ancestors)}
    if root.head.dep_ == "nsubj" and root.head.head.lemma_ in load_wording().speech_kind and root.head.head.i in above:
        return True
    return root.i in above or root.head.i in above or any(t.i == token.i for t in root.ancestors)
