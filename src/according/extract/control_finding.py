"""A finding of control in the making, and how the words of a clause are read for it: parties, places, particles."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from according.extract.arguments import is_time
from according.extract.control_places import PlaceArgument, places_in
from according.extract.roles import antecedent, is_passive
from according.extract.roles import subjects_of as _subjects_of
from according.extract.roles import surface_subjects as _surface_subjects
from according.extract.targets import objects_of as _objects_of
from according.vocabulary import load_vocabulary
from according.vocabulary.control import load_control_words
from according.vocabulary.wording import load_wording

if TYPE_CHECKING:
    from according.extract.parse import Sentence
    from according.extract.tokens import Token
    from according.records import Realis, Span

STILL = frozenset(
    ["still", "continue", "rage", "persist", "ongoing", "resume", "go", "keep", "intensify", "continuing", "contested"]
)
"""Words by which fighting goes on."""
STATEMENTS = frozenset("claim statement announcement assertion boast report communique declaration".split())
PARTIES = frozenset(
    ["they", "it", "he", "she", "we", "who", "them", "him", "others", "other", "some", "that", "us", "both", "latter"]
)
ONE_PERSON = frozenset(["i", "he", "she", "me", "him", "her"])


EDGES = frozenset(["verge", "brink", "point", "cusp"])
"""On the verge of something: not there yet."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One claim of control in the making: head words for the parties, places read.

    No places means that the sentence leaves the place to what went before. ``presupposed`` findings are the outlet's
    own background ("rebel-held Douma"), whatever the clause they stand in says of something else. A finding that is
    not ``decided`` says that nobody is known to hold the place; one ``by_voice`` is told by whoever holds it,
    and one ``by_claim`` is told by its own holder.
    """

    predicate: str
    trigger: Token
    holders: tuple[Token, ...] = ()
    places: tuple[PlaceArgument, ...] = ()
    others: tuple[Token, ...] = ()
    realis: Realis | None = None
    extent: Span | None = None
    presupposed: bool = False
    decided: bool = True
    by_voice: bool = False
    by_claim: bool = False
    cues: tuple[Token, ...] = field(default=())


def subjects_of(verb: Token) -> list[Token]:
    """Who does it, also where the parser took the verb for an adjective or its subject for part of it."""
    found = (
        _of_bare_relative(verb)
        or _aiming(verb)
        or _left_behind(verb)
        or resumed(verb)
        or _between_commas(verb)
        or ([] if is_passive(verb) else _around_a_speaker(verb))
        or _subjects_of(verb)
    )
    found = [_before_a_day(f) for f in found if f.dep_ != "csubj"]
    if found and found[0].lower_ in ("itself", "themselves") and verb.head.dep_ == "relcl":
        found = [verb.head.head]  # "the army, which had itself captured it"
    if [f.lower_ for f in found] == ["it"] and verb.head.lemma_ in ("take", "need", "require") and verb.dep_ != "conj":
        return []  # "it would take weeks to secure Y"
    if (above := _above_a_particle(verb, found)) is not None:
        return surface_subjects(above)
    if (having := _had(verb)) is not None:
        return _subjects_of(having)
    if verb.dep_ == "amod" and _swallowed(verb):
        doers = [c for c in verb.head.children if c.dep_ == "nsubj" and c.i < verb.i]
        return doers or _before(verb)
    if verb.dep_ == "relcl" and not [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")]:
        swallowed = [c for c in verb.children if c.dep_ in ("compound", "nmod", "npadvmod") and c.pos_ == "PROPN"]
        if swallowed and any(c.tag_ in ("WDT", "WP") for c in verb.children):
            return swallowed
    return found


def _above_a_particle(verb: Token, found: list[Token]) -> Token | None:
    """The verb above in "may go on governing", "are on the verge of taking Y"."""
    if not found and verb.dep_ == "pcomp" and verb.head.dep_ == "prt":
        return verb.head.head
    dated = (
        verb.tag_ == "VBG"
        and verb.dep_ == "pcomp"
        and verb.head.lower_ in ("after", "before", "since")
        and is_time(verb.head.head)
    )
    if not found and dated:  # "a day after losing Y, the army …"
        return next((a for a in verb.ancestors if a.tag_[:2] == "VB" and a.dep_ != "pcomp"), None)
    if verb.dep_ == "pcomp" and verb.head.head.lemma_ in EDGES:
        return next((a for a in verb.ancestors if a.lemma_ in ("be", "come", "remain")), None)
    return None


def _between_commas(verb: Token) -> list[Token]:
    """“Y, which according to the mayor the army had taken", "which he said the army took": the army."""
    own = [c for c in verb.children if c.dep_ == "nsubj"]
    return own[1:] if len(own) > 1 and own[0].tag_ == "WDT" else []


def resumed(verb: Token) -> list[Token]:
    """“The rebels took Y, the mission said, and held it" parsed as if the mission held it: the rebels."""
    speech = verb.head
    if verb.dep_ != "conj" or speech.lemma_ not in load_wording().speech_kind:
        return []
    if any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children) or speech.nbor().text != ",":
        return []
    told = [c for c in speech.children if c.dep_ == "ccomp" and c.i < speech.i]
    return _subjects_of(told[0]) if told else []


def _left_behind(verb: Token) -> list[Token]:
    """“The rebels left Y and the army moved in" parsed as if the rebels left the army too: the army."""
    if verb.dep_ != "conj" or verb.tag_ not in ("VBD", "VBZ", "VBP") or not verb.i:
        return []
    if any(c.dep_ in ("nsubj", "nsubjpass", "auxpass") for c in verb.children):
        return []
    first = min((c.i for c in verb.children if c.i < verb.i and c.dep_ in ("advmod", "aux", "neg")), default=verb.i)
    before = verb.doc[first - 1]
    named = (w for w in (before, *before.ancestors) if w.dep_ == "conj" and w.right_edge.i == before.i)
    return [w for w in named if w.pos_ in ("NOUN", "PROPN") and verb.head in w.ancestors][:1]


def begins_clause(word: Token) -> bool:
    """Whether a word that seems coordinated with the one above it is the subject of the verb behind it."""
    behind = word.doc[word.right_edge.i + 1 : word.right_edge.i + 4]
    return word.dep_ == "conj" and any(word in _left_behind(verb) for verb in behind)


def _aiming(verb: Token) -> list[Token]:
    """“Beat back a rebel attempt to take Y", "an Orlesian offensive to take Y": the rebels, the Orlesians."""
    at_times = verb.dep_ == "relcl" and verb.head.lemma_ == "time"
    if not (verb.dep_ == "acl" or at_times) or not any(c.lower_ == "to" for c in verb.children):
        return []
    words = load_control_words()
    if verb.head.lemma_ == "time":  # "tried for the third time to take Y"
        above = next((a for a in verb.ancestors if a.lemma_ in ("try", "attempt", "seek")), None)
        return surface_subjects(above) if above is not None else []
    before = [c for c in verb.head.lefts if c.dep_ in ("amod", "compound", "nmod")]
    nations = [c for c in before if c.text[:1].isupper() and load_vocabulary().actors.named(c.text)]
    return nations or [c for c in before if c.lemma_.lower() in words.forces]


def objects_of(verb: Token) -> list[Token]:
    """What it is done to, with the same repairs as ``subjects_of``; a name behind a verb is taken for an adverb too."""
    if _is_bare_relative(verb):
        return [verb.head]
    found = on_helper(verb) or (_around_a_speaker(verb) if is_passive(verb) else []) or _objects_of(verb)
    if _between_commas(verb) and not is_passive(verb) and not [c for c in verb.children if c.dep_ == "dobj"]:
        above = verb if verb.dep_ == "relcl" else verb.head
        return [above.head] if above.dep_ == "relcl" else found
    return found or _misplaced_objects(verb)


def _is_bare_relative(verb: Token) -> bool:
    """“The first town the rebels seized": what they seized, though no word for it stands in the clause."""
    if verb.dep_ != "relcl" or verb.tag_ not in ("VBD", "VBP", "VBZ") or verb.i < verb.head.i:
        return False
    own = [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass", "dobj", "auxpass", "agent", "mark", "dative")]
    relative = any(t.tag_ in ("WDT", "WP", "WP$", "WRB", "IN") and t.i < verb.i for t in verb.subtree)
    return [c.dep_ for c in own] == ["nsubj"] and not relative


def _of_bare_relative(verb: Token) -> list[Token]:
    return [c for c in verb.children if c.dep_ == "nsubj"] if _is_bare_relative(verb) else []


def surface_subjects(verb: Token) -> list[Token]:
    """The grammatical subjects; of "Y, a resident said, was abandoned" Y, which parsers hang on the resident's verb."""
    return _around_a_speaker(verb) or resumed(verb) or [_before_a_day(s) for s in _surface_subjects(verb)]


def _before_a_day(subject: Token) -> Token:
    """“Fell to the rebels on Sunday, who planted a flag" parsed as if Sunday had: the rebels; any other word stays."""
    day = subject.head if subject.dep_ == "pobj" and is_time(subject) else None
    if day is None or not any(c.dep_ == "relcl" for c in subject.children):
        return subject
    behind = [g for c in day.head.children if c.dep_ == "prep" and c.i < day.i for g in c.children if g.dep_ == "pobj"]
    return behind[-1] if behind else subject


def _around_a_speaker(verb: Token) -> list[Token]:
    """What stands before a speaker between commas."""
    if any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children):
        return []
    for speech in (c for c in verb.children if c.dep_ in ("parataxis", "ccomp") and c.i < verb.i):
        before = [c for c in speech.children if c.dep_ in ("nsubj", "nsubjpass") and c.i < speech.i]
        if len(before) > 1 and speech.lemma_ in load_wording().speech_kind:
            return before[:1]
    return []


def on_helper(verb: Token) -> list[Token]:
    """“Y remains besieged", "the army was gone": the subject that parsers hang on the helping verb."""
    return [g for c in verb.children if c.dep_ == "auxpass" for g in c.children if g.dep_ in ("nsubj", "nsubjpass")]


def _misplaced_objects(verb: Token) -> list[Token]:
    """What it is done to where the parser hung that elsewhere."""
    if (verb.dep_ == "amod" and _swallowed(verb)) or _had(verb):
        return [verb.head]
    noun = _pulled_up(verb) or _described(verb)
    if noun is not None or is_passive(verb):
        return [noun] if noun is not None else []
    behind = [c for c in verb.rights if c.dep_ in ("advmod", "npadvmod") and c.pos_ == "PROPN"]
    return _misnamed(verb) or [c for c in behind if c.left_edge.i == verb.i + 1] or _before_a_speaker(verb)


def _before_a_speaker(verb: Token) -> list[Token]:
    """“Have taken Y, the command said" parsed as if Y were part of the command: Y."""
    name = None
    for word in verb.doc[verb.i + 1 : verb.i + 6]:
        if word.pos_ != "PROPN":
            return [name] if name is not None and word.text == "," and name.head.i > name.i + 1 else []
        name = word
    return []


def _misnamed(verb: Token) -> list[Token]:
    """“Seized Duvar airfield" parsed as a Duvar that airfields: the airfield."""
    kinds = load_control_words().place_nouns
    below = [c for c in verb.children if c.dep_ == "ccomp" and c.pos_ == "NOUN" and c.lemma_.lower() in kinds]
    return [c for c in below if c.i and c.nbor(-1).pos_ == "PROPN" and c.nbor(-1).head.i == c.i]


def _pulled_up(verb: Token) -> Token | None:
    """“Y, which the army had tried in vain to take": Y, when the parser hangs "which" on the verb above."""
    above = verb.head
    if verb.dep_ != "xcomp" or above.dep_ != "relcl" or is_passive(verb):
        return None
    return above.head if any(c.tag_ == "WDT" and c.dep_ == "dobj" for c in above.children) else None


def _described(verb: Token) -> Token | None:
    """“Troops are in villages that the rebels had ruled" parsed as what the troops say: the villages."""
    that = next((c for c in verb.children if c.dep_ == "mark" and c.lower_ == "that"), None)
    if that is None or verb.dep_ not in ("ccomp", "advcl") or that.i == 0 or is_passive(verb):
        return None
    before = that.nbor(-1)
    speaks = verb.head.lemma_ in load_wording().speech_kind or before.i <= verb.head.i
    return before if before.pos_ in ("NOUN", "PROPN") and not speaks else None


def _swallowed(verb: Token) -> bool:
    """“The militants fully controlled Muqokori” parsed as a Muqokori that is controlled."""
    if verb.i > verb.head.i:
        return False
    return any(c.dep_ == "nsubj" and c.i < verb.i for c in verb.head.children) or bool(_before(verb))


def _had(verb: Token) -> Token | None:
    """“Claim to have overrun villages" parsed as villages that they have: the "have" before the verb."""
    if verb.dep_ not in ("amod", "compound") or verb.tag_ not in ("VBN", "VBD") or not verb.i:
        return None
    before = verb.nbor(-1)
    helps = before.lemma_ == "have" and verb.head.dep_ == "dobj" and verb.head.head.i == before.i
    return before if helps else None


def _before(verb: Token) -> list[Token]:
    """“Al-Sumer captured parts of Y" parsed as parts that are captured: the name before the verb."""
    before = verb.nbor(-1) if verb.i else verb
    if verb.tag_ not in ("VBN", "VBD") or verb.head.dep_ not in ("ROOT", "conj", "ccomp"):
        return []
    inside = before.dep_ in ("nmod", "compound") and before.head.i == verb.head.i
    return [before] if inside or (before.dep_ == "nsubj" and before.head.i == verb.i) else []


def is_party(sentence: Sentence, head: Token) -> bool:
    """Whether a head word names somebody who may hold a place: a known actor, an armed party, or a pronoun."""
    if head.lower_ in PARTIES or sentence.actor_at(head) is not None:
        return True
    if head.tag_ == "NNPS" and any(c.lower_ == "the" for c in head.lefts) and sentence.place_at(head) is None:
        return True  # "the Lions"
    if head.pos_ == "ADJ" and head.text[:1].isupper() and load_vocabulary().actors.named(head.text):
        return True  # "the Orlesian flag", "full Orlesian occupation"
    return head.lemma_.lower() in load_control_words().forces


def is_settlement(sentence: Sentence, heads: Iterable[Token]) -> bool:
    """Whether a head word names a known town, and no region or country."""
    for name in (sentence.place_at(head) for head in heads):
        known = load_vocabulary().gazetteer.get(name.ids[0]) if name is not None and name.ids else None
        if known is not None and known.kind not in {"country", "region", "water"}:
            return True
    return False


def is_person(sentence: Sentence, head: Token) -> bool:
    """Whether a head word names one person: by a pronoun or a title, or as the registry knows."""
    if head.lower_ in ONE_PERSON:
        return True
    if any(c.lower_ in load_control_words().titles for c in head.children if c.i < head.i and c.dep_ != "poss"):
        return True
    name = sentence.actor_at(head)
    known = load_vocabulary().actors.get(name.ids[0]) if name is not None and name.ids else None
    return known is not None and known.kind == "person" and name is not None and name.how != "possessive"


def particles(verb: Token) -> set[str]:
    """The particles and bare adverbs of a verb ("pulled out", "took it back")."""
    return {c.lower_ for c in verb.children if c.dep_ in ("prt", "advmod", "prep")}


def after(word: Token, *prepositions: str) -> list[Token]:
    """What follows some prepositions of a word, through "out of" and "back from"."""
    found: list[Token] = []
    for child in word.children:
        if child.lower_ in ("back", "away", "out", "down") and child.dep_ in ("prt", "advmod"):
            found += after(child, *prepositions)
        if child.lower_ in prepositions and child.dep_ in ("prep", "prt", "advmod", "dative", "agent"):
            found += [antecedent(g) for g in child.children if g.dep_ == "pobj"] or _cut_off(child)
            again = (c for c in child.children if c.dep_ == "conj" and c.lower_ == child.lower_)  # "of X and of Y"
            found += [antecedent(g) for c in again for g in c.children if g.dep_ == "pobj"]
            found += after(child, *prepositions)
    return found


def _cut_off(preposition: Token) -> list[Token]:
    """“Have left from Y, the command said" parsed as if Y were part of the command: Y."""
    if list(preposition.children) or preposition.i + 2 >= len(preposition.doc):
        return []
    name = preposition.nbor()
    return [name] if name.pos_ == "PROPN" and name.nbor().text == "," else []


def of_places(sentence: Sentence, heads: Iterable[Token], *, loosely: bool) -> tuple[PlaceArgument, ...]:
    """The places that some head words stand for; ``loosely`` takes unknown names and "it" for places."""
    return tuple(places_in(sentence, heads, loosely=loosely))


def parties_in(sentence: Sentence, heads: Iterable[Token]) -> tuple[Token, ...]:
    """Those of some head words that may hold a place: parties, and proper names."""
    return tuple(head for head in heads if is_party(sentence, head) or head.pos_ == "PROPN")


def doers_of(verb: Token) -> tuple[Token, ...]:
    """Who does what a verb says."""
    return tuple(borne(told_ahead(subject)) for subject in subjects_of(verb))


def as_claimed(head: Token) -> Token:
    """“X's claim that Y was in its hands": X; any other head stays."""
    if head.lower_ not in ("its", "their", "it", "they"):
        return head
    above = list(head.ancestors)
    nouns = [a for a in above if a.lemma_.lower() in STATEMENTS]
    nouns += [c for a in above for c in a.children if c.dep_ == "nsubj" and c.lemma_.lower() in STATEMENTS]
    owners = [c for noun in nouns for c in noun.children if c.dep_ == "poss" and c.i < head.i]
    owners += [p for noun in nouns for p in after(noun, "of", "by") if p.i < head.i and p.pos_ == "PROPN"]
    return next((o for o in owners if o.i != head.i), head)


def told_ahead(head: Token) -> Token:
    """“Years after it lost Y, the army marched back": the army; any other head stays."""
    if head.lower_ not in ("it", "they"):
        return head
    clause = next((a for a in head.ancestors if a.dep_ == "advcl" and head.i < a.head.i), None)
    if clause is None or clause.head.lemma_ in load_wording().speech_kind:
        return head
    named = [c for c in clause.head.children if c.dep_ == "nsubj" and c.i > clause.i]
    armed = [c for c in named if c.pos_ == "PROPN" or c.lemma_.lower() in load_control_words().forces]
    return armed[0] if armed else head


def borne(head: Token) -> Token:
    """“The last busload of rebels": the rebels; any other head stays."""
    words = load_control_words()
    inside = [p for p in after(head, "of") if p.pos_ in ("NOUN", "PROPN")] if head.lemma_ in words.bearers else []
    return inside[0] if inside and inside[0].lemma_.lower() in words.forces else head


def is_pronoun(objects: list[Token]) -> bool:
    """Whether the only object is "it"."""
    return [o.lower_ for o in objects] == ["it"]


def direct_objects(verb: Token) -> list[Token]:
    """The objects that a verb has itself, days not counted ("had left the day before")."""
    return [c for c in verb.children if c.dep_ == "dobj" and not is_time(c)]
