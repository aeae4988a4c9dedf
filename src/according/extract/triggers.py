"""Where the words that trigger predicates stand in a sentence, with a guard against their other senses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from according.extract.arguments import TIMES
from according.extract.roles import is_verb
from according.vocabulary.groups import load_groups
from according.vocabulary.wording import load_wording

if TYPE_CHECKING:
    from according.extract.parse import Sentence
    from according.extract.tokens import Token
    from according.vocabulary import Vocabulary
    from according.vocabulary.predicates import Predicate

REACH = 6
"""How many words after its verb a phrase may be spread over ("set the old school on fire")."""
MATTER = frozenset(["of", "for", "over", "with", "about", "between", "by"])
"""Prepositions that name what something is about or who does it, and not where it is."""
DUDS = frozenset(["explode", "detonate"])
"""What ammunition that fails does not do."""
EXPLODING = frozenset(["explosion", "blast", "explosives", "bombing"])
PERSONS = frozenset(["him", "her", "them", "they", "he", "she", "me", "us", "we"])
PHRASE, NOUN, VERB = 3, 2, 1


@dataclass(frozen=True, slots=True, eq=False)
class Trigger:
    """A word that triggers a predicate; ``words`` are all the words of the expression, the head among them."""

    token: Token
    predicate: str
    words: tuple[Token, ...]
    guarded: bool


@dataclass(frozen=True, slots=True)
class _Entry:
    predicate: str
    words: tuple[str, ...]
    kind: int
    guarded: bool


class Triggers:
    """The trigger words of some families of predicates, by the lemma of their head."""

    def __init__(self, predicates: Mapping[str, Predicate], families: frozenset[str]) -> None:
        self._predicates = [p for p in predicates.values() if p.family in families]

    @cached_property
    def _entries(self) -> dict[str, list[_Entry]]:
        """Entries by head lemma, the longest and most particular first."""
        table: dict[str, list[_Entry]] = defaultdict(list)
        for predicate in self._predicates:
            for head, entry in _entries_of(predicate):
                table[head].append(entry)
        for entries in table.values():
            entries.sort(key=lambda e: (-len(e.words), -e.kind))
        return dict(table)

    def find(self, sentence: Sentence) -> list[Trigger]:
        """Every trigger of a sentence, at most one a word, words of a longer expression not again on their own."""
        hits = [hit for token in sentence.doc if (hit := self._match(token))]
        # A longer noun names the event better than a phrase around it ("come under artillery fire").
        hits.sort(key=lambda h: -len(h.words) + (1.5 if is_verb(h.token) and len(h.words) > 1 else 0))
        taken: set[int] = set()
        kept = []
        for hit in hits:
            if not any(t.i in taken for t in hit.words):
                taken.update(t.i for t in hit.words)
                kept.append(hit)
        return sorted(kept, key=lambda h: h.token.i)

    def _match(self, token: Token) -> Trigger | None:
        known = self._entries
        entries = known.get(token.lemma_.lower(), known.get(token.lower_, ()))
        if token.tag_ == "VBG":
            entries = [*known.get(token.lower_, ()), *entries]
        for entry in entries:
            words = _match_entry(entry, token)
            if words and (len(words) > 1 or _meant(token)) and not _is_another_matter(words):
                return Trigger(token, entry.predicate, words, entry.guarded)
        return None


@lru_cache(maxsize=4)
def triggers_of(vocabulary: Vocabulary, families: frozenset[str]) -> Triggers:
    """The trigger words of some families of a vocabulary, laid out once."""
    return Triggers(vocabulary.predicates, families)


def _entries_of(predicate: Predicate) -> Iterator[tuple[str, _Entry]]:
    guarded = set(predicate.triggers.get("guarded", ()))
    for verb in predicate.triggers.get("verbs", ()):
        yield verb, _Entry(predicate.name, (verb,), VERB, verb in guarded)
    for noun in predicate.triggers.get("nouns", ()):
        words = tuple(noun.replace("-", " - ").split())
        yield words[-1], _Entry(predicate.name, words, NOUN, noun in guarded)
        if "-" in noun:
            yield noun, _Entry(predicate.name, (noun,), NOUN, noun in guarded)
    for phrase in predicate.triggers.get("phrases", ()):
        words = tuple(phrase.split())
        yield words[0], _Entry(predicate.name, words, PHRASE, phrase in guarded)


def _match_entry(entry: _Entry, token: Token) -> tuple[Token, ...] | None:
    if entry.kind == VERB:
        return (token,) if is_verb(token) and token.dep_ not in ("aux", "auxpass") else None
    if entry.kind == NOUN:
        return _match_noun(entry.words, token)
    return _match_phrase(entry.words, token)


def _match_noun(words: tuple[str, ...], token: Token) -> tuple[Token, ...] | None:
    """A noun and the words right before it; a compound modifier ("strike group") names no event."""
    nominal = token.pos_ in ("NOUN", "PROPN") or (token.tag_ == "VBG" and not is_verb(token))
    # "The coalition fighting in Osk" describes a side; parsers call its participle a noun too.
    describes = token.dep_ == "acl" and token.lower_.endswith("ing")
    if not nominal or describes or token.dep_ == "compound" or (token.pos_ == "PROPN" and token.lower_ in TIMES):
        return None
    start = token.i - len(words) + 1
    if start < 0:
        return None
    found = tuple(token.doc[start : token.i + 1])
    matches = all(
        w == t.lower_ or (w == t.lemma_.lower() and t.tag_ != "VBG") for w, t in zip(words, found, strict=True)
    )
    return found if matches else None


def _match_phrase(words: tuple[str, ...], token: Token) -> tuple[Token, ...] | None:
    """A verb and, in order and within reach, the other words of its phrase in its own clause."""
    if not is_verb(token):
        return None
    found = [token]
    for word in words[1:]:
        window = token.doc[found[-1].i + 1 : token.i + REACH + len(words)]
        step = next((t for t in window if word in (t.lemma_.lower(), t.lower_)), None)
        if step is None or not _below(step, token):
            return None
        found.append(step)
    return tuple(found)


def _below(token: Token, verb: Token) -> bool:
    """Whether a word hangs on a verb without another verb between."""
    while token.i != verb.i:
        if token.head.i == token.i or (is_verb(token) and token.dep_ not in ("xcomp", "acl")):
            return False
        token = token.head
    return True


def _meant(token: Token) -> bool:
    """Whether a trigger of one word is not in one of its other senses here."""
    near = {w for t in _neighbours(token) for w in (t.lower_, t.lemma_.lower())}
    senses = load_wording().senses
    own = senses.get("struck" if token.lemma_ == "strike" and is_verb(token) else token.lemma_.lower(), frozenset())
    return not near & (senses["any"] | own)


def _is_dud(token: Token) -> bool:
    """As in "A third shell did not explode": that it did nothing denies no attack."""
    return token.lemma_ in DUDS and is_verb(token) and any(c.dep_ == "neg" for c in token.children)


def _is_another_matter(words: tuple[Token, ...]) -> bool:
    """Whether the words around a trigger show that nothing was done, or nothing of conflict."""
    if len(words) > 1 and (_fells_no_people(words[0]) or _sets_off_no_weapon(words)):
        return True
    return _is_dud(words[0]) or _is_of_work(words[-1]) or _takes_things(words[0])


def _sets_off_no_weapon(words: tuple[Token, ...]) -> bool:
    """As in "Set off a fire", "set off for the coast": only what explodes is set off in violence."""
    verb = words[0]
    if verb.lemma_ != "set" or words[1].lower_ != "off":
        return False
    modality = load_wording().modality
    described = [verb.head] if verb.dep_ in ("acl", "relcl") else []
    found = [t for c in verb.children if c.dep_ in ("dobj", "nsubjpass", "conj") for t in (c, *c.children)]
    return not any(t.lemma_.lower() in modality.weapons | modality.worn | EXPLODING for t in (*found, *described))


def _takes_things(verb: Token) -> bool:
    """As in "Seized a town", "snatched a bag": only people are abducted by it."""
    if verb.lemma_ not in ("seize", "snatch") or not is_verb(verb):
        return False
    taken = [verb.head] if verb.dep_ == "relcl" else [c for c in verb.children if c.dep_ in ("dobj", "nsubjpass")]
    known = load_groups().words
    return not any((t.lower_,) in known or (t.pos_ == "PRON" and t.lower_ in PERSONS) for t in taken)


def _fells_no_people(verb: Token) -> bool:
    """As in "Cut down trees", "mow down the grass": only people are killed by it."""
    if verb.lemma_ not in ("cut", "mow") or not is_verb(verb):
        return False
    felled = [c for c in verb.children if c.dep_ in ("dobj", "nsubjpass")]
    known = load_groups().words
    return not any((t.lower_,) in known or t.pos_ in ("PRON", "NUM") for t in felled)


def _is_of_work(token: Token) -> bool:
    """As in "Teachers striking over pay", "a strike by nurses", "when dockers struck": who lays down work."""
    if token.lemma_.lower() != "strike" or any(c.dep_ in ("dobj", "nsubjpass") for c in token.children):
        return False
    told = load_wording().senses["strike"]
    by = [g for c in token.children if c.lower_ in ("by", "of") for g in c.children]
    owners = [c for c in token.children if c.dep_ in ("poss", "nsubj")]
    described = [token.head] if token.dep_ in ("acl", "amod", "relcl") else []
    return any(t.lower_ in told for t in (*by, *owners, *described))


def _neighbours(token: Token) -> Iterator[Token]:
    """Modifiers, subject, object and matter of a word, and the verb or noun that it is an argument of.

    Where something happens and what it hits say nothing of its sense: strikes hit buses, and raids markets.
    """
    yield from (t for t in token.children if t.i < token.i or t.dep_ in ("dobj", "attr", "acomp", "oprd", "prt"))
    yield from (g for c in token.children if c.dep_ == "dobj" for g in c.lefts if g.dep_ in ("compound", "amod"))
    told = MATTER | ({"on", "against"} if token.lemma_ in ("attack", "raid", "assault") else frozenset())
    yield from (g for c in token.children if c.lower_ in told for g in c.children if g.dep_ == "pobj")
    if token.dep_ in ("dobj", "nsubj"):
        yield token.head
    if token.dep_ == "pobj":
        yield token.head.head


def is_about_conflict(sentence: Sentence) -> bool:
    """Whether a sentence speaks of armed actors, weapons or harm, or names a known actor."""
    return bool(sentence.actors) or any(t.lower_ in load_wording().modality.armed_words for t in sentence.doc)
