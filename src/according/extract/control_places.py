"""Which arguments name a place that somebody can hold, and how much of it is meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from according.extract.arguments import coordinated, phrase
from according.extract.control_naming import is_actor, is_titled, is_unknown_name, name_words
from according.extract.control_pointing import is_definite_part
from according.vocabulary.control import load_control_words

if TYPE_CHECKING:
    from according.extract.parse import Sentence
    from according.extract.tokens import Token
    from according.records import Span

JOINED_BEFORE = re.compile(r"[\w’'-]+-$|(?<=\w)-[\w’'-]*$")
JOINED_BEHIND = re.compile(r"-[\w’'-]*\w")
YEAR = re.compile(r"^(?:19|20)\d\d ")
PRONOUNS = frozenset(["it", "its", "them", "which", "that", "this"])
HALVES = frozenset(
    "half third part parts side north south east west northeast northwest southeast southwest "
    "entrance edge outskirts".split()
)
ROADS = frozenset(["road", "highway", "route"])
ORDINALS = frozenset(["first", "second", "last", "only"])
LOCATING = frozenset(["in", "at", "near", "around", "outside"])


@dataclass(frozen=True, slots=True)
class PlaceArgument:
    """A place as the words give it, with the words that limit it."""

    span: Span
    extent: Span | None = None


def places_in(sentence: Sentence, heads: Iterable[Token], *, loosely: bool) -> list[PlaceArgument]:
    """The places that some head words stand for; ``loosely`` takes any unknown proper name for one, and "it"."""
    found: dict[tuple[int, int], PlaceArgument] = {}
    for head in map(_facility, heads):
        if any(c.lower_ == "no" for c in head.children):
            continue  # "no town was lost"
        said_to_be = _named_before(sentence, head)
        group = list(said_to_be or _listed(head) or _spelt_out(head))
        known = bool(said_to_be) or (len(group) > 1 and any(sentence.place_at(m) is not None for m in group))
        for member in group:
            for place in _read(sentence, member, loosely=loosely or (known and member.pos_ == "PROPN")):
                found.setdefault((place.span.start, place.span.end), place)
    return list(found.values())


def _members(head: Token) -> Iterator[Token]:
    """A head word and those coordinated with it, "most of X and much of Y" too."""
    if head.pos_ == "PROPN":  # "X, Y and Z" with X taken for an adjective
        yield from (c for c in head.lefts if c.pos_ == "PROPN" and c.nbor().text == ",")
    yield from coordinated(head)
    parts = load_control_words().extents.part_nouns
    for child in head.children:
        if child.dep_ == "appos" and (_is_listed_as_its(child) or any(c.lower_ == "then" for c in child.children)):
            yield from coordinated(child)
        is_listed = child.dep_ == "conj" or (child.dep_ == "appos" and child.pos_ != "NOUN" and bool(_part_of(child)))
        if is_listed and child.pos_ in ("ADJ", "ADV", "DET") and child.lemma_.lower() in parts:
            yield from _members(child)


def _is_listed_as_its(word: Token) -> bool:
    """“Took Y, its dam and its airfield": one of several things that are Y's, and not another word for Y."""
    listed = [word, *(c for c in word.children if c.dep_ == "conj")]
    return len(listed) > 1 and all(any(c.lower_ in ("its", "their") for c in w.children) for w in listed)


def _facility(head: Token) -> Token:
    """“The palace in Y, which the army took": the palace; any other head stays."""
    seat = head.head.head
    inside = head.dep_ == "pobj" and head.head.lower_ in ("in", "at")
    held = inside and any(c.dep_ == "relcl" for c in head.children)
    noun = seat.pos_ in ("NOUN", "PROPN")  # and not "posted pictures in Y"
    words = load_control_words()
    directed = inside and head.lower_ in words.directions and seat.lemma_.lower() in words.towns
    if directed and any(c.dep_ in ("acl", "relcl") for c in head.children):
        return seat  # "the last town in the north held by X"
    return seat if held and noun and seat.lemma_.lower() in words.sites else head


def _spelt_out(head: Token) -> list[Token]:
    """“Three towns, among them X", "villages including X": the names too; "two towns, X and Y": only the names."""
    members = list(_members(head))
    if head.tag_ != "NNS" or head.lemma_.lower() not in load_control_words().place_nouns:
        return members
    counted = any(c.dep_ == "nummod" or c.lower_ == "both" for c in head.children) and not any(
        c.dep_ == "cc" for c in head.children
    )
    if counted and len(members) > 1 and all(m.pos_ == "PROPN" for m in members[1:]):
        return members[1:]  # an apposition that the parser took for a list
    if head.lemma_.lower() in load_control_words().sites:  # "its camps at X and Y"
        near = [p for w in (head, head.head) for p in _part_of(w, *LOCATING) if p.i - head.i in (2, 3)]
        sites = load_control_words().sites
        members += [
            m for p in near for m in p.conjuncts if m.i > p.i and (m.pos_ == "PROPN" or m.lemma_.lower() in sites)
        ]
    for child in head.children:
        if child.dep_ == "prep" and child.lower_ in ("including", "like"):
            members += [m for g in child.children if g.dep_ == "pobj" and g.pos_ == "PROPN" for m in coordinated(g)]
        elif child.dep_ == "appos" and child.pos_ == "PROPN" and child.i > head.i + 1:
            some = any(t.lower_ in ("among", "including", "notably") for t in head.doc[head.i : child.i])
            members = [*(members if some else ()), *coordinated(child)]
    return members


def _listed(head: Token) -> list[Token]:
    """“The towns of Monguno and Marte”: the names, when each is one."""
    kinds = load_control_words().settlements
    if head.tag_ != "NNS" or head.lemma_.lower() not in kinds:
        return []
    names = [m for part in _part_of(head) for m in (part, *part.conjuncts) if m.i >= part.i]
    return names if len(names) > 1 and all(name.pos_ == "PROPN" for name in names) else []


def _named_before(sentence: Sentence, head: Token) -> list[Token]:
    """“Adan Yabaal, a town that they held”, "X and Y, two of the ports they held": the names, not what they are."""
    noun = head
    if head.lower_ in ORDINALS and head.dep_ == "conj" and head.head.dep_ == "attr" and not list(head.conjuncts)[2:]:
        return _said_to_be(sentence, head.head)  # "Y is the biggest town they hold and the first that they lost"
    below = (head, *(g for c in head.children if c.lower_ == "in" for g in c.children))
    described = any(c.dep_ in ("relcl", "acl") for w in below for c in w.children)
    if head.dep_ == "attr" and head.head.lemma_ == "be" and described:
        return _said_to_be(sentence, head)
    if head.dep_ == "pobj" and head.head.lower_ == "of" and head.head.head.pos_ in ("NUM", "DET", "ADJ"):
        noun = head.head.head
    name = noun.head
    words = load_control_words()
    is_kind = head.lemma_.lower() in words.place_nouns and head.pos_ == "NOUN"
    only = any(c.lower_ in ("only", "last", "first") for c in head.children)
    is_kind = is_kind or (only and head.lemma_.lower() in words.extents.part_nouns)  # "the only part of Z that X holds"
    if noun.dep_ != "appos" or not is_kind or name.pos_ != "PROPN" or is_actor(sentence, name):
        return []
    more = [t for t in name.conjuncts if t.i < name.i and t.pos_ == "PROPN"] if head.tag_ == "NNS" else []
    return [*more, name]


def _said_to_be(sentence: Sentence, kind: Token) -> list[Token]:
    """“Y was the last city that X held": Y."""
    named = [c for c in kind.head.children if c.dep_ == "nsubj" and c.pos_ == "PROPN" and not is_actor(sentence, c)]
    return named if kind.lemma_.lower() in load_control_words().place_nouns else []


def is_place(sentence: Sentence, head: Token, *, loosely: bool) -> bool:
    """Whether a head word stands for a place."""
    return bool(places_in(sentence, [head], loosely=loosely))


def _read(sentence: Sentence, head: Token, *, loosely: bool) -> Iterator[PlaceArgument]:
    extents = load_control_words().extents
    parts = _part_of(head)
    if parts and head.pos_ == "NUM":
        parts = [p for p in _part_of(parts[0]) or parts if p.lower_ not in ("them", "us")]
    if parts and (head.lemma_.lower() in extents.part_nouns or head.pos_ == "NUM" or _is_old_town(head)):
        yield from _parts(sentence, head, parts, loosely=loosely)
        return
    if (owner := _halved(sentence, head)) is not None:
        words = [t for t in phrase(head) if t.i > owner.i and t.dep_ != "case"]
        yield from (PlaceArgument(p.span, sentence.span_of(words)) for p in _read(sentence, owner, loosely=loosely))
        return
    if (counted := _counted(head)) is not None:
        whole = _span(sentence, counted, loosely=loosely)
        yield from [PlaceArgument(whole, sentence.span_of([head]))] if whole is not None else []
        return
    span = _span(sentence, head, loosely=loosely)
    if span is not None:
        yield PlaceArgument(span, _excepted(sentence, head) or _quantified(sentence, head))


def _parts(sentence: Sentence, head: Token, parts: list[Token], *, loosely: bool) -> Iterator[PlaceArgument]:
    """“Most of Y", "the western half of Y and Z", "all of Y but its market": Y and Z, limited."""
    whole = head.lemma_.lower() in load_control_words().extents.whole
    limit = (None if whole else _limit(sentence, head, parts[0])) or _but(sentence, parts)
    for member in (m for part in parts for m in _members(part) if m is part or not _is_left_out(m)):
        for place in _read(sentence, member, loosely=loosely):
            yield PlaceArgument(place.span, limit or place.extent or _hedged_whole(sentence, head))


def _is_left_out(member: Token) -> bool:
    return member.left_edge.i > 0 and member.left_edge.nbor(-1).lower_ in ("but", "except")


def _halved(sentence: Sentence, head: Token) -> Token | None:
    """“Y's northern half": Y."""
    if head.lower_ not in HALVES:
        return None
    owners = [c for c in head.children if c.dep_ == "poss" and sentence.actor_at(c) is None]
    return next((o for o in owners if o.pos_ == "PROPN" or o.lemma_.lower() in load_control_words().towns), None)


def _but(sentence: Sentence, parts: list[Token]) -> Span | None:
    """What “all of Y but its market” leaves out."""
    kept_out = [m for p in parts for m in p.conjuncts if _is_left_out(m)]
    return sentence.span_of([kept_out[0].left_edge.nbor(-1), *kept_out[0].subtree]) if kept_out else None


def _counted(head: Token) -> Token | None:
    """What “Of Y's 14 districts, X controls two" counts: the districts, for a bare number, "most" or "the rest"."""
    first = head.doc[0]
    if first.lower_ != "of" or head.i <= first.i + 1 or _part_of(head):
        return None
    is_number = head.pos_ in ("NUM", "ADJ") or head.lemma_.lower() in load_control_words().extents.part_nouns
    bare = not any(c.pos_ in ("NOUN", "PROPN") and c.dep_ != "appos" for c in head.children)
    return next((c for c in first.children if c.dep_ == "pobj"), None) if is_number and bare else None


def _is_old_town(head: Token) -> bool:
    """“The Old City of Y”: a part of Y, and not the place that goes by that name elsewhere."""
    return head.lower_ in ("city", "town") and any(c.lower_ == "old" for c in head.children)


def _part_of(head: Token, *prepositions: str) -> list[Token]:
    wanted = prepositions or ("of",)
    found = [g for c in head.children if c.lower_ in wanted for g in c.children if g.dep_ == "pobj"]
    return [_antecedent(g) for g in found]


def _antecedent(word: Token) -> Token:
    """“Y, the rest of which is contested": Y; any other word stays."""
    clause = next((a for a in word.ancestors if a.dep_ == "relcl"), None) if word.lower_ == "which" else None
    return clause.head if clause is not None else word


def _limit(sentence: Sentence, head: Token, part: Token) -> Span:
    """The words before the place: "nearly 70% of", "the western half of"."""
    words = [t for t in phrase(head) if t.i <= head.i or (t.lower_ == "of" and t.head.i == head.i)]
    part_first = part.i > head.i  # but for "Y, the rest of which"
    before = [t for t in words if (t.i < part.i or not part_first) and (t.i <= head.i or t.lower_ == "of")]
    return sentence.span_of([*_all_but(before[0]), *before])


def _all_but(first: Token) -> list[Token]:
    """“All but the southern quarter of Y": what is left out is not what is held."""
    two = list(first.doc[max(0, first.i - 2) : first.i])
    left_out = [t.lower_ for t in two] in [["all", word] for word in ("but", "except", "bar")]
    return two if left_out else []


def _hedged_whole(sentence: Sentence, head: Token) -> Span | None:
    """“Nearly all of the city” is less than all of it."""
    near = [c for c in head.children if c.lower_ in ("nearly", "almost", "virtually")]
    return sentence.span_of([*near, head]) if near and head.lemma_.lower() != "none" else None


def _quantified(sentence: Sentence, head: Token) -> Span | None:
    """“Most areas”, "nearly the whole city", "half the town"."""
    extents = load_control_words().extents
    direct = [c for c in head.children if c.lower_ in extents.quantifiers and c.i < head.i and c.dep_ != "poss"]
    direct = [c for c in direct if c.lower_ != "some" or head.tag_ != "NNS"]  # "some positions" limits no place
    for child in direct:
        return sentence.span_of([child])
    counts = [g for c in head.children if c.dep_ == "nummod" for g in c.children if g.dep_ == "quantmod"]
    if any(g.lower_ == "of" for g in counts) and any(g.pos_ == "NUM" for g in counts):
        return sentence.span_of(counts)  # "nine of ten districts"
    whole = [c for c in head.children if c.lower_ in ("whole", "entire", "all") and c.i < head.i]
    near = [t for t in head.doc[max(0, head.i - 5) : head.i] if t.lower_ in ("nearly", "almost", "virtually")]
    return sentence.span_of([*near, *whole]) if whole and near else None


def _excepted(sentence: Sentence, head: Token) -> Span | None:
    """“The city except the airport”."""
    for word in head.doc[head.i + 1 : head.i + 4]:
        if word.lower_ in load_control_words().excepting and word.dep_ in ("prep", "mark", "advmod"):
            return sentence.span_of([t for t in word.subtree if t.i >= word.i])
    return None


def _span(sentence: Sentence, head: Token, *, loosely: bool) -> Span | None:
    if head.lower_ in PRONOUNS:
        return sentence.span_of([head]) if loosely and head.lower_ in ("it", "its", "them") else None
    if head.lower_ == "there" or (head.lower_ in ("both", "either") and not list(head.children)):
        return sentence.span_of([head]) if loosely else None
    return _named(sentence, head) or _described(sentence, head, loosely=loosely)


def _described(sentence: Sentence, head: Token, *, loosely: bool) -> Span | None:
    """A place by what it is ("the two bases"), or by a name that no gazetteer knows."""
    lemma = head.lemma_.lower()
    words = load_control_words()
    if head.lower_ in words.untrue:
        return next((name for c in head.children if c.dep_ == "compound" and (name := _named(sentence, c))), None)
    if lemma in words.counting and any(p.lemma_.lower() in words.place_nouns for p in _part_of(head)):
        return sentence.span_of(phrase(head))
    if lemma in words.town_parts and any(c.lower_ == "its" for c in head.children):
        return sentence.span_of(t for t in phrase(head) if t.lower_ not in ("only", "just", "even"))
    if loosely and is_definite_part(head):
        return sentence.span_of(phrase(head))
    is_kind = head.pos_ in ("NOUN", "PROPN", "ADJ") and lemma in words.place_nouns and head.lower_ != "places"
    is_kind = is_kind and not (lemma == "office" and not list(head.lefts))  # "took office"
    is_kind = is_kind and not (lemma == "place" and any(c.dep_ == "poss" for c in head.children))
    if is_kind and (lemma in words.sites or not is_actor(sentence, head)):
        return _common(sentence, head, lemma)
    return _unknown(sentence, head) if loosely and is_unknown_name(sentence, head) else None


def _unknown(sentence: Sentence, head: Token) -> Span:
    """A name that no gazetteer knows, with "eastern" and the like before it."""
    words = name_words(head)
    before = words[0].nbor(-1) if words[0].i else None
    directed = before is not None and before.lower_ in load_control_words().directions and before.head.i == head.i
    return sentence.span_of([before, *words] if before is not None and directed else words)


def _named(sentence: Sentence, head: Token) -> Span | None:
    """A known place's name, with "northern" and the like before it."""
    mention = sentence.place_at(head)
    if mention is None or is_titled(head):
        return None
    tokens = sentence.tokens_in(mention)
    if _is_tail(tokens[0]):
        return sentence.span_of(name_words(head))
    before = tokens[0].nbor(-1) if tokens[0].i > 0 else None
    if before is not None and before.lower_ in load_control_words().directions:
        tokens = [before, *tokens]
    after = tokens[-1].nbor(1) if tokens[-1].i + 1 < len(head.doc) else None
    if after is not None and after.i == head.i:
        tokens.append(after)
    return sentence.span_of(tokens)


def _is_tail(first: Token) -> bool:
    """Whether a known name is the end of a longer one ("Serra da | Praia")."""
    particles = load_control_words().name_particles - {"of", "al", "el"}
    return first.i > 1 and first.nbor(-1).text in particles and first.nbor(-2).pos_ == "PROPN"


def _common(sentence: Sentence, head: Token, lemma: str) -> Span:
    """A noun for a kind of place: the name after "of" or beside it if there is one, else the phrase."""
    if lemma in load_control_words().settlements and head.tag_ in ("NN", "NNP"):
        for child in [*_part_of(head), *(c for c in head.children if c.dep_ in ("appos", "nmod"))]:
            if child.pos_ == "PROPN" and child.i > head.i:
                return _named(sentence, child) or sentence.span_of(name_words(child))
    elif head.tag_ == "NN" and lemma not in load_control_words().sites:
        for child in (c for c in head.children if c.dep_ == "appos" and c.pos_ == "PROPN" and c.i > head.i):
            if sentence.actor_at(child) is None:
                return _named(sentence, child) or sentence.span_of(name_words(child))
    words = [t for t in phrase(head) if t.i >= _after_quantifiers(head) and t.lower_ not in ("only", "just", "even")]
    words = [t for t in words if not (t.tag_ == "VBN" and t.dep_ == "compound")]  # "have overrun | outposts"
    if lemma in load_control_words().settlements:
        inside = [m for m in sentence.places if {t.i for t in sentence.tokens_in(m)} <= {t.i for t in words}]
        if len(inside) == 1 and inside[0].end == sentence.offset + head.idx - 1 and head.pos_ == "NOUN":
            return sentence.span(inside[0].start - sentence.offset, head.end)
    return sentence.span_of([*(t for t in words if t.pos_ != "PUNCT"), *_located(sentence, words[-1])])


def _after_quantifiers(head: Token) -> int:
    """Where a phrase begins without the words that say how much of it ("nearly the whole city" is the city)."""
    extents = load_control_words().extents
    limits = [
        t.i
        for t in head.doc[max(0, head.i - 6) : head.i]
        if t.lower_ in extents.quantifiers | {"whole", "entire"} and head.i in {t.head.i, t.head.head.i}
    ]
    return max(limits) + 1 if limits else 0


def _located(sentence: Sentence, last: Token) -> list[Token]:
    """“The palace *in Khartoum*”, "the base *at Gudon*": where a place noun's place is, when it follows at once."""
    leads = last.lemma_.lower() in ROADS and last.i + 2 < len(last.doc) and last.nbor().lower_ == "to"
    if last.i + 2 >= len(last.doc) or (last.nbor().lower_ not in LOCATING and not leads):
        return []
    preposition = last.nbor()
    pobj = next((c for c in preposition.children if c.dep_ == "pobj"), None)
    if pobj is None or pobj.lower_ in load_control_words().calendar:
        return []
    named = sentence.place_at(pobj) is not None or pobj.pos_ == "PROPN"
    if pobj.lower_ in load_control_words().name_particles:  # "al-Zurq" taken apart
        pobj = [c for c in preposition.children if c.dep_ == "pobj"][-1]
        return list(last.doc[preposition.i : pobj.i + 1])
    return [preposition, *phrase(pobj)] if named else []


def whole_name(sentence: Sentence, span: Span) -> Span:
    """A span with what hyphens join to its ends, and without a year before it ("In 2021 | government forces")."""
    text = sentence.text
    first, last = span.start - sentence.offset, span.end - sentence.offset
    first += len(span.text) - len(YEAR.sub("", span.text))
    before, behind = JOINED_BEFORE.search(text[:first]), JOINED_BEHIND.match(text[last:])
    return sentence.span(first - len(before[0]) if before else first, last + len(behind[0]) if behind else last)
