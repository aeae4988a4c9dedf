"""Noun phrases as arguments: spans without relative clauses and appositions, coordination taken apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from according.vocabulary.wording import load_wording

if TYPE_CHECKING:
    from according.extract.parse import Sentence
    from according.extract.tokens import Token
    from according.records import Span

OUTSIDE = frozenset("relcl appos conj cc punct preconj advcl parataxis dep neg ccomp case".split())
NAMING = frozenset("base know call name lead command head affiliate link align ally".split())
"""Reduced relatives that say which group is meant ("the government based in …"), so they stay in its span."""
INSIDE_PREPOSITIONS = frozenset(["of", "from"])
TIMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december day night dawn dusk evening morning afternoon noon midday midnight nightfall "
    "week month year spring summer autumn winter weekend today tomorrow yesterday am pm a.m. p.m. "
    "gmt o'clock".split()
)
PARTS = frozenset(["group", "band", "gang", "member", "faction", "number", "unit", "element"])
"""What is told apart by whom it is of ("accused members of the front", "a group of rebels")."""
NOMINAL = frozenset(["NOUN", "PROPN", "PRON", "NUM"])


@dataclass(frozen=True, slots=True, eq=False)
class Argument:
    """One noun phrase of a clause: its head word and the words that stand for it."""

    head: Token
    span: Span


def arguments(sentence: Sentence, heads: Iterable[Token]) -> tuple[Argument, ...]:
    """The arguments that some head words stand for, coordination taken apart, each once."""
    found: dict[int, Argument] = {}
    for head in heads:
        for member in coordinated(head):
            new = argument(sentence, member)
            if not any(covers(other.span, new.span) for other in found.values()):  # "the Front of Osk and Hama"
                found.setdefault(member.i, new)
    return tuple(found.values())


def covers(span: Span, other: Span) -> bool:
    """Whether some words hold all of others."""
    return span.start <= other.start and other.end <= span.end


def argument(sentence: Sentence, head: Token) -> Argument:
    """The argument headed by one word; a known name in it is never cut ("Doctors Without Borders")."""
    span = sentence.span_of(phrase(head))
    name = sentence.actor_at(head)
    if name is None or name.end <= span.end:
        return Argument(head, span)
    first, end = min(span.start, name.start), max(span.end, name.end)
    return Argument(head, sentence.span(first - sentence.offset, end - sentence.offset))


def coordinated(head: Token) -> Iterator[Token]:
    """A head word and those coordinated with it ("the army and its allies")."""
    yield head
    for child in head.children:
        if child.dep_ == "conj" and child.pos_ in NOMINAL and not is_time(child):
            yield from coordinated(child)


def is_time(token: Token) -> bool:
    """As in "By Monday", "on 13 May 2022": a word that says when, so it is nobody."""
    lower = token.lower_
    return lower in TIMES or (len(lower) >= 4 and lower[:4].isdigit()) or lower in ("end", "beginning", "then", "now")


def phrase(head: Token) -> list[Token]:
    """The words of the noun phrase headed by a word, contiguous, without what only adds to it."""
    kept = {head.i}
    for child in head.children:
        if _belongs(child):
            kept.update(t.i for t in child.subtree if not _hangs_off(t, child))
    first = last = head.i
    while first - 1 in kept:
        first -= 1
    while last + 1 in kept or (last + 1 < len(head.doc) and _goes_on(head, head.doc[last + 1])):
        last += 1
    return list(head.doc[first : last + 1])


def _goes_on(head: Token, after: Token) -> bool:
    """In "Omar al-Sadi said", "the agency OSNA said" parsers may take each part for a subject of its own."""
    named = after.tag_ == "NNP" and head.tag_ in ("NN", "NNP") and head.dep_ == "nsubj"
    return named and after.dep_ == head.dep_ and after.head.i == head.head.i


def _belongs(child: Token) -> bool:
    if child.dep_ in OUTSIDE:
        return child.dep_ == "punct" and child.i < child.head.i
    if _is_misread(child) or _says_when(child):
        return False
    if child.dep_ == "prep":
        return child.lower_ in INSIDE_PREPOSITIONS and not _is_accusation(child)
    if child.dep_ == "acl":
        return child.lemma_ in NAMING or child.lower_ == "based"
    return True


def _says_when(child: Token) -> bool:
    """As in "A day later a spokesman": words of time before a noun that parsers take for a part of it."""
    if child.dep_ not in ("advmod", "npadvmod") or child.i > child.head.i:
        return False
    return child.lower_ in ("later", "earlier", "ago", "afterwards") or child.lemma_ in TIMES


def _is_misread(child: Token) -> bool:
    """As in "On Friday Orlesia …", "a group responsible for …", a verb taken for an adjective: no part of the name."""
    swallowed = child.head.pos_ == "PROPN" or (child.head.dep_ == "pobj" and child.head.head.i == child.i - 1)
    day = child.dep_ == "compound" and is_time(child) and swallowed
    blamed = child.lower_ == "responsible" and child.i > child.head.i
    squeezed = child.dep_ == "compound" and child.tag_ in ("VBZ", "VBP")  # "two bombers attack camp"
    return day or blamed or squeezed or (child.tag_ == "VBD" and any(c.dep_ == "nsubj" for c in child.children))


def _is_accusation(preposition: Token) -> bool:
    """As in "accused the army of air strikes", "accused by residents of shelling": the deed is not part of the name."""
    if any(_is_action(c) for c in preposition.children):
        return True
    noun = preposition.head
    blamed = noun.dep_ == "dobj" and noun.head.lemma_ in load_wording().modality.blaming - {"blame"}
    if noun.lemma_ in PARTS:
        return False
    return blamed and any(c.pos_ != "PROPN" for c in preposition.children)


def _is_action(token: Token) -> bool:
    return token.dep_ == "pcomp" or (token.tag_ == "VBG" and any(c.dep_ == "dobj" for c in token.children))


def _hangs_off(token: Token, top: Token) -> bool:
    """Whether a word below ``top`` belongs to a relative clause or an apposition inside it."""
    while token.i != top.i:
        if token.dep_ in ("relcl", "appos") or (token.lower_ == "of" and any(_is_action(c) for c in token.children)):
            return True
        token = token.head
    return False
