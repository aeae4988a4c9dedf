"""Names of places that no gazetteer knows: which words they take, and which names are somebody's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from according.vocabulary.control import load_control_words

if TYPE_CHECKING:
    from according.extract.parse import Sentence
    from according.extract.tokens import Token

PEOPLE = frozenset(["men", "women", "people", "children", "police", "gunmen", "tribesmen", "clansmen", "militiamen"])


def is_unknown_name(sentence: Sentence, head: Token) -> bool:
    """Whether a word is a proper name that may be a place's: no party's, no person's, no month."""
    if (
        (head.pos_ != "PROPN" and not _looks_like_name(head))
        or head.lower_ in load_control_words().calendar
        or not head.text[:1].isupper()
    ):
        return False
    own = any(c.tag_ == "PRP$" for c in head.children)  # "its Humvees"
    own = own or (head.tag_ == "NNPS" and any(c.lower_ == "the" for c in head.children))  # "the Lions"
    return not own and not is_actor(sentence, head) and not is_titled(head)


def is_actor(sentence: Sentence, head: Token) -> bool:
    """Whether a word stands in a known actor's name."""
    return sentence.actor_at(head) is not None


def is_titled(head: Token) -> bool:
    """Whether a title stands before a name, which makes it a person's."""
    return any(c.dep_ in ("compound", "nmod") and c.lower_ in load_control_words().titles for c in head.children)


def name_words(head: Token) -> list[Token]:
    """The run of words that make a proper name round a head, hyphens and particles ("el-Geneina") in it."""
    first, doc = head.i, head.doc
    while first > 0 and _continues(doc[first - 1], doc[first]):
        first -= 1
    while first < head.i and not (
        doc[first].text[:1].isupper() or doc[first].lower_ in load_control_words().name_particles
    ):
        first += 1
    return list(doc[first : head.i + 1])


def _continues(before: Token, token: Token) -> bool:
    """Whether a word belongs to the name that the next word is part of."""
    if before.text == "-" or token.text == "-":
        return not before.whitespace_
    if before.pos_ == "PROPN":
        return before.head.i >= token.i or token.lower_ in load_control_words().name_particles
    return (
        before.lower_ in load_control_words().name_particles
        and before.i > 0
        and before.nbor(-1).pos_ == "PROPN"
        and before.lower_ != "of"
    )


def _looks_like_name(head: Token) -> bool:
    """A capitalised word that a parser takes for a common one ("Paletwa fell to the rebels")."""
    bare = not any(c.dep_ in ("det", "amod", "nummod", "poss", "compound") for c in head.children)
    if not head.text[:1].isupper() or not head.text.isalpha() or not bare or head.pos_ not in ("NOUN", "ADJ"):
        return False
    if head.tag_ == "NNS":
        return not head.lower_.endswith("s") and head.lower_ not in PEOPLE
    begins = head.i == 0 or head.nbor(-1).text in (".", ":", ";", "“", '"', "‘")
    return head.dep_ in ("nsubj", "nsubjpass") if head.pos_ == "ADJ" else not begins
