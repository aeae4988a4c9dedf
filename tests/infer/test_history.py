"""What was known when: the same rules over what a reader could have had by a day."""

from __future__ import annotations

import pytest
from tests.maps import sirte

from according.infer.control import spells
from according.infer.control_history import histories
from according.infer.incident_history import versions
from according.link import copies_of
from according.pipeline import Linked, link_readings
from according.records import Spell


@pytest.fixture(scope="module")
def linked() -> Linked:
    return link_readings(sirte.readings())


def published(linked: Linked) -> dict[str, str | None]:
    return {reading.report.id: reading.report.published for reading in linked.readings}


def held(found: tuple[Spell, ...], place: str) -> set[tuple[str | None, str, str | None, str | None, bool]]:
    return {(s.holder_name, s.state, s.start, s.end, s.ongoing) for s in found if s.place == place}


@pytest.mark.parametrize("known", ["2016-01-01", "2016-02-10", "2016-04-30", "2016-05-06", "2016-05-30", None])
def test_every_day_known_on_every_day_is_what_infer_makes_of_those_reports(linked: Linked, known: str | None) -> None:
    out = published(linked)
    claims = [claim for reading in linked.readings for claim in reading.claims]
    resolutions = [each for reading in linked.readings for each in reading.resolutions]
    told = [claim for claim in claims if known is None or (out[claim.report] or "9") <= known]
    found = histories(claims, resolutions, out)
    assert len(found) == 2
    for place, epochs in found.items():
        then = [
            epoch for epoch in epochs if known is None or (epoch.published is not None and epoch.published <= known)
        ]
        for day in ("2015-01-01", "2016-02-09", "2016-03-31", "2016-05-05", "2016-05-30", "2016-12-31"):
            expected = held(spells(told, resolutions, day), place)
            assert held(then[-1].as_of(day) if then else (), place) == expected, (place, day)


def test_sirte_changes_hands_with_what_is_known(linked: Linked) -> None:
    claims = [claim for reading in linked.readings for claim in reading.claims]
    resolutions = [each for reading in linked.readings for each in reading.resolutions]
    sirte = next(
        epochs for place, epochs in histories(claims, resolutions, published(linked)).items() if "2210554" in place
    )
    assert [epoch.published for epoch in sirte] == ["2016-02-10", "2016-04-01", "2016-05-06", "2016-05-20", None]
    before, after = (
        next(e for e in sirte if e.published == day).as_of("2016-05-05") for day in ("2016-04-01", "2016-05-06")
    )
    assert {spell.holder_name for spell in before if spell.ongoing} == {"Islamic State"}
    assert {spell.holder_name for spell in after if spell.ongoing} == {"Libyan National Army"}


def test_an_incident_has_the_figures_that_were_out(linked: Linked) -> None:
    claims = [claim for reading in linked.readings for claim in reading.claims]
    resolutions = [each for reading in linked.readings for each in reading.resolutions]
    reports = {reading.report.id: reading.report for reading in linked.readings}
    found = versions(linked.incidents, claims, resolutions, reports, published(linked), copies_of(linked.readings))
    strike = next(incident for incident in linked.incidents if incident.predicate == "airstrike")
    (first_day, first), (second_day, second) = found[strike.id]
    assert (first_day, second_day) == ("2016-05-20", "2016-06-02")
    assert [figure.low for tally in first.tallies for figure in tally.figures] == [4]
    assert sorted(figure.low or 0 for tally in second.tallies for figure in tally.figures) == [4, 9]
    assert first.id == strike.id
