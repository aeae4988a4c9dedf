"""Who does it: the logical subjects of a verb or an action noun; whom it is done to is read in ``targets``."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from according.extract.arguments import is_time
from according.vocabulary.wording import load_wording

if TYPE_CHECKING:
    from according.extract.tokens import Token

DEPTH = 6
"""How many verbs up a missing subject is looked for."""
RELATIVE_TAGS = frozenset(["WDT", "WP", "WP$"])
NEVER_VERBS = frozenset(["airstrike", "airstrikes"])
"""Nouns that parsers take for verbs."""
FINITE = frozenset(["VBD", "VBZ", "VBP"])
ENGAGING = frozenset(["engage", "lock", "participate"])
"""As in "the army and the rebels have been engaged in clashes", "locked in battle"."""
QUOTING = frozenset(["quote", "cite"])
"""Verbs whose object speaks ("quoted a medic as saying", "citing local officials")."""
OTHERS = frozenset(["some", "others", "many", "most", "several"])
VERBAL = frozenset(["VERB", "AUX"])
ASCRIBING = load_wording().modality.ascribing
BLAME = load_wording().modality.blaming


def is_verb(token: Token) -> bool:
    """Whether a token is read as a verb; a gerund followed by "of" is a noun ("the shelling of")."""
    if (token.tag_ == "VBG" and _is_gerund(token)) or token.lower_ in NEVER_VERBS:
        return False
    return token.pos_ in VERBAL or (
        token.dep_ in ("relcl", "advcl", "ccomp", "xcomp", "pcomp") and token.tag_[:2] == "VB"
    )


def _is_gerund(token: Token) -> bool:
    """A participle that stands as a noun: "the shelling of", "shelling by", "killed by shelling"."""
    if token.i + 1 < len(token.doc) and token.nbor().lower_ in ("of", "by"):
        return True
    bare = token.lemma_ != "be" and not any(c.dep_ in ("dobj", "nsubj", "aux", "prt", "ccomp") for c in token.children)
    return bare and token.dep_ in ("pcomp", "pobj") and token.head.dep_ in ("agent", "prep") and not _fires_on(token)


def _fires_on(gerund: Token) -> bool:
    """As in "Accused of firing on its own people", "gunmen shot at them": what is fired on is an object."""
    return gerund.lemma_ in ("fire", "shoot") and any(c.lower_ in ("on", "at", "into") for c in gerund.children)


@lru_cache(maxsize=1024)
def is_passive(token: Token) -> bool:
    """Whether a verb's surface subject is its logical object; kept, for a dozen rules ask it of every verb."""
    deps = {c.dep_ for c in token.children}
    # Unlike "denied accusations on Sunday by the opposition".
    by = "agent" in deps and token.tag_ in ("VBN", "VBD") and not deps >= {"nsubj", "dobj"}
    if by or deps & {"auxpass", "nsubjpass"}:
        return True
    if token.tag_ not in ("VBN", "VBD") or deps & {"dobj", "aux"} or ("nsubj" in deps and counted_between(token)):
        return False
    reduced = token.dep_ == "acl" or (token.dep_ == "advcl" and token.tag_ == "VBN" and "nsubj" not in deps)
    if reduced or is_supposed(token):
        return True
    if token.dep_ == "conj" and not deps & {"nsubj", "aux"} and token.tag_ == "VBN":
        return is_verb(token.head) and is_passive(token.head)
    if token.dep_ == "conj" and is_verb(token.head) and any(c.dep_ == "dobj" for c in token.head.children):
        return False
    return (
        token.lemma_ in load_wording().modality.transitive
        and not ("nsubj" in deps and _fires_on(token))
        and not deps & {"ccomp", "xcomp"}
        and not _shares_object(token)
    )


def is_squeezed(token: Token) -> bool:
    """In a headline's "Two bombers attack camp" parsers take the verb for the first part of its object."""
    before = (*token.lefts, *token.head.lefts)
    return token.dep_ == "compound" and token.tag_ in FINITE and any(c.dep_ == "nsubj" for c in before)


def counted_between(verb: Token) -> list[Token]:
    """As in "Jets killed between 11 and 14 people": parsers take the number for where it was done."""
    return [side for side in behind(verb, ("between",)) if is_counted(side)]


def is_supposed(token: Token) -> bool:
    """As in "One of them said to be a civilian", "jets thought to be Orlesian": nobody says it who is named."""
    infinitive = any(c.dep_ == "xcomp" and any(g.lower_ == "to" for g in c.children) for c in token.children)
    return infinitive and token.lemma_ in load_wording().modality.supposing


def _shares_object(token: Token) -> bool:
    """Whether a later coordinated verb has the object of this one ("shelled and stormed the town")."""
    return any(c.dep_ == "conj" and any(g.dep_ == "dobj" for g in c.children) for c in token.children)


def subjects_of(token: Token) -> list[Token]:
    """The head words of those who do it, logically."""
    if not is_verb(token):
        return _noun_subjects(token)
    return agents_of(token) if is_passive(token) else surface_subjects(token)


def is_counted(side: Token) -> bool:
    """As in "Killed between 11 and 14 civilians": bounds of a number are no sides."""
    numbered = side.pos_ != "PROPN" and any(c.dep_ == "nummod" for c in side.lefts)  # not "the 9th Brigade"
    return side.pos_ == "NUM" or numbered


def agents_of(token: Token) -> list[Token]:
    """The head words of a by-phrase."""
    by = [c for c in token.children if c.dep_ == "agent" or c.lower_ == "by"]
    by += [g for c in by for g in c.children if g.dep_ == "conj" and g.lower_ == "by"]
    by += [h for c in by for g in c.children for h in g.children if h.dep_ == "conj" and h.lower_ == "by"]
    told = load_wording().voices.statements
    named = [g for c in by for g in c.children if g.dep_ == "pobj" and not is_time(g)]
    return [g for g in named if g.lemma_.lower() not in told]  # "by his account two men were killed"


def surface_subjects(token: Token, depth: int = 0) -> list[Token]:
    """The head words of the grammatical subject, taken from a governing verb where the verb itself has none."""
    own = [c for c in token.children if c.dep_ in ("nsubj", "nsubjpass", "csubj")]
    if any(c.lower_ == "that" and c.tag_ == "IN" for c in own):
        return []  # "a strike that officials said killed nine", misread: it stands for something far before it
    own = own or [g for c in token.children if c.dep_ == "aux" for g in c.children if g.dep_ == "nsubj"]
    own = own or ([c for c in token.head.lefts if c.dep_ == "nsubj"] if is_squeezed(token) else [])
    own = [c for c in own if c.lower_ != "turn"]  # "denied it, in turn accusing the rebels"
    own = _behind_a_colon(own) or _behind_a_day(token)
    if own:
        return [antecedent(s) for s in own]
    if depth > DEPTH or token.dep_ == "ROOT":
        return []
    return _inherited_subjects(token, depth + 1)


def _behind_a_colon(subjects: list[Token]) -> list[Token]:
    """In "Mirgrad: The army shelled …" the place before the colon is no subject."""
    if len(subjects) < 2 or not any(t.text == ":" for t in subjects[0].doc[subjects[0].i : subjects[1].i]):
        return subjects
    return subjects[1:]


def _behind_a_day(verb: Token) -> list[Token]:
    """In "On Friday Orlesian jets bombed …" parsers take the day and the doer together for one noun."""
    days = [c for c in verb.lefts if c.dep_ == "prep" and c.lower_ in ("on", "in", "by", "since")]
    days += [of for c in days for g in c.children if is_time(g) for of in g.children if of.lower_ == "of"]
    nouns = [g for c in days for g in c.children if g.dep_ == "pobj" and not is_time(g)]
    return [g for g in nouns if any(c.dep_ in ("compound", "nmod", "nummod") and is_time(c) for c in g.lefts)]


HARMING = frozenset(["kill", "injure", "wound", "leave", "claim", "displace", "destroy", "damage", "cause"])


def antecedent(token: Token) -> Token:
    """What a relative pronoun stands for; any other word stands for itself."""
    if token.tag_ not in RELATIVE_TAGS:
        return token
    clause = next((a for a in [token, *token.ancestors] if a.dep_ == "relcl"), None)
    if clause is None:
        return token
    return _described(_people_of(_named_as(clause.head))) if token.lower_ == "who" else _deed_on(clause)


def _deed_on(clause: Token) -> Token:
    """In "An attack on a convoy that killed nine" parsers take the convoy for what killed."""
    target = clause.head
    words = load_wording().modality
    armed = target.lower_ in words.armed_words or target.pos_ == "PROPN"
    struck = ("on", "against", "at") if armed else ("on", "against", "at", "of")
    deed = target.head.head if target.dep_ == "pobj" and target.head.lower_ in struck else target
    harms = clause.lemma_ in HARMING and not is_passive(clause)
    return deed if harms and deed.lemma_.lower() in words.inanimate else target


def _people_of(noun: Token) -> Token:
    """In "Witnesses of the raid who fled" parsers take the raid for who fled."""
    through = noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.pos_ in ("NOUN", "PROPN")
    return noun.head.head if through and noun.lemma_.lower() in load_wording().modality.inanimate else noun


def _named_as(noun: Token) -> Token:
    """In "The rebels were the ones who shot" the ones are the rebels."""
    verb = noun.head
    called = noun.lower_ in ("one", "ones", "those") and noun.dep_ == "attr" and verb.lemma_ == "be"
    return next((c for c in verb.children if c.dep_ == "nsubj" and c.i < verb.i), noun) if called else noun


def _described(noun: Token) -> Token:
    """In "troops backed by Orlesia who seized the port", "who" means not a named agent but whom it acts on."""
    verb = noun.head.head
    named_agent = noun.pos_ == "PROPN" and noun.head.dep_ == "agent" and verb.dep_ == "acl"
    return verb.head if named_agent else noun


def _inherited_subjects(token: Token, depth: int) -> list[Token]:
    head = token.head
    if token.dep_ in ("conj", "dep") and is_verb(head):
        return surface_subjects(head, depth)
    if token.dep_ in ("acl", "relcl"):
        return _subjects_of_described(token, depth)
    if token.dep_ in ("xcomp", "ccomp") and is_verb(head):
        told = token.dep_ == "ccomp" and token.tag_ in FINITE  # "…, killing 24 people, a member told Osk Radio"
        return [] if told else _controller(head, depth)
    if token.dep_ == "advcl" and is_verb(head):
        return _participle_subjects(token, depth)
    if token.dep_ in ("pcomp", "xcomp"):
        return _subjects_through_preposition(head, depth)
    return []


def _subjects_of_described(token: Token, depth: int) -> list[Token]:
    """A reduced relative describes its noun; an infinitive after a noun is done by whoever does the noun."""
    if any(c.dep_ == "aux" and c.lower_ == "to" for c in token.children):
        return _noun_subjects(token.head, depth) or _holder_of(token.head, depth)
    misread = [c for c in token.head.lefts if c.dep_ == "amod" and c.tag_ == "VBD"]
    return [g for c in misread for g in c.children if g.dep_ == "nsubj"] or [_before_an_aside(token) or token.head]


def _before_an_aside(verb: Token) -> Token | None:
    """In "The army, backed by Orlesia, bombed Osk" parsers take Orlesia, which only helps, for what is described."""
    helping = next((a for a in verb.ancestors if a.dep_ == "acl" and any(c.dep_ == "agent" for c in a.children)), None)
    if helping is None or verb.i == 0 or helping.i == 0 or not any(c.dep_ == "dobj" for c in verb.children):
        return None
    set_off = verb.nbor(-1).text == "," and helping.nbor(-1).text == ","
    return helping.head if set_off and verb.tag_ in ("VBD", "VBN") else None


def _holder_of(noun: Token, depth: int) -> list[Token]:
    if noun.dep_ in ("dobj", "attr") and is_verb(noun.head):
        return _doers(noun.head, depth)
    return []


def _doers(verb: Token, depth: int) -> list[Token]:
    return agents_of(verb) if is_passive(verb) else surface_subjects(verb, depth)


def _controller(verb: Token, depth: int) -> list[Token]:
    """Who does the complement of a verb: its object for "force X to leave", else its subject."""
    named = [c for c in verb.children if c.dep_ == "dobj"]
    if named and verb.lemma_ in load_wording().modality.object_control:
        return named
    return surface_subjects(verb, depth)


def _participle_subjects(token: Token, depth: int) -> list[Token]:
    """As in "A strike hit the market, killing five": the strike; "the market was hit, killing five": whoever hit it."""
    marked = any(c.dep_ in ("mark", "prep") or c.lower_ in ("while", "after", "before") for c in token.children)
    if token.tag_ == "VBG" and not marked:
        if token.head.lemma_ in BLAME:
            return []
        acting = next(
            (v for v in token.head.subtree if v.i < token.i and v.dep_ == "acl" and _before_an_aside(v)), None
        )
        if acting is not None:
            return surface_subjects(acting, depth)
        said = said_before(token)
        if said is not None:
            return agents_of(said) if is_passive(said) else surface_subjects(said, depth)
        if is_passive(token.head):
            return agents_of(token.head)
    return surface_subjects(token.head, depth)


def said_before(participle: Token) -> Token | None:
    """As in "Shells hit the mill, a miller said, killing two": what he says killed them, not he."""
    verb = participle.head
    speech = load_wording().speech_kind
    if participle.tag_ != "VBG" or verb.lemma_ not in speech or participle.lemma_ in speech:
        return None
    return next((c for c in verb.children if c.dep_ == "ccomp" and c.i < participle.i and is_verb(c)), None)


def _subjects_through_preposition(head: Token, depth: int) -> list[Token]:
    """As in "Accused X of bombing", "responsible for killing", "succeeded in taking"."""
    verb = head.head if head.dep_ in ("prep", "agent") else head
    if verb.dep_ == "pobj" and verb.head.dep_ == "agent" and verb.head.head.lemma_ in BLAME:
        verb = verb.head.head
    if verb.dep_ == "dobj" and verb.head.lemma_ in BLAME and head.lower_ == "of":
        return [verb]
    quoted = head.lower_ == "as" and verb.lemma_ in QUOTING
    if is_verb(verb) and (quoted or verb.lemma_ in BLAME):
        return surface_subjects(verb, depth) if is_passive(verb) else [c for c in verb.children if c.dep_ == "dobj"]
    stopped = [c for c in verb.children if c.dep_ == "dobj"] if head.lower_ == "from" else []
    if is_verb(verb):
        return stopped or surface_subjects(verb, depth)  # "kept the rebels from taking the town"
    if verb.dep_ in ("acomp", "attr") and is_verb(verb.head):
        return surface_subjects(verb.head, depth)
    if verb.pos_ == "ADJ" and verb.dep_ == "amod":
        return [verb.head]
    return _noun_subjects(verb, depth) if verb.pos_ in ("NOUN", "PROPN") else []


def _noun_subjects(noun: Token, depth: int = 0) -> list[Token]:
    """As in "A strike by X", "X's strike", "X launched a strike", "X was behind the strike"."""
    if depth > DEPTH:
        return []
    found = agents_of(noun) or _ascribed(noun) or [c for c in noun.children if c.dep_ == "poss" and not is_time(c)]
    found = found or _blamed_for(noun) or list(_light_subjects(noun, depth + 1)) or _called_by_nation(noun)
    found = found or _agents_beside(noun)
    if found:
        return found
    if noun.dep_ == "conj" and noun.head.pos_ == noun.pos_:
        return _noun_subjects(noun.head, depth + 1)
    return []


def _agents_beside(noun: Token) -> list[Token]:
    """As in "It looks into the killing of nine people last week by rebels": parsers hang the doers on the verb."""
    verb = noun.head
    if noun.dep_ != "dobj" or not is_verb(verb) or is_passive(verb) or not surface_subjects(verb):
        return []
    armed = load_wording().modality.armed_words
    return [
        g for g in behind(verb, ("by",)) if g.i > noun.i and (g.pos_ == "PROPN" or g.lower_ in armed) and not is_time(g)
    ]


def _ascribed(noun: Token) -> list[Token]:
    """As in "Raids ascribed to X", "strikes carried out by X", "a raid thought to be X's"."""
    words = load_wording().modality
    found: list[Token] = []
    for verb in noun.children:
        if verb.dep_ not in ("acl", "relcl"):
            continue
        if verb.lemma_ in words.ascribing:
            found += behind(verb, ("to", "on"))
        elif verb.lemma_ in words.light_verbs and is_passive(verb):
            found += agents_of(verb)
    return found or _supposed_owner(noun)


def _called_by_nation(noun: Token) -> list[Token]:
    """As in "The raids, which they believed were Russian": whose they were, as an adjective."""
    if noun.dep_ != "nsubj" or noun.head.lemma_ != "be":
        return []
    return [c for c in noun.head.children if c.dep_ == "acomp" and c.text[:1].isupper()]


def _supposed_owner(noun: Token) -> list[Token]:
    """The possessor in "a raid thought to be X's"; parsers hang the supposing verb below or above the noun."""
    verbs = [c for c in noun.children if c.dep_ == "acl"] + ([noun.head] if noun.dep_.startswith("nsubj") else [])
    supposed = [v for v in verbs if is_supposed(v)]
    being = [c for v in supposed for c in v.children if c.dep_ == "xcomp" and c.lemma_ == "be"]
    named = [g for b in being for g in b.children if g.dep_ == "attr"]
    return [g for g in named if any(c.dep_ == "case" for c in g.children)]


def _light_subjects(noun: Token, depth: int) -> Iterator[Token]:
    head, words = noun.head, load_wording().modality
    weapon = noun.lemma_ in words.weapons and noun.tag_ != "VBG"
    light = words.weapon_verbs if weapon else words.light_verbs - words.averted
    if noun.dep_ in ("dobj", "nsubjpass") and is_verb(head) and head.lemma_ in light:
        yield from _doers(head, depth)
    elif noun.dep_ == "pobj" and head.lower_ == "of" and head.head.lemma_ in words.transparent_nouns:
        yield from _noun_subjects(head.head, depth)
    elif noun.dep_ == "pobj" and head.dep_ == "prep":
        yield from _subjects_before(head, depth)
    elif noun.dep_ == "nsubjpass" and is_verb(head) and head.lemma_ in ASCRIBING:
        yield from ascribed_to(head)
    elif noun.dep_ == "dobj" and is_verb(head) and head.lemma_ in ASCRIBING:
        yield from ascribed_to(head) or behind(noun, ("on", "to"))


def ascribed_to(verb: Token) -> list[Token]:
    """As in "Put it down to the army", "some blamed it on the army, others on the rebels"."""
    down = [c for c in verb.children if c.lower_ == "down"]
    rest = [t for t in verb.doc[verb.i + 1 :] if t.lower_ in OTHERS and t.dep_ in ("appos", "conj", "dep", "npadvmod")]
    wanted = ("on",) if verb.lemma_ == "pin" else ("on", "to")
    return [doer for holder in (verb, *down, *rest) for doer in behind(holder, wanted)]


def _subjects_before(preposition: Token, depth: int) -> Iterator[Token]:
    """As in "behind the strike", "responsible for the strike", "claimed responsibility for it", "blamed X for it"."""
    verb = preposition.head
    engaged = (preposition.lower_ == "in" and verb.lemma_ in ENGAGING) or (
        preposition.lower_ == "to" and verb.lemma_ == "subject" and not is_passive(verb)  # "subjected Osk to shelling"
    )
    if (engaged or preposition.lower_ == "behind") and is_verb(verb):
        yield from surface_subjects(verb, depth)
    elif preposition.lower_ == "under" and is_verb(verb):
        yield from behind(verb, ("by", "from"))
    elif preposition.lower_ == "with" and _showers(verb):
        yield from _doers(verb, depth)
    elif preposition.lower_ in ("for", "of", "in") and verb.dep_ == "dobj" and verb.head.lemma_ in BLAME:
        yield verb
    elif (
        preposition.lower_ in ("for", "of", "in") and verb.lemma_ in BLAME and is_verb(verb) and verb.i < preposition.i
    ):
        yield from surface_subjects(verb, depth) if is_passive(verb) else (c for c in verb.children if c.dep_ == "dobj")
    elif preposition.lower_ == "for" and verb.lemma_ in ("responsibility", "responsible", "blame", "credit"):
        yield from _responsible(verb, depth)


def _responsible(word: Token, depth: int) -> Iterator[Token]:
    if word.head.lemma_ in ("hold", "find", "deem", "consider"):
        yield from (c for c in word.head.children if c.dep_ == "dobj")
    elif is_verb(word.head) and any(c.dep_ == "neg" for c in word.head.children):
        return  # who has not claimed it is not said to have done it
    elif is_verb(word.head):
        yield from _doers(word.head, depth)
    elif word.dep_ == "amod":
        yield word.head


def behind(token: Token, prepositions: tuple[str, ...]) -> Iterator[Token]:
    """What stands behind the prepositions of a word."""
    for child in token.children:
        if child.lower_ in prepositions:
            yield from (g for g in child.children if g.dep_ == "pobj")


def is_showered(noun: Token) -> bool:
    """As in "A minibus was raked with gunfire", "gunmen sprayed it with bullets"."""
    return noun.dep_ == "pobj" and noun.head.lower_ == "with" and _showers(noun.head.head)


def _showers(verb: Token) -> bool:
    return is_verb(verb) and verb.lemma_ in load_wording().modality.showering


def laid_on(noun: Token) -> Token | None:
    """The "on" of "blamed the raid on the army", where parsers take the army for what was raided."""
    verb = noun.head
    if noun.dep_ != "dobj" or verb.lemma_ != "blame" or any(c.lower_ == "on" for c in verb.children):
        return None
    return next((t for t in reversed(list(noun.subtree)) if t.lower_ == "on"), None)


def _blamed_for(noun: Token) -> list[Token]:
    laid = laid_on(noun)
    return [c for c in laid.children if c.dep_ == "pobj"] if laid is not None else []
