"""How reports stand at the desk: the same rules in SQLite and in PostgreSQL."""

from __future__ import annotations

import msgspec
import pytest
import sqlalchemy as sa

from according.errors import UsageError
from according.ingest import ingest_text
from according.store.people import People, publications, writings
from according.store.people.clock import now
from according.store.people.publications import Editor, Publication

ANA = Editor(name="Ana", account="a1")
ED = Editor(name="Ed", account="e1")
REPORT = ingest_text("Three people were hurt near the mill.", title="At the mill")


def begun(people: People, report: str = "r1") -> Publication:
    with people.write() as connection:
        return publications.begin(connection, Publication(report=report, owner="a1", title="At the mill"), ANA)


def test_a_report_goes_from_draft_to_print_and_back_only_by_its_steps(either_people: People) -> None:
    draft = begun(either_people)
    with either_people.write() as connection:
        with pytest.raises(UsageError, match="is draft cannot be retracted"):
            publications.step(connection, draft, "retract", ED, notice="wrong")
        out = publications.step(connection, draft, "publish", ED)
        with pytest.raises(UsageError, match="published cannot be published"):
            publications.step(connection, out, "publish", ED)
        with pytest.raises(UsageError, match="notice"):
            publications.step(connection, out, "retract", ED, notice=" ")
        back = publications.step(connection, out, "retract", ED, notice="The mill stands.")
        assert (back.status, back.notice, back.at) == ("retracted", "The mill stands.", out.at)
        again = publications.step(connection, back, "reinstate", ED)
        assert again.status == "published"


def test_what_is_scheduled_comes_out_when_it_is_due(either_people: People) -> None:
    draft = begun(either_people)
    with either_people.write() as connection:
        with pytest.raises(UsageError, match="has passed"):
            publications.step(connection, draft, "schedule", ED, at=now(-60))
        due = publications.step(connection, draft, "schedule", ED, at=now(3600))
        assert publications.publish_due(connection) == []
        assert not due.is_out(now())
        assert due.is_out(now(3700))
        early = msgspec.json.encode(msgspec.structs.replace(due, at=now(-1))).decode()
        table = publications.PUBLICATION
        connection.execute(table.update().values(at=now(-1), state=early))
        assert publications.publish_due(connection) == ["r1"]
        assert publications.publish_due(connection) == []
        out = publications.publication(connection, "r1")
    assert out is not None
    assert (out.status, out.author) == ("published", "the schedule")


def test_of_two_who_edit_at_once_the_second_is_told(either_people: People) -> None:
    draft = begun(either_people)
    edited = msgspec.structs.replace(draft, headline="The mill", policy='{"delay_hours": 6}')
    with either_people.write() as connection:
        saved = publications.save(connection, edited, ED)
        assert publications.save(connection, saved, ED) == saved
        with pytest.raises(UsageError, match="Ed changed this meanwhile"):
            publications.save(connection, edited, ANA)
        undone = publications.undo(connection, saved, ANA)
        assert (undone.headline, undone.policy) == ("", "{}")
        assert [one.action for one in publications.changes(connection, "r1")] == ["undo", "save", "begin"]
        with pytest.raises(UsageError, match="at the desk already"):
            publications.begin(connection, Publication(report="r1"), ED)


def test_lists_are_by_status_and_owner_newest_first(either_people: People) -> None:
    for report in ("r1", "r2", "r3"):
        begun(either_people, report)
    with either_people.write() as connection:
        first = publications.publications(connection, ["r1", "other"])["r1"]
        publications.step(connection, first, "publish", ED)
        assert {one.report for one in publications.listed(connection, ["draft"], owner="a1")} == {"r2", "r3"}
        assert publications.listed(connection, ["draft"], owner="a2") == []
        assert publications.listed(connection, ["draft", "published"])[0].report == "r1"


@pytest.mark.parametrize("statement", ["UPDATE publication_change SET author = 'x'", "DELETE FROM publication_change"])
def test_the_record_of_changes_cannot_be_changed(either_people: People, statement: str) -> None:
    begun(either_people)
    with pytest.raises(sa.exc.DBAPIError, match="never"), either_people.write() as connection:
        connection.execute(sa.text(statement))


def test_a_report_that_came_in_is_kept_once_as_it_was_given(either_people: People) -> None:
    writing = writings.Writing(report=REPORT, kind="pasted", body="as given", author="Ana", owner="a1")
    with either_people.write() as connection:
        kept = writings.keep(connection, writing)
        with pytest.raises(UsageError, match="already"):
            writings.keep(connection, writing)
        found = writings.find(connection, REPORT.id)
        assert found == kept
        assert kept.report.text == REPORT.text
        assert writings.find(connection, "another") is None
