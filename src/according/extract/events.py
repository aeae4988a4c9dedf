"""Events: violence, unrest and speech acts, with one claim for each mention and each further doer and target."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from according.extract.arguments import arguments, is_time
from according.extract.assailants import FELLING, comes_down, is_ramming, with_arrivals
from according.extract.build import claim_of
from according.extract.clauses import read_clause
from according.extract.doers import acting, is_calamity, is_nobody, owned, owners
from according.extract.governors import governors
from according.extract.kinds import comes_from_the_air, kind_of, speaks_of_aircraft
from according.extract.roles import RELATIVE_TAGS, is_squeezed, is_supposed, is_verb, surface_subjects
from according.extract.triggers import Trigger, is_about_conflict, triggers_of
from according.extract.wordlists import find_phrases
from according.vocabulary.casualties import load_casualty_words
from according.vocabulary.linking import wording_of
from according.vocabulary.wording import load_wording

if TYPE_CHECKING:
    from according.extract.arguments import Argument
    from according.extract.build import Roles
    from according.extract.clauses import Clause
    from according.extract.parse import Sentence
    from according.extract.tokens import Token
    from according.records import Claim, Polarity, Span
    from according.vocabulary import Vocabulary

EVENT_FAMILIES = frozenset(["violence", "unrest", "speech"])
HARM_VERBS = frozenset(["kill", "murder", "assassinate", "massacre", "execute", "behead", "lynch"])
"""Verbs of killing: an attack by whoever does it, unless what does it is an event named beside them."""
PUT = frozenset(["into", "through", "under", "beneath", "onto", "against", "inside"])
PARTS = frozenset(["wall", "roof", "side", "gate", "door", "front", "window", "windows", "walls", "middle", "midst"])
"""Parts by which a building or a crowd is hit."""
SCENES = frozenset(["at", "on", "in", "outside", "near", "against", "inside"])
LANDING = frozenset(["on", "into", "through", "onto", "upon"])
NEARBY = 3
"""Sentences back that show what a guarded word is about."""
AHEAD = 1
"""Sentences ahead that do: what is struck is told before who died of it."""
BEFALLING = frozenset(["shell", "bomb", "pound", "bombard", "attack", "raid", "storm", "strike", "assault", "rocket"])
"""Deeds that only armed people do to a town, when nobody else is said to."""
NO_TARGETS = frozenset(["responsibility", "blame", "credit", "channel", "website", "account", "telegram", "twitter"])
"""As in "a blast for which the front claimed responsibility", "claimed the attack on a channel of its own"."""
MOST_CLAIMS = 6
"""Claims from one mention: subjects and objects in coordination, taken apart."""


@dataclass(frozen=True, slots=True, eq=False)
class EventMention:
    """A word that names an event, and the claims made of it: the first is the event's own, others add to it.

    ``position`` is the index of its sentence.
    """

    sentence: Sentence
    position: int
    token: Token
    claims: tuple[Claim, ...]

    @property
    def claim(self) -> Claim:
        """The claim that stands for the event."""
        return self.claims[0]


@dataclass(frozen=True, slots=True, eq=False)
class _Reading:
    """A trigger with its clause, before it is settled whether it is an event of its own.

    ``tools`` are the subjects as they stand, which may be weapons; ``subjects`` are those of them that can act.
    """

    trigger: Trigger
    clause: Clause
    tools: tuple[Argument, ...]
    subjects: tuple[Argument, ...]
    objects: tuple[Argument, ...]


def find_events(sentences: Sequence[Sentence], vocabulary: Vocabulary) -> list[EventMention]:
    """Every event mention, in text order."""
    triggers = triggers_of(vocabulary, EVENT_FAMILIES)
    found = [with_arrivals(sentence, triggers.find(sentence)) for sentence in sentences]
    about = [
        is_about_conflict(s) or any(not t.guarded or _shows_conflict(s, t) for t in hits)
        for s, hits in zip(sentences, found, strict=True)
    ]
    airborne = speaks_of_aircraft(sentences, (trigger for hits in found for trigger in hits))
    return [
        EventMention(sentence, position, reading.trigger.token, tuple(_claims(sentence, reading, airborne=airborne)))
        for position, sentence in enumerate(sentences)
        if any(about[max(0, position - NEARBY) : position + 1 + AHEAD])
        for reading in _readings(sentence, found[position])
    ]


def _shows_conflict(sentence: Sentence, trigger: Trigger) -> bool:
    """Whether what a guarded word's own clause says leaves no other sense for it."""
    told = comes_from_the_air(trigger.token) or is_run_into(trigger.token)
    return told or _wrecks(trigger) or _befalls_a_place(sentence, trigger)


def _befalls_a_place(sentence: Sentence, trigger: Trigger) -> bool:
    """As in "Osk was shelled on Monday", "the attack on Osk": done to a known place, by nobody named."""
    token = trigger.token
    if token.lemma_ not in BEFALLING:
        return False
    children = list(token.children)
    if is_verb(token):
        by_whom = any(c.dep_ in ("agent", "nsubj") or c.lower_ == "by" for c in children)
        return not by_whom and any(c.dep_ == "nsubjpass" and sentence.place_at(c) for c in children)
    owned = any(c.dep_ == "poss" for c in children)
    on = [c for c in children if c.lower_ == "on" and c.dep_ == "prep" and not owned]
    return any(g.dep_ == "pobj" and sentence.place_at(g) and not sentence.actor_at(g) for c in on for g in c.children)


def _wrecks(trigger: Trigger) -> bool:
    """Whether something laid a site waste: the strike that flattened a market is no strike of workers.

    A blast may be an accident.
    """
    verb = trigger.token.head
    if trigger.token.dep_ != "nsubj" or trigger.predicate == "bomb":
        return False
    wrecked = " ".join(t.text for c in verb.children if c.dep_ == "dobj" for t in c.subtree)
    return verb.lemma_ in load_wording().modality.wrecking_verbs and bool(wording_of(wrecked).sites)


def _readings(sentence: Sentence, found: Sequence[Trigger]) -> Iterator[_Reading]:
    """The triggers of a sentence that are events of their own, read."""
    heads = {t.token.i for t in found}
    readings = _with_doers_of_killing([_reading(sentence, trigger, heads) for trigger in found])
    for reading in readings:
        if _is_event(reading, readings, heads):
            yield reading


def _with_doers_of_killing(readings: list[_Reading]) -> list[_Reading]:
    """As in "Were killed in a raid by the army", "rebels killed nine in a raid": the raid's doers are the killers."""
    verbs = {r.trigger.token.i: r for r in readings if r.trigger.token.lemma_ in HARM_VERBS and r.subjects}
    for index, reading in enumerate(readings):
        killing = verbs.get(_killed_in(reading.trigger.token))
        if killing is not None and not reading.subjects:
            readings[index] = replace(reading, subjects=killing.subjects, tools=killing.tools)
    return readings


def _killed_in(noun: Token) -> int:
    """The place of the verb of killing that an event is named beside ("killed in a raid"), else -1."""
    inside = noun.dep_ == "pobj" and noun.head.lower_ in ("in", "during") and not is_verb(noun)
    return noun.head.head.i if inside and is_verb(noun.head.head) else -1


def _reading(sentence: Sentence, trigger: Trigger, heads: set[int]) -> _Reading:
    clause = _with_its_telling(sentence, read_clause(sentence, trigger.token))
    words = {t.i for t in trigger.words}
    others = heads - {trigger.token.i}
    subjects = tuple(a for a in clause.subjects if a.head.i not in others and not is_question(a.head))
    objects = tuple(a for a in clause.objects if a.head.i not in others | words and _may_be_hit(trigger, a))
    if not objects:
        objects = _phrase_objects(sentence, trigger) if is_verb(trigger.token) else _landed_on(sentence, trigger.token)
    if trigger.predicate == "bomb" and is_ramming(trigger.token):
        objects = _put_into(sentence, trigger.token)
    if _is_undergone(trigger):
        subjects, objects = clause.preps.get("from", ()), clause.subjects
    if not is_verb(trigger.token) and trigger.token.lemma_ in load_wording().modality.weapons:
        subjects = owners(sentence, trigger.token) or subjects
    if is_run_into(trigger.token):
        subjects, objects = (), arguments(sentence, surface_subjects(trigger.token.head))
    if _nobody_says(trigger.token):
        subjects = tuple(a for a in subjects if a.head.pos_ != "PRON")
    return _Reading(trigger, clause, subjects, acting(sentence, owned(sentence, subjects)), objects)


def _with_its_telling(sentence: Sentence, clause: Clause) -> Clause:
    """As in "The massacre that rebels carried out at Osk on 6 May": the noun was where and when its clause says."""
    noun = clause.trigger
    if is_verb(noun) or (clause.place and clause.time):
        return clause
    telling = load_wording().modality.light_verbs | load_wording().modality.occur_verbs
    verb = next((c for c in noun.children if c.dep_ in ("relcl", "acl") and c.lemma_ in telling), None)
    if verb is None:
        return clause
    told = read_clause(sentence, verb)
    return replace(clause, place=clause.place or told.place, time=clause.time or told.time)


def _may_be_hit(trigger: Trigger, target: Argument) -> bool:
    """Whether an object may be a target: not what is claimed, nor the vest or the charge that is set off."""
    lemma, words = target.head.lemma_.lower(), load_wording().modality
    own = trigger.predicate == "bomb" and is_verb(trigger.token) and lemma in words.weapons | words.worn
    return lemma not in NO_TARGETS and not own


def _nobody_says(token: Token) -> bool:
    """As in "No group has said that it was behind the attack": whoever "it" might be has not spoken."""
    telling = (step.above for step in governors(token) if step.above.lemma_ in load_wording().speech_kind)
    return any(is_nobody(subject) for verb in telling for subject in surface_subjects(verb))


def is_run_into(noun: Token) -> bool:
    """As in "A patrol hit a mine", "their truck ran over an explosive device": it is what hits it that is blown up."""
    verb = noun.head
    if noun.dep_ == "pobj" and noun.head.lower_ in ("on", "over", "onto"):
        return _is_buried(noun) and noun.head.head.lemma_ in ("run", "drive", "step", "tread", "roll")
    if noun.dep_ != "dobj" or not _is_buried(noun) or not is_verb(verb):
        return False
    return verb.lemma_ in ("hit", "strike", "trigger", "detonate") or (_sets_off(verb) and not _is_set_by_hand(verb))


def _is_buried(noun: Token) -> bool:
    """As in "A land mine", "a roadside bomb": what waits for whoever comes by."""
    roadside = any(c.lower_ in ("roadside", "buried", "planted") for c in noun.lefts)
    return noun.lemma_.lower() in load_wording().modality.buried or roadside


def _sets_off(verb: Token) -> bool:
    return verb.lemma_ == "set" and any(c.lower_ == "off" for c in verb.children)


def _is_set_by_hand(verb: Token) -> bool:
    """As in "Rebels set off a mine under the train": whoever laid it, and no train or shepherd that came by."""
    words = load_wording().modality
    doers = [t.lemma_.lower() for c in surface_subjects(verb) for t in c.subtree]
    return any(c.lower_ in PUT for c in verb.children) or any(t in words.assailants | words.setting for t in doers)


def _phrase_objects(sentence: Sentence, trigger: Trigger) -> tuple[Argument, ...]:
    """After "opened fire" and "shot", what follows "on" or "at" is what it is done to."""
    if trigger.predicate == "bomb" and len(trigger.words) > 1:
        return _put_into(sentence, trigger.token)
    if (len(trigger.words) == 1 and trigger.predicate != "shoot") or trigger.predicate == "bomb":
        return ()
    last = [
        c
        for word in trigger.words
        for c in word.children
        if c not in trigger.words and c.lower_ in ("on", "at", "upon", "to", "against")
    ]
    held = trigger.words[1:] if trigger.predicate == "shoot" else trigger.words[-1:]
    last += [word for word in held if word.lower_ in ("on", "at", "upon")]
    return arguments(sentence, [g for c in last for g in c.children if g.dep_ == "pobj" and not is_time(g)])


def _landed_on(sentence: Sentence, weapon: Token) -> tuple[Argument, ...]:
    """As in "Shells fell on Osk", "a rocket tore through the school": where a weapon comes down is what it hits."""
    words, verb = load_wording().modality, weapon.head
    if weapon.lemma_ not in words.weapons or not is_verb(verb):
        return _aimed_at(sentence, weapon) if weapon.lemma_ in words.weapons else ()
    if weapon.dep_ == "dobj" and _is_done_by_weapons(verb):
        return _put_into(sentence, verb)
    if weapon.dep_ != "nsubj" or not _is_done_by_weapons(verb):
        return ()
    more = [c for c in verb.children if c.dep_ == "conj" and c.lemma_ in words.hit_verbs]
    verbs = [verb, *(v for v in more if not any(c.dep_ == "nsubj" for c in v.children))]
    landed = [c for v in verbs for c in v.children if c.dep_ == "prep" and c.lower_ in LANDING]
    felled = verbs if verb.lemma_ in FELLING else verbs[1:]
    struck = [c for v in felled for c in v.children if c.dep_ == "dobj"]
    struck += [g for c in landed for g in c.children if g.dep_ == "pobj" and not is_time(g)]
    return arguments(sentence, struck[:1])


def _put_into(sentence: Sentence, verb: Token) -> tuple[Argument, ...]:
    """As in "Put two shells through the wall", "set off a charge under a house": where a weapon is put, it hits."""
    where = PUT | {"at"} if any(c.dep_ == "dobj" for c in verb.children) else PUT
    into = [c for c in verb.children if c.dep_ == "prep" and c.lower_ in where]
    struck = [g for c in into for g in c.children if g.dep_ == "pobj" and not is_time(g)]
    return arguments(sentence, [_whole(g) for g in struck[:1]])


def _whole(part: Token) -> Token:
    """As in "Through the wall of a clinic": it is the clinic that is hit."""
    if part.lower_ not in PARTS:
        return part
    return next((g for c in part.children if c.lower_ == "of" for g in c.children if g.dep_ == "pobj"), part)


def _aimed_at(sentence: Sentence, weapon: Token) -> tuple[Argument, ...]:
    """As in "A missile on the Old Quarter killed five", "the bomb at the academy": where it was is what it hit."""
    near = [c for c in weapon.children if c.dep_ == "prep" and c.lower_ in ("on", "at", "outside", "against")]
    return arguments(sentence, [g for c in near[:1] for g in c.children if g.dep_ == "pobj" and not is_time(g)])


def _is_undergone(trigger: Trigger) -> bool:
    """As in "Came under fire": its subject is whom it is done to."""
    return is_verb(trigger.token) and any(t.lower_ == "under" for t in trigger.words)


def _is_event(reading: _Reading, readings: Sequence[_Reading], heads: set[int]) -> bool:
    """Whether a mention is an event of its own, not another word for one named beside it."""
    token, words = reading.trigger.token, load_wording().modality
    named = (*reading.clause.subjects, *reading.clause.agents)
    if is_calamity(named) or _is_compared(token) or (is_verb(token) and any(map(is_run_into, token.children))):
        return False
    if token.lemma_ in words.weapons and token.tag_ != "VBG" and not is_verb(token):
        return _is_used(token, heads)
    if not is_verb(token) or token.lemma_ not in words.hit_verbs | HARM_VERBS:
        return token.dep_ not in ("compound", "poss") or is_squeezed(token)
    if any(_stands_in(a.head, heads) for a in named):
        return False
    if token.lemma_ not in HARM_VERBS:
        return True
    others = [other for other in readings if other is not reading]
    told = any(_same_doers(reading, o) or _same_subjects(reading, o) for o in others)
    return bool(reading.subjects) and not told


def _is_compared(token: Token) -> bool:
    """As in "No attack there had been so bloody since 2001", "no town had been hit so hard": none of it is a deed."""
    verb = token if is_verb(token) else token.head
    no = any(c.lower_ == "no" for t in (token, *surface_subjects(verb)) for c in t.lefts)
    return no and any(t.lower_ == "so" and t.i > token.i and t.head.tag_[:2] in ("JJ", "RB") for t in verb.subtree)


def _stands_in(head: Token, heads: set[int]) -> bool:
    """Whether a doer is an event, or a word that an event hangs on ("a raid thought to be theirs")."""
    return head.i in heads or any(c.i in heads and c.dep_ == "nsubj" for c in head.children)


def _same_doers(reading: _Reading, other: _Reading) -> bool:
    """As in "Missiles that hit the port killed five": one deed of one doer, told by the verb that is not of harm."""
    doers = {a.head.i for a in (*reading.subjects, *reading.clause.subjects)}
    return other.trigger.token.lemma_ not in HARM_VERBS and any(a.head.i in doers for a in other.clause.subjects)


def _same_subjects(reading: _Reading, other: _Reading) -> bool:
    """As in "Rebels killed nine in a raid": the raid is the event, and they are its doers."""
    return _killed_in(other.trigger.token) == reading.trigger.token.i and other.subjects == reading.subjects


def _is_used(token: Token, heads: set[int]) -> bool:
    """Whether a weapon's name stands for what is done with it; its verb tells it when that is an event already."""
    if _tells_by_itself(token) or is_run_into(token):
        return True
    verb = token.head if token.dep_ in ("nsubj", "nsubjpass", "dobj") else token.head.head
    verb = next((c for c in verb.children if c.dep_ == "xcomp" and is_supposed(verb)), verb)
    if token.dep_ not in ("nsubj", "nsubjpass", "dobj") and token.head.dep_ not in ("agent", "prep"):
        return False
    told = verb.i in heads and verb.lemma_ not in load_wording().modality.hit_verbs | HARM_VERBS
    return is_verb(verb) and _is_done_by_weapons(verb) and not told


def _tells_by_itself(weapon: Token) -> bool:
    """As in "Car bomb at academy: 43 dead", "nine hurt in a bomb near Osk", "a missile on it that killed five"."""
    harm = load_casualty_words()
    scene = any(c.dep_ == "prep" and c.lower_ in SCENES for c in weapon.children)
    if weapon.dep_ == "ROOT" and weapon.tag_ in ("NN", "NNS"):
        return scene
    described = [t for t in weapon.subtree if t.dep_ == "relcl"] if scene else []
    if any(t.lemma_ in HARM_VERBS or t.lower_ in harm.intransitive for t in described):
        return True
    if _is_of_a_day(weapon):
        return True
    above = weapon.head.head
    inside = weapon.dep_ == "pobj" and weapon.head.lower_ in ("in", "of", "from", "by")
    return inside and (above.lower_ in harm.transitive or above.lower_ in harm.intransitive or above.lower_ == "dead")


def _is_of_a_day(weapon: Token) -> bool:
    """As in "The missiles of 30 December were like those …": what was done with them that day."""
    days = [g for c in weapon.children if c.dep_ == "prep" and c.lower_ == "of" for g in c.children]
    return any(is_time(g) for g in days)


def _is_done_by_weapons(verb: Token) -> bool:
    return verb.lemma_ in load_wording().modality.weapon_verbs or comes_down(verb)


def _claims(sentence: Sentence, reading: _Reading, *, airborne: bool) -> Iterator[Claim]:
    """The event's own claim with the first of each role, then one for each further subject and object."""
    predicate = kind_of(reading.trigger, reading.tools, reading.clause.objects, airborne=airborne)
    cues = tuple(_unknown_author(sentence, reading.trigger.token)) if not reading.subjects else ()
    first: Claim | None = None
    for subject, target in _pairs(reading.subjects, reading.objects)[:MOST_CLAIMS]:
        roles: Roles = {"subject": subject, "object": target, "cues": cues}
        if predicate == "claim_responsibility":
            roles["polarity"] = _responsible(reading)
        if first is not None:
            roles["event"] = first.id
        claim = claim_of(sentence, reading.clause, predicate, **roles)
        first = first or claim
        yield claim


def _responsible(reading: _Reading) -> Polarity:
    """Who denies or rejects responsibility says that it did not do it, unless the denial is itself denied."""
    polarity = reading.clause.polarity
    if load_wording().speech_kind.get(reading.trigger.token.lemma_) != "deny":
        return polarity
    return "denied" if polarity == "affirmed" else "affirmed"


def _pairs(subjects: Sequence[Argument], objects: Sequence[Argument]) -> list[tuple[Span | None, Span | None]]:
    doers: list[Span | None] = [a.span for a in subjects] or [None]
    targets: list[Span | None] = [a.span for a in objects] or [None]
    return [(doers[0], targets[0]), *((d, targets[0]) for d in doers[1:]), *((doers[0], t) for t in targets[1:])]


def is_question(head: Token) -> bool:
    """As in "Which country", "who": words that ask who did it name nobody."""
    if head.dep_ == "conj" and is_question(head.head):
        return True
    return head.tag_ in RELATIVE_TAGS or any(c.tag_ in RELATIVE_TAGS for c in head.children if c.dep_ == "det")


def _unknown_author(sentence: Sentence, token: Token) -> Iterator[Span]:
    """The words by which the text says that nobody knows who did it."""
    for hit in find_phrases(sentence.doc[:], load_wording().hedges.unknown_author):
        if hit[0].sent is token.sent:
            yield sentence.span(hit[0].idx, hit[-1].end)
