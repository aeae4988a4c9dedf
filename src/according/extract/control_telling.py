"""Who tells of a capture, a loss or a hold, where that is whoever did it: "Y is ours", "it was liberated, X said"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from according.extract.control_finding import is_party, is_person, surface_subjects
from according.extract.roles import is_passive, is_verb
from according.vocabulary import load_vocabulary
from according.vocabulary.control import load_control_words
from according.vocabulary.sourcing import says

if TYPE_CHECKING:
    from according.extract.clauses import Clause
    from according.extract.control_finding import Finding
    from according.extract.parse import Sentence
    from according.extract.tokens import Token
    from according.records import Span

QUOTES = frozenset(['"', "“", "‘", "'", "«"])
OWN_NEWS = frozenset(["announce", "declare", "proclaim", "claim", "tweet"])
"""How a side tells of a capture of its own."""


def tellers(sentence: Sentence, finding: Finding, clause: Clause) -> Iterator[Span]:
    """“Y had been liberated, the front's spokesman said", "Y is ours": whoever puts it so did it, or has it."""
    if finding.realis == "failed":
        return  # who beat off an assault did not make it
    words = load_control_words()
    fully = any(c.lower_ in ("completely", "fully", "entirely") for c in finding.trigger.children)
    back = any(c.lower_ == "back" for c in finding.trigger.children)
    won = finding.predicate == "take" and (fully or back or finding.trigger.lemma_.lower() in words.own_gain)
    won = won or (finding.predicate == "take" and _is_own_news(finding.trigger))
    won = won or (finding.predicate == "take" and is_passive(finding.trigger) and _is_armed_group(sentence, clause))
    lost = finding.predicate == "lose" and _is_owned_up(clause)
    if not lost and (not (won or finding.by_voice) or clause.polarity == "denied"):
        return
    for span in [v.span for v in clause.voices if v.span is not None][-1:]:
        known = any(sentence.actor_at(token) is not None for token in sentence.tokens_in(span))
        known = known or _is_side(sentence, span)
        known = known or (lost and _is_named_alone(sentence, span))
        known = known or (lost and span.text.lower().startswith(("its ", "their ")))
        if known or span.text.lower() in ("he", "she", "they") or says(span.text, "spoken_for"):
            yield span


def _is_side(sentence: Sentence, span: Span) -> bool:
    """“The government", "the rebels": an armed party by what it is, and nobody who only speaks for one."""
    words = load_control_words()
    tokens = sentence.tokens_in(span)
    last = tokens[-1] if tokens else None
    return last is not None and last.lemma_.lower() in words.forces and last.lower_ not in words.offices


def _is_named_alone(sentence: Sentence, span: Span) -> bool:
    """“Orlesia admits that Y is gone": a name by itself, and no person's."""
    tokens = sentence.tokens_in(span)
    return len(tokens) == 1 and tokens[0].pos_ == "PROPN" and not is_person(sentence, tokens[0])


def _is_armed_group(sentence: Sentence, clause: Clause) -> bool:
    """“Y was captured, the Lions' radio said": armed groups tell of captures of their own."""
    for voice in clause.voices[-1:]:
        names = [sentence.actor_at(t) for t in sentence.tokens_in(voice.span)] if voice.span is not None else []
        known = [load_vocabulary().actors.get(n.ids[0]) for n in names if n is not None and n.ids]
        if any(actor is not None and actor.kind == "armed_group" for actor in known):
            return True
    return False


def _is_own_news(verb: Token) -> bool:
    """“The army announced that Y had been captured": by whoever announces it."""
    told = verb.dep_ == "ccomp" or (verb.dep_ == "relcl" and any(c.dep_ == "mark" for c in verb.children))
    above = next((a for a in verb.ancestors if is_verb(a)), verb)
    return told and is_passive(verb) and above.lemma_ in OWN_NEWS


def _is_owned_up(clause: Clause) -> bool:
    """“Y is lost, a soldier admitted", "the army denied that Y was lost": the speaker's own loss."""
    conceding = load_control_words().conceding_verbs
    return clause.polarity == "denied" or any(cue.text.startswith(tuple(conceding)) for cue in clause.cues)


def speaker(sentence: Sentence, holder: Span | None, finding: Finding, clause: Clause) -> Span | None:
    """“We", "our troops", "it is theirs": whoever speaks; any other holder stays."""
    if holder is None or not clause.voices:
        return holder
    words = holder.text.lower()
    if words in ("it", "they") and (said := _own_words(sentence, finding, clause)) is not None:
        return said
    if words in ("its", "their") and (last := clause.voices[-1].span) is not None and last.start > holder.end:
        return last  # "Y is in its hands, the army said"
    if words in ("its", "their") and (own := _own_power(sentence, holder, clause)) is not None:
        return own
    spoken = words in ("we", "us", "our", "ours", "mine") or words.startswith(("our ", "my "))
    if finding.by_voice:
        return clause.voices[-1].span
    return clause.voices[0].span if spoken else holder


def _own_words(sentence: Sentence, finding: Finding, clause: Clause) -> Span | None:
    """“The Lions say they have cleared Y", "the army said it had": the speakers, whom no registry need know."""
    said = finding.trigger
    while said.dep_ == "conj" and said.head.dep_ in ("conj", "ccomp"):
        said = said.head
    verb, span = said.head, clause.voices[-1].span
    if said.dep_ != "ccomp" or span is None or _is_quoted(said):
        return None
    speaks = [s for s in surface_subjects(verb) if span.start <= sentence.offset + s.idx < span.end]
    if not speaks:
        return None
    if sentence.actor_at(speaks[0]) is not None:
        return span if is_party(sentence, speaks[0]) and not is_person(sentence, speaks[0]) else None
    words = load_control_words()
    armed = speaks[0].lemma_.lower() in words.forces and speaks[0].lower_ not in words.offices
    named = speaks[0].tag_ == "NNPS" or (speaks[0].pos_ == "PROPN" and finding.predicate not in ("lose", "withdraw"))
    return span if armed or named else None  # "Yeltsin said they were driven out": not he


def _own_power(sentence: Sentence, holder: Span, clause: Clause) -> Span | None:
    """“Kyiv replied that Y, which X had besieged, was under its control": the speaker's, if that is a party."""
    said = clause.voices[-1].span
    tokens = sentence.tokens_in(said) if said is not None and said.end < holder.start else []
    party = any(
        is_party(sentence, t) and not is_person(sentence, t) and sentence.actor_at(t) is not None for t in tokens
    )
    return said if party and not any(t.lemma_ in ("spokesman", "spokesperson", "official") for t in tokens) else None


def _is_quoted(said: Token) -> bool:
    """“They took Y," Omar Sadiq said: in their own words nobody speaks of themselves as others."""
    first = next(iter(said.subtree)).i
    return first > 0 and said.doc[first - 1].text in QUOTES
