"""Made-up coverage: its spans hold, a seed gives it again, and it is as hard as it says."""

from __future__ import annotations

from collections import Counter

from according.scale.generate import Coverage, coverage

MADE = list(coverage(120))


def test_every_span_is_a_slice_of_its_report() -> None:
    for made in MADE:
        text = made.reading.report.text
        for claim in made.reading.claims:
            for span in (claim.evidence, claim.subject, claim.place, claim.time):
                assert span is None or text[span.start : span.end] == span.text
            assert claim.quantity is None or claim.quantity.span.text == str(claim.quantity.low)


def test_a_seed_gives_the_same_coverage_and_another_one_another() -> None:
    assert list(coverage(20, seed=3)) == list(coverage(20, seed=3))
    assert list(coverage(20, seed=3)) != list(coverage(20, seed=4))


def test_every_claim_has_its_truth_and_reports_are_all_different() -> None:
    assert all(made.truth.keys() == {claim.id for claim in made.reading.claims} for made in MADE)
    assert len({made.reading.report.id for made in MADE}) == len(MADE)
    assert {event for made in MADE for event in made.truth.values()} == set(range(120))


def test_what_makes_coverage_hard_is_in_it() -> None:
    texts = Counter(made.reading.report.text for made in MADE)
    assert max(texts.values()) > 1
    assert any(len(set(made.truth.values())) > 1 for made in MADE)
    assert any(claim.polarity == "denied" for made in MADE for claim in made.reading.claims)
    days = [time for made in MADE for time in _told(made)]
    assert len(set(days)) > 4
    assert any(not _told(made) for made in MADE)


def _told(made: Coverage) -> list[str]:
    return [r.time.earliest for r in made.reading.resolutions if r.time and r.time.earliest]
