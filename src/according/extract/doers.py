"""Who acts, where a sentence puts a weapon, an event or a calamity in the doer's place ("a missile killed five")."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from according.extract.arguments import Argument, arguments, is_time
from according.extract.roles import agents_of, is_verb
from according.vocabulary import load_vocabulary
from according.vocabulary.control import load_control_words
from according.vocabulary.wording import load_wording

if TYPE_CHECKING:
    from according.extract.parse import Sentence
    from according.extract.tokens import Token

NOT_DOERS = frozenset(["backer", "opponent", "holder", "led"])
"""Ways of naming an actor that is not the one acting ("Orlesian-backed", "rebel-held")."""
NOBODY = frozenset(["no", "none", "nobody", "neither", "nothing"])
ACTING_SITES = frozenset(["state", "county", "headquarters", "hq", "province", "garrison", "position"])
"""Kinds of places whose names also stand for people who act."""
USING = frozenset("fire launch lob drop shoot send throw lay plant hurl detonate".split())
"""Verbs whose subject is who uses a weapon."""
PIECES = frozenset(
    "fragment debris wreckage remains salvo barrage volley hail splinter shrapnel piece part burst".split()
)
"""What a weapon comes in or leaves behind."""
LOCATING = frozenset(["on", "in", "at", "near", "outside", "against", "inside", "across", "around", "over"])
FLYING = frozenset(["operate", "fly", "launch", "pilot", "send", "deploy", "control", "own", "belong"])
"""Verbs whose agent is who acts with an aircraft."""
WARS = frozenset(["war", "conflict", "insurgency", "unrest", "violence", "crisis", "fighting"])
"""What a country has that nobody does."""
REACH = 5
"""How many words before a wrongly attached noun its event may stand ("air raids on several old towns killed …")."""


def acting(sentence: Sentence, found: Iterable[Argument]) -> tuple[Argument, ...]:
    """Those of some subjects that can act: a weapon gives way to whoever uses it, an event or a calamity to nobody."""
    kept: dict[int, Argument] = {}
    for one in found:
        head = _behind(one.head)
        for doer in (
            owners(sentence, head) if is_inanimate(head) else (_flown_by(sentence, head) or _joint(sentence, one))
        ):
            if not is_nobody(doer.head) and not is_time(doer.head) and not _is_site(doer) and not _is_number(doer.head):
                kept.setdefault(doer.head.i, doer)
    return tuple(kept.values())


def _joint(sentence: Sentence, one: Argument) -> tuple[Argument, ...]:
    """As in "Orlesian and Valmerian jets", "League and army forces": two sides before the noun for what both have."""
    head, words = one.head, load_wording().modality
    flying = head.lemma_.lower() in words.instruments["airstrike"] | words.instruments["drone_strike"]
    if not flying and head.lower_ not in words.armed_words:
        return (one,)
    first = next((c for c in head.lefts if c.dep_ in ("amod", "nmod", "compound") and _is_side(c)), None)
    second = (
        next((c for c in first.children if c.dep_ == "conj" and c.i < head.i and _is_side(c)), None) if first else None
    )
    if first is None or second is None:
        return (one,)
    name = sentence.actor_at(first)
    alone = (
        sentence.span_of([first])
        if name is None
        else sentence.span(name.start - sentence.offset, name.end - sentence.offset)
    )
    return (Argument(first, alone), Argument(head, sentence.span_of(sentence.doc[second.i : head.i + 1])))


def _is_side(modifier: Token) -> bool:
    named = modifier.text[:1].isupper() and modifier.tag_ in ("JJ", "NNP", "NNPS")
    return named or modifier.lemma_.lower() in load_wording().modality.armed_modifiers


def _flown_by(sentence: Sentence, head: Token) -> tuple[Argument, ...]:
    """As in "A drone operated by the army": whoever is said to fly an aircraft, not who made or sold it."""
    flying = load_wording().modality.instruments
    if head.lemma_.lower() not in flying["airstrike"] | flying["drone_strike"]:
        return ()
    flown = [v for v in head.children if v.dep_ in ("acl", "relcl") and v.lemma_ in FLYING]
    behind = [g for v in flown for c in v.children if v.lemma_ == "belong" and c.lower_ == "to" for g in c.children]
    return arguments(sentence, [*behind, *(doer for verb in flown for doer in agents_of(verb))])


def is_inanimate(head: Token) -> bool:
    """Whether a word names a weapon, an event or a calamity: what does harm without being anybody."""
    inanimate = load_wording().modality.inanimate
    listed = head.lower_ == "one" and head.head.lower_ == "including"  # "several raids, including one that killed ten"
    return listed or head.lemma_.lower() in inanimate or head.lower_ in inanimate


def is_calamity(found: Iterable[Argument]) -> bool:
    """Whether what does it is nature, an accident or an illness."""
    return any(a.head.lemma_.lower() in load_wording().modality.calamities for a in found)


def _is_site(doer: Argument) -> bool:
    """As in "mourners near the capital, which killed seven": a kind of place without a name does nothing."""
    return doer.head.tag_ == "NN" and doer.head.lower_ in load_control_words().place_nouns - ACTING_SITES


def _is_number(head: Token) -> bool:
    """As in "killed 10 and wounded 36", "three more": a bare number that parsers put in the doer's place."""
    bare = head.tag_ == "CD" and not any(c.lower_ == "of" for c in head.children)
    more = head.lower_ in ("more", "others") and any(c.tag_ == "CD" for c in head.lefts)
    return bare or more


def is_nobody(head: Token) -> bool:
    """As in "No group", "nobody", "each other": a doer that the words take away or leave to others."""
    each_other = head.lower_ in ("other", "another") and any(c.lower_ in ("each", "one") for c in head.children)
    taken = any(c.lower_ in NOBODY and c.dep_ in ("det", "preconj") for c in head.children)
    return head.lower_ in NOBODY or each_other or taken


def owners(sentence: Sentence, instrument: Token) -> tuple[Argument, ...]:
    """Whose a weapon is: "rockets fired by the army", "the army's rockets", "army rockets", "the jet belonged to …"."""
    known = sentence.actor_at(instrument)
    if known is not None and not _is_where_it_was(sentence, instrument):
        return (Argument(instrument, sentence.span(known.start - sentence.offset, known.end - sentence.offset)),)
    used = arguments(sentence, [*_belongs_to(instrument), *_users(instrument)]) or modifying_doers(sentence, instrument)
    used = used or tuple(doer for craft in _carriers(instrument) for doer in modifying_doers(sentence, craft))
    named = agents_of(instrument) or ([] if _is_wholly_its(instrument) else _possessors(instrument))
    return used or arguments(sentence, [head for head in named if not is_inanimate(head) and not is_time(head)])


def _is_where_it_was(sentence: Sentence, instrument: Token) -> bool:
    """As in "Mirgrad bomb kills nine": the town before a bomb is where it went off, unless it flew or was fired."""
    kinds = load_wording().modality.instruments
    laid = instrument.lemma_.lower() in kinds["bomb"]
    towns = [c for c in instrument.lefts if c.dep_ in ("compound", "nmod") and c.tag_ in ("NNP", "NNPS")]
    return laid and any(sentence.place_at(c) is not None for c in towns)


def _possessors(noun: Token) -> list[Token]:
    return [c for c in noun.children if c.dep_ == "poss"]


def _is_wholly_its(noun: Token) -> bool:
    """As in "displaced by Orlesia's civil war": the war is where, and not what Orlesia did; "war on" is."""
    return noun.lemma_.lower() in WARS and not any(c.lower_ in ("on", "against") for c in noun.children)


def modifying_doers(sentence: Sentence, noun: Token) -> tuple[Argument, ...]:
    """As in "The Orlesian bombardment", "army shelling": a doer that stands before its noun."""
    armed = load_wording().modality.armed_modifiers
    modifiers = [c for c in noun.lefts if c.dep_ in ("amod", "compound", "nmod", "npadvmod", "nsubj")]
    if noun.tag_ == "VBG" and noun.i > 0 and noun.nbor(-1).pos_ in ("NOUN", "PROPN", "ADJ"):
        modifiers.append(noun.nbor(-1))
    for child in modifiers:
        name = sentence.actor_at(child)
        acts = name is not None and name.how not in NOT_DOERS and not _is_scene(sentence, child)
        if acts and name is not None and name.end <= sentence.offset + noun.idx:
            first = Argument(child, sentence.span(name.start - sentence.offset, name.end - sentence.offset))
            return (first, *_second_doer(sentence, child))
        if child.lemma_.lower() in armed:
            return (Argument(child, sentence.span_of(child.subtree)),)
    return ()


def _second_doer(sentence: Sentence, first: Token) -> tuple[Argument, ...]:
    """As in "Orlesian and Valmerian strikes": the second of two doers before a noun."""
    joined = any(c.lower_ == "and" for c in first.children)
    second = next((c for c in first.children if c.dep_ == "conj" and c.pos_ in ("ADJ", "PROPN")), None)
    name = sentence.actor_at(second) if second is not None and joined else None
    if second is None or name is None or name.how in NOT_DOERS:
        return ()
    return (Argument(second, sentence.span(name.start - sentence.offset, name.end - sentence.offset)),)


def _is_scene(sentence: Sentence, modifier: Token) -> bool:
    """As in "Valmeria air strike kills nine": a country's bare name says where, unless it names a place elsewhere."""
    here = sentence.place_at(modifier)
    if here is None or modifier.tag_ not in ("NNP", "NNPS") or modifier.dep_ == "poss" or modifier.text.isupper():
        return False
    known = load_vocabulary().gazetteer
    country = next((c.country for c in known.candidates(here.text)), None)
    others = [next((c.country for c in known.candidates(m.text)), country) for m in sentence.places if m is not here]
    return all(other == country for other in others)


def _users(instrument: Token) -> list[Token]:
    """As in "Rockets fired by the army", "a bomb planted by rebels"; parsers take "fired" for the main verb too."""
    used = [doer for verb in _uses(instrument) for doer in agents_of(verb)]
    return used or [c for verb in instrument.children if _is_object_of(verb) for c in verb.lefts if c.dep_ == "nsubj"]


def _is_object_of(verb: Token) -> bool:
    """As in "Shells that rebels lobbed at the market": whether a relative clause says who used what it describes."""
    if verb.dep_ != "relcl" or not is_verb(verb) or any(c.dep_ == "nsubjpass" for c in verb.children):
        return False
    subjects = [c for c in verb.children if c.dep_ == "nsubj"]
    return verb.lemma_ in USING and bool(subjects) and subjects[0].tag_ not in ("WDT", "WP")


def _carriers(instrument: Token) -> list[Token]:
    """As in "Bombs dropped from an Orlesian helicopter", "missiles from army jets": what a weapon comes from."""
    flying = load_wording().modality.instruments
    leaving = [instrument, *_uses(instrument)]
    sources = [g for word in leaving for c in word.children if c.lower_ == "from" for g in c.children]
    return [g for g in sources if g.lemma_.lower() in flying["airstrike"] | flying["drone_strike"] | flying["shell"]]


def _uses(instrument: Token) -> list[Token]:
    """The verbs that say what was done with a weapon."""
    verbs = [c for c in instrument.children if c.dep_ in ("acl", "relcl") and is_verb(c)]
    governs = instrument.dep_ in ("nsubj", "nsubjpass") and not any(c.dep_ == "dobj" for c in instrument.head.children)
    return [*verbs, instrument.head] if governs else verbs


def _belongs_to(instrument: Token) -> list[Token]:
    """As in "The jet that bombed the port belonged to Orlesia"."""
    verb = instrument.head
    if instrument.dep_ != "nsubj" or verb.lemma_ != "belong":
        return []
    return [g for c in verb.children if c.lower_ == "to" for g in c.children if g.dep_ == "pobj"]


def owned(sentence: Sentence, found: tuple[Argument, ...]) -> tuple[Argument, ...]:
    """The subjects, an aircraft said to belong to somebody replaced by its owner."""
    return tuple(owner for one in found for owner in (arguments(sentence, _belongs_to(one.head)) or (one,)))


def _behind(head: Token) -> Token:
    """The event that a wrongly attached noun belongs to, or that "one of", "a wave of" counts; else the word itself."""
    counted = [g for c in head.children if c.lower_ == "of" and c.dep_ == "prep" for g in c.children]
    through = load_wording().modality.transparent_nouns | PIECES
    if counted and (head.lemma_.lower() in through or head.pos_ in ("NUM", "DET")):
        return counted[0]
    first = min((t.i for t in head.lefts), default=head.i)
    if first < 2 or head.doc[first - 1].lower_ not in LOCATING:
        return head
    before = head.doc[first - 2]
    event = is_inanimate(before) and not is_verb(before)
    return before if event else head
