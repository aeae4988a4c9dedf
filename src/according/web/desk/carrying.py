"""What was judged of a draft goes on to its next text, as far as what it quotes still stands there."""

from __future__ import annotations

import msgspec

from according.records import Report
from according.store.carrying import Carrying, carried
from according.store.judgements import HumanJudgement, JudgementLog
from according.store.people import writings
from according.vocabulary import load_vocabulary
from according.web.desk.case import Case, read_draft
from according.web.pages import words
from according.web.room import Room

CARRIED = "carried over to the text as rewritten"


class Left(msgspec.Struct, frozen=True):
    """A judgement on the text before, which the new text has no place for."""

    judgement: HumanJudgement
    name: str
    quote: str


def left_over(room: Room, case: Case) -> list[Left]:
    """The judgements on the text before this one that could not be carried over."""
    if case.writing is None or case.writing.supersedes is None:
        return []
    with room.people.read() as connection:
        old = writings.find(connection, case.writing.supersedes)
    if old is None:
        return []
    found = carrying_of(room, old.report.id, case.report)
    known = {claim.id: claim for claim in read_draft(old.report).claims}
    left = []
    for one in found.left:
        claim = one.told.claim if one.told else known.get(one.subjects[0].id)
        if claim is not None:
            left.append(Left(one, words.predicate(claim.predicate), " ".join(claim.evidence.text.split())))
    return left


def carrying_of(room: Room, before: str, report: Report) -> Carrying:
    """What of the judgements on a text before can be said again of a report."""
    with room.people.read() as connection:
        old = writings.find(connection, before)
    if old is None:
        return Carrying((), ())
    log = JudgementLog(room.people).judgements(before)
    return carried(read_draft(old.report), read_draft(report), log, load_vocabulary())
