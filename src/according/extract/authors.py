"""Who did it, where a sentence says so without naming the deed again: "residents held the army responsible"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from according.extract.arguments import arguments, coordinated
from according.extract.build import claim_of
from according.extract.clauses import read_clause
from according.extract.doers import is_inanimate
from according.extract.events import is_question
from according.extract.roles import antecedent, ascribed_to, is_passive, is_verb, subjects_of, surface_subjects
from according.extract.voices import voice_headed
from according.extract.whose import RECOGNISING, whose
from according.vocabulary.sourcing import says
from according.vocabulary.wording import load_wording

if TYPE_CHECKING:
    from according.extract.arguments import Argument
    from according.extract.clauses import Clause
    from according.extract.events import EventMention
    from according.extract.parse import Sentence
    from according.extract.tokens import Token
    from according.records import Claim, Polarity, Voice

VIOLENT = frozenset(
    "airstrike drone_strike shell bomb shoot attack storm execute abduct chemical_attack "
    "burn_destroy loot clash".split()
)
"""Kinds of event that somebody can be blamed for."""
DOUBT = r"(?:not (?:yet |immediately )?(?:clear|known)|unclear|unknown)"
ASKED = r"\b(?:which|who)\b[^.?]{0,40}\b(?:behind|responsible|carried (?:it|them) out|did it|to blame)\b"
UNKNOWN = re.compile(rf"\b{DOUBT}[^.?]{{0,20}}{ASKED}|{ASKED}[^.?]{{0,20}}\b{DOUBT}\b", re.IGNORECASE)
"""Words that leave open who did what was told before: "which group was behind it is not clear"."""
OF_THEM = re.compile(r"\b(?:which|who) of (?:the two|them|these|those|the three)\b", re.IGNORECASE)
"""Words that leave open which of those named before did it, so that it was one of them."""
LOOK_BACK = 5
"""Sentences back that "it" or "the army was responsible" may lean on."""
DEATHS_BACK = 2
"""Sentences back that an accusation may lean on when only deaths are told there."""
PRONOUNS = frozenset(["it", "this", "that", "them", "these", "both"])
ACCOUNTABLE = frozenset(["responsible", "accountable", "culpable", "guilty"])
SHARE = frozenset(["responsibility", "involvement", "role", "part", "blame", "credit", "complicity", "authorship"])
AFFIRMING = frozenset(["claim", "take", "accept", "assume", "admit", "acknowledge", "concede"])
DENYING = frozenset(["deny", "reject", "disclaim", "refute", "dispute", "dismiss"])
CHARGES = frozenset(
    ["accusation", "charge", "allegation", "blame", "report", "claim", "account", "figure", "story", "version"]
)
CALLING = frozenset(["call", "describe", "brand", "label", "term", "denounce", "dismiss"])
FALSE = frozenset(
    "baseless false untrue unfounded fabricated groundless incorrect lie lies propaganda nonsense fake rumour rumours "
    "inaccurate fabrication fabrications invented invention misleading".split()
)
NAMING = frozenset(["name", "suspect"])
TELLING = {"point": ("to", "at"), "speak": ("of",), "talk": ("of",), "tell": ("of",), "write": ("of",)}
"""Verbs that name a doer behind a preposition; behind "of" it must be aircraft ("spoke of unknown planes")."""


@dataclass(frozen=True, slots=True, eq=False)
class _Blame:
    """A verb that puts a deed down to somebody: the doers, who says so, and whether it is denied."""

    verb: Token
    doers: list[Token]
    speakers: list[Token]
    polarity: Polarity | None = None


def extract_authors(
    sentences: Sequence[Sentence], mentions: Sequence[EventMention], harm: Sequence[Claim] = ()
) -> Iterator[Claim]:
    """A claim for everybody put down as the author of the event last told, or of deaths told without one."""
    for position, sentence in enumerate(sentences):
        for blame in _blames(sentence):
            event = event_under_discussion(sentences, position, mentions, blame.verb)
            event = event or _deaths_under_discussion(sentences, position, harm, blame.verb)
            event = event or _event_beside(position, mentions)
            if event is not None:
                yield from _claims(sentence, blame, event)
        open_author = None if any(m.position == position for m in mentions) else UNKNOWN.search(sentence.text)
        event = event_under_discussion(sentences, position, mentions) if open_author else None
        if open_author and event and not OF_THEM.search(open_author[0]):
            yield _unknown_claim(sentence, open_author.span(), event)


def _unknown_claim(sentence: Sentence, words: tuple[int, int], event: Claim) -> Claim:
    """Nobody did it, as far as the text knows: the event once more, without a subject, and the words that say so."""
    cue = sentence.span(*words)
    clause = read_clause(sentence, sentence.tokens_in(cue)[0])
    return claim_of(
        sentence,
        clause,
        event.predicate,
        subject=None,
        polarity="affirmed",
        realis="happened",
        place=None,
        time=None,
        cues=(cue,),
        event=event.event or event.id,
    )


def event_under_discussion(
    sentences: Sequence[Sentence], position: int, mentions: Sequence[EventMention], token: Token | None = None
) -> Claim | None:
    """The violent event last told before a word, in the same kind of block."""
    block = sentences[position].passage.block
    for mention in reversed(mentions):
        back = position - mention.position
        before = back > 0 or (back == 0 and token is not None and mention.token.i < token.i)
        if (
            before
            and back <= LOOK_BACK
            and mention.claim.predicate in VIOLENT
            and mention.sentence.passage.block == block
        ):
            return mention.claim
    return None


def _event_beside(position: int, mentions: Sequence[EventMention]) -> Claim | None:
    """As in "sources blamed, variously, rebel fire and army jets": the deed is named only in the blame itself."""
    beside = (m.claim for m in mentions if m.position == position and m.claim.predicate in VIOLENT)
    return next(beside, None)


def _deaths_under_discussion(
    sentences: Sequence[Sentence], position: int, harm: Sequence[Claim], verb: Token
) -> Claim | None:
    """As in "Nine people died in Osk. Residents accused the army.": the deaths just told, without a cause."""
    here = sentences[position]
    block, said = here.passage.block, verb.idx + here.offset
    near = {s.passage.span for s in sentences[max(0, position - DEATHS_BACK) : position] if s.passage.block == block}
    told = [one for one in harm if one.evidence in near or (one.evidence == here.passage.span and _told_by(one, said))]
    told = [one for one in told if one.predicate == "kill" and one.part_of is None]
    told = [one for one in told if one.event is None and one.polarity == "affirmed" and one.realis == "happened"]
    return msgspec.structs.replace(told[-1], predicate="attack") if told else None


def _told_by(claim: Claim, position: int) -> bool:
    """Whether the word for a deed stands before a position in the report."""
    return bool(claim.cues) and claim.cues[0].start < position


def _claims(sentence: Sentence, blame: _Blame, event: Claim) -> Iterator[Claim]:
    clause = read_clause(sentence, blame.verb)
    heads = [head for first in blame.speakers[:1] for head in coordinated(first)]
    own = [voice_headed(sentence, head) for head in heads if not _is_mute(sentence, head)]
    named = {v.span for v in own}
    others = tuple(v for v in clause.voices if v.span not in named)
    for voices in [(*others, one) for one in own] or [others]:
        yield from _claims_by(sentence, blame, event, clause, voices)


def _claims_by(
    sentence: Sentence, blame: _Blame, event: Claim, clause: Clause, voices: tuple[Voice, ...]
) -> Iterator[Claim]:
    """One claim for each doer; those who blame together do so each with a claim of their own."""
    for doer in arguments(sentence, [head for head in blame.doers if not is_question(head)]):
        if blame.verb.lemma_ in ("blame", "accuse") and not _can_do(sentence, doer):
            continue
        yield claim_of(
            sentence,
            clause,
            _deed_of(doer, event),
            subject=doer.span,
            polarity=blame.polarity or clause.polarity,
            place=None,
            time=None,
            voices=voices,
            event=event.event or event.id,
        )


def _deed_of(doer: Argument, event: Claim) -> str:
    """The kind of deed: what aircraft did is an air strike, where nobody has said what it was."""
    flying, lemma = load_wording().modality.instruments, doer.head.lemma_.lower()
    kinds = (kind for kind in ("airstrike", "drone_strike") if lemma in flying[kind])
    return next(kinds, event.predicate) if event.predicate == "attack" else event.predicate


def _is_mute(sentence: Sentence, head: Token) -> bool:
    """Whether a word cannot speak: a weapon, an event, or a place that is nobody's seat."""
    return is_inanimate(head) or (sentence.place_at(head) is not None and sentence.actor_at(head) is None)


def _can_do(sentence: Sentence, doer: Argument) -> bool:
    """Whether who is blamed can have done a deed; the weather, an error or wrong information cannot."""
    wording, head = load_wording(), doer.head
    if head.pos_ == "PROPN" or sentence.actor_at(head) is not None or says(doer.span.text, "doers"):
        return True
    armed = any(head.lemma_.lower() in words for words in wording.modality.instruments.values())
    return armed or wording.voice_class(head.text) is not None


def _blames(sentence: Sentence) -> Iterator[_Blame]:
    for verb in sentence.doc:
        if is_verb(verb):
            found = (
                _named(sentence, verb)
                or _denied_it(verb)
                or _had_nothing_to_do(verb)
                or _held(verb)
                or _blamed(verb)
                or _accused(verb)
                or _put_down(verb)
                or _owned(verb)
                or _was_behind(verb)
                or _did_it(verb)
                or _it_was(sentence, verb)
                or _called_false(verb)
                or _theirs(sentence, verb)
            )
            if found and found.doers:
                yield found


def _theirs(sentence: Sentence, verb: Token) -> _Blame | None:
    """As in "The radio said the aircraft were Orlesian": whose weapons they were is who did it."""
    owners = whose(sentence, verb)
    speaking = verb.lemma_ in RECOGNISING and not is_passive(verb)
    return _Blame(verb, owners, surface_subjects(verb) if speaking else []) if owners else None


def _held(verb: Token) -> _Blame | None:
    """As in "Every source held the army responsible."""
    if verb.lemma_ not in ("hold", "find", "deem", "consider"):
        return None
    judged = [t for t in verb.subtree if t.lower_ in ACCOUNTABLE and verb in (t.head, t.head.head)]
    if not judged or _names_deed(judged[0]):
        return None
    named = [c for c in verb.children if c.dep_ == "dobj"] or [c for c in judged[0].children if c.dep_ == "nsubj"]
    return _Blame(
        verb, surface_subjects(verb) if is_passive(verb) else named, [] if is_passive(verb) else subjects_of(verb)
    )


def _named(sentence: Sentence, verb: Token) -> _Blame | None:
    """As in "Both named the coalition", "activists pointed to Orlesian jets": somebody armed, as who did it."""
    if verb.lemma_ in NAMING and (is_passive(verb) or verb.dep_ == "pcomp"):
        named = (
            []
            if any(c.lower_ in ("as", "after", "by") or c.dep_ == "oprd" for c in verb.children)
            else surface_subjects(verb)
        )
        armed = [d for d in named if _is_able(sentence, d, acting=True)]
        return _Blame(verb, armed, []) if armed else None
    named = [c for c in verb.children if c.dep_ in ("dobj", "oprd")] if verb.lemma_ in NAMING else []
    told = TELLING.get(verb.lemma_, ())
    pointed = [g for c in verb.children if c.lower_ in told for g in c.children if g.dep_ == "pobj"]
    if is_passive(verb) or _names_deed(verb, "of" if "of" in told else "") or len(named) > 1:
        return None
    able = [d for d in named or pointed if _is_able(sentence, d, acting="of" not in told)]
    return _Blame(verb, able, subjects_of(verb)) if able else None


def _is_able(sentence: Sentence, doer: Token, *, acting: bool) -> bool:
    """Whether somebody named can be named as who did it: aircraft, or, where ``acting``, somebody armed or known."""
    words = load_wording().modality
    if doer.lemma_.lower() in words.instruments["airstrike"] | words.instruments["drone_strike"]:
        return True
    return acting and (sentence.actor_at(doer) is not None or doer.lemma_.lower() in words.armed_modifiers)


def _denied_it(verb: Token) -> _Blame | None:
    """As in "The army denied it", "its spokesman rejected the accusation": whoever does so did not do it."""
    objects = [c for c in verb.children if c.dep_ == "dobj"]
    if verb.lemma_ not in DENYING or not objects or is_passive(verb) or any(c.dep_ == "neg" for c in verb.children):
        return None
    charge = objects[0].lemma_.lower() in CHARGES and not any(c.dep_ in ("acl", "prep") for c in objects[0].children)
    deniers = surface_subjects(verb)
    return _Blame(verb, deniers, deniers, "denied") if charge or objects[0].lower_ in ("it", "this") else None


def _had_nothing_to_do(verb: Token) -> _Blame | None:
    """As in "The rebels said that they had nothing to do with it"."""
    nothing = [c for c in verb.children if c.dep_ == "dobj" and c.lower_ in ("nothing", "something")]
    if verb.lemma_ != "have" or not nothing or not any(t.lower_ == "with" for t in nothing[0].subtree):
        return None
    return _Blame(verb, surface_subjects(verb), [], "denied" if nothing[0].lower_ == "nothing" else None)


def _blamed(verb: Token) -> _Blame | None:
    """As in "The radio blamed regime forces"; with "for the attack" the deed itself is read."""
    if verb.lemma_ != "blame" or _names_deed(verb):
        return None
    target = [c for c in verb.children if c.dep_ == "dobj" and c.lower_ not in PRONOUNS]
    target = [antecedent(c) for c in target]
    pointed = [g for c in verb.children if c.lower_ == "on" for g in c.children if g.dep_ == "pobj"]
    if is_passive(verb):
        return None if pointed else _Blame(verb, surface_subjects(verb), subjects_of(verb))
    return _Blame(verb, pointed or target, subjects_of(verb))


def _accused(verb: Token) -> _Blame | None:
    """As in "The council accused the army" and no more; with "of" and a deed it is the deed that is read."""
    if (
        verb.lemma_ != "accuse"
        or _names_deed(verb)
        or any(c.dep_ in ("xcomp", "ccomp", "pcomp") for c in verb.children)
    ):
        return None
    if is_passive(verb):
        accused, beside = surface_subjects(verb), subjects_of(verb)
    else:
        accused = [c for c in verb.children if c.dep_ == "dobj" and c.lower_ not in PRONOUNS | {"other"}]
        beside = accused
    charges = [g for who in beside for c in who.children if c.lower_ == "of" for g in c.children]
    return None if any(g.pos_ != "PROPN" for g in charges) else _Blame(verb, accused, subjects_of(verb))


def _put_down(verb: Token) -> _Blame | None:
    """As in "Most put it down to Orlesian planes", "activists attributed it to the army"."""
    words = load_wording().modality.ascribing
    theme = surface_subjects(verb) if is_passive(verb) else [c for c in verb.children if c.dep_ == "dobj"]
    if verb.lemma_ not in words or not any(t.lower_ in PRONOUNS or t.tag_ == "WDT" for t in theme):
        return None
    return _Blame(verb, ascribed_to(verb), subjects_of(verb))


def _owned(verb: Token) -> _Blame | None:
    """As in "The group claimed responsibility", "the army denied any involvement", with nothing after it."""
    share = next((c for c in verb.children if c.dep_ == "dobj" and c.lemma_ in SHARE), None)
    if share is None or verb.lemma_ not in AFFIRMING | DENYING or _names_deed(share) or _names_deed(verb):
        return None
    doers = surface_subjects(verb)
    denied = verb.lemma_ in DENYING
    if denied and any(c.dep_ == "neg" for c in verb.children):
        return None
    return _Blame(verb, doers, doers, "denied" if denied else None)


def _was_behind(verb: Token) -> _Blame | None:
    """As in "The army was behind it", "the coalition was responsible", "the rebels are to blame"."""
    if verb.lemma_ != "be" or any(c.dep_ == "expl" for c in verb.children):
        return None
    responsible = [
        c for c in verb.children if c.dep_ in ("acomp", "attr") and c.lower_ in ACCOUNTABLE and not _names_deed(c)
    ]
    blame = [c for c in verb.children if c.lemma_ == "blame" and c.dep_ == "xcomp"]
    behind = [c for c in verb.children if c.lower_ == "behind" and any(g.lower_ in PRONOUNS for g in c.children)]
    return _Blame(verb, surface_subjects(verb), []) if responsible or blame or behind else None


def _did_it(verb: Token) -> _Blame | None:
    """As in "A warplane did it", "the army carried it out"."""
    objects = [c for c in verb.children if c.dep_ == "dobj"]
    deeds = verb.lemma_ in ("do", "commit", "perpetrate") or (
        verb.lemma_ == "carry" and any(c.dep_ == "prt" for c in verb.children)
    )
    if not deeds or not objects or objects[0].lower_ not in ("it", "this", "that") or is_passive(verb):
        return None
    return _Blame(verb, [t for t in surface_subjects(verb) if t.tag_ not in ("WP", "WDT")], [])


def _it_was(sentence: Sentence, verb: Token) -> _Blame | None:
    """As in "The radio said it was the coalition": who did what was told before, where somebody says so."""
    subjects = [c for c in verb.children if c.dep_ == "nsubj"]
    told = verb.dep_ == "ccomp" and verb.head.lemma_ in load_wording().speech_kind
    if verb.lemma_ != "be" or not told or not subjects or subjects[0].lower_ not in PRONOUNS | {"they"}:
        return None
    named = [c for c in verb.children if c.dep_ == "attr" and not any(g.dep_ == "relcl" for g in c.children)]
    denied: Polarity | None = "denied" if any(c.dep_ == "neg" for c in verb.children) else None
    able = [d for d in named if _is_able(sentence, d, acting=subjects[0].lower_ != "they")]
    return _Blame(verb, able, [], denied) if able else None


def _called_false(verb: Token) -> _Blame | None:
    """As in "The army called the account baseless", "its spokesman described the report as a lie"."""
    objects = [c for c in verb.children if c.dep_ == "dobj" or (c.dep_ == "nsubj" and c.i > verb.i)]
    objects += [g for c in verb.children if c.dep_ == "ccomp" for g in c.children if g.dep_ == "nsubj"]
    charged = [c for c in objects if c.lemma_.lower() in CHARGES or c.lower_ in ("it", "this")]
    if verb.lemma_ not in CALLING or not charged or not any(t.lower_ in FALSE for t in verb.subtree):
        return None
    deniers = surface_subjects(verb)
    return None if is_passive(verb) else _Blame(verb, deniers, deniers, "denied")


def _names_deed(word: Token, told: str = "") -> bool:
    """Whether "for", "in" or "over" and a noun follow, which is then the deed; not behind a verb's own ``told``."""
    return any(
        g.dep_ in ("pobj", "pcomp") and g.lower_ not in PRONOUNS
        for c in word.children
        if c.lower_ in ("for", "in", "over", "of") and c.lower_ != told
        for g in c.children
    )
