"""The log of judgements and the rounds of coders: the same promises in SQLite and in PostgreSQL."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from according.errors import UsageError
from according.store.judgements import JudgementLog, Subject, active
from according.store.people import People, coding

ONE, OTHER = Subject(id="x", claims=("1", "2")), Subject(id="y", claims=("3",))


def test_judgements_come_back_as_they_were_made_and_an_undo_takes_one_back(either_people: People) -> None:
    log = JudgementLog(either_people)
    made = [log.same([ONE, OTHER], "Ana", "one strike"), log.different([ONE, OTHER], "Bo", "„two“ of them")]
    undone = log.undo(made[0].id[:8], "Ana", "misread")
    assert JudgementLog(either_people).judgements() == [*made, undone]
    assert active(log.judgements()) == [made[1]]
    with pytest.raises(UsageError, match="undone already"):
        log.undo(made[0].id, "Ana", "again")
    assert log.newest() == 3


@pytest.mark.parametrize(
    "statement", ["UPDATE judgement SET reason = 'x'", "DELETE FROM judgement", "TRUNCATE judgement"]
)
def test_no_judgement_is_ever_changed_or_deleted(either_people: People, statement: str) -> None:
    if statement.startswith("TRUNCATE") and either_people.dialect == "sqlite":
        statement = "DELETE FROM judgement WHERE true"  # what SQLite has for it
    log = JudgementLog(either_people)
    made = log.same([ONE, OTHER], "Ana", "one strike")
    with pytest.raises(sa.exc.DBAPIError, match="never"), either_people.write() as connection:
        connection.execute(sa.text(statement))
    assert log.judgements() == [made]


def test_many_may_judge_at_once_and_every_word_is_kept(either_people: People) -> None:
    log = JudgementLog(either_people)
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda number: log.same([ONE, OTHER], f"coder {number}", "one strike"), range(40)))
    kept = log.judgements()
    assert {one.id for one in kept} == {one.id for one in made}
    assert len({one.id for one in kept}) == log.newest() == 40


def test_a_judgement_goes_with_the_transaction_that_it_is_part_of(either_people: People) -> None:
    def judge(second: Subject) -> None:
        with either_people.write() as connection:
            log = JudgementLog(either_people, within=connection)
            log.same([ONE, OTHER], "Ana", "one strike")
            log.same([ONE, second], "Ana", "one strike")

    with pytest.raises(UsageError, match="two different"):
        judge(ONE)
    assert JudgementLog(either_people).judgements() == []
    with either_people.write() as connection:
        made = JudgementLog(either_people, within=connection).same([ONE, OTHER], "Ana", "one strike")
    assert JudgementLog(either_people).judgements() == [made]


def test_a_blind_round_is_over_when_every_coder_has_finished(either_people: People) -> None:
    coders = {"a1": "Ana", "b1": "Bo"}
    with either_people.write() as connection:
        with pytest.raises(UsageError, match="two coders"):
            coding.assign(connection, "r1", {"a1": "Ana"}, "e1", blind=True)
        made = coding.assign(connection, "r1", coders, "e1", blind=True)
        with pytest.raises(UsageError, match="in a blind round already"):
            coding.assign(connection, "r1", coders, "e1", blind=True)
        coding.finish(connection, made.id, "a1")
        with pytest.raises(UsageError, match="no open part"):
            coding.finish(connection, made.id, "a1")
    with either_people.read() as connection:
        [half] = coding.of_report(connection, "r1")
        assert (half.is_done, half.is_open_to("a1"), half.is_open_to("b1")) == (False, False, True)
        assert [one.id for one in coding.of_coder(connection, "b1")] == [made.id]
    with either_people.write() as connection:
        coding.finish(connection, made.id, "b1")
        whole = coding.coding(connection, made.id)
        again = coding.assign(connection, "r1", coders, "e1", blind=True)
    assert whole is not None
    assert whole.is_done
    assert again.id != made.id
