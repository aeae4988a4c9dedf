"""Claims under people's judgements: which of them stand, which were rejected, corrected or added, and by whom.

The newest judgement on a claim decides. A claim that a person tells stands as long as the judgement that told it is
the newest on the claim it corrects, and may itself be judged. Nothing is taken out of a reading that nobody judged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import msgspec

from according.link import incidents_of
from according.records import Claim, Reading, Resolution
from according.store.judgements import CLAIM_KINDS, HumanJudgement, Told

ClaimState = Literal["read", "accepted", "rejected", "corrected", "added"]


class Standing(msgspec.Struct, frozen=True):
    """How a claim stands: *read* is what nobody judged yet; *corrected* names the claim ``heir`` in its place.

    ``by`` is the judgement that decides, ``origin`` the one that told the claim when a person did, and ``corrects``
    the claim it was told in place of.
    """

    claim: Claim
    state: ClaimState
    by: HumanJudgement | None = None
    origin: HumanJudgement | None = None
    heir: str | None = None
    corrects: str | None = None

    @property
    def counts(self) -> bool:
        """Whether the claim is part of the record."""
        return self.state in ("read", "accepted", "added")


def standings(reading: Reading, judgements: Iterable[HumanJudgement]) -> list[Standing]:
    """How every claim of a reading stands under judgements that stand, each correction behind what it corrects."""
    about = [one for one in judgements if one.kind in CLAIM_KINDS and one.report == reading.report.id]
    newest = _newest(about)
    told = {one.told.claim.id: one for one in about if one.told and _is_told(one, newest)}
    found: dict[str, Standing] = {}
    for claim in (*reading.claims, *(one.told.claim for one in told.values() if one.told)):
        _follow(claim, newest, told, found)
    return list(found.values())


def _newest(judgements: Iterable[HumanJudgement]) -> dict[str, HumanJudgement]:
    """The judgement that decides on each claim: the newest about it, or the one that told it since."""
    newest: dict[str, HumanJudgement] = {}
    for one in judgements:
        if one.kind in CLAIM_KINDS:
            newest |= dict.fromkeys((subject.id for subject in one.subjects), one)
        if one.told:
            newest[one.told.claim.id] = one
    return newest


def _is_told(judgement: HumanJudgement, newest: Mapping[str, HumanJudgement]) -> bool:
    """Whether what a judgement tells is still told: nobody judged the claim it corrects since."""
    return all(newest[subject.id] is judgement for subject in judgement.subjects)


def _follow(
    claim: Claim,
    newest: Mapping[str, HumanJudgement],
    told: Mapping[str, HumanJudgement],
    found: dict[str, Standing],
) -> None:
    """Note how a claim stands, and behind it what it was corrected to."""
    if claim.id in found:
        return
    by, origin = newest.get(claim.id), told.get(claim.id)
    heir = _heir(claim.id, by)
    found[claim.id] = Standing(
        claim=claim,
        state=_state(claim.id, by),
        by=by,
        origin=origin,
        heir=heir.id if heir else None,
        corrects=origin.subjects[0].id if origin and origin.subjects else None,
    )
    if heir is not None:
        _follow(heir, newest, told, found)


def _heir(claim: str, by: HumanJudgement | None) -> Claim | None:
    """What a judgement puts in the place of a claim."""
    return by.told.claim if by and by.told and by.told.claim.id != claim else None


def _state(claim: str, by: HumanJudgement | None) -> ClaimState:
    if by is None:
        return "read"
    if by.told and by.told.claim.id == claim:
        return "added"
    states: dict[str, ClaimState] = {"accept": "accepted", "reject": "rejected", "correct": "corrected"}
    return states[by.kind]


def reviewed(readings: Iterable[Reading], judgements: Sequence[HumanJudgement]) -> tuple[Reading, ...]:
    """Readings as judgements that stand make them; those that nobody corrected are the very same."""
    about: dict[str, list[HumanJudgement]] = defaultdict(list)
    for one in judgements:
        if one.kind in CLAIM_KINDS and one.report:
            about[one.report].append(one)
    return tuple(
        _reviewed(reading, about[reading.report.id]) if reading.report.id in about else reading for reading in readings
    )


def _reviewed(reading: Reading, judgements: Sequence[HumanJudgement]) -> Reading:
    found = standings(reading, judgements)
    kept = [one.claim for one in found if one.counts]
    if [claim.id for claim in kept] == [claim.id for claim in reading.claims]:
        return reading
    known = {one.claim.id: one for one in found}
    now = {one.claim.id: _final(one, known) for one in found}
    claims = tuple(_pointing(claim, now) for claim in kept)
    resolutions = _resolutions(reading.resolutions, claims, judgements)
    return msgspec.structs.replace(
        reading,
        claims=claims,
        resolutions=resolutions,
        incidents=tuple(incidents_of(claims, resolutions, reading.report.published)),
    )


def _final(standing: Standing, known: Mapping[str, Standing]) -> str | None:
    """The claim that stands in the place of one, or none when it was rejected."""
    while heir := known.get(standing.heir or ""):
        standing = heir
    return standing.claim.id if standing.counts else None


def _pointing(claim: Claim, now: Mapping[str, str | None]) -> Claim:
    """A claim whose event and whole are those that stand."""
    event, whole = now.get(claim.event or "", None), now.get(claim.part_of or "", None)
    if (event, whole) == (claim.event, claim.part_of):
        return claim
    return msgspec.structs.replace(claim, event=event, part_of=whole)


def _resolutions(
    known: Sequence[Resolution], claims: Sequence[Claim], judgements: Sequence[HumanJudgement]
) -> tuple[Resolution, ...]:
    """The resolutions of the claims that stand; a person's outrank the machine's of the same claim."""
    told: dict[str, Told] = {one.told.claim.id: one.told for one in judgements if one.told}
    standing = {claim.id for claim in claims}
    read = [one for one in known if one.claim in standing and one.claim not in told]
    return (*read, *(one for claim in claims if claim.id in told for one in told[claim.id].resolutions))


def heirs_of(judgements: Iterable[HumanJudgement]) -> dict[str, str]:
    """For each claim that was corrected the claim that came to stand for it in the end."""
    newest = _newest(judgements)
    heirs: dict[str, str] = {}
    for claim, by in newest.items():
        last = claim
        while heir := _heir(last, newest.get(last, by)):
            last = heir.id
        if last != claim:
            heirs[claim] = last
    return heirs
