"""Airwars' grades of an incident, from who says what about it.

By the first rule that fits:

1. *discounted*: an accused or an inquiry finds the report not credible, nobody accepts it, and no more than one voice
   lays it at somebody else's door; with more of them it is contested.
2. *confirmed*: a belligerent accepts that it did it, or that people came to harm by it. One that says it struck, and
   that it hurt no civilians, has not accepted that; nor has one that only makes known which enemies or positions it
   struck, or that it struck somewhere, where others count civilians; nor one that owns to a strike in one breath with
   saying that it looks into what others say of it.
3. *contested*: two sides are accused, or one and somebody unknown. That the one accused denies it makes it disputed
   who did it, but is no competing account of who did. Nor are gunmen nobody names a side of their own beside one that
   is named, or armed people without a name told of in one breath with it; nor does it contest anything that the only
   source there is leaves open which of two it was.
4. *weak*: a single voice, or one that is said to be the only one.
5. *fair*: two or more independent voices.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from according.infer.figures import EFFECTS
from according.infer.kin import is_kin
from according.infer.reasons import listed
from according.infer.voices import HEARSAY, UNKNOWN, Sayings, count, takes
from according.records import Attribution, Claim, Grade, Report, Span, Voice
from according.vocabulary import load_vocabulary
from according.vocabulary.groups import load_groups
from according.vocabulary.linking import wording_of
from according.vocabulary.sourcing import of_one_place_alone, says

Reason = tuple[Grade, str]
_AFTER_CHARS = 200
"""How far behind the last thing told of an incident its sources may still be spoken of."""


def grade(
    attribution: Sequence[Attribution], members: Sequence[Claim], sayings: Sayings, reports: Mapping[str, Report]
) -> Reason:
    """The grade, with its reason in words."""
    found = _by_verdict(attribution, members, sayings) or _by_acceptance(attribution, members, sayings)
    if found is None and not _said_alone(members, reports, "sole"):
        found = _by_rivals(attribution, members)
    return found or _by_voices(members, sayings, reports)


def _by_verdict(attribution: Sequence[Attribution], members: Sequence[Claim], sayings: Sayings) -> Reason | None:
    verdicts = [claim for claim in members if claim.predicate == "assess"]
    if {claim.polarity for claim in verdicts} != {"denied"}:
        return None
    judges = [actor for claim in verdicts for actor, _ in sayings.doers(claim)]
    others = [one for one in attribution if not any(is_kin(one.actor, judge) for judge in judges)]
    blamed = [one.name for one in others if count(one.blamed_by) > 1]
    if blamed:
        return "contested", f"Graded contested: a verdict found it not credible, and others blame {listed(blamed)}."
    return "discounted", "Graded discounted: the report was looked into and found not credible."


def _by_acceptance(attribution: Sequence[Attribution], members: Sequence[Claim], sayings: Sayings) -> Reason | None:
    own = [one for one in attribution if one.status in {"acknowledged", "claimed"}]
    own = [one for one in own if not _speaks_of_another(one, members, sayings)]
    accepting = [one for one in own if not denies_harm(one, members, sayings) and _accepts(one, members, sayings)]
    if accepting:
        names = listed(one.name for one in accepting)
        return "confirmed", f"Graded confirmed: {names} say{_s(accepting)} that it was their doing."
    return None


def _by_rivals(attribution: Sequence[Attribution], members: Sequence[Claim]) -> Reason | None:
    blamed = [one for one in attribution if one.blamed_by]
    disputed = [one.name for one in blamed if any(_are_rivals(one, other, members) for other in blamed if other != one)]
    if disputed:
        return "contested", f"Graded contested: it is disputed whether it was {listed(disputed, 'or')}."
    if any(one.name == UNKNOWN for one in attribution) and any(one.blamed_by for one in attribution):
        return "contested", "Graded contested: somebody is accused, and others say that nobody knows who it was."
    return None


def _speaks_of_another(one: Attribution, members: Sequence[Claim], sayings: Sayings) -> bool:
    """As in "The army accepted that it killed three, but it is unclear whether this is the same event"."""
    own = [claim for claim in members if is_kin(sayings.speaker(claim).actor, one.actor)]
    return bool(own) and all(says(claim.evidence.text, "other_event") for claim in own)


def denies_harm(one: Attribution, members: Sequence[Claim], sayings: Sayings) -> bool:
    """Whether an actor that says it struck says as well that no civilians were hurt, or counts fighters alone."""
    verdicts = [claim for claim in members if claim.predicate == "assess" and claim.polarity == "affirmed"]
    if any(is_kin(actor, one.actor) for claim in verdicts for actor, _ in sayings.doers(claim)):
        return False
    own = [claim for claim in members if claim.predicate in EFFECTS and is_kin(sayings.speaker(claim).actor, one.actor)]
    here = {claim.evidence for claim in members if is_kin(sayings.speaker(claim).actor, one.actor)}
    own += [claim for claim in members if claim.predicate in EFFECTS and not claim.voices and claim.evidence in here]
    later = max((c.evidence.start for c in members if c.evidence in here and _admits(c)), default=-1)
    own = [claim for claim in own if claim.polarity == "affirmed" or claim.evidence.start >= later]
    groups = load_groups()
    hurt = [claim for claim in own if groups.status(claim.group) != "fighter" and not _is_none(claim)]
    admitted = [claim for claim in own if not _is_none(claim) and _admits(claim)]
    return bool(own) and not hurt and not admitted and _others_count_civilians(members, own)


def _accepts(one: Attribution, members: Sequence[Claim], sayings: Sayings) -> bool:
    """Whether an actor's own words go beyond making known what enemies it struck, or that it struck somewhere."""
    own = [claim for claim in members if is_kin(sayings.speaker(claim).actor, one.actor)]
    own = [claim for claim in own if claim.polarity == "affirmed"] or [
        claim for claim in members if any(is_kin(actor, one.actor) for actor, _ in sayings.doers(claim))
    ]
    owning = [one for one in own if one.predicate in {"assess", "claim_responsibility"} or _admits(one) or takes(one)]
    owning += [one for one in own if (one.event is not None and _did_it(one)) or _WAS_BEHIND.search(one.evidence.text)]
    owning += [claim for claim in members if _claims_it(claim, one, sayings)]
    if any(not _is_looking_into(claim) for claim in owning):
        return True
    if owning:
        return False
    if any(_counts_civilians(claim) and claim.quantity is not None and claim.hedge != "reported" for claim in own):
        return True
    struck = [claim.object.text for claim in own if claim.object is not None and claim.predicate not in EFFECTS]
    if struck and all(_is_enemy(words) for words in struck):
        return False
    if any(wording_of(words).sites and not _is_enemy(words) for words in struck):
        return True
    return not any(_counts_civilians(claim) for claim in members if claim not in own)


def _is_enemy(words: str) -> bool:
    """Whether what was struck are enemies or what they use: "12 targets", "a depot", an armed group's name."""
    registry = load_vocabulary().actors
    named = (registry.actors.get(mention.ids[0]) for mention in registry.spot(words))
    return says(words, "military_targets") or any(one is not None and one.kind == "armed_group" for one in named)


def _claims_it(claim: Claim, one: Attribution, sayings: Sayings) -> bool:
    """As in "The group claimed responsibility", "the army found the report credible", told by the outlet."""
    claimed = claim.predicate in {"claim_responsibility", "assess"} and claim.polarity == "affirmed"
    return claimed and any(is_kin(actor, one.actor) for actor, _ in sayings.doers(claim))


def _did_it(claim: Claim) -> bool:
    """As in "The group said that it was its men who had done it": the deed told before, and no other."""
    return any(cue.text.lower() in {"done", "did", "do", "carried", "behind", "responsible"} for cue in claim.cues)


_WAS_BEHIND = re.compile(
    r"\b(?:was|were|is|are|been) (?:behind|responsible for)\s+\w|"
    r"\b(?:carried out|staged|mounted) (?:the|this|that|both|all) (?:\w+ )?"
    r"(?:attacks?|bombings?|blasts?|assault|ambush|shooting)\b|"
    r"\b(?:planted|detonated|set off) (?:the|this|that|both) (?:\w+ )?(?:bombs?|device|mine|explosives|blast)\b",
    re.IGNORECASE,
)


def _is_looking_into(claim: Claim) -> bool:
    """As in "The coalition acknowledged a raid in the district and said it was looking into the reports"."""
    known = load_vocabulary().predicates.get(claim.predicate)
    deed = known is not None and known.family == "violence"
    return deed and says(claim.evidence.text, "inquiring")


def _admits(claim: Claim) -> bool:
    return any(says(cue.text, "admitting") for cue in claim.cues)


def _counts_civilians(claim: Claim) -> bool:
    harmed = claim.predicate in EFFECTS
    return harmed and load_groups().status(claim.group) != "fighter" and not _is_none(claim)


def _are_rivals(one: Attribution, other: Attribution, members: Sequence[Claim]) -> bool:
    """Whether two that are accused are two accounts of who did it, and not one under two names or two together."""
    if is_kin(one.actor, other.actor):
        return False
    if one.actor is not None and other.actor is not None:
        return True
    anybody = any(says(who.name, "anybody") for who in (one, other) if who.actor is None)
    return not (anybody and one.actor != other.actor) and _told_in(one, members) != _told_in(other, members)


def _told_in(one: Attribution, members: Sequence[Claim]) -> set[tuple[Span, tuple[Voice, ...]]]:
    return {(claim.evidence, claim.voices) for claim in members if claim.id in one.claims}


def _others_count_civilians(members: Sequence[Claim], own: Sequence[Claim]) -> bool:
    groups = load_groups()
    counted = [claim for claim in own if _is_none(claim)]
    return bool(counted) or any(
        claim.predicate in EFFECTS and claim not in own and groups.status(claim.group) != "fighter" for claim in members
    )


def _is_none(claim: Claim) -> bool:
    zero = claim.quantity is not None and claim.quantity.high == 0
    return zero or claim.polarity == "denied"


def _by_voices(members: Sequence[Claim], sayings: Sayings, reports: Mapping[str, Report]) -> Reason:
    voices = sayings.voices(members)
    told = listed("unnamed reports" if name == HEARSAY else name for name in voices)
    if _said_alone(members, reports):
        return "weak", f"Graded weak: it is said to rest on one source alone ({told})."
    if count(voices) < 2:
        return "weak", f"Graded weak: only {told} tells of it." if voices else "Graded weak: nobody tells of it."
    return "fair", f"Graded fair: {told} tell of it independently."


def _said_alone(members: Sequence[Claim], reports: Mapping[str, Report], words: str = "alone") -> bool:
    """Whether the one report of an incident says, where it tells of it, that a single source has it."""
    if len({claim.report for claim in members}) != 1:
        return False
    report = reports.get(members[0].report)
    start = min(claim.evidence.start for claim in members)
    end = max(claim.evidence.end for claim in members) + _AFTER_CHARS
    told = report.text[start:end] if report else "\n".join(claim.evidence.text for claim in members)
    place = of_one_place_alone(told)
    return says(told if place is None else told.replace(place, ""), words)


def _s(names: Sequence[object]) -> str:
    return "s" if len(names) == 1 else ""
