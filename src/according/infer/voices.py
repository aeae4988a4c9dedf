"""Who speaks in a claim and whom it says it of, by the actors that words resolve to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from according.records import Claim, Report, Resolution
from according.vocabulary import load_vocabulary
from according.vocabulary.sourcing import says

OUTLET = "outlet"
UNKNOWN = "unknown"
"""A doer of whom somebody says that nobody knows who it was."""


_REPORTED = "reports"


def _is_hearsay(claim: Claim) -> bool:
    return not claim.voices and claim.hedge == "reported"


class Speaker(msgspec.Struct, frozen=True):
    """Whoever makes a statement: a name for people, and the actor spoken for, when known."""

    name: str
    actor: str | None


class Sayings:
    """The speakers and doers of claims."""

    def __init__(
        self,
        resolutions: Iterable[Resolution],
        reports: Mapping[str, Report] | None = None,
        copies: Mapping[str, str] | None = None,
    ) -> None:
        self._reports = reports or {}
        self._copies = copies or {}
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
        if claim.subject is None:
            return []
        said = claim.subject.text
        if says(said, "unknown"):
            return [(None, UNKNOWN)]
        named = next((one.name for one in self._doers.get(claim.id, []) if one.name and says(one.name, "doers")), None)
        return [(None, named)] if named else []

    def count(self, claims: Iterable[Claim]) -> int:
        """How many independent voices give an account: each name once, unnamed ones in the plural as two.

        What the outlet tells as reported, by nobody in particular, counts as told by more than one.
        """
        said = {self._voice(claim) for claim in claims}
        return sum(2 if says(name, "plural") and name[1:] == name[1:].lower() else 1 for name in said)

    def _voice(self, claim: Claim) -> str:
        """Who counts as telling a claim: an outlet that copies another is that other."""
        if _is_hearsay(claim):
            return _REPORTED
        speaker = self.speaker(claim)
        original = self._copies.get(claim.report)
        return f"{OUTLET} of {original}" if original and speaker == self._outlet(claim) else speaker.name

    def _outlet(self, claim: Claim) -> Speaker:
        report = self._reports.get(claim.report)
        return Speaker(report.source if report and report.source else OUTLET, None)

    def _published(self, claim: Claim) -> str:
        report = self._reports.get(claim.report)
        return (report.published or "") if report else ""


def is_kin(left: str | None, right: str | None) -> bool:
    """Whether two actors are of one side: the same, one a part of the other, or both parts of one state."""
    if left is None or right is None:
        return False
    lines = {left, *_line(left)}, {right, *_line(right)}
    return left in lines[1] or right in lines[0] or any(one.endswith("/state") for one in lines[0] & lines[1])


def is_part(part: str, whole: str) -> bool:
    """Whether one actor is a part of another."""
    return part != whole and whole in _line(part)


def _line(actor: str) -> tuple[str, ...]:
    """An actor's parents, nearest first."""
    actors = load_vocabulary().actors.actors
    line: list[str] = []
    known = actors.get(actor)
    while known and known.parent and known.parent not in line:
        line.append(known.parent)
        known = actors.get(known.parent)
    return tuple(line)
