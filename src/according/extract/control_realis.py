"""Realis of control: whether a place was taken or held, or somebody only means, tries, waits or fails to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from according.extract.control_finding import EDGES
from according.extract.modality import goes_on, is_in_vain
from according.extract.roles import is_passive, is_verb
from according.vocabulary.control import load_control_words
from according.vocabulary.wording import load_wording

if TYPE_CHECKING:
    from according.extract.clauses import Clause
    from according.extract.control_finding import Finding
    from according.extract.tokens import Token
    from according.records import Realis

SPANS = frozenset(["hour", "day", "week", "month", "year"])
UNREAL = frozenset(["attempted", "planned", "hypothetical"])
TRIES = frozenset(["attempt", "bid", "effort", "try"])
OPERATIONS = frozenset(["offensive", "counter-offensive", "counteroffensive", "operation", "campaign", "push", "drive"])
"""Undertakings whose aim is still ahead."""
ASSERTIONS = frozenset(["claim", "assertion", "boast"])
"""Nouns whose infinitive tells what is said to be so ("its claim to hold the town")."""
DONE = frozenset(["have", "go", "return", "able", "continue", "get", "remain", "use", "force", "oblige", "compel"])
"""Verbs whose infinitive was done ("had to withdraw", "went on to take")."""
REAL = frozenset(["happened", "ongoing", "habitual"])


def realis_of_finding(finding: Finding, clause: Clause) -> Realis:
    """The clause's realis; an infinitive is meant, not done, unless a verb above says it was managed or had to be."""
    if finding.realis is not None:
        return finding.realis
    if _may_be(finding.trigger):
        return "hypothetical"
    if _is_near(finding.trigger) or _is_imminent(finding.trigger):
        return "planned"
    if clause.realis not in ("failed", "attempted") and (_is_counted(finding.trigger) or _took_time(finding.trigger)):
        return "happened"
    realis = _real(clause) if clause.realis in REAL else _unreal(clause)
    if finding.presupposed and realis == "happened" and _is_present(finding.trigger):
        return "ongoing"
    return realis


def _real(clause: Clause) -> Realis:
    trigger = clause.trigger
    if _is_awaited(trigger) or trigger.lemma_ == "want" or _is_goal(trigger):
        return "planned"
    if clause.realis == "happened" and (_is_kept_up(clause) or _is_bare_present(trigger)):
        return "ongoing"
    if _is_open(trigger):
        return "hypothetical"
    return _settled(trigger, _aim(trigger)) if _is_meant(trigger) else clause.realis


def _unreal(clause: Clause) -> Realis:
    trigger, realis = clause.trigger, clause.realis
    if realis in UNREAL and _is_outcome(trigger):
        return "happened"
    if realis == "planned" and not is_verb(trigger) and any(a.lemma_ == "call" for a in trigger.ancestors):
        return "happened"  # "called the capture untrue" names it, and does not call for it
    if realis in UNREAL and _is_background(trigger):
        return "ongoing" if trigger.tag_ in ("VBZ", "VBP") else "happened"
    return _settled(trigger, realis)


def _aim(trigger: Token) -> Realis:
    return "attempted" if trigger.head.lemma_ in load_wording().modality.attempted | TRIES else "planned"


def _settled(trigger: Token, realis: Realis) -> Realis:
    """What comes of an aim: an attack meant for it is still a plan, and one that was foiled has failed."""
    if realis == "attempted" and trigger.head.lemma_ in OPERATIONS:
        realis = "planned"
    return "failed" if realis in UNREAL and _is_foiled(trigger) else realis


def _is_bare_present(trigger: Token) -> bool:
    """“They remain in the town and hold the plant”: a plural present that looks like an infinitive."""
    no_help = not any(c.dep_ in ("aux", "auxpass") for c in trigger.children)
    return trigger.tag_ == "VB" and trigger.dep_ == "conj" and trigger.head.tag_ == "VBP" and no_help


def _is_kept_up(clause: Clause) -> bool:
    """“Have controlled Y since 2014”: they still do."""
    perfect = any(c.lower_ in ("has", "have", "'ve", "’ve") for c in clause.trigger.children if c.dep_ == "aux")
    return perfect and clause.time is not None and clause.time.text.casefold().startswith("since")


def _is_awaited(trigger: Token) -> bool:
    """“Would not rest until they had liberated Y”: not done yet."""
    above = trigger.head
    waits = any(
        c.dep_ == "neg" or c.lower_ in ("will", "would", "shall", "must")
        for a in (above, above.head)
        for c in a.children
    )
    return trigger.dep_ == "advcl" and waits and any(c.lower_ in ("until", "till") for c in trigger.children)


def _is_goal(noun: Token) -> bool:
    """“Their aim is the liberation of Y"."""
    goals = ("aim", "goal", "objective", "target", "task", "priority")
    beside = [c for c in noun.head.children if c.dep_ in ("nsubj", "attr") and c.i != noun.i]
    return noun.dep_ in ("attr", "nsubj") and noun.head.lemma_ == "be" and any(c.lemma_ in goals for c in beside)


def _is_open(trigger: Token) -> bool:
    """“It was too early to say that the city was in their hands”: nobody says so."""
    telling = ("say", "tell", "know", "confirm", "declare")
    above = next((a for a in trigger.ancestors if a.lemma_ in telling and is_verb(a)), None)
    return above is not None and above.head.lower_ in ("early", "soon", "premature", "impossible", "unable", "unclear")


def _is_meant(trigger: Token) -> bool:
    marks = {c.lower_ for c in trigger.children if c.dep_ in ("aux", "neg")}
    if "to" in marks and trigger.dep_ == "xcomp" and trigger.head.lemma_ == "be":
        return True  # "were to have left"
    if "to" not in marks or "have" in marks or not is_verb(trigger):
        return False
    if _has_until(trigger):
        return True
    if trigger.dep_ == "acl" and trigger.head.lemma_.lower() in ASSERTIONS:
        return False
    if trigger.dep_ == "xcomp":
        above = trigger.head
        return (
            above.lemma_ not in load_wording().modality.managed | load_wording().modality.started | DONE
            and not is_passive(above)
        )
    return trigger.dep_ in ("acl", "advcl", "relcl") and not _is_outcome(trigger)


def _has_until(trigger: Token) -> bool:
    """“Have until Sunday to be out of Y", "were given a week to leave Y": not out yet."""
    verb = next((a for a in trigger.ancestors if is_verb(a)), None)
    if verb is None or verb.lemma_ not in ("have", "give", "allow", "grant", "get"):
        return False
    time = [c for c in verb.children if c.i < trigger.i]
    spans = any(t.lemma_.lower() in SPANS for c in time for t in c.subtree)
    return spans or any(c.lower_ in ("until", "till") for t in (verb, *time) for c in t.children)


def _is_outcome(trigger: Token) -> bool:
    """“X took it, only for Y to take it back”, “went on to take it”: that was the outcome, not a purpose."""
    if goes_on(trigger.head):
        return True
    first = min((t.i for t in trigger.subtree), default=trigger.i)
    return (
        trigger.dep_ == "advcl"
        and trigger.doc[first].lower_ == "only"
        and trigger.doc[first + 1].lower_ in ("for", "to")
    )


def _may_be(trigger: Token) -> bool:
    """“Y may be the next town that X takes", "X may go on governing Y", "Y would have been lost"."""
    helpers = {c.lower_ for c in trigger.children if c.dep_ == "aux"}
    if "have" in helpers and helpers & {"would", "should", "could", "ought"}:
        return True
    kind = trigger.head
    if trigger.tag_ == "VBG" and trigger.dep_ in ("csubj", "nsubj"):
        return any(c.tag_ == "MD" for c in kind.children)  # "holding Y would cost lives"
    through_noun = trigger.dep_ == "relcl" and kind.dep_ == "attr"
    through_particle = trigger.dep_ == "pcomp" and kind.dep_ == "prt"
    return (through_noun or through_particle) and any(c.tag_ == "MD" for c in kind.head.children)


def _is_imminent(noun: Token) -> bool:
    """“Its fall is imminent", "is a matter of days"."""
    if noun.dep_ != "nsubj" or noun.head.lemma_ != "be":
        return False
    beside = (c for c in noun.head.children if c.dep_ in ("acomp", "attr"))
    return any(c.lower_ in ("imminent", "near", "likely", "inevitable", "matter", "close") for c in beside)


def _is_near(trigger: Token) -> bool:
    """“Are close to taking Y", "on the verge of taking Y"."""
    edge = trigger.head.head
    leads = trigger.dep_ == "pcomp" and trigger.head.lower_ in ("to", "of")
    return leads and edge.lower_ in {"close", "closer", "near", "nearer"} | EDGES


def _is_counted(trigger: Token) -> bool:
    """“The first capital to be lost": those that are lost are counted."""
    ordinals = ("first", "second", "third", "fourth", "fifth", "latest", "last", "biggest", "largest", "only")
    infinitive = any(c.lower_ == "to" for c in trigger.children) and trigger.head.lemma_ != "time"
    return infinitive and trigger.dep_ in ("relcl", "acl") and any(c.lower_ in ordinals for c in trigger.head.children)


def _took_time(trigger: Token) -> bool:
    """“The army took a week to win it back": it did."""
    above = trigger.head
    infinitive = any(c.lower_ == "to" for c in trigger.children)
    spans = [c for c in above.children if c.lemma_.lower() in SPANS]
    return infinitive and above.lemma_ in ("take", "need", "require") and bool(spans) and above.tag_ == "VBD"


def _is_background(trigger: Token) -> bool:
    """“They prepared to storm the base, which X holds”: the relative clause is so, whatever is planned around it."""
    unreal = {"will", "would", "could", "may", "might", "to", "shall", "should", "can"}
    return trigger.dep_ == "relcl" and not any(c.lower_ in unreal for c in trigger.children if c.dep_ == "aux")


def _is_foiled(trigger: Token) -> bool:
    if any(a.lemma_ == "come" and _comes_to_nothing(a) for a in trigger.ancestors) or _is_beaten_off(trigger):
        return True
    foiling = load_control_words().foiling_verbs
    foils = (a for a in trigger.ancestors if a.lemma_ in foiling and is_verb(a))
    foils = (a for a in foils if a.dep_ == "ROOT" or not is_in_vain(a))
    return any(a.lemma_ != "keep" or any(c.lower_ == "from" for c in a.children) for a in foils)


def _is_beaten_off(trigger: Token) -> bool:
    """“Tried to seize it but were beaten back": those who tried failed."""
    words = load_control_words()
    tries = (trigger, trigger.head) if trigger.dep_ == "xcomp" else (trigger,)
    ends = [c for t in tries for c in t.children if c.dep_ == "conj" and c.i > trigger.i and is_passive(c)]
    back = [c for c in ends if c.lemma_ in words.oust and any(g.lower_ in ("back", "off", "away") for g in c.children)]
    return bool(back) or any(c.lemma_ in words.repelling | {"stop", "halt"} for c in ends)


def _comes_to_nothing(verb: Token) -> bool:
    """“Three attempts to take it have come to nothing"."""
    goals = [g for c in verb.children if c.lower_ == "to" for g in c.children]
    return any(g.lower_ in ("nothing", "naught", "nought") for g in goals)


def _is_present(noun: Token) -> bool:
    """Whether the sentence round a noun tells of the present ("Al-Bab, a stronghold of X, is encircled")."""
    verb = next((a for a in noun.ancestors if is_verb(a)), None)
    if verb is None:
        return False
    return any(
        t.tag_ in ("VBZ", "VBP") for t in (verb, *verb.children) if t.dep_ in ("aux", "auxpass") or t.i == verb.i
    )
