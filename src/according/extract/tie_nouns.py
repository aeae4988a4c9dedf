"""Nouns and adjectives that tie one actor to another: "Y leader X", "close to Y", "X-backed Y", "war against Y"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from according.extract.control_finding import after, subjects_of
from according.extract.roles import agents_of, is_verb, surface_subjects
from according.extract.tie_verbs import Bond, actors, is_actor, is_organised, owners_of_targets
from according.vocabulary.ties import TieWords, load_tie_words

if TYPE_CHECKING:
    from according.extract.parse import Sentence
    from according.extract.tokens import Token

HYPHENS = frozenset(["-", "‑", "–"])
BY_LEMMA = {
    "ally_nouns": "ally",
    "backer_nouns": "back",
    "enemy_nouns": "oppose",
    "part_nouns": "part_of",
    "breakaway_nouns": "break_away",
}


def noun_ties(sentence: Sentence, word: Token) -> Iterator[Bond]:
    """What one noun, adjective or hyphened word says of ties."""
    words = load_tie_words()
    lemma = word.lemma_.lower()
    if lemma in words.leader_nouns:
        yield from _leader(sentence, word)
    for predicate in _relations().get(lemma, ()):
        yield from _relative(sentence, word, predicate)
    if lemma in words.backing_nouns:
        yield from _backing(sentence, word)
    if lemma in words.hostile_nouns and not is_verb(word):
        yield from _hostility(sentence, word)
    if word.lower_ in _adjectives():
        yield from _adjective(sentence, word)
    if word.i >= 2 and word.doc[word.i - 1].text in HYPHENS:
        yield from _hyphened(sentence, word, words)
    if word.lower_ in words.former_names:
        yield from _former_name(sentence, word, words)


@cache
def _relations() -> dict[str, list[str]]:
    """What each noun for a relative of somebody says of ties."""
    found: dict[str, list[str]] = defaultdict(list)
    for list_name, predicate in BY_LEMMA.items():
        for lemma in getattr(load_tie_words(), list_name):
            found[lemma].append(predicate)
    return dict(found)


@cache
def _adjectives() -> dict[str, list[tuple[str, frozenset[str]]]]:
    """What each adjective says of ties, and the prepositions behind it."""
    found: dict[str, list[tuple[str, frozenset[str]]]] = defaultdict(list)
    for predicate, adjectives in load_tie_words().adjectives.items():
        for adjective, prepositions in adjectives.items():
            found[adjective].append((predicate, prepositions))
    return dict(found)


def _leader(sentence: Sentence, noun: Token) -> Iterator[Bond]:
    """“X, the self-styled chief of Y”, "Y leader X", "X is the head of Y", "Y's commander, X"."""
    led = [h for h in after(noun, "of") if sentence.actor_at(h) is not None or is_organised(sentence, h)]
    led += [
        c
        for c in noun.children
        if c.dep_ in ("poss", "compound", "nmod", "amod") and c.i < noun.i and sentence.actor_at(c) is not None
    ]
    people = _equated(noun)
    people += [c for c in noun.children if c.dep_ == "appos" and c.pos_ == "PROPN"]
    if noun.dep_ in ("compound", "nmod") and noun.head.pos_ == "PROPN" and noun.i < noun.head.i:
        people.append(noun.head)
        before = [c for c in noun.head.children if c.i < noun.i and c.dep_ in ("compound", "nmod", "poss", "amod")]
        led += [c for c in before if sentence.actor_at(c) is not None]
    own = {c.i for c in led}
    leaders = tuple(p for p in people if p.i not in own and (p.pos_ == "PROPN" or p.lower_ in ("he", "she", "who")))
    if led and leaders:
        yield Bond("lead", noun, leaders[:1], actors(sentence, led[:1], loosely=True))


def _equated(noun: Token) -> list[Token]:
    """Who a noun is said to be: the subject of its copula, or the name it is set beside."""
    copula = noun.head.lemma_ == "be" or noun.head.lower_ in ("'s", "’s")
    if (noun.dep_ in ("attr", "oprd") and is_verb(noun.head)) or (noun.dep_ == "dobj" and copula):
        return surface_subjects(noun.head)
    return [noun.head] if noun.dep_ == "appos" else []


def _relative(sentence: Sentence, noun: Token, predicate: str) -> Iterator[Bond]:
    """“X, an ally of Y”, "X is a branch of Y", "X and its backers"."""
    targets = actors(
        sentence, [*after(noun, "of", "to", "from"), *(c for c in noun.children if c.dep_ == "poss")], loosely=True
    )
    sources = actors(sentence, _equated(noun), loosely=True)
    sources += tuple(c for c in noun.children if c.dep_ == "appos" and is_actor(sentence, c, loosely=True))
    own = {t.i for t in targets}
    sources = tuple(s for s in sources if s.i not in own)
    if sources and targets:
        yield Bond(predicate, noun, sources, targets)


def _backing(sentence: Sentence, noun: Token) -> Iterator[Bond]:
    """“X's support for Y”, "with support from X, Y …", "X gives its backing to Y"."""
    targets = actors(sentence, after(noun, "for", "to"), loosely=False)
    sources = [c for c in noun.children if c.dep_ == "poss"] + after(noun, "from", "of")
    verb = next((a for a in noun.ancestors if is_verb(a)), None)
    if verb is None:
        return
    if not targets and noun.head.lower_ == "with":
        targets = actors(sentence, surface_subjects(verb), loosely=False)
    if not sources and noun.dep_ == "dobj":
        sources = subjects_of(verb)
    if not targets and sources and noun.dep_ == "dobj" and verb.lemma_ in ("have", "enjoy", "receive", "get"):
        targets = actors(sentence, subjects_of(verb), loosely=False)
    backers = actors(sentence, sources, loosely=False)
    if backers and targets:
        yield Bond("back", noun, backers, targets)


def _hostility(sentence: Sentence, noun: Token) -> Iterator[Bond]:
    """“X's war against Y”, "X launched strikes on Y", "clashes between X and Y"."""
    sides = actors(sentence, after(noun, "between"), loosely=True)
    if len(sides) >= 2:
        yield Bond("oppose", noun, sides[:1], sides[1:])
        return
    targets = actors(sentence, owners_of_targets(sentence, after(noun, "against", "on")), loosely=False)
    sources = [c for c in noun.children if c.dep_ in ("poss", "compound", "amod")] + agents_of(noun)
    verb = next((a for a in noun.ancestors if is_verb(a)), None)
    doers = actors(sentence, sources, loosely=False)
    if not doers and verb is not None:
        doers = actors(sentence, subjects_of(verb), loosely=False)
    own = {t.i for t in targets}
    doers = tuple(d for d in doers if d.i not in own)
    if doers and targets:
        yield Bond("oppose", noun, doers, targets)


def _adjective(sentence: Sentence, word: Token) -> Iterator[Bond]:
    """“A group close to Y”, "forces loyal to X", "X is hostile to Y"."""
    for predicate, prepositions in _adjectives()[word.lower_]:
        if word.head.i == word.i:
            continue
        targets = actors(sentence, after(word, *prepositions), loosely=True)
        noun = surface_subjects(word.head) if word.dep_ in ("acomp", "oprd") and is_verb(word.head) else [word.head]
        sources = actors(sentence, [_named(n) for n in noun], loosely=True)
        if sources and targets:
            yield Bond(predicate, word, sources, targets)


def _named(noun: Token) -> Token:
    """“X, a group close to Y”: the group is X."""
    return noun.head if noun.dep_ == "appos" and noun.head.pos_ == "PROPN" else noun


def _hyphened(sentence: Sentence, word: Token, words: TieWords) -> Iterator[Bond]:
    """“Turkish-backed rebels”, "Saudi-led coalition", "pro-Iranian militia": presupposed."""
    first = word.doc[word.i - 2]
    for predicate, participles in words.hyphened.items():
        if word.lower_ in participles and word.head.i > word.i and is_actor(sentence, word.head, loosely=True):
            sides = ((first,), (word.head,)) if predicate != "ally" else ((word.head,), (first,))
            if first.pos_ in ("PROPN", "ADJ") or sentence.actor_at(first) is not None:
                yield Bond(predicate, word, *sides, presupposed=True)
    prefix = words.prefixes.get(first.lower_)
    noun = word.head if word.dep_ in ("amod", "compound", "nmod") else None
    if (
        prefix
        and noun is not None
        and noun.i > word.i
        and is_actor(sentence, noun, loosely=False)
        and is_actor(sentence, word, loosely=True)
    ):
        yield Bond(prefix, word, (noun,), (word,), presupposed=True)


def _former_name(sentence: Sentence, word: Token, words: TieWords) -> Iterator[Bond]:
    """“X, formerly known as Y”: Y became X."""
    naming = word.head if word.head.lemma_ in words.naming_verbs else None
    if naming is not None:
        old = [*after(naming, "as"), *(c for c in naming.children if c.dep_ in ("oprd", "dobj", "attr"))]
        new = [naming.head] if naming.dep_ in ("acl", "appos", "relcl", "advcl") else surface_subjects(naming)
    else:
        old = [word.head] if word.head.pos_ == "PROPN" and word.i < word.head.i else []
        new = [word.head.head] if old and word.head.dep_ == "appos" else []
    sources = tuple(o for o in old if o.pos_ == "PROPN")
    targets = actors(sentence, new, loosely=True)
    if sources and targets:
        yield Bond("rename", word, sources, targets)


def name_words(head: Token, *, after: Token) -> list[Token]:
    """The run of proper-name words that ends in a head, without a title before it ("Y leader | X")."""
    first, doc = head.i, head.doc
    floor = after.i + 1 if after.i < head.i else 0
    while first > floor and (
        doc[first - 1].pos_ == "PROPN" or (doc[first - 1].text in HYPHENS and not doc[first - 1].whitespace_)
    ):
        first -= 1
    return list(doc[first : head.i + 1])
