from __future__ import annotations

import pytest

from according.ingest.dates import partial_date


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2017-11-01", "2017-11-01"),
        ("2017-11", "2017-11"),
        ("2017", "2017"),
        ("2017-11-01T23:30:00Z", "2017-11-01"),
        ("20171101", "2017-11-01"),
        ("2016-02-29", "2016-02-29"),
        ("2017-02-29", None),
        ("20170230T1200", None),
        ("2017-13", None),
        ("1 November 2017", None),
        (20171101, None),
    ],
)
def test_a_date_is_as_precise_as_it_is_written_and_in_the_calendar(written: object, read: str | None) -> None:
    assert partial_date(written) == read
