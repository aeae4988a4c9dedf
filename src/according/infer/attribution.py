"""Who did it, according to whom: accusations, claims of responsibility and denials of one incident, actor by actor.

Only somebody who can act is listed: a known actor, or armed people the registry does not know; gunmen and other words
for whoever attacked stand for those who are named, where anybody is. That nobody knows who it
was, or that nobody has claimed it, gives one row without an actor, named "unknown", which nobody is behind; it is left
out where somebody is accused and the words say no more than that no group has come forward.

What a voice said last counts. Within one report that is what it tells last, unless words set it earlier ("had denied",
"first blamed") or later; told beside one another an admission outlasts a denial, and a denial a mere account. A
headline's accusation is the outlet's only where the body has nobody for it.

Statuses, by the first rule that fits:

1. *unclear*: nobody that is named is connected with it.
2. *acknowledged*: the actor's own last word is that it did it, and it was accused, had denied it, or admits it.
3. *claimed*: the actor's own last word is that it did it, and nobody else says so.
4. *disputed*: the actor is accused and it is denied, or actors that are not of one side are accused.
5. *denied*: only denials are told.
6. *alleged*: the actor is accused, nobody denies it, and nobody else is accused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from according.infer.kin import is_kin, is_part
from according.infer.voices import UNKNOWN, Sayings, Speaker, leaves_open
from according.records import Attribution, AttributionStatus, Claim, Incident
from according.vocabulary.charges import finite_forms, load_charges
from according.vocabulary.sourcing import last, opens, says

_ACTS = frozenset({"happened", "ongoing", "attempted", "failed", "hypothetical"})
_HARM = frozenset({"kill", "injure", "missing", "displace", "detain"})
_REMARKS = frozenset({"condemn", "assess"})


class Statement(msgspec.Struct, frozen=True):
    """One voice's word on one actor's part: ``affirmed`` that it did it or not, ``own`` where it speaks of itself.

    ``moment`` orders statements in time: publication, whether words set it earlier or later, admission, place in text.
    """

    actor: str | None
    name: str
    speaker: Speaker
    affirmed: bool
    own: bool
    harm: bool
    admitted: bool
    moment: tuple[str, int, int, int]
    claim: Claim


class _Case(msgspec.Struct):
    """What is said of one actor's part in one incident."""

    actor: str | None
    name: str
    said: list[Statement]

    @property
    def standing(self) -> list[Statement]:
        """Each voice's last word; harm denied where the act is admitted is no denial of the act."""
        acted = any(one.own and one.affirmed and not one.harm for one in self.said)
        heard = [one for one in self.said if not (acted and one.own and one.harm and not one.affirmed)]
        heard = [one for one in heard if not _hit_something_else(one, self.said)]
        latest: dict[str, Statement] = {}
        for one in sorted(heard, key=lambda one: one.moment):
            latest["" if one.own else one.speaker.name] = one
        return [one for one in heard if latest["" if one.own else one.speaker.name].affirmed == one.affirmed]

    @property
    def accused(self) -> bool:
        """Whether anybody's last word, its own or another's, is that it did it."""
        return any(one.affirmed for one in self.standing)


def _hit_something_else(one: Statement, said: Sequence[Statement]) -> bool:
    """Whether a side that denies having hit one thing says that it hit another ("a camp, not the school")."""
    if not one.own or not one.affirmed or one.admitted or one.claim.object is None:
        return False
    spared = {_head(other.claim) for other in said if other.own and not other.affirmed and not other.harm}
    return bool(spared - {""}) and _head(one.claim) not in spared


def _head(claim: Claim) -> str:
    """The noun that what was hit goes by: the last word before any preposition."""
    said = (
        re.split(r"\s(?:of|in|near|at|on|for|with)\s", claim.object.text.lower(), maxsplit=1)[0] if claim.object else ""
    )
    return said.split()[-1] if said.split() else ""


def attributions(incident: Incident, claims: Mapping[str, Claim], sayings: Sayings) -> tuple[Attribution, ...]:
    """Every actor that is connected with an incident, with who says so and what that comes to."""
    members = sayings.in_order(claims[one] for one in incident.claims)
    cases: list[_Case] = []
    for statement in _without_changed_minds(_statements(members, sayings)):
        _case_of(statement, cases).said.append(statement)
    cases = [case for case in cases if case.standing]
    named = any(case.actor is not None and case.accused for case in cases)
    cases = [case for case in cases if not (named and case.actor is None and says(case.name, "anybody"))]
    listed = [_listed(case, cases) for case in cases]
    listed += _unknown(members, sayings, named=any(case.accused for case in cases))
    return tuple(sorted(listed, key=lambda one: (one.actor or "~", one.name)))


def _statements(members: Sequence[Claim], sayings: Sayings) -> list[Statement]:
    """Who is said to have done it or not, by whom; comments accuse nobody."""
    rejected = {claim.evidence for claim in members if claim.predicate == "assess" and claim.polarity == "denied"}
    told = [one for one in members if one.realis in _ACTS and one.block != "comment" and one.predicate not in _REMARKS]
    said = [one for claim in told for one in _heard(claim, sayings, rejected=claim.evidence in rejected)]
    named = [one.actor for one in said]
    for claim in (one for one in members if one.predicate == "assess"):
        said += _verdict(claim, said, named, sayings, members)
    return _without_headlines(_without_counts(said), sayings)


def _without_counts(said: Sequence[Statement]) -> list[Statement]:
    """A side that counts the enemies it killed has not claimed a deed that is told as somebody else's."""
    theirs = [one for one in said if one.affirmed and not one.own and not one.harm]
    counts = [
        one for one in said if one.own and one.affirmed and one.claim.subject is None and one.claim.predicate == "kill"
    ]
    return [one for one in said if one not in counts or not any(not _same(one, other) for other in theirs)]


def _heard(claim: Claim, sayings: Sayings, *, rejected: bool) -> Iterable[Statement]:
    speaker = sayings.speaker(claim)
    for actor, name in sayings.doers(claim):
        if name == UNKNOWN:
            continue
        own = claim.predicate == "claim_responsibility" or is_kin(speaker.actor, actor)
        unclaimed = claim.predicate == "claim_responsibility" and claim.polarity == "denied" and not _refuses(claim)
        if unclaimed or (own and claim.hedge == "unverified"):
            continue  # who has not claimed it, or neither confirms nor denies it, has not denied it
        if own and any(says(cue.text, "doubting") for cue in claim.cues):
            continue  # "the army looks into the alleged shelling by its men" owns to nothing
        affirmed = claim.polarity == "affirmed" and not (own and (rejected or _refuses(claim)))
        told_by = Speaker(name, actor) if own and sayings.is_outlet(claim) else speaker
        yield _statement(claim, (actor, name), told_by, sayings, affirmed=affirmed, own=own)


def _refuses(claim: Claim) -> bool:
    """Whether responsibility is refused and not claimed, by the verb of the claim."""
    return claim.predicate == "claim_responsibility" and any(_REFUSES.match(cue.text) for cue in claim.cues)


_REFUSES = finite_forms(load_charges().refusing)


def _statement(
    claim: Claim, doer: tuple[str | None, str], speaker: Speaker, sayings: Sayings, *, affirmed: bool, own: bool
) -> Statement:
    admitted = own and affirmed and (claim.predicate == "assess" or any(says(c.text, "admitting") for c in claim.cues))
    return Statement(
        actor=doer[0],
        name=doer[1],
        speaker=speaker,
        affirmed=affirmed,
        own=own,
        harm=claim.predicate in _HARM,
        admitted=admitted,
        moment=(
            sayings.published(claim),
            moment_of(claim),
            2 * admitted + (own and not affirmed),
            claim.evidence.start,
        ),
        claim=claim,
    )


def moment_of(claim: Claim) -> int:
    """Whether words set a statement before (-1) or after (1) what else is told: the last such word before its deed."""
    at = max((cue.start for cue in claim.cues), default=claim.evidence.end) - claim.evidence.start
    before = claim.evidence.text[: max(at, 0) + 12]
    earlier, later = last(before, "earlier"), last(before, "later")
    return 0 if earlier == later else 1 if later > earlier else -1


def _verdict(
    claim: Claim, said: Sequence[Statement], named: Sequence[str | None], sayings: Sayings, members: Sequence[Claim]
) -> list[Statement]:
    """A verdict of the accused on itself: acceptance is its own word for it, rejection its denial."""
    found = []
    for actor, name in sayings.doers(claim) or _assessor(claim, members, sayings):
        accused = any(is_kin(one, actor) for one in named)
        affirmed = claim.polarity == "affirmed"
        if actor is None or not (accused or affirmed or not said):
            continue
        found.append(_statement(claim, (actor, name), Speaker(name, actor), sayings, affirmed=affirmed, own=True))
    return found


def _assessor(verdict: Claim, members: Sequence[Claim], sayings: Sayings) -> list[tuple[str | None, str]]:
    """Who gives a verdict that names nobody: the side that spoke last before it."""
    before = [one for one in members if one.report == verdict.report and one.evidence.start <= verdict.evidence.start]
    speakers = [sayings.speaker(one) for one in before if one.predicate != "assess"]
    found: list[tuple[str | None, str]] = [(one.actor, one.name) for one in speakers if one.actor is not None]
    return found[-1:]


def _without_headlines(said: Sequence[Statement], sayings: Sayings) -> list[Statement]:
    """A headline sums up what the body has from somebody: its accusation is dropped where the body accuses too."""
    body = [one for one in said if one.claim.block != "headline" and one.affirmed]
    return [
        one for one in said if one.claim.block != "headline" or not any(_sums_up(one, other, sayings) for other in body)
    ]


def _sums_up(headline: Statement, body: Statement, sayings: Sayings) -> bool:
    """Whether a headline says no more than the body: the outlet of the same side, or the same voice of any."""
    told = _same(headline, body) if sayings.is_outlet(headline.claim) else headline.speaker.name == body.speaker.name
    return told and headline.claim.report == body.claim.report


def _same(one: Statement, other: Statement) -> bool:
    return is_kin(one.actor, other.actor) if one.actor else one.name.casefold() == other.name.casefold()


def _without_changed_minds(said: Sequence[Statement]) -> list[Statement]:
    """A voice that first blamed one side and then, by its own words, another, has taken the first back."""
    return [
        one
        for one in said
        if one.own
        or not any(
            other.affirmed
            and not other.own
            and other.speaker.name == one.speaker.name
            and not _same(one, other)
            and _revised(one, other)
            for other in said
        )
    ]


def _revised(one: Statement, other: Statement) -> bool:
    """Whether the second statement is marked as coming after the first."""
    return other.moment[:2] > one.moment[:2] and (one.moment[1] < 0 or other.moment[1] > 0)


def _case_of(statement: Statement, cases: list[_Case]) -> _Case:
    """The case of an actor; a state and its forces are one, under the narrower name."""
    for case in cases:
        if is_kin(case.actor, statement.actor) or _both_nameless(case, statement):
            if statement.actor and case.actor and is_part(statement.actor, case.actor):
                case.actor, case.name = statement.actor, statement.name
            return case
    cases.append(_Case(statement.actor, statement.name, []))
    return cases[-1]


def _both_nameless(case: _Case, statement: Statement) -> bool:
    """Whether two doers without an actor may be one: by the same words, or by words for whoever attacked."""
    if case.actor is not None or statement.actor is not None:
        return False
    anybody = any(says(name, "anybody") for name in (case.name, statement.name))
    return anybody or case.name.casefold() == statement.name.casefold()


def _listed(case: _Case, cases: Sequence[_Case]) -> Attribution:
    standing = case.standing
    blamed = _voices(one for one in standing if one.affirmed and not one.own)
    claimed = _voices(one for one in standing if one.affirmed and one.own)
    denied = _voices(one for one in standing if not one.affirmed)
    return Attribution(
        actor=case.actor,
        name=case.name,
        blamed_by=blamed,
        claimed_by=claimed,
        denied_by=denied,
        status=_status(case, cases),
        claims=_once(one.claim.id for one in case.said),
    )


def _voices(said: Iterable[Statement]) -> tuple[str, ...]:
    """The names of those who say something; several who speak for one actor are one voice, by the first name it has."""
    names: dict[str, str] = {}
    for one in said:
        names.setdefault(one.speaker.actor or one.speaker.name, one.speaker.name)
    return _once(names.values())


def _status(case: _Case, cases: Sequence[_Case]) -> AttributionStatus:
    standing = case.standing
    blamed = any(one.affirmed and not one.own for one in standing)
    denied = any(not one.affirmed for one in standing)
    if any(one.affirmed and one.own for one in standing):
        pressed = any(not one.affirmed or one.admitted for one in case.said if one.own and not one.harm)
        return "acknowledged" if blamed or pressed or any(one.admitted for one in standing) else "claimed"
    rivals = [
        one for one in cases if one is not case and one.accused and not any(s.own and s.affirmed for s in one.standing)
    ]
    if blamed and (denied or rivals):
        return "disputed"
    return "denied" if denied else "alleged"


def _unknown(members: Sequence[Claim], sayings: Sayings, *, named: bool) -> list[Attribution]:
    """The row of an unknown author, with the claims that say so."""
    doubts = [one for one in members if one.block != "comment" and (None, UNKNOWN) in sayings.doers(one)]
    unclaimed = [one for one in members if one.subject is not None and opens(one.subject.text, "nobody")]
    silent = [one for one in doubts if _only_unclaimed(one)]
    firm = [one for one in doubts if one not in silent and not _named_since(one, members, sayings)]
    firm = [one for one in firm if not (leaves_open(one) and _names_candidates(one, members, sayings))]
    found = firm if named else [*doubts, *unclaimed]
    return [Attribution(actor=None, name=UNKNOWN, claims=_once(one.id for one in found))] if found else []


def _names_candidates(doubt: Claim, members: Sequence[Claim], sayings: Sayings) -> bool:
    """As in "Who did it was unclear, with both the army and the rebels named": nobody beyond them is meant."""
    beside = (one for one in members if one.evidence == doubt.evidence and one is not doubt)
    return any(actor is not None for one in beside for actor, _ in sayings.doers(one))


def _named_since(doubt: Claim, members: Sequence[Claim], sayings: Sayings) -> bool:
    """Whether the voice that did not know who it was names somebody afterwards."""
    speaker = sayings.speaker(doubt)
    after = [
        one
        for one in members
        if one.evidence.start >= doubt.evidence.start and one is not doubt and not sayings.is_outlet(one)
    ]
    return any(
        sayings.speaker(one).name == speaker.name and any(name != UNKNOWN for _, name in sayings.doers(one))
        for one in after
        if one.predicate not in _HARM | _REMARKS and one.polarity == "affirmed"
    )


def _only_unclaimed(claim: Claim) -> bool:
    """Whether nobody came forward ("no group has claimed it"), which does not say that nobody knows."""
    return leaves_open(claim) and any("claim" in cue.text.lower() for cue in claim.cues)


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
