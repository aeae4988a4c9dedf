"""People a word for harm befell who are of no listed kind: names, nationalities, members of a named group."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from according.extract.arguments import coordinated, is_time, phrase
from according.extract.parties import ARMED, Party
from according.extract.quantities import read_counts
from according.vocabulary import load_vocabulary
from according.vocabulary.casualties import load_casualty_words
from according.vocabulary.groups import load_groups

if TYPE_CHECKING:
    from according.extract.parse import Sentence
    from according.extract.tokens import Token

THIRD_PERSONS = frozenset(["he", "she", "him", "her"])


def party_of(sentence: Sentence, head: Token) -> Iterator[Party]:
    """The parties that an argument of a word for harm names, coordination taken apart; nothing for things."""
    parties = [party for member in coordinated(head) if (party := _party(sentence, member)) is not None]
    if parties and parties[0].named and parties[0].rule == "named":
        joint = sentence.doc[parties[0].first - 1].lower_ if parties[0].first else ""
        yield from names_before(sentence, parties[0].first - 1) if joint in ("and", ",") else ()
    yield from parties
    if parties and parties[-1].rule == "named" and (len(parties) == 1 or _origin(sentence, parties[-1].last)):
        yield from names_after(sentence, parties[-1].last)


def names_after(sentence: Sentence, joint: int) -> list[Party]:
    """People named in a list that goes on after one name (", B and C"); a list ends with "and"."""
    found: list[Party] = []
    joint = _origin(sentence, joint) or joint
    while joint < len(sentence.doc) and sentence.doc[joint].lower_ in ("and", ","):
        last = joint + 1
        while last < len(sentence.doc) and _is_name(sentence, sentence.doc[last]):
            last += 1
        if last == joint + 1:
            break
        found.append(_named(joint + 1, last))
        origin = _origin(sentence, last)
        if sentence.doc[joint].lower_ == "and" and (origin is None or sentence.doc[origin].lower_ != "and"):
            return found
        joint = origin or last
    return []


def _origin(sentence: Sentence, after: int) -> int | None:
    """As in "Rowe of Britain and Thirsk of Australia": where the place ends that a name is said to be from."""
    doc = sentence.doc
    if after + 1 >= len(doc) or doc[after].lower_ not in ("of", "from") or not _is_place(sentence, doc[after + 1]):
        return None
    last = after + 1
    while last < len(doc) and _is_place(sentence, doc[last]):
        last += 1
    return last


def _is_place(sentence: Sentence, token: Token) -> bool:
    known = sentence.place_at(token) is not None or sentence.actor_at(token) is not None
    return known and token.tag_[:3] == "NNP"


def names_before(sentence: Sentence, joint: int) -> list[Party]:
    """People named in a list that ends before the joining word at ``joint`` ("A, B and …")."""
    found: list[Party] = []
    while joint > 0 and sentence.doc[joint].lower_ in ("and", ","):
        first = joint
        while first > 0 and _is_name(sentence, sentence.doc[first - 1]):
            first -= 1
        if first == joint or (first > 0 and sentence.doc[first - 1].tag_ == "IN"):
            break  # "hit a cafe in Osk and a waitress was hurt"
        found.insert(0, _named(first, joint))
        joint = first - 1
    return found


def _named(first: int, last: int) -> Party:
    return Party(first, last, last - 1, "people", "open", 1, 1, "named", (first, last), named=True)


def _is_name(sentence: Sentence, token: Token) -> bool:
    known = sentence.place_at(token) is not None or sentence.actor_at(token) is not None or is_time(token)
    return _capitalised(sentence, token) and not known


def _capitalised(sentence: Sentence, token: Token) -> bool:
    """Whether a noun is written as a name; a headline is parsed in lower case, so its own letters decide."""
    return token.tag_[:2] == "NN" and sentence.text[token.idx].isupper()


def is_armed(sentence: Sentence, head: Token) -> bool:
    """Whether a name is that of an armed side, so that its members are fighters; a nation's are people."""
    mention = sentence.actor_at(head)
    actor = load_vocabulary().actors.get(mention.ids[0]) if mention else None
    return mention is not None and (actor is None or actor.kind in ARMED)


def _party(sentence: Sentence, head: Token) -> Party | None:
    if head.lower_ in load_casualty_words().not_people or sentence.place_at(head) is not None:
        return None
    words = phrase(head)
    first, last = words[0].i, words[-1].i + 1
    if head.lower_ in THIRD_PERSONS:
        return Party(head.i, head.i + 1, head.i, "people", "open", 1, 1, "definite", (head.i, head.i + 1), named=True)
    counts = [c for c in read_counts([token.lower_ for token in words]) if first + c.last <= head.i]
    fighters = is_armed(sentence, head)
    if counts:
        count = counts[-1]
        kind = ("fighters", "fighter") if fighters else ("people", "open")
        number = (first + count.first, first + count.last)
        return Party(
            first, last, head.i, kind[0], "fighter" if fighters else "open", count.low, count.high, count.rule, number
        )
    if head.tag_ in ("NNP", "NN") and _capitalised(sentence, head) and not fighters:
        named = _named(first, last)
        called = _called_fighter(sentence, head)
        return msgspec.structs.replace(named, group="fighters", status="fighter") if called else named
    return None


def _called_fighter(sentence: Sentence, head: Token) -> bool:
    """As in "Killed Idris Walan, a rebel leader": what a name is called beside it."""
    known = load_groups()
    for child in head.children:
        word = known.words.get((child.lower_,)) if child.dep_ == "appos" else None
        if word is None:
            continue
        described = [*child.lefts, child]
        armed = any(t.lower_ in known.fighter_modifiers or is_armed(sentence, t) for t in described)
        if known.status(word.group) == "fighter" or (child.lower_ in known.members and armed):
            return True
    return False
