"""Claims of control: who holds, takes, loses, besieges, contests, leaves or hands over which place.

Verbs are read in ``control_verbs``, nouns and adjectives in ``control_nouns``, what counts as a place in
``control_places``, and the telegram style of histories ("Captured by X on 4 July.") in ``control_histories``. Here
their findings become claims, with what a sentence leaves to the one before it filled in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from according.extract.arguments import arguments
from according.extract.build import claim_of
from according.extract.clauses import read_clause
from according.extract.control_answers import is_retracted
from according.extract.control_asides import began, denies_something_else, is_aside
from according.extract.control_context import Context
from according.extract.control_denying import denying_word, is_unanswered, not_managed
from according.extract.control_finding import Finding, as_claimed, begins_clause, is_party, surface_subjects
from according.extract.control_histories import history_claims
from according.extract.control_later import with_later_takers
from according.extract.control_nouns import noun_findings
from according.extract.control_places import HALVES, places_in, whole_name
from according.extract.control_realis import OPERATIONS, TRIES, realis_of_finding
from according.extract.control_states import owners_of
from according.extract.control_telling import speaker, tellers
from according.extract.control_verbs import verb_findings
from according.extract.roles import is_verb
from according.extract.targets import objects_of
from according.extract.voices import voice_of
from according.vocabulary.control import load_control_words

if TYPE_CHECKING:
    from according.extract.arguments import Argument
    from according.extract.build import Roles
    from according.extract.clauses import Clause
    from according.extract.control_places import PlaceArgument
    from according.extract.parse import Sentence
    from according.extract.tokens import Token
    from according.records import Claim, Realis, Span
    from according.vocabulary import Vocabulary


UNDERTAKINGS = TRIES | OPERATIONS | frozenset(["battle", "fighting", "fight", "plan", "preparation", "aim", "goal"])
NOBODY = frozenset(["neither", "nobody", "none"])
CLEARING = frozenset(["clear", "cleanse", "purge", "free"])


def extract_control(sentences: Iterable[Sentence], vocabulary: Vocabulary) -> Iterator[Claim]:
    """The claims of control of a report's sentences, in text order."""
    del vocabulary
    context = Context()
    said: list[list[Claim]] = []
    for sentence in sentences:
        context.enter(sentence)
        told = list(history_claims(sentence, context.topic))
        claims = told or list(_claims(sentence, context))
        claims += [] if told else list(context.answers(sentence))
        said.append(claims)
    yield from with_later_takers(said)


def _claims(sentence: Sentence, context: Context) -> Iterator[Claim]:
    seen: set[tuple[object, ...]] = set()
    findings = list(_findings(sentence))
    context.look_ahead(findings, sentence)
    findings = [_with_takers(f, findings) for f in findings if not _is_won(f, findings)]
    entered = list(context.entries(sentence, findings))
    findings = [_left_for(finding, entered) for finding in findings]
    for finding in sorted([*findings, *entered], key=lambda f: f.trigger.i):
        for claim in _claims_of(sentence, finding, context):
            key = (claim.predicate, claim.subject, claim.place, claim.polarity)
            if key not in seen:
                seen.add(key)
                context.note(claim, sentence)
                yield claim


def _is_won(finding: Finding, findings: list[Finding]) -> bool:
    """“They had been battling for Y and had taken it": the fight is over."""
    taken = (f for f in findings if f.predicate == "take" and f.trigger.dep_ == "conj")
    return finding.predicate == "contest" and any(f.trigger.head.i == finding.trigger.i for f in taken)


def _with_takers(finding: Finding, findings: list[Finding]) -> Finding:
    """“Y was retaken when troops recaptured its last district": by the troops."""
    if finding.predicate != "take" or finding.holders or not is_verb(finding.trigger) or finding.by_voice:
        return finding
    below = (f for f in findings if f.predicate == "take" and f.holders and f.trigger.dep_ == "advcl")
    takers = next((f.holders for f in below if f.trigger.head.i == finding.trigger.i), ())
    return replace(finding, holders=takers)


def _left_for(finding: Finding, entered: list[Finding]) -> Finding:
    """“X went back into Y as Z pulled out": out of Y."""
    goals = next((e.places for e in entered if e.places), ())
    left = goals and finding.predicate == "withdraw" and not finding.places
    return replace(finding, places=goals) if left else finding


def _findings(sentence: Sentence) -> Iterator[Finding]:
    for token in sentence.doc:
        found = list(verb_findings(sentence, token)) if is_verb(token) else []
        yield from found or noun_findings(sentence, token)


def _claims_of(sentence: Sentence, finding: Finding, context: Context) -> Iterator[Claim]:
    clause = read_clause(sentence, finding.trigger)
    finding = _undertaken(sentence, _given_up(sentence, _undecided(_by_turns(finding))))
    holders: list[Span | None] = list(_parties(sentence, finding)) or list(tellers(sentence, finding, clause))
    if not holders and finding.predicate == "take" and finding.trigger.lemma_ in CLEARING and finding.others:
        holders = [a.span for a in arguments(sentence, finding.others)]
        finding = replace(finding, **_cleared_of(finding))
    others = [a.span for a in arguments(sentence, finding.others) if not begins_clause(a.head)]
    realis = realis_of_finding(finding, clause)
    if not_managed(finding.trigger):
        finding, realis = replace(finding, realis="failed"), "failed"
    if finding.predicate == "hold" and realis == "failed" and holders:
        finding, realis = replace(finding, predicate="lose"), "happened"  # "could not hold Y"
    if _is_idle(finding, clause, realis, told=finding.by_voice and bool(holders)):
        return
    places = finding.places or _where(sentence, finding) or context.place_of(sentence, finding)
    for place in context.named_places(places, sentence):
        denied = clause.polarity == "denied" or denying_word(finding.trigger) is not None
        named = holders or [context.left_out(finding, place.span, denied=denied)]
        if finding.predicate == "hold" and named == [None] and not finding.holders:
            continue  # that somebody holds a place says nothing
        if finding.realis == "failed" and named == [None] and finding.predicate == "take":
            continue  # nor that nobody took it
        for holder in named:
            roles = _roles(sentence, finding, clause, place)
            subject = speaker(sentence, holder, finding, clause)
            roles["subject"], roles["object"], roles["realis"] = subject, others[0] if others else None, realis
            yield claim_of(sentence, clause, finding.predicate, **roles)
        yield from _implied(sentence, finding, clause, place, realis)


def _where(sentence: Sentence, finding: Finding) -> list[PlaceArgument]:
    """“Y, where the rebels are in control": Y."""
    verb = next((a for a in (finding.trigger, *finding.trigger.ancestors) if a.dep_ == "relcl"), None)
    if verb is None or not any(c.lower_ == "where" for c in verb.children):
        return []
    return places_in(sentence, [verb.head], loosely=verb.head.pos_ == "PROPN")


def _cleared_of(finding: Finding) -> dict[str, Any]:
    """“Had been cleared of them": they lost it; "is still to be cleared of them": they hold it."""
    pending = any(c.lower_ == "to" and c.dep_ == "aux" for c in finding.trigger.children)
    held: Realis | None = "ongoing" if pending else finding.realis
    return {"predicate": "hold" if pending else "lose", "others": (), "realis": held}


def _by_turns(finding: Finding) -> Finding:
    """“Y has been won and lost six times": nobody keeps it."""
    turns = any(c.lower_ == "times" for c in finding.trigger.children)
    passing = finding.predicate in ("take", "lose") and not finding.holders
    return replace(finding, predicate="contest", decided=False) if turns and passing else finding


def _undecided(finding: Finding) -> Finding:
    """“Neither side controls Y”, "it is unclear who controls Y": Y is contested; "X no longer holds Y": X lost it."""
    heads = [h for h in finding.holders if h.lower_ in NOBODY | {"who", "which"} or _has_neither(h)]
    both = finding.trigger.lemma_ == "claim" and any(c.lower_ == "both" for h in finding.holders for c in h.children)
    if finding.predicate == "take" and (both or (heads and finding.others)):
        return replace(finding, predicate="contest", holders=(), others=(), decided=False)
    if finding.predicate == "take" and heads and all(h.lower_ in NOBODY for h in finding.holders):
        return replace(finding, holders=())  # "nobody had captured Y": who is said to have is told before
    if finding.predicate != "hold":
        return finding
    if heads and not any(h.lower_ not in NOBODY and h.dep_ == "relcl" for h in heads):
        return replace(finding, predicate="contest", holders=(), decided=False)
    return replace(finding, predicate="lose") if _is_over(finding.trigger) else finding


def _undertaken(sentence: Sentence, finding: Finding) -> Finding:
    """“Efforts are under way to retake Y": no effort takes it, but whose it is, or whoever speaks of it."""
    efforts = [h for h in finding.holders if h.lemma_.lower() in UNDERTAKINGS and sentence.actor_at(h) is None]
    if finding.predicate != "take" or not efforts or len(efforts) < len(finding.holders):
        return finding
    owners = tuple(o for h in efforts for o in owners_of(sentence, h) if is_party(sentence, o))
    return replace(finding, holders=owners, by_voice=not owners)


def _given_up(sentence: Sentence, finding: Finding) -> Finding:
    """“Y was surrendered by its mayor”: whoever advanced on Y took it, since mayors hold no places."""
    offices = load_control_words().local_heads
    by_office = finding.holders and all(
        h.lemma_.lower() in offices and sentence.actor_at(h) is None for h in finding.holders
    )
    return replace(finding, predicate="take", holders=()) if by_office and finding.predicate == "withdraw" else finding


def _has_neither(head: Token) -> bool:
    return any(c.lower_ == "neither" for c in head.children)


def _is_over(trigger: Token) -> bool:
    """Whether "no longer" or "any more" stands with a verb."""
    near = [c for c in trigger.children if c.lower_ in ("longer", "more", "anymore")]
    return any(c.lower_ == "anymore" or c.nbor(-1).lower_ in ("no", "any") for c in near if c.i)


def _parties(sentence: Sentence, finding: Finding) -> Iterator[Span]:
    """The holders' words, whole: names that the parser cut at a hyphen are put together again."""
    seen: set[tuple[int, int]] = set()
    for argument in _armed(sentence, arguments(sentence, _holding(sentence, finding))):
        if not any(letter.isalpha() for letter in argument.span.text):
            continue
        bare = finding.presupposed or _is_hyphened(argument.head)
        span = argument.span if bare else whole_name(sentence, _relative_owner(sentence, argument))
        if any(start <= span.start < end for start, end in seen):
            continue  # the rest of a name that the parser took apart ("Iraq | and the Levant")
        span = span if bare else _with_name(sentence, span)
        if span.text.endswith(" alone"):
            span = sentence.span(span.start - sentence.offset, span.end - sentence.offset - len(" alone"))
        if (span.start, span.end) not in seen:
            seen.add((span.start, span.end))
            yield span


def _is_hyphened(head: Token) -> bool:
    """“Rebel-held": the holder's word ends at the hyphen."""
    behind = head.doc[head.i + 1 : head.i + 3]
    held = load_control_words().held_participles
    return len(behind) > 1 and not behind[0].text.isalpha() and not head.whitespace_ and behind[1].lower_ in held


def _armed(sentence: Sentence, named: tuple[Argument, ...]) -> list[Argument]:
    """Those of some holders who may hold a place: of “officials and troops”, the troops."""
    offices = load_control_words().offices
    named = tuple(a for a in named if a.head is named[0].head or not begins_clause(a.head))
    if named and sentence.actor_at(named[0].head) is not None:  # "hills held by X, Y and Z" parsed as if Y held them
        named = tuple(a for a in named if sentence.place_at(a.head) is None or sentence.actor_at(a.head) is not None)
    armed = [a for a in named if a.head.lower_ not in offices or sentence.actor_at(a.head) is not None]
    return armed or list(named)


def _relative_owner(sentence: Sentence, argument: Argument) -> Span:
    """“Armenia, whose troops withdrew”: Armenia."""
    owner = next((c for c in argument.head.children if c.tag_ == "WP$"), None)
    verb = next((a for a in argument.head.ancestors if a.dep_ == "relcl"), None)
    if owner is None or verb is None:
        return argument.span
    if sentence.actor_at(verb.head) is None and not is_party(sentence, verb.head):  # "Y, whose garrison fled"
        return sentence.span_of([argument.head])
    return arguments(sentence, [verb.head])[0].span


def _with_name(sentence: Sentence, span: Span) -> Span:
    """A span with the whole of a known name that it cuts off."""
    cut = next((m for m in sentence.actors if m.start < span.end < m.end and span.start <= m.start), None)
    return sentence.span(span.start - sentence.offset, cut.end - sentence.offset) if cut else span


def _holding(sentence: Sentence, finding: Finding) -> tuple[Token, ...]:
    """The holders; where the parser hung a clause on a place's name, whoever acts in the sentence."""
    if (gone := _driven_out(sentence, finding)) is not None:
        return (gone,)
    words = load_control_words()
    kinds = words.place_nouns - {"state"}
    misread = [h for h in finding.holders if h.lemma_.lower() in kinds and sentence.actor_at(h) is None]
    if not misread or any(is_party(sentence, h) for h in finding.holders):
        return tuple(map(as_claimed, finding.holders))
    root = next((t for t in finding.trigger.ancestors if t.dep_ == "ROOT"), finding.trigger)
    doers = tuple(s for s in surface_subjects(root) if is_party(sentence, s)) if is_verb(root) else ()
    return doers or finding.holders


def _driven_out(sentence: Sentence, finding: Finding) -> Token | None:
    """“Drove the rebels from Y, which they had held for a year": the rebels."""
    clause = finding.trigger
    if clause.dep_ != "relcl" or [h.lower_ for h in finding.holders] != ["they"]:
        return None
    above = next((a for a in clause.ancestors if a.lemma_ in load_control_words().oust and is_verb(a)), None)
    ousted = [o for o in objects_of(above) if is_party(sentence, o)] if above is not None else []
    return ousted[0] if ousted else None


def _is_idle(finding: Finding, clause: Clause, realis: Realis, *, told: bool) -> bool:
    """A bare condition that names nobody ("were the town to fall"), or a plan not made: nothing is said of control."""
    if finding.predicate == "hold" and realis == "failed" and not finding.holders:
        return True  # "the town could not be held"
    if finding.predicate == "besiege" and (
        any(c.lower_ == "lest" for c in finding.trigger.children) or _is_over(finding.trigger)
    ):
        return True
    if is_unanswered(finding.trigger):
        return True
    if realis in {"hypothetical", "planned"} and (clause.polarity == "denied" or not (finding.holders or told)):
        refuses = finding.predicate == "withdraw" and clause.polarity == "denied"
        refuses = refuses and bool(finding.holders) and all(h.pos_ != "PRON" for h in finding.holders)
        return finding.predicate != "besiege" and not refuses
    return False


def _roles(sentence: Sentence, finding: Finding, clause: Clause, place: PlaceArgument) -> Roles:
    roles: Roles = {"place": place.span, "extent": finding.extent or place.extent or _adverb(sentence, finding.trigger)}
    if finding.predicate == "contest" and place.extent and _is_within(place.extent):
        roles["extent"] = finding.extent  # fighting in its centre is fighting for it
    if finding.by_claim:
        roles["voices"] = tuple(voice_of(a.span) for a in arguments(sentence, finding.holders))
    if not finding.decided or finding.realis == "failed" or (finding.predicate == "lose" and _is_over(finding.trigger)):
        # what is said not to be so any more, or not known, is no denial
        roles["polarity"] = "affirmed"
    elif finding.presupposed or is_aside(finding):
        # background is the writer's own, whoever else the sentence quotes
        roles |= {"polarity": "affirmed", "hedge": "none", "voices": ()}
        if not began(clause):
            roles["time"] = None
    elif clause.polarity == "denied" and denies_something_else(finding.trigger):
        roles["polarity"] = "affirmed"
    elif clause.polarity == "affirmed" and (word := denying_word(finding.trigger)) is not None:
        roles |= {"polarity": "denied", "cues": (sentence.span_of([word]),)}
    elif clause.polarity == "affirmed" and (word := is_retracted(finding.trigger)) is not None:
        roles |= {"polarity": "denied", "cues": (sentence.span_of([word]),)}
        if not clause.voices:
            roles["voices"] = tuple(voice_of(a.span) for a in arguments(sentence, surface_subjects(word))[:1])
    return roles


def _is_within(extent: Span) -> bool:
    """“Fighting in its centre", "in the village's north"."""
    return extent.text.startswith("its ") or extent.text in HALVES


def _adverb(sentence: Sentence, trigger: Token) -> Span | None:
    """“Partially captured”, "largely in rebel hands", "a partial loss of control"."""
    adverbs = load_control_words().extents.adverbs
    words = [trigger, *(trigger.ancestors if not is_verb(trigger) else ())][:3]
    near = [c for w in words for c in w.children if c.dep_ in ("advmod", "amod")]
    near += [g for c in near for g in c.children if g.dep_ == "advmod"]  # "almost entirely"
    near += [g for w in words for c in w.children if c.dep_ == "prep" for g in c.children if g.dep_ == "advmod"]
    found = [c for c in near if c.lower_ in adverbs]
    if found:
        return sentence.span_of(found[:1])
    first = trigger.doc[0]
    excepts = first.lower_ in load_control_words().excepting and first.head.i == trigger.i
    more = any(c.lower_ in ("also", "too", "other") for c in trigger.subtree)
    return sentence.span_of(first.subtree) if excepts and not more else None


def _implied(
    sentence: Sentence, finding: Finding, clause: Clause, place: PlaceArgument, realis: Realis
) -> Iterator[Claim]:
    """Whoever somebody tries or fails to drive out of a place holds it."""
    ousts = finding.trigger.lemma_ in load_control_words().oust
    if finding.predicate != "take" or not ousts or realis not in {"attempted", "failed"}:
        return
    for rival in arguments(sentence, finding.others):
        roles: Roles = {"place": place.span, "subject": rival.span, "realis": "ongoing", "polarity": "affirmed"}
        yield claim_of(sentence, clause, "hold", **roles)
