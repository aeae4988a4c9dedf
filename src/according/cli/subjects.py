"""What a judgement is about, from how a person names it: an incident, a part of one, the home of some claims.

An incident that the last run recorded is taken from there, so that a judgement costs the same in a ledger of any size.
Only what is not recorded, or was judged since, is linked first.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from according.cli.find import PREFIX, find_incident, origin_of
from according.cli.ledger import open_ledger
from according.cli.linking import linker_of
from according.errors import UsageError
from according.pipeline import Linked, link_readings
from according.records import Incident
from according.store import HumanJudgement
from according.store.history import History
from according.store.judgements import Subject


class Subjects:
    """The incidents of a ledger under people's judgements, as subjects of another judgement."""

    def __init__(self, ledger: Path, judgements: Sequence[HumanJudgement]) -> None:
        """Prepare to look things up; raises UsageError when there is no ledger at that path."""
        self._ledger = ledger
        self._judgements = judgements
        open_ledger(ledger, must_exist=True).close()

    def incident(self, name: str) -> Subject:
        """An incident by its id or the beginning of it; a former id leads to the incident it is a part of."""
        beginning = name if name.startswith(PREFIX) else PREFIX + name
        found = [one for one in self._recorded if one.id.startswith(beginning)]
        if len(found) == 1 and self._is_settled(found[0]):
            return found[0]
        return _subject(find_incident(name, self._linked, self._judgements, self._ledger).incident)

    def home_of(self, claims: Sequence[str]) -> Subject:
        """The one incident that some claims are in, each by its id or the beginning of it."""
        beginnings = tuple(claims)
        found = [one for one in self._recorded if any(claim.startswith(beginnings) for claim in one.claims)]
        if len(found) == 1 and self._is_settled(found[0]):
            return found[0]
        return _subject(origin_of(claims, self._linked))

    def part_of(self, whole: Subject, names: Sequence[str]) -> Subject:
        """Some claims of an incident, named by their ids or by the reports they are in."""
        with open_ledger(self._ledger, must_exist=True) as ledger:
            reports = ledger.reports_with(whole.claims)
        wanted: set[str] = set()
        for name in names:
            chosen = {one for one in whole.claims if one.startswith(name) or name in reports.get(one, ())}
            if not chosen:
                raise UsageError(f"{name} is no claim or report of incident {whole.id}")
            wanted |= chosen
        return Subject(id=", ".join(names), claims=tuple(sorted(wanted)))

    @cached_property
    def _linked(self) -> Linked:
        with open_ledger(self._ledger, must_exist=True) as ledger:
            readings = list(ledger.readings())
        return link_readings(readings, self._judgements, linking=linker_of(self._ledger).link)

    @cached_property
    def _recorded(self) -> list[Subject]:
        with History(self._ledger) as history:
            return [Subject(id=one.id, claims=one.claims) for one in history.known("incident")]

    def _is_settled(self, subject: Subject) -> bool:
        return self._judged_since.isdisjoint(subject.claims)

    @cached_property
    def _judged_since(self) -> set[str]:
        """Every claim that a judgement speaks of, or undoes one that does, since incidents were last recorded."""
        with History(self._ledger) as history:
            recorded = max((at for _, at in history.runs()), default="").removesuffix("Z")
        known = {one.id: one for one in self._judgements}
        claims: set[str] = set()
        for judgement in self._judgements:
            about: HumanJudgement | None = judgement if judgement.time > recorded else None
            while about is not None:
                claims.update(*(subject.claims for subject in about.subjects))
                about = known.get(about.undoes or "")
        return claims


def _subject(incident: Incident) -> Subject:
    return Subject(id=incident.id, claims=incident.claims)
