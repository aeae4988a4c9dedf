"""Who speaks in a claim and whom it says it of, by the actors that words resolve to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from according.records import Claim, Report, Resolution
from according.vocabulary import load_vocabulary

OUTLET = "outlet"


class Speaker(msgspec.Struct, frozen=True):
    """Whoever makes a statement: a name for people, and the actor spoken for, when known."""

    name: str
    actor: str | None


class Sayings:
    """The speakers and doers of claims."""

    def __init__(self, resolutions: Iterable[Resolution], reports: Mapping[str, Report] | None = None) -> None:
        self._reports = reports or {}
        self._roles: dict[tuple[str, str, int], Resolution] = {}
        self._doers: dict[str, list[Resolution]] = {}
        for resolution in resolutions:
            self._roles.setdefault((resolution.claim, resolution.role, resolution.index), resolution)
            if resolution.role == "subject":
                self._doers.setdefault(resolution.claim, []).append(resolution)

    def in_order(self, claims: Iterable[Claim]) -> list[Claim]:
        """Claims in the order they were told: by publication, then by place in the text."""
        return sorted(claims, key=lambda claim: (self._published(claim), claim.report, claim.evidence.start, claim.id))

    def speaker(self, claim: Claim) -> Speaker:
        """Who says it: the innermost voice, or the outlet."""
        if not claim.voices:
            return self._outlet(claim)
        index = len(claim.voices) - 1
        voice = claim.voices[index]
        found = self._roles.get((claim.id, "voice", index))
        if voice.voice_class == "outlet" and voice.span is None:
            return self._outlet(claim)
        said = voice.name or (voice.span.text if voice.span else voice.voice_class)
        return Speaker((found.name if found and found.name else said), found.referent if found else None)

    def doers(self, claim: Claim) -> list[tuple[str | None, str]]:
        """Whom the claim says it of: actors, or the words for a doer that is not known."""
        found = [one for one in self._doers.get(claim.id, []) if one.referent]
        if found:
            return [(one.referent, one.name or str(one.referent)) for one in found]
        return [(None, claim.subject.text)] if claim.subject else []

    def _outlet(self, claim: Claim) -> Speaker:
        report = self._reports.get(claim.report)
        return Speaker(report.source if report and report.source else OUTLET, None)

    def _published(self, claim: Claim) -> str:
        report = self._reports.get(claim.report)
        return (report.published or "") if report else ""


def is_kin(left: str | None, right: str | None) -> bool:
    """Whether two actors are of one side: the same, or one a part of the other."""
    if left is None or right is None:
        return False
    return left == right or left in _line(right) or right in _line(left)


def _line(actor: str) -> tuple[str, ...]:
    """An actor's parents, nearest first."""
    actors = load_vocabulary().actors.actors
    line: list[str] = []
    known = actors.get(actor)
    while known and known.parent and known.parent not in line:
        line.append(known.parent)
        known = actors.get(known.parent)
    return tuple(line)
