"""Where, when and by whom the events of claims were, as they are resolved."""

from __future__ import annotations

from collections.abc import Iterable

from according.link.apart import is_day_of_a_count, is_day_of_those_after, told_off
from according.link.kinds import is_event
from according.link.sides import side_of
from according.link.when import month_end
from according.records import Claim, Resolution, TimeReading


class Facts:
    """Where and when each claim is resolved to, in a report of a day that may be known.

    Words of time before those that tell an event only by how far it was from another are the other's. ``lead`` is
    where the second sentence that tells of an event starts: the first is a title, or a summary of what follows.
    """

    def __init__(
        self, resolutions: Iterable[Resolution], claims: Iterable[Claim], published: str | None = None
    ) -> None:
        self.claims = tuple(claims)
        self.off = told_off(self.claims)
        told = sorted({claim.evidence.start for claim in self.claims if is_event(claim)})
        self._title, self.lead = (*told[:2], None, None)[:2]
        last = month_end(published) if published else None
        self._published = last.isoformat() if last else None
        self._place: dict[str, Resolution] = {}
        self._time: dict[str, Resolution] = {}
        self._doers: dict[str, set[str]] = {}
        for resolution in resolutions:
            if resolution.role == "place":
                self._place.setdefault(resolution.claim, resolution)
            elif resolution.role == "time":
                self._time.setdefault(resolution.claim, resolution)
            elif resolution.role == "subject" and resolution.referent:
                self._doers.setdefault(resolution.claim, set()).update(side_of(resolution.referent))

    def is_title(self, claims: Iterable[Claim]) -> bool:
        """Whether claims all stand in the headline or in what opens the report, and tell no day of their own."""
        told = list(claims)
        return all(one.block == "headline" or one.evidence.start == self._title for one in told) and not any(
            self.own_time(one) for one in told
        )

    def place(self, claim: Claim) -> Resolution | None:
        """Where a claim says it happened, when that is known."""
        found = self._place.get(claim.id)
        return found if found and (found.referent or found.place) else None

    def time(self, claim: Claim) -> TimeReading | None:
        """When a claim says it happened, from its own words or from those it leans on."""
        found = None if self._is_another_time(claim) else self._time.get(claim.id)
        if found is None or found.time is None or found.basis == "publication_bound" or self._is_to_come(found):
            return None
        return found.time

    def _is_to_come(self, found: Resolution) -> bool:
        """Whether words such as "the next night" were counted from the report itself, to a day after it."""
        first = found.time.earliest if found.time and found.basis == "relative" else None
        return first is not None and self._published is not None and first > self._published

    def _is_another_time(self, claim: Claim) -> bool:
        off = claim.id in self.off and (claim.time is None or claim.time.start <= self.off[claim.id])
        return off or is_day_of_those_after(claim) or is_day_of_a_count(claim)

    def are_level(self, one: Claim, other: Claim) -> bool:
        """Whether both claims are told by how far their event was from another, or neither."""
        return self.off.get(one.id) == self.off.get(other.id)

    def own_time(self, claim: Claim) -> TimeReading | None:
        """When a claim happened by words of its own clause."""
        return self.time(claim) if claim.time else None

    def doers(self, *claims: Claim) -> frozenset[str]:
        """Who is said to have done what these claims tell, with what they are parts of."""
        told = [claim for claim in claims if claim.polarity == "affirmed"]
        return frozenset().union(*(self._doers.get(claim.id, ()) for claim in told))

    def told_by(self, claims: Iterable[Claim]) -> str | None:
        """The day of the report, as far as claims without a time show it."""
        known = (self._time.get(claim.id) for claim in claims)
        bounds = (one.time for one in known if one and one.basis == "publication_bound")
        return next((time.latest for time in bounds if time and time.latest), None)

    def bound(self, claim: Claim) -> TimeReading | None:
        """Not later than the report: what is left when a claim has no time."""
        found = None if self._is_another_time(claim) else self._time.get(claim.id)
        return found.time if found and not self._is_to_come(found) else None
